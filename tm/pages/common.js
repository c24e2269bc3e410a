"use strict";
// What the scripts of all pages share: texts made comparable, places of a search marked, names of languages,
// and how search and filters begin.

// The page's language, and its words for those that the scripts have in English: a text, or the forms for one
// and for many.
const LANGUAGE = document.documentElement.lang || "en";
const MESSAGES = JSON.parse(document.getElementById("messages")?.textContent || "{}");
const FORMS = new Intl.PluralRules(LANGUAGE);

const numeral = (number) => number.toLocaleString(LANGUAGE);
const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

// A text in the page's language, with values in the places of {names}.
function t(text, values = {}) {
  return filled(MESSAGES[text] ?? text, values);
}

// A text about a number, which stands as {number}: the form for one, or the form for many.
function tn(one, many, number, values = {}) {
  const [single, plural] = MESSAGES[one] ?? [one, many];
  const form = FORMS.select(number) === "one" ? single : plural;
  return filled(form, { number: numeral(number), ...values });
}

const LETTERS = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  "’": "'",
  "‘": "'",
  "‑": "-",
};
const folded = new Map();

// The text without accents and case, as a search compares it. Most letters need nothing, few others occur.
function fold(text) {
  return text.toLowerCase().replace(/[^\x00-\x7f]/g, foldLetter);
}

function foldLetter(letter) {
  let bare = folded.get(letter);
  if (bare === undefined) {
    bare = /\s/.test(letter) ? " " : (LETTERS[letter] ?? letter.normalize("NFD").replace(/\p{M}/gu, ""));
    folded.set(letter, bare);
  }
  return bare;
}

// The text without case, but with its accents.
function plain(text) {
  return text
    .toLowerCase()
    .replace(/[œæßøłđı’‘‑]/g, (letter) => LETTERS[letter])
    .replace(/[^\S\n]/g, " ");
}

// Shows where words stand in elements, in browsers that can paint ranges; with "more" beside those that are
// shown already.
function mark(elements, words, { more = false } = {}) {
  if (!window.CSS?.highlights) return;
  const found = (more && CSS.highlights.get("found")) || new Highlight();
  if (words.length)
    for (const element of elements) for (const range of hits(element, words)) found.add(range);
  CSS.highlights.set("found", found);
}

function hits(element, words) {
  const ranges = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const { bare, places } = bareWithPlaces(node.data);
    for (const word of words) {
      for (let at = bare.indexOf(word); at >= 0; at = bare.indexOf(word, at + word.length)) {
        const range = document.createRange();
        range.setStart(node, places[at] ?? at);
        range.setEnd(node, (places[at + word.length - 1] ?? at + word.length - 1) + 1);
        ranges.push(range);
      }
    }
  }
  return ranges;
}

// A text as a search compares it, and from which character each of its letters comes: [] when all are in
// their places.
function bareWithPlaces(text) {
  const bare = fold(text);
  if (bare.length === text.length && !/\p{M}/u.test(text)) return { bare, places: [] };
  const places = [];
  let at = 0;
  for (const character of text) {
    places.push(...Array(fold(character).length).fill(at));
    at += character.length;
  }
  return { bare, places };
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

// For browsers that let no page of a disk write to the clipboard.
function copyBySelection(text) {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "aside";
  field.readOnly = true;
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
}

// Into sight, and once more while the entries around it take the height that was only guessed before.
function bring(element, block, times = 4) {
  element.scrollIntoView({ block });
  if (times) requestAnimationFrame(() => bring(element, block, times - 1));
}

// What is found begins at the top, however far down the reader was.
function toTop() {
  const main = document.querySelector("main");
  if (main.getBoundingClientRect().top < 0) main.scrollIntoView();
}

// Browsers know the names of languages; for a tag that one does not know the other text stands.
function languageName(tag, otherwise = tag) {
  try {
    return new Intl.DisplayNames([LANGUAGE], { type: "language" }).of(tag);
  } catch {
    return otherwise;
  }
}

function nameLanguages() {
  for (const element of document.querySelectorAll("[data-language]"))
    element.textContent = languageName(element.dataset.language, element.textContent);
}

// On a phone the filters stay folded; elsewhere there is room for them.
function spreadFilters() {
  const wide = matchMedia("(min-width: 45.01rem)");
  const spread = () => {
    document.querySelector(".filters").open = wide.matches;
  };
  wide.addEventListener("change", spread);
  spread();
}

// The parts of a page whose entries are searched: the form, its box, what says how many there are, and what stands
// at the end of the list.
function searchParts() {
  const form = document.querySelector(".tools");
  return {
    form,
    query: form.elements.query,
    output: form.querySelector("output"),
    nothing: document.querySelector(".nothing"),
    further: document.querySelector(".further"),
  };
}

// The tools only appear where a script runs: without one nothing could be searched.
function showTools() {
  for (const tool of document.querySelectorAll(".tools, .columns, .keys, .desk")) tool.hidden = false;
}

// The search and the filters begin to work: update shows what they let through.
function begin(update) {
  const form = document.querySelector(".tools");
  document.querySelector(".nothing button").addEventListener("click", () => {
    form.reset();
    update();
    form.elements.query.focus();
  });
  form.addEventListener("input", () => {
    update();
    toTop();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  spreadFilters();
  nameLanguages();
  showTools();
  // By then a browser that goes back to the page has put the choices made before into the form again.
  addEventListener("pageshow", update);
}
