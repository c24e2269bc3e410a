r"""Translations put into a catalogue (PO): only the lines of the messages that are filled change.

In: a catalogue's bytes and the fillings. Out: the catalogue with them.

1. ``fill`` reads the messages and decides what each one becomes (``_texts``).
2. ``_Lines`` finds the lines of a message and replaces its flags and its ``msgstr``.
3. ``_Lines.head`` brings the header up to date where it lacks the language or the rule of the plurals.

A catalogue in which nothing is filled comes out byte for byte.

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

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from tm.direction import Direction
from tm.formats import _bytes, _messages
from tm.formats._bilingual import Sides
from tm.formats._po_reader import begun, fields_of, unit_of
from tm.formats._po_writer import as_text, completed, holdable, lines_agree, number_of_forms
from tm.formats.demands import forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polib

    from tm.formats._format import Chunks, Filling, Reading

_FLAG_LINE = re.compile(r"\s*#[,=]")


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the catalogue again with the fillings; see ``tm.formats.fill``.

    A filling below 100 % makes its message fuzzy; a translator's comment names percent and origin. A message
    with a plural takes two fillings: the second goes into all forms but the first, which makes it fuzzy where
    there are several.
    """
    file = _messages.decoded(chunks, reading)
    catalogue = _messages.parsed_text(file.text, replace(reading, problems=None))
    _, source, target = begun(catalogue, reading)
    fields = dict(fields_of(catalogue.header.msgstr)) if catalogue.header else {}
    sides = Sides(source, target)
    number = number_of_forms(fields, target)
    lines = _Lines(file.text)
    supply, count, most = iter(fillings), 0, 1
    for entry in catalogue.messages:
        unit = unit_of(entry, Direction(source, target), reading.path)
        sources = forms(unit.variants[0])
        given = [next(supply, None) for _ in sources]
        present = forms(unit.variants[1]) if len(unit.variants) > 1 else [""]
        texts = _texts(given, present, number)
        found = [filling for filling in given if filling]
        if found and all(texts):
            guessed = len(texts) > len(given) > 1 and given[1] is not None
            lines.fill(entry, texts, found, sound=lines_agree(texts + sources) and not guessed)
            count += len(found)
            most = max(most, len(texts))
    if count:
        lines.head(catalogue.header, fields, completed(fields, sides, most), file.encoding)
    stream.write(file.mark + lines.encoded(file.encoding) if count else file.data)
    return count


def _texts(given: list[Filling | None], present: list[str], number: int) -> list[str]:
    """The texts of all forms, given or there before; an empty one where there is neither.

    >>> from tm.formats._format import Filling
    >>> from tm.model import Segment
    >>> bridges = Filling(Segment("pontes"), 100)
    >>> _texts([None, bridges], ["ponte", ""], 3)
    ['ponte', 'pontes', 'pontes']
    """
    texts = [holdable(filling.target.text)[0] if filling else "" for filling in given]
    if len(texts) == 1 or number == 1:
        return texts[-1:]
    further = texts[1:] * (number - 1) if texts[1] else present[1:] or [""]
    return [texts[0] or present[0], *further]


class _Lines:
    """The lines of a catalogue with their own ends; those of a message can be replaced."""

    def __init__(self, text: str) -> None:
        self._lines: list[str] = _bytes.LINE.findall(text)
        self._end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
        self._utf8 = False

    def fill(self, entry: polib.POEntry, texts: list[str], found: list[Filling], *, sound: bool) -> None:
        """Put the forms of a translation into a message, and say where they come from."""
        import polib

        worst = min(found, key=lambda filling: filling.percent)
        remark = ", ".join((f"{worst.percent} % {worst.origin}".strip(), *worst.remarks))
        written = polib.POEntry(msgid="_", msgid_plural="_" if entry.msgid_plural else "")
        if entry.msgid_plural:
            written.msgstr_plural = dict(enumerate(texts))
        else:
            written.msgstr = texts[0]
        first, body, strings, end = self._extent(entry.linenum or 1)
        comments = self._flagged(first, body, fuzzy=not (sound and worst.percent >= 100))
        self._put(first, [*self._ended([f"# {remark}"]), *comments], body)
        self._put(strings, self._ended(_strings_of(written)), end)

    def head(
        self, header: polib.POEntry | None, fields: dict[str, str], new: dict[str, str], encoding: str
    ) -> None:
        """Bring the header to its new fields, where they differ in more than the encoding."""
        import polib

        self._utf8 = "charset=CHARSET" in fields.get("Content-Type", "") or not self._fits(encoding)
        if not self._utf8 and fields.get("Content-Type"):
            new = new | {"Content-Type": fields["Content-Type"]}
        if header is None:
            self._lines[:0] = self._ended(
                _messages.written(polib.POEntry(msgid="", msgstr=as_text(new))).split("\n")
            )
        elif new != fields:
            _, _, strings, end = self._extent(header.linenum or 1)
            self._put(strings, self._ended(_strings_of(polib.POEntry(msgid="", msgstr=as_text(new)))), end)

    def encoded(self, encoding: str) -> bytes:
        """The file, in its own encoding where that has all characters."""
        return "".join(self._lines).encode("utf-8" if self._utf8 else encoding)

    def _fits(self, encoding: str) -> bool:
        try:
            self.encoded(encoding)
        except UnicodeEncodeError:
            return False
        return True

    def _extent(self, line: int) -> tuple[int, int, int, int]:
        """Where a message stands: its comments, what is no comment, its ``msgstr``, and the line behind it.

        Args:
            line: 1-based, of its ``msgid``.
        """
        number = line - 1
        body = number
        while body and self._begins(body - 1, '"'):
            body -= 1
        body = body - 1 if body and self._begins(body - 1, "msgctxt") else number
        first = body
        while first and self._begins(first - 1, "#") and not self._begins(first - 1, "#~"):
            first -= 1
        strings = next(at for at in itertools.count(number) if self._begins(at, "msgstr"))
        end = strings + 1
        while end < len(self._lines) and self._begins(end, "msgstr", '"'):
            end += 1
        return first, body, strings, end

    def _begins(self, number: int, *starts: str) -> bool:
        return self._lines[number].lstrip().startswith(starts)

    def _flagged(self, first: int, body: int, *, fuzzy: bool) -> list[str]:
        """The comments of a message, with the flag ``fuzzy`` or without."""
        comments = self._lines[first:body]
        at = next((number for number, line in enumerate(comments) if _FLAG_LINE.match(line)), None)
        if at is None:
            before = next((number for number, line in enumerate(comments) if line.startswith("#|")), None)
            return _inserted(comments, before, self._ended(["#, fuzzy"])) if fuzzy else comments
        flags = [flag.strip() for flag in re.split("[,=]", comments[at].strip()[1:]) if flag.strip()]
        if ("fuzzy" in flags) != fuzzy:
            flags = ["fuzzy", *flags] if fuzzy else [flag for flag in flags if flag != "fuzzy"]
            comments[at : at + 1] = self._ended([f"#, {', '.join(flags)}"]) if flags else []
        return comments

    def _ended(self, lines: list[str]) -> list[str]:
        return [line + self._end for line in lines]

    def _put(self, start: int, lines: list[str], end: int) -> None:
        """Put lines in the place of others; the number of list items stays, so that places stay right."""
        last = end == len(self._lines) and not self._lines[-1].endswith(self._end)
        text = "".join(lines)
        if start == end:
            self._lines[start] = text + self._lines[start]
            return
        self._lines[start:end] = [text.removesuffix(self._end) if last else text, *[""] * (end - start - 1)]


def _inserted(lines: list[str], before: int | None, new: list[str]) -> list[str]:
    at = len(lines) if before is None else before
    return [*lines[:at], *new, *lines[at:]]


def _strings_of(entry: polib.POEntry) -> list[str]:
    """The lines from ``msgstr`` on of a message as it is written."""
    lines = _messages.written(entry).rstrip("\n").split("\n")
    return list(itertools.dropwhile(lambda line: not line.startswith("msgstr"), lines))
