"""XLIFF 1.0–1.2 and 2.0–2.2 (OASIS).

Read by ``_xliff_reader.py``, written new by ``_xliff_writer.py``, filled by ``_xliff_filling.py``.
"""

from __future__ import annotations

from tm.formats import _xliff_filling, _xliff_reader, _xliff_writer
from tm.formats._format import Format

XLIFF = Format(
    "xliff",
    (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    "XLIFF 1.2 (1.0 to 2.2 are read)",
    read_units=_xliff_reader.read,
    write_units=_xliff_writer.write_1,
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
    fill=_xliff_filling.fill,
    bilingual=True,
    holds=frozenset(("codes", "annotations")),
)
