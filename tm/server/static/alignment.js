// The alignment page: beads are joined, divided, moved, dropped and confirmed by keys; numbers of segments change,
// never texts. What is left goes into the memory with the documents that it was made of.
(() => {
  const form = document.querySelector(".files");
  const review = document.querySelector(".review");
  const list = document.querySelector(".beads");
  const desk = document.querySelector(".desk");
  const bar = workingBar();
  const onlyOpen = review.querySelector("[name=open]");
  const DOUBTFUL = Number(list.dataset.doubtful);
  const SIDES = ["source", "target"];

  let given;
  let texts;
  let beads = [];
  let at = 0;
  let side = "target";
  let earlier = [];
  let isAdded = true;

  // ------------------------------------------------------------------ the documents

  async function align() {
    const chosen = [form.elements.first.files[0], form.elements.second.files[0]].filter(Boolean);
    if (!chosen.length) return;
    const signal = bar.begin();
    bar.show(t("Aligning"));
    document.querySelector(".hint").hidden = true;
    desk.hidden = false;
    say("");
    try {
      const files = await Promise.all(chosen.map(fileOf));
      const asked = { files, source: form.elements.source.value.trim(), target: form.elements.target.value.trim() };
      const answer = await callLong("alignFiles", "/pages/files/alignment", asked, { signal, onProgress: (job) => bar.show(t("Aligning"), job) });
      given = asked;
      texts = { source: answer.source, target: answer.target };
      beads = answer.beads.map((bead) => ({ ...bead, state: "" }));
    } catch (error) {
      if (signal.reason === NEWER) return;
      bar.end();
      say(signal.aborted ? t("Cancelled.") : error.message, { alert: !signal.aborted });
      return;
    }
    bar.end();
    earlier = [];
    isAdded = false;
    review.hidden = false;
    for (const keys of document.querySelectorAll(".keys")) keys.hidden = false;
    list.classList.toggle("long", beads.length > 300);
    at = 0;
    draw();
    if (!isOpen(beads[0]) && beads.some(isOpen)) nextOpen();
    focus();
    tellHowItBegins();
  }

  function tellHowItBegins() {
    const { source, target } = texts;
    if (source.language.split("-")[0] === target.language.split("-")[0])
      say(t("Both documents are in one language: {language}.", { language: languageName(source.language) }), { alert: true });
    else say(beads.some(isOpen) ? "" : t("Nothing is doubtful: look it through, or put it into the memory."));
  }

  // ------------------------------------------------------------------ what is shown

  const isUnaligned = (bead) => !bead.source.length || !bead.target.length;
  const isDoubtful = (bead) => isUnaligned(bead) || bead.confidence < DOUBTFUL;
  const isOpen = (bead) => bead && isDoubtful(bead) && !bead.state;

  function draw() {
    list.replaceChildren(...beads.map(row));
    tally();
  }

  function row(bead, number) {
    const item = make(
      "li",
      {
        class: [isUnaligned(bead) && "unaligned", isOpen(bead) && "doubtful", bead.state].filter(Boolean).join(" "),
        tabindex: number === at ? "0" : "-1",
        "data-number": number,
      },
      SIDES.map((name) => column(bead, name, number)),
      make(
        "div",
        { class: "verdict" },
        make("span", { class: "type" }, `${bead.source.length}–${bead.target.length}`),
        bead.state === "" && make("span", { class: "type" }, percentOf(bead.confidence)),
        isUnaligned(bead) && make("span", { class: "flag unaligned" }, t("unaligned")),
        isOpen(bead) && !isUnaligned(bead) && make("span", { class: "flag doubtful" }, t("doubtful")),
        bead.state === "confirmed" && make("span", { class: "status approved" }, t("confirmed")),
        bead.state === "dropped" && make("span", { class: "status rejected" }, t("dropped")),
      ),
    );
    item.hidden = onlyOpen.checked && !isOpen(bead) && number !== at;
    return item;
  }

  const percentOf = (share) => `${Math.floor(share * 100 + 1e-9)}\u00a0%`;

  function column(bead, name, number) {
    const { language, segments } = texts[name];
    const chosen = number === at && name === side;
    return make(
      "div",
      { class: `${name}${chosen ? " chosen" : ""}` },
      bead[name].map((segment) =>
        make(
          "p",
          {},
          make("span", { class: "at" }, String(segment + 1)),
          make("span", inLanguage(language), visible(segments[segment])),
        ),
      ),
      !bead[name].length && make("p", { class: "empty" }, t("no counterpart")),
    );
  }

  function redraw(from, count, by = count) {
    const rows = [...list.children];
    const fresh = beads.slice(from, from + by).map((bead, index) => row(bead, from + index));
    for (const old of rows.slice(from + 1, from + count)) old.remove();
    rows[from]?.replaceWith(...fresh);
    if (count !== by)
      [...list.children].forEach((item, number) => {
        item.dataset.number = number;
      });
    tally();
  }

  function tally() {
    const open = beads.filter(isOpen).length;
    const state = (name) => beads.filter((bead) => bead.state === name).length;
    desk.querySelector("[data-tally]").textContent = [
      tn("{number} bead", "{number} beads", beads.length),
      t("{number} doubtful", { number: numeral(open) }),
      t("{number} confirmed", { number: numeral(state("confirmed")) }),
      t("{number} dropped", { number: numeral(state("dropped")) }),
    ].join(", ");
    desk.querySelector("[data-do=undo]").disabled = !earlier.length;
    review.querySelector(".about").textContent =
      `${given.files.map(({ name }) => name).join(" – ")}: ${SIDES.map((name) => languageName(texts[name].language)).join(" → ")}`;
  }

  const itemAt = (number) => list.children[number];

  function focus() {
    const item = itemAt(at);
    item?.focus({ preventScroll: true });
    if (item) bring(item, "nearest");
  }

  function go(number) {
    const before = at;
    at = Math.max(0, Math.min(number, beads.length - 1));
    for (const place of new Set([before, at])) if (beads[place]) redraw(place, 1);
    focus();
  }

  function move(step) {
    let next = at + step;
    while (onlyOpen.checked && beads[next] && !isOpen(beads[next])) next += step;
    if (beads[next]) go(next);
    else focus();
  }

  // To the next one that nobody has looked at, from the beginning again at the end.
  function nextOpen() {
    const order = [...beads.keys()];
    const next = [...order.slice(at + 1), ...order.slice(0, at + 1)].find((number) => isOpen(beads[number]));
    if (next === undefined) {
      say(t("Nothing doubtful is left."));
      focus();
    } else go(next);
  }

  // ------------------------------------------------------------------ what is done

  // Puts beads in the place of others, as one step that can be taken back.
  function put(from, count, ...fresh) {
    earlier.push({ from, count: fresh.length, beads: beads.slice(from, from + count), at });
    isAdded = false;
    beads.splice(from, count, ...fresh);
    at = Math.min(at, beads.length - 1);
    redraw(from, count, fresh.length);
  }

  // What a person has put together is certain.
  const joined = (one, other) => ({
    source: [...one.source, ...other.source],
    target: [...one.target, ...other.target],
    confidence: 1,
    state: "confirmed",
  });

  // From a doubtful one to the next that is doubtful; who reads bead after bead goes on with the next one.
  function decide(state) {
    const bead = beads[at];
    const wasOpen = isOpen(bead);
    put(at, 1, { ...bead, state: bead.state === state ? "" : state });
    if (wasOpen) nextOpen();
    else move(1);
  }

  const ACTIONS = {
    confirm() {
      decide("confirmed");
    },
    drop() {
      decide("dropped");
    },
    merge() {
      if (beads[at + 1]) put(at, 2, joined(beads[at], beads[at + 1]));
      focus();
    },
    // The first sentence of each side by itself, the rest in a bead of its own.
    split() {
      const { source, target } = beads[at];
      if (source.length + target.length < 2) return;
      const cut = (numbers) => (numbers.length > 1 ? 1 : source.length && target.length ? numbers.length : 1);
      const whole = source.length <= 1 && target.length <= 1;
      const [first, rest] = whole
        ? [{ source, target: [] }, { source: [], target }]
        : [
            { source: source.slice(0, cut(source)), target: target.slice(0, cut(target)) },
            { source: source.slice(cut(source)), target: target.slice(cut(target)) },
          ];
      put(at, 1, ...[first, rest].map((bead) => ({ ...bead, confidence: 1, state: isUnaligned(bead) ? "" : "confirmed" })));
      focus();
    },
    next: nextOpen,
    onward() {
      shift(at, at + 1, (numbers) => [numbers.slice(0, -1), numbers.slice(-1)]);
    },
    back() {
      shift(at - 1, at, (numbers) => [numbers.slice(1), numbers.slice(0, 1)]);
    },
    undo() {
      const step = earlier.pop();
      if (!step) return;
      const fresh = step.beads;
      beads.splice(step.from, step.count, ...fresh);
      at = step.at;
      redraw(step.from, step.count, fresh.length);
      say(t("undone"));
      go(at);
    },
  };

  // A sentence of the chosen side from one bead to its neighbour; a bead that is left empty goes.
  function shift(one, other, cut) {
    if (!beads[one] || !beads[other] || !beads[at][side].length) return;
    const [kept, moved] = cut(beads[at][side]);
    const neighbour = at === one ? other : one;
    const changed = { ...beads[at], [side]: kept, confidence: 1, state: "confirmed" };
    const numbers = at === one ? [...moved, ...beads[neighbour][side]] : [...beads[neighbour][side], ...moved];
    const next = { ...beads[neighbour], [side]: numbers, confidence: 1, state: "confirmed" };
    const pair = at === one ? [changed, next] : [next, changed];
    const left = pair.filter(({ source, target }) => source.length || target.length);
    for (const bead of left) if (isUnaligned(bead)) bead.state = "";
    put(one, 2, ...left);
    focus();
  }

  async function add() {
    const kept = beads.filter((bead) => bead.state !== "dropped" && !isUnaligned(bead));
    const sent = kept.map(({ source, target, confidence, state }) => ({
      source,
      target,
      confidence: state === "confirmed" ? 1 : confidence,
    }));
    if (!beads.length) return;
    say(t("Adding…"));
    try {
      const { added } = await call("POST", "/pages/files/reviewed", { body: { ...given, beads: sent } });
      isAdded = true;
      say(
        tn("{number} unit came into the memory.", "{number} units came into the memory.", added) +
          (added < sent.length ? ` ${t("The others were there already.")}` : ""),
      );
    } catch (error) {
      say(t("Not added: {reason}", { reason: error.message }), { alert: true });
    }
  }

  // ------------------------------------------------------------------ keys and clicks

  const KEYS = { a: "confirm", n: "next", Enter: "confirm", m: "merge", s: "split", d: "drop", "+": "onward", "-": "back", u: "undo" };

  document.addEventListener("keydown", (event) => {
    if (!unmodified(event) || !beads.length || isField(event.target)) return;
    if (event.target.closest("button, a, label") && event.key === "Enter") return;
    const { key } = event;
    const action = {
      j: () => move(1),
      k: () => move(-1),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      ArrowLeft: () => choose("source"),
      ArrowRight: () => choose("target"),
    }[key] ?? ACTIONS[KEYS[key]];
    if (!action) return;
    event.preventDefault();
    action();
  });

  function choose(name) {
    side = name;
    redraw(at, 1);
    focus();
  }

  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (!item || !getSelection().isCollapsed) return;
    if (event.target.closest(".source")) side = "source";
    else if (event.target.closest(".target")) side = "target";
    go([...list.children].indexOf(item));
  });
  desk.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name === "add") add();
    else if (name && beads.length) ACTIONS[name]();
  });
  onlyOpen.addEventListener("change", draw);
  takeDropped(form, ["first", "second"], align);
  addEventListener("beforeunload", (event) => {
    if (!isAdded) event.preventDefault();
  });
})();
