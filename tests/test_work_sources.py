"""A memory taken like any file of units, and several memories as one."""

import os
import shutil

import pytest

import tm
from tm.errors import OptionError, StoreError
from tm.formats import read_units
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.adding import add_files
from tm.work.checking import check_files
from tm.work.conversion import convert, faults
from tm.work.counting import count_files, count_memory
from tm.work.exporting import export


def unit(source, target, author=""):
    attributes = (("creationid", author),) if author else ()
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))), attributes)


@pytest.fixture
def memories(tmp_path):
    paths = []
    for name, units in {
        "a.tm": [unit("Un", "Um", "ana"), unit("Trois", "Três")],
        "b.tm": [unit("Deux", "Dois", "rui"), unit("Trois", "Três")],
    }.items():
        paths.append(tmp_path / name)
        with open_store(tmp_path / name, create=True) as store:
            store.add(units, name=name)
    return paths


def targets(units):
    return [each.variants[1].segment.text for each in units]


def test_a_memory_is_added_to_a_memory(memories):
    first, second = memories
    addition = add_files(first, second)
    assert (addition.read, addition.added.added, addition.added.same) == (2, 1, 1)
    with open_store(first) as store:
        assert targets(store.units()) == ["Um", "Três", "Dois"]
        assert store.log()[-1].name == str(second)
        assert [stored.author for stored in store.all_stored()] == ["ana", "", "rui"]


def test_a_memory_of_any_name_or_address_is_known(memories, tmp_path):
    first, second = memories
    bare = tmp_path / "no extension"
    shutil.copy(second, bare)
    assert add_files(first, [bare, f"sqlite:{second}"]).added.added == 1


@pytest.mark.parametrize("spelling", ["a.tm", "./a.tm", "sqlite:a.tm", "link.tm"])
def test_a_memory_is_not_added_to_itself(memories, tmp_path, monkeypatch, spelling):
    monkeypatch.chdir(tmp_path)
    os.symlink("a.tm", "link.tm")
    with pytest.raises(
        OptionError, match="is the memory that it would be added to; another one was expected"
    ):
        add_files("a.tm", spelling)


def test_a_memory_that_is_none_is_said_to_be_none(memories, tmp_path):
    (tmp_path / "text.tm").write_text("oui\tsim\n")
    with pytest.raises(StoreError, match=r"text\.tm: not a memory"):
        add_files(memories[0], tmp_path / "text.tm")
    with pytest.raises(StoreError, match="no such memory"):
        add_files(memories[0], tmp_path / "gone.tm")
    assert not (tmp_path / "gone.tm").exists()


def test_a_memory_is_converted_counted_and_checked_like_a_file(memories, tmp_path):
    _, second = memories
    done = convert(second, tmp_path / "b.tmx")
    assert (done.written, dict(done.lost)) == (2, {})
    assert next(each.attributes for each in read_units(tmp_path / "b.tmx")) == (("creationid", "rui"),)
    done = convert(second, tmp_path / "b.tsv")
    assert dict(done.lost) == {"attributes": 1}
    assert count_files([second]).total.units == 2
    assert check_files([second]).findings == ()
    assert faults(second) == []
    assert targets(tm.read(second)) == ["Dois", "Três"]


@pytest.mark.parametrize("act", [convert, lambda path, out: export(out, memory=path)])
def test_a_memory_is_no_file_to_be_written(memories, tmp_path, act):
    with pytest.raises(OptionError, match=r"is a memory, which is added to, not written: tm add .* -m "):
        act(memories[0], tmp_path / "c.tm")
    with pytest.raises(OptionError, match="is a memory"):
        act(memories[0], memories[1])


def test_of_several_memories_all_units_are_written_each_once(memories, tmp_path):
    (written,) = export(tmp_path / "all.tmx", memory=memories)
    assert (written.count, written.repeated) == (3, 1)
    assert targets(read_units(tmp_path / "all.tmx")) == ["Um", "Três", "Dois"]


def test_only_units_that_are_meant_are_written_and_counted(memories, tmp_path):
    (written,) = export(tmp_path / "some.tmx", memory=memories, where="author=rui")
    assert (written.count, written.not_meant) == (1, 3)
    with open_store(memories[0]) as store:
        count = count_memory(store, where='author=""')
        assert (count.units, count.not_meant) == (1, 1)


def test_what_is_found_in_a_memory_is_named_by_the_numbers_that_edit_it(tmp_path):
    path = tmp_path / "a.tm"
    with open_store(path, create=True) as store:
        store.add([unit("Un", "Um"), unit("Deux", "Dois"), unit("Deux", "Duas")])
        store.remove([1])
    (finding,) = check_files([path]).findings
    assert (finding.id, finding.message) == ("3", "translated otherwise in unit 2: Dois")
