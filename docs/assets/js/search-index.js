// Reads the index: words as the search knows them, and what the pages are called, term by term. search-engine.js ranks with it.
(function () {
  "use strict";
  var TITLE = 0, DESCRIPTION = 1, SYNONYM = 2, HEADING = 3;

  function fold(text) {
    return text.toLowerCase().replace(/ø/g, "o").replace(/æ/g, "ae").replace(/ß/g, "ss").replace(/đ/g, "d").replace(/ł/g, "l")
      .replace(/\u00ad/g, "").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function words(text) {
    return fold(text).match(/[a-z0-9]+/g) || [];
  }

  function setOf(text) {
    return new Set(text.split(" "));
  }

  // Every phrase a page is called by, in the order in which the build counted their words.
  function phrasesOf(pages) {
    var found = [];
    pages.forEach(function (page, position) {
      function add(field, text, section) {
        found.push({ page: position, field: field, text: text, section: section, stems: [], total: [-1, -1] });
      }
      add(TITLE, page.title, -1);
      add(DESCRIPTION, page.description, -1);
      page.synonyms.forEach(function (text) { add(SYNONYM, text, -1); });
      page.sections.forEach(function (section, number) { add(HEADING, section[1], number); });
    });
    return found;
  }

  // '2a' makes the stem of a word: two letters left off, an a put instead.
  function cut(word, code) {
    var digits = code.search(/\D|$/);
    return word.slice(0, word.length - Number(code.slice(0, digits))) + code.slice(digits);
  }

  // The first part of the index, which says what pages are called. See searchindex.py for what it holds.
  // Plain loops: a slow phone meets all the phrases at once, before anything is compiled.
  function read(data) {
    var stop = setOf(data.stop);
    var phrases = phrasesOf(data.pages);
    var codes = data.stems.split(" "), next = 0;
    var terms = [], numbers = new Map(), numberOf = new Map(); // by stem, by word
    var last = []; // the phrase in which each term stood last

    function take(word, phrase) {
      var number = numberOf.get(word);
      if (number === undefined) {
        var code = codes[next++], stem = code ? cut(word, code) : word;
        number = numbers.get(stem);
        if (number === undefined) {
          number = terms.length;
          numbers.set(stem, number);
          terms.push(stem);
        }
        numberOf.set(word, number);
      }
      if (last[number] === phrase) return;
      last[number] = phrase;
      phrases[phrase].stems.push(number);
    }

    // Folded and cut into words in one go; a line is a phrase.
    var text = phrases.map(function (phrase) { return phrase.text.replace(/\n/g, " "); }).join("\n") + "\n";
    var found = fold(text).match(/[a-z0-9]+|\n/g);
    var start = 0, phrase = 0, i;
    for (var place = 0; place < found.length; place += 1) {
      if (found[place] === "\n") {
        if (!phrases[phrase].stems.length) for (i = start; i < place; i += 1) take(found[i], phrase); // nothing but words that tell nothing
        start = place + 1;
        phrase += 1;
      } else if (!stop.has(found[place])) take(found[place], phrase);
    }

    return { data: data, stop: stop, phrases: phrases, terms: terms };
  }

  // What `read` gave, its terms sorted and numbered anew, with the phrases each stands in: ready for the engine.
  function sort(names) {
    var sorted = names.terms.slice().sort();
    var at = new Map(), standing = [], i;
    for (i = 0; i < sorted.length; i += 1) {
      at.set(sorted[i], i);
      standing.push([]);
    }
    var to = names.terms.map(function (term) { return at.get(term); });
    for (var phrase = 0; phrase < names.phrases.length; phrase += 1) {
      var stems = names.phrases[phrase].stems;
      for (i = 0; i < stems.length; i += 1) {
        stems[i] = to[stems[i]];
        standing[stems[i]].push(phrase);
      }
    }
    return { data: names.data, stop: names.stop, phrases: names.phrases, terms: sorted, at: at, standing: standing };
  }

  window.KunskapsbankenIndex = { fold: fold, words: words, setOf: setOf, read: read, sort: sort, field: { TITLE: TITLE, SYNONYM: SYNONYM, HEADING: HEADING } };
})();
