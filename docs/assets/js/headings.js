// A small button beside each heading copies its permanent link. site.js, which runs after this file, makes it work.
// Where nothing can be copied (plain http) the heading's own anchor is offered instead.
(function () {
  "use strict";
  var data = document.body.dataset;
  // U20 and the record on U00 show and print by which heading the address names (training.css): those keep their place.
  var keep = data.page === "U20" ? "h2, h3" : "#intyg";
  document.querySelectorAll(".kb-article h2[id], .kb-article h3[id]").forEach(function (heading) {
    if (heading.matches(keep)) return;
    var anchor = "#" + (heading.dataset.anchor || heading.id);
    var row = document.createElement("div");
    row.className = "kb-heading kb-heading-" + heading.tagName.charAt(1);
    var control = document.createElement(navigator.clipboard ? "button" : "a");
    control.className = "kb-heading-link";
    control.textContent = "#";
    control.setAttribute("aria-label", (navigator.clipboard ? data.copyLabel : data.linkLabel) + " " + heading.textContent.trim());
    if (navigator.clipboard) {
      control.type = "button";
      control.dataset.copy = data.permanentLink + anchor;
    } else {
      control.href = anchor;
    }
    heading.replaceWith(row);
    row.append(heading, control);
  });
})();
