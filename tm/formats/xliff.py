"""XLIFF 1.0–1.2 and 2.0–2.2 (OASIS) as two formats: both read all versions, one writes 1.2, one 2.0.

In: a file's bytes. Out: a unit for each ``<trans-unit>`` or ``<segment>``; and the way back.

1. ``_xliff_reader.read`` reads the units, with their place and state.
2. ``_xliff_writer.write_1`` and ``write_2`` write a new file.
3. ``_xliff_filling.fill`` puts translations into a file that exists.

``_xliff_codes`` turns inline codes into elements for the last two.

>>> from tm.formats.authoring import Reading
>>> pieces = (
...     b'<xliff version="1.2"><file source-language="fr" target-language="pt"><body><trans-unit id="7">',
...     b"<source>Le pont</source><target>A ponte</target></trans-unit></body></file></xliff>",
... )
>>> [unit] = XLIFF.read_units(iter(pieces), Reading("bridges.xlf"))
>>> unit.place.id, [(variant.language, variant.segment.text) for variant in unit.variants]
('7', [('fr', 'Le pont'), ('pt', 'A ponte')])
"""

from __future__ import annotations

from tm.formats import _xliff_filling, _xliff_reader, _xliff_writer, notation
from tm.formats._format import Format

XLIFF = Format(
    "xliff",
    (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    "XLIFF 1.2 (1.0 to 2.2 are read)",
    read_units=_xliff_reader.read,
    write_units=_xliff_writer.write_1,
    notation=lambda _: notation.XML,
    fill=_xliff_filling.fill,
    bilingual=True,
    holds=frozenset(("codes", "annotations")),
)
XLIFF2 = Format(
    "xliff2",
    (".xliff2", ".xlf2"),
    "XLIFF 2.0 (1.0 to 2.2 are read)",
    read_units=_xliff_reader.read,
    write_units=_xliff_writer.write_2,
    notation=lambda _: notation.XML,
    fill=_xliff_filling.fill,
    bilingual=True,
    holds=frozenset(("codes", "annotations")),
)
