"""What a host has of a memory on a server, without a server: a mirror that follows a memory in a file."""

import contextlib
import random

import pytest

from tm.errors import StoreError
from tm.model import Segment, Unit, Variant
from tm.store import Texts, following, mirror, open_store
from tm.store.asking import answer, asked_once, forget, learn
from tm.store.seals import Kept


def unit(source, target):
    return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))


@pytest.fixture
def theirs(tmp_path):
    with open_store(tmp_path / "theirs.tm", create=True) as store:
        yield store


@contextlib.contextmanager
def opened(theirs):
    with (
        theirs._reading() as tables,
        mirror.opened_mirror(theirs.name[-40:].replace("/", "-"), "a", tables) as ours,
    ):
        yield ours


def follow(ours, theirs):
    with theirs._moment() as tables:
        ours.follow(tables)
    return list(ours.all_stored())


def test_a_mirror_has_the_units_of_its_memory_whatever_changes_them(theirs):
    drawn = random.Random(1)
    with opened(theirs) as ours:
        for step in range(40):
            numbers = [each.number for each in theirs.all_stored()]
            some = drawn.sample(numbers, min(2, len(numbers)))
            match drawn.choice(("add", "add", "remove", "edit", "undo")):
                case "add":
                    theirs.add([unit(f"phrase {step}", "a"), unit(f"suite {step}", "b")], name=f"{step}.tsv")
                case "remove":
                    theirs.remove(some)
                case "edit":
                    theirs.edit({number: unit(f"phrase {number}", f"c{step}") for number in some})
                case "undo":
                    theirs.undo()
            if drawn.random() < 0.5:
                assert follow(ours, theirs) == list(theirs.all_stored())
        assert follow(ours, theirs) == list(theirs.all_stored())
        texts = Texts([Segment("phrase 3"), Segment("suite 5")], "fr")
        assert ours.exact(texts, "fr") == theirs.exact(texts, "fr")


def test_what_many_steps_bring_is_what_one_step_brings(theirs, monkeypatch):
    theirs.add([unit(f"phrase {number}", "a") for number in range(7)])
    theirs.remove([1, 2, 3, 4, 5])
    theirs.undo()
    theirs.remove([2, 3, 4])
    monkeypatch.setattr(following, "TOGETHER", 2)
    with opened(theirs) as ours:
        assert follow(ours, theirs) == list(theirs.all_stored())
        theirs.undo()
        theirs.remove([1, 7])
        assert follow(ours, theirs) == list(theirs.all_stored())


def test_many_units_are_said(theirs, monkeypatch, caplog):
    monkeypatch.setattr(mirror, "MANY", 1)
    theirs.add([unit("oui", "sim"), unit("non", "não")])
    with opened(theirs) as ours:
        follow(ours, theirs)
    assert "2 units come to this host" in caplog.text


def test_a_memory_that_has_less_than_it_had_is_not_followed(theirs):
    theirs.add([unit("oui", "sim")])
    with opened(theirs) as ours:
        follow(ours, theirs)
        Kept(0, 0, 0, 0).write(theirs._connection)
        with pytest.raises(StoreError, match="damaged"), theirs._writing():
            follow(ours, theirs)


def test_a_mirror_of_a_memory_that_went_another_way_begins_anew(theirs):
    theirs.add([unit("oui", "sim")], name="a.tsv")
    with opened(theirs) as ours:
        assert len(follow(ours, theirs)) == 1
    theirs._connection.execute("UPDATE change SET name = 'b.tsv'")
    with opened(theirs) as ours:
        assert list(ours.all_stored()) == []


def test_a_host_without_a_place_is_told_what_to_do(theirs, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(StoreError, match="set XDG_CACHE_HOME"), opened(theirs):
        pass


def test_within_a_stretch_of_work_a_memory_is_asked_once_and_again_after_it_wrote():
    asked = []
    with asked_once():
        with asked_once():
            answer("a", lambda: asked.append(1))
        answer("a", lambda: asked.append(2))
        forget("a")
        answer("a", lambda: asked.append(3))
        learn("a", "more")
        assert answer("a", lambda: asked.append(5)) == "more"
    forget("a")
    learn("a", "more")
    answer("a", lambda: asked.append(4))
    assert asked == [1, 3, 4]
