"""PO and POT, the catalogues of GNU gettext, read and written without loss.

In: a file's bytes. Out: its header, then a unit for each message that is not obsolete; and the way back.

1. ``_po_reader.read`` reads the messages that ``_messages.parsed`` finds.
2. ``_po_writer.write`` writes units as messages.
3. ``_po_filling.fill`` puts translations into the messages of a catalogue.

The first variant is the ``msgid``. The second is the ``msgstr``; it is there only when the message is
translated. Further plural forms are properties ``x-po-plural`` of their variant, in order. Properties of the
unit are ``x-msgctxt``, ``x-po-comment`` (of the programmer), ``x-po-reference``, ``x-po-flags`` and
``x-po-previous-…``; a translator's comment is a note. A fuzzy message has the state "fuzzy"
(``states.py``). The header's fields are properties ``x-po:FIELD`` of the ``Header``; obsolete messages stand
there as they came, as ``x-po-obsolete``.

>>> from tm.formats._format import Reading
>>> file = '''
... msgctxt "menu"
... msgid "Open"
... msgstr "Abrir"
... '''
>>> header, unit = read(iter([file.encode()]), Reading("pt.po"))
>>> [(variant.language, variant.segment.text) for variant in unit.variants], unit.property("x-msgctxt")
([('en', 'Open'), ('pt', 'Abrir')], 'menu')
>>> unit.place
Place(path='pt.po', line=3, column=0, id='menu|Open')
"""

from __future__ import annotations

from tm.formats import notation
from tm.formats._format import Format
from tm.formats._po_filling import fill
from tm.formats._po_reader import read
from tm.formats._po_writer import write

PO = Format(
    "po",
    (".po", ".pot"),
    "gettext catalogues (PO, POT)",
    read_units=read,
    write_units=write,
    notation=lambda _: notation.PO,
    fill=fill,
    bilingual=True,
)
