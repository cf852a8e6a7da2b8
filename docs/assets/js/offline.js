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

  function show(busy) {
    return count().then(function (state) {
      var focused = document.activeElement === save || document.activeElement === remove;
      save.hidden = busy || (state.any && state.here);
      remove.hidden = !state.any;
      if (focused && document.activeElement.hidden) (save.hidden ? remove : save).focus();
      return state;
    });
  }

  function failed() {
    return show(false).then(function () { say(words.failed); });
  }

  save.addEventListener("click", function () {
    say(words.starting);
    navigator.serviceWorker.register(root + "sw.js", { scope: root, updateViaCache: "none" }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (registration) {
      var channel = new MessageChannel();
      channel.port1.onmessage = function (event) {
        if (event.data.failed) failed();
        else if (event.data.whole) show(false).then(function (state) { say(words.whole, { n: state.files }); });
        else if (event.data.done % 10 === 0) say(words.saving, event.data);
      };
      registration.active.postMessage({ save: language }, [channel.port2]);
      show(true);
    }).catch(failed);
  });

  remove.addEventListener("click", function () {
    count().then(function (state) {
      return navigator.serviceWorker.getRegistration(root).then(function (registration) {
        return registration ? registration.unregister() : true;
      }).then(function () {
        return Promise.all([caches.delete(NAME), caches.delete(NAME + " next")]);
      }).then(function () { return show(false); }).then(function () { say(words.removed, { n: state.files }); });
    });
  });

  show(false).then(function (state) {
    if (state.any) say(words.there, { n: state.files });
    else say(words.none);
  });
})();
