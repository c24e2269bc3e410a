"""The glossary of a memory on a server: decisions and their log live there, and each host works on a file of them.

1. ``local_glossary`` gives the file, as the server has it now; every verb reads it like any glossary.
2. ``turn`` is what a change is made in (``glossary_file.change_glossary``): under the server's lock the file is brought up to
   date, changed by the caller, and put back with its log, all at once or not at all.

A file that is no such copy is changed as always:

>>> with turn("glossary.tsv"):
...     pass
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tm import files
from tm.errors import FormatError, OptionError
from tm.store import open_store
from tm.store.mirror import cache_folder
from tm.store.tables import TableStore
from tm.work.decision_log import log_beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.files import AnyPath
    from tm.store.tables import Notes


GLOSSARY = "glossary.tsv"
"""The name of a memory's glossary: beside its file, or of the note that has it. A table, one term pair a line,
where a person decides."""

_ADDRESS = "address"
"""The file beside a copy that says of which memory it is."""


def is_on_server(memory: AnyPath) -> bool:
    """Whether a memory is no file, so that its glossary cannot stand beside it.

    >>> is_on_server("postgresql://host/db"), is_on_server("sqlite:news.tm"), is_on_server("news.tm")
    (True, False, False)
    """
    return "://" in os.fspath(memory)


def local_glossary(memory: AnyPath) -> Path:
    """The file on this host that has the glossary of a memory on a server, as it is there now.

    Raises:
        StoreError: the memory is not there, or its server does not answer.
        FormatError: this host has no place for the file.
    """
    address = os.fspath(memory)
    name = hashlib.blake2b(address.encode(), digest_size=8).hexdigest()
    path = files.folder(cache_folder() / "glossaries" / name) / GLOSSARY
    _write(path.with_name(_ADDRESS), address)
    refresh(path)
    return path


def called(path: AnyPath) -> str:
    """What a glossary is called: a copy by the address of its memory, any other by its path.

    >>> called("out/glossary.tsv")
    'out/glossary.tsv'
    """
    return _address_of(path) or os.fspath(path)


def check_there(path: AnyPath) -> None:
    """Refuse a copy of a glossary that the memory on the server does not have.

    Raises:
        FormatError: nobody has put one there.
    """
    if (address := _address_of(path)) and not Path(path).exists():
        raise FormatError(
            f"has no glossary yet; tm terms extract -m '{address}' -o '{address}' makes one", path=address
        )


def refresh(path: AnyPath) -> None:
    """Bring a copy up to date; any other file stays as it is."""
    if address := _address_of(path):
        with _notes(address) as notes:
            _pull(Path(path), notes)


@contextlib.contextmanager
def turn(path: AnyPath) -> Iterator[None]:
    """What changes a glossary is made in it; nobody else on any host changes the same one meanwhile."""
    address = _address_of(path)
    if not address:
        yield
        return
    with _notes(address) as notes:
        _pull(Path(path), notes)
        yield
        for file in _files(Path(path)):
            notes.write(file.name, _read(file))


def copy_glossary(source: AnyPath, target: AnyPath) -> bool:
    """Put the glossary of a memory with its log where that of its copy is; whether there is one and none was there.

    On a server it is a note of the memory, and goes with it.

    Args:
        source: the memory.
        target: its copy, which is of another kind.
    """
    one, other = (
        local_glossary(place) if is_on_server(place) else Path(place).with_name(GLOSSARY)
        for place in (source, target)
    )
    if not one.exists() or other.exists():
        return False
    with turn(other):
        for old, new in zip(_files(one), _files(other), strict=True):
            _write(new, _read(old))
    return True


@contextlib.contextmanager
def _notes(address: str) -> Iterator[Notes]:
    with open_store(address) as store:
        if not isinstance(store, TableStore):
            raise OptionError(f"{address}: a memory of this kind keeps no glossary; name a file with --terms")
        with store.changing_notes() as notes:
            yield notes


def _pull(path: Path, notes: Notes) -> None:
    for file in _files(path):
        _write(file, notes.read(file.name))


def _files(path: Path) -> tuple[Path, Path]:
    """The glossary and its log."""
    return path, log_beside(path)


def _address_of(path: AnyPath) -> str:
    """Of which memory a file is the copy; "" when of none."""
    folder = Path(path).parent
    return _read(folder / _ADDRESS) if folder.parent == cache_folder() / "glossaries" else ""


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""


def _write(path: Path, content: str) -> None:
    """Make a file what it shall be; one without content is none."""
    if _read(path) == content:
        return
    if not content:
        path.unlink()
        return
    with files.writing(path) as stream:
        stream.write(content.encode())
