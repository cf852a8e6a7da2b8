// The register's filter. Without script the whole list stands open.
(function () {
  "use strict";
  var form = document.querySelector("form[data-filter]");
  if (!form) return;
  var kind = form.querySelector("#filter-kind");
  var area = form.querySelector("#filter-area");
  var text = form.querySelector("#filter-text");
  var status = form.querySelector("[role=status]");
  var contacts = Array.from(document.querySelectorAll(".kb-register .kb-contact"));
  form.hidden = false;

  function fold(value) {
    return value.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function apply() {
    var words = fold(text.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    contacts.forEach(function (contact) {
      var content = fold(contact.textContent);
      var match = (!kind.value || contact.dataset.kind === kind.value) && (!area.value || contact.dataset.area === area.value) &&
        words.every(function (word) { return content.indexOf(word) >= 0; });
      contact.hidden = !match;
      shown += match ? 1 : 0;
    });
    document.querySelectorAll("[data-heading]").forEach(function (heading) {
      heading.hidden = !contacts.some(function (contact) { return !contact.hidden && contact.dataset.kind === heading.dataset.heading; });
    });
    status.textContent = shown + " " + status.dataset.count;
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", apply);
})();
