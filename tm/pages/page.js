// Search, filters and keys for a page of items. A page says what it has with data attributes:
//   data-item    an entry; its other data attributes are what the form's filters of the same name look at
//   data-stop    where j and k stop: in an item, or the item itself
//   data-group   hidden when none of its items is shown
// Items whose page lets one choose an order have a number for each of them: data-worst, data-number …
(() => {
  const { form, query, output, nothing } = searchParts();
  const items = [...document.querySelectorAll("[data-item]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const everything = output.textContent;

  // ------------------------------------------------------------------ search and filters

  const index = new Map();

  // What is searched: the texts in the page's languages, which have a lang attribute.
  const texts = (item) => [...item.querySelectorAll("[lang]")];

  function searched(item) {
    if (!index.has(item))
      index.set(
        item,
        fold(
          texts(item)
            .map((element) => element.textContent)
            .join("\n"),
        ),
      );
    return index.get(item);
  }

  // One predicate for each filter in use: several choices of one name widen, several names narrow.
  function filters() {
    const chosen = new Map();
    for (const { name, value } of form.querySelectorAll("input:checked")) {
      if (value && name !== "order") chosen.set(name, [...(chosen.get(name) ?? []), value]);
    }
    return [...chosen].map(
      ([name, values]) =>
        ({ dataset }) =>
          values.some((value) => dataset[name].split(" ").includes(value)),
    );
  }

  let order = form.elements.order?.value;

  function arrange() {
    const chosen = form.elements.order?.value;
    if (chosen === order) return;
    order = chosen;
    items.sort((one, other) => one.dataset[order] - other.dataset[order]);
    items[0]?.parentElement.append(...items);
  }

  function update() {
    arrange();
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    const tests = filters();
    const shown = items.filter((item) => {
      const text = words.length ? searched(item) : "";
      const show = words.every((word) => text.includes(word)) && tests.every((test) => test(item));
      if (item.hidden === show) item.hidden = !show;
      return show;
    });
    for (const group of groups) group.hidden = !group.querySelector("[data-item]:not([hidden])");
    nothing.hidden = shown.length > 0 || items.length === 0;
    output.textContent =
      shown.length === items.length ? everything : t("{number} of {all}", { number: numeral(shown.length), all: everything });
    // The first few hundred items are enough to look at.
    mark(words.length ? shown.slice(0, 300).flatMap(texts) : [], words);
  }

  // ------------------------------------------------------------------ keys

  const stops = () =>
    [...document.querySelectorAll("[data-stop]")].filter((stop) => !stop.closest("[hidden]"));

  function move(step) {
    const all = stops();
    const here = all.indexOf(document.activeElement.closest("[data-stop]"));
    const next = here >= 0 ? here + step : step > 0 ? firstBelow(all) : -1;
    const stop = all[Math.max(0, Math.min(next, all.length - 1))];
    stop?.focus({ preventScroll: true });
    if (stop) bring(stop, "nearest");
  }

  const firstBelow = (all) =>
    Math.max(
      0,
      all.findIndex((stop) => stop.getBoundingClientRect().bottom > form.getBoundingClientRect().bottom),
    );

  function escape() {
    if (!query.value) {
      document.activeElement.blur();
      return;
    }
    query.value = "";
    update();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target === query;
    const choosing = event.target.matches?.("input") && !typing;
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
  begin(update);
})();
