"""PO and POT, the catalogues of GNU gettext, read and written without loss.

In: a file's bytes. Out: its header, then a unit for each message that is not obsolete; and the way back.

1. ``read``: ``_messages.parsed`` gives the messages, ``_begun`` the header and the languages, ``_unit`` a unit
   for each message.
2. ``write``: ``_Writer`` completes the header (``_completed``) and makes an entry of each unit (``_entry``).
3. ``fill``: reads the file, puts the fillings into its units (``_filled``), and writes them.

The first variant is the ``msgid``. The second is the ``msgstr``; it is there only when the message is
translated. Further plural forms are properties ``x-po-plural`` of their variant, in order. Properties of the
unit are ``x-msgctxt``, ``x-po-comment`` (of the programmer), ``x-po-reference``, ``x-po-flags`` and
``x-po-previous-…``; a translator's comment is a note. A fuzzy message has the state "fuzzy" (``states.py``).
The header's fields are properties ``x-po:FIELD`` of the ``Header``; obsolete messages stand there as they came,
as ``x-po-obsolete``.

>>> from tm.formats._format import Reading
>>> file = '''
... msgctxt "menu"
... msgid "Open"
... msgstr "Abrir"
... '''
>>> header, unit = read(iter([file.encode()]), Reading("pt.po"))
>>> [(variant.language, variant.segment.text) for variant in unit.variants], unit.property(CONTEXT)
([('en', 'Open'), ('pt', 'Abrir')], 'menu')
>>> unit.place
Place(path='pt.po', line=3, column=0, id='menu|Open')
"""

from __future__ import annotations

import itertools
import logging
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from tm import bcp47
from tm.direction import Direction
from tm.formats import _bilingual, _bytes, _messages, locales, plurals, states
from tm.formats._format import Format, Header, Writing
from tm.formats.demands import PLURAL, forms
from tm.model import Annotation, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polib

    from tm.formats._format import Chunks, Filling, Reading

log = logging.getLogger(__name__)

CONTEXT = "x-msgctxt"
COMMENT = "x-po-comment"
REFERENCE = "x-po-reference"
FLAGS = "x-po-flags"
PREVIOUS = "x-po-previous-"
FIELD = "x-po:"
OBSOLETE = "x-po-obsolete"

SOURCE_FIELD = "X-Source-Language"
"""The field of the header that names the language of the ``msgid`` where that is not English."""

_FIELDS = ("Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language")
_CHARSET = {"Content-Type": "text/plain; charset=UTF-8"}
_ENCODING = {"MIME-Version": "1.0", **_CHARSET, "Content-Transfer-Encoding": "8bit"}
_BATCH = 1_000
_NOT_HOLDABLE = re.compile("[\0\x04\ud800-\udfff]")


def read(chunks: Chunks, reading: Reading) -> Iterator[Header | Unit]:
    """Read the header, then a unit for each message that is not obsolete.

    The header names the target language, else the caller, else the file's name; else it is detected. The source
    is English unless the header or the caller names another one.
    """
    catalogue = _messages.parsed(chunks, reading)
    header, source, target = _begun(catalogue, reading)
    yield header
    for entry in catalogue.messages:
        yield _unit(entry, Direction(source, target), reading.path)


def _begun(catalogue: _messages.Catalogue, reading: Reading) -> tuple[Header, str, str]:
    """The header and the two languages."""
    fields = _fields(catalogue.header.msgstr) if catalogue.header else []
    notes = [_note(catalogue.header.tcomment)] if catalogue.header and catalogue.header.tcomment else []
    source, target = _languages(dict(fields), catalogue, reading)
    content = (
        *notes,
        *(_property(FIELD + name, value) for name, value in fields),
        *(_property(OBSOLETE, text) for text in catalogue.obsolete),
    )
    return Header((("srclang", source),), content), source, target


def _fields(header: str) -> list[tuple[str, str]]:
    r"""The lines of the header as names and values; a line without a name continues the one before.

    >>> _fields("Language: pt_BR\nPlural-Forms: nplurals=2;\n plural=(n > 1);\n")
    [('Language', 'pt_BR'), ('Plural-Forms', 'nplurals=2; plural=(n > 1);')]
    """
    fields: list[tuple[str, str]] = []
    for line in header.split("\n"):
        name, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[\w-]+", name):
            fields.append((name, value.strip()))
        elif line.strip() and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}".lstrip())
    return fields


def _languages(fields: dict[str, str], catalogue: _messages.Catalogue, reading: Reading) -> tuple[str, str]:
    declared = locales.tag(fields.get("Language", "")) or reading.target or locales.of_path(reading.path)[0]
    target = declared or _detected(catalogue)
    source = locales.tag(fields.get(SOURCE_FIELD, ""))
    if not source:
        # The user who asks for fr → pt of a French catalogue means its msgstr, not its msgid.
        asked = reading.source
        source = asked if asked and bcp47.base(asked) != bcp47.base(target) else "en"
    if not declared and bcp47.base(target) == bcp47.base(source):
        log.warning("%s: the language of the translations is not clear; say it with -t", reading.path)
        target = "und"
    return source, target


def _detected(catalogue: _messages.Catalogue) -> str:
    from tm.language import detect

    translated = (text for entry in catalogue.messages for text in _forms(entry) if text)
    text = "\n".join(itertools.islice(translated, 200))
    return (detect(text).language if text else "") or "und"


def _forms(entry: polib.POEntry) -> list[str]:
    plural: dict[int, str] = entry.msgstr_plural
    return [plural.get(number, "") for number in range(max(plural) + 1)] if plural else [entry.msgstr]


def _unit(entry: polib.POEntry, direction: Direction, path: str) -> Unit:
    forms = _forms(entry)
    variants = [
        _variant(direction.source, [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid])
    ]
    if any(forms):
        variants.append(_variant(direction.target, forms))
    flags = [flag for flag in entry.flags if flag and flag != "fuzzy"]
    properties = [
        (CONTEXT, entry.msgctxt),
        (COMMENT, entry.comment or None),
        (REFERENCE, _reference(entry.occurrences) or None),
        (FLAGS, ", ".join(flags) or None),
        (f"{PREVIOUS}msgctxt", entry.previous_msgctxt),
        (f"{PREVIOUS}msgid", entry.previous_msgid),
        (f"{PREVIOUS}msgid_plural", entry.previous_msgid_plural),
    ]
    return Unit(
        tuple(variants),
        (),
        (
            *([_note(entry.tcomment)] if entry.tcomment else []),
            *(_property(name, text) for name, text in properties if text is not None),
            *states.described("fuzzy" if entry.fuzzy else ""),
        ),
        Place(path, entry.linenum or 0, 0, "|".join(filter(None, (entry.msgctxt, entry.msgid)))),
    )


def _variant(language: str, forms: list[str]) -> Variant:
    return Variant(
        language, Segment(forms[0]), annotations=tuple(_property(PLURAL, form) for form in forms[1:])
    )


def _note(text: str) -> Annotation:
    return Annotation("note", text)


def _property(name: str, text: str) -> Annotation:
    return Annotation("prop", text, name)


def _reference(occurrences: list[tuple[str, str]]) -> str:
    return " ".join(f"{file}:{line}" if line else file for file, line in occurrences)


def _number_of_forms(fields: dict[str, str], language: str) -> int:
    rule = fields.get("Plural-Forms") or plurals.rule(language)
    number = re.search(r"nplurals\s*=\s*(\d)", rule)
    return int(number[1]) if number else 2


def _most_forms(unit: Unit) -> int:
    return max(len(forms(variant)) for variant in unit.variants)


# ------------------------------------------------------------------------------------------------- writing


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    r"""Write a catalogue in UTF-8; return the number of messages.

    PO allows a message with the same source and context only once: the first one is written. A catalogue that is
    written again keeps such messages as they were.

    >>> from io import BytesIO
    >>> variants = (Variant("en", Segment("Open")), Variant("pt", Segment("Abrir")))
    >>> catalogue = BytesIO()
    >>> write(catalogue, [Unit(variants), Unit(variants)], Writing("pt.po"))
    1
    >>> print(*catalogue.getvalue().decode().splitlines()[-2:], sep="\n")
    msgid "Open"
    msgstr "Abrir"
    """
    writer = _Writer(units, writing)
    written = 0

    def blocks() -> Iterator[str]:
        """The header and the messages as text, with a blank line between."""
        nonlocal written
        yield _messages.written(writer.header())
        for entry in writer.entries():
            yield f"\n{_messages.written(entry)}"
            written += 1
        yield from (f"\n{block}" for block in writer.obsolete())

    stream.writelines(_bytes.encoded(blocks(), writing.path))
    for what, count in writer.left_out.items():
        log.warning("%s: %d × %s", writing.path, count, what)
    return written


class _Writer:
    """Makes the entries of one catalogue; it counts what PO cannot hold."""

    def __init__(self, units: Iterable[Unit], writing: Writing) -> None:
        stream = iter(units)
        self._content = writing.header.content if writing.header else ()
        fields = {
            annotation.type.removeprefix(FIELD): annotation.text
            for annotation in self._content
            if isinstance(annotation, Annotation) and annotation.type.startswith(FIELD)
        }
        declared = locales.tag(fields.get("Language", ""))
        self._foreign = not fields
        first = list(itertools.islice(stream, _BATCH if self._foreign else None))
        self._units = itertools.chain(first, stream)
        self._sides = _bilingual.sides(first, writing, declared)
        self._fields = self._completed(fields, max((_most_forms(unit) for unit in first), default=1))
        self._forms = _number_of_forms(self._fields, self._sides.target)
        self.left_out = Counter[str]()

    def _completed(self, fields: dict[str, str], forms: int) -> dict[str, str]:
        """The fields of the header, in order: those of the file that the units come from, brought up to date.

        A catalogue with plurals that has no rule for them gets that of its language, or one with as many forms.
        """
        source, target = self._sides.source, self._sides.target
        fields = fields or dict.fromkeys(_FIELDS, "")
        if target and bcp47.canonical(target) != locales.tag(fields.get("Language", "")):
            fields["Language"] = locales.locale(target) if target != "und" else ""
            fields.pop("Plural-Forms", None)
        fields |= _ENCODING if self._foreign else _CHARSET
        if self._foreign or "Plural-Forms" in fields:
            fields["Plural-Forms"] = fields.get("Plural-Forms") or plurals.rule(target)
        elif forms > 1:
            fields["Plural-Forms"] = plurals.rule(target, forms)
        if source not in ("", "en"):
            fields[SOURCE_FIELD] = locales.locale(source)
        return fields

    def header(self) -> polib.POEntry:
        """The message without ``msgid``."""
        import polib

        notes = [
            annotation.text
            for annotation in self._content
            if isinstance(annotation, Annotation) and annotation.name == "note"
        ]
        return polib.POEntry(
            msgid="",
            msgstr="".join(f"{name}: {value}\n" for name, value in self._fields.items()),
            tcomment=_lines("\n".join(notes)),
        )

    def obsolete(self) -> Iterator[str]:
        """The obsolete messages, as they came."""
        for annotation in self._content:
            if isinstance(annotation, Annotation) and annotation.type == OBSOLETE:
                yield annotation.text

    def entries(self) -> Iterator[polib.POEntry]:
        """A message for each unit that PO can hold."""
        seen: dict[tuple[str | None, str], str] = {}
        for unit in self._units:
            entry = self._entry(unit)
            if entry is None:
                self.left_out["unit without source text left out; PO finds its messages by it"] += 1
                continue
            key = (entry.msgctxt, entry.msgid)
            if key not in seen or not self._foreign:
                seen[key] = entry.msgstr
                yield entry
            elif seen[key] == entry.msgstr:
                self.left_out["unit left out; the same message stands there already"] += 1
            else:
                self.left_out["unit left out; PO has one translation of a source in one context"] += 1

    def _entry(self, unit: Unit) -> polib.POEntry | None:
        import polib

        source, target = self._sides.of(unit)
        if source is None or not source.segment.text:
            return None
        sources, targets = forms(source), forms(target) if target else [""]
        properties = {
            annotation.type: annotation.text
            for annotation in reversed(unit.annotations)
            if annotation.name == "prop"
        }
        entry = polib.POEntry(
            msgid=self._holdable(sources[0]),
            msgctxt=self._kept(_context(properties)),
            tcomment=_lines(
                "\n".join(annotation.text for annotation in unit.annotations if annotation.name == "note")
            ),
            comment=_lines(properties.get(COMMENT, "")),
            occurrences=[(place, "") for place in properties.get(REFERENCE, "").split()],
            flags=[" ".join(flag.split()) for flag in properties.get(FLAGS, "").split(", ") if flag.strip()],
            previous_msgctxt=self._kept(properties.get(f"{PREVIOUS}msgctxt")),
            previous_msgid=self._kept(properties.get(f"{PREVIOUS}msgid")),
            previous_msgid_plural=self._kept(properties.get(f"{PREVIOUS}msgid_plural")),
        )
        if len(sources) > 1 and sources[1]:
            entry.msgid_plural = self._holdable(sources[1])
            if self._foreign or not target:
                targets += [targets[-1]] * (self._forms - len(targets))
            entry.msgstr_plural = dict(enumerate(map(self._holdable, targets)))
        else:
            entry.msgstr = self._holdable(targets[0])
        if not self._is_sound(unit, sources + targets):
            entry.flags.insert(0, "fuzzy")
        return entry

    def _kept(self, text: str | None) -> str | None:
        return None if text is None else self._holdable(text)

    def _holdable(self, text: str) -> str:
        """The text as gettext can hold it; it puts U+0004 between a context and its message."""
        text, count = _NOT_HOLDABLE.subn("\ufffd", text)
        if count:
            self.left_out["character that PO cannot hold became U+FFFD"] += count
        return text

    def _is_sound(self, unit: Unit, texts: list[str]) -> bool:
        """Whether gettext may use the translation; what ``msgfmt -c`` would refuse waits for a translator."""
        if unit.property(states.STATE) in states.GUESSES | states.UNREVIEWED:
            return False
        if self._foreign and not _lines_agree(texts):
            self.left_out[
                "unit marked fuzzy; source and target do not both begin or end with a line break"
            ] += 1
            return False
        return True


def _lines_agree(texts: list[str]) -> bool:
    r"""Whether all texts begin and end with a line break or none does, as ``msgfmt -c`` demands.

    >>> _lines_agree(["Oui\n", "Sim\n"]), _lines_agree(["Oui\n", "Sim"])
    (True, False)
    """
    return len({(text[:1] == "\n", text[-1:] == "\n") for text in texts if text}) < 2


def _context(properties: dict[str, str]) -> str | None:
    """The message's ``msgctxt``, or what another format has in its place."""
    return next(
        (properties[name] for name in (CONTEXT, "x-identifier", "x-context", "x-id") if name in properties),
        None,
    )


def _lines(comment: str) -> str:
    """A comment with the line ends of PO."""
    return comment.replace("\r\n", "\n").replace("\r", "\n")


# ------------------------------------------------------------------------------------------------- filling


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the catalogue again with the fillings; see ``tm.formats.fill``.

    A filling below 100 % makes its message fuzzy; a translator's comment names percent and origin. A message with
    a plural takes two fillings: the second goes into all forms but the first.
    """
    catalogue = _messages.parsed(chunks, replace(reading, problems=None))
    header, source, target = _begun(catalogue, reading)
    number = _number_of_forms(dict(_fields(catalogue.header.msgstr)) if catalogue.header else {}, target)
    writing = Writing(reading.path, source, target, header)
    supply = iter(fillings)
    units, count = [], 0
    for entry in catalogue.messages:
        unit = _unit(entry, Direction(source, target), reading.path)
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
    sound = worst.percent >= 100 and _lines_agree(texts + forms(unit.variants[0]))
    kept = [
        annotation for annotation in unit.annotations if annotation.type not in (states.STATE, "x-origin")
    ]
    comment = _note(f"{worst.percent} % {worst.origin}".strip())
    return replace(
        unit,
        variants=(unit.variants[0], _variant(target, texts)),
        annotations=(comment, *kept, *states.described("" if sound else "fuzzy")),
    )


PO = Format(
    "po",
    (".po", ".pot"),
    "gettext catalogues (PO, POT)",
    read_units=read,
    write_units=write,
    fill=fill,
    bilingual=True,
)
