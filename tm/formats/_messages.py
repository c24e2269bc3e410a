r"""The messages of a catalogue (PO) as polib's entries, and entries as text.

In: a file's bytes. Out: a ``Catalogue``.

1. ``decoded`` finds the encoding; ``_Lines.checked`` looks at each line before polib sees it: ``_line``
   corrects or refuses it, ``_take_out`` removes obsolete messages, which are kept as they stand. Plain messages
   become entries at once (``_po_plain``).
2. ``_entries`` gives the lines to polib (``_parsed``); after a fault it tries again without that message.
3. ``parsed`` parts the entries into header, messages and obsolete ones.

polib alone would not do: it loses text in silence (a string without its end, parts of obsolete messages), and
refuses what gettext accepts (``#,fuzzy``).

>>> from tm.formats._format import Reading
>>> file = b'msgid "Oui"\nmsgstr "Sim"\n\n#~ msgid "Non"\n#~ msgstr ""\n'
>>> catalogue = parsed(iter([file]), Reading("a.po"))
>>> [(entry.msgid, entry.msgstr, entry.linenum) for entry in catalogue.messages], len(catalogue.obsolete)
([('Oui', 'Sim', 1)], 1)
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from tm.errors import FormatError
from tm.formats import _bytes, _encodings
from tm.formats._format import MAX_CHARACTERS
from tm.formats._po_plain import PLAIN, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polib

    from tm.formats._format import Chunks, Reading

_CHARSET = re.compile(rb'^(?:msgstr\s*)?"[^\n]*?charset=([\w.:+-]+)', re.MULTILINE)
_STATEMENT = re.compile(
    r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\s*\[\s*\d\s*\])?)\s*)?("(?:[^"\\]++|\\.)*+")\s*$'
)
_KEYWORD = re.compile(r"msg(?:ctxt|id_plural|id|str(?:\s*\[\s*\d\s*\])?)")
_FOLLOWING = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[n]",),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[n]": ("msgstr[n]", "msgctxt", "msgid"),
}
"""The keywords that may follow a keyword."""
_COMMENT = re.compile(r"#([.:,=]?)(.*)")
_RARE_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(a|x[0-7][0-9a-fA-F]|[01]?[0-7]{1,2})")
_MAX_FAULTS = 100
"""The most faults that polib may find in one file; it reads the file anew after each.

``_Lines`` finds nearly all faults before, in one go.
"""
_PLACE = re.compile(r"\(line (\d+)\)(?:: (.*))?")


class Catalogue(NamedTuple):
    """A file of messages.

    Attributes:
        header: the message without ``msgid``, None when there is none.
        messages: the others; their ``linenum`` is the line of ``msgid``.
        obsolete: obsolete messages, each as its lines; also comments that no message follows, and messages
            without ``msgid``.
    """

    header: polib.POEntry | None
    messages: list[polib.POEntry]
    obsolete: list[str]


def parsed(chunks: Chunks, reading: Reading) -> Catalogue:
    """The messages of a file.

    Raises:
        FormatError: the first fault. When ``reading.problems`` is a list, faults go there, and their messages
            are left out.
    """
    return parsed_text(decoded(chunks, reading).text, reading)


def parsed_text(text: str, reading: Reading) -> Catalogue:
    r"""The messages of a file that ``decoded`` gave; errors are those of ``parsed``.

    >>> from tm.formats._format import Reading
    >>> parsed_text('msgid ""\r\nmsgstr ""\r\n', Reading("a.po")).header.linenum
    1
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise reading.error("the file is empty; messages were expected", 1, 1)
    lines, obsolete, plain = _Lines(text, reading).checked()
    entries = _entries(lines, reading)
    live = [entry for entry in entries if entry.msgid and not entry.obsolete]
    rest = [entry for entry in entries if not entry.msgid or entry.obsolete]
    header = next((entry for entry in rest if not (entry.obsolete or entry.msgctxt)), None)
    for entry in (*live, *([header] if header else [])):
        entry.linenum = _line_of_msgid(lines, entry.linenum or 1)
    if plain:
        live = sorted([*live, *plain], key=lambda entry: entry.linenum or 0)
    obsolete += [
        written(entry) if entry.obsolete or entry.msgctxt else _commented(written(entry))
        for entry in rest
        if entry is not header
    ]
    return Catalogue(header, live, obsolete)


def _line_of_msgid(lines: list[str], line: int) -> int:
    """The line, 1-based, of the first ``msgid`` at or after a line; polib gives that of the first comment."""
    number = max(line - 1, 0)
    while number < len(lines):
        if lines[number].startswith("msgid "):
            return number + 1
        number += 1
    return line


def written(entry: polib.POEntry) -> str:
    r"""A message as its lines. Long lines are not wrapped, so that comments stay as they are.

    A comment that ends with ``\`` gets a space at its end: gettext would take the next line for a part of it.

    >>> import polib
    >>> written(polib.POEntry(msgid="Oui", msgstr="Sim", comment="C:\\")).splitlines()
    ['#. C:\\ ', 'msgid "Oui"', 'msgstr "Sim"']
    """
    return re.sub(r"^#.*\\$", r"\g<0> ", entry.__unicode__(wrapwidth=0), flags=re.MULTILINE)


def _commented(message: str) -> str:
    """The lines of a second header as comments; gettext refuses it, even as an obsolete message.

    >>> print(_commented('msgid ""'))
    # msgid ""
    """
    return re.sub(r"^(?=[^#\n])", "# ", message, flags=re.MULTILINE)


# ------------------------------------------------------------------------------------------------- encoding


def decoded(chunks: Chunks, reading: Reading) -> _bytes.TextFile:
    r"""A file whose text has its own line ends.

    >>> from tm.formats._format import Reading
    >>> file = decoded(iter(["\ufeff# ação\r\n".encode()]), Reading("a.po"))
    >>> file.text, file.encoding, file.mark
    ('# ação\r\n', 'utf-8', b'\xef\xbb\xbf')
    """
    return _bytes.TextFile.read(chunks, reading, _encoding)


def _encoding(data: bytes, reading: Reading) -> tuple[str, int]:
    """The caller decides, then the byte order mark, then the header; else as for any text."""
    marked, _ = _encodings.unicode_signature(data)
    declared = _CHARSET.search(data)
    if marked or reading.encoding or declared is None or declared[1] == b"CHARSET":
        return _encodings.text_encoding(data, reading)
    return _encodings.declared_encoding(declared[1], data, reading), 0


# ------------------------------------------------------------------------------------------------- lines


class _Lines:
    """The lines of a file as polib must get them; their number stays, so that its line numbers are right."""

    def __init__(self, text: str, reading: Reading) -> None:
        self._reading = reading
        self._lines = text.split("\n")
        self._obsolete: list[str] = []
        self._plain_ones: list[polib.POEntry] = []
        self._last, self._last_line = "", 0

    def checked(self) -> tuple[list[str], list[str], list[polib.POEntry]]:
        """The lines, and the obsolete and the plain messages taken out of them."""
        last, blocks = 0, self._blocks()
        awaited = True  # polib gives comments at the beginning to the header, those that stand alone to the next message
        for start, end in blocks:
            try:
                if self._last in ("", "msgstr", "msgstr[n]") and (plain := self._plain(start, end)):
                    self._last = "msgstr[n]" if plain["plural"] else "msgstr"
                    self._last_line = last = end
                    if not awaited and (entry := entry_of(plain, start + 1)):
                        self._plain_ones.append(entry)
                        self._lines[start:end] = [""] * (end - start)
                    awaited = False
                elif self._is_obsolete(start, end):
                    self._take_out(start, end)
                else:
                    self._lines[start:end] = [self._line(number) for number in range(start, end)]
                    awaited = all(line.startswith("#") for line in self._lines[start:end])
                    last = last if awaited else end
            except FormatError as fault:
                self._leave_out(start, end, fault)
        for start, end in blocks:
            if start >= last and any(self._lines[start:end]):
                self._take_out(start, end)
        if self._last and not self._last.startswith("msgstr"):
            early = self._reading.error("a message without msgstr; the file ends early", self._last_line, 1)
            self._leave_out(*self._block(self._last_line - 1), early)
        return self._lines, self._obsolete, self._plain_ones

    def _plain(self, start: int, end: int) -> re.Match[str] | None:
        """The lines matched, where they are a message that polib gets as it stands."""
        block = "\n".join(self._lines[start:end]) + "\n"
        return PLAIN.fullmatch(block) if len(block) < MAX_CHARACTERS else None

    def _blocks(self) -> list[tuple[int, int]]:
        """The messages: runs of lines between blank lines, parted where a message begins right behind another one.

        Returns:
            The first line of each and the one behind the last, from 0.
        """
        runs, start = list[tuple[int, int]](), 0
        is_whole = (
            False  # has its msgstr, so that what is neither a string nor a further form begins another one
        )
        for number, line in enumerate(self._lines):
            if not line or line.isspace():
                if start < number:
                    runs.append((start, number))
                start, is_whole = number + 1, False
            elif line[0] not in "#m":
                continue
            elif line.startswith("msgstr"):
                is_whole = True
            elif is_whole and not line.startswith("msgid_plural"):
                runs.append((start, number))
                start, is_whole = number, False
        return [*runs, (start, len(self._lines))] if start < len(self._lines) else runs

    def _block(self, number: int) -> tuple[int, int]:
        return next((start, end) for start, end in self._blocks() if start <= number < end)

    def _is_obsolete(self, start: int, end: int) -> bool:
        lines = [line.lstrip() for line in self._lines[start:end]]
        return all(line.startswith("#") for line in lines) and any(line.startswith("#~") for line in lines)

    def _take_out(self, start: int, end: int) -> None:
        self._obsolete.append("\n".join(self._lines[start:end]) + "\n")
        self._lines[start:end] = [""] * (end - start)

    def _leave_out(self, start: int, end: int, fault: FormatError) -> None:
        if self._reading.problems is None:
            raise fault
        self._reading.problems.append(fault)
        self._lines[start:end] = [""] * (end - start)
        self._last, self._last_line = "", 0

    def _line(self, number: int) -> str:
        line = self._lines[number].strip()
        for prefix in ("#~|", "#|", "#~"):
            if line.startswith(prefix):
                return f"{prefix} {self._statement(line.removeprefix(prefix).strip(), number)}"
        if comment := _COMMENT.match(line):
            if self._last == "msgstr[n]":
                self._last = "msgstr"  # polib takes a form behind it for another message, and loses it
            kind, text = comment.groups()
            kind = "," if kind == "=" else kind
            return f"#{kind}{text}" if text.startswith(" ") or not text else f"#{kind} {text}"
        if line.startswith("domain "):  # only GNU msgfmt knows it
            return f"# {line}"
        statement = self._statement(line, number)
        keyword = re.sub(r"\[\d\]", "[n]", statement.partition(" ")[0]) if statement.startswith("msg") else ""
        if keyword not in _FOLLOWING[self._last] and (keyword or not self._last):
            expected = " or ".join(_FOLLOWING[self._last])
            raise self._reading.error(
                f"{keyword or 'a string'} at a wrong place; expected {expected}",
                number + 1,
                self._lines[number].find(line) + 1,
            )
        if keyword:
            self._last, self._last_line = keyword, number + 1
        return statement

    def _statement(self, text: str, number: int) -> str:
        if len(text) > MAX_CHARACTERS:
            raise self._reading.error(f"a text of more than {MAX_CHARACTERS} characters", number + 1)
        if _KEYWORD.fullmatch(text) and self._is_string(number + 1):
            text = f'{text} ""'
        match = _STATEMENT.match(text) or _STATEMENT.match(_as_one_string(text))
        if match is None:
            at = self._lines[number].find(text) + 1
            raise self._reading.error(_what_is_wrong(text), number + 1, at)
        keyword, string = match.groups()
        string = _RARE_ESCAPE.sub(_character, string)
        return f"{''.join(keyword.split())} {string}" if keyword else string

    def _is_string(self, number: int) -> bool:
        """Whether a line is a string alone, of a live, an obsolete or a previous message."""
        return number < len(self._lines) and bool(
            re.match(r'(?:#~\||#\||#~)?\s*"', self._lines[number].lstrip())
        )


def _as_one_string(text: str) -> str:
    r"""A line whose strings follow each other as gettext takes them: as one.

    >>> _as_one_string(r'msgid "a \" " "b"'), _as_one_string('msgid "a" b')
    ('msgid "a \\" b"', 'msgid "a" b')
    """
    before, quote, strings = text.partition('"')
    parts = re.fullmatch(r'(?:"(?:[^"\\]++|\\.)*+"\s*+)++', quote + strings)
    if parts is None:
        return text
    inner = re.findall(r'"((?:[^"\\]++|\\.)*+)"', parts[0])
    return f'{before}"{"".join(inner)}"'


def _what_is_wrong(text: str) -> str:
    if '"' not in text:
        return f"{text[:40]!r} is no line of PO; expected msgctxt, msgid, msgid_plural or msgstr, a string or a comment"
    if re.search(r'"(?:[^"\\]++|\\.)*+$', re.sub(r'"(?:[^"\\]++|\\.)*+"', "", text)):
        return 'the string has no end; expected a " at the end of the line'
    if re.match(r'\s*(?:msg(?:ctxt|id|id_plural|str(?:\[\d+\])?)\s*)?"', text):
        return 'text after the end of the string; a " inside it is written \\"'
    return (
        f"unknown keyword {text.split(maxsplit=1)[0][:40]!r}; expected msgctxt, msgid, msgid_plural or msgstr"
    )


def _character(escape: re.Match[str]) -> str:
    r"""An escape that gettext has and polib does not: ``\a``, ``\x07``, ``\007``."""
    before, code = escape.groups()
    if code == "a":
        return f"{before}\a"
    character = chr(int(code[1:], 16) if code.startswith("x") else int(code, 8))
    return before + (f"\\{character}" if character in '\\"' else character)


# ------------------------------------------------------------------------------------------------- polib


class _Text(str):
    r"""A text whose lines end only at ``\n``: polib also takes U+2028 inside a string for a line's end."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: ARG002, FBT001, FBT002 - str's own
        """The lines without their ends."""
        return self.split("\n")


def _entries(lines: list[str], reading: Reading) -> list[polib.POEntry]:
    for _ in range(_MAX_FAULTS):
        try:
            return _parsed(lines)
        except OSError as error:
            place = _PLACE.search(str(error))
            line = int(place[1]) if place else 1
            what = (place[2] if place else None) or "this line does not follow from the one before"
            reading.fault(
                f"{what}; a message is comments, msgctxt, msgid, msgid_plural and msgstr in this order",
                line,
                1,
            )
            for number in _message_around(lines, line - 1):
                lines[number] = ""
    raise reading.error(f"more than {_MAX_FAULTS} faults")


def _message_around(lines: list[str], number: int) -> Iterator[int]:
    """The numbers of the lines around a line, up to blank lines."""
    start = number
    while start and lines[start - 1]:
        start -= 1
    while start < len(lines) and (lines[start] or start <= number):
        yield start
        start += 1


@functools.cache
def _with_header() -> type[polib.POFile]:
    import polib

    class WithHeader(polib.POFile):
        """A file whose header stays among its entries; polib takes it out and keeps only a part of it."""

        def find(self, *_: object, **__: object) -> None:
            """Find no header, so that polib does not take it out."""

    return WithHeader


def _parsed(lines: list[str]) -> list[polib.POEntry]:
    import polib

    catalogue = polib.pofile(_Text("\n".join(lines)), encoding="utf-8", klass=_with_header())
    entries = list(catalogue)
    if catalogue.header and entries:
        entries[0].tcomment = "\n".join(filter(None, (catalogue.header, entries[0].tcomment)))
    return entries
