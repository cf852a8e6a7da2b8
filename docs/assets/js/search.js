// The search field of every page: suggestions as you type. The index is fetched when the field is first used.
(function () {
  "use strict";
  var root = new URL((document.body.dataset.root || ".") + "/", location.href);
  var language = document.documentElement.lang;
  var engine = null;

  function script(path, done, failed) {
    var element = document.createElement("script");
    element.src = new URL(path, root).href;
    element.async = false; // they are run in the order they are asked for
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  }

  // Take the steps one after the other, each given what the one before returned and a task of its own: a slow phone can answer
  // a tap between them. `broken` is called if one of them throws.
  function inPieces(steps, broken, given) {
    setTimeout(function () {
      try {
        given = steps[0](given);
      } catch (error) {
        broken();
        throw error;
      }
      if (steps.length > 1) inPieces(steps.slice(1), broken, given);
    }, 0);
  }

  // Load scripts once, whoever asks, and take `steps` with them. Each `done` is called with what the last step returns, or with
  // null when a script could not be loaded.
  function loader(paths, steps) {
    var made = null, waiting = null;
    function finish() {
      var all = waiting;
      waiting = null; // what failed is tried again at the next try
      all.forEach(function (done) { done(made); });
    }
    return function (done) {
      if (made) return done(made);
      if (waiting) return void waiting.push(done);
      var mine = waiting = [done];
      var missing = paths.length;
      function ready() {
        missing -= 1;
        if (missing) return;
        inPieces(steps.concat(function (found) { made = found; }, finish), failed);
      }
      function failed() {
        if (waiting === mine) finish();
      }
      paths.forEach(function (path) { script(path, ready, failed); });
    };
  }

  var index = "assets/search/" + language;
  // What the pages are called comes first, and is enough to answer most queries; what their text says follows.
  var loadNames = loader([index + ".js", "assets/search/engine.js", "assets/js/search-index.js", "assets/js/search-engine.js"], [
    function () { return window.KunskapsbankenIndex.read(window.kunskapsbankenNames); },
    function (names) { return window.KunskapsbankenIndex.sort(names); },
    function (names) { return (engine = window.KunskapsbankenSearch(names)); }
  ]);
  var loadText = loader([index + "-text.js"], [
    function () {
      engine.addText(window.kunskapsbankenText);
      return engine;
    }
  ]);

  // Call `done` with the engine, or null. It is not `whole` when the text could not be loaded: then some queries have no answer.
  function load(done) {
    loadNames(function (found) {
      if (!found) done(null);
      else loadText(function () { done(found); });
    });
  }

  // The address of a page or a part of it; a folder has no start page when the site is opened from a file system.
  function address(page, anchor) {
    var target = new URL(page.address, root);
    if (location.protocol === "file:") target.pathname += "index.html";
    if (anchor) target.hash = anchor;
    return target.href;
  }

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // Text with the words that were found in <mark>. Nothing typed or indexed is ever read as markup.
  var marks = { query: null, of: null };
  function marked(name, text, query, className) {
    var made = element(name, "", className);
    if (marks.query !== query) marks = { query: query, of: engine.marker(query) };
    marks.of(text).forEach(function (piece) {
      made.append(piece.mark ? element("mark", piece.text) : piece.text);
    });
    return made;
  }

  function name(page) {
    return /^[A-Z]\d\d$/.test(page.id) ? page.id + " " + page.title : page.title;
  }

  // Why a page was found, when its title does not say so.
  function reason(hit) {
    return hit.reason && hit.reason !== hit.page.title && hit.page.synonyms.indexOf(hit.reason) >= 0 ? hit.reason : "";
  }

  function combobox(form) {
    var field = form.querySelector("input[data-search]");
    var list = form.querySelector("[role=listbox]");
    var status = form.querySelector("[role=status]");
    var texts = form.dataset;
    var active = -1;
    var timer = 0;

    function options() { return Array.from(list.querySelectorAll("[role=option]")); }

    function close() {
      list.hidden = true;
      list.replaceChildren();
      active = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function choose(position) {
      var all = options();
      all.forEach(function (option, index) { option.setAttribute("aria-selected", String(index === position)); });
      active = position;
      if (position < 0) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", all[position].id);
      all[position].scrollIntoView({ block: "nearest" });
    }

    function option(target, className) {
      var made = element("li", "", className);
      made.id = list.id + "-" + list.children.length;
      made.setAttribute("role", "option");
      made.setAttribute("aria-selected", "false");
      made.dataset.target = target;
      list.append(made);
      return made;
    }

    function show(found, query) {
      list.replaceChildren();
      active = -1;
      field.removeAttribute("aria-activedescendant");
      found.slice(0, 6).forEach(function (hit, position) {
        var made = option(address(hit.page));
        made.append(marked("strong", name(hit.page), query));
        if (reason(hit)) made.append(marked("span", reason(hit), query, "kb-why"));
        hit.sections.slice(0, position < 3 ? 2 : 0).forEach(function (part) {
          option(address(hit.page, part.anchor), "kb-part").append(element("span", hit.page.id + " ", "kb-hidden"), marked("span", part.heading, query));
        });
      });
      var all = option("", "kb-all");
      all.textContent = found.length ? texts.all + " (" + found.length + ")" : texts.help;
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      status.textContent = found.length ? found.length + " " + texts.some : texts.none;
    }

    function update() {
      var query = field.value;
      if (!query.trim()) {
        status.textContent = "";
        return close();
      }
      var late = true;
      load(function (ready) {
        late = false;
        form.classList.remove("kb-loading");
        var found = ready && ready.search(query);
        if (!found) {
          close();
          status.textContent = texts.failed;
          form.classList.add("kb-broken");
        } else if (field.value === query && document.activeElement === field) {
          form.classList.remove("kb-broken");
          show(found, query);
        }
      });
      if (late) status.textContent = texts.loading;
      form.classList.toggle("kb-loading", late);
    }

    function go(position) {
      var target = position < 0 ? "" : options()[position].dataset.target;
      if (target) location.assign(target);
      else form.requestSubmit();
      close();
    }

    field.addEventListener("focus", function () { load(function () {}); });
    field.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(update, 0);
    });
    field.addEventListener("keydown", function (event) {
      var count = options().length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) return update();
        var next = active + (event.key === "ArrowDown" ? 1 : -1);
        choose(next >= count ? -1 : next < -1 ? count - 1 : next);
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        go(active);
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (!list.hidden) close();
        else field.value = "";
        status.textContent = "";
      }
    });
    field.addEventListener("blur", function () { setTimeout(close, 150); });
    list.addEventListener("pointerdown", function (event) { event.preventDefault(); }); // keep the focus in the field
    list.addEventListener("click", function (event) {
      var chosen = event.target.closest("[role=option]");
      if (chosen) go(options().indexOf(chosen));
    });
  }

  document.querySelectorAll("form[data-combobox]").forEach(combobox);

  function open() {
    var form = document.querySelector("form.kb-search");
    if (!form) return false;
    form.classList.add("kb-open"); // on a phone the field stands behind a link until it is asked for
    var field = form.querySelector("input");
    field.focus();
    field.select();
    return true;
  }

  document.querySelectorAll("a[data-opens-search]").forEach(function (link) {
    link.addEventListener("click", function (event) { if (open()) event.preventDefault(); });
  });

  // "/" and Ctrl+K go to the search field, as readers of other banks expect; "/" not while they are typing.
  document.addEventListener("keydown", function (event) {
    var target = document.activeElement;
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
    var slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    var ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if ((slash || ctrlK) && open()) event.preventDefault();
  });

  window.KunskapsbankenSearchField = { load: load, loadNames: loadNames, inPieces: inPieces, address: address, element: element, marked: marked, name: name, reason: reason };
})();
