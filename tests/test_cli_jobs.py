"""What the commands take for a job: its files, its lines, and between which languages it is."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tm.cli import group
from tm.errors import FormatError, OptionError
from tm.model import Segment, Unit, Variant
from tm.store import open_store


def tm(*words):
    return CliRunner().invoke(group, list(map(str, words)), catch_exceptions=True)


def unit(**texts):
    return Unit(tuple(Variant(tag.replace("_", "-"), Segment(text)) for tag, text in texts.items()))


@pytest.fixture
def memory(tmp_path):
    """Makes a memory of these units."""

    def make(*units):
        path = tmp_path / "memory.tm"
        with open_store(path, create=True) as store:
            store.add(units)
        return path

    return make


def scored(job, memory, *options):
    """The report of a job, or the error's line."""
    result = tm("score", *([job] if not isinstance(job, list) else job), "-m", memory, "--json", *options)
    if isinstance(result.exception, FormatError):
        return str(result.exception)
    return json.loads(result.stdout)


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_job_that_names_no_language_is_in_the_two_of_the_memory(tmp_path, memory):
    job = write(tmp_path / "job.tsv", "Un pont\tUma ponte\nNon\tNão\n")
    report = scored(job, memory(unit(fr="Un pont", pt_BR="Uma ponte")))
    assert (report["source"], report["target"], report["segments"]) == ("fr", "pt-BR", 2)
    assert report["agreement"]["segments"] == 1


def test_a_job_whose_languages_the_memory_has_keeps_them_whatever_their_order_there(tmp_path, memory):
    job = write(tmp_path / "job.tsv", "pt-BR\tfr\nSim\tOui\n")
    report = scored(job, memory(unit(fr="Oui", pt_BR="Sim")))
    assert (report["source"], report["target"]) == ("pt-BR", "fr")


def test_a_memory_of_three_languages_does_not_say_which_a_job_is_in(tmp_path, memory):
    job = write(tmp_path / "job.jsonl", '{"translation": {"fr": "Oui"}}\n')
    line = scored(job, memory(unit(fr="Oui", pt="Sim", en="Yes")))
    assert line.startswith(str(job))
    assert "say the languages with -s and -t" in line


def test_the_region_is_the_memorys_where_the_job_has_none(tmp_path, memory):
    job = write(tmp_path / "job.tsv", "fr\tpt\nOui\tSim\n")
    report = scored(job, memory(unit(fr_FR="Oui", pt_BR="Sim")))
    assert (report["source"], report["target"]) == ("fr-FR", "pt-BR")


def test_a_region_of_the_job_stays(tmp_path, memory):
    job = write(tmp_path / "job.tsv", "fr-CA\tpt-PT\nOui\tSim\n")
    report = scored(job, memory(unit(fr_FR="Oui", pt_BR="Sim")))
    assert (report["source"], report["target"]) == ("fr-CA", "pt-PT")


def test_one_language_that_is_said_leaves_the_other_to_the_file(tmp_path, memory):
    job = write(tmp_path / "job.tsv", "en\tfr\tpt\nYes\tOui\tSim\n")
    store = memory(unit(fr="Oui", pt="Sim", en="Yes"))
    for options, languages in (
        (["-t", "fr"], ("en", "fr")),
        (["-s", "fr"], ("fr", "en")),
        (["-s", "pt", "-t", "fr"], ("pt", "fr")),
    ):
        report = scored(job, store, *options)
        assert (report["source"], report["target"]) == languages


def test_two_texts_are_a_job_line_by_line(tmp_path, memory):
    texts = [write(tmp_path / "fr.txt", "\ufeffOui\nNon\n"), write(tmp_path / "pt.txt", "Sim\r\nNão\r\n")]
    report = scored(texts, memory(unit(fr="Oui", pt="Sim"), unit(fr="Non", pt="Não")), "-s", "fr", "-t", "pt")
    assert [(row["source"], row["translation"]) for row in report["rows"]] == [("Oui", "Sim"), ("Non", "Não")]


def test_two_texts_of_different_lengths_are_no_job(tmp_path, memory):
    texts = [write(tmp_path / "fr.txt", "Oui\nNon\n"), write(tmp_path / "pt.txt", "Sim\n")]
    line = scored(texts, memory(unit(fr="Oui", pt="Sim")), "-s", "fr", "-t", "pt")
    assert line == f"{texts[1]}: 2 and 1 lines; a translation for each line was expected"


def test_a_text_that_is_no_utf_8_is_told_with_its_line(tmp_path, memory):
    texts = [write(tmp_path / "fr.txt", "Oui\nNon\n"), tmp_path / "pt.txt"]
    texts[1].write_bytes("Sim\nNão\n".encode("latin-1"))
    line = scored(texts, memory(unit(fr="Oui", pt="Sim")), "-s", "fr", "-t", "pt")
    assert line == f"{texts[1]}:2: is not UTF-8; save the file as UTF-8"


def test_a_text_of_several_lines_stands_in_one_in_the_table(tmp_path, memory):
    job = write(tmp_path / "job.csv", 'fr,pt\n"Oui,\nmerci","Sim,\nbrigado"\n')
    shown = tm("score", job, "-m", memory(unit(fr="Oui,\nmerci", pt="Sim,\nobrigado"))).stdout
    assert {"      Oui, merci  (segment 1)", "        · Sim, obrigado"} <= set(shown.split("\n"))
    assert "           memory: Sim, obrigado\n" in shown


def test_a_job_without_units_or_of_other_languages_says_so(tmp_path, memory):
    store = memory(unit(fr="Oui", pt="Sim"))
    empty = write(tmp_path / "empty.tsv", "fr\tpt\n")
    assert "holds no units" in scored(empty, store)
    job = write(tmp_path / "job.tsv", "fr\tde\nOui\tJa\n")
    assert "0 of 1 units are fr → pt; found: fr, de" in scored(job, store, "-s", "fr", "-t", "pt")


def test_a_segment_without_a_translation_waits_and_is_no_finding(tmp_path):
    job = write(
        tmp_path / "job.jsonl",
        '{"translation": {"fr": "Oui", "pt": "Sim"}}\n{"translation": {"fr": "Non"}}\n',
    )
    report = tm("check", job, "-s", "fr", "-t", "pt", "--json")
    fields = json.loads(report.stdout)
    assert (fields["segments"], fields["waiting"], fields["findings"]) == (1, 1, [])


@pytest.mark.parametrize(
    "command",
    [
        ["terms", "extract", "bread.tsv", "-o", "./bread.tsv"],
        ["terms", "extract", ".", "-o", "bread.tsv"],
        ["score", "bread.tsv", "-m", "bread.tm", "--html", "bread.tsv"],
        ["check", "bread.tsv", "--junit", "bread.tsv"],
        ["align", "bread.fr", "bread.tsv", "-o", "bread.tsv"],
    ],
    ids=lambda command: " ".join(command),
)
def test_no_verb_writes_its_result_over_what_it_reads(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    bread = Path("bread.tsv")
    bread.write_text("fr\tpt\nLe pain est chaud.\tO pão está quente.\n", encoding="utf-8")
    before = bread.read_bytes()
    result = tm(*command)
    assert isinstance(result.exception, OptionError)
    assert "is read and stays as it is" in str(result.exception)
    assert bread.read_bytes() == before
