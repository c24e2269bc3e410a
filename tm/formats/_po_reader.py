r"""Catalogues read: the messages of a PO file as units. ``po.py`` says what a unit holds.

In: a file's bytes. Out: its header, then units. ``begun`` makes the header and finds the languages
(``_languages``), ``unit_of`` makes a unit of a message.

>>> from tm.formats.authoring import Reading
>>> from tm.formats.demands import forms
>>> file = b'msgid "Bridge"\nmsgid_plural "Bridges"\nmsgstr[0] "Ponte"\nmsgstr[1] "Pontes"'
>>> header, unit = read(iter([file]), Reading("pt.po"))
>>> [forms(variant) for variant in unit.variants]
[['Bridge', 'Bridges'], ['Ponte', 'Pontes']]
"""

from __future__ import annotations

import itertools
import logging
import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import Direction
from tm.formats import _messages, _values, locales, states
from tm.formats._format import Header
from tm.formats.demands import PLURAL
from tm.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polib

    from tm.formats._format import Chunks, Reading
    from tm.model import Annotation, Unit, Variant

log = logging.getLogger(__name__)

# Properties of a unit.
CONTEXT = "x-msgctxt"
COMMENT = "x-po-comment"
REFERENCE = "x-po-reference"
FLAGS = "x-po-flags"
PREVIOUS = "x-po-previous-"
_PREVIOUS = ("msgctxt", "msgid", "msgid_plural")
# Properties of the header.
FIELD = "x-po:"
OBSOLETE = "x-po-obsolete"

SOURCE_FIELD = "X-Source-Language"
"""The field of the header that names the language of the ``msgid`` where that is not English."""


def read(chunks: Chunks, reading: Reading) -> Iterator[Header | Unit]:
    """Read the header, then a unit for each message that is not obsolete.

    The header names the target language, else the caller, else the file's name; else it is detected. The
    source is English unless the header or the caller names another one.
    """
    catalogue = _messages.parsed(chunks, reading)
    header, source, target = begun(catalogue, reading)
    yield header
    for entry in catalogue.messages:
        yield unit_of(entry, Direction(source, target), reading.path)


def begun(catalogue: _messages.Catalogue, reading: Reading) -> tuple[Header, str, str]:
    """The header, the source language and the target language."""
    fields = fields_of(catalogue.header.msgstr) if catalogue.header else []
    notes = [note(catalogue.header.tcomment)] if catalogue.header and catalogue.header.tcomment else []
    source, target = _languages(dict(fields), catalogue, reading)
    reading.account.declare(source)
    reading.account.declare(target.replace("und", ""))
    content = (
        *notes,
        *(property_of(FIELD + name, value) for name, value in fields),
        *(property_of(OBSOLETE, text) for text in catalogue.obsolete),
    )
    return Header((("srclang", source),), content), source, target


def fields_of(header: str) -> list[tuple[str, str]]:
    r"""The lines of the header as names and values; a line without a name continues the one before.

    >>> fields_of("Language: pt_BR\nPlural-Forms: nplurals=2;\n plural=(n > 1);\n")
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


def unit_of(entry: polib.POEntry, direction: Direction, path: str) -> Unit:
    """The unit of a message.

    >>> import polib
    >>> message = polib.POEntry(msgid="Open", flags=["fuzzy"], msgstr="Abrir")
    >>> unit = unit_of(message, Direction("en", "pt"), "pt.po")
    >>> unit.property(states.STATE), unit.place.id
    ('fuzzy', 'Open')
    """
    forms = _forms(entry)
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    source = variant_of(direction.source, sources)
    variants = (source, variant_of(direction.target, forms)) if any(forms) else (source,)
    annotations = [note(entry.tcomment)] if entry.tcomment else []
    if entry.msgctxt is not None:
        annotations.append(property_of(CONTEXT, entry.msgctxt))
    if entry.comment:
        annotations.append(property_of(COMMENT, entry.comment))
    if entry.occurrences:
        annotations.append(property_of(REFERENCE, _reference(entry.occurrences)))
    if flags := [flag for flag in entry.flags if flag and flag != "fuzzy"]:
        annotations.append(property_of(FLAGS, ", ".join(flags)))
    previous = ((kind, getattr(entry, f"previous_{kind}")) for kind in _PREVIOUS)
    annotations += [property_of(PREVIOUS + kind, text) for kind, text in previous if text is not None]
    if entry.flags and entry.fuzzy:
        annotations += states.described("fuzzy")
    id_ = f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid
    return _values.unit(variants, (), tuple(annotations), Place(path, entry.linenum or 0, 0, id_))


def variant_of(language: str, forms: list[str]) -> Variant:
    """A text with its plural forms.

    >>> variant = variant_of("fr", ["un pont", "des ponts"])
    >>> variant.segment.text, [annotation.text for annotation in variant.annotations]
    ('un pont', ['des ponts'])
    """
    further = tuple([property_of(PLURAL, form) for form in forms[1:]]) if len(forms) > 1 else ()
    return _values.variant(language, _values.segment(forms[0]), (), further)


def note(text: str) -> Annotation:
    """A note with this text."""
    return _values.annotation("note", text)


def property_of(name: str, text: str) -> Annotation:
    """A property of this name with this text."""
    return _values.annotation("prop", text, name)


def _reference(occurrences: list[tuple[str, str]]) -> str:
    return " ".join(f"{file}:{line}" if line else file for file, line in occurrences)
