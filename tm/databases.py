"""The beginnings of files, some of which this process has open as SQLite databases.

The system lets go of all locks that a process has on a file as soon as the process closes it, whatever opened it.
A database that is open and is opened and closed again, only to see what it is, has lost its locks: the next program
to close it takes itself for the last and removes the log, and what is written into that afterwards is lost. So
``hold`` opens a database once more before SQLite does and closes it when SQLite has, and ``head`` reads a database
that is held by what is open already.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "news.tm")
...     _ = path.write_bytes(b"SQLite format 3\\0 and so on")
...     held = hold(path)
...     head(path, 6), is_database(path), held.close()
(b'SQLite', True, None)
"""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import TypeAlias

_File: TypeAlias = tuple[int, int]

MAGIC = b"SQLite format 3\0"
"""How an SQLite database begins."""

_lock = threading.Lock()
_handles: dict[_File, list[int]] = {}
"""Of each file that is held its open handles; all are closed when the last is let go of."""

_holders: dict[_File, int] = {}


class Held:
    """A database whose locks are safe until it is closed."""

    def __init__(self, file: _File) -> None:
        """Of a file that has one holder more."""
        self._file: _File | None = file

    def writable(self) -> int:
        """One more handle of it, open for writing and for nobody else's use; it is closed with the others.

        Raises:
            OSError: it may not be written, or the system does not say what is open.
        """
        with _lock:
            if self._file is None:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            # Not by its name, which may be another file's by now: to close that would take away its locks.
            handles = _handles[self._file]
            handles.append(os.open(f"/proc/self/fd/{handles[0]}", os.O_RDWR | os.O_CLOEXEC))
            return handles[-1]

    def close(self) -> None:
        """Let go of it, once SQLite has closed it."""
        with _lock:
            if self._file is None:
                return
            file, self._file = self._file, None
            _holders[file] -= 1
            if not _holders[file]:
                del _holders[file]
                for handle in _handles.pop(file):
                    os.close(handle)


def identity(path: str | os.PathLike[str]) -> _File | None:
    """Which file a path names, whatever it is called; None where there is none.

    >>> identity(__file__) == identity(__file__), identity("no such file")
    (True, None)
    """
    try:
        return _file(os.stat(path))
    except OSError:
        return None


def hold(path: str | os.PathLike[str]) -> Held:
    """Keep a database from losing its locks in this process; to be asked before SQLite opens it.

    Raises:
        OSError: it is not there, or may not be read.
    """
    with _lock:
        handle = _opened(path)
        file = _file(os.fstat(handle))
        _holders[file] = _holders.get(file, 0) + 1
        return Held(file)


def head(path: str | os.PathLike[str], size: int) -> bytes:
    """The first bytes of a file, at most so many.

    Raises:
        OSError: it is not there, or may not be read.
    """
    with _lock:
        handle = _opened(path)
        file = _file(os.fstat(handle))
        try:
            if size:  # a pipe, which has no beginning to go back to, may be asked for no bytes
                os.lseek(handle, 0, os.SEEK_SET)
            return os.read(handle, size)
        finally:
            if file not in _holders:
                del _handles[file]
                os.close(handle)


def is_database(path: str | os.PathLike[str]) -> bool:
    """Whether a file is an SQLite database.

    >>> is_database(__file__), is_database("no such file")
    (False, False)
    """
    try:
        return Path(path).is_file() and head(path, len(MAGIC)) == MAGIC
    except OSError:
        return False


def _opened(path: str | os.PathLike[str]) -> int:
    """A handle of a file, the one there is if it is held."""
    file = _file(os.stat(path))
    if file not in _handles:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        # Its name may be another file's by now.
        _handles.setdefault(_file(os.fstat(handle)), []).append(handle)
        return handle
    return _handles[file][0]


def _file(status: os.stat_result) -> _File:
    return status.st_dev, status.st_ino
