// Which concepts are shown, and in which order.

// What a search looks into: the terms, if asked all that is written about them; with accents, and without.
const indexes = { false: [new Map(), new Map()], true: [new Map(), new Map()] };

function searchedTexts(concept, deep) {
  const { sources, targets } = viewOf(concept);
  const terms = [...sources, ...targets].flatMap((term) => [term.shown, term.text]);
  if (!deep) return terms;
  const notes = [...targets.map((term) => term.noteShown), ...Object.values(concept.more), concept.id];
  return [...terms, ...notes, ...concept.contexts.flatMap(({ sides }) => sides.map(([text]) => text))];
}

function searched(concept, deep, accents) {
  const index = indexes[deep][Number(accents)];
  let text = index.get(concept);
  if (text === undefined) {
    const all = searchedTexts(concept, deep).join("\n");
    text = accents ? plain(all.normalize("NFC")) : fold(all);
    index.set(concept, text);
  }
  return text;
}

function forget(concept) {
  for (const index of [...indexes.false, ...indexes.true]) index.delete(concept);
}

const PART = /["“”«»]\s*([^"“”«»]+?)\s*(?:["“”«»]|$)|([^\s"“”«»]+)/g;

// Words in any order, and "words in quotation marks" as they stand: whole words, with accents if it has some.
function parseQuery(text) {
  const parts = [...text.normalize("NFC").matchAll(PART)];
  return parts
    .map(([, phrase, single]) => {
      if (single) return { text: fold(single), whole: false, accents: false };
      const accents = fold(phrase) !== plain(phrase);
      return { text: (accents ? plain : fold)(phrase).replace(/\s+/g, " "), whole: true, accents };
    })
    .filter((part) => part.text);
}

function matches(concept, part, deep) {
  const text = searched(concept, deep, part.accents);
  return part.whole ? hasWhole(text, part.text) : text.includes(part.text);
}

const isLetter = (character) => character !== undefined && /[\p{L}\p{M}\p{N}]/u.test(character);

function hasWhole(text, phrase) {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + phrase.length])) return true;
  }
  return false;
}

// ------------------------------------------------------------------ filters

// One predicate for each filter in use: several choices of one name widen, several names narrow.
const FILTERS = {
  status: (concept, values) => values.some((value) => viewOf(concept).statuses.includes(value)),
  decided: (concept, values) =>
    values.some((value) => (value === "here" ? viewOf(concept).decidedHere : viewOf(concept).undecided)),
  grammar: (concept, values) => values.includes(concept.sources[0]?.grammar),
  document: (concept, values) =>
    values.some(
      (value) =>
        concept.left.includes(value) ||
        concept.documents?.includes(value) ||
        concept.contexts.some((context) => context.name === value),
    ),
  confidence: (concept, [range]) => concept.confidence !== undefined && between(concept.confidence, range),
};

function between(number, range) {
  const [low, high] = range.split(" ").map(Number);
  return number >= low && (number < high || high === 1);
}

function chosenFilters(form) {
  const chosen = new Map();
  for (const { name, value } of form.querySelectorAll("input:checked, select")) {
    if (value && FILTERS[name]) chosen.set(name, [...(chosen.get(name) ?? []), value]);
  }
  return [...chosen].map(
    ([name, values]) =>
      (concept) =>
        FILTERS[name](concept, values),
  );
}

function select(form, ordered) {
  const parts = parseQuery(form.elements.query.value);
  const deep = form.elements.deep.checked;
  const tests = chosenFilters(form);
  const shown = ordered.filter(
    (concept) => parts.every((part) => matches(concept, part, deep)) && tests.every((test) => test(concept)),
  );
  return { shown, deep, parts };
}

// ------------------------------------------------------------------ order

// Texts from A to Z, numbers from the largest, except the row's own number.
const SORTS = {
  number: (concept) => concept.number,
  source: (concept) => concept.sources[0]?.text ?? "\uffff",
  target: (concept) => concept.targets[0]?.text ?? "\uffff",
  frequency: (concept) => -(concept.evidence?.seen ?? -1),
  confidence: (concept) => -(concept.confidence ?? -1),
};

// All concepts in an order; by their own number they stand in their tiers.
function sorted({ name, turned }) {
  if (name === "number" && !turned)
    return [...concepts].sort((a, b) => a.tier - b.tier || a.number - b.number);
  const value = SORTS[name];
  const tag = { source: SOURCE, target: TARGET }[name];
  const { compare } = new Intl.Collator(tag || undefined, { numeric: true, ignorePunctuation: true });
  const sign = turned ? -1 : 1;
  return concepts
    .map((concept) => [value(concept), concept])
    .sort(
      ([a, one], [b, other]) =>
        sign * (typeof a === "string" ? compare(a, b) : a - b) || one.number - other.number,
    )
    .map(([, concept]) => concept);
}
