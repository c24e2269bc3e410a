"""A memory copied: what is there where the copy should go stays, whatever becomes of the copy."""

import pytest

from tm.errors import OptionError, StoreError
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.copying import copy_memory


@pytest.fixture
def memory(tmp_path):
    with open_store(tmp_path / "a.tm", create=True) as store:
        store.add([Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))])
    return tmp_path / "a.tm"


def test_a_memory_that_has_notes_alone_is_no_place_for_a_copy_and_stays(memory, tmp_path):
    with open_store(tmp_path / "b.tm", create=True) as store:
        store.set_note("wrote memory.tmx", "a digest")
    with pytest.raises(OptionError, match="holds something already"):
        copy_memory(memory, tmp_path / "b.tm")
    with open_store(tmp_path / "b.tm") as store:
        assert store.note("wrote memory.tmx") == "a digest"


@pytest.mark.parametrize("was_there", [True, False])
def test_of_a_copy_that_fails_nothing_is_left_but_what_was_there(memory, tmp_path, was_there):
    if was_there:
        open_store(tmp_path / "b.tm", create=True).close()
    with open_store(memory) as store:
        store._connection.execute("UPDATE variant SET text = 'nom'")
    with pytest.raises(StoreError, match="damaged"):
        copy_memory(memory, tmp_path / "b.tm")
    assert (tmp_path / "b.tm").exists() == was_there
