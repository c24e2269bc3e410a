"""A memory in many hands at once: several stores, threads and programs that read and write one file."""

import shutil
import subprocess
import sys

import pytest

from tm.files import readable
from tm.model import Segment, Unit, Variant
from tm.progress import unwatched
from tm.store import open_store, renew
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
