// The search itself: answers a query from the index. Knows nothing of the page; search.js shows what comes back.
// Each word typed is given its meanings among the index's terms (stem, prefix, compound, spelling, other word for the same);
// a page's score is what its fields say of them, raised by how well one whole phrase that readers call it fits the query.
// What pages are called is known first; their text comes after it (addText). Where each word of a query stands among the names,
// these alone give the order, so that it is the same before the text has come and after.
(function () {
  "use strict";
  var LONGEST = 200; // characters of a query that are read
  var MOST_WORDS = 24;
  var MOST_PARTS = 3; // of a page, shown below it
  // Two Swedish forms that the algorithm leaves: omedelbart is omedelbar, barnet is barn. The build does the same.
  var NEUTER = /(bar|lig|isk|sam)t$/, ARTICLE = /^(.{4,})et$/;
  var WEAKEST = 0.06; // of the best page's score; what is further away only hides what helps
  var fold = window.KunskapsbankenIndex.fold, words = window.KunskapsbankenIndex.words, setOf = window.KunskapsbankenIndex.setOf;
  var TITLE = window.KunskapsbankenIndex.field.TITLE, SYNONYM = window.KunskapsbankenIndex.field.SYNONYM;
  var HEADING = window.KunskapsbankenIndex.field.HEADING, TEXT = HEADING + 1;
  // The weights, found by chance steps on tests/search/tuned.yml, each query asked as if the page did not have its very words
  // among its synonyms: so they serve those that nobody has asked yet. Lists go by field: title, description, synonym, heading, text.
  var SETTINGS = {
    field: [7.04, 4.97, 6.27, 0.131, 0.382], // what a word says of a page, by where it stands
    again: [0.111, 0.012, 1.07, 0.0628, 0.109], // what each further time adds, by its logarithm
    phrase: [1.06, 0.363, 1, 0.157], // what a whole phrase says of its page
    share: [0.647, 0.95, 0.5, 0.184], // how much of a fit is that the query is covered; the rest is that the phrase is
    exact: [50.5, 0.869, 29.6, 12.7], // a phrase that is the query, no more and no less
    related: 0.484, // how sure another word for the same thing is
    part: 0.339, // a part of a compound that is known itself
    split: 0.238, // a part of a compound that is not
    prefix: 0.581, // a word of which only the beginning is typed, beside what the share typed adds
    knownPrefix: 0.509, // the same, when what is typed is a word itself
    spelling: 0.744, // a misspelt word, before what each letter costs
    ending: 0.87, // a misspelt word whose ending had to be left out
    likeness: 2.82, // how much a fitting phrase raises the score, times itself
    fit: 15.5, // and what it gives by itself
    cover: 10.1, // all words of the query standing among a page's names, not only in one phrase
    section: 9.29, // all words standing in one section
    heading: 2.57, // a word in a section's heading, beside one in its text
    power: 1.89, // a full fit counts for more than two halves
    sectionPower: 7.22,
    contact: 2.33, // a page of contacts when a number is asked for
    contactFit: 21.6,
    lawPage: 1040, // the page that carries the section of law asked for
    lawUser: 138, // a page that rests on it
    // A routine before a law note, a law note before background: by the first letter of the id.
    rank: { A: 0.946, R: 1.07, T: 0.903, K: 0.823, M: 0.801, J: 0.873, U: 0.737, O: 1.56, B: 0.846, X: 0.999 }
  };

  // `names`: the first part of the index, as search-index.js has read and sorted it.
  function Engine(names, settings) {
    var set = settings || SETTINGS;
    var index = names.data, pages = index.pages, stop = names.stop, phrases = names.phrases, terms = names.terms, at = names.at, phrasesOf = names.standing;
    var named = terms.length; // the terms from here on stand in the text alone
    var stemmer = index.language === "sv" ? window.stemmerSv.stemmer : window.stemmerEn.stemmer;
    var asking = setOf(index.number);
    var compounds = null; // of the whole index
    var said = null; // the sections each term stands in; null until the text has come
    var deep = 0; // 1 while a question is answered with the text
    var cache = new Map();

    function stem(word) {
      var found = cache.get(word);
      if (found === undefined) {
        if (/[0-9]/.test(word) || word.length > 40) found = word;
        else if (index.language === "sv") found = stemmer(word.replace(NEUTER, "$1")).replace(ARTICLE, "$1");
        else found = stemmer(word);
        cache.set(word, found);
      }
      return found;
    }

    // Take in the second part of the index: what the pages' text says.
    function addText(text) {
      text.further.split(" ").filter(Boolean).forEach(function (term) {
        at.set(term, terms.length);
        terms.push(term);
        phrasesOf.push([]);
      });
      compounds = Object.assign({}, index.compounds, text.compounds);
      tree = null;
      said = text.text;
      engine.whole = true;
    }

    // The number of a term, if it counts for the question at hand.
    function known(word) {
      var term = at.get(word);
      return deep || term < named ? term : undefined;
    }

    var sectionPage = [], firstSection = []; // where each section belongs
    pages.forEach(function (page, position) {
      firstSection.push(sectionPage.length);
      page.sections.forEach(function () { sectionPage.push(position); });
    });

    // The pages a term stands in, worked out when first asked for: page -> what its fields say.
    var found = [[], []]; // by names alone, and with the text
    function standsIn(term) {
      if (found[deep][term]) return found[deep][term];
      var where = new Map();
      var counts = new Map();
      function count(page, field) {
        if (!counts.has(page)) counts.set(page, [0, 0, 0, 0, 0]);
        counts.get(page)[field] += 1;
      }
      phrasesOf[term].forEach(function (number) { count(phrases[number].page, phrases[number].field); });
      sectionsOf(term).forEach(function (section) { count(sectionPage[section], TEXT); });
      counts.forEach(function (times, page) {
        where.set(page, times.reduce(function (sum, number, field) {
          return sum + (number ? set.field[field] * (1 + set.again[field] * Math.log(number)) : 0);
        }, 0));
      });
      found[deep][term] = where;
      return where;
    }

    function sectionsOf(term) {
      var number = 0;
      return !deep ? [] : said[term].map(function (distance) { number += distance; return number; });
    }

    // A term that stands on few pages tells more. Asked for each term of each phrase that a common word stands in, so it only counts.
    var weights = [[], []], counted = [], turn = 0; // the turn in which each page was counted last
    function weight(term) {
      if (weights[deep][term] !== undefined) return weights[deep][term];
      var number = 0;
      turn += 1;
      function count(page) {
        if (counted[page] === turn) return;
        counted[page] = turn;
        number += 1;
      }
      phrasesOf[term].forEach(function (phrase) { count(phrases[phrase].page); });
      sectionsOf(term).forEach(function (section) { count(sectionPage[section]); });
      return (weights[deep][term] = Math.log(1 + pages.length / (0.5 + number)));
    }

    var groups = null; // words and phrases that mean the same, as lists of stems
    var tree = null; // for misspelt words; built when the first one comes

    function nearly(word, distance, use) {
      if (!tree) {
        tree = new window.SearchableMap();
        terms.forEach(function (term, number) { tree.set(term, number); });
      }
      tree.fuzzyGet(word, distance).forEach(function (value, term) { use(value[0], term, value[1]); });
    }

    function startingWith(word, use) {
      [[0, named], [named, deep ? terms.length : named]].forEach(function (range) { // each sorted
        var low = range[0], high = range[1];
        while (low < high) {
          var middle = (low + high) >> 1;
          if (terms[middle] < word) low = middle + 1;
          else high = middle;
        }
        for (; low < range[1] && terms[low].lastIndexOf(word, 0) === 0; low += 1) use(low);
      });
    }

    // The parts of a compound that stands nowhere: 'flygplatsmöte' is flygplats and möte. Where only one end is known, that end.
    function split(word) {
      var parts = partsFrom(word, 3);
      if (parts.length) return parts;
      for (var length = word.length - 3; length >= 4; length -= 1) {
        var ends = [word.slice(0, length), word.slice(-length)].map(stem).map(known).filter(function (end) { return end !== undefined; });
        if (ends.length) return [ends[0]];
      }
      return [];
    }

    function partsFrom(word, most) {
      for (var cut = word.length - 3; cut >= 3; cut -= 1) {
        var heads = [word.slice(0, cut), word.slice(0, cut).replace(/s$/, "")].map(stem).filter(function (head) { return head.length >= 3 && known(head) !== undefined; });
        if (!heads.length) continue;
        var rest = word.slice(cut), tail = stem(rest);
        if (tail.length >= 3 && known(tail) !== undefined) return [known(heads[0]), known(tail)];
        var further = most > 2 ? partsFrom(rest, most - 1) : [];
        if (further.length) return [known(heads[0])].concat(further);
      }
      return [];
    }

    // For a word typed: the terms it may mean, each with how sure that is (0 to 1). `open`: perhaps not typed to its end.
    function meanings(word, open) {
      var sureness = new Map();
      function add(term, sure) {
        if (term !== undefined && (sureness.get(term) || 0) < sure) sureness.set(term, sure);
      }
      var base = stem(word);
      add(known(base), 1);
      add(known(word), 1);
      var stands = sureness.size > 0;
      if (stands) ((deep ? compounds : index.compounds)[known(base)] || []).forEach(function (part) { add(part, set.part); });
      else split(word).forEach(function (part) { add(part, set.split); });
      if (/[0-9]/.test(word)) return sureness;
      if (word.length >= 3 && (open || !stands)) {
        startingWith(word, function (term) {
          add(term, stands ? set.knownPrefix : set.prefix + 0.4 * word.length / terms[term].length);
        });
      }
      if (!stands && word.length >= 4) {
        var misspelt = function (form, sure, distance) {
          nearly(form, distance, function (term, text, edits) {
            if (text.length > 2) add(term, sure - 0.8 * edits / form.length);
          });
        };
        [base, word].forEach(function (form) { misspelt(form, set.spelling, form.length >= 8 ? 2 : 1); });
        // two letters that changed places are two edits; an ending that is misspelt hides the stem
        if (!sureness.size && word.length >= 5) misspelt(base, set.spelling, 2);
        for (var cut = 2; !sureness.size && word.length - cut >= 5; cut += 1) misspelt(word.slice(0, -cut), set.ending, 1);
      }
      return sureness;
    }

    // The other words for each phrase of the query, added to the meanings of that phrase's words.
    function addRelated(typed, wanted) {
      var bases = typed.map(stem);
      groups = groups || index.words.map(function (group) {
        return group.map(function (text) { return words(text).map(stem); }).filter(function (list) { return list.length; });
      });
      groups.forEach(function (group) {
        group.forEach(function (phrase) {
          for (var start = 0; start + phrase.length <= bases.length; start += 1) {
            if (!phrase.every(function (word, offset) { return bases[start + offset] === word; })) continue;
            group.forEach(function (other) {
              if (other === phrase) return;
              other.forEach(function (word, place) {
                var target = wanted[start + Math.min(place, phrase.length - 1)];
                var term = known(word);
                if (term !== undefined && !stop.has(word) && (target.get(term) || 0) < set.related) target.set(term, set.related);
              });
            });
          }
        });
      });
    }

    // Compounds typed apart: 'polis anmälan' also means polisanmälan.
    function addJoined(typed, wanted) {
      for (var i = 0; i + 1 < typed.length; i += 1) {
        [typed[i] + typed[i + 1], typed[i] + "s" + typed[i + 1]].forEach(function (joined) {
          var term = known(stem(joined));
          if (term === undefined) return;
          wanted[i].set(term, 1);
          wanted[i + 1].set(term, 1);
        });
      }
    }

    // What of the law a query asks for: { page: of a whole act } or { keys: of its sections }, or null.
    // '6 § LVU', 'lvu 6', '11 kap 1 § sol', 'sol 11:1', 'chapter 4, section 1a brb' are all understood.
    function lawOf(query) {
      var text = " " + fold(query).replace(/[^a-z0-9:]+/g, " ") + " ";
      var act = "", called = "";
      Object.keys(index.acts).forEach(function (id) {
        index.acts[id][1].forEach(function (name) {
          if (name.length > called.length && text.indexOf(" " + name + " ") >= 0) { act = id; called = name; }
        });
      });
      if (!act) return null;
      var rest = text.replace(called, " ")
        .replace(/\b(paragraf(en)?|par|section|sec|s|artikel|article|art|och|and|lag(en)?|enligt|i|of|the)\b/g, " ").replace(/ +/g, " ");
      var number = "(\\d+)(?: ?([a-z])(?= ))?";
      var match = rest.match(new RegExp("\\b(\\d+) ?: ?" + number)) ||
        rest.match(new RegExp("\\b(\\d+) ?(?:kap|kapitel|kapitlet|k)\\b(?: " + number + ")?")) ||
        rest.match(new RegExp("\\b(?:kap|kapitel|chapter|ch) (\\d+)(?: " + number + ")?")) ||
        rest.match(new RegExp("\\b(\\d+) " + number));
      if (match) return { keys: [act + " " + match[1] + ":" + (match[2] ? match[2] + (match[3] || "") : "")] };
      match = rest.match(new RegExp("\\b" + number));
      if (match) return { keys: [act + " " + match[1] + (match[2] || "")] };
      return rest.trim() ? null : { page: index.acts[act][0], keys: [] };
    }

    // The ids a query names: 'R08', 'r 8', 'rutin 8', 'modul 4', 'mall m2'.
    function idsOf(query) {
      var text = fold(query).replace(/[^a-z0-9]+/g, " ").trim();
      var named = new Set();
      var kind = text.match(/\b(rutin(?:en)?|routine|mall(?:en)?|blankett(?:en)?|form|template|modul(?:en)?|module|mod)(?: (?:nr|nummer|number|no))? ?(\d{1,2})$/);
      if (kind) named.add({ r: "R", m: kind[1].lastIndexOf("mo", 0) === 0 ? "U1" : "M", b: "M", f: "M", t: "M" }[kind[1][0]] + kind[2]);
      (text.match(/\b[a-z] ?\d{1,2}\b/g) || []).forEach(function (found) { named.add(found.replace(" ", "").toUpperCase()); });
      return Array.from(named).map(function (id) { return id.length === 2 ? id[0] + "0" + id[1] : id; });
    }

    // The telling words of a query, and whether it asks for a number.
    function telling(query) {
      var typed = words(query).slice(0, MOST_WORDS);
      var found = typed.filter(function (word) { return !stop.has(word) && (word.length > 1 || /[0-9]/.test(word)); });
      if (!found.length) found = typed;
      var others = found.filter(function (word) { return !asking.has(word); });
      return { words: others.length ? others : found, asksNumber: others.length < found.length };
    }

    // The telling words of a query and what each may mean.
    function understand(query) {
      var told = telling(query);
      var open = /\S$/.test(query);
      var wanted = told.words.map(function (word, place) { return meanings(word, open && place === told.words.length - 1); });
      addRelated(told.words, wanted);
      addJoined(told.words, wanted);
      return { wanted: wanted, asksNumber: told.asksNumber };
    }

    function clean(query) {
      return String(query).slice(0, LONGEST).replace(/[\u0000-\u001f\u007f]/g, " ");
    }

    // How well each page's best phrase fits: page -> { likeness, text }.
    function fits(understood) {
      var wanted = understood.wanted;
      var asked = wanted.reduce(function (sum, sureness) {
        var surest = 0, most = 0;
        sureness.forEach(function (sure, term) {
          if (sure > surest || (sure === surest && weight(term) > most)) { surest = sure; most = weight(term); }
        });
        return sum + (most || 3); // a word that stands nowhere still counts against a full fit
      }, 0);
      var shared = new Map(); // phrase -> what of it is asked for
      var named = new Map(); // page -> what of the query its names say, wherever among them
      wanted.forEach(function (sureness) {
        var best = new Map(), bestOf = new Map();
        sureness.forEach(function (sure, term) {
          var worth = sure * weight(term);
          phrasesOf[term].forEach(function (number) {
            if (worth > (best.get(number) || 0)) best.set(number, worth);
            var page = phrases[number].page;
            if (worth > (bestOf.get(page) || 0)) bestOf.set(page, worth);
          });
        });
        best.forEach(function (worth, number) { shared.set(number, (shared.get(number) || 0) + worth); });
        bestOf.forEach(function (worth, page) { named.set(page, (named.get(page) || 0) + worth); });
      });
      var fit = new Map();
      fit.asked = asked;
      shared.forEach(function (worth, number) {
        var phrase = phrases[number];
        var total = phrase.total[deep];
        if (total < 0) total = phrase.total[deep] = phrase.stems.reduce(function (sum, term) { return sum + weight(term); }, 0);
        var contact = phrase.field === HEADING && understood.asksNumber && pages[phrase.page].id[0] === "K";
        var likeness = Math.min(1, worth / (set.share[phrase.field] * asked + (1 - set.share[phrase.field]) * total)) * (contact ? 1 : set.phrase[phrase.field]);
        var before = fit.get(phrase.page);
        var exact = Math.abs(total - asked) < 0.01 && worth > asked / 2 ? set.exact[phrase.field] * worth / asked : 0;
        if (before) exact = before.exact = Math.max(before.exact, exact);
        if (!before || likeness > before.likeness) {
          fit.set(phrase.page, { exact: exact, likeness: likeness, text: phrase.field === SYNONYM ? phrase.text : "", cover: named.get(phrase.page) / asked });
        }
      });
      return fit;
    }

    // The hits for a query, best first, or null when the text is needed for it and has not come.
    function search(query) {
      query = clean(query);
      var byName = telling(query).words.every(function (word) { return at.get(stem(word)) < named || at.get(word) < named; });
      if (!byName) return said ? ranked(query, 1) : null;
      return said ? complete(query, ranked(query, 0)) : ranked(query, 0);
    }

    // Add what the text says to the hits that names alone gave: further parts of their pages, and further pages below them.
    function complete(query, hits) {
      var all = ranked(clean(query), 1);
      var sections = new Map(all.map(function (hit) { return [hit.page, hit.sections]; }));
      var shown = new Set(hits.map(function (hit) { return hit.page; }));
      hits.forEach(function (hit) { hit.sections = both(hit.sections, sections.get(hit.page) || []); });
      return hits.concat(all.filter(function (hit) { return !shown.has(hit.page); }));
    }

    // The parts known by their headings, then those that the text adds: none of the first goes away when the text comes.
    function both(first, further) {
      return first.concat(further.filter(function (part) {
        return !first.some(function (other) { return other.anchor === part.anchor; });
      })).slice(0, MOST_PARTS);
    }

    function ranked(query, withText) {
      deep = withText;
      var understood = understand(query);
      var wanted = understood.wanted;
      var scores = new Map();
      function add(page, score) { scores.set(page, (scores.get(page) || 0) + score); }

      wanted.forEach(function (sureness) {
        var best = new Map(); // each word gives a page the best of its meanings, never the sum of them
        sureness.forEach(function (sure, term) {
          var worth = sure * weight(term);
          standsIn(term).forEach(function (said, page) { if (worth * said > (best.get(page) || 0)) best.set(page, worth * said); });
        });
        best.forEach(function (score, page) { add(page, score); });
      });

      var fit = fits(understood);
      var inSections = sectionScores(wanted);
      var bestSection = new Map(); // all words standing in one section say more than all words somewhere on the page
      inSections.forEach(function (score, section) {
        var page = sectionPage[section];
        bestSection.set(page, Math.max(bestSection.get(page) || 0, Math.min(1, score / fit.asked)));
      });
      scores.forEach(function (score, page) {
        var like = fit.has(page) ? Math.pow(fit.get(page).likeness, set.power) : 0;
        var cover = fit.has(page) ? Math.pow(Math.min(1, fit.get(page).cover), set.power) : 0;
        var letter = pages[page].id[0];
        var contact = understood.asksNumber && letter === "K";
        scores.set(page, (score * (1 + set.likeness * like) + set.fit * like + set.cover * cover + set.section * Math.pow(bestSection.get(page) || 0, set.sectionPower) + (fit.has(page) ? fit.get(page).exact : 0)) * (set.rank[letter] || 1) * (contact ? set.contact : 1) +
          (contact ? set.contactFit * like : 0));
      });

      var law = lawOf(query);
      var ids = law ? [] : idsOf(query);
      var anchors = new Map();
      (law ? law.keys : []).forEach(function (key) {
        var places = index.law[key] || [];
        if (/:$/.test(key)) Object.keys(index.law).forEach(function (other) { if (other.lastIndexOf(key, 0) === 0) places = places.concat(index.law[other]); });
        pages.forEach(function (page, position) {
          places.forEach(function (place) {
            if (place === page.id) add(position, set.lawUser);
            else if (place.lastIndexOf(page.id + "#", 0) === 0) {
              add(position, set.lawPage);
              if (!anchors.has(position)) anchors.set(position, place.split("#")[1]);
            }
          });
        });
      });
      pages.forEach(function (page, position) {
        if (ids.indexOf(page.id) >= 0 || (law && law.page === page.id)) add(position, 1000);
      });

      var entries = Array.from(scores.entries()).sort(function (one, other) { return other[1] - one[1] || one[0] - other[0]; });
      var least = entries.length ? Math.min(entries[0][1], 1000) * WEAKEST : 0;
      return entries.filter(function (entry) { return entry[1] >= least; }).map(function (entry) {
        var page = entry[0];
        return {
          page: pages[page], score: entry[1], reason: fit.has(page) ? fit.get(page).text : "", sections: partsOf(page, inSections, anchors.get(page))
        };
      });
    }

    // What each section says of the query: its heading counts most.
    function sectionScores(wanted) {
      var scores = new Map();
      wanted.forEach(function (sureness) {
        var best = new Map();
        function say(section, worth) { if (worth > (best.get(section) || 0)) best.set(section, worth); }
        sureness.forEach(function (sure, term) {
          var worth = sure * weight(term);
          sectionsOf(term).forEach(function (section) { say(section, worth); });
          phrasesOf[term].forEach(function (number) {
            var phrase = phrases[number];
            if (phrase.field === HEADING) say(firstSection[phrase.page] + phrase.section, set.heading * worth);
          });
        });
        best.forEach(function (worth, section) { scores.set(section, (scores.get(section) || 0) + worth); });
      });
      return scores;
    }

    // The parts of a page that say most of what was asked.
    function partsOf(position, scores, first) {
      return pages[position].sections
        .map(function (section, number) {
          var score = section[0] === first ? 1000 : scores.get(firstSection[position] + number) || 0;
          return { anchor: section[0], heading: section[1], score: score };
        })
        .filter(function (part) { return part.score > 1 && part.anchor && part.heading; })
        .sort(function (one, other) { return other.score - one.score; })
        .slice(0, MOST_PARTS);
    }

    // Which words of a text say why it was found. Returns a function: text -> pieces, each with whether it is to be marked.
    function marker(query) {
      var meant = new Set();
      deep = said ? 1 : 0;
      understand(clean(query)).wanted.forEach(function (sureness) {
        sureness.forEach(function (sure, term) { if (sure >= 0.5) meant.add(term); });
      });
      return function (text) {
        return text.split(/([^\s.,;:!?()”"–/-]+)/).map(function (piece) {
          return { text: piece, mark: words(piece).some(function (word) { return !stop.has(word) && meant.has(at.get(stem(word))); }) };
        });
      };
    }

    // The pages whose title or other names come nearest, for a query that found nothing.
    function near(query) {
      var best = new Map();
      deep = said ? 1 : 0;
      words(clean(query)).slice(0, MOST_WORDS).forEach(function (word) {
        if (stop.has(word) || word.length < 3) return;
        nearly(stem(word), word.length > 5 ? 3 : 2, function (term, text, distance) {
          phrasesOf[term].forEach(function (number) {
            var phrase = phrases[number];
            if (phrase.field !== TITLE && phrase.field !== SYNONYM) return;
            best.set(phrase.page, Math.max(best.get(phrase.page) || 0, weight(term) / (1 + distance)));
          });
        });
      });
      return Array.from(best.entries()).sort(function (one, other) { return other[1] - one[1]; }).slice(0, 5).map(function (entry) { return pages[entry[0]]; });
    }

    var engine = { search: search, complete: complete, addText: addText, whole: false, marker: marker, near: near, stem: stem, terms: terms, phrases: phrases };
    return engine;
  }

  Engine.settings = SETTINGS;
  window.KunskapsbankenSearch = Engine;
})();
