// The concepts of a glossary as the page's data has them, and elements made of them.

const STATUSES = ["candidate", "approved", "preferred", "rejected", "forbidden", "do-not-translate"];
const ACCEPTED = ["approved", "preferred", "do-not-translate"];
const EXCLUDED = ["rejected", "forbidden"];
const WORDS = {
  candidate: t("candidate"),
  approved: t("approved"),
  preferred: t("preferred"),
  rejected: t("rejected"),
  forbidden: t("forbidden"),
  noun: t("noun"),
  verb: t("verb"),
  adjective: t("adjective"),
  adverb: t("adverb"),
  properNoun: t("proper noun"),
  masculine: t("masculine"),
  feminine: t("feminine"),
  neuter: t("neuter"),
  other: t("other gender"),
  fullForm: t("full form"),
  shortForm: t("short form"),
  acronym: t("acronym"),
  "do-not-translate": t("do not translate"),
  "no-term": t("no term"),
};
const ABBREVIATIONS = {
  noun: t("n."),
  verb: t("v."),
  adjective: t("adj."),
  adverb: t("adv."),
  properNoun: t("name"),
  masculine: t("m."),
  feminine: t("f."),
  neuter: t("nt."),
  other: t("other gender"),
};

const list = document.querySelector(".glossary");
const { edition, source: SOURCE, target: TARGET } = list.dataset;
// A glossary of one language has no other.
const isOneLanguage = TARGET === "und";

// Entries begin with what is always there; what is empty at the end of one is left out of the data.
function readConcepts({ texts, concepts }) {
  const phrases = (numbers = []) => numbers.map((number) => texts[number]);
  const evidence = ([seen, targets, pairs, confidence, reasons, doubts, forms]) => ({
    seen: seen || pairs,
    confidence: confidence ?? 0,
    reasons: phrases(reasons),
    doubts: phrases(doubts),
    forms: phrases(forms),
  });
  const term = ([text, status, grammar, gender, kind, note, counted], place) => ({
    place,
    text,
    status: STATUSES[status ?? 0],
    grammar: texts[grammar ?? 0],
    gender: texts[gender ?? 0],
    kind: texts[kind ?? 0],
    note: note ?? "",
    evidence: counted?.length ? evidence(counted) : undefined,
  });
  const context = ([source, sourceMarks, target, targetMarks, name, line]) => ({
    sides: [
      [texts[source ?? 0], sourceMarks ?? []],
      [texts[target ?? 0], targetMarks ?? []],
    ],
    name: texts[name ?? 0],
    line,
  });
  return concepts.map(([id, sources, targets, contexts, left, more], index) => ({
    id,
    number: index + 1,
    left: phrases(left),
    more: more ?? {},
    sources: (sources ?? []).map(term),
    targets: (targets ?? []).map(term),
    contexts: (contexts ?? []).map(context),
  }));
}

// How sure a row is, as a heading of the list; names have a section of their own, after the terms.
const TIERS = [
  t("Decided by people, not counted"),
  t("Sure"),
  t("Probable"),
  t("Doubtful"),
  t("Names"),
];
const TIER_NOTES = ["", t("80 % and more"), t("60 to 79 %"), t("below 60 %"), ""];

function tierOf(concept) {
  if ((concept.sources[0] ?? concept.targets[0])?.grammar === "properNoun") return 4;
  if (concept.confidence === undefined) return 0;
  return concept.confidence >= 0.8 ? 1 : concept.confidence >= 0.6 ? 2 : 3;
}

function complete(concept) {
  const counted = [...concept.targets, ...concept.sources].find((term) => term.evidence)?.evidence;
  concept.evidence = counted;
  concept.confidence = counted?.confidence;
  concept.tier = tierOf(concept);
  return concept;
}

const concepts = readConcepts(JSON.parse(document.getElementById("data").textContent)).map(complete);
const byId = new Map(concepts.map((concept) => [concept.id, concept]));

const word = (name) => WORDS[name] ?? name;
const percent = (share) => `${Math.floor(share * 100 + 1e-9)}\u00a0%`;
