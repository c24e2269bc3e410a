// Decisions on a glossary that a server has: each is sent at once, one after the other, and stands when the server
// says so. Where somebody else decided otherwise meanwhile, nothing is written, and the page shows what is there.

const TERMS = "/pages/terms";
const send = inTurn();
// Changes that can be taken back, the latest last: of which concept, and the server's mark.
const done = [];
let tellOf = () => {};

for (const concept of concepts) {
  // Contexts come when they are looked at; till then their documents are what is known of them.
  concept.documents = concept.left;
  concept.left = [];
}

const canUndo = () => done.length > 0;
const decisionOn = (term) => term?.record?.decision ?? term?.status;

const recordsOf = (concept) =>
  [undefined, ...concept.targets]
    .map((term) => [keyOf(concept, term), recordOf(concept, term)])
    .filter(([, record]) => record);

function change(concept, records) {
  for (const [key, record] of records) {
    if (!record || isEmpty(record)) decisions.delete(key);
    else decisions.set(key, record);
  }
  refresh(concept);
  send(() => decided(concept));
}

async function decided(concept) {
  const records = recordsOf(concept);
  if (!records.length) return;
  const verdicts = records.map(([, { date, ...record }]) => record);
  try {
    const answer = await call("POST", `${TERMS}/verdicts`, { body: { verdicts, author: keptAuthor() } });
    if (answer.mark) {
      done.push({ concept, mark: answer.mark });
      concept.marks = [...(concept.marks ?? []), answer.mark];
    }
    take(answer.rows);
    settle(concept, records);
  } catch (error) {
    await notDecided(concept, records, error);
  }
}

// What is answered stands in the concept now; what was decided since goes on from there.
function settle(concept, records) {
  for (const [key, record] of records) {
    const newer = decisions.get(key);
    decisions.delete(key);
    const term = concept.targets.find(({ text }) => text === record.target);
    if (newer && newer !== record)
      decisions.set(key, { ...newer, status: term?.status ?? newer.status, oldNote: noteOf(concept, term) });
  }
  refresh(concept);
}

async function notDecided(concept, records, error) {
  if (error.status !== 409) {
    settle(concept, records);
    say(t("Not saved: {reason}", { reason: error.message }), { alert: true });
    return;
  }
  await look([concept.id]).catch(() => {});
  settle(concept, records);
  say(
    t("Somebody was quicker: {reason}. Your decision on “{term}” was not carried out; decide again.", {
      reason: error.message,
      term: concept.sources[0]?.text ?? "",
    }),
    { alert: true },
  );
}

// ------------------------------------------------------------------ taken back

function takeBack(concept) {
  const mark = concept.marks?.at(-1);
  if (mark) send(() => undone(done.find((step) => step.mark === mark)));
  return Boolean(mark);
}

const undo = () => send(() => undone(done.at(-1)));

async function undone(step) {
  if (!step) return undefined;
  const { concept, mark } = step;
  if (!concept) return importUndone(mark);
  try {
    const { concepts: ids, kept } = await call("POST", `${TERMS}/undo`, {
      body: { mark, author: keptAuthor() },
    });
    await look(ids);
    if (kept.length)
      say(t("Changed again since, and left so: {terms}", { terms: kept.join(", ") }), { alert: true });
  } catch (error) {
    say(t("Not taken back: {reason}", { reason: error.message }), { alert: true });
  }
  done.splice(done.indexOf(step), 1);
  concept.marks = concept.marks?.filter((other) => other !== mark);
  refresh(concept);
  return concept;
}

// What an import brought may stand on every row: the page is loaded anew.
async function importUndone(mark) {
  try {
    await call("POST", `${TERMS}/undo`, { body: { mark, author: keptAuthor() } });
    location.reload();
  } catch (error) {
    say(t("Not taken back: {reason}", { reason: error.message }), { alert: true });
  }
  return undefined;
}

function refreshUndo() {
  document.querySelector(".desk [data-undo]").disabled = !canUndo();
}

// ------------------------------------------------------------------ merged

let first;

onKey = (key, concept) => {
  if (key !== "m") return false;
  if (!first || first === concept) {
    first = first ? undefined : concept;
    tellOf(concept, first ? t("merge with the next one that is chosen with m") : t("not merged"));
    return true;
  }
  const [into, other] = [first, concept];
  first = undefined;
  send(async () => {
    try {
      await call("POST", `${TERMS}/merge`, {
        body: { into: into.id, other: other.id, author: keptAuthor() },
      });
      location.reload();
    } catch (error) {
      say(t("Not merged: {reason}", { reason: error.message }), { alert: true });
    }
  });
  return true;
};

// ------------------------------------------------------------------ what the server has

const wanted = new Set();

onOpen = (concept) => {
  if (concept.isComplete) return;
  if (!wanted.size) setTimeout(lookAtWanted);
  wanted.add(concept);
};

async function lookAtWanted() {
  const opened = [...wanted];
  wanted.clear();
  for (const concept of opened) concept.isComplete = true;
  try {
    await look(opened.map(({ id }) => id));
    for (const concept of opened) refresh(concept);
  } catch (error) {
    for (const concept of opened) concept.isComplete = false;
    say(t("The contexts did not come: {reason}", { reason: error.message }), { alert: true });
  }
}

// At most so many of one letter to the server.
const MOST = 100;

async function look(ids) {
  for (let at = 0; at < ids.length; at += MOST) {
    const some = ids.slice(at, at + MOST);
    take(await call("POST", `${TERMS}/rows`, { body: { ids: some, contexts: 10 } }), { contexts: true });
  }
}

// Puts what the server has of concepts in the place of what the page had.
function take(rows, { contexts = false } = {}) {
  for (const fresh of readConcepts(rows)) {
    const concept = byId.get(fresh.id);
    if (!concept) continue;
    concept.sources = fresh.sources;
    concept.targets = fresh.targets;
    concept.more = fresh.more;
    if (contexts) concept.contexts = fresh.contexts;
    complete(concept);
    views.delete(concept);
  }
}

// ------------------------------------------------------------------ the desk

function recall() {}

function beginDesk(desk, tell) {
  tellOf = tell;
  // Nothing is lost by leaving while a decision is on its way, but its answer would not be seen.
  addEventListener("beforeunload", (event) => {
    if (decisions.size) event.preventDefault();
  });
}

function refreshDesk(desk, { undecided, here }) {
  desk.querySelector("[data-tally]").textContent = t("{undecided} undecided, {here} decided here", {
    undecided: numeral(undecided),
    here: numeral(here),
  });
}
