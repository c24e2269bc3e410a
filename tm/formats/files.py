"""A file to its units, concepts or document, and back.

1. ``finding.find_format`` looks the format up, by its name or by the file's.
2. ``tm.files`` opens the file, ``_bytes.chunks`` unpacks it; a ``Reading`` or ``Writing`` holds the options.
3. The format's own reader or writer does the rest.

Each verb has a function: ``read_units``, ``write_units``, ``fill``, ``read_concepts``, ``write_concepts``,
``read_document``; also ``copy`` and ``standard_faults`` for glossaries.

>>> import tempfile
>>> from tm.model import Segment, Unit, Variant
>>> unit = Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))
>>> with tempfile.TemporaryDirectory() as folder:
...     path = os.path.join(folder, "answers.tmx.gz")
...     write_units(path, [unit])
...     [read.variants[1].segment.text for read in read_units(path)]
1
['sim']
"""

from __future__ import annotations

import contextlib
import io
import os
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

from tm import bcp47, files
from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, TMError
from tm.formats import _bytes
from tm.formats._format import Account, Header, Reading, Writing
from tm.formats.finding import find_format, language_of_extension, look_up
from tm.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.document import Document
    from tm.formats._format import Filling
    from tm.model import Concept, Unit
    from tm.progress import Progress

# ------------------------------------------------------------------------------------------------- units


class Units:
    """The units of a file, one by one.

    >>> from tm.model import Segment, Unit, Variant
    >>> units = Units(iter([Header(), Unit((Variant("fr", Segment("carte")),))]))
    >>> units.header, [unit.variants[0].language for unit in units]
    (Header(attributes=(), content=()), ['fr'])
    """

    def __init__(self, items: Iterator[Header | Unit]) -> None:
        """Take the items that a format's reader gives."""
        self._items = items
        self._header: Header | None = None
        self._started = False

    @property
    def header(self) -> Header | None:
        """What the file says of all its units; None when its format has no header.

        Asking for it begins to read the file.
        """
        if not self._started:
            self._started = True
            first = next(self._items, None)
            if isinstance(first, Header):
                self._header = first
            elif first is not None:
                self._items = chain([first], self._items)
        return self._header

    def __iter__(self) -> Iterator[Unit]:
        """The units that are left; a reader gives a header only before the first unit."""
        _ = self.header
        return cast("Iterator[Unit]", self._items)

    def __next__(self) -> Unit:
        """The next unit."""
        return next(iter(self))


def read_units(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002 - what everybody calls it
    direction: Direction = UNDECIDED,
    encoding: str = "",
    problems: list[FormatError] | None = None,
    account: Account | None = None,
    progress: Progress = unwatched,
) -> Units:
    """Read the units of a file, one by one as they are asked for.

    Args:
        path: the file; "-" is stdin.
        format: a format's name; "" = by the extension.
        direction: from which language into which.
        encoding: the encoding, whatever the file says; "" = find out.
        problems: a list to which faults go; reading then goes on at the next unit. None = the first fault is
            raised.
        account: takes what stands in the file and in no unit; it is complete after the last unit.
        progress: takes the pieces of a file as they are read, and their number.

    Raises:
        OptionError: no such format.
        FormatError: the file cannot be read or does not follow its format; raised while the units are taken.
    """
    form = find_format(path, "read_units", format)
    read = form.read_units
    assert read is not None
    reading = Reading(
        os.fspath(path), direction.source, direction.target, encoding, problems, account or Account()
    )

    def items() -> Iterator[Header | Unit]:
        """Open the file, and give what the reader gives."""
        with _guarded(reading.path):
            if form.files:
                yield from read(iter(()), reading)
                return
            with files.reading(path) as stream:
                yield from read(_bytes.chunks(stream, reading, progress), reading)

    return Units(items())


@contextlib.contextmanager
def _guarded(path: str, doing: str = "read") -> Iterator[None]:
    """Around a reader: what it raises beside our own errors is a fault of the reader, told in one line.

    Raises:
        FormatError: the reader raised anything else.

    >>> with _guarded("a.po"):
    ...     [][0]
    Traceback (most recent call last):
    tm.errors.FormatError: a.po: cannot be read by a fault of ours (IndexError: list index out of range); please report it
    """
    try:
        yield
    except TMError:
        raise
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise FormatError(
            f"cannot be {doing} by a fault of ours ({what}); please report it", path=path
        ) from error


def write_units(
    path: str | os.PathLike[str],
    units: Iterable[Unit],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    header: Header | None = None,
    outs: list[str] | None = None,
) -> int:
    """Write units into a file, whole or not at all; return the number of units.

    The header of the file that they come from goes with them where the format has one.

    Args:
        path: the file; "-" is stdout; packed when it ends in ``.gz``, ``.bz2``, ``.xz`` or ``.zst``.
        units: in order.
        format: a format's name; "" = by the extension.
        direction: the source (TMX ``srclang``, the first column of a table), and the target where a format
            holds only two languages. The file gets the tag of the first units that serves: a user who asks
            for pt and has pt-BR gets a file that says pt-BR.
        header: the file's header; None = that of the units, when they come from ``read_units``.
        outs: takes the names of the files, where the format writes several and none of that name.

    Raises:
        OptionError: no such format.
        FormatError: the file cannot be written, or the units cannot be read.
    """
    form = find_format(path, "write_units", format)
    write = form.write_units
    assert write is not None
    if header is None and isinstance(units, Units):
        header = units.header
    first, rest = _first(units)
    tags = [variant.language for unit in first for variant in unit.variants]
    source, target = (
        tag and (bcp47.choose(tag, tags) or tag) for tag in (direction.source, direction.target)
    )
    with contextlib.nullcontext(io.BytesIO()) if form.files else _bytes.writing(path) as stream:
        return write(
            stream, rest, Writing(os.fspath(path), source, target, header, [] if outs is None else outs)
        )


def _first(units: Iterable[Unit]) -> tuple[list[Unit], Iterator[Unit]]:
    """The first units, enough to know their languages; and all units."""
    stream = iter(units)
    first = list(islice(stream, 1_000))
    return first, chain(first, stream)


def fill(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    fillings: Iterable[Filling | None],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    encoding: str = "",
) -> int:
    """Write a file again with translations put into it; all else stays. Return the number of translations.

    Args:
        path: the file; "-" is stdin.
        out: the file to write, which may be the same.
        fillings: one for each part of each unit (``tm.formats.parts.parts``), or for each paragraph of a
            document, in order; None = the part stays as it is.
        format: a format's name; "" = by the extension of ``path``.
        direction: from which language into which.
        encoding: as for ``read_units``.

    Raises:
        OptionError: no such format, or it cannot be filled.
        FormatError: a file cannot be read or written.
    """
    filled = find_format(path, "fill", format).fill
    assert filled is not None
    reading = Reading(os.fspath(path), direction.source, direction.target, encoding)
    with _guarded(reading.path, "filled"), files.reading(path) as stream, _bytes.writing(out) as to:
        return filled(_bytes.chunks(stream, reading), to, fillings, reading)


# ------------------------------------------------------------------------------------------------- concepts


def read_concepts(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    encoding: str = "",
    problems: list[FormatError] | None = None,
    account: Account | None = None,
) -> list[Concept]:
    """Read the concepts of a glossary, in order. The arguments and errors are those of ``read_units``."""
    read = find_format(path, "read_concepts", format).read_concepts
    assert read is not None
    reading = Reading(
        os.fspath(path), direction.source, direction.target, encoding, problems, account or Account()
    )
    with _guarded(reading.path), files.reading(path) as stream:
        return list(read(_bytes.chunks(stream, reading), reading))


def write_concepts(
    path: str | os.PathLike[str],
    concepts: Iterable[Concept],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
) -> int:
    """Write a glossary into a file, whole or not at all; return the number of concepts.

    A blank term does not count, nor does a concept without terms. For the arguments see ``write_units``.
    """
    write = find_format(path, "write_concepts", format).write_concepts
    assert write is not None
    with _bytes.writing(path) as stream:
        visible = filter(lambda concept: concept.terms, map(_with_visible_terms, concepts))
        return write(stream, visible, Writing(os.fspath(path), direction.source, direction.target))


def _with_visible_terms(concept: Concept) -> Concept:
    if all(term.text.strip() for term in concept.terms):
        return concept
    return replace(concept, terms=tuple(term for term in concept.terms if term.text.strip()))


def standard_faults(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
    encoding: str = "",
) -> list[FormatError]:
    """What breaks the standard of its format in a file; [] where the standard's rules are not known here."""
    format_ = look_up(path, "faults", format)
    if format_ is None or format_.faults is None:
        return []
    reading = Reading(os.fspath(path), encoding=encoding)
    with _guarded(reading.path), files.reading(path) as stream:
        try:
            return list(format_.faults(_bytes.chunks(stream, reading), reading))
        except FormatError as error:
            return [error]


def copy(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
) -> bool:
    """Write a glossary again byte for byte, if it is of the very kind that is written; whether it was.

    The names of the files say whether they are packed.

    Raises:
        FormatError: a file cannot be read or written.
    """
    is_kept = find_format(path, "read_concepts", format).is_kept
    if is_kept is None:
        return False
    with files.reading(path) as stream:
        start, rest = _bytes.at_least(1 << 16, _bytes.chunks(stream, Reading(os.fspath(path))))
        if not is_kept(start):
            return False
        with _bytes.writing(out) as to:
            to.writelines(chain([start], rest))
    return True


# ------------------------------------------------------------------------------------------------- documents


def read_document(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
    encoding: str = "",
) -> Document:
    """Read the paragraphs of a document, in reading order.

    Raises:
        OptionError: no such format.
        FormatError: the file cannot be read, is empty, or is no text.
    """
    read = find_format(path, "read_document", format).read_document
    assert read is not None
    reading = Reading(os.fspath(path), encoding=encoding)
    with _guarded(reading.path), files.reading(path) as stream:
        document = read(_bytes.chunks(stream, reading), reading)
    language = document.language or ("" if format else language_of_extension(path))
    return replace(document, language=language)
