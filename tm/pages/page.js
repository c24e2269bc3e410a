"use strict";
// Search, filters, sorting and keys for a page of items. A page says what it has with data attributes:
//   data-item    an entry; its other data attributes are what the form's filters of the same name look at
//   data-stop    where j and k stop: in an item, or the item itself
//   data-key     a text to sort by        data-sort   a button that sorts by a data-key or by a number of the item
//   data-group   hidden when none of its items is shown        data-list   the items' parent, when they can be sorted
(() => {
  const form = document.querySelector(".tools");
  const query = form.elements.query;
  const output = form.querySelector("output");
  const nothing = document.querySelector(".nothing");
  const items = [...document.querySelectorAll("[data-item]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const sorters = [...document.querySelectorAll("[data-sort]")];
  const everything = output.textContent;

  // ------------------------------------------------------------------ search

  const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", "’": "'", "‘": "'", "‑": "-" };

  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[œæßøłđı’‘‑]/g, (letter) => LETTERS[letter]).replace(/\s/g, " ");
  }

  // What is searched: the texts in the page's languages (they have a lang attribute), those of closed contexts if asked.
  function texts(item, deep) {
    const found = [...item.querySelectorAll("[lang]")];
    return deep ? found : found.filter((element) => !element.closest(".more"));
  }

  const indexes = [new Map(), new Map()];

  function searched(item, deep) {
    const index = indexes[Number(deep)];
    if (!index.has(item)) index.set(item, fold(texts(item, deep).map((element) => element.textContent).join("\n")));
    return index.get(item);
  }

  // ------------------------------------------------------------------ filters

  // One predicate for each filter in use: several choices of one name widen, several names narrow.
  function filters() {
    const chosen = new Map();
    for (const { name, value } of form.querySelectorAll("input:checked, select")) {
      if (value && name !== "deep") chosen.set(name, [...(chosen.get(name) ?? []), value]);
    }
    return [...chosen].map(([name, values]) => name === "confidence"
      ? ({ dataset }) => dataset.confidence !== undefined && between(Number(dataset.confidence), values[0])
      : ({ dataset }) => values.some((value) => dataset[name].split(" ").includes(value)));
  }

  function between(number, range) {
    const [low, high] = range.split(" ").map(Number);
    return number >= low && (number < high || high === 1);
  }

  function update() {
    const words = fold(query.value).split(" ").filter(Boolean);
    const deep = form.elements.deep?.checked ?? false;
    const tests = filters();
    const shown = items.filter((item) => {
      const text = words.length ? searched(item, deep) : "";
      const show = words.every((word) => text.includes(word)) && tests.every((test) => test(item));
      if (item.hidden === show) item.hidden = !show;
      return show;
    });
    for (const group of groups) group.hidden = !group.querySelector("[data-item]:not([hidden])");
    nothing.hidden = shown.length > 0 || items.length === 0;
    output.textContent = shown.length === items.length
      ? everything : `${shown.length.toLocaleString("en")} of ${everything}`;
    unfold(deep ? shown : [], words);
    mark(words.length ? shown : [], words, deep);
  }

  // A few results that were found only in their contexts are opened to show why; the next search closes them again.
  function unfold(shown, words) {
    for (const details of document.querySelectorAll("details[data-unfolded]")) {
      details.open = false;
      details.removeAttribute("data-unfolded");
    }
    if (!words.length || shown.length > 30) return;
    for (const item of shown) {
      const details = item.querySelector("details:not([open])");
      if (!details || words.every((word) => searched(item, false).includes(word))) continue;
      details.open = true;
      details.dataset.unfolded = "";
    }
  }

  // Shows where the words stand, in browsers that can paint ranges; the first few hundred items are enough to look at.
  function mark(shown, words, deep) {
    if (!window.CSS?.highlights) return;
    const ranges = shown.slice(0, 300).flatMap((item) => texts(item, deep).flatMap((text) => hits(text, words)));
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function hits(element, words) {
    const ranges = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const places = [];
      let folded = "";
      for (let at = 0; at < node.length; at += 1) {
        const letters = fold(node.data[at]);
        folded += letters;
        for (let i = 0; i < letters.length; i += 1) places.push(at);
      }
      for (const word of words) {
        for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
          const range = document.createRange();
          range.setStart(node, places[at]);
          range.setEnd(node, places[at + word.length - 1] + 1);
          ranges.push(range);
        }
      }
    }
    return ranges;
  }

  // ------------------------------------------------------------------ sorting

  // Texts from A to Z, numbers as counted from the largest, except the item's own number; a second press turns it round.
  function sort(button) {
    const { sort: name } = button.dataset;
    const turned = button.getAttribute("aria-pressed") === "true" && button.dataset.direction !== "turned";
    for (const other of sorters) other.setAttribute("aria-pressed", other === button);
    button.dataset.direction = turned ? "turned" : "plain";
    const sign = turned ? -1 : 1;
    const value = values(name);
    const compare = new Intl.Collator(languageOf(name), { numeric: true, ignorePunctuation: true }).compare;
    const sorted = items.map((item) => [value(item), Number(item.dataset.number), item]).sort((a, b) =>
      sign * (typeof a[0] === "string" ? compare(a[0], b[0]) : a[0] - b[0]) || a[1] - b[1]);
    items.splice(0, items.length, ...sorted.map(([, , item]) => item));
    // All at once: moving thousands of items one by one takes seconds.
    document.querySelector("[data-list]").replaceChildren(...items);
  }

  function values(name) {
    if (name === "number") return (item) => Number(item.dataset.number);
    if (name in (items[0]?.dataset ?? {}) || !items[0]?.querySelector(`[data-key=${name}]`)) {
      return (item) => -Number(item.dataset[name] ?? -1);
    }
    return (item) => item.querySelector(`[data-key=${name}] [lang]`)?.textContent ?? "\uffff";
  }

  function languageOf(name) {
    return document.querySelector(`[data-key=${name}] [lang]`)?.lang || undefined;
  }

  // ------------------------------------------------------------------ keys

  const stops = () => [...document.querySelectorAll("[data-stop]")].filter((stop) => !stop.closest("[hidden]"));

  function move(step) {
    const all = stops();
    const here = all.indexOf(document.activeElement.closest("[data-stop]"));
    const next = here >= 0 ? here + step : step > 0 ? firstBelow(all) : -1;
    const stop = all[Math.max(0, Math.min(next, all.length - 1))];
    stop?.focus({ preventScroll: true });
    if (stop) bring(stop, "nearest");
  }

  // Into sight, and once more while the entries around it take the height that was only guessed before.
  function bring(element, block, times = 4) {
    element.scrollIntoView({ block });
    if (times) requestAnimationFrame(() => bring(element, block, times - 1));
  }

  const firstBelow = (all) => Math.max(0, all.findIndex((stop) => stop.getBoundingClientRect().bottom > form.getBoundingClientRect().bottom));

  function escape() {
    const open = document.activeElement.closest("details[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (query.value) {
      query.value = "";
      update();
    } else {
      document.activeElement.blur();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target === query;
    const choosing = event.target.matches?.("select, input") && !typing;
    const onStop = event.target.matches?.("[data-stop]");
    const action = {
      Escape: escape,
      ArrowDown: (typing || onStop) && (() => move(1)),
      ArrowUp: onStop && (() => move(-1)),
      "/": !typing && (() => query.select()),
      j: !typing && (() => move(1)),
      k: !typing && (() => move(-1)),
    }[event.key];
    if (!action || (choosing && event.key !== "/" && event.key !== "Escape")) return;
    event.preventDefault();
    action();
  });

  // ------------------------------------------------------------------ the rest

  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.addEventListener("click", () => bring(document.getElementById(link.hash.slice(1)), "start"));
  }

  // A click that ends the selecting of a term must not open it.
  document.addEventListener("click", (event) => {
    if (event.target.closest("summary") && !getSelection().isCollapsed) event.preventDefault();
  });

  document.querySelector("[data-open]")?.addEventListener("click", ({ currentTarget }) => {
    const open = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", open);
    for (const item of items) if (!item.hidden) item.querySelector("details").open = open;
  });

  for (const button of sorters) button.addEventListener("click", () => sort(button));
  nothing.querySelector("button").addEventListener("click", () => {
    form.reset();
    update();
    query.focus();
  });
  form.addEventListener("input", () => {
    update();
    // What is found begins at the top, however far down the reader was.
    const main = document.querySelector("main");
    if (main.getBoundingClientRect().top < 0) main.scrollIntoView();
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  // On a phone the filters stay folded; elsewhere there is room for them.
  const wide = matchMedia("(min-width: 45.01rem)");
  const spread = () => { document.querySelector(".filters").open = wide.matches; };
  wide.addEventListener("change", spread);
  spread();

  // Browsers know the names of languages; a tag that one does not know stays as it is.
  for (const element of document.querySelectorAll("[data-language]")) {
    try {
      element.textContent = new Intl.DisplayNames(["en"], { type: "language" }).of(element.dataset.language);
    } catch {
      continue;
    }
  }

  for (const tool of document.querySelectorAll(".tools, .columns, .keys")) tool.hidden = false;
  // By then a browser that goes back to the page has put the choices made before into the form again.
  addEventListener("pageshow", update);
})();
