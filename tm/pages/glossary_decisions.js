// What is decided on the page, as records beside the concepts. What becomes of the records is for change, undo,
// takeBack, canUndo, decisionOn, recall, beginDesk and refreshDesk, which glossary_kept.js has for a page of one
// file, and the workbench for a glossary on a server.

// A record for each pair of terms, by key; it says what stood on the page, and what shall be.
const decisions = new Map();
// Told of each concept that changed; the page sets it.
let onChange = () => {};
// Told of each concept that is shown with its contexts, and of each key on a concept, which it may take.
let onOpen = () => {};
let onKey = () => false;

const keyOf = (concept, term) => `${concept.id}\t${term?.text ?? ""}`;
const recordOf = (concept, term) => decisions.get(keyOf(concept, term));

const ALTERED = ["decision", "newSource", "newTarget"];
const isEmpty = (record) => ALTERED.every((name) => !record[name]) && record.note === record.oldNote;

function blank(concept, term) {
  return {
    concept: concept.id,
    source: concept.sources[0]?.text ?? "",
    target: term?.text ?? "",
    status: (term ?? soleTerm(concept))?.status ?? "",
    decision: "",
    newSource: "",
    newTarget: "",
    oldNote: noteOf(concept, term),
    note: noteOf(concept, term),
    date: "",
  };
}

// A term without a translation is decided on by itself, and its note is the concept's.
const soleTerm = (concept) => (concept.targets.length ? undefined : concept.sources[0]);
const noteOf = (concept, term) => (term ? term.note : soleTerm(concept) ? (concept.more.note ?? "") : "");

// ------------------------------------------------------------------ what a concept is with the decisions

const views = new Map();

function viewOf(concept) {
  let view = views.get(concept);
  if (!view) {
    view = makeView(concept);
    views.set(concept, view);
  }
  return view;
}

function makeView(concept) {
  const records = [undefined, ...concept.targets].map((term) => recordOf(concept, term));
  const [added] = records;
  const isPreferred = records.some((record) => record?.decision === "preferred");
  const targets = concept.targets.map((term, place) => withRecord(term, records[place + 1], isPreferred));
  if (added?.newTarget) {
    targets.unshift({
      place: -1,
      text: "",
      shown: added.newTarget,
      noteShown: added.note,
      grammar: "",
      gender: "",
      kind: "",
      note: "",
      status: added.decision,
      record: added,
      isAdded: true,
    });
  }
  const newSource = records.find((record) => record?.newSource)?.newSource;
  const excluded =
    records.some((record) => record?.decision === "no-term") &&
    targets.every((term) => EXCLUDED.includes(term.status));
  const accepted = targets.some((term) => ACCEPTED.includes(term.status));
  const alone = targets.length ? undefined : added;
  const sources = concept.sources.map((term, place) => ({
    ...term,
    shown: (place === 0 && newSource) || term.text,
    noteShown: added?.note ?? noteOf(concept),
    record: alone,
    status: excluded
      ? "rejected"
      : alone?.decision || (accepted && term.status === "candidate" ? "approved" : term.status),
  }));
  const statuses = new Set((targets.length ? targets : sources).map((term) => term.status));
  for (const term of sources)
    if (term.status !== "candidate" && term.status !== "approved") statuses.add(term.status);
  return {
    sources,
    targets,
    main: mainOf(targets),
    statuses: STATUSES.filter((status) => statuses.has(status)),
    undecided: [...statuses].every((status) => status === "candidate"),
    decidedHere: records.some(Boolean) || Boolean(concept.marks?.length),
  };
}

function withRecord(term, record, isPreferred) {
  const wanted = record?.decision === "no-term" ? "rejected" : record?.decision;
  const demoted = isPreferred && term.status === "preferred" ? "approved" : term.status;
  return {
    ...term,
    record,
    status: wanted || demoted,
    shown: record?.newTarget || term.text,
    noteShown: record ? record.note : term.note,
  };
}

// The translation that a row stands for: the preferred one, else an accepted one, else one that may be right.
function mainOf(targets) {
  return (
    targets.find((term) => term.status === "preferred") ??
    targets.find((term) => ACCEPTED.includes(term.status)) ??
    targets.find((term) => !EXCLUDED.includes(term.status)) ??
    targets[0]
  );
}

// ------------------------------------------------------------------ decisions

const now = () => `${new Date().toISOString().slice(0, 19)}Z`;

function altered(concept, term, changes) {
  return { ...(recordOf(concept, term) ?? blank(concept, term)), ...changes, date: now() };
}

// Decides on a translation; the same once more takes it back. Says what became of it.
function decide(concept, term, decision) {
  if (term?.isAdded) return decideAdded(concept, term, decision);
  const again = recordOf(concept, term)?.decision === decision;
  const original = concept.targets[term?.place];
  const records = new Map([
    [keyOf(concept, original), altered(concept, original, { decision: again ? "" : decision })],
  ]);
  for (const other of concept.targets) {
    const record = recordOf(concept, other);
    if (other === original || !record) continue;
    if (decision === "preferred" && record.decision === "preferred") {
      records.set(keyOf(concept, other), { ...record, decision: "approved", date: now() });
    } else if (record.decision === "no-term") {
      records.set(keyOf(concept, other), { ...record, decision: "", date: now() });
    }
  }
  change(concept, records);
  return again ? t("taken back") : word(decision);
}

function decideAdded(concept, term, decision) {
  const keeps = ["approved", "preferred", "forbidden"].includes(decision);
  change(concept, new Map([[keyOf(concept), keeps ? altered(concept, undefined, { decision }) : null]]));
  return keeps ? word(decision) : t("taken back");
}

// The phrase is no term: with it all translations that still may be right.
function decideNoTerm(concept) {
  const open = concept.targets.filter((term) => !EXCLUDED.includes(term.status));
  const terms = open.length ? open : [concept.targets[0]];
  const again = terms.every((term) => recordOf(concept, term)?.decision === "no-term");
  const records = new Map(
    terms.map((term) => [
      keyOf(concept, term),
      again
        ? altered(concept, term, { decision: "" })
        : altered(concept, term, { decision: "no-term", newSource: "", newTarget: "" }),
    ]),
  );
  records.set(keyOf(concept), open.length ? null : records.get(keyOf(concept)));
  change(concept, records);
  return again ? t("taken back") : t("no term");
}

// Other texts and another note. A text that a person writes is approved, unless something else is decided.
function reword(concept, term, { source, target, note }) {
  const original = concept.targets[term?.place];
  const newSource = source && source !== concept.sources[0]?.text ? source : "";
  const newTarget = target && target !== original?.text ? target : "";
  const record = recordOf(concept, original);
  const undecided =
    !record?.decision && ((original ?? soleTerm(concept))?.status ?? "candidate") === "candidate";
  const decision =
    (newSource || newTarget) && undecided
      ? newTarget && !original
        ? "preferred"
        : "approved"
      : (record?.decision ?? "");
  const records = new Map([
    [keyOf(concept, original), altered(concept, original, { newSource, newTarget, note, decision })],
  ]);
  for (const other of [undefined, ...concept.targets]) {
    const key = keyOf(concept, other);
    if (!records.has(key) && decisions.get(key)?.newSource)
      records.set(key, { ...decisions.get(key), newSource: "" });
  }
  change(concept, records);
  return newSource || newTarget ? t("reworded") : t("noted");
}

function refresh(concept) {
  views.delete(concept);
  forget(concept);
  onChange(concept);
}

// ------------------------------------------------------------------ who decides

const keptAuthor = () => {
  try {
    return localStorage.getItem("ponte-author") ?? "";
  } catch {
    return "";
  }
};

function keepAuthor(name) {
  try {
    localStorage.setItem("ponte-author", name);
  } catch {
    // The name stays in the field.
  }
}
