"""Catalogues written: units as the messages of a PO file. ``po.py`` says what a unit holds.

In: units and the header of the file that they come from. Out: the bytes of a catalogue.

1. ``completed`` brings the header's fields up to date; ``_Writer.header`` makes an entry of them.
2. ``_Writer._entry`` makes an entry of each unit; ``_Writer.entries`` leaves out what PO cannot hold twice.
3. ``_messages.written`` gives the text of each entry.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, BinaryIO

from tm import bcp47
from tm.formats import _bilingual, _bytes, _messages, locales, plurals, states
from tm.formats._po_reader import (
    COMMENT,
    CONTEXT,
    FIELD,
    FLAGS,
    OBSOLETE,
    PREVIOUS,
    REFERENCE,
    SOURCE_FIELD,
)
from tm.formats.demands import IDENTIFIER, forms
from tm.formats.notices import Notices
from tm.model import Annotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polib

    from tm.formats._format import Writing
    from tm.model import Unit


_FIELDS = ("Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language")
_CHARSET = {"Content-Type": "text/plain; charset=UTF-8"}
_ENCODING = {"MIME-Version": "1.0", **_CHARSET, "Content-Transfer-Encoding": "8bit"}
_BATCH = 1_000
_NOT_HOLDABLE = re.compile("[\0\x04\ud800-\udfff]")


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    r"""Write a catalogue in UTF-8; return the number of messages.

    PO allows a message with the same source and context only once: the first one is written. A catalogue
    that is written again keeps such messages as they were.

    >>> from io import BytesIO
    >>> from tm.formats._format import Writing
    >>> from tm.model import Segment, Unit, Variant
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
    writer.notices.log(writing.path)
    return written


def completed(fields: dict[str, str], sides: _bilingual.Sides, forms: int) -> dict[str, str]:
    """The fields of a header, in order: those of the file that the units come from, brought up to date.

    A catalogue with plurals and no rule for them gets that of its language, or one with as many forms.

    Args:
        fields: those that are there; none = the units come from another format.
        sides: the languages of the catalogue.
        forms: the most plural forms of a message.

    >>> completed({"Language": ""}, _bilingual.Sides("en", "pt-BR"), 1)
    {'Language': 'pt_BR', 'Content-Type': 'text/plain; charset=UTF-8'}
    """
    source, target = sides.source, sides.target
    foreign = not fields
    fields = dict(fields) or dict.fromkeys(_FIELDS, "")
    if target and bcp47.canonical(target) != locales.tag(fields.get("Language", "")):
        fields["Language"] = locales.locale(target) if target != "und" else ""
        fields.pop("Plural-Forms", None)
    fields |= _ENCODING if foreign else _CHARSET
    if foreign or "Plural-Forms" in fields:
        fields["Plural-Forms"] = fields.get("Plural-Forms") or plurals.rule(target)
    elif forms > 1:
        fields["Plural-Forms"] = plurals.rule(target, forms)
    if source not in ("", "en"):
        fields[SOURCE_FIELD] = locales.locale(source)
    return fields


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
        self._fields = completed(fields, self._sides, max((_most_forms(unit) for unit in first), default=1))
        self._forms = number_of_forms(self._fields, self._sides.target)
        self.notices = Notices()

    def header(self) -> polib.POEntry:
        """The message without ``msgid``."""
        import polib

        notes = [
            annotation.text
            for annotation in self._content
            if isinstance(annotation, Annotation) and annotation.name == "note"
        ]
        return polib.POEntry(msgid="", msgstr=as_text(self._fields), tcomment=_lines("\n".join(notes)))

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
                self.notices.notice(
                    "{path}: left out {units} without source text; PO finds its messages by it", "units"
                )
                continue
            key = (entry.msgctxt, entry.msgid)
            if key not in seen or not self._foreign:
                seen[key] = entry.msgstr
                yield entry
            elif seen[key] == entry.msgstr:
                self.notices.notice("{path}: left out {units} whose message stands there already", "units")
            else:
                self.notices.notice(
                    "{path}: left out {units}; PO has one translation of a source in one context", "units"
                )

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
        text, count = holdable(text)
        if count:
            self.notices.notice("{path}: {characters} that PO cannot hold became U+FFFD", "characters", count)
        return text

    def _is_sound(self, unit: Unit, texts: list[str]) -> bool:
        """Whether gettext may use the translation; what ``msgfmt -c`` would refuse waits for a translator."""
        if unit.property(states.STATE) in states.GUESSES | states.UNREVIEWED:
            return False
        if self._foreign and not lines_agree(texts):
            self.notices.notice(
                "{path}: marked {units} fuzzy; source and target do not both begin or end with a line break",
                "units",
            )
            return False
        return True


def as_text(fields: dict[str, str]) -> str:
    r"""The fields of a header as its ``msgstr``.

    >>> as_text({"Language": "pt_BR", "X-Generator": "x"})
    'Language: pt_BR\nX-Generator: x\n'
    """
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def holdable(text: str) -> tuple[str, int]:
    r"""The text as gettext can hold it, and how many characters were replaced.

    gettext puts U+0004 between a context and its message.

    >>> holdable("a\x04b")
    ('a\ufffdb', 1)
    """
    return _NOT_HOLDABLE.subn("\ufffd", text)


def number_of_forms(fields: dict[str, str], language: str) -> int:
    """How many plural forms a catalogue has: as its header says, else as its language has.

    >>> number_of_forms({}, "pl"), number_of_forms({"Plural-Forms": "nplurals=2; plural=(n != 1);"}, "pl")
    (3, 2)
    """
    rule = fields.get("Plural-Forms") or plurals.rule(language)
    number = re.search(r"nplurals\s*=\s*(\d)", rule)
    return int(number[1]) if number else 2


def _most_forms(unit: Unit) -> int:
    return max(len(forms(variant)) for variant in unit.variants)


def lines_agree(texts: list[str]) -> bool:
    r"""Whether all texts begin and end with a line break or none does, as ``msgfmt -c`` demands.

    >>> lines_agree(["Oui\n", "Sim\n"]), lines_agree(["Oui\n", "Sim"])
    (True, False)
    """
    return len({(text[:1] == "\n", text[-1:] == "\n") for text in texts if text}) < 2


def _context(properties: dict[str, str]) -> str | None:
    """The message's ``msgctxt``, or what another format has in its place."""
    return next(
        (properties[name] for name in (CONTEXT, IDENTIFIER, "x-context", "x-id") if name in properties),
        None,
    )


def _lines(comment: str) -> str:
    """A comment with the line ends of PO."""
    return comment.replace("\r\n", "\n").replace("\r", "\n")
