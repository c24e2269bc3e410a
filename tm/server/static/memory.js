// The memory page: units a page at a time, changed where they stand. A unit's number is its version: where it is
// gone, somebody else changed the unit meanwhile, and what was typed here stays in its form.
(() => {
  const API = "/api/v1";
  const { form, query, output, nothing, further } = searchParts();
  const { elements } = form;
  const list = document.querySelector(".units");
  const historyBox = document.querySelector(".history");
  const undoButton = document.querySelector("[data-undo]");
  const isWritable = "writable" in list.dataset;
  const languages = Object.fromEntries(
    ["source", "target"].filter((side) => list.dataset[side]).map((side) => [`${side}_lang`, list.dataset[side]]),
  );

  let asking = new AbortController();
  let next = 0;
  // The last change that stands, which undo takes back; only if it still is the last.
  let last;

  // ------------------------------------------------------------------ asking

  const FIELDS = { query: "text=", author: "author=", document: "document=", file: "file=", origin: "origin=", since: "date>=" };

  function where() {
    return Object.entries(FIELDS)
      .map(([name, sign]) => [sign, elements[name].value.trim().replace(/"/g, "")])
      .filter(([, value]) => value)
      .map(([sign, value]) => `${sign}"${value}"`)
      .join(" ");
  }

  async function update({ more = false } = {}) {
    asking.abort();
    asking = new AbortController();
    try {
      const after = more ? next : 0;
      const answer = await call("GET", `${API}/units`, {
        query: { ...languages, where: where(), after, limit: 50 },
        signal: asking.signal,
      });
      ({ next } = answer);
      const rows = answer.units.map(row);
      if (more) list.append(...rows);
      else list.replaceChildren(...rows);
      further.hidden = !next;
      nothing.hidden = list.children.length > 0 || Boolean(next);
      output.textContent = answer.partial ? t("not all were looked at yet") : "";
      say("");
      if (more) focus(rows[0]);
    } catch (error) {
      if (error.name !== "AbortError") say(error.message, { alert: true });
    }
  }

  async function lookAtHistory() {
    try {
      const { changes } = await call("GET", `${API}/history`, { query: { limit: 50 } });
      last = lastStanding(changes);
      undoButton.disabled = !isWritable || !last;
      historyBox.querySelector("div").replaceChildren(
        make(
          "table",
          { class: "report" },
          make("thead", {}, make("tr", {}, [t("No."), t("When"), t("What"), t("Author"), "+", "−"].map((head) => make("th", { scope: "col" }, head)))),
          make(
            "tbody",
            {},
            changes.map(({ number, date, action, name, author, added, removed }) =>
              make("tr", {}, make("th", { scope: "row" }, numeral(number)), [date, `${action} ${visible(name ?? "")}`, author, numeral(added), numeral(removed)].map((cell) => make("td", {}, cell ?? ""))),
            ),
          ),
        ),
      );
    } catch (error) {
      say(error.message, { alert: true });
    }
  }

  // The newest of the changes that no undo took back; each undo takes back the one before.
  function lastStanding(changes) {
    let undone = 0;
    for (const change of changes) {
      if (change.action === "undo") undone += 1;
      else if (undone) undone -= 1;
      else return change;
    }
    return undefined;
  }

  // ------------------------------------------------------------------ a unit

  function row(unit) {
    const item = make(
      "li",
      { tabindex: "-1", "data-stop": true },
      make("span", { class: "percent" }, String(unit.number)),
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
    if (here === all.length - 1 && step > 0 && next) update({ more: true });
    else focus(all[Math.max(0, here < 0 && step < 0 ? 0 : Math.min(here + step, all.length - 1))]);
  }

  // ------------------------------------------------------------------ changes

  function edit(item) {
    if (!isWritable || item.querySelector("form")) return;
    const { unit } = item;
    const area = (name, label, value, tag) =>
      make("label", {}, label, make("textarea", { name, rows: "2", spellcheck: "true", ...(tag ? inLanguage(tag) : { dir: "auto" }) }, value));
    const editor = make(
      "form",
      { class: "pair" },
      area("source", languageName(unit.source_lang), unit.source, unit.source_lang),
      area("target", languageName(unit.target_lang), unit.target, unit.target_lang),
      area("note", t("Note"), (unit.notes ?? [])[0] ?? ""),
      make(
        "span",
        { class: "acts" },
        make("button", { type: "submit", class: "act main-act" }, t("Save"), " ", make("kbd", { "aria-hidden": "true" }, "Ctrl Enter")),
        make("button", { type: "button", class: "act", "data-do": "cancel" }, t("Cancel")),
      ),
    );
    item.append(editor);
    editor.elements.target.focus();
    editor.elements.target.select();
  }

  function close(item) {
    item.querySelector("form")?.remove();
    focus(item);
  }

  async function save(item) {
    const { unit } = item;
    const fields = item.querySelector("form").elements;
    const before = { source: unit.source, target: unit.target, note: (unit.notes ?? [])[0] ?? "" };
    const changed = Object.keys(before)
      .map((name) => [name, fields[name].value])
      .filter(([name, value]) => value !== before[name]);
    if (!changed.length) {
      close(item);
      return;
    }
    try {
      const body = { ...Object.fromEntries(changed), source_lang: unit.source_lang, target_lang: unit.target_lang };
      const answer = await call("PATCH", `${API}/units/${unit.number}`, { body });
      const fresh = row(answer.unit);
      item.replaceWith(fresh);
      focus(fresh);
      say(answer.codes_left_out ? tn("Saved; {number} inline code found no place.", "Saved; {number} inline codes found no place.", answer.codes_left_out) : t("Saved."));
    } catch (error) {
      refused(error);
      return;
    }
    lookAtHistory();
  }

  async function remove(item) {
    if (!isWritable) return;
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
    say(t("Taken out: {text}", { text: unit.source }));
    lookAtHistory();
  }

  // What was typed stays where it is.
  function refused(error) {
    const what =
      error.status === 409
        ? t("Somebody was quicker: {reason}. What you typed is still here; copy it, then search again.", { reason: error.message })
        : t("Not saved: {reason}", { reason: error.message });
    say(what, { alert: true });
  }

  async function undo() {
    if (!isWritable) return;
    if (!last) {
      say(t("nothing to undo"));
      return;
    }
    try {
      const { undone } = await call("POST", `${API}/undo`, { body: { change: last.number } });
      await update();
      say(undone ? t("Undone: {what}", { what: `${undone.action} ${visible(undone.name ?? "")}` }) : t("nothing to undo"));
    } catch (error) {
      say(t("Not taken back: {reason}", { reason: error.message }), { alert: true });
    }
    lookAtHistory();
  }

  async function copy(item) {
    await copyText(item.unit.target);
    say(t("Copied: {text}", { text: item.unit.target }));
  }

  // ------------------------------------------------------------------ keys and clicks

  const ON_ITEM = { e: edit, Enter: edit, x: remove, Delete: remove, c: copy };

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
    else action = { "/": () => query.select(), j: () => move(1), k: () => move(-1), u: undo, h: toggleHistory }[key];
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

  function toggleHistory() {
    historyBox.open = !historyBox.open;
    if (historyBox.open) historyBox.scrollIntoView({ block: "nearest" });
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
  further.querySelector("button").addEventListener("click", () => update({ more: true }));
  nothing.querySelector("button").addEventListener("click", () => {
    form.reset();
    update();
    query.focus();
  });
  undoButton.addEventListener("click", undo);
  addEventListener("beforeunload", (event) => {
    if (list.querySelector("form")) event.preventDefault();
  });

  spreadFilters();
  showTools();
  update();
  lookAtHistory();
})();
