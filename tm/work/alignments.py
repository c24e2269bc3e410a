"""Aligned texts as a value, and how it goes into files.

``Alignment`` is two texts with the beads between them. ``write_one`` puts one or many into a file;
``output_names`` names the files where each goes into its own. ``check_output`` refuses beforehand what cannot be
written.
"""

from __future__ import annotations

import itertools
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tm import files
from tm.alignment import bead_lines, bead_units, translated
from tm.direction import Direction
from tm.errors import OptionError
from tm.formats import find_format, write_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.document import Bead, Text
    from tm.model import Unit

TABLE = "tsv"
"""The format where neither the caller nor an extension says it."""

TABLES = ("tsv", "csv", "xlsx")
"""The formats that a person corrects: they have the segments without translation too, with an empty side."""


_OWN = ("beads", "html")
"""What is written here beside formats of units: beads for programs, and a page."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts and the beads between them.

    Attributes:
        source: the text that is translated.
        target: its translation.
        beads: in order; those below a least confidence may be missing.
    """

    source: Text
    target: Text
    beads: tuple[Bead, ...]

    @property
    def score(self) -> float:
        """The share of the two texts that is linked (0–1)."""
        return translated(self.source, self.target, self.beads)

    @property
    def pair_count(self) -> int:
        """How many beads have segments on both sides."""
        return sum(bool(bead.source and bead.target) for bead in self.beads)

    @property
    def doubtful_count(self) -> int:
        """How many of these are marked on the page, for a person to look at."""
        from tm.pages.alignment import DOUBTFUL

        return sum(bool(bead.source and bead.target) and bead.confidence < DOUBTFUL for bead in self.beads)

    def unaligned(self) -> Iterator[tuple[str, str]]:
        """The segments without a translation, in order, each behind the name of its text.

        >>> from tm.document import Bead, Text
        >>> beads = (Bead((0,), (0,), 1.0), Bead((1,), (), 0.9))
        >>> aligned = Alignment(Text(("Oui.", "Enfin."), name="a"), Text(("Sim.",), name="b"), beads)
        >>> list(aligned.unaligned()), aligned.pair_count, aligned.doubtful_count
        ([('a', 'Enfin.')], 1, 0)
        """
        for bead in self.beads:
            if not bead.target:
                yield from ((self.source.name, self.source.segments[number]) for number in bead.source)
            if not bead.source:
                yield from ((self.target.name, self.target.segments[number]) for number in bead.target)

    def units(self, *, with_alone: bool = False) -> Iterator[Unit]:
        """The beads with two sides as units for a memory; ``with_alone`` for a person, see ``bead_units``.

        Raises:
            OptionError: both texts are in the same language.
        """
        if self.source.language == self.target.language:
            names = f"{self.source.name or 'source'} and {self.target.name or 'target'}"
            language = self.source.language or "no language that can be seen"
            raise OptionError(f"{names} are both in {language}; say which is what with -s and -t")
        return bead_units(self.source, self.target, self.beads, with_alone=with_alone)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written.

    Attributes:
        path: the file.
        pair_count: how many pairs of segments are in it.
    """

    path: str
    pair_count: int


def check_output(out: str | os.PathLike[str], format: str = "") -> None:  # noqa: A002 - as in tm.formats
    """Refuse an output that no format can be written to, before any work is done.

    Raises:
        OptionError: no such format; names the nearest.

    >>> check_output("news.html"), check_output("results/")
    (None, None)
    >>> check_output("news.tmz")
    Traceback (most recent call last):
    tm.errors.OptionError: news.tmz: units can be written to ...; not .tmz; did you mean .tmx?
    """
    if _kind(out, format) not in _OWN and not Path(out).is_dir():
        find_format(out, "write_units", _unit_format(out, format), _OWN)


def check_count(out: str | os.PathLike[str], format: str, count: int) -> None:  # noqa: A002
    """Refuse the beads of several pairs in one file, before any work is done.

    Raises:
        OptionError: there are several.

    >>> check_count("all.tsv", "", 2), check_count("one.beads", "", 1)
    (None, None)
    """
    if count > 1 and _kind(out, format) == "beads":
        raise OptionError("beads of several pairs need a folder, each file its own; give -o DIR")


def is_folder(out: str | os.PathLike[str]) -> bool:
    """Whether the results of several pairs go into a file each.

    >>> is_folder("results"), is_folder("results.tmx"), is_folder("-")
    (True, False, False)
    """
    return os.fspath(out) != "-" and not _is_file(Path(out))


def output_names(
    sources: Sequence[str],
    format: str = "",  # noqa: A002
    *,
    below: str = "",
) -> list[str]:
    """The names of the results of source documents: each has its source's name with another extension (behind
    its own where two would be the same), and keeps the folders in which the source stands.

    Args:
        sources: paths.
        format: the extension; "" = a table's.
        below: the folder from which on folders are kept; "" = the one that all sources have in common.

    Raises:
        OptionError: one source comes twice.

    >>> output_names(["fr/un/index.md", "fr/deux/index.md"]), output_names(["un/a.txt"], below=".")
    (['un/index.tsv', 'deux/index.tsv'], ['un/a.tsv'])
    """
    paths = [Path(os.path.abspath(source)) for source in sources]
    above = below or (os.path.commonpath([path.parent for path in paths]) if paths else "")
    ending = f".{format or TABLE}"
    inside = [PurePath(os.path.relpath(path, above)) for path in paths]
    short = Counter(path.with_suffix("") for path in inside)
    names: dict[str, str] = {}
    for source, path in zip(sources, inside, strict=True):
        stem = path.stem if short[path.with_suffix("")] == 1 else path.name
        name = str(path.with_name(stem + ending))
        if name in names:
            raise OptionError(f"{names[name]} and {source} would both become {name}; align them apart")
        names[name] = source
    return list(names)


def _is_file(path: Path) -> bool:
    return (bool(path.suffix) or path.exists()) and not path.is_dir()


def _kind(out: str | os.PathLike[str], format_: str) -> str:
    kind = format_ or PurePath(out).suffix.lower().removeprefix(".")
    return "html" if kind == "htm" else kind


def _unit_format(out: str | os.PathLike[str], format_: str) -> str:
    return format_ or ("" if PurePath(out).suffix else TABLE)


def write_one(
    path: str,
    alignments: Iterable[Alignment],
    format: str,  # noqa: A002
    language: str = "en",
) -> Written:
    """Write alignments into one file, whole or not at all.

    Args:
        path: the file; "-" is stdout.
        alignments: in order; each is written before the next one is asked for, but for those of a page.
        format: a format of units, "beads" or "html"; "" = by the extension, else a table.
        language: of a page.

    Raises:
        OptionError: no such format.
        FormatError: the file cannot be written.

    >>> from tm.document import Bead, Text
    >>> aligned = Alignment(Text(("oui",), language="fr"), Text(("sim",), language="pt"), (Bead((0,), (0,)),))
    >>> write_one(os.devnull, [aligned], "beads")
    Written(path='/dev/null', pair_count=1)
    """
    kind, counted = _kind(path, format), _Counted(alignments)
    if kind == "beads":
        _put(path, b"".join(bead_lines(aligned.beads) for aligned in counted))
    elif kind == "html":
        _put(path, _page(list(counted), language).encode())
    else:
        is_table = _unit_format(path, format) in TABLES or kind in TABLES
        rest = iter(counted)
        first = next(rest)
        alignments = itertools.chain([first], rest)
        units = itertools.chain.from_iterable(aligned.units(with_alone=is_table) for aligned in alignments)
        direction = Direction(first.source.language, first.target.language)
        write_units(path, units, format=_unit_format(path, format), direction=direction)
    return Written(path, counted.pair_count)


class _Counted:
    """Alignments on their way, whose pairs of segments are counted."""

    def __init__(self, alignments: Iterable[Alignment]) -> None:
        """None has come yet."""
        self._alignments, self.pair_count = alignments, 0

    def __iter__(self) -> Iterator[Alignment]:
        """The alignments."""
        for aligned in self._alignments:
            self.pair_count += aligned.pair_count
            yield aligned


def _page(alignments: Sequence[Alignment], language: str) -> str:
    from tm.pages import alignment_page
    from tm.pages.messages import messages

    names = [f"{aligned.source.name} – {aligned.target.name}" for aligned in alignments]
    texts = [(aligned.source, aligned.target, aligned.beads) for aligned in alignments]
    title = names[0] if len(names) == 1 else messages(language).gettext("Alignment")
    return alignment_page(texts, title=title, language=language)


def _put(path: str, content: bytes) -> None:
    with files.writing(path) as stream:
        stream.write(content)
