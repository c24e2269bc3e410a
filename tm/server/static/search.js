// The search page: each letter asks anew.
(() => {
  const { form, query, output } = searchParts();
  const { elements } = form;
  const hint = document.querySelector(".hint");
  const unknown = document.querySelector(".unknown");
  const part = (name) => document.querySelector(`[data-part="${name}"]`);
  let later = new AbortController();
  let lines = [];
  // Lines that are shown at each letter, and those when nobody types any more.
  const QUICK = 30;
  const MANY = 200;
  const PAUSE = 600; // milliseconds
  let pause;
  const PARTS = ["terms", "matches", "meanings", "lines", "parts"];
  const NAMES = ["source", "target", "meaning", "nearness", "minimum", "phrase", "accents", "order", "document", "author"];
  const there = NAMES.filter((name) => elements[name]); // without the extra there is no search by meaning
  const KEPT = { q: query, ...Object.fromEntries(there.map((name) => [name, elements[name]])) };

  // ------------------------------------------------------------------ asking

  function where() {
    const quoted = (value) => `"${value.replace(/"/g, "")}"`;
    return ["document", "author"]
      .filter((name) => elements[name].value.trim())
      .map((name) => `${name}=${quoted(elements[name].value.trim())}`)
      .join(" ");
  }

  const askAgain = oneAtATime(ask);

  function update() {
    stopAsking();
    return askAgain();
  }

  // What is asked for after a pause is given up as soon as something else is typed.
  function stopAsking() {
    clearTimeout(pause);
    later.abort();
    later = new AbortController();
  }

  async function ask() {
    const q = query.value.trim();
    keepAddress(KEPT);
    hint.hidden = Boolean(q);
    const byMeaning = Boolean(elements.meaning?.checked);
    for (const label of form.querySelectorAll(".of-words")) label.hidden = byMeaning;
    for (const label of form.querySelectorAll(".of-meaning")) label.hidden = !byMeaning;
    for (const name of PARTS.filter((each) => !q || byMeaning !== (each === "meanings"))) part(name).hidden = true;
    if (!q) {
      output.textContent = "";
      unknown.hidden = true;
      return;
    }
    if (byMeaning) {
      await askForMeanings(q);
      return;
    }
    output.textContent = "";
    const asked = { q, source: elements.source.value, target: elements.target.value, where: where() };
    const options = { begun: !query.value.endsWith(" "), phrase: elements.phrase.checked, accents: elements.accents.checked };
    try {
      await Promise.all([
        call("GET", "/pages/matches", { query: { ...asked, minimum: elements.minimum.value, limit: 10 } }).then(showMatches),
        call("GET", "/pages/lines", { query: { ...asked, ...options, limit: QUICK } }).then(showLines),
      ]);
    } catch (error) {
      say(error.message, { alert: true });
      return;
    }
    tellCount();
    part("parts").hidden = true;
    if (part("matches").hidden && part("lines").hidden && q.includes(" ")) askLater(() => askForParts(asked));
    else if (lines.length === QUICK) askLater(() => askForMany({ ...asked, ...options }));
  }

  function askLater(work) {
    clearTimeout(pause);
    pause = setTimeout(async () => {
      try {
        await work();
      } catch (error) {
        if (error.name !== "AbortError") say(error.message, { alert: true });
      }
    }, PAUSE);
  }

  async function askForMany(asked) {
    const { signal } = later;
    showLines(await call("GET", "/pages/lines", { query: { ...asked, limit: MANY }, signal }));
    tellCount();
  }

  // Of a sentence that nothing is like, the longest parts that stand somewhere.
  async function askForParts({ q, source, target, where: meant }) {
    const { signal } = later;
    const asked = { q, source_lang: source, target_lang: target, where: meant, min: elements.minimum.value, limit: 10 };
    const { queries } = await call("GET", "/api/v1/search", { query: asked, signal });
    const found = queries[0].parts.map((each) => cut(each.in));
    part("parts").querySelector("ol").replaceChildren(...found.map(line));
    part("parts").hidden = !found.length;
    tellCount();
  }

  // As long as vectors are being made, it is asked again; what has one is shown at once.
  async function askForMeanings(q) {
    const waiting = setTimeout(() => (output.textContent ||= t("Searching…")), PAUSE);
    const asked = { q, kind: "meaning", source_lang: elements.source.value, target_lang: elements.target.value, where: where() };
    try {
      const { queries } = await call("GET", "/api/v1/search", { query: { ...asked, min: elements.nearness.value, limit: QUICK } });
      showMeanings(queries[0]);
    } catch (error) {
      say(error.message, { alert: true });
    } finally {
      clearTimeout(waiting);
    }
  }

  function showMeanings({ matches, without_vector: missing }) {
    const knows = elements.meaning.dataset.knows.split(" ").includes(language.source().split("-")[0].toLowerCase());
    say(knows ? "" : t("The model does not know the language of these texts; what it finds says little."));
    const list = part("meanings").querySelector("ol");
    keepingFocus(nameOf, () => list.replaceChildren(...matches.map(match)));
    part("meanings").hidden = !matches.length;
    tellCount();
    if (!missing) return;
    output.textContent = tn("{number} text is not ready yet; what is shown is of the others.", "{number} texts are not ready yet; what is shown is of the others.", missing);
    askLater(askAgain);
  }

  // ------------------------------------------------------------------ matches and terms

  const language = { source: () => elements.source.value, target: () => elements.target.value };
  const text = (side, ...children) => make("span", { class: `${side}-side`, ...inLanguage(language[side]()) }, ...children);

  function showMatches(answer) {
    say("");
    const [{ matches }] = answer.queries;
    const list = part("matches").querySelector("ol");
    keepingFocus(nameOf, () => list.replaceChildren(...matches.map(match)));
    part("matches").hidden = !matches.length;
    const terms = part("terms").querySelector("ul");
    terms.replaceChildren(...answer.terms.map(term));
    part("terms").hidden = !answer.terms.length;
  }

  // One unit may be a match and a line: each is an entry.
  const nameOf = (item) => [item.closest("section").dataset.part, item.found.memory, item.found.number].join(" ");

  function match(found, index) {
    return stop(
      found,
      make("span", { class: `percent${found.percent >= 100 ? " whole" : ""}`, title: penalties(found) }, `${found.percent}\u00a0%`),
      text("source", ...(found.edits.length ? differences(found.edits) : [visible(found.source)])),
      text("target", visible(found.target)),
      acts(found, index),
      about(found),
    );
  }

  const penalties = ({ penalties: all }) => all.map(({ reason, percent }) => `${reason} −${percent}`).join(", ") || undefined;

  // What is typed, with what the stored text has otherwise: struck out what only the stored one has.
  function differences(edits) {
    return edits.flatMap(({ operation, stored, new: typed }, index) => [
      index ? " " : "",
      operation === "equal" && visible(stored),
      operation !== "equal" && stored && make("del", {}, visible(stored)),
      operation === "replace" && " ",
      operation !== "equal" && typed && make("ins", {}, visible(typed)),
    ]);
  }

  function term({ text: found, translations }) {
    return make(
      "li",
      {},
      make("b", inLanguage(language.source()), visible(found)),
      " → ",
      translations.map(({ text: translation, status, note }, index) => [
        index ? ", " : "",
        make(["rejected", "forbidden"].includes(status) ? "s" : "span", { ...inLanguage(language.target()), title: note || undefined }, visible(translation)),
        status === "candidate" ? "" : make("span", { class: `status ${status}` }, t(status)),
      ]),
    );
  }

  function stop(found, ...children) {
    const item = make("li", { tabindex: "-1", "data-stop": true }, ...children);
    item.found = found;
    return item;
  }

  const acts = (found, index) => make("span", { class: "acts" }, copyButton(index), editLink(found));

  const copyButton = (index) =>
    make("button", { type: "button", class: "act", "data-copy": true, title: t("Copy the translation (c)") }, t("Copy"), index < 9 && make("kbd", { "aria-hidden": "true" }, String(index + 1)));

  // The first memory is the one that is written; its units can be put right on the memory page.
  const written = document.querySelector(".results").dataset.written;
  const isOfWritten = ({ memory }) => Boolean(written) && memory === written;

  const editLink = (found) =>
    isOfWritten(found) && make("a", { class: "act", href: `/memory?number=${found.number}`, title: t("Edit (e)"), tabindex: "-1" }, t("Edit…"));

  function about({ document: name, line, author, date, memory, number, notes }) {
    const parts = [name && `${name}${line ? `:${line}` : ""}`, author, date, `${memory.split(/[\\/]/).pop()} ${number}`, ...notes];
    return make("span", { class: "about-unit", dir: "auto" }, parts.filter(Boolean).join(" · "));
  }

  // ------------------------------------------------------------------ lines

  function showLines(answer) {
    lines = answer.queries[0].concordance.map(cut);
    drawLines();
  }

  // A passage as what stands before the words, the words, and what stands behind.
  function cut(passage) {
    const characters = [...passage.source];
    const [{ start, end }] = passage.places.length ? passage.places : [{ start: 0, end: 0 }];
    const piece = (from, to) => visible(characters.slice(from, to).join(""));
    return { ...passage, left: piece(0, start), key: piece(start, end), right: piece(end), other: visible(passage.target) };
  }

  const lastWords = (text) => text.trim().split(/\s+/).reverse().join(" ");
  const VALUES = {
    left: (line) => lastWords(line.left),
    key: (line) => line.key,
    right: (line) => line.right.trim(),
    other: (line) => line.other,
  };

  function drawLines() {
    const value = VALUES[elements.order.value];
    const tag = elements.order.value === "other" ? language.target() : language.source();
    const { compare } = new Intl.Collator(tag, { ignorePunctuation: true });
    const ordered = value ? [...lines].sort((one, other) => compare(value(one), value(other))) : lines;
    const list = part("lines").querySelector("ol");
    keepingFocus(nameOf, () => list.replaceChildren(...ordered.map(line)));
    part("lines").hidden = !lines.length;
  }

  function line(found, index) {
    const source = inLanguage(language.source());
    return stop(
      found,
      make("span", { class: "left" }, make("bdi", source, found.left)),
      make("mark", { class: "key", ...source }, found.key),
      make("span", { class: "right", ...source, title: found.right }, found.right),
      make("span", { class: "other-side", ...inLanguage(language.target()) }, found.other),
      acts(found, 9 + index),
    );
  }

  function tellCount() {
    const count = stops().length;
    output.textContent = count ? tn("{number} result", "{number} results", count) : t("Nothing found.");
    unknown.hidden = !written || Boolean(document.querySelector(".hits .whole"));
  }

  // ------------------------------------------------------------------ keys and clicks

  const stops = () => [...document.querySelectorAll(".results section:not([hidden]) [data-stop]")];

  function move(step) {
    const all = stops();
    const here = all.indexOf(document.activeElement.closest("[data-stop]"));
    if (here < 0 && step < 0) return;
    if (here === 0 && step < 0) {
      query.focus();
      return;
    }
    const next = all[Math.min(here + step, all.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  }

  async function copy(item, pair = false) {
    if (!item) return;
    const { source, target } = item.found;
    await copyText(pair ? `${source}\t${target}` : target);
    say(t("Copied: {text}", { text: target }));
  }

  document.addEventListener("keydown", (event) => {
    if (!unmodified(event)) return;
    const { key, target } = event;
    const item = target.closest?.("[data-stop]");
    const typing = isField(target);
    const onItem = item && target === item;
    let action;
    if (key === "Escape") action = clear;
    else if (key === "ArrowDown" && (target === query || onItem)) action = () => move(1);
    else if (key === "ArrowUp" && onItem) action = () => move(-1);
    else if (typing) return;
    else if (key === "/") action = () => query.select();
    else if (key === "j") action = () => move(1);
    else if (key === "k") action = () => move(-1);
    else if (item && (key === "c" || (onItem && key === "Enter"))) action = () => copy(item);
    else if (item && key === "e" && isOfWritten(item.found)) action = () => item.querySelector("a.act").click();
    else if (key === "n" && written) action = add;
    else if (item && key === "C") action = () => copy(item, true);
    else if (/^[1-9]$/.test(key)) action = () => copy(stops()[key - 1]);
    if (!action) return;
    event.preventDefault();
    action();
  });

  // What the memory does not have is entered on its page.
  function add() {
    const q = query.value.trim();
    location.assign(`/memory?${new URLSearchParams({ new: q })}`);
  }

  function clear() {
    query.value = "";
    query.focus();
    update();
  }

  unknown.querySelector("button").addEventListener("click", add);
  document.querySelector(".results").addEventListener("click", (event) => {
    if (event.target.closest("[data-copy]")) copy(event.target.closest("[data-stop]"));
  });
  form.addEventListener("input", (event) => {
    if (event.target === elements.order) {
      drawLines();
      return;
    }
    update();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-turn]").addEventListener("click", () => {
    [elements.source.value, elements.target.value] = [elements.target.value, elements.source.value];
    update();
  });

  fromAddress(KEPT);
  spreadFilters();
  nameLanguages();
  showTools();
  query.focus();
  update();
})();
