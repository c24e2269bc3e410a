// The job page: a file goes through four steps, one after the other, and can be stopped at any point.
(() => {
  const form = document.querySelector(".files");
  const bar = workingBar();
  const part = (name) => document.querySelector(`[data-part="${name}"]`);
  // The steps: the section that shows each, the operation, and what it is called.
  const STEPS = [
    ["analysis", "analyzeFile", t("Analysis")],
    ["pretranslated", "fillFile", t("Pretranslation")],
    ["findings", "checkFile", t("Checks")],
    ["score", "scoreFile", t("Score")],
  ];
  // Those that need translations in the file.
  const OF_TRANSLATIONS = ["findings", "score"];

  let given;
  let name = "";

  async function begin() {
    const file = form.elements.first.files[0];
    if (!file) return;
    const signal = bar.begin();
    document.querySelector(".hint").hidden = true;
    for (const [each] of STEPS) part(each).hidden = true;
    say("");
    ({ name } = file);
    given = {
      file: await fileOf(file),
      source: form.elements.source.value.trim(),
      target: form.elements.target.value.trim(),
      reader: LANGUAGE,
    };
    const reasons = new Set();
    const hasTranslations = form.dataset.translated.split(" ").some((extension) => name.toLowerCase().endsWith(extension));
    for (const [number, [each, operation, label]] of STEPS.entries()) {
      if (OF_TRANSLATIONS.includes(each) && !hasTranslations) continue;
      const place = { step: number, steps: hasTranslations ? STEPS.length : 2 };
      await step(each, operation, signal, (job) => bar.show(label, { ...place, ...job }), reasons);
      if (signal.aborted) break;
    }
    end(signal, { hasTranslations, reasons });
  }

  function end(signal, { hasTranslations, reasons }) {
    if (signal.reason === NEWER) return;
    bar.end();
    const shown = STEPS.filter(([each]) => !part(each).hidden).length;
    if (signal.aborted) say(t("Cancelled; what was done stands here."));
    else if (shown && shown === reasons.size) say(t("Nothing could be done with this file."), { alert: true });
    else say(hasTranslations ? t("Done.") : t("Done. A file without translations has no findings and no score."));
  }

  // One step; where it makes no sense for the file, its section says why, unless another one says so already.
  async function step(each, operation, signal, onProgress, reasons = new Set()) {
    const minimum = { minimum: Number(form.elements.minimum.value) };
    const values = each === "pretranslated" ? { ...given, ...minimum } : given;
    onProgress({});
    try {
      SHOW[each](await callLong(operation, `/pages/files/${each}`, values, { signal, onProgress }));
    } catch (error) {
      if (signal.aborted || reasons.has(error.message)) return;
      reasons.add(error.message);
      fill(each, make("p", { class: "remark warning" }, error.message));
      part(each).querySelector("ol")?.replaceChildren();
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

  // The file's name with something before its extension: it must not take the place of the one that was given.
  const named = (what) => name.replace(/(\.[^.]*)?$/, (extension) => `.${what}${extension}`);

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
    pretranslated({ target, content, filled, segments }) {
      const save_ = make("button", { type: "button", class: "main-act" }, t("Download {name}", { name: named(target) }));
      save_.addEventListener("click", () => save(named(target), content));
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
    const working = { signal: bar.begin(), onProgress: (job) => bar.show(t("Taking the suggestions"), job) };
    working.onProgress({});
    try {
      const { content, fixed, left } = await callLong("fixFile", "/pages/files/fixed", { ...given, checks }, working);
      save(named(t("corrected")), content);
      given = { ...given, file: { ...given.file, content } };
      await step("findings", "checkFile", working.signal, working.onProgress);
      bar.end();
      say([tn("{number} suggestion taken", "{number} suggestions taken", fixed.length), ...new Set(left)].join("; "));
    } catch (error) {
      bar.end();
      if (!working.signal.aborted) say(error.message, { alert: true });
    }
  }

  takeDropped(form, ["first"], begin);
})();
