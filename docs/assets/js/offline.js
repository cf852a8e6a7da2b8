// The switch on "Ladda ner": save a copy of the site in this browser, or remove it. Nothing is stored before the button is pressed.
(function () {
  "use strict";
  var box = document.querySelector("[data-copy-switch]");
  if (!box) return;
  var words = box.dataset;
  var status = box.querySelector("[role=status]");
  var save = box.querySelector("[data-do=save]");
  var remove = box.querySelector("[data-do=remove]");
  var root = new URL((document.body.dataset.root || ".") + "/", location.href).href;
  var NAME = "kunskapsbanken " + root; // as in worker.js
  var language = document.documentElement.lang;

  function say(text, values) {
    status.textContent = text.replace(/\{(\w+)\}/g, function (all, key) { return values && key in values ? values[key] : all; });
  }

  if (!window.isSecureContext || location.protocol === "file:" || !navigator.serviceWorker) return say(words.unable);

  function count() {
    return caches.has(NAME).then(function (there) {
      return there ? caches.open(NAME).then(function (cache) { return cache.keys(); }) : [];
    }).then(function (keys) {
      function saved(code) { return keys.some(function (key) { return key.url === root + ".saved/" + code; }); }
      return { files: keys.filter(function (key) { return key.url.indexOf(root + ".saved/") !== 0; }).length, any: keys.length > 0, here: saved(language) };
    });
  }

  // Which button there is. While a copy is being saved its button stays, so that the focus is not lost with it.
  function show() {
    return count().then(function (state) {
      var focused = document.activeElement;
      save.hidden = state.any && state.here;
      remove.hidden = !state.any;
      if (focused === save && save.hidden) remove.focus();
      if (focused === remove && remove.hidden) save.focus();
      return state;
    });
  }

  function finish(text) {
    save.removeAttribute("aria-disabled");
    return show().then(function (state) { say(text, { n: state.files }); });
  }

  function failed() { return finish(words.failed); }

  save.addEventListener("click", function () {
    if (save.hasAttribute("aria-disabled")) return;
    save.setAttribute("aria-disabled", "true");
    say(words.starting);
    navigator.serviceWorker.register(root + "sw.js", { scope: root, updateViaCache: "none" }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (registration) {
      var channel = new MessageChannel();
      channel.port1.onmessage = function (event) {
        if (event.data.failed) failed();
        else if (event.data.whole) finish(words.whole);
        else if (event.data.done % 10 === 0) say(words.saving, event.data);
      };
      registration.active.postMessage({ save: language }, [channel.port2]);
    }).catch(failed);
  });

  remove.addEventListener("click", function () {
    count().then(function (state) {
      return navigator.serviceWorker.getRegistration(root).then(function (registration) {
        return registration ? registration.unregister() : true;
      }).then(function () {
        return Promise.all([caches.delete(NAME), caches.delete(NAME + " next")]);
      }).then(function () { return show(); }).then(function () { say(words.removed, { n: state.files }); });
    });
  });

  show().then(function (state) {
    if (state.any) say(words.there, { n: state.files });
    else say(words.none);
  }).catch(function () { say(words.unable); }); // a browser that lets this site keep nothing
})();
