"""Files read and written safely; where that fails, one line says why.

``readable`` and ``reading`` open a file to be read, ``read_lines`` reads a text by its lines. ``writing``
writes a new file aside and renames it, so that nobody ever sees half of it; ``locked`` keeps other processes
waiting while a file is read, changed and written. ``folder`` makes a folder for results, ``keep_apart``
refuses an output that is an input. ``_reason`` puts an error of the system into words.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as place:
...     path = folder(Path(place, "results")) / "a.txt"
...     with writing(path) as stream:
...         _ = stream.write(b"all or nothing")
...         before = path.exists()
...     with reading(path) as stream:
...         print(before, stream.read())
False b'all or nothing'
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tm.errors import FormatError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


log = logging.getLogger(__name__)


def readable(path: str | os.PathLike[str]) -> Path:
    """The path, when it is a file that can be read.

    Raises:
        FormatError: it is not there, is a folder, or may not be read.

    >>> readable("no such file.txt")
    Traceback (most recent call last):
    tm.errors.FormatError: no such file.txt: no such file or folder
    """
    file = Path(path)
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise FormatError(_reason(error), path=path) from error


@contextlib.contextmanager
def reading(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """The bytes of a file, or of stdin for "-".

    Raises:
        FormatError: the file cannot be opened or read.

    >>> with reading(__file__) as stream:
    ...     stream.read(3)
    b'\"\"\"'
    """
    if os.fspath(path) == "-":
        yield sys.stdin.buffer
        return
    file = readable(path)
    try:
        with file.open("rb") as stream:
            yield stream
    except BrokenPipeError:  # the caller writes its output to a pipe that was closed; not this file's fault
        raise
    except OSError as error:
        raise FormatError(_reason(error), path=path) from error


def read_lines(path: str | os.PathLike[str]) -> list[str]:
    """The lines of a text as they are; the last one may end without a line end.

    Raises:
        FormatError: it cannot be read, or is not UTF-8.
    """
    with reading(path) as stream:
        content = stream.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError("is not UTF-8; save the file as UTF-8", path=path, line=line) from error
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


@contextlib.contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to be written whole or not at all: aside, to disk, then renamed over the old one. "-" is stdout.

    A link is followed. A device or a pipe cannot be replaced and is written to directly. What a killed process
    left aside of the same file is cleared.

    Raises:
        FormatError: the folder is missing, may not be written, or the disk is full. The old file is as it
            was.
        OptionError: the old file is a memory.
    """
    if os.fspath(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if _is_special(Path(path)):
        with _written_directly(path) as stream:
            yield stream
        return
    import tempfile

    target = Path(path).resolve()
    if target.is_file() and _is_database(target):
        raise OptionError(f"{path}: is a memory and stays one; give the output another name")
    try:
        if target.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        _clear_leftovers(target)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        _try_lock(handle)
    except OSError as error:
        raise FormatError(f"cannot be written: {_reason(error)}", path=path) from error
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        aside.replace(target)
    except OSError as error:
        raise FormatError(f"cannot be written: {_reason(error)}", path=path) from error
    finally:
        aside.unlink(missing_ok=True)


_ASIDE = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.part")
"""The names of files written aside."""


def _clear_leftovers(target: Path) -> None:
    """Take away what processes that were killed wrote aside of a file; who is at work has a lock on his.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = Path(place, ".a.tsv.abcd1234.part").write_text("half of")
    ...     with writing(Path(place, "a.tsv")) as stream:
    ...         _ = stream.write(b"all")
    ...     os.listdir(place)
    ['a.tsv']
    """
    for path in _left_aside(target.parent):
        match = _ASIDE.fullmatch(path.name)
        if match and match["name"] == target.name:
            with contextlib.suppress(OSError):
                handle = os.open(path, os.O_RDWR)
                if _try_lock(handle):
                    path.unlink()
                os.close(handle)


@functools.cache
def _left_aside(place: Path) -> tuple[Path, ...]:
    """Files written aside in a folder when a process first writes there: it is looked through once."""
    return tuple(path for path in place.iterdir() if path.name.endswith(".part"))


def _try_lock(handle: int) -> bool:
    """Whether a file that is open could be locked; it is until it is closed."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def locked(path: str | os.PathLike[str]) -> Iterator[None]:
    """The only process that changes this file, which need not be there yet; others wait for their turn.

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
        yield
        return
    handle = -1
    try:
        while True:
            handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
            except OSError as error:
                log.warning("%s: cannot be locked (%s); let one program at a time change it", path, error)
            if _is_open_as(handle, beside):
                break
            os.close(handle)  # whoever had the lock took the file away meanwhile
    except OSError as error:
        raise FormatError(f"cannot be written: {_reason(error)}", path=path) from error
    try:
        yield
    finally:
        beside.unlink(missing_ok=True)
        os.close(handle)


def _is_open_as(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def keep_apart(out: str | os.PathLike[str], inputs: Iterable[str | os.PathLike[str]]) -> None:
    """Refuse an output that would replace one of the files that are read; "" and "-" are no files.

    Raises:
        OptionError: it is one of them, under whatever name.

    >>> keep_apart("terms.tsv", ["news.tsv"])
    >>> keep_apart("./news.tsv", ["news.tsv"])
    Traceback (most recent call last):
    tm.errors.OptionError: ./news.tsv: is read and stays as it is; give the output another name
    """
    if os.fspath(out) in ("", "-"):
        return
    target = Path(out).resolve()
    if any(os.fspath(path) not in ("", "-") and Path(path).resolve() == target for path in inputs):
        raise OptionError(f"{os.fspath(out)}: is read and stays as it is; give the output another name")


def folder(path: str | os.PathLike[str]) -> Path:
    """A folder to write into; it and the folders above it are made where they are missing.

    Raises:
        FormatError: it cannot be made, is a file, or may not be written to.
    """
    target = Path(path)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise FormatError("is a file; a folder was expected for the results", path=path) from error
    except OSError as error:
        raise FormatError(f"cannot be made: {_reason(error)}", path=path) from error
    if not os.access(target, os.W_OK | os.X_OK):
        raise FormatError("a folder where nothing may be written", path=path)
    return target


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


@contextlib.contextmanager
def _written_directly(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    try:
        with Path(path).open("wb") as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FormatError(f"cannot be written: {_reason(error)}", path=path) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "no such file or folder"
        case IsADirectoryError():
            return "this is a folder; a file was expected"
        case PermissionError():
            return "permission denied"
        case _:
            return (error.strerror or str(error)).lower()
