// The job page: a file goes through four steps, one after the other, and can be stopped between and in them.
(() => {
  const form = document.querySelector(".files");
  const working = document.querySelector(".working");
  const bar = working.querySelector("progress");
  const part = (name) => document.querySelector(`[data-part="${name}"]`);
  const PARTS = ["analysis", "pretranslated", "findings", "score"];
  const LABELS = {
    analysis: t("Analysis"),
    pretranslated: t("Pretranslation"),
    findings: t("Checks"),
    score: t("Score"),
  };

  let asking = new AbortController();
  let given;
  let name = "";

  async function begin() {
    const file = form.elements.first.files[0];
    if (!file) return;
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    for (const each of PARTS) part(each).hidden = true;
    working.hidden = false;
    say("");
    ({ name } = file);
    given = {
      file: await fileOf(file),
      source: form.elements.source.value.trim(),
      target: form.elements.target.value.trim(),
    };
    for (const [number, each] of PARTS.entries()) {
      bar.value = number;
      working.querySelector("[data-step]").textContent = `${LABELS[each]}…`;
      await step(each, signal);
      if (signal.aborted) break;
    }
    if (asking.signal === signal) end(signal.aborted);
  }

  function end(isCancelled) {
    working.hidden = true;
    say(isCancelled ? t("Cancelled; what was done stands here.") : t("Done."));
  }

  // One step; where it makes no sense for the file, its section says why.
  async function step(each, signal) {
    const minimum = { minimum: Number(form.elements.minimum.value) };
    const body = each === "pretranslated" ? { ...given, ...minimum } : given;
    try {
      SHOW[each](await call("POST", `/pages/files/${each}`, { body, signal }));
    } catch (error) {
      if (error.name === "AbortError") return;
      fill(each, make("p", { class: "remark warning" }, error.message));
    }
    part(each).hidden = false;
  }

  const fill = (each, ...children) => part(each).querySelector("div").replaceChildren(...children.flat().filter(Boolean));

  function table(heads, rows) {
    return make(
      "table",
      { class: "report" },
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
      make(
        "tbody",
        {},
        rows.map(([head, ...cells]) =>
          make("tr", {}, make("th", { scope: "row" }, head), cells.map((cell) => make("td", { class: "figure" }, cell))),
        ),
      ),
    );
  }

  const rounded = (value) => value.toLocaleString(LANGUAGE, { maximumFractionDigits: 2 });

  const SHOW = {
    analysis({ source, target, bands, weighted }) {
      fill(
        "analysis",
        make("p", { class: "about" }, `${languageName(source)} → ${languageName(target)}, ${t("{number} weighted words", { number: rounded(weighted) })}`),
        table(
          [t("Matches"), t("Segments"), t("Words")],
          bands.map(({ band, segments, words }) => [t(band), numeral(segments), numeral(words)]),
        ),
      );
    },
    pretranslated({ content, filled, segments }) {
      const save_ = make("button", { type: "button", class: "main-act" }, t("Download"));
      save_.addEventListener("click", () => save(name, content));
      fill(
        "pretranslated",
        make("p", {}, t("{filled} of {segments} filled from the memory", { filled: numeral(filled), segments: tn("{number} segment", "{number} segments", segments) })),
        make("p", { class: "acts" }, save_),
      );
    },
    findings({ source, target, count, findings }) {
      part("findings").querySelector("small").textContent = numeral(count);
      const fixable = [...new Set(findings.filter(({ suggestion }) => suggestion !== null).map(({ check }) => check))];
      fill(
        "findings",
        !count && make("p", {}, t("Nothing was found.")),
        fixable.length > 0 && taking(fixable),
      );
      part("findings").querySelector("ol").replaceChildren(...findings.map((each) => finding(each, source, target)));
    },
    score({ segments, leverage, scores, warnings }) {
      fill(
        "score",
        make("p", { class: "about" }, `${tn("{number} segment", "{number} segments", segments)}, ${t("{share} known to the memory", { share: `${Math.floor(leverage * 100)}\u00a0%` })}`),
        scores.length > 0 &&
          table(
            [t("Figure"), t("Value"), t("95 % interval")],
            scores.map(({ name: metric, value, low, high }) => [metric, rounded(value), low === null ? "" : `${rounded(low)}–${rounded(high)}`]),
          ),
        warnings.map((warning) => make("p", { class: "remark warning" }, warning)),
      );
    },
  };

  function finding({ check, severity, message, line, segment, source, target, suggestion }, sourceTag, targetTag) {
    return make(
      "li",
      {},
      make("p", {}, make("span", { class: `remark ${severity}` }, `${check}: ${message}`), " ", make("small", {}, line ? t("line {line}", { line }) : t("segment {segment}", { segment }))),
      make("p", inLanguage(sourceTag), visible(source)),
      make("p", inLanguage(targetTag), visible(target)),
      suggestion !== null && make("p", {}, make("ins", inLanguage(targetTag), visible(suggestion))),
    );
  }

  // Suggestions are taken check by check; the file with them is saved, and looked at anew.
  function taking(names) {
    const button = make("button", { type: "button", class: "main-act" }, t("Take the suggestions and download"));
    const boxes = names.map((check) => make("input", { type: "checkbox", value: check, checked: true }));
    button.addEventListener("click", () => take(boxes.filter(({ checked }) => checked).map(({ value }) => value)));
    return make("p", { class: "acts taking" }, boxes.map((box) => make("label", { class: "chip" }, box, ` ${box.value}`)), button);
  }

  async function take(checks) {
    if (!checks.length) return;
    try {
      const { content, fixed, left } = await call("POST", "/pages/files/fixed", { body: { ...given, checks } });
      save(name, content);
      given = { ...given, file: { ...given.file, content } };
      await step("findings", asking.signal);
      say([tn("{number} suggestion taken", "{number} suggestions taken", fixed.length), ...new Set(left)].join("; "));
    } catch (error) {
      say(error.message, { alert: true });
    }
  }

  const cancel = () => asking.abort();
  working.querySelector("[data-do=cancel]").addEventListener("click", cancel);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !working.hidden) cancel();
  });
  takeDropped(form, ["first"], begin);
})();
