"""Long work lets its steps be watched, with workers and without; a note stands above the bar."""

import io
import sys
from pathlib import Path

import pytest

from tm.cli import terminal
from tm.direction import Direction
from tm.formats import _bytes
from tm.store import open_store
from tm.work.adding import add_files
from tm.work.aligning import align_files
from tm.work.analysis import analyze
from tm.work.building import build
from tm.work.checking import check_files
from tm.work.cleaning import clean_file
from tm.work.conversions import convert_files
from tm.work.counting import count_files
from tm.work.exporting import export
from tm.work.extracting import extract_terms
from tm.work.pretranslation import pretranslate_file
from tm.work.scoring import score_files
from tm.work.segmenting import segment_file


@pytest.fixture
def watched(monkeypatch, tmp_path):
    """Two tables and what is watched: the number of steps, where all of them are taken."""
    monkeypatch.setattr(_bytes, "FEW", 0)
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        (tmp_path / f"{name}.tsv").write_text(
            f"fr\tpt\nLe four {name} est ouvert.\tO forno {name} está aberto.\n", encoding="utf-8"
        )
    lengths = []

    def watch(steps, length):
        count = 0
        for step in steps:
            yield step
            count += 1
        assert count == length
        lengths.append(length)

    return watch, lengths


@pytest.mark.parametrize("workers", ["", "1"])
def test_files_are_watched_as_they_are_added_and_the_pieces_of_a_single_one(watched, workers):
    watch, lengths = watched
    add_files("m.tm", ["a.tsv", "b.tsv"], workers=workers, progress=watch)
    assert lengths == [2]
    add_files("m.tm", "a.tsv", workers=workers, progress=watch)
    assert lengths == [2, 1]


def test_a_file_that_is_cleaned_is_watched_as_it_is_read_and_scored_and_written(watched, monkeypatch):
    watch, lengths = watched
    clean_file("a.tsv", "out.tsv", progress=watch)
    assert lengths == [1, 1, 1]
    monkeypatch.setattr(_bytes, "FEW", 16)
    clean_file("a.tsv", "out.tsv", progress=watch)
    assert lengths == [1, 1, 1, 1]  # of a small file the scoring alone


def test_files_are_watched_as_they_are_read_for_terms_and_their_units_as_terms_are_gathered(watched):
    watch, lengths = watched
    extract_terms(["a.tsv", "b.tsv"], progress=watch)
    assert lengths == [2, 2]


def test_a_build_is_watched_stage_by_stage(watched, tmp_path):
    watch, lengths = watched
    (tmp_path / "a.fr.txt").write_text("Le four est ouvert. Le pain est dans le four.", encoding="utf-8")
    (tmp_path / "a.pt.txt").write_text("O forno está aberto. O pão está no forno.", encoding="utf-8")
    build(["a.fr.txt", "a.pt.txt"], "out", progress=watch)
    assert lengths[0] == 2  # documents
    assert lengths.count(1) > 3  # the pair of texts, stage by stage
    assert lengths[-1] == 2  # units


def test_two_texts_are_watched_as_their_segments_are_aligned_in_each_pass(watched, monkeypatch):
    watch, lengths = watched
    monkeypatch.setattr("tm.alignment.sections.CELLS", 1000)
    for name, word in (("a.fr", "four"), ("a.pt", "forno")):
        text = "".join(f"{number} {word} {number * 7919 % 997}.\n" for number in range(200))
        Path(name).write_text(text, encoding="utf-8")
    align_files([("a.fr", "a.pt")], direction=Direction("fr", "pt"), segmented=True, progress=watch)
    assert set(lengths) == {200}
    assert len(lengths) >= 2


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_counts_what_was_done_before_it_was_shown(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(terminal, "SHOWN_AFTER", 1000)
    for step in terminal.progress("abcd", 4):
        if step == "b":
            monkeypatch.setattr(terminal, "SHOWN_AFTER", -1)
    assert "4/4" in sys.stderr.getvalue()


def test_a_note_takes_the_line_of_the_bar_which_goes_on_below(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(terminal, "SHOWN_AFTER", 0)
    for _ in terminal.progress("ab", 2):
        terminal.note("a note")
    terminal.note("the last")
    assert "\r\x1b[Ka note\n" in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\nthe last\n")


def test_files_are_watched_as_they_are_converted_and_the_pieces_of_a_single_one(watched):
    watch, lengths = watched
    convert_files(["a.tsv"], "a.tmx", progress=watch)
    assert lengths == [1]
    convert_files(["a.tsv", "b.tsv"], "out", to_format="tmx", progress=watch)
    assert lengths == [1, 2]


def test_a_check_is_watched_as_files_are_read_and_as_their_translations_are_looked_at(watched):
    watch, lengths = watched
    check_files(["a.tsv", "b.tsv"], progress=watch)
    assert lengths == [1, 1, 1]


def test_a_score_is_watched_as_it_is_read_looked_up_and_checked(watched):
    watch, lengths = watched
    add_files("m.tm", ["a.tsv"])
    score_files(["b.tsv"], "m.tm", progress=watch)
    assert lengths == [1, 1, 1]


def test_units_are_watched_as_they_are_exported_and_paragraphs_as_they_are_cut(watched, tmp_path):
    watch, lengths = watched
    add_files("m.tm", ["a.tsv", "b.tsv"])
    export("all.tmx", memory="m.tm", progress=watch)
    export("table.tsv", memory="m.tm", numbers=True, progress=watch)
    (tmp_path / "a.txt").write_text("Le four est ouvert.\nLe pain est chaud.\nIl sort.\n", encoding="utf-8")
    segment_file("a.txt", progress=watch)
    assert lengths == [2, 2, 3]


def test_a_job_is_watched_as_it_is_read_and_looked_up_and_a_file_as_it_is_counted(watched):
    watch, lengths = watched
    add_files("m.tm", ["a.tsv"])
    with open_store("m.tm") as store:
        analyze(["b.tsv"], store, progress=watch)
        assert lengths == [1, 1]
        pretranslate_file("b.tsv", "out.tsv", store, progress=watch)
    assert lengths == [1, 1, 1]  # the last unit is filled when nobody watches any more
    count_files(["b.tsv"], progress=watch)
    assert lengths == [1, 1, 1, 1]
