"""A whole memory copied into a new one of any kind: a file onto a server, a server's into a file (``tm copy``).

>>> import tempfile
>>> from tm.model import Segment, Unit, Variant
>>> with tempfile.TemporaryDirectory() as folder:
...     with open_store(f"{folder}/a.tm", create=True) as store:
...         _ = store.add([Unit((Variant("fr", Segment("oui")),))])
...     copy_memory(f"{folder}/a.tm", f"{folder}/b.tm")
Copied(units=1, changes=1, has_glossary=False)
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm.errors import OptionError
from tm.progress import Progress, unwatched
from tm.store import open_store
from tm.store.addresses import exists, take_back
from tm.store.tables import TableStore
from tm.values import dataclass
from tm.work.shared_glossary import copy_glossary, is_on_server

if TYPE_CHECKING:
    import os


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied.

    Attributes:
        units: how many are there.
        changes: how many lines the history has; what went out can come back.
        has_glossary: whether the glossary beside the file, or on the server, went over too.
    """

    units: int
    changes: int
    has_glossary: bool = False


def copy_memory(
    source: str | os.PathLike[str], target: str | os.PathLike[str], *, progress: Progress = unwatched
) -> Copied:
    """Copy a memory with its history into a new one.

    Args:
        source: its path or address.
        target: of the new memory; an empty one may be there.
        progress: takes the steps.

    Raises:
        OptionError: the target holds something, or one is of a kind that cannot be copied.
        StoreError: one cannot be opened, or the source is damaged; then there is no new memory.
    """
    is_new = not exists(target)
    with open_store(source) as old:
        try:
            with open_store(target, create=True) as new:
                if not (isinstance(old, TableStore) and isinstance(new, TableStore)):
                    raise OptionError(
                        f"{source}, {target}: of such kinds units are copied only: tm export, tm add"
                    )
                old.copy_into(new, progress)
                copied = Copied(len(new), len(new.log()))
        except BaseException:
            if is_new:
                take_back(target)
            raise
    if is_on_server(source) != is_on_server(target) and copy_glossary(source, target):
        copied = replace(copied, has_glossary=True)
    return copied
