// Small helps on every page. Everything readable works without this file; nothing is stored or sent.
(function () {
  "use strict";

  // The language switch keeps the reader's place: headings have the same ids in both languages.
  document.querySelectorAll("a[data-language]").forEach(function (link) {
    link.addEventListener("click", function () {
      if (location.hash && location.hash !== "#meny") link.hash = location.hash;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && location.hash === "#meny") location.hash = "#innehall";
  });

  // What is searched for stands behind # in the address: it never reaches the server or its log.
  document.querySelectorAll("form.kb-search").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var target = new URL(form.getAttribute("action"), location.href);
      if (location.protocol === "file:" && /\/$/.test(target.pathname)) target.pathname += "index.html";
      target.hash = "q=" + encodeURIComponent(form.querySelector("input").value);
      location.assign(target.href);
    });
  });

  // Permanent addresses are written from the site's root; only the browser knows the whole address.
  // A copy in a file system gives the public address instead: its own leads nowhere for anyone else.
  var here = location.protocol === "file:" ? document.querySelector("link[rel=canonical]").href : location.href;
  var root = new URL((document.body.dataset.root || ".") + "/", here);
  document.querySelectorAll("[data-permanent]").forEach(function (element) {
    element.textContent = new URL(element.dataset.permanent, root).href;
  });

  var announcer = document.createElement("p");
  announcer.className = "kb-hidden";
  announcer.setAttribute("role", "status");
  announcer.id = "kb-said"; // other scripts say what they have to say here too
  document.body.appendChild(announcer);

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) return; // no clipboard over plain http: the link itself stands beside the button
    button.hidden = false;
    button.addEventListener("click", function () {
      var text = button.dataset.text ? button.dataset.text + "\n" : "";
      navigator.clipboard.writeText(text + new URL(button.dataset.copy, root).href).then(
        function () {
          announcer.textContent = button.dataset.copied || document.body.dataset.copied;
          button.classList.add("kb-done");
          setTimeout(function () { button.classList.remove("kb-done"); announcer.textContent = ""; }, 3000);
        },
        function () {
          announcer.textContent = document.body.dataset.failed;
        }
      );
    });
  });
})();
