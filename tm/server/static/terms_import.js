// Another glossary taken in: what it would change is shown first, and each conflict is decided.
(() => {
  const place = document.querySelector(".importing");
  const field = document.querySelector("[data-import]");
  if (!field) return;
  const AFTER = "ponte-imported";
  let file;

  async function look(chosen) {
    if (!chosen) return;
    say("");
    try {
      file = await fileOf(chosen);
      show(await call("POST", "/pages/files/glossary", { body: { file } }));
    } catch (error) {
      say(error.message, { alert: true });
    }
    field.value = "";
  }

  function show({ count, conflicts, contradictions }) {
    const form = make(
      "form",
      {},
      make("h2", {}, file.name, " ", make("small", {}, tn("{number} concept", "{number} concepts", count))),
      make("p", {}, conflicts.length ? tn("{number} conflict: both glossaries decided, and differently. Say what holds.", "{number} conflicts: both glossaries decided, and differently. Say what holds.", conflicts.length) : t("Nothing contradicts what is decided here.")),
      contradictions.map((text) => make("p", { class: "remark warning" }, visible(text))),
      make("ol", { class: "conflicts" }, conflicts.map(conflictOf)),
      make(
        "p",
        { class: "acts" },
        make("button", { type: "submit", class: "main-act" }, t("Import")),
        make("button", { type: "button", "data-do": "cancel" }, t("Cancel")),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      take(conflicts.map((conflict, number) => ({ ...conflict, holds: form.elements[`holds${number}`].value })));
    });
    form.querySelector("[data-do=cancel]").addEventListener("click", close);
    place.replaceChildren(form);
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
    form.querySelector("input, [type=submit]").focus();
  }

  function conflictOf({ source, kept, imported }, number) {
    const way = (value, label, text) =>
      make(
        "label",
        { class: "chip" },
        make("input", { type: "radio", name: `holds${number}`, value, checked: value === "ours" }),
        ` ${label} `,
        text && make("b", {}, visible(text)),
      );
    return make(
      "li",
      {},
      make("fieldset", {}, make("legend", {}, visible(source)), way("ours", t("ours:"), kept), way("theirs", t("theirs:"), imported), way("both", t("both"))),
    );
  }

  async function take(choices) {
    try {
      const { count, mark, undecided } = await call("POST", "/pages/files/glossary/terms", {
        body: { file, choices, author: keptAuthor() },
      });
      const text = [
        tn("{number} concept was imported.", "{number} concepts were imported.", count),
        undecided && tn("{number} new conflict: ours holds.", "{number} new conflicts: ours holds.", undecided),
      ];
      sessionStorage.setItem(AFTER, JSON.stringify({ mark, text: text.filter(Boolean).join(" ") }));
      location.reload();
    } catch (error) {
      say(t("Not imported: {reason}", { reason: error.message }), { alert: true });
    }
  }

  function close() {
    place.hidden = true;
    place.replaceChildren();
    field.focus();
  }

  // The page is loaded anew after an import; then u takes it back.
  function tellWhatWasImported() {
    const { mark, text } = JSON.parse(sessionStorage.getItem(AFTER) ?? "{}");
    sessionStorage.removeItem(AFTER);
    if (!mark) return;
    done.push({ mark });
    refreshUndo();
    say(text);
  }

  field.addEventListener("change", () => look(field.files[0]));
  for (const name of ["dragover", "drop"])
    document.addEventListener(name, (event) => {
      event.preventDefault();
      if (name === "drop") look(event.dataTransfer.files[0]);
    });
  tellWhatWasImported();
})();
