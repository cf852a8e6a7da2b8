// The worker of a copy for reading without a network (sw.js loads it, docs/decisions/0015). It runs only where the reader has asked
// for a copy. It keeps this site's own public files, under addresses without query and anchor, and nothing else.
// Browsers that have workers have async functions.
(function () {
  "use strict";
  var data = self.kbCopy;
  var root = self.registration.scope;
  var NAME = "kunskapsbanken " + root; // other sites of the same host keep theirs
  var NEXT = NAME + " next";
  var PATIENCE = 2500; // ms to wait for the network when there is a copy
  var TOGETHER = 10000; // ms after a page came from the copy during which its scripts and styles do so at once
  var PAUSE = 4000; // ms for the page to load before the copy is renewed behind it
  var together = 0;
  var filling = {};

  self.addEventListener("install", function () { self.skipWaiting(); }); // the network comes first: a new worker changes nothing in an open page

  if (data.removed) { // the publisher has taken all copies back
    self.addEventListener("activate", function (event) {
      event.waitUntil(Promise.all([caches.delete(NAME), caches.delete(NEXT)]).then(function () { return self.registration.unregister(); }));
    });
    return;
  }

  var known = {};
  Object.keys(data.files).forEach(function (language) {
    data.files[language].forEach(function (file) { known[file[0]] = true; });
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(self.clients.claim());
    renew().catch(function () {}); // not waited for: until a worker is active every page waits for it
  });

  // The address from the site's root, without query, anchor and index.html.
  function placeOf(address) {
    var url = new URL(address);
    return (url.origin + url.pathname).slice(root.length).replace(/(^|\/)index\.html$/, "$1");
  }

  function languageOf(place) { return place.indexOf("en/") === 0 ? "en" : "sv"; }

  // A response made anew forgets the address it was asked for: no query is stored with it either.
  async function keep(cache, place, response) {
    if (response.status !== 200 || response.type !== "basic" || response.redirected) return;
    var headers = new Headers(response.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    if (!headers.has("date")) headers.set("date", new Date().toUTCString());
    await cache.put(root + place, new Response(await response.blob(), { headers: headers }));
  }

  async function digest(response) {
    var bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
    return Array.from(bytes.slice(0, 8), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  function mark(language) { return root + ".saved/" + language; }

  // ---- saving and renewing ----

  // Save what is missing or changed in a language. A first copy is saved as it comes, the essentials first; a later one is
  // collected aside and put in place when it is whole, so that a page and its scripts are always of one version.
  async function save(language, tell) {
    if (!(await caches.has(NAME))) return;
    var cache = await caches.open(NAME);
    var before = await cache.match(mark(language));
    var version = before ? await before.text() : "";
    if (version === data.version) return;
    if (!before) await cache.put(mark(language), new Response(""));
    var into = version ? await caches.open(NEXT) : cache;
    var files = data.files[language], next = 0, done = 0;
    async function lane() {
      while (next < files.length) {
        var file = files[next];
        next += 1;
        var old = await cache.match(root + file[0]);
        if (!old || await digest(old) !== file[1]) {
          var response = await fetch(root + file[0], { cache: "no-cache" });
          if (response.status !== 200) throw new Error(file[0]);
          await keep(into, file[0], response);
        }
        done += 1;
        if (tell) tell({ done: done, of: files.length });
      }
    }
    await Promise.all([lane(), lane(), lane(), lane()]);
    if (into !== cache) {
      for (var fresh of await into.keys()) await cache.put(fresh, await into.match(fresh));
      await caches.delete(NEXT);
    }
    for (var kept of await cache.keys()) {
      var place = kept.url.slice(root.length);
      if (!known[place] && place.indexOf(".saved/") !== 0) await cache.delete(kept); // pages that are no more
    }
    await cache.put(mark(language), new Response(data.version));
  }

  function saveOnce(language, tell) {
    if (!filling[language]) {
      filling[language] = save(language, tell).finally(function () { delete filling[language]; });
    }
    return filling[language];
  }

  // After a page came from the network: renew the languages the reader has saved.
  async function renew() {
    if (navigator.connection && navigator.connection.saveData) return;
    await new Promise(function (resolve) { setTimeout(resolve, PAUSE); });
    if (!(await caches.has(NAME))) return;
    var cache = await caches.open(NAME);
    for (var language of Object.keys(data.files)) {
      if (await cache.match(mark(language))) await saveOnce(language);
    }
  }

  self.addEventListener("message", function (event) {
    var port = event.ports[0];
    if (!port || !data.files[event.data.save]) return;
    event.waitUntil(caches.open(NAME).then(function () {
      return saveOnce(event.data.save, function (state) { port.postMessage(state); });
    }).then(
      function () { port.postMessage({ whole: true }); },
      function () { port.postMessage({ failed: true }); }
    ));
  });

  // ---- reading ----

  function page(text, status) {
    return new Response(text, { status: status, headers: { "content-type": "text/html; charset=utf-8" } });
  }

  async function withNote(copy, place) {
    var day = new Date(copy.headers.get("date")).toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" });
    var note = data.notes[languageOf(place)].replace("{date}", day);
    var text = (await copy.text()).replace("</header>", function (found) { return found + note; });
    var headers = new Headers(copy.headers); // a policy the server sent with the page goes with its copy
    headers.set("content-type", "text/html; charset=utf-8");
    return new Response(text, { headers: headers });
  }

  // Neither network nor copy: say so, with links to what is there.
  async function missing(cache) {
    var copy = await cache.match(root + "offline.html");
    if (!copy) return Response.error();
    var text = await copy.text();
    for (var item of text.match(/<li>[^]*?<\/li>/g) || []) {
      var address = /href="([^"]*)"/.exec(item)[1].replace(/^\.\/?$/, "");
      if (!(await cache.match(root + address))) text = text.replace(item, "");
    }
    text = text.replace(/<ul>\s*<\/ul>/g, "").replace(/\b(href|src)="(?![a-z]+:|#)/g, '$1="' + root);
    return page(text, 503);
  }

  function late() {
    return new Promise(function (_, reject) { setTimeout(reject, PATIENCE); });
  }

  async function answer(event, place) {
    var request = event.request, isPage = request.mode === "navigate";
    if (!(await caches.has(NAME))) return fetch(request); // removed, but this page is still open
    var cache = await caches.open(NAME);
    var copy = known[place] ? await cache.match(root + place) : undefined;
    var moved = isPage && data.moved[place.toLowerCase().replace(/\/?$/, "/")];
    if (copy && !isPage && Date.now() < together) return copy;
    // A page is asked for anew: one the browser took from its own memory would stand there as if the site had answered.
    var fetched = (isPage ? fetch(request, { cache: "no-cache" }) : fetch(request)).then(function (response) {
      if (response.status >= 500 && (copy || moved)) throw new Error(String(response.status));
      if (known[place]) {
        if (response.status === 404 || response.status === 410) event.waitUntil(cache.delete(root + place));
        else event.waitUntil(keep(cache, place, response.clone()));
      }
      if (isPage) event.waitUntil(renew().catch(function () {})); // a network that fails meanwhile is tried again at the next page
      return response;
    });
    event.waitUntil(fetched.catch(function () {}));
    try {
      var response = await (copy || moved ? Promise.race([fetched, late()]) : fetched);
      if (isPage) together = 0;
      return response;
    } catch (error) {
      if (isPage) together = Date.now() + TOGETHER;
      if (copy) return isPage ? withNote(copy, place) : copy;
      if (moved) {
        var target = new URL(moved[0], root), query = new URL(request.url).searchParams;
        if (moved[1] && query.has("v")) query.set("id", moved[1]); // as permalink.js does
        target.search = query.toString();
        return Response.redirect(target.href);
      }
      return isPage ? missing(cache) : Response.error();
    }
  }

  self.addEventListener("fetch", function (event) {
    if (event.request.method !== "GET" || event.request.url.indexOf(root) !== 0) return;
    var place = placeOf(event.request.url);
    if (event.request.mode !== "navigate" && !known[place]) return;
    event.respondWith(answer(event, place));
  });
})();
