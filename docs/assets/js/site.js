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
      if (location.protocol === "file:") target.pathname += "index.html";
      target.hash = "q=" + encodeURIComponent(form.querySelector("input").value);
      location.assign(target.href);
    });
  });

  // Permanent addresses are written from the site's root; only the browser knows the whole address.
  var root = new URL((document.body.dataset.root || ".") + "/", location.href);
  document.querySelectorAll("[data-permanent]").forEach(function (element) {
    element.textContent = new URL(element.dataset.permanent, root).href;
  });

  var announcer = document.createElement("p");
  announcer.className = "kb-hidden";
  announcer.setAttribute("role", "status");

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) return; // no clipboard over plain http: the link itself stands beside the button
    button.hidden = false;
    button.addEventListener("click", function () {
      if (!announcer.parentNode) document.body.appendChild(announcer);
      navigator.clipboard.writeText(new URL(button.dataset.copy, root).href).then(
        function () {
          announcer.textContent = document.body.dataset.copied;
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
