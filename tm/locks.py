"""Locks between processes: who changes a file, and whether the one who had it open still runs.

``locked`` keeps other processes waiting while a file is read, changed and written. ``try_lock`` locks a file that
is open already, ``is_open_as`` says whether it is still the one of that name.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tm.errors import FormatError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)


@contextlib.contextmanager
def locked(path: str | os.PathLike[str], *, wait: bool = True) -> Iterator[bool]:
    """The only process that changes this file, which need not be there yet; others wait for their turn.

    Yields whether it is: False when another process does and ``wait`` is False.

    The lock is on a file beside it, ``.NAME.lock``, which goes away with the lock. A process that is killed
    leaves it behind, but not locked. Where the system has no such locks that is said in the log.

    Raises:
        FormatError: the folder is missing, or may not be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with locked(Path(place, "a.tsv")):
    ...         inside = os.listdir(place)
    ...     inside, os.listdir(place)
    (['.a.tsv.lock'], [])
    """
    target = Path(path).resolve()
    beside = target.with_name(f".{target.name}.lock")
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        log.warning("%s: this system cannot lock it; let one program at a time change it", path)
        yield True
        return
    handle, is_locked = -1, True
    try:
        while True:
            handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                is_locked = False
                break
            except OSError as error:
                log.warning("%s: cannot be locked (%s); let one program at a time change it", path, error)
            if is_open_as(handle, beside):
                break
            os.close(handle)  # whoever had the lock took the file away meanwhile
    except OSError as error:
        raise FormatError(f"cannot be written: {reason(error)}", path=path) from error
    try:
        yield is_locked
    finally:
        if is_locked:
            beside.unlink(missing_ok=True)
        os.close(handle)


def try_lock(handle: int, *, wait: bool = False) -> bool:
    """Whether a file that is open could be locked; it is until it is closed.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file, open(file.name) as other:
    ...     try_lock(file.fileno()), try_lock(other.fileno())
    (True, False)
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def is_open_as(handle: int, path: Path) -> bool:
    """Whether an open file is the one of this name, not one that was taken away or replaced.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     is_open_as(file.fileno(), Path(file.name)), is_open_as(file.fileno(), Path(file.name + "x"))
    (True, False)
    """
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
