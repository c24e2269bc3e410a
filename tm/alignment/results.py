"""What comes out: beads as lines of a file, beads as units for the memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.alignment.codes import joined, matched
from tm.document import Bead
from tm.errors import FormatError
from tm.files import reading
from tm.model import Annotation, Unit, Variant

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from tm.document import Text

_LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*([\d.]+))?\s*")


def bead_units(
    source: Text, target: Text, beads: Iterable[Bead], *, with_alone: bool = False
) -> Iterator[Unit]:
    """The beads with two sides as units; the segments of a side are joined by one space, with their codes.

    ``with_alone``: the segments without translation too, as units with an empty side, so that a person who
    corrects the alignment has them before them.

    Each unit has properties: document, line, the source text before it, and the aligner's confidence. It has
    no date, so that the same texts give the same units.

    >>> from tm.document import Text
    >>> french = Text(("Bonjour.", "Ça va ?"), lines=(1, 3), language="fr", name="a.fr.txt")
    >>> portuguese = Text(("Olá.", "Tudo bem?"), language="pt", name="a.pt.txt")
    >>> units = list(bead_units(french, portuguese, [Bead((0,), (0,), 0.98), Bead((1,), (1,), 0.97)]))
    >>> units[1].pair("fr", "pt").target.text, units[1].property("x-previous"), units[1].property("x-line")
    ('Tudo bem?', 'Bonjour.', '3')
    """
    previous = ""
    for bead in beads:
        segment, translation = joined(source, bead.source), joined(target, bead.target)
        if (segment.text and translation.text) or (with_alone and (segment.text or translation.text)):
            properties = {
                "x-origin": "aligned",
                "x-confidence": f"{bead.confidence:.3f}",
                "x-document": source.name,
                "x-line": str(source.lines[bead.source[0]]) if source.lines and bead.source else "",
                "x-previous": previous,
            }
            segment, translation = matched(segment, translation)
            yield Unit(
                (Variant(source.language, segment), Variant(target.language, translation)),
                annotations=tuple(
                    Annotation("prop", value, name) for name, value in properties.items() if value
                ),
            )
        previous = segment.text or previous


def bead_lines(beads: Iterable[Bead]) -> bytes:
    r"""The beads as a ``.beads`` file: one a line, ``[0,1]:[0]:confidence``, 0-based segment numbers.

    >>> bead_lines([Bead((0, 1), (0,), 0.934), Bead((), (1,), 0.8)])
    b'[0,1]:[0]:0.934\n[]:[1]:0.800\n'
    """
    return "".join(f"{bead}\n" for bead in beads).encode()


def read_beads(path: str | os.PathLike[str]) -> list[Bead]:
    """The beads of a ``.beads`` file. Empty lines and lines that begin with ``#`` are passed over.

    A bead without a confidence has the confidence 1.

    Raises:
        FormatError: a line is no bead.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".beads") as file:
    ...     print("# by hand", "[0,1]:[0]", "[2]:[]:0.8", sep=chr(10), file=file, flush=True)
    ...     read_beads(file.name)
    [Bead(source=(0, 1), target=(0,), confidence=1.0), Bead(source=(2,), target=(), confidence=0.8)]
    """
    beads = []
    with reading(path) as stream:
        for number, line in enumerate(stream.read().decode("utf-8", "replace").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                parts = _LINE.fullmatch(line)
                if not parts:
                    raise FormatError(f"{line!r} is not a bead; write [0,1]:[0]:0.9", path=path, line=number)
                source, target = (tuple(map(int, re.findall(r"\d+", side))) for side in parts.group(1, 2))
                beads.append(Bead(source, target, float(parts[3] or 1)))
    return beads
