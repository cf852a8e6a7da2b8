// Tables that can be sorted by any column. Without script they stand in the order they were written.
(function () {
  "use strict";
  document.querySelectorAll("table[data-sortable]").forEach(function (table) {
    var body = table.tBodies[0];
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "kb-sort";
      button.textContent = head.textContent;
      button.setAttribute("aria-label", table.dataset.sortLabel + " " + head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        Array.from(table.tHead.rows[0].cells).forEach(function (cell) { cell.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        var value = function (row) {
          var cell = row.cells[column];
          return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
        };
        Array.from(body.rows)
          .sort(function (one, two) {
            var a = value(one), b = value(two);
            var order = typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang);
            return up ? order : -order;
          })
          .forEach(function (row) { body.append(row); });
      });
    });
  });
})();
