"""An alignment that a person looks through, bead by bead, and what of it comes into the memory.

1. ``to_review`` aligns two documents, or opens a table of aligned texts.
2. A person joins, divides, moves, drops and confirms beads: numbers of segments, no texts.
3. ``add_reviewed`` puts what is left into a memory; what was confirmed is certain.

>>> import tempfile
>>> from pathlib import Path
>>> from tm.store import open_store
>>> with tempfile.TemporaryDirectory() as folder, open_store(":memory:", create=True) as store:
...     source, target = Path(folder, "pain.fr.txt"), Path(folder, "pain.pt.txt")
...     _ = source.write_text("Le four est chaud. Le pain est prêt.")
...     _ = target.write_text("O forno está quente. O pão está pronto.")
...     alignment = to_review([source, target], Direction("fr", "pt"))
...     add_reviewed(store, alignment, [Bead((0, 1), (0, 1))], name="pain")
...     [unit.pair("fr", "pt").source.text for unit in store.units()]
1
['Le four est chaud. Le pain est prêt.']
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.alignment import bead_units
from tm.direction import UNDECIDED, Direction, decided_for_units
from tm.document import Bead, Text
from tm.errors import OptionError
from tm.formats import read_units
from tm.work.aligning import align_files
from tm.work.alignments import Alignment

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from tm.model import Segment, Unit
    from tm.store import Store


CONFIDENCE = "x-confidence"
"""The property that says how certain a bead is."""


@dataclass(frozen=True, slots=True)
class Rows(Alignment):
    """The rows of a table as an alignment.

    Attributes:
        rows: for each segment the unit that the table has.
    """

    rows: tuple[Unit, ...] = ()

    def units(self, *, with_alone: bool = False) -> Iterator[Unit]:
        """A row that is a bead by itself is its unit, with all that the table says of it; others are made anew."""
        for bead in self.beads:
            if bead.source == bead.target and len(bead.source) == 1:
                yield _certain(self.rows[bead.source[0]], bead.confidence)
            else:
                yield from bead_units(self.source, self.target, [bead], with_alone=with_alone)


def _certain(unit: Unit, confidence: float) -> Unit:
    """The unit as certain as its bead, where it says how certain it is."""
    annotations = tuple(
        replace(note, text=f"{confidence:.3f}") if note.type == CONFIDENCE else note
        for note in unit.annotations
    )
    return replace(unit, annotations=annotations)


def to_review(paths: Sequence[str | os.PathLike[str]], asked: Direction = UNDECIDED) -> Alignment:
    """The alignment of two documents, or of the rows of one table.

    Args:
        paths: two documents, the source first; or a table or another file of units.
        asked: the languages; a side that is "" is as the files say, else as they are detected.

    Raises:
        OptionError: neither one file nor two; nothing in the table is in both languages.
        FormatError: a file cannot be read.
    """
    if len(paths) == 2:
        aligned = align_files([(paths[0], paths[1])], direction=asked)
        if aligned.left_out:
            raise aligned.left_out[0]
        return aligned.alignments[0]
    if len(paths) != 1:
        raise OptionError(f"{len(paths)} files; two documents or one table were expected")
    units = list(read_units(paths[0], direction=asked))
    direction = decided_for_units(asked, units)
    pairs = [(pair, unit) for unit in units if (pair := unit.pair(direction.source, direction.target))]
    if not pairs:
        raise OptionError("no row has texts in both languages; a table of translations was expected")
    source = _text([pair.source for pair, _ in pairs], direction.source)
    target = _text([pair.target for pair, _ in pairs], direction.target)
    beads = tuple(
        Bead(
            (row,) if pair.source.text.strip() else (),
            (row,) if pair.target.text.strip() else (),
            _confidence(unit),
        )
        for row, (pair, unit) in enumerate(pairs)
    )
    return Rows(source, target, beads, tuple(unit for _, unit in pairs))


def _text(segments: Sequence[Segment], language: str) -> Text:
    """The rows of one column, with their inline codes."""
    codes = tuple(segment.codes for segment in segments)
    return Text(
        tuple(segment.text for segment in segments), language=language, codes=codes if any(codes) else ()
    )


def _confidence(unit: Unit) -> float:
    try:
        return min(1.0, max(0.0, float(unit.property(CONFIDENCE) or 1)))
    except ValueError:
        return 1.0


def add_reviewed(
    store: Store,
    alignment: Alignment,
    beads: Sequence[Bead],
    *,
    name: str,
    date: str = "",
    author: str = "",
) -> int:
    """Put beads into a memory; how many units are new in it.

    Args:
        store: an open memory.
        alignment: whose segments the beads have.
        beads: as a person left them; those with one side only are passed over.
        name: of the texts, for the history.
        date: when, for the history.
        author: who does it, likewise.

    Raises:
        OptionError: a bead has a segment that the texts do not have, or the texts are in one language.
    """
    for bead in beads:
        for numbers, text in ((bead.source, alignment.source), (bead.target, alignment.target)):
            if any(not 0 <= number < len(text.segments) for number in numbers):
                raise OptionError(f"{bead} has a segment that the texts do not have")
    units = replace(alignment, beads=tuple(beads)).units()
    return store.add(units, name=name, date=date, author=author).added
