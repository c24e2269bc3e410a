// A concept as a row of the list, and what opens below it.

function row(concept, open) {
  const view = viewOf(concept);
  const item = make("li", { id: `c${concept.number}`, class: `entry${view.decidedHere ? " here" : ""}` });
  item.append(head(concept, view, open));
  if (open) {
    item.append(more(concept, view));
    onOpen(concept);
  }
  return item;
}

function head(concept, view, open) {
  const { main } = view;
  const subject = main ?? view.sources[0];
  const status = subject?.status ?? "candidate";
  const decision = decisionOn(subject);
  return make(
    "div",
    { class: "head" },
    make(
      "button",
      {
        type: "button",
        class: "number",
        "data-stop": true,
        "data-do": "open",
        "aria-expanded": String(open),
        "aria-label": `${concept.number}: ${pairText(view)}, ${word(status)}`,
      },
      String(concept.number),
    ),
    make("div", { class: "source" }, side(view.sources, view.sources[0], SOURCE)),
    make("div", { class: "target" }, side(view.targets, main, TARGET)),
    make(
      "div",
      { class: "figures" },
      concept.evidence && figures(concept.evidence),
      statusChip(status, view.decidedHere),
    ),
    make(
      "div",
      { class: "acts" },
      actButton("approved", t("Approve"), "a", { sign: "✓", pressed: decision === "approved" }),
      actButton("no-term", t("No term"), "r", { sign: "✕", pressed: decision === "no-term" }),
      actButton("copy", t("Copy the pair"), "c", { sign: t("Copy") }),
    ),
  );
}

// A button of a row, with a sign or its label on it; what it does is looked up by its name.
function actButton(name, label, key, { sign, pressed } = {}) {
  return make(
    "button",
    {
      type: "button",
      class: sign ? "act" : "act word",
      "data-do": name,
      title: `${label} (${key})`,
      "aria-label": sign && label,
      "aria-pressed": pressed === undefined ? undefined : String(pressed),
    },
    sign ?? label,
  );
}

function side(terms, main, tag) {
  if (!terms.length)
    return !isOneLanguage && make("span", { class: "none" }, t("no term in {language}", { language: languageName(tag) }));
  return terms.map((term) =>
    make(
      "span",
      { class: `${term === main ? "main" : "other"} ${term.status}` },
      termText(term, tag),
      term === main ? grammar(term) : term.kind && make("small", {}, ` ${word(term.kind)}`),
      term !== main &&
        term.status !== "candidate" &&
        term.status !== "approved" && [" ", statusChip(term.status)],
    ),
  );
}

function termText(term, tag) {
  const shown = make("b", { class: "term", ...inLanguage(tag) }, visible(term.shown));
  if (term.isAdded || term.shown === term.text) return shown;
  return [make("del", inLanguage(tag), visible(term.text)), " ", shown];
}

function grammar(term) {
  return [term.grammar, term.gender]
    .filter(Boolean)
    .map((value) => make("abbr", { title: word(value) }, ` ${ABBREVIATIONS[value] ?? value}`));
}

const statusChip = (status, isHere) =>
  make(
    "span",
    { class: `status ${status}${isHere ? " mine" : ""}`, title: isHere ? t("decided on this page") : undefined },
    word(status),
  );

function figures(evidence) {
  return [
    make(
      "span",
      { class: "frequency", title: t("times seen") },
      numeral(evidence.seen),
      make("span", { "aria-hidden": "true" }, "×"),
    ),
    make("span", { class: "confidence" }, share(evidence.confidence)),
  ];
}

// A share as a number and a bar; the bar is the page's, since its policy forbids style attributes.
function share(value) {
  const bar = document.getElementById("bar").content.cloneNode(true);
  bar.querySelector("rect").setAttribute("width", Math.round(Math.min(1, Math.max(0, value)) * 100));
  return make("span", { class: "share" }, percent(value), bar);
}

const pairText = (view) =>
  [view.sources[0], view.main]
    .filter(Boolean)
    .map((term) => visible(term.shown))
    .join(" = ");

// ------------------------------------------------------------------ what opens

function more(concept, view) {
  const { definition, note, subject } = concept.more;
  return make(
    "div",
    { class: "more" },
    definition && make("p", { dir: "auto" }, definition),
    note && make("p", { class: "note", dir: "auto" }, note),
    make(
      "ul",
      { class: "translations" },
      view.targets.length
        ? view.targets.map((term) => translation(term, TARGET))
        : view.sources.slice(0, 1).map((term) => translation(term, SOURCE)),
    ),
    make(
      "p",
      { class: "acts" },
      !isOneLanguage &&
        actButton("another", view.targets.length ? t("Another translation…") : t("Translation…"), "t"),
      view.decidedHere && actButton("take-back", t("Take back what was decided here"), "z"),
    ),
    concept.evidence && why(concept.evidence),
    concept.contexts.map(quote),
    concept.left.length > 0 &&
      make(
        "p",
        { class: "left" },
        tn(
          "{number} more context left out, to keep the page small",
          "{number} more contexts left out, to keep the page small",
          concept.left.length,
        ),
      ),
    make(
      "p",
      { class: "identity" },
      t("Concept"), " ",
      make("bdi", {}, visible(concept.id)),
      subject && [", ", make("bdi", {}, subject)],
    ),
  );
}

const RULINGS = [
  ["approved", t("Approve"), "a"],
  ["preferred", t("Prefer"), "p"],
  ["rejected", t("Wrong"), "w"],
  ["forbidden", t("Forbid"), "f"],
];

// A translation with what can be decided on it; a term without one stands for itself.
function translation(term, tag) {
  const details = [term.grammar, term.gender, term.kind].filter(Boolean).map(word).join(", ");
  return make(
    "li",
    { class: term.status, "data-term": tag === TARGET ? String(term.place) : "alone" },
    make(
      "span",
      { class: "what" },
      termText(term, tag),
      " ",
      statusChip(term.status, Boolean(term.record)),
      details && make("small", {}, ` ${details}`),
    ),
    make(
      "span",
      { class: "acts" },
      RULINGS.map(([name, label, key]) =>
        actButton(name, label, key, { pressed: decisionOn(term) === name }),
      ),
      actButton("edit", t("Edit…"), "e"),
    ),
    term.noteShown && make("span", { class: "note", dir: "auto" }, visible(term.noteShown)),
  );
}

// What was counted is said with a number at the end of each part (tm/pages/reasons.py); other reasons are phrases.
const COUNTED = {
  seen: t("seen {times}"),
  "translated so": t("translated so {times}"),
  "though the translation is seen": t("though the translation is seen {times}"),
};
const TIMES = { never: t("never"), once: t("once"), twice: t("twice") };

function reasonText(text) {
  if (LANGUAGE === "en" || MESSAGES[text]) return t(text);
  return text.split(", ").map(countedText).join(", ");
}

function countedText(part) {
  const [, what, times] = /^(.+) (never|once|twice|[\d,]+ times)$/.exec(part) ?? [];
  if (!COUNTED[what]) return part === "always translated the same" ? t("always translated the same") : part;
  const number = Number.parseInt(times.replaceAll(",", ""), 10);
  return filled(COUNTED[what], { times: TIMES[times] ?? tn("{number} time", "{number} times", number) });
}

function why({ reasons, doubts, confidence, forms }) {
  const sentence = [
    reasons.map(reasonText).join("; "),
    doubts.length && t("but {doubts}", { doubts: doubts.map(reasonText).join("; ") }),
  ]
    .filter(Boolean)
    .join("; ");
  return make(
    "p",
    { class: "why" },
    make("b", {}, percent(confidence)),
    sentence && ` ${sentence}`,
    forms.length > 0 && [make("br"), t("as {forms}", { forms: forms.join(", ") })],
  );
}

function quote({ sides, name, line }) {
  const [source, target] = sides.map(
    ([sentence, marks], number) =>
      sentence && make("blockquote", inLanguage(number ? TARGET : SOURCE), marked(sentence, marks)),
  );
  return make(
    "figure",
    {},
    ...[source, target].filter(Boolean),
    name && make("figcaption", {}, make("bdi", {}, name), line ? `:${line}` : ""),
  );
}

function marked(sentence, marks) {
  const pieces = [];
  let done = 0;
  for (let at = 0; at < marks.length; at += 2) {
    pieces.push(sentence.slice(done, marks[at]), make("mark", {}, sentence.slice(marks[at], marks[at + 1])));
    done = marks[at + 1];
  }
  return [...pieces, sentence.slice(done)];
}

// ------------------------------------------------------------------ the form in which a pair is written anew

// For a translation, for another one ("new"), or for a term that has none ("alone").
function pairForm(concept, term, place) {
  const view = viewOf(concept);
  const field = (name, label, value, tag) =>
    make(
      "label",
      {},
      label,
      make("input", {
        name,
        value,
        autocomplete: "off",
        spellcheck: "true",
        ...(tag ? inLanguage(tag) : { dir: "auto" }),
      }),
    );
  return make(
    "form",
    { class: "pair", "data-term": place },
    field("source", languageName(SOURCE), view.sources[0]?.shown ?? "", SOURCE),
    !isOneLanguage && field("target", languageName(TARGET), term ? term.shown : "", TARGET),
    field("note", t("Note"), term ? term.noteShown : place === "alone" ? view.sources[0].noteShown : ""),
    make(
      "span",
      { class: "acts" },
      make(
        "button",
        { type: "submit", class: "act word main-act" },
        place === "new" ? t("Save as preferred") : t("Save"),
      ),
      make("button", { type: "button", class: "act word", "data-do": "cancel" }, t("Cancel")),
    ),
  );
}
