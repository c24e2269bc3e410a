"""Counts of memories, translations, glossaries and documents, and of many files together."""

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import read_concepts, write_concepts
from tm.model import Segment, Unit, Variant
from tm.work.counting import Size, count_files, count_memory
from tm.work.memories import open_memories


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bread.tsv").write_text("fr\tpt\nLe pain\tO pão\nLe four\tO forno\n", encoding="utf-8")
    (tmp_path / "oven.txt").write_text("Le four est chaud. Il chauffe.\n\nOui.\n", encoding="utf-8")
    (tmp_path / "terms.tbx.tsv").write_text("fr\tpt\tstatus\npain\tpão\tapproved\n", encoding="utf-8")
    return tmp_path


def test_units_terms_and_sentences_are_segments(folder):
    bread, oven, terms = count_files([folder]).files
    assert (bread.units, bread.segments, bread.words, bread.characters) == (2, 4, 8, 26)
    assert (oven.units, oven.segments, list(oven.languages)) == (2, 3, ["fr"])
    assert (terms.units, terms.languages["pt"]) == (1, Size(1, 1, 3))


def test_files_that_no_format_reads_are_passed_over_and_named(folder):
    (folder / "logo.svg").write_text("<svg/>")
    assert count_files([folder]).passed_over == (str(folder / "logo.svg"),)


def test_all_files_together_are_the_sum_of_each(folder):
    counts = count_files([folder])
    for name in ("units", "segments", "words", "characters", "candidates"):
        assert getattr(counts.total, name) == sum(getattr(count, name) for count in counts.files)


def test_the_segments_of_a_catalogue_are_its_translations(tmp_path):
    (tmp_path / "a.po").write_text('msgid "Open"\nmsgstr ""\n\nmsgid "Close"\nmsgstr "Fechar"\n')
    count = count_files([tmp_path / "a.po"], Direction("en", "pt")).total
    assert (count.units, count.segments, count.languages["en"].segments) == (2, 1, 2)


def test_candidates_are_counted_as_segments_and_apart(tmp_path):
    (tmp_path / "a.xlf").write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="fr"'
        ' target-language="pt" datatype="html"><body><trans-unit id="1"><source>Oui</source><alt-trans>'
        "<target>Sim</target></alt-trans></trans-unit></body></file></xliff>"
    )
    count = count_files([tmp_path]).total
    assert (count.segments, count.candidates, count.languages["pt"]) == (1, 1, Size())


def test_a_broken_file_is_left_out_and_alone_is_an_error(folder):
    (folder / "broken.po").write_text('msgid "x\n')
    counts = count_files([folder])
    assert (len(counts.files), len(counts.left_out)) == (3, 1)
    with pytest.raises(FormatError, match=r"broken\.po:1"):
        count_files([folder / "broken.po"])
    problems = []
    assert len(count_files([folder], problems=problems).files) == 4
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("bread.csv", "0 of 1 units are fr → de; found: fr, pt"),
        ("terms.csv", "0 of 1 terms are fr → de; found: fr, pt"),
    ],
)
def test_languages_that_a_file_does_not_have_are_refused(tmp_path, name, message):
    status = ",status" if name.startswith("terms") else ""
    (tmp_path / name).write_text(
        f"fr,pt{status}\npain,pão{',approved' if status else ''}\n", encoding="utf-8"
    )
    with pytest.raises(FormatError, match=message):
        count_files([tmp_path / name], Direction("fr", "de"))


def test_a_document_is_in_the_language_that_is_asked_for(folder):
    assert list(count_files([folder / "oven.txt"], Direction("ca")).total.languages) == ["ca"]


def test_a_memory_is_counted_and_lacks_what_it_lacks():
    with open_memories([":memory:"], create=True) as (store,):
        store.add([Unit((Variant("fr", Segment("Oui")), Variant("pt", Segment("Sim, sim"))))])
        watched = []
        count = count_memory(store, progress=lambda steps, length: watched.append(length) or steps)
        assert (count.units, count.segments, count.words, watched) == (1, 2, 3, [1])
        with pytest.raises(FormatError, match="0 of 1 units are fr → de; found: fr, pt"):
            count_memory(store, Direction("fr", "de"))
        with pytest.raises(FormatError, match="0 of 1 units are de → fr; found: fr, pt"):
            count_memory(store, Direction("de"))


def test_nothing_to_count_is_said():
    with pytest.raises(OptionError, match="no file is named"):
        count_files([])


def test_a_glossary_lacks_what_it_lacks(folder):
    write_concepts(folder / "terms.tbx", read_concepts(folder / "terms.tbx.tsv"))
    with pytest.raises(FormatError, match=r"terms\.tbx: 0 of 1 concepts are fr → de; found: fr, pt"):
        count_files([folder / "terms.tbx"], Direction("fr", "de"))
