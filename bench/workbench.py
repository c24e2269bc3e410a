"""How quick the workbench is: python bench/workbench.py MEMORY [SOURCE TARGET].

Serves a memory (a copy: opening may write into it) and 5,000 invented terms, opens the pages in Chromium
without a window, and types sentences a letter at a time. Prints the milliseconds from a letter until what the
memory has is drawn, those of pages of units, the newest and those far behind, and those from asking for the
terms page until its rows stand there. The processor time of the server a letter says more on a busy machine.
"""

import resource
import runpy
import statistics
import sys
import tempfile
from pathlib import Path

from tm.direction import Direction
from tm.formats import write_concepts

HERE = Path(__file__).parent
CHROMIUM = runpy.run_path(str(HERE.parent / "tests" / "clients" / "chromium.py"))
WORKBENCH = runpy.run_path(str(HERE.parent / "tests" / "clients" / "workbench.py"))
GLOSSARY = runpy.run_path(str(HERE / "glossary_page.py"), run_name="glossary")

TYPED = ("La maison est grande et belle", "ouvrir le fichier", "le conseil de sécurité")
TERMS = 5_000

TYPE = """(async (text) => {
  const form = document.querySelector(".tools");
  const output = form.querySelector("output");
  form.elements.query.value = text;
  const start = performance.now();
  form.dispatchEvent(new Event("input", { bubbles: true }));
  while (!output.textContent) await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - start;
})"""

FETCH = """(async (query) => {
  const start = performance.now();
  await (await fetch(`/api/v1/units?${new URLSearchParams({ newest: true, limit: 50, ...query })}`)).json();
  return performance.now() - start;
})"""

LOADED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def middle_and_most(times):
    """The median and the 95th of a hundred."""
    return f"median {statistics.median(times):6.0f} ms, 95 % {statistics.quantiles(times, n=20)[-1]:6.0f} ms"


def letters(tab):
    """The time of each letter of what is typed."""
    for text in TYPED:
        for end in range(1, len(text) + 1):
            yield tab.run(f"{TYPE}({text[:end]!r})")


def main(memory, source="fr", target="pt-BR"):
    """Print one table."""
    with tempfile.TemporaryDirectory() as folder:
        glossary = Path(folder, "glossary.tsv")
        write_concepts(glossary, GLOSSARY["glossary"](TERMS), direction=Direction("fr", "pt-BR"))
        options = ("-m", memory, "--terms", glossary, "-s", source, "-t", target)
        with WORKBENCH["served"](*options) as address, CHROMIUM["chromium"](Path(folder)) as tab:
            tab.size(1280)
            tab.open(f"{address}/")
            first = list(letters(tab))
            print(f"search, a letter, the first time      {middle_and_most(first)}")
            print(f"search, a letter, once it is warm     {middle_and_most(list(letters(tab)))}")
            total = tab.run("fetch('/api/v1/units?limit=1').then((a) => a.json()).then((page) => page.total)")
            for name, query in {
                "units, the newest": {},
                "units, in the middle": {"after": total // 2},
                "units, the oldest": {"after": 60},
                "units, by a word": {"words": "maison"},
                "units, by a beginning": {"words": "mais", "begun": "true"},
            }.items():
                times = [tab.run(f"{FETCH}({query!r})") for _ in range(9)]
                print(f"{name:37} {middle_and_most(times)}")
            opened = []
            for _ in range(5):
                tab.open(f"{address}/terms")
                opened.append(tab.run(LOADED))
            print(f"{TERMS:,} terms, until they can be used   {middle_and_most(opened)}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"processor time of server and browser   {used.ru_utime + used.ru_stime:.1f} s for {2 * len(first)} letters"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
