// The glossary page: the list drawn as far as it is looked at, the search, the keys, and what they do.
(() => {
  const { form, query, output, nothing, further } = searchParts();
  const desk = document.querySelector(".desk");
  const author = desk.querySelector("[name=author]");
  const said = desk.querySelector(".said");
  const openAll = document.querySelector("[data-open]");
  const sorters = [...document.querySelectorAll("[data-sort]")];

  // Rows drawn at first, which fill a window, and as the end of the list comes near.
  const FIRST = 24;
  const STEP = 40;
  const opened = new Set();
  let order = { name: "number", turned: false };
  let ordered = sorted(order);
  let listed = ordered;
  let drawn = 0;
  let parts = [];

  // ------------------------------------------------------------------ the list

  // More rows as the end of the list comes near; observed anew each time, since it may still be near.
  const ending = new IntersectionObserver(
    ([entry]) => {
      if (entry.isIntersecting && drawn < listed.length) draw(STEP);
    },
    { rootMargin: "600px" },
  );

  function update() {
    const selected = select(form, ordered);
    ({ parts } = selected);
    listed = selected.shown;
    unfold(selected);
    list.replaceChildren();
    drawn = 0;
    draw(FIRST);
    nothing.hidden = listed.length > 0 || !concepts.length;
    const all = tn("{number} concept", "{number} concepts", concepts.length);
    output.textContent =
      listed.length === concepts.length ? all : t("{number} of {all}", { number: numeral(listed.length), all });
  }

  function draw(count) {
    const start = drawn;
    const rows = document.createDocumentFragment();
    for (const concept of listed.slice(drawn, drawn + count)) {
      if (hasHeadings() && listed[drawn - 1]?.tier !== concept.tier) rows.append(heading(concept.tier));
      rows.append(row(concept, isOpen(concept)));
      drawn += 1;
    }
    const added = [...rows.children];
    list.append(rows);
    further.hidden = drawn >= listed.length;
    ending.unobserve(further);
    ending.observe(further);
    paint(added, start > 0);
  }

  const hasHeadings = () => order.name === "number" && !order.turned;

  function heading(tier) {
    const number = listed.filter((concept) => concept.tier === tier).length;
    return make(
      "li",
      { class: "tier" },
      make(
        "h2",
        {},
        TIERS[tier],
        " ",
        make("small", {}, [TIER_NOTES[tier], numeral(number)].filter(Boolean).join(" · ")),
      ),
    );
  }

  function paint(rows, more) {
    const words = parts.map((part) => fold(part.text));
    mark(words.length ? rows.flatMap((element) => [...element.querySelectorAll("[lang]")]) : [], words, {
      more,
    });
  }

  const isOpen = (concept) =>
    opened.has(concept) || unfolded.has(concept) || openAll.getAttribute("aria-pressed") === "true";

  // A few results that were found only in their contexts are opened to show why; the next search closes them.
  const unfolded = new Set();

  function unfold({ shown, deep }) {
    unfolded.clear();
    if (!deep || !parts.length || shown.length > 30) return;
    for (const concept of shown) {
      if (!parts.every((part) => matches(concept, part, false))) unfolded.add(concept);
    }
  }

  const itemOf = (concept) => document.getElementById(`c${concept.number}`);
  const conceptAt = (element) => {
    const item = element?.closest?.(".entry");
    return item ? concepts[Number(item.id.slice(1)) - 1] : undefined;
  };

  // A row drawn anew in its place; what had the focus has it again.
  function redraw(concept) {
    const old = itemOf(concept);
    if (!old) return;
    const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
    const place = focused && [focused.closest("[data-term]")?.dataset.term, focused.dataset.do];
    const item = row(concept, isOpen(concept));
    old.replaceWith(item);
    if (place) (actIn(item, ...place) ?? actIn(item, undefined, "open")).focus({ preventScroll: true });
    paint([item], true);
  }

  function actIn(item, term, name) {
    const inside = term === undefined ? item : item.querySelector(`[data-term="${term}"]`);
    return name && inside?.querySelector(`[data-do="${name}"]:not(:disabled)`);
  }

  function toggle(concept, open = !isOpen(concept)) {
    unfolded.delete(concept);
    if (open) opened.add(concept);
    else opened.delete(concept);
    redraw(concept);
  }

  // ------------------------------------------------------------------ what is decided

  onChange = (concept) => {
    redraw(concept);
    tally();
  };

  function tally() {
    const counts = { undecided: 0, here: 0 };
    for (const concept of concepts) {
      const view = viewOf(concept);
      counts.undecided += view.undecided;
      counts.here += view.decidedHere;
      for (const status of view.statuses) counts[status] = (counts[status] ?? 0) + 1;
    }
    for (const element of form.querySelectorAll("[data-count]")) {
      const number = counts[element.dataset.count] ?? 0;
      element.textContent = numeral(number);
      const chip = element.closest(".chip");
      if (STATUSES.includes(element.dataset.count)) chip.hidden = !number && !chip.querySelector(":checked");
    }
    desk.querySelector("[data-undo]").disabled = !canUndo();
    refreshDesk(desk, counts);
  }

  const tell = (concept, what) => {
    said.textContent = concept ? `${what}: ${pairText(viewOf(concept))}` : what;
  };

  const RULES = {
    approved: decide,
    preferred: decide,
    rejected: decide,
    forbidden: decide,
    "no-term": (concept) => decideNoTerm(concept),
  };

  function act(name, concept, term) {
    if (RULES[name]) tell(concept, RULES[name](concept, term, name));
    else if (name === "open") toggle(concept);
    else if (name === "copy") copy(concept);
    else if (name === "edit") edit(concept, term);
    else if (name === "another" && !isOneLanguage) edit(concept, undefined, "target", "new");
    else if (name === "cancel") closeForm();
    else if (name === "take-back" && takeBack(concept)) tell(concept, t("taken back"));
  }

  async function takeLastBack() {
    const step = await undo();
    tell(step, step ? t("undone") : t("nothing to undo"));
    tally();
    if (step && itemOf(step)) bring(itemOf(step), "nearest");
  }

  // ------------------------------------------------------------------ copy and edit

  async function copy(concept) {
    const { sources, main } = viewOf(concept);
    const pair = [sources[0], main]
      .filter(Boolean)
      .map((term) => term.shown)
      .join("\t");
    await copyText(pair);
    tell(concept, t("copied"));
  }

  function edit(
    concept,
    term,
    name = "target",
    place = term ? String(term.place) : isOneLanguage ? "alone" : "new",
  ) {
    closeForm();
    if (!isOpen(concept)) toggle(concept, true);
    const editor = pairForm(concept, term, place);
    itemOf(concept).querySelector(".translations").after(editor);
    const field = editor.elements[name] ?? editor.elements.source;
    field.focus({ preventScroll: true });
    field.select();
    bring(editor, "nearest");
  }

  function closeForm() {
    const open = list.querySelector("form.pair");
    if (!open) return false;
    const stop = open.closest(".entry").querySelector("[data-stop]");
    const held = open.contains(document.activeElement);
    open.remove();
    if (held) stop.focus({ preventScroll: true });
    return true;
  }

  const clean = (field) => field.value.replace(/\s+/g, " ").trim();

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const { source, target, note } = event.target.elements;
    const concept = conceptAt(event.target);
    const term = termAt(event.target, concept);
    const isNew = event.target.dataset.term === "new";
    if (isNew && !clean(target)) {
      target.focus();
      return;
    }
    const texts = { source: clean(source), target: target ? clean(target) : "", note: clean(note) };
    closeForm();
    tell(concept, reword(concept, isNew ? undefined : term, texts));
  });

  // ------------------------------------------------------------------ clicks

  // The translation that is meant: the one that something belongs to, else the row's.
  function termAt(element, concept) {
    const place = element.closest?.("[data-term]")?.dataset.term;
    const { targets, main } = viewOf(concept);
    return place === undefined ? main : targets.find((term) => String(term.place) === place);
  }

  list.addEventListener("click", (event) => {
    const concept = conceptAt(event.target);
    const button = event.target.closest("[data-do]");
    if (!concept) return;
    if (button) act(button.dataset.do, concept, termAt(button, concept));
    // A click that ends the selecting of a term must not open it.
    else if (event.target.closest(".head") && getSelection().isCollapsed) toggle(concept);
  });

  // ------------------------------------------------------------------ keys

  const stops = () => [...list.querySelectorAll("[data-stop]")];

  function move(step) {
    const at = conceptAt(document.activeElement);
    const here = at ? listed.indexOf(at) : -1;
    const next = here >= 0 ? here + step : step > 0 ? firstBelow() : -1;
    const concept = listed[Math.max(0, Math.min(next, listed.length - 1))];
    if (!concept) return;
    while (!itemOf(concept) && drawn < listed.length) draw(STEP);
    const stop = itemOf(concept).querySelector("[data-stop]");
    stop.focus({ preventScroll: true });
    bring(itemOf(concept), "nearest");
  }

  function firstBelow() {
    const edge = form.querySelector(".search").getBoundingClientRect().bottom;
    return Math.max(
      0,
      stops().findIndex((stop) => stop.getBoundingClientRect().bottom > edge),
    );
  }

  function escape() {
    const concept = conceptAt(document.activeElement);
    if (closeForm()) return;
    if (concept && isOpen(concept)) {
      toggle(concept, false);
      itemOf(concept).querySelector("[data-stop]").focus();
    } else if (query.value) {
      query.value = "";
      update();
    } else {
      document.activeElement.blur();
    }
  }

  const BY_KEY = {
    a: "approved",
    r: "no-term",
    p: "preferred",
    f: "forbidden",
    w: "rejected",
    e: "edit",
    t: "another",
    c: "copy",
    z: "take-back",
  };
  // After these a person goes on with the next row.
  const FINAL = ["approved", "no-term"];

  function press(key, element) {
    const concept = conceptAt(element);
    const view = concept && viewOf(concept);
    if (!concept) return false;
    const term = termAt(element, concept);
    if (/^[1-9]$/.test(key) && view.targets[key - 1]) {
      act("preferred", concept, view.targets[key - 1]);
      return true;
    }
    if (key === "n") {
      edit(concept, term, "note", term ? String(term.place) : "alone");
      return true;
    }
    if (onKey(key, concept)) return true;
    const name = BY_KEY[key];
    if (!name) return false;
    act(name, concept, term);
    if (FINAL.includes(name) && element.matches("[data-stop]") && viewOf(concept).decidedHere) move(1);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { key, target } = event;
    const searching = target === query;
    const typing = target.matches?.("input:not([type=checkbox]), select, textarea");
    const action = {
      Escape: escape,
      ArrowDown: (searching || target.matches?.("[data-stop]")) && (() => move(1)),
      ArrowUp: target.matches?.("[data-stop]") && (() => move(-1)),
      "/": !typing && (() => query.select()),
      j: !typing && (() => move(1)),
      k: !typing && (() => move(-1)),
      u: !typing && takeLastBack,
    }[key];
    if (action) action();
    else if (typing || !press(key, document.activeElement)) return;
    event.preventDefault();
  });

  // ------------------------------------------------------------------ the rest

  function sortBy(button) {
    const turned = button.getAttribute("aria-pressed") === "true" && !order.turned;
    for (const other of sorters) {
      other.setAttribute("aria-pressed", other === button);
      delete other.dataset.direction;
    }
    button.dataset.direction = turned ? "turned" : "plain";
    order = { name: button.dataset.sort, turned };
    ordered = sorted(order);
    update();
  }

  for (const button of sorters) button.addEventListener("click", () => sortBy(button));
  openAll.addEventListener("click", () => {
    openAll.setAttribute("aria-pressed", openAll.getAttribute("aria-pressed") !== "true");
    update();
  });

  author.value = keptAuthor();
  author.addEventListener("input", () => keepAuthor(author.value));
  desk.querySelector("[data-undo]").addEventListener("click", takeLastBack);
  further.querySelector("button").addEventListener("click", () => {
    const last = list.lastElementChild;
    draw(STEP);
    last.nextElementSibling?.querySelector("[data-stop]")?.focus();
  });
  // What is shown is what is printed.
  addEventListener("beforeprint", () => draw(listed.length));

  // The search is made ready while nobody types: first the terms, then the contexts.
  function prepare(at, deep) {
    if (at >= concepts.length) {
      if (!deep) prepare(0, true);
      return;
    }
    const later = window.requestIdleCallback ?? requestAnimationFrame;
    later((deadline) => {
      let done = at;
      do {
        for (const concept of concepts.slice(done, done + 20)) searched(concept, deep, false);
        done += 20;
      } while (done < concepts.length && deadline.timeRemaining?.() > 5);
      prepare(done, deep);
    });
  }

  recall();
  begin(update);
  tally();
  beginDesk(desk, tell);
  prepare(0, false);
})();
