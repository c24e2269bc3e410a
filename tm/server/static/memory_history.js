// The history below the memory page, and the undoing of the last change that stands. A change that was not made on
// this page, or of many units, is named first: it goes when undo is pressed once more.
function historyOf(box, button, { isWritable, onUndone }) {
  // The last change that stands, which undo takes back; only if it still is the last.
  let last;
  // The one that was asked about, and those that this page made.
  let asked;
  const mine = new Set();

  async function look({ isMine = false } = {}) {
    try {
      const { changes } = await call("GET", "/api/v1/history", { query: { limit: 50 } });
      last = lastStanding(changes);
      if (isMine && last) mine.add(last.number);
      button.disabled = !isWritable || !last;
      button.title = last ? t("Take back: {what}", { what: inWords(last) }) : "";
      box.querySelector("div").replaceChildren(table(changes));
    } catch (error) {
      say(error.message, { alert: true });
    }
  }

  function table(changes) {
    const heads = [t("No."), t("When"), t("What"), t("Author"), "+", "−"];
    const cells = ({ date, action, name, author, added, removed }) => [
      shortDate(date),
      `${ACTIONS[action] ?? action} ${visible(name ?? "")}`,
      author,
      numeral(added),
      numeral(removed),
    ];
    const row = (change) =>
      make("tr", {}, make("th", { scope: "row" }, numeral(change.number)), cells(change).map((cell) => make("td", {}, cell ?? "")));
    return make(
      "table",
      { class: "report" },
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, changes.map(row)),
    );
  }

  const ACTIONS = { add: t("added"), edit: t("changed"), remove: t("taken out"), undo: t("undone") };

  function shortDate(date) {
    const time = new Date(date);
    return Number.isNaN(time.valueOf()) ? date : time.toLocaleString(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });
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

  function inWords({ action, name, author, added, removed }) {
    const count = tn("{number} unit", "{number} units", Math.max(added, removed));
    return [`${ACTIONS[action] ?? action} ${visible(name ?? "")}`.trim(), count, author].filter(Boolean).join(", ");
  }

  async function undo() {
    if (!isWritable) return;
    if (!last) {
      say(t("nothing to undo"));
      return;
    }
    if (!mine.has(last.number) && asked !== last.number) {
      asked = last.number;
      say(t("Undo once more takes back: {what}", { what: inWords(last) }));
      return;
    }
    try {
      const { undone } = await call("POST", "/api/v1/undo", { body: { change: last.number } });
      await onUndone();
      say(undone ? t("Undone: {what}", { what: inWords(undone) }) : t("nothing to undo"));
    } catch (error) {
      say(t("Not taken back: {reason}", { reason: error.message }), { alert: true });
    }
    look();
  }

  function toggle() {
    box.open = !box.open;
    if (box.open) box.scrollIntoView({ block: "nearest" });
  }

  button.addEventListener("click", undo);
  return { look, undo, toggle };
}
