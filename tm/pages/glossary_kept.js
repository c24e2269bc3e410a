// Decisions on a page of one file: kept by the browser, taken back step by step, handed out as a table.

let undoable = [];

// Puts records in the place of old ones, as one step that can be taken back.
function change(concept, records) {
  const before = [...records.keys()].map((key) => [key, decisions.get(key) ?? null]);
  undoable.push({ concept: concept.id, before });
  for (const [key, record] of records) put(key, record);
  keep();
  refresh(concept);
}

function put(key, record) {
  if (!record || isEmpty(record)) decisions.delete(key);
  else decisions.set(key, record);
}

function takeBack(concept) {
  const keys = [undefined, ...concept.targets]
    .map((term) => keyOf(concept, term))
    .filter((key) => decisions.has(key));
  if (keys.length) change(concept, new Map(keys.map((key) => [key, null])));
  return keys.length > 0;
}

// The concept whose last change was taken back; nothing when there was none.
function undo() {
  const step = undoable.pop();
  if (!step) return undefined;
  for (const [key, record] of step.before) put(key, record);
  keep();
  const concept = byId.get(step.concept);
  if (concept) refresh(concept);
  return concept;
}

const canUndo = () => undoable.length > 0;
// What was decided on a translation, for its buttons.
const decisionOn = (term) => term?.record?.decision;

// ------------------------------------------------------------------ kept by the browser

// By the edition of the page, and by its place: a page made anew in the same place goes on with what is not
// settled.
const KEPT = "ponte-decisions ";
let isKept = true;

function keep() {
  try {
    const place = location.href.split("#")[0];
    if (decisions.size || undoable.length) {
      undoable = undoable.slice(-200);
      localStorage.setItem(KEPT + edition, JSON.stringify({ decisions: [...decisions], undoable }));
      localStorage.setItem(KEPT + place, edition);
    } else {
      localStorage.removeItem(KEPT + edition);
    }
  } catch {
    isKept = false;
  }
}

function recall() {
  try {
    const earlier = localStorage.getItem(KEPT + location.href.split("#")[0]);
    const own = localStorage.getItem(KEPT + edition);
    const kept = own ?? (earlier && localStorage.getItem(KEPT + earlier));
    if (!kept) return;
    const read = JSON.parse(kept);
    for (const [key, record] of read.decisions) if (own || !isSettled(record)) decisions.set(key, record);
    undoable = own ? read.undoable : [];
  } catch {
    isKept = false;
  }
}

// Whether a glossary made anew says already what was decided.
function isSettled(record) {
  const concept = byId.get(record.concept);
  const wanted = record.decision === "no-term" ? "rejected" : record.decision;
  const source = record.newSource || record.source;
  const translation = record.newTarget || record.target;
  const term = translation
    ? concept?.targets.find((target) => target.text === translation)
    : concept?.sources.find((other) => other.text === source);
  return (
    Boolean(term) &&
    (!wanted || term.status === wanted) &&
    (translation ? term.note : (concept.more.note ?? "")) === record.note &&
    concept.sources.some((other) => other.text === source)
  );
}

// ------------------------------------------------------------------ handed out

const COLUMNS = [
  "concept",
  SOURCE,
  TARGET,
  "status",
  "decision",
  `new_${SOURCE}`,
  `new_${TARGET}`,
  "old_note",
  "note",
  "author",
  "date",
];

function decisionTable(author) {
  const rows = [...decisions.values()].map((record) => [
    record.concept,
    record.source,
    record.target,
    record.status,
    record.decision,
    record.newSource,
    record.newTarget,
    record.oldNote,
    record.note,
    author,
    record.date,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join("\t")}\n`).join("");
}

const cell = (text) => (/["\t\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

function download(name, text) {
  const link = make("a", { download: name });
  link.href = URL.createObjectURL(new Blob([text], { type: "text/tab-separated-values;charset=utf-8" }));
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(link.href);
}

// ------------------------------------------------------------------ the desk

// The buttons at the lower edge of the window: what they do, and whether they can.
function beginDesk(desk, tell) {
  const after = desk.querySelector(".after");
  desk.querySelector("[data-download]").addEventListener("click", () => {
    const name = `glossary-decisions-${now().slice(0, 10)}.tsv`;
    download(name, decisionTable(keptAuthor()));
    const count = tn("{number} decision", "{number} decisions", decisions.size);
    after.textContent = t("{decisions} in {file}. To bring them into the glossary: {command}", {
      decisions: count,
      file: name,
      command: `tm terms apply ${name}`,
    });
    after.hidden = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!isKept && decisions.size) event.preventDefault();
  });
  if (!isKept)
    tell(
      undefined,
      t("This browser keeps nothing for this page: download your decisions before you close it."),
    );
}

function refreshDesk(desk, { undecided, here }) {
  desk.querySelector("[data-tally]").textContent = t("{undecided} undecided, {here} decided here", {
    undecided: numeral(undecided),
    here: numeral(here),
  });
  desk.querySelector("[data-download]").disabled = !decisions.size;
}
