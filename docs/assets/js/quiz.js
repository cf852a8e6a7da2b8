// The quiz: turns the questions of a page into forms, marks each answer and sums up. Without script the questions stand
// as text with their answers behind a button. Nothing is stored here; progress.js does that, and only when asked.
(function () {
  "use strict";

  function make(tag, css, text) {
    var element = document.createElement(tag);
    if (css) element.className = css;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }

  function shuffled(list) {
    var copy = list.slice();
    for (var i = copy.length - 1; i > 0; i--) {
      var j = Math.floor(Math.random() * (i + 1));
      var kept = copy[i];
      copy[i] = copy[j];
      copy[j] = kept;
    }
    return copy;
  }

  function ids(list) {
    return list.map(function (entry) { return entry.id; }).join(" ");
  }

  // What the markup says of one question. The markup is the only place where questions and answers are written.
  function read(item) {
    function entries(selector, name) {
      return Array.from(item.querySelectorAll(selector)).map(function (li) {
        return { id: li.getAttribute(name), text: li.textContent.trim(), right: li.hasAttribute("data-right"), answer: li.getAttribute("data-answer") };
      });
    }
    return {
      item: item,
      id: item.id,
      kind: item.dataset.kind,
      text: item.querySelector(".kb-question-text"),
      options: entries(".kb-options > li", "data-option"),
      items: entries(".kb-items > li", "data-item"),
      order: item.dataset.order || "",
      details: item.querySelector(".kb-answer"),
      asWritten: Array.from(item.querySelectorAll(".kb-question-text, .kb-items, .kb-match-with, .kb-options, .kb-answer")),
      form: null,
      feedback: null,
      right: null
    };
  }

  // Takes away form and feedback: the question stands as it was written.
  function clear(question) {
    if (question.feedback) {
      Array.from(question.feedback.querySelectorAll("[data-kept]")).forEach(function (node) {
        node.removeAttribute("data-kept");
        node.hidden = false;
        question.details.append(node);
      });
      question.feedback.remove();
    }
    if (question.form) question.form.remove();
    question.form = question.feedback = question.right = null;
  }

  function mark(words, name) {
    return make("span", "kb-mark", words[name]);
  }

  // Each kind of question: its controls, the reader's answer (null while it is not complete) and what it shows afterwards.
  var KINDS = {
    chosen: {
      build: function (question, fieldset, words, mix) {
        (mix ? shuffled(question.options) : question.options).forEach(function (option) {
          var label = make("label", "kb-option");
          var input = make("input");
          input.type = question.kind === "single" ? "radio" : "checkbox";
          input.name = "svar-" + question.id;
          input.value = option.id;
          label.append(input, make("span", "", option.text));
          fieldset.append(label);
        });
      },
      answer: function (form) {
        var chosen = Array.from(form.querySelectorAll("input:checked")).map(function (input) { return input.value; });
        return chosen.length ? chosen : null;
      },
      judge: function (question, chosen) {
        return question.options.every(function (option) { return option.right === (chosen.indexOf(option.id) >= 0); });
      },
      show: function (question, form, words) {
        question.options.forEach(function (option) {
          var input = form.querySelector('input[value="' + option.id + '"]');
          if (option.right) input.parentNode.append(mark(words, "quiz-right-option"));
          if (input.checked) input.parentNode.append(mark(words, "quiz-your-answer"));
        });
      },
      missing: "quiz-choose-first"
    },
    match: {
      build: function (question, fieldset, words, mix) {
        var options = mix ? shuffled(question.options) : question.options;
        (mix ? shuffled(question.items) : question.items).forEach(function (item) {
          var row = make("p", "kb-match");
          var label = make("label", "", item.text);
          var select = make("select");
          select.id = label.htmlFor = "svar-" + question.id + "-" + item.id;
          select.dataset.item = item.id;
          select.append(new Option(words["quiz-choose"] + " …", ""));
          options.forEach(function (option) { select.append(new Option(option.text, option.id)); });
          row.append(label, select);
          fieldset.append(row);
        });
      },
      answer: function (form) {
        var selects = Array.from(form.querySelectorAll("select"));
        return selects.every(function (select) { return select.value; }) ? selects : null;
      },
      judge: function (question, selects) {
        return question.items.every(function (item) {
          return selects.some(function (select) { return select.dataset.item === item.id && select.value === item.answer; });
        });
      },
      show: function (question, form, words) {
        question.items.forEach(function (item) {
          var select = form.querySelector('select[data-item="' + item.id + '"]');
          select.parentNode.append(mark(words, select.value === item.answer ? "quiz-right" : "quiz-wrong"));
        });
      },
      missing: "quiz-choose-all"
    },
    order: {
      build: function (question, fieldset, words, mix) {
        var list = make("ol", "kb-order");
        var options = question.options;
        if (mix) {
          do options = shuffled(question.options); while (ids(options) === question.order);
        }
        var status = make("p", "kb-hidden");
        status.setAttribute("role", "status");
        options.forEach(function (option) {
          var row = make("li");
          row.dataset.option = option.id;
          var text = make("span", "", option.text);
          row.append(text);
          [["quiz-up", -1, "↑"], ["quiz-down", 1, "↓"]].forEach(function (way) {
            var button = make("button", "kb-move", way[2]);
            button.type = "button";
            button.dataset.way = way[1];
            button.setAttribute("aria-label", words[way[0]] + ": " + option.text);
            button.addEventListener("click", function () { KINDS.order.move(row, way[1], words, status); });
            row.append(button);
          });
          list.append(row);
        });
        fieldset.append(list, status);
        KINDS.order.ends(list);
      },
      move: function (row, way, words, status) {
        var list = row.parentNode;
        if (way < 0 && row.previousElementSibling) list.insertBefore(row, row.previousElementSibling);
        if (way > 0 && row.nextElementSibling) list.insertBefore(row.nextElementSibling, row);
        KINDS.order.ends(list);
        var buttons = Array.from(row.querySelectorAll("button"));
        var same = buttons.filter(function (button) { return Number(button.dataset.way) === way; })[0];
        (same.disabled ? buttons.filter(function (button) { return !button.disabled; })[0] : same).focus();
        var rows = Array.from(list.children);
        status.textContent = fill(words["quiz-place"], { text: row.firstChild.textContent, place: rows.indexOf(row) + 1, of: rows.length });
      },
      ends: function (list) {
        Array.from(list.children).forEach(function (row) {
          row.querySelector('[data-way="-1"]').disabled = !row.previousElementSibling;
          row.querySelector('[data-way="1"]').disabled = !row.nextElementSibling;
        });
      },
      answer: function (form) {
        return Array.from(form.querySelectorAll("[data-option]")).map(function (row) { return row.dataset.option; });
      },
      judge: function (question, order) {
        return order.join(" ") === question.order;
      },
      show: function (question, form) {
        form.querySelectorAll("button.kb-move").forEach(function (button) { button.hidden = true; });
      }
    }
  };

  function kindOf(question) {
    return KINDS[question.kind] || KINDS.chosen;
  }

  // One round of questions in `list`. `settings`: id (of the module, kept with the score), shuffle (begin shuffled).
  function start(list, settings) {
    var words = JSON.parse(list.dataset.words);
    var limit = Number(list.dataset.limit);
    var questions = Array.from(list.querySelectorAll("li.kb-question")).map(read);
    var all = questions.slice();
    var round = questions;
    var whole = true; // false while only the wrong ones are asked again
    var mix = Boolean(settings.shuffle);
    var firstRound = null;

    var tools = make("div", "kb-quiz-tools");
    var mixer = make("button", "kb-quiz-button", words["quiz-shuffle"]);
    mixer.type = "button";
    var announcer = make("p", "kb-small");
    announcer.setAttribute("role", "status");
    tools.append(mixer, announcer);
    list.before(tools);
    var counter = make("p", "kb-quiz-count");
    var result = make("section", "kb-quiz-result");
    result.hidden = true;
    list.after(counter, result);

    function focusOn(question) {
      question.item.scrollIntoView({ block: "start" });
      var control = question.form && question.form.querySelector("input, select, button:not([disabled])");
      if (control) control.focus({ preventScroll: true });
    }

    function waiting() {
      return round.filter(function (question) { return question.right === null; });
    }

    function count() {
      counter.textContent = fill(words["quiz-progress"], {
        done: round.length - waiting().length,
        of: round.length,
        right: round.filter(function (question) { return question.right; }).length
      });
    }

    function ask(question) {
      clear(question);
      question.asWritten.forEach(function (node) { node.hidden = true; });
      var form = make("form", "kb-quiz-form");
      form.noValidate = true;
      form.autocomplete = "off";
      var fieldset = make("fieldset");
      var legend = make("legend");
      Array.from(question.text.childNodes).forEach(function (node) { legend.append(node.cloneNode(true)); });
      fieldset.append(legend);
      kindOf(question).build(question, fieldset, words, mix);
      var missing = make("p", "kb-quiz-missing");
      missing.setAttribute("role", "status");
      var submit = make("button", "kb-quiz-button", words["quiz-answer"]);
      submit.type = "submit";
      form.append(fieldset, missing, submit);
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        var given = kindOf(question).answer(form);
        missing.textContent = given ? "" : words[kindOf(question).missing];
        if (given) settle(question, given, form, fieldset, submit);
      });
      question.form = form;
      question.item.prepend(form);
    }

    // The answer is given: say right or wrong, show why, and lead on. Focus follows, so that a screen reader reads it.
    function settle(question, given, form, fieldset, submit) {
      var kind = kindOf(question);
      question.right = kind.judge(question, given);
      kind.show(question, form, words);
      fieldset.disabled = true;
      submit.remove();
      var feedback = make("div", "kb-feedback");
      var verdict = make("p", "kb-verdict", words[question.right ? "quiz-right" : "quiz-wrong"]);
      verdict.tabIndex = -1;
      feedback.append(verdict);
      Array.from(question.details.children).forEach(function (node) {
        if (node.tagName === "SUMMARY") return;
        node.setAttribute("data-kept", "");
        node.hidden = question.right && node.classList.contains("kb-key");
        feedback.append(node);
      });
      var left = waiting();
      var next = make("button", "kb-quiz-button", words[left.length ? "quiz-next" : "quiz-show-result"]);
      next.type = "button";
      next.addEventListener("click", function () {
        var later = waiting();
        var after = later.filter(function (other) { return round.indexOf(other) > round.indexOf(question); })[0] || later[0];
        if (after) focusOn(after);
        else result.querySelector("h3").focus();
      });
      feedback.append(next);
      question.feedback = feedback;
      question.item.append(feedback);
      count();
      verdict.focus();
      if (!left.length) sumUp();
    }

    function button(name, values, act) {
      var made = make("button", "kb-quiz-button", fill(words[name], values));
      made.type = "button";
      made.addEventListener("click", act);
      return made;
    }

    function sumUp() {
      var right = round.filter(function (question) { return question.right; }).length;
      var wrong = round.filter(function (question) { return !question.right; });
      var score = { right: right, of: round.length, percent: Math.floor((100 * right) / round.length), limit: limit };
      if (whole) {
        firstRound = score;
        if (window.kbProgress) window.kbProgress.done(settings.id, right, round.length);
      }
      var heading = make("h3", "", words["quiz-result"]);
      heading.tabIndex = -1;
      result.replaceChildren(heading, make("p", "kb-quiz-score", fill(words["quiz-score"], firstRound)));
      result.append(make("p", "", fill(words[100 * firstRound.right >= limit * firstRound.of ? "quiz-passed" : "quiz-not-passed"], score)));
      if (!whole) result.append(make("p", "", fill(words["quiz-retried"], score)));
      if (wrong.length) result.append(toReread(wrong));
      var buttons = make("p", "kb-quiz-tools");
      if (wrong.length) buttons.append(button("quiz-retry", { wrong: wrong.length }, function () { begin(wrong, false); focusOn(round[0]); }));
      buttons.append(button("quiz-restart", {}, function () { begin(all, true); focusOn(round[0]); }));
      result.append(buttons);
      result.hidden = false;
    }

    // The routines of the questions that went wrong, each once.
    function toReread(wrong) {
      var seen = {};
      var list = make("ul");
      wrong.forEach(function (question) {
        var link = question.feedback.querySelector("p.kb-small[data-kept] a");
        if (!link || seen[link.href]) return;
        seen[link.href] = true;
        var row = make("li");
        row.append(link.cloneNode(true));
        list.append(row);
      });
      var box = make("div");
      box.append(make("p", "", words["quiz-reread"] + ":"), list);
      return box;
    }

    function begin(chosen, isWhole) {
      whole = isWhole;
      round = mix ? shuffled(chosen) : chosen;
      result.hidden = true;
      all.forEach(function (question) {
        question.item.hidden = round.indexOf(question) < 0;
      });
      round.forEach(function (question) {
        list.append(question.item);
        ask(question);
      });
      count();
    }

    mixer.addEventListener("click", function () {
      mix = true;
      begin(all, true);
      announcer.textContent = words["quiz-shuffled"];
    });
    begin(all, true);
    if (location.hash && !settings.shuffle) {
      // the forms have moved what the address points at
      var target = document.getElementById(location.hash.slice(1));
      if (target && list.contains(target)) target.scrollIntoView();
    }
  }

  window.kbQuiz = { start: start };
  document.querySelectorAll("ol[data-quiz]").forEach(function (list) { start(list, { id: list.dataset.quiz }); });
})();
