"""A new memory, made whole before anybody sees it.

It is made in the computer's memory and written like any other output: aside, to disk, then under its name if no
other program was faster; then that one's is used. So it is there with all its tables or not there, and who begins
it at the same time finds one memory.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "news.tm")
...     begin(path), begin(path), path.read_bytes()[:15]
(True, False, b'SQLite format 3')
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tm import files
from tm.errors import FormatError, StoreError
from tm.store import migration
from tm.store.index import Index
from tm.store.opening import MEMORY, connect

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = slice(18, 20)
"""Where the head of an SQLite file says with which log it is written and read."""

_WAL = b"\2\2"


def begin(path: Path) -> bool:
    """Write an empty memory; False when there is a file of that name, which stays as it is.

    Raises:
        StoreError: it cannot be written.
    """
    with contextlib.closing(connect(MEMORY, create=True)) as connection:
        connection.execute("BEGIN")
        for _ in migration.steps(connection, Index(connection, None), 0):
            pass
        connection.execute("COMMIT")
        content = bytearray(connection.serialize())
    content[_KINDS] = _WAL
    try:
        return files.write_new(path, content)
    except FormatError as error:
        raise StoreError(f"{path}: {error.what}") from error
