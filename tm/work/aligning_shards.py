"""Pairs of files to pairs of sentences, shard by shard: what ``tm.work.aligning`` does with many files.

Each function but the last takes the shelf of a shard (``tm.shelves``), so that it can run in any process:

1. ``read`` reads the ``pairs`` of paths and leaves the ``documents``; what cannot be read is named and left out.
2. ``segment`` leaves their segmented ``texts``, in the direction that all shards together have shown.
3. ``tm.alignment.passes.align_shards`` leaves the ``beads``.
4. ``write`` writes each alignment into its own file. ``Alignments`` are all of them, one shard in memory at a
   time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, overload

from tm import files
from tm.alignment.passes import beads_of
from tm.document import Document, Text
from tm.errors import FormatError, StoreError, TMError
from tm.formats import language_of_extension
from tm.language import segment as cut
from tm.work import alignments
from tm.work.alignments import Alignment, Written
from tm.work.outputs import digest
from tm.work.segmenting import read_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.direction import Direction
    from tm.files import AnyPath
    from tm.shelves import Shelf

log = logging.getLogger(__name__)

UNLIKE = 20
"""How many times as long as the other a text is, in characters, when it is said: it is hardly its translation."""

Read: TypeAlias = "Document | Text"
Column: TypeAlias = "list[Read]"


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read.

    Attributes:
        encoding: of all of them; "" = found.
        segmented: their lines are the segments, empty ones too.
        lines: how those of a plain text are read, see ``tm.work.segmenting.read_paragraphs``.
        base: the folder from which relative paths start; "" = the current one.
    """

    encoding: str = ""
    segmented: bool = False
    lines: str = "auto"
    base: str = ""

    def document(self, path: AnyPath) -> Read:
        """One file, its lines as they are when they are the segments; its name is the path as it was given."""
        name = os.fspath(path)
        place = within(self.base, name)
        try:
            if self.segmented:
                segments = tuple(files.read_lines(place, self.encoding))
                numbers = tuple(range(1, len(segments) + 1))
                return Text(segments, lines=numbers, language=language_of_extension(path), name=name)
            document = read_paragraphs(place, encoding=self.encoding, lines=self.lines)
        except FormatError as error:
            error.path = name if error.path == place else error.path
            raise
        return document if place == name else replace(document, name=name)


def within(base: str, path: str) -> str:
    """A path from a folder on; "-" is stdin and stays.

    >>> within("/data", "a.txt"), within("/data", "/b.txt"), within("", "a.txt"), within("/data", "-")
    ('/data/a.txt', '/b.txt', 'a.txt', '-')
    """
    return path if path == "-" else os.path.join(base, path)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was read of a shard.

    Attributes:
        languages: for each side the language that the first of its documents names; "" when none does.
        excerpts: for each side some text of each document, from which its language can be told.
        errors: of what cannot be read.
    """

    languages: tuple[str, str]
    excerpts: tuple[tuple[str, ...], tuple[str, ...]]
    errors: tuple[TMError, ...] = ()


def read(shelf: Shelf, reading: Reading, excerpt: int) -> Sample:
    """The documents of a shard; where one of two cannot be read both are left out.

    Args:
        shelf: of the shard.
        reading: how.
        excerpt: the characters of each document that may tell its language.
    """
    documents: list[tuple[Read, Read]] = []
    errors: list[TMError] = []
    for source, target in shelf.get("pairs"):
        try:
            documents.append((reading.document(source), reading.document(target)))
        except StoreError:
            raise
        except TMError as error:
            errors.append(error)
    shelf.put("documents", documents)
    return replace(sample(documents, excerpt), errors=tuple(errors))


def sample(documents: Sequence[tuple[Read, Read]], excerpt: int) -> Sample:
    """The languages that documents name, and excerpts of those that name none.

    >>> sample([(Text(("Oui.",), language="fr"), Text(("Sim.", "Não.")))], 6)
    Sample(languages=('fr', ''), excerpts=((), ('Sim.\\nN',)), errors=())
    """
    columns: list[Sequence[Read]] = [[pair[side] for pair in documents] for side in (0, 1)]
    named = [next((each.language for each in column if each.language), "") for column in columns]
    excerpts = [
        () if name else tuple(_text_of(each)[:excerpt] for each in column)
        for name, column in zip(named, columns, strict=True)
    ]
    return Sample((named[0], named[1]), (excerpts[0], excerpts[1]))


def _text_of(document: Read) -> str:
    if isinstance(document, Text):
        return "\n".join(document.segments)
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def segment(shelf: Shelf, direction: Direction, is_turned: bool) -> list[str]:  # noqa: FBT001 - goes to another process
    """Leave the segmented ``texts`` of the documents; returns the names of the sources.

    Args:
        shelf: of the shard.
        direction: of all shards.
        is_turned: whether what was given as the target is the source.
    """
    texts = [
        (segmented(pair[is_turned], direction.source), segmented(pair[not is_turned], direction.target))
        for pair in shelf.get("documents")
    ]
    shelf.put("texts", texts)
    for pair in texts:
        _say_unlike(*pair)
    return [source.name for source, _ in texts]


def _say_unlike(source: Text, target: Text) -> None:
    """Log that one of two texts is so much longer than the other that they hardly translate each other."""
    sizes = [(sum(map(len, text.segments)), text.name) for text in (source, target)]
    (short, shorter), (long, longer) = sorted(sizes, key=lambda size: size[0])
    if long >= UNLIKE * short > 0:
        said = "%s is %d times as long as %s, hardly its translation; most of it stays alone"
        log.warning(said, longer or "a text", long // short, shorter or "the other")


def segmented(document: Read, language: str) -> Text:
    """The segments of a document in this language.

    >>> segmented(Text(("Oui.",)), "fr").language
    'fr'
    """
    if isinstance(document, Text):
        return replace(document, language=language)
    return cut(document, language=language)


class Alignments(Sequence[Alignment]):
    """The alignments of all shards, in order; those of one shard are in memory at a time.

    >>> from tm.document import Bead
    >>> from tm.shelves import MemoryShelf
    >>> pair = Text(("Oui.",)), Text(("Sim.",))
    >>> shelf = MemoryShelf({"texts": [pair, pair], "beads": [[Bead((0,), (0,), 0.9)], []]})
    >>> [aligned.pair_count for aligned in Alignments([shelf], [2], 0.5)]
    [1, 0]
    """

    def __init__(self, shelves: Sequence[Shelf], counts: Sequence[int], least: float) -> None:
        """Take the shelves.

        Args:
            shelves: of the shards.
            counts: how many pairs of texts each has.
            least: beads of a smaller confidence are left out.
        """
        self._shelves, self._counts, self._least = shelves, counts, least

    def __len__(self) -> int:
        """How many pairs of texts there are."""
        return sum(self._counts)

    def __iter__(self) -> Iterator[Alignment]:
        """All, shard by shard."""
        for shelf in self._shelves:
            yield from alignments_of(shelf, self._least)

    @overload
    def __getitem__(self, number: int) -> Alignment: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Alignment]: ...

    def __getitem__(self, number: int | slice) -> Alignment | Sequence[Alignment]:
        """One of them, or some."""
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        place = range(len(self))[number]
        for shelf, count in zip(self._shelves, self._counts, strict=True):
            if place < count:
                return alignments_of(shelf, self._least)[place]
            place -= count
        raise IndexError(number)  # pragma: no cover - the range has refused it


def alignments_of(shelf: Shelf, least: float) -> list[Alignment]:
    """The alignments of a shard, without beads of a smaller confidence than this."""
    return [
        Alignment(source, target, tuple(bead for bead in beads if bead.confidence >= least))
        for (source, target), beads in zip(shelf.get("texts"), beads_of(shelf), strict=True)
    ]


def write(shelf: Shelf, to_format: str, least: float, base: str, language: str) -> list[tuple[Written, str]]:
    """Write each alignment of a shard into its own of the shard's ``outputs``.

    Args:
        shelf: of the shard.
        to_format: see ``tm.work.alignments.write_one``.
        least: the confidence below which beads are left out.
        base: the folder from which relative paths start.
        language: of pages.

    Returns:
        What was written, each with the digest of the file.
    """
    results = []
    for path, aligned in zip(shelf.get("outputs"), alignments_of(shelf, least), strict=True):
        place = within(base, path)
        files.folder(os.path.dirname(place))
        written = alignments.write_one(place, [aligned], to_format, language)
        results.append((replace(written, path=path), digest(place)))
    return results
