"""XML read safely with expat, and written strictly.

In: a file's bytes. Out: the calls of a reader's handlers.

1. ``utf8`` finds the encoding (``_encoding``) and gives the bytes as UTF-8, so that reading can go on in the
   middle of the file after a fault.
2. ``Source.parse`` gives them to expat piece by piece (``_fed``), or to a ``Shortcut``
   (``_parse_between_shortcuts``).
3. After a fault (``_what_expat_found`` says what expat found) ``_resumed`` looks for the next unit, and a new
   parser goes on there, as ``Resumption`` says.
4. ``Escaper`` makes texts and attributes fit for XML when a file is written.

Nothing is ever fetched. A DOCTYPE is normal; small internal entities are expanded, external ones are refused.

>>> from tm.formats.authoring import Reading
>>> texts = []
>>> def connect(parser):
...     parser.CharacterDataHandler = texts.append
>>> for _ in Source(Reading("a.xml"), connect).parse(iter([b"<a>d&amp;eacute;", b"j&#224;</a>"])):
...     pass
>>> "".join(texts)
'd&eacute;jà'
"""

from __future__ import annotations

import functools
import itertools
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from tm.errors import FormatError
from tm.formats import _bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tm.formats._format import Chunks, Reading
    from tm.model import Attributes

MAX_ENTITY = 1_000
"""Characters that one entity may stand for, those inside it expanded; expat itself limits the sum to 100 times the file."""
MAX_DEPTH = 100
MAX_ATTRIBUTES = 200

log = logging.getLogger(__name__)

_DECLARATION = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_REFERENCE = re.compile(r"&([^\s#;&]+);")


_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+FFFE and U+FFFF, well-formed in UTF-8 and not allowed in XML."""


@dataclass(frozen=True, slots=True)
class Resumption:
    """How to go on after a fault.

    Attributes:
        unit: finds the start tag of the next unit.
        prologue: gives the tags that open what must be open before it.
        longest: bytes that ``unit`` can match.
    """

    unit: re.Pattern[bytes]
    prologue: Callable[[], str]
    longest: int = 64


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A way past expat for units so plain that one expression reads them; not taken in a piece with U+FFFE or U+FFFF.

    Attributes:
        end: the end tag of a unit.
        take: reads plain units that follow each other in a piece, from an offset on, which is in that line
            of the file; gives the offset of what is left, and its line.
    """

    end: bytes
    take: Callable[[bytes, int, int], tuple[int, int]]


class Source:
    """An XML file on its way through expat.

    Attributes:
        reading: the options.
        parser: the expat parser at work; another one after each fault that was gone past.
        units: how many were read; a reader counts them here, for the message about a file cut off.
    """

    def __init__(self, reading: Reading, connect: Callable[[expat.XMLParserType], None]) -> None:
        """Nothing is read yet; ``connect`` sets the handlers on a new parser and forgets what was half-read."""
        self.reading = reading
        self.units = 0
        self._connect = connect
        self._shortcut: Shortcut | None = None
        self._entities: dict[str, int] = {}
        self._lines = 0  # in the pieces done with
        self._start(b"")

    @property
    def line(self) -> int:
        """Where the parser stands, 1-based."""
        return self.parser.CurrentLineNumber + self._lines_before

    @property
    def place(self) -> tuple[int, int]:
        """Likewise with the column, 1-based."""
        return self._place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)

    def error(self, what: str) -> FormatError:
        """A fault at the parser's place, for a handler to raise."""
        self._fault_at = self.parser.CurrentByteIndex
        return self.reading.error(what, *self.place)

    def unit_ended(self) -> None:
        """For a reader with a shortcut to call at the end tag of a unit, which it counts."""
        self.units += 1
        parser = self.parser
        self._end_tag = (parser.CurrentByteIndex, parser.CurrentLineNumber, parser.CurrentColumnNumber)

    def _place(self, line: int, column: int) -> tuple[int, int]:
        """The line and column of the file, 1-based, for those that the parser knows."""
        shift = self._columns_before if line == self._shifted_line else 0
        return line + self._lines_before, column + shift + 1

    def parse(
        self, chunks: Chunks, resumption: Resumption | None = None, shortcut: Shortcut | None = None
    ) -> Iterator[None]:
        """Run the handlers over the file; yields after every piece, so that a reader can hand out what it has.

        Raises:
            FormatError: the first fault; with a list of problems it goes there, and reading goes on at the
                next unit if it can.
        """
        self._shortcut = shortcut
        pieces = utf8(chunks, self.reading)
        first = next(pieces, b"")
        if not first:
            raise self.reading.error("the file is empty", 1, 1)
        held, seeking = b"", False
        for piece in itertools.chain([first], pieces):
            rest, held = held + piece, b""
            while rest:
                if seeking and resumption:
                    rest, held = self._found(rest, resumption)
                    seeking = not rest
                elif fault := self._fed(rest):
                    yield
                    self._note(fault)
                    if resumption is None:
                        return
                    at = self._fault_at - self._bytes_before
                    # Expat stands behind an empty element when it tells of its end; else the fault itself is gone past.
                    at += not (at > 1 and rest[at - 2 : at] == b"/>")
                    rest, seeking = self._dropped(rest, at), True
                else:
                    break
            yield
        if not seeking and (fault := self._fed(b"", final=True)):
            self._note(fault)
        yield

    def _start(self, prologue: bytes) -> None:
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = _bytes.CHUNK
        parser.ordered_attributes = True
        parser.EntityDeclHandler = self._entity_declared
        parser.ExternalEntityRefHandler = self._external_entity
        parser.SkippedEntityHandler = self._skipped_entity
        self._connect(parser)
        # What the parser did not see: a byte of the piece at hand is its number in the parser less ``_bytes_before``.
        self._lines_before = self._lines
        self._bytes_before = len(prologue)
        self._columns_before = self._shifted_line = 0
        self._fault_at = 0
        self._end_tag = (-1, 0, 0)
        parser.Parse(prologue)

    def _fed(self, piece: bytes, *, final: bool = False) -> FormatError | None:
        """Give the parser a piece, or to the shortcut what that can take; the fault found in it, if any."""
        try:
            if self._shortcut and not final and not any(character in piece for character in _NONCHARACTERS):
                lines = self._parse_between_shortcuts(piece, self._shortcut)
            else:
                self.parser.Parse(piece, final)
                lines = piece.count(b"\n")
        except expat.ExpatError as error:
            self._fault_at = self.parser.ErrorByteIndex
            place = self._place(self.parser.ErrorLineNumber, self.parser.ErrorColumnNumber)
            what = self._told(error.code, piece)
            fault = self.reading.error(
                f"{what}; {self.units} units were read before" if final else what, *place
            )
            fault.__cause__ = error
            return fault
        except FormatError as error:
            return error
        self._bytes_before += len(piece)
        self._lines += lines
        return None

    def _parse_between_shortcuts(self, piece: bytes, shortcut: Shortcut) -> int:
        """The parser goes to the end of a unit; from there on the shortcut may be taken. How many lines end in the piece."""
        start, length, lines = 0, len(shortcut.end), 0
        while start < len(piece):
            tag = piece.find(shortcut.end, start)
            end = tag + length if tag >= 0 else len(piece)
            self.parser.Parse(piece[start:end])
            lines += piece.count(b"\n", start, end)
            start = end
            # The end tag that was found may stand in a comment: the parser knows whether it was one.
            if self._end_tag[0] - self._bytes_before == tag >= 0:
                line = self._end_tag[1] + self._lines_before
                start, line_behind = shortcut.take(piece, end, line)
                if start > end:
                    self._pass_over(piece[end:start], line_behind - line, length)
                    lines += line_behind - line
        return lines

    def _pass_over(self, taken: bytes, lines: int, length: int) -> None:
        """Know where in the file the parser stands, behind an end tag of this length, when these bytes are kept from it."""
        last = len(taken[taken.rfind(b"\n") + 1 :].decode())
        _, line, column = self._end_tag
        if lines:
            self._columns_before = last - column - length
        else:
            self._columns_before = last + (self._columns_before if line == self._shifted_line else 0)
        self._shifted_line = line
        self._lines_before += lines
        self._bytes_before -= len(taken)

    def _note(self, fault: FormatError) -> None:
        if self.reading.problems is None:
            raise fault
        self.reading.problems.append(fault)

    def _dropped(self, piece: bytes, count: int) -> bytes:
        """The piece without its first bytes, whose lines are counted."""
        self._lines += piece.count(b"\n", 0, max(0, count))
        return piece[max(0, count) :]

    def _found(self, piece: bytes, resumption: Resumption) -> tuple[bytes, bytes]:
        """The piece from the next unit on, for a new parser; or else what must be held back: the start of a tag cut in two."""
        if match := resumption.unit.search(piece):
            rest = self._dropped(piece, match.start())
            self._start(resumption.prologue().encode())
            return rest, b""
        return b"", self._dropped(piece, len(piece) - resumption.longest)

    def _told(self, code: int, piece: bytes) -> str:
        """What expat found wrong, and the likely reason."""
        at = max(0, self._fault_at - self._bytes_before)
        before, at_fault = piece[max(0, at - 40) : at], piece[at : at + 40].decode("utf-8", "surrogateescape")
        what = expat.ErrorString(code) or f"error {code}"
        if what == "undefined entity":
            return f"the entity {at_fault.split(';')[0]}; is not defined; write the character itself"
        if "invalid token" not in what:
            return f"not well-formed XML: {what}"
        if re.search(rb"&[^;\s<]*$", before):
            return "not well-formed XML: a bare &; write &amp;"
        if before.endswith(b"<"):
            return "not well-formed XML: a bare <; write &lt;"
        if "\udc80" <= at_fault[:1] <= "\udcff":
            wrong = ord(at_fault[0]) - 0xDC00
            return f"byte 0x{wrong:02X} is not UTF-8; if the file is in another encoding, declare it or say --encoding NAME"
        if _FORBIDDEN.match(at_fault):
            return f"XML does not allow the character U+{ord(at_fault[0]):04X}; take it out"
        return what

    # Entities. ``&eacute;`` of a DTD that is not read would vanish from the text; so what cannot be expanded is a fault.

    def _entity_declared(self, name: str, is_parameter: bool, value: str | None, *_: str | None) -> None:  # noqa: FBT001
        if is_parameter or value is None:
            return
        inside = sum(self._entities.get(entity, 0) for entity in _REFERENCE.findall(value))
        self._entities.setdefault(name, len(value) + inside)
        if len(value) + inside > MAX_ENTITY:
            raise self.error(
                f"the entity &{name}; stands for more than {MAX_ENTITY} characters; write the text itself"
            )

    def _external_entity(self, context: str | None, *_: str | None) -> int:
        raise self.error(
            f"the entity &{context}; is in another file, which is never fetched; write its text here"
        )

    def _skipped_entity(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001
        if not is_parameter:
            raise self.error(
                f"the entity &{name}; is not defined in this file, and a DTD is never fetched; write the character itself"
            )


def utf8(chunks: Chunks, reading: Reading) -> Iterator[bytes]:
    """An XML file's bytes as UTF-8, without byte order mark.

    Raises:
        FormatError: an encoding that does not exist, bytes that it does not have.
    """
    start, rest = _bytes.at_least(1 << 18, chunks)
    encoding, mark = _encoding(start, reading)
    pieces = filter(None, itertools.chain([start[mark:]], rest))
    if encoding in ("utf-8", "ascii"):
        return pieces
    return (text.encode("utf-8") for text in _bytes.decoded(pieces, encoding, reading))


def _encoding(start: bytes, reading: Reading) -> tuple[str, int]:
    """By the caller's word, the byte order mark, the pattern of UTF-16, the declaration; else UTF-8."""
    marked, mark = _bytes.unicode_signature(start)
    if reading.encoding:
        return _bytes.known_encoding(reading.encoding, reading), mark
    declaration = _DECLARATION.match(start)
    if marked or declaration is None:
        return marked or "utf-8", mark
    declared = _bytes.known_encoding(declaration[1].decode("ascii"), reading)
    if declared.startswith(("utf-16", "utf-32")):
        return "utf-8", 0  # the declaration itself was read byte by byte
    if declared not in ("utf-8", "ascii") and _bytes.looks_like_utf8(start):
        log.warning("%s: declares %s but is UTF-8; read as UTF-8", reading.path, declared)
        return "utf-8", 0
    return declared, 0


def pairs(attributes: list[str]) -> Attributes:
    """Expat's flat list of names and values as pairs.

    >>> pairs(["a", "1", "b", "2"])
    (('a', '1'), ('b', '2'))
    """
    return tuple(zip(attributes[::2], attributes[1::2], strict=True))


# ------------------------------------------------------------------------------------------------- writing

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_START = r"A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
_NAME = re.compile(rf"(?:(?:xml|xmlns):)?[{_START}][{_START}\-.\d\xb7\u0300-\u036f\u203f\u2040]*")


@functools.cache
def _name(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    changed = re.sub(rf"[^{_START}\-.\d]", ".", name)
    return changed if _NAME.fullmatch(changed) else f"_{changed}"


class Escaper:
    """Makes text fit for XML; characters that XML cannot hold at all become U+FFFD and are counted.

    >>> Escaper().text("R&D <b>")
    'R&amp;D &lt;b&gt;'
    >>> Escaper().attributes((("type", 'x"y'),))
    ' type="x&quot;y"'
    """

    def __init__(self) -> None:
        """Nothing replaced yet."""
        self.replaced = 0

    def text(self, text: str) -> str:
        """As the content of an element; a carriage return is kept too."""
        if not text.isprintable():  # a quick test that most segments pass; what XML cannot hold never does
            text, count = _FORBIDDEN.subn("\ufffd", text)
            self.replaced += count
            text = text.replace("&", "&amp;").replace("\r", "&#13;")
        elif "&" in text:
            text = text.replace("&", "&amp;")
        if "<" in text or ">" in text:
            text = text.replace("<", "&lt;").replace(">", "&gt;")
        return text

    def attributes(self, attributes: Attributes) -> str:
        """As they stand in a start tag, each with a space before it.

        Of two with one name the last counts; a name that XML does not allow, or whose prefix is declared
        elsewhere, is changed.
        """
        return "".join([f' {_name(name)}="{self._value(value)}"' for name, value in dict(attributes).items()])

    def _value(self, value: str) -> str:
        text = self.text(value).replace('"', "&quot;")
        return text if text.isprintable() else text.replace("\n", "&#10;").replace("\t", "&#9;")

    def report(self, path: str) -> None:
        """Say what was replaced."""
        if self.replaced:
            log.warning("%s: %d characters that XML cannot hold became U+FFFD", path, self.replaced)


_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@functools.cache
def language_tag(language: str) -> str:
    """As ``xml:lang`` wants it; what is no tag becomes a private one.

    >>> [language_tag(tag) for tag in ("FR", "fr_FR", "Brazilian Portuguese", "")]
    ['FR', 'fr-FR', 'x-Brazilia-n-Portugue-se', 'und']
    """
    tag = language.strip().replace("_", "-")
    if _TAG.fullmatch(tag):
        return tag
    subtags = re.findall(r"[A-Za-z0-9]{1,8}", language)
    return "-".join(["x", *subtags[:4]]) if subtags else "und"
