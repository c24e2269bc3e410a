"""Files read and written safely; where that fails, one line says why.

``readable`` and ``reading`` open a file to be read, ``read_lines`` reads a text by its lines. ``writing``
writes a new file aside and renames it, so that nobody ever sees half of it; ``write_new`` does so for a file
that must not be there. ``rewrite`` reads, changes and writes the bytes of a file while others wait (``tm.locks``).
``folder`` makes a folder for results, ``keep_apart`` refuses an output that is an input.

What returns without an error is on disk, and so is the folder's entry of it: a power cut does not take it.

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
import errno
import functools
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from tm import databases
from tm.errors import FormatError, OptionError, reason
from tm.locks import is_open_as, locked, try_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

AnyPath: TypeAlias = "str | os.PathLike[str]"
"""A path as callers give it."""


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
        databases.head(file, 0)
    except OSError as error:
        raise FormatError(reason(error), path=path) from error
    return file


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
        raise FormatError(reason(error), path=path) from error


def size_of(stream: BinaryIO) -> int:
    """How many bytes a file has that was opened; 0 of what is no file.

    >>> import io
    >>> size_of(io.BytesIO(b"abc"))
    0
    """
    try:
        return os.fstat(stream.fileno()).st_size
    except OSError:
        return 0


def read_lines(path: str | os.PathLike[str], encoding: str = "") -> list[str]:
    """The lines of a text as they are; the last one may end without a line end.

    Args:
        path: of the text; "-" is stdin.
        encoding: "" = UTF-8.

    Raises:
        FormatError: it cannot be read, is in another encoding, or has a line beyond ``LONGEST_LINE``.
    """
    with reading(path) as stream:
        content = b"".join(short_lines(iter(lambda: stream.read(1 << 20), b""), path))
    try:
        text = content.decode(encoding or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = "is not UTF-8; save the file as UTF-8"
        if encoding:
            byte = f"0x{error.object[error.start]:02X}"
            what = f"byte {byte} is not {encoding}; say the right one with --encoding NAME"
        raise FormatError(what, path=path, line=line) from error
    except LookupError as error:
        what = f"unknown encoding {encoding!r}; UTF-8 was expected, or a name like windows-1252"
        raise FormatError(what, path=path) from error
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


LONGEST_LINE = 40_000_000
"""The most bytes of a line: ten million characters. What has more is no text, and would fill the computer's
memory."""


def short_lines(pieces: Iterable[bytes], path: str | os.PathLike[str]) -> Iterator[bytes]:
    r"""The bytes of a text as they come, in pieces, as long as its lines are of bearable length.

    Raises:
        FormatError: a line has more than ``LONGEST_LINE`` bytes; no more pieces are asked for.

    >>> list(short_lines([b"oui\nn", b"on"], "a.txt"))
    [b'oui\nn', b'on']
    """
    length, line = 0, 1
    for piece in pieces:
        end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
        length = len(piece) - end - 1 if end >= 0 else length + len(piece)
        line += piece.count(b"\n")
        if length > LONGEST_LINE:
            what = f"a line of more than {LONGEST_LINE // 1_000_000} MB; break the text into lines"
            raise FormatError(what, path=path, line=line)
        yield piece


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
    target = Path(path).resolve()
    if databases.is_database(target):
        raise OptionError(f"{path}: is a memory and stays one; give the output another name")
    with _aside(path) as (stream, part):
        yield stream
        _to_disk(stream, part, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        part.replace(target)
        _sync_folder(target.parent)


def write_new(path: str | os.PathLike[str], content: bytes | bytearray) -> bool:
    """Write a file that is not there yet, whole or not at all.

    Returns:
        False when it is there, maybe since a moment ago; it stays as it is.

    Raises:
        FormatError: the folder is missing, may not be written, or the disk is full.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     path = Path(place, "new.tm")
    ...     write_new(path, b"mine"), write_new(path, b"yours"), path.read_bytes(), os.listdir(place)
    (True, False, b'mine', ['new.tm'])
    """
    target = Path(path).resolve()
    with _aside(path) as (stream, part):
        stream.write(content)
        _to_disk(stream, part, 0o666 & ~_umask())
        try:
            target.hardlink_to(part)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            with locked(path):
                if target.exists():
                    return False
                part.replace(target)
        _sync_folder(target.parent)
    return True


_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What file systems say that have no second names of a file."""


@contextlib.contextmanager
def _aside(path: str | os.PathLike[str]) -> Iterator[tuple[BinaryIO, Path]]:
    """A file of another name in the same folder, which is gone afterwards unless it was given its name."""
    import tempfile

    target = Path(path).resolve()
    try:
        if target.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        _clear_leftovers(target)
        while True:
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
            part = Path(name)
            try_lock(handle, wait=True)
            if is_open_as(handle, part):
                break
            os.close(handle)  # it was taken for a leftover before it had its lock
    except OSError as error:
        raise FormatError(f"cannot be written: {reason(error)}", path=path) from error
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream, part
    except OSError as error:
        raise FormatError(f"cannot be written: {reason(error)}", path=path) from error
    finally:
        part.unlink(missing_ok=True)


def _to_disk(stream: BinaryIO, path: Path, mode: int) -> None:
    """Have the system write down what a stream has written."""
    stream.flush()
    path.chmod(mode)
    os.fsync(stream.fileno())


def _sync_folder(place: Path) -> None:
    """Have the system write down which files a folder has, where it can."""
    if os.name == "nt":  # pragma: no cover - Windows opens no folders
        return
    try:
        handle = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:  # it may be written, not read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def rewrite(path: str | os.PathLike[str], change: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
    """Change the bytes of a file while no other process does; what they were, and what they are.

    Args:
        path: of the file, which is written only where its bytes change.
        change: is given the bytes as they are; returns the new ones. Others wait meanwhile.

    Raises:
        FormatError: the file cannot be read or written. It is as it was.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = Path(place, "a.txt").write_bytes(b"one")
    ...     rewrite(Path(place, "a.txt"), bytes.upper)
    (b'one', b'ONE')
    """
    with locked(path):
        with reading(path) as stream:
            old = stream.read()
        new = change(old)
        if new != old:
            with writing(path) as stream:
                stream.write(new)
    return old, new


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
                if try_lock(handle):
                    path.unlink()
                os.close(handle)


@functools.cache
def _left_aside(place: Path) -> tuple[Path, ...]:
    """Files written aside in a folder when a process first writes there: it is looked through once."""
    return tuple(path for path in place.iterdir() if path.name.endswith(".part"))


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
        missing = [place for place in (target, *target.parents) if not place.exists()]
        target.mkdir(parents=True, exist_ok=True)
        for place in missing:
            _sync_folder(place.parent)
    except (FileExistsError, NotADirectoryError) as error:
        raise FormatError("is a file; a folder was expected for the results", path=path) from error
    except OSError as error:
        raise FormatError(f"cannot be made: {reason(error)}", path=path) from error
    if not os.access(target, os.W_OK | os.X_OK):
        raise FormatError("a folder where nothing may be written", path=path)
    return target


def _is_special(path: Path) -> bool:
    return os.path.exists(path) and not path.is_file() and not path.is_dir()


@contextlib.contextmanager
def _written_directly(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    try:
        with Path(path).open("wb") as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FormatError(f"cannot be written: {reason(error)}", path=path) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
