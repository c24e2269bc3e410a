"""How large the glossary page is and how fast its search: python bench/glossary_page.py [CONCEPTS ...].

Makes a glossary of so many concepts (1,000 and 10,000), with two translations in one of five, three contexts of twenty words each,
counts and reasons; writes its page; opens it in Chromium without a window, and types words and a phrase, a letter at a time. Prints the bytes of
a concept, the seconds to make the page and to open it, and the milliseconds from a letter until the browser has drawn what it finds,
in the terms and in the contexts too. On a busy machine the processor time says more.
"""

import random
import runpy
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tm.direction import Direction
from tm.model import Concept, Context, Evidence, Term
from tm.pages import glossary_page

CHROMIUM = runpy.run_path(str(Path(__file__).parent.parent / "tests" / "clients" / "chromium.py"))

TYPED = ("maison", '"ra to', "éla", "zzz")
PAUSE_SECONDS = 3
"""Between opening the page and typing: what a person needs to look at it."""

REASONS = (("specificity", 1.4), ("both noun phrases", 0.5), ("alignment", 1.1), ("goes on", -0.4))


def words(chance: random.Random, count: int) -> list[str]:
    """Words that look like words."""
    syllables = "ma so ra to li né pa vo çã lé di mo ser tra qui bel".split()
    return ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(count)]


def glossary(count: int) -> list[Concept]:
    """Concepts whose terms stand in their contexts."""
    chance = random.Random(count)
    lexicon = words(chance, 8000)
    concepts = []
    for number in range(count):
        source, *targets = (" ".join(chance.choices(lexicon, k=chance.randint(1, 3))) for _ in range(3))
        confidence = 0.99 - 0.6 * number / count
        terms = [Term(source, "fr", part_of_speech="noun", gender="feminine")]
        for target in targets[: 1 + (number % 5 == 0)]:
            contexts = tuple(context(chance, lexicon, source, target) for _ in range(3))
            seen = chance.randint(1, 60)
            evidence = Evidence(seen, seen, seen, confidence, REASONS, contexts)
            terms.append(Term(target, "pt-BR", part_of_speech="noun", gender="feminine", evidence=evidence))
        concepts.append(Concept(f"c-{number}", tuple(terms)))
    return concepts


def context(chance: random.Random, lexicon: list[str], *terms: str) -> Context:
    """A sentence pair with the terms in it."""
    sides = (f"{' '.join(chance.choices(lexicon, k=10))} {term} {' '.join(chance.choices(lexicon, k=9))}."
             for term in terms)  # fmt: skip
    return Context(*sides, f"document-{chance.randint(1, 40)}.txt", chance.randint(1, 2000))


TYPE = """(async (text) => {
  const form = document.querySelector(".tools");
  form.elements.query.value = text;
  const start = performance.now();
  form.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
})"""


def milliseconds(tab, *, deep: bool) -> tuple[list[float], list[float]]:
    """Of each letter: the time until what it finds is drawn, and the processor time of all that."""
    tab.run(f"document.querySelector('.tools').elements.deep.checked = {str(deep).lower()}")
    elapsed, used = [], []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            before = task_seconds(tab)
            elapsed.append(tab.run(f"{TYPE}({text[:end]!r})"))
            used.append(1000 * (task_seconds(tab) - before))
    return elapsed, used


def task_seconds(tab) -> float:
    """Processor time of the page's tasks so far: script, style, layout, painting."""
    metrics = tab.call("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def main() -> None:
    """A line for each size."""
    print("concepts  bytes/concept  made s  ready s  per letter, median and worst ms: time, processor time")
    for count in [int(argument) for argument in sys.argv[1:]] or [1000, 10000]:
        concepts = glossary(count)
        start = time.process_time()
        page = glossary_page(concepts, direction=Direction("fr", "pt-BR"), title="Bench")
        made = time.process_time() - start
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder, "glossary.html")
            path.write_text(page, encoding="utf-8")
            with CHROMIUM["chromium"](Path(folder)) as tab:
                tab.size(1280)
                tab.call("Performance.enable", timeDomain="threadTicks")
                start = time.perf_counter()
                tab.open(path)
                ready = time.perf_counter() - start
                time.sleep(PAUSE_SECONDS)
                terms, contexts = (milliseconds(tab, deep=deep) for deep in (False, True))
        print(f"{count:8}  {len(page.encode()) / count:13.0f}  {made:6.1f}  {ready:7.1f}")
        for name, (elapsed, used) in (("terms", terms), ("contexts too", contexts)):
            figures = (f"{statistics.median(each):5.0f} {max(each):5.0f}" for each in (elapsed, used))
            print(f"{name:>24}", *figures)


if __name__ == "__main__":
    main()
