// A permanent link goes on to its page at once, with the query and the anchor kept.
(function () {
  "use strict";
  var target = new URL(document.documentElement.dataset.target, location.href);
  if (target.protocol === "file:") target.pathname += "index.html"; // a folder has no start page in a file system
  var query = new URLSearchParams(location.search);
  var replaced = document.documentElement.dataset.replaced; // a retired id: the page that answers for it must know which
  if (replaced && query.has("v")) query.set("id", replaced);
  var from = document.documentElement.dataset.from; // a dated address of the version in force: the page says since when it holds
  if (from) query.set("from", from);
  target.search = query.toString();
  target.hash = location.hash;
  location.replace(target.href);
})();
