"""PO and POT, the catalogues of GNU gettext, read and written without loss.

In: a file's bytes. Out: its header, then a unit for each message that is not obsolete; and the way back.

1. ``_po_reader.read`` reads the messages that ``_messages.parsed`` finds.
2. ``_po_writer.write`` writes units as messages.
3. ``fill`` reads a catalogue, puts fillings into its units (``_filled``), and writes them.

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

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from tm.direction import Direction
from tm.formats import _messages, notation, states
from tm.formats._format import Format, Writing
from tm.formats._po_reader import begun, fields_of, note, read, unit_of, variant_of
from tm.formats._po_writer import lines_agree, number_of_forms, write
from tm.formats.demands import forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.formats._format import Chunks, Filling, Reading
    from tm.model import Unit


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    r"""Write the catalogue again with the fillings; see ``tm.formats.fill``.

    A filling below 100 % makes its message fuzzy; a translator's comment names percent and origin. A message
    with a plural takes two fillings: the second goes into all forms but the first.

    >>> from io import BytesIO
    >>> from tm.formats._format import Filling, Reading
    >>> from tm.model import Segment
    >>> filled, file = BytesIO(), b'msgid "Open"\nmsgstr ""'
    >>> fill(iter([file]), filled, [Filling(Segment("Abrir"), 80, "menus")], Reading("pt.po"))
    1
    >>> print(*filled.getvalue().decode().splitlines()[-4:], sep="\n")
    # 80 % menus
    #, fuzzy
    msgid "Open"
    msgstr "Abrir"
    """
    catalogue = _messages.parsed(chunks, replace(reading, problems=None))
    header, source, target = begun(catalogue, reading)
    number = number_of_forms(dict(fields_of(catalogue.header.msgstr)) if catalogue.header else {}, target)
    writing = Writing(reading.path, source, target, header)
    supply = iter(fillings)
    units, count = [], 0
    for entry in catalogue.messages:
        unit = unit_of(entry, Direction(source, target), reading.path)
        given = [next(supply, None) for _ in forms(unit.variants[0])]
        present_fillings = [filling for filling in given if filling]
        present = forms(unit.variants[1]) if len(unit.variants) > 1 else [""]
        texts = _texts(given, present, number)
        if present_fillings and all(texts):
            unit = _filled(unit, texts, present_fillings, target)
            count += len(present_fillings)
        units.append(unit)
    write(stream, units, writing)
    return count


def _texts(given: list[Filling | None], present: list[str], number: int) -> list[str]:
    """The texts of all forms, given or there before; an empty one where there is neither.

    >>> from tm.formats._format import Filling
    >>> from tm.model import Segment
    >>> bridges = Filling(Segment("pontes"), 100)
    >>> _texts([None, bridges], ["ponte", ""], 3)
    ['ponte', 'pontes', 'pontes']
    """
    texts = [filling.target.text if filling else "" for filling in given]
    if len(texts) == 1 or number == 1:
        return texts[-1:]
    further = texts[1:] * (number - 1) if texts[1] else present[1:] or [""]
    return [texts[0] or present[0], *further]


def _filled(unit: Unit, texts: list[str], fillings: list[Filling], target: str) -> Unit:
    """The unit with these texts; some of them were there before."""
    worst = min(fillings, key=lambda filling: filling.percent)
    sound = worst.percent >= 100 and lines_agree(texts + forms(unit.variants[0]))
    kept = [
        annotation for annotation in unit.annotations if annotation.type not in (states.STATE, "x-origin")
    ]
    comment = note(", ".join((f"{worst.percent} % {worst.origin}".strip(), *worst.remarks)))
    return replace(
        unit,
        variants=(unit.variants[0], variant_of(target, texts)),
        annotations=(comment, *kept, *states.described("" if sound else "fuzzy")),
    )


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
