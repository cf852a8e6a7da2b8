// A permanent link goes on to its page at once, with the query and the anchor kept.
(function () {
  "use strict";
  var target = new URL(document.documentElement.dataset.target, location.href);
  if (target.protocol === "file:") target.pathname += "index.html"; // a folder has no start page in a file system
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target.href);
})();
