"""A memory in many hands at once: several stores, threads and programs that read and write one file."""

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tm.errors import StoreError
from tm.files import readable
from tm.model import Segment, Unit, Variant
from tm.progress import unwatched
from tm.store import index as index_module
from tm.store import open_store, renew, rows, sessions, tables
from tm.store.seals import Kept
from tm.work.sources import is_memory


def unit(source, target="x"):
    return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))


LOOKS = {
    "opened": lambda path: open_store(path).close(),
    "renewed": lambda path: renew(path, unwatched),
    "named without ending": is_memory,
    "tried": readable,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_look_at_a_memory_that_is_open_does_not_let_go_of_its_locks(tmp_path, look):
    path = tmp_path / "memory"
    with open_store(path, create=True) as store:
        store.add([unit("un")])
        look(path)
        opens_and_closes = f"from tm.store import open_store; open_store({str(path)!r}).close()"
        # Without the locks it would take itself for the last, and remove the log.
        subprocess.run([sys.executable, "-c", opens_and_closes], check=True)
        store.add([unit("deux")])
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", f"{tmp_path / 'copy'}{ending}")
    with open_store(tmp_path / "copy") as copy:
        assert len(copy) == 2


def test_an_open_memory_is_read_and_written_by_several_threads(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 10)
    monkeypatch.setattr(index_module, "MANY", 3)
    barrier = threading.Barrier(5)

    def write(name):
        barrier.wait()
        for number in range(1, 16):
            store.add([unit(f"la rive {name} {'a' * number}")])
            (hits,) = store.similar([["la", "rive", name, "a" * number]], "fr", 1.0)
            assert [each.variants[0].segment.text for each in store.fetch([hits[0][1]])]

    def read(_):
        barrier.wait()
        sizes = []
        for _ in range(15):
            hits, *_ = store.similar([["la", "rive"]] * 3, "fr", 0.5)
            sizes.append(len(store.fetch([number for _, number in hits])))
        return sizes

    with open_store(tmp_path / "memory.tm", create=True) as store:
        with ThreadPoolExecutor(5) as pool:
            writers = [pool.submit(write, name) for name in ("ana", "rui")]
            assert all(sizes == sorted(sizes) for sizes in pool.map(read, range(3)))
            for writer in writers:
                writer.result()
        assert len(store) == 30
        assert len(next(store.similar([["la", "rive", "ana", "a"]], "fr", 0.5))) == 30
        assert not [*store.damages()]


def test_who_asks_on_one_by_one_makes_arrays_too_and_others_are_answered_meanwhile(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "ALL", 5)
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add([unit(f"la rive {'a' * number}") for number in range(1, 8)])
        shared = store._index._shared
        answers = []
        for asked in range(1, 8):
            answers.append(list(store.similar([["la", "rive", "aa"]], "fr", 0.6)))
            assert ("fr" in shared.of_languages) == (asked >= 5)
        assert all(answer == answers[0] for answer in answers)
        shared.of_languages.clear()
        with shared.making:  # another thread is at it
            assert list(store.similar([["la", "rive", "aa"]], "fr", 0.6)) == answers[0]
            assert "fr" not in shared.of_languages


def test_what_a_thread_began_to_read_another_reads_on_while_the_first_writes(tmp_path):
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add([unit("un"), unit("deux")])
        reading = store.units()
        first = next(reading)
        assert store.add([unit("trois")]).added == 1
        with ThreadPoolExecutor(1) as pool:
            assert [first, *pool.submit(list, reading).result()] == [unit("un"), unit("deux")]
        assert len(store) == 3


@pytest.mark.parametrize(
    ("read", "expected"),
    [(len, 1), (lambda store: len(store.log()), 1), (lambda store: [*store.damages()], [])],
)
def test_a_memory_into_which_others_write_is_not_taken_for_damaged(tmp_path, monkeypatch, read, expected):
    path, counts = tmp_path / "memory.tm", Kept.read

    def read_after_a_write(tables):
        monkeypatch.setattr(Kept, "read", counts)
        other.add([unit("deux")])
        return counts(tables)

    with open_store(path, create=True) as store, open_store(path) as other:
        store.add([unit("un")])
        monkeypatch.setattr(Kept, "read", read_after_a_write)
        assert read(store) == expected
        assert len(store) == 2


def test_an_empty_memory_into_which_the_first_units_come_is_not_taken_for_damaged(tmp_path, monkeypatch):
    path, counts = tmp_path / "memory.tm", Kept.read

    def read_after_a_write(tables):
        monkeypatch.setattr(Kept, "read", counts)
        other.add([unit("un")])
        return counts(tables)

    with open_store(path, create=True) as store, open_store(path) as other:
        monkeypatch.setattr(Kept, "read", read_after_a_write)
        assert [*store.units()] == []
        assert [*store.units()] == [unit("un")]


def test_what_comes_after_somebody_took_an_addition_back_is_a_change_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "BATCH", 2)

    def units(store):
        for number in range(6):
            if number == 4:
                assert (store.undo().added, len(store)) == (4, 0)
            yield unit(f"phrase {number}")

    with open_store(tmp_path / "memory.tm", create=True) as store, open_store(store.name) as other:
        assert store.add(units(other), name="a.tsv").added == 6
        assert [(change.action, change.added, change.removed) for change in store.log()] == [
            ("add", 4, 0),
            ("undo", 0, 4),
            ("add", 2, 0),
        ]
        assert [change.finished for change in store.log()] == [False, True, True]
        assert (store.undo().number, len(store), [*store.damages()]) == (3, 0, [])


@pytest.mark.parametrize(("texts", "after"), [("un", 0), ("un deux", 0), ("un deux", 1)])
def test_units_with_what_brought_them_are_those_of_the_moment_when_they_were_asked_for(
    tmp_path, texts, after
):
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add(map(unit, texts.split()))
        reading = rows.all_stored(store._connection, after)
        with open_store(tmp_path / "memory.tm") as other:
            other.add([unit("trois")])
        assert [each.number for each in reading] == [1, 2][after : len(texts.split())]


def test_a_memory_that_another_thread_closed_says_so(tmp_path):
    with open_store(tmp_path / "memory.tm", create=True) as store:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(store.close).result()
        with pytest.raises(StoreError, match="is closed; open it again"):
            store.languages()


def test_a_memory_without_a_file_belongs_to_one_thread():
    with open_store(":memory:", create=True) as store:
        with ThreadPoolExecutor(1) as pool, pytest.raises(StoreError, match="belongs to the thread"):
            pool.submit(store.languages).result()
        assert store.languages() == {}


def test_each_change_of_the_units_gives_an_open_memory_another_generation(tmp_path):
    path = tmp_path / "memory.tm"
    with open_store(path, create=True) as store, open_store(path) as other:
        generations = [store.generation()]
        for change in (
            lambda: other.add([unit("un"), unit("deux")]),
            lambda: other.add([unit("un"), unit("trois")]),
            lambda: other.edit({2: unit("deux", "y")}),
            lambda: other.remove([1]),
            other.undo,
        ):
            change()
            generations.append(store.generation())
        other.add([unit("un")])
        other.set_note("a", "b")
        assert generations == sorted(set(generations))
        assert store.generation() == generations[-1]


def test_a_memory_into_which_others_write_is_copied_as_it_was_at_one_moment(tmp_path):
    def written_meanwhile(steps, _):
        for step in steps:
            other.add([unit(f"meanwhile {step}")])
            yield step

    path = tmp_path / "memory.tm"
    with open_store(path, create=True) as store, open_store(path) as other:
        store.add([unit("un"), unit("deux")])
        with open_store(tmp_path / "copy.tm", create=True) as copy:
            store.copy_into(copy, written_meanwhile)
            assert ([*copy.units()], [*copy.damages()]) == ([unit("un"), unit("deux")], [])
        assert len(store) == 3


def test_of_a_damaged_memory_nothing_is_copied_and_it_is_named(tmp_path):
    with (
        open_store(tmp_path / "hurt.tm", create=True) as store,
        open_store(tmp_path / "copy.tm", create=True) as copy,
    ):
        store.add([unit("un")])
        store._connection.execute("DELETE FROM variant WHERE position = 1")
        with pytest.raises(StoreError, match=r"hurt\.tm: damaged"):
            store.copy_into(copy)
        assert not [*copy.units()]


@pytest.mark.parametrize("moment", ["removed", "replaced"])
def test_a_memory_whose_file_is_another_or_none_by_now_is_not_gone_on_with(tmp_path, monkeypatch, moment):
    monkeypatch.setattr(sessions, "FRESH", 0.0)
    path = tmp_path / "news.tm"
    with open_store(path, create=True) as store:
        store.add([unit("un")])
        (tmp_path / "old.tm").write_bytes(path.read_bytes())
        assert len(store) == 1
        path.unlink()
        if moment == "replaced":
            (tmp_path / "old.tm").rename(path)
        for go_on in (lambda: store.add([unit("deux")]), lambda: len(store), lambda: list(store.units())):
            with pytest.raises(
                StoreError, match=r"news\.tm: was removed or replaced while it was open; open it"
            ):
                go_on()
    assert path.exists() == (moment == "replaced")


def test_what_is_written_into_a_file_that_was_just_removed_is_not_acknowledged(tmp_path):
    with open_store(tmp_path / "news.tm", create=True) as store:
        store.add([unit("un")])
        (tmp_path / "news.tm").unlink()
        with pytest.raises(StoreError, match="removed or replaced"):
            store.add([unit("deux")])


def test_connections_of_one_memory_are_never_of_two_files(tmp_path):
    path = tmp_path / "news.tm"
    with open_store(path, create=True) as store:
        store.add([unit(f"un {number}") for number in range(3)])
        units = store.units()
        next(units)  # which keeps the one connection
        path.unlink()
        open_store(path, create=True).close()
        with pytest.raises(StoreError, match="removed or replaced"):
            len(store)
        assert len(list(units)) == 2
