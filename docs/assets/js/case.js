// The case: says which choice was the reader's first in each scene, and how often the first was the best. Nothing is stored.
(function () {
  "use strict";
  document.querySelectorAll("section.kb-case").forEach(function (box) {
    var words = JSON.parse(box.dataset.words);
    var sum = box.querySelector(".kb-case-sum");
    var scenes = Array.from(box.querySelectorAll(".kb-scene"));
    var first = scenes.map(function () { return null; });
    scenes.forEach(function (scene, place) {
      scene.querySelectorAll(".kb-choice").forEach(function (choice) {
        choice.addEventListener("toggle", function () {
          if (!choice.open || first[place]) return;
          first[place] = choice;
          var mark = document.createElement("span");
          mark.className = "kb-mark";
          mark.textContent = words["case-yours"];
          choice.querySelector("summary").append(" ", mark);
          if (first.every(Boolean)) {
            var right = first.filter(function (chosen) { return chosen.hasAttribute("data-best"); }).length;
            sum.textContent = words["case-sum"].replace("{right}", right).replace("{of}", scenes.length);
          }
        });
      });
    });
  });
})();
