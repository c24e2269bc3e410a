"""Real programs read what we write.

OmegaT fills a project from our memory and reads our glossary; translate-toolkit reads our TMX, TBX, PO and XLIFF; gettext
checks our PO; LibreOffice opens our workbooks; Chromium shows our pages. .ci/run installs them all.
"""

import csv
import os
import runpy
import subprocess
from pathlib import Path

import pytest

from tm.direction import Direction
from tm.formats import read_concepts, read_units, write_concepts, write_units
from tm.model import Concept, Segment, Term, Unit, Variant
from tm.store import open_store
from tm.work.adding import add_files
from tm.work.building import build
from tm.work.exporting import export
from tm.work.segmenting import segment_file

pytestmark = pytest.mark.client

ROOT = Path(__file__).parent.parent
WORD = runpy.run_path(str(ROOT / "tests" / "clients" / "word.py"))
"""What makes the Word documents."""
OMEGAT = Path(os.environ.get("OMEGAT_JAR", "/usr/share/omegat/OmegaT.jar"))
TOOLKIT = Path(os.environ.get("TRANSLATE_TOOLKIT", ""))
"""The folder of translate-toolkit's programs; "" = they are on the path."""


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    build([ROOT / "seeds"], folder)
    return folder


@pytest.fixture(scope="module")
def pairs(out):
    """Our memory as others can hold it: each source text once, with its first translation."""
    found = {}
    for unit in read_units(out / "memory.tmx"):
        pair = unit.pair("fr", "pt-BR")
        found.setdefault(pair.source.text, pair.target.text)
    return found


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def java(*arguments):
    return run("java", "-Djava.awt.headless=true", *arguments)


def toolkit(program, *arguments):
    return run(TOOLKIT / program, "--progress=none", *arguments)


def translations(path):
    found = [unit.pair("fr", "pt-BR") for unit in read_units(path, direction=Direction("fr", "pt-BR"))]
    return {pair.source.text: pair.target.text for pair in found if pair}


def omegat(project):
    """OmegaT opens the project and writes its translated texts."""
    java("-jar", OMEGAT, "--mode=console-translate", f"--config-dir={project / 'conf'}", project)


def test_omegat_fills_every_segment_from_our_memory(out, pairs, tmp_path):
    (tmp_path / "job.txt").write_text("\n\n".join(pairs), encoding="utf-8")
    export(f"omegat:{tmp_path / 'o'}", memory=out / "memory.tm", documents=[tmp_path / "job.txt"])
    omegat(tmp_path / "o")
    translated = (tmp_path / "o" / "target" / "job.txt").read_text(encoding="utf-8").split("\n\n")
    assert translated == list(pairs.values())


CORRECTIONS = (
    ("forno de pão", "forno para pão"),
    ("Espere quarenta minutos", "Espere uns quarenta minutos"),
    ("O moinho fecha", "O moinho está fechado"),
    ("Ela guarda o calor", "Ela conserva o calor"),
    ("que queima ", "que arde "),
)
"""What a translator writes in the place of our texts: units with codes and without."""


@pytest.fixture(scope="module")
def ovens(tmp_path_factory):
    """A memory of two Word documents and their translations, and the folder of these."""
    folder = tmp_path_factory.mktemp("ovens")
    for name, texts in (("pain", WORD["BREAD"]), ("moulin", WORD["MILL"])):
        for language, parts in texts.items():
            WORD["write_docx"](folder / f"{name}.{language}.docx", *parts)
    build([folder], folder / "out")
    return folder


def opened_by_omegat(memory, project):
    """A new project of the memory, opened: how many segments OmegaT sees in it, and what it fills in."""
    export(f"omegat:{project}", memory=memory)
    java("-jar", OMEGAT, "--mode=console-createpseudotranslatetmx", "--pseudotranslatetype=empty",
         f"--pseudotranslatetmx={project / 'all.tmx'}", f"--config-dir={project / 'conf'}", project)  # fmt: skip
    omegat(project)
    filled = project / f"{project.name}-omegat.tmx"
    return (project / "all.tmx").read_text("utf-8").count("<tu>"), filled.read_text("utf-8")


def texts_in(project):
    """The sentences of the texts that OmegaT has written, in their order."""
    return [
        text
        for path in sorted((project / "target").iterdir())
        for text in segment_file(path, language="pt-BR").segments
    ]


def test_a_round_trip_over_omegat_fills_everything_doubles_nothing_and_brings_corrections(
    ovens, tmp_path, capsys
):
    memory = ovens / "out" / "memory.tm"
    seen, work = opened_by_omegat(memory, tmp_path / "first")
    filled = work.count("<tu>")
    assert filled >= 0.95 * seen
    assert texts_in(tmp_path / "first") == [
        text
        for name in ("moulin", "pain")
        for text in segment_file(ovens / f"{name}.pt-BR.docx", language="pt-BR").segments
    ]

    before = len(list(read_units(ovens / "out" / "memory.tmx")))
    for old, new in CORRECTIONS:
        assert work.count(old) == 1
        work = work.replace(old, new)
    (tmp_path / "first" / "omegat" / "project_save.tmx").write_text(work, "utf-8")
    added = add_files(memory, tmp_path / "first").added
    with open_store(memory) as store:
        doubled = len(store) - before
    assert (doubled, added.replaced, added.confirmed) == (0, 5, filled - 5)

    opened_by_omegat(memory, tmp_path / "second")
    again = texts_in(tmp_path / "second")
    corrected = sum(any(new in text for text in again) for _, new in CORRECTIONS)
    assert corrected == 5
    with capsys.disabled():
        print(  # noqa: T201 - the figures of this test
            f"\nOmegaT: {filled} of {seen} segments filled; back: {doubled} doubled, {corrected} of 5 corrections"
        )


def test_omegat_reads_our_glossaries(out):
    printed = java(
        "-cp",
        OMEGAT,
        ROOT / "tests/clients/ReadGlossaries.java",
        "FR",
        "PT-BR",
        out / "glossary.tbx",
        out / "glossary.utf8",
    )
    read = {tuple(line.split("\t")) for line in printed.splitlines()}
    for concept in read_concepts(out / "glossary.tsv"):
        wanted = (concept.of("fr")[0].text, concept.of("pt-BR")[0].text)
        assert {("glossary.tbx", *wanted), ("glossary.utf8", *wanted)} <= read


def test_translate_toolkit_fills_a_catalogue_from_our_memory(out, pairs, tmp_path):
    empty = [Unit((Variant("fr", Segment(source)),)) for source in pairs]
    write_units(tmp_path / "job.po", empty, direction=Direction("fr", "pt-BR"))
    job = tmp_path / "job.po"
    toolkit("pretranslate", "-t", job, "--tm", out / "memory.tmx", job, tmp_path / "filled.po")
    assert translations(tmp_path / "filled.po") == pairs


@pytest.mark.parametrize(
    ("program", "written", "read"), [("po2csv", "m.po", "m.csv"), ("xliff2po", "m.xlf", "m.po")]
)
def test_translate_toolkit_reads_our_catalogues(program, written, read, out, pairs, tmp_path):
    write_units(tmp_path / written, read_units(out / "memory.tmx"), direction=Direction("fr", "pt-BR"))
    toolkit(program, tmp_path / written, tmp_path / read)
    assert translations(tmp_path / read) == pairs


def test_translate_toolkit_reads_our_glossary(out, tmp_path):
    toolkit("tbx2po", "--source-language=fr", "-l", "pt-BR", out / "glossary.tbx", tmp_path / "glossary.po")
    found = translations(tmp_path / "glossary.po")
    wanted = [
        (concept.of("fr")[0].text, concept.of("pt-BR")[0].text)
        for concept in read_concepts(out / "glossary.tsv")
    ]
    assert [found.get(source) for source, _ in wanted] == [target for _, target in wanted]


EVERY_STATUS = [
    Concept(
        f"c-{status}",
        (
            Term(f"mot {status}", "fr", "approved", "noun", "masculine", note="voir « plus » <bas>"),
            Term(f"palavra {status} & tal", "pt-BR", status, "noun", "feminine", "fullForm", "à parte"),
        ),
        definition="définition",
        subject="essai",
        note="note",
    )
    for status in ("preferred", "approved", "forbidden", "candidate", "do-not-translate")
]


@pytest.fixture
def termbases(tmp_path):
    """A glossary with every status in each TBX that is written."""
    paths = {}
    for kind in ("tbx", "weblate", "termweb", "multiterm-tbx", "iate-tbx"):
        paths[kind] = tmp_path / f"{kind}.tbx"
        write_concepts(paths[kind], EVERY_STATUS, format=kind, direction=Direction("fr", "pt-BR"))
    return paths


def given(kind):
    """The pairs that a program gets: Weblate has no candidates."""
    return [
        tuple(term.text for term in concept.terms)
        for concept in EVERY_STATUS
        if kind != "weblate" or concept.id != "c-candidate"
    ]


def test_omegat_reads_every_concept_of_the_termbases_for_other_programs(termbases):
    reader = ROOT / "tests/clients/ReadGlossaries.java"
    printed = java("-cp", OMEGAT, reader, "FR", "PT-BR", *termbases.values())
    read = {tuple(line.split("\t")) for line in printed.splitlines()}
    for kind, path in termbases.items():
        assert {pair[1:] for pair in read if pair[0] == path.name} == set(given(kind))


def test_translate_toolkit_reads_every_concept_of_the_termbases_for_other_programs(termbases, tmp_path):
    for kind, path in termbases.items():
        toolkit("tbx2po", "--source-language=fr", "-l", "pt-BR", path, tmp_path / f"{kind}.po")
        assert sorted(translations(tmp_path / f"{kind}.po").items()) == sorted(given(kind))


def test_gettext_accepts_our_catalogues(out, tmp_path):
    write_units(tmp_path / "m.po", read_units(out / "memory.tmx"), direction=Direction("fr", "pt-BR"))
    run("msgfmt", "-c", "-o", "/dev/null", tmp_path / "m.po")


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("a")', "007", "1e5", "1/2", " pont\t"]


def libreoffice_csv(workbook, folder):
    """The rows that LibreOffice shows."""
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", folder / "csv", workbook)  # fmt: skip
    with (folder / "csv" / workbook.with_suffix(".csv").name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_libreoffice_shows_formulas_in_a_memory_as_text(tmp_path):
    units = [Unit((Variant("fr", Segment(text)), Variant("pt-BR", Segment(text)))) for text in FORMULAS]
    write_units(tmp_path / "memory.xlsx", units)
    assert libreoffice_csv(tmp_path / "memory.xlsx", tmp_path)[1:] == [[text, text] for text in FORMULAS]


def test_libreoffice_shows_formulas_in_a_glossary_as_text(tmp_path):
    concepts = [
        Concept(str(number), (Term(text.strip(), "fr"), Term(text.strip(), "pt-BR")))
        for number, text in enumerate(FORMULAS)
    ]
    write_concepts(tmp_path / "glossary.xlsx", concepts)
    header, *rows = libreoffice_csv(tmp_path / "glossary.xlsx", tmp_path)
    assert [row[header.index("pt-BR")] for row in rows] == [text.strip() for text in FORMULAS]


@pytest.mark.parametrize("page", ["glossary.html", "alignment.html"])
def test_chromium_shows_our_pages(out, tmp_path, page):
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path}", "--enable-logging=stderr", "--v=0",
         "--dump-dom", f"file://{out / page}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "apprentissage en profondeur" in done.stdout
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
