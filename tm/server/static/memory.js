// The memory page: units a page at a time, the newest first, changed where they stand. A unit's number is its version:
// where it is gone, somebody else changed the unit meanwhile, and what was typed here stays in its form.
(() => {
  const API = "/api/v1";
  const { form, query, output, nothing, further } = searchParts();
  const { elements } = form;
  const list = document.querySelector(".units");
  const total = document.querySelector("[data-total]");
  const addButton = document.querySelector("[data-add]");
  const isWritable = "writable" in list.dataset;
  const languages = Object.fromEntries(
    ["source", "target"].filter((side) => list.dataset[side]).map((side) => [`${side}_lang`, list.dataset[side]]),
  );
  const past = historyOf(document.querySelector(".history"), document.querySelector("[data-undo]"), {
    isWritable,
    onUndone: () => update(),
  });

  let next = 0;

  // ------------------------------------------------------------------ asking

  const FIELDS = { author: "author=", document: "document=", file: "file=", origin: "origin=", since: "date>=", number: "number=" };
  const KEPT = { q: query, ...Object.fromEntries(Object.keys(FIELDS).map((name) => [name, elements[name]])) };

  function where() {
    return Object.entries(FIELDS)
      .map(([name, sign]) => [sign, elements[name].value.trim().replace(/"/g, "")])
      .filter(([, value]) => value)
      .map(([sign, value]) => `${sign}"${value}"`)
      .join(" ");
  }

  const update = oneAtATime(() => ask());
  const updateMore = oneAtATime(() => ask({ more: true }));

  async function ask({ more = false } = {}) {
    keepAddress(KEPT);
    try {
      const after = more ? next : 0;
      const words = { words: query.value.trim(), begun: !query.value.endsWith(" "), newest: true };
      const answer = await call("GET", `${API}/units`, {
        query: { ...languages, where: where(), ...words, after, limit: 50 },
      });
      ({ next } = answer);
      const held = typedIn();
      const isHeld = ({ number }) => held.some((item) => item.unit?.number === number);
      const rows = answer.units.filter((unit) => !isHeld(unit)).map(row);
      keepingFocus(
        (item) => item.unit?.number,
        () => {
          if (!more) for (const item of [...list.children]) if (!held.includes(item)) item.remove();
          list.append(...rows);
        },
      );
      further.hidden = !next;
      nothing.hidden = list.children.length > 0 || Boolean(next);
      total.textContent = tn("{number} unit", "{number} units", answer.total);
      output.textContent = answer.partial ? t("not all were looked at yet") : "";
      mark(words.words ? [...list.querySelectorAll("[lang]:not(textarea)")] : [], fold(words.words).split(/\s+/).filter(Boolean));
      say("");
      if (more) focus(rows[0]);
    } catch (error) {
      say(error.message, { alert: true });
    }
  }

  // Entries with forms that somebody types into stay where they are, whatever is looked for meanwhile.
  const typedIn = () => [...list.querySelectorAll("form.pair")].map((editor) => editor.closest("li"));

  // ------------------------------------------------------------------ a unit

  function row(unit) {
    const item = make(
      "li",
      { tabindex: "-1", "data-stop": true },
      make("span", { class: "percent" }, numeral(unit.number)),
      make("span", { class: "source-side", ...inLanguage(unit.source_lang) }, visible(unit.source)),
      make("span", { class: "target-side", ...inLanguage(unit.target_lang) }, visible(unit.target)),
      isWritable &&
        make(
          "span",
          { class: "acts" },
          make("button", { type: "button", class: "act", "data-do": "edit", title: t("Edit (e)") }, t("Edit…")),
          make("button", { type: "button", class: "act", "data-do": "remove", title: t("Take out (x)"), "aria-label": t("Take out") }, "✕"),
        ),
      make(
        "span",
        { class: "about-unit" },
        [unit.document, unit.origin, unit.author, unit.date, ...(unit.notes ?? [])].filter(Boolean).join(" · "),
      ),
    );
    item.unit = unit;
    return item;
  }

  const stops = () => [...list.querySelectorAll("[data-stop]")];
  const itemOf = (element) => element?.closest?.(".units > li");

  function focus(item) {
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = stops();
    const here = all.indexOf(itemOf(document.activeElement));
    if (here === 0 && step < 0) query.focus();
    else if (here === all.length - 1 && step > 0 && next) updateMore();
    else focus(all[Math.max(0, here < 0 && step < 0 ? 0 : Math.min(here + step, all.length - 1))]);
  }

  // ------------------------------------------------------------------ changes

  function formOf(unit) {
    const area = (name, label, value, tag) =>
      make("label", {}, label, make("textarea", { name, rows: "2", spellcheck: "true", ...(tag ? inLanguage(tag) : { dir: "auto" }) }, value));
    return make(
      "form",
      { class: "pair" },
      area("source", unit.source_lang ? languageName(unit.source_lang) : t("Source"), unit.source, unit.source_lang),
      area("target", unit.target_lang ? languageName(unit.target_lang) : t("Translation"), unit.target, unit.target_lang),
      area("note", t("Note"), (unit.notes ?? [])[0] ?? ""),
      make(
        "span",
        { class: "acts" },
        make("button", { type: "submit", class: "act main-act" }, t("Save"), " ", make("kbd", { "aria-hidden": "true" }, "Ctrl Enter")),
        make("button", { type: "button", class: "act", "data-do": "cancel" }, t("Cancel"), " ", make("kbd", { "aria-hidden": "true" }, "Esc")),
      ),
    );
  }

  function edit(item) {
    if (!isWritable || item.querySelector("form")) return;
    const editor = formOf(item.unit);
    item.append(editor);
    editor.elements.target.focus();
    editor.elements.target.select();
  }

  // A form for a unit that is not there yet, above all others.
  function enter(source = "") {
    if (!isWritable) return;
    const open = list.querySelector(".fresh form") ?? formOf({ source, target: "", source_lang: languages.source_lang, target_lang: languages.target_lang });
    if (!open.isConnected) list.prepend(make("li", { class: "fresh", tabindex: "-1" }, open));
    nothing.hidden = true;
    open.elements[open.elements.source.value ? "target" : "source"].focus();
    bring(open, "nearest");
  }

  function close(item) {
    if (!item.unit) item.remove();
    else item.querySelector("form")?.remove();
    focus(item.isConnected ? item : stops()[0]);
  }

  async function save(item) {
    const fields = item.querySelector("form").elements;
    const typed = Object.fromEntries(["source", "target", "note"].map((name) => [name, fields[name].value]));
    const missing = ["source", "target"].find((name) => !typed[name].trim());
    if (missing) {
      fields[missing].focus();
      say(t("Both texts are needed; to take a unit out, press x on it."), { alert: true });
      return;
    }
    try {
      if (item.unit) await saveChanged(item, typed);
      else await saveNew(item, typed);
    } catch (error) {
      refused(error);
      return;
    }
    past.look({ isMine: true });
  }

  async function saveChanged(item, typed) {
    const { unit } = item;
    const before = { source: unit.source, target: unit.target, note: (unit.notes ?? [])[0] ?? "" };
    const changed = Object.entries(typed).filter(([name, value]) => value !== before[name]);
    if (!changed.length) {
      close(item);
      return;
    }
    const body = { ...Object.fromEntries(changed), source_lang: unit.source_lang, target_lang: unit.target_lang };
    const answer = await call("PATCH", `${API}/units/${unit.number}`, { body });
    put(item, answer.unit);
    say(answer.codes_left_out ? tn("Saved; {number} inline code found no place.", "Saved; {number} inline codes found no place.", answer.codes_left_out) : t("Saved."));
  }

  async function saveNew(item, typed) {
    const { unit, added } = await call("POST", `${API}/units`, { body: { ...typed, ...languages } });
    put(item, unit);
    say(added ? t("Saved.") : t("The memory has it already."));
  }

  function put(item, unit) {
    const fresh = row(unit);
    item.replaceWith(fresh);
    focus(fresh);
  }

  async function remove(item) {
    if (!isWritable || !item.unit) return;
    const { unit } = item;
    try {
      await call("DELETE", `${API}/units/${unit.number}`);
    } catch (error) {
      refused(error);
      return;
    }
    const all = stops();
    const neighbour = all[all.indexOf(item) + 1] ?? all[all.indexOf(item) - 1];
    item.remove();
    focus(neighbour);
    await past.look({ isMine: true });
    say(t("Taken out: {text}", { text: unit.source }));
  }

  // What was typed stays where it is.
  function refused(error) {
    const what =
      error.status === 409
        ? t("Somebody was quicker: {reason}. What you typed is still here; copy it, then search again.", { reason: error.message })
        : t("Not saved: {reason}", { reason: error.message });
    say(what, { alert: true });
  }

  async function copy(item) {
    if (!item.unit) return;
    await copyText(item.unit.target);
    say(t("Copied: {text}", { text: item.unit.target }));
  }

  // ------------------------------------------------------------------ keys and clicks

  const ON_ITEM = { e: edit, Enter: edit, x: remove, Delete: remove, c: copy };
  const ANYWHERE = {
    "/": () => query.select(),
    j: () => move(1),
    k: () => move(-1),
    n: () => enter(),
    u: past.undo,
    h: past.toggle,
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const item = itemOf(target);
    if (key === "Enter" && (event.ctrlKey || event.metaKey) && item?.querySelector("form")) {
      event.preventDefault();
      save(item);
      return;
    }
    if (!unmodified(event)) return;
    let action;
    if (key === "Escape") action = () => escape(item);
    else if (key === "ArrowDown" && (target === query || target === item)) action = () => move(1);
    else if (key === "ArrowUp" && target === item) action = () => move(-1);
    else if (isField(target)) return;
    else if (target === item && ON_ITEM[key]) action = () => ON_ITEM[key](item);
    else action = ANYWHERE[key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  function escape(item) {
    if (item?.querySelector("form")) close(item);
    else if (query.value) {
      query.value = "";
      update();
    } else document.activeElement.blur();
  }

  list.addEventListener("click", (event) => {
    const item = itemOf(event.target);
    const action = { edit, remove, cancel: close }[event.target.closest("[data-do]")?.dataset.do];
    if (item && action) action(item);
  });
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    save(itemOf(event.target));
  });
  form.addEventListener("input", () => update());
  form.addEventListener("submit", (event) => event.preventDefault());
  further.querySelector("button").addEventListener("click", () => updateMore());
  nothing.querySelector("button").addEventListener("click", () => {
    form.reset();
    update();
    query.focus();
  });
  addButton?.addEventListener("click", () => enter());
  addEventListener("beforeunload", (event) => {
    if (list.querySelector("form")) event.preventDefault();
  });

  async function start() {
    const asked = fromAddress(KEPT);
    history.replaceState(null, "", location.href.replace(/([?&])new=[^&]*&?/, "$1").replace(/[?&]$/, ""));
    await update();
    if (asked.has("new")) enter(asked.get("new"));
    else if (elements.number.value && list.children.length === 1) edit(list.firstElementChild);
  }

  spreadFilters();
  showTools();
  start();
  past.look();
})();
