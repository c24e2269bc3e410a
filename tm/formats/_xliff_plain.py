r"""Plain units of XLIFF read with one expression. Most units are plain: texts with their codes, notes, a state.

In: a piece of the file, and the offset where a unit may begin. Out: the units that follow each other there.
``take`` matches the expression of the version again and again; what it does not match is left to expat, and so is a
unit whose column is not clear. As for TMX (``_tmx_plain``), expression and strict decoding make sure that what matches is
well-formed.

>>> piece = b'\n<trans-unit id="7"><source>oui</source><target>sim</target></trans-unit></body>'
>>> units = []
>>> take(piece, 0, 1, Around("a.xlf", ("fr", "pt")), units)
(73, 2)
>>> [variant.segment.text for variant in units[0].variants], units[0].place
(['oui', 'sim'], Place(path='a.xlf', line=2, column=1, id='7'))
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from tm.formats import _values, _xliff_plain_codes, _xml, states
from tm.formats._xliff_parts import DOCUMENT
from tm.formats._xml_plain import BLANK, TwiceError, attributes_of
from tm.formats.demands import IDENTIFIER
from tm.model import Place

if TYPE_CHECKING:
    from tm.model import Annotation, Segment, Unit


def _attributes(group: str, names: str) -> bytes:
    """An expression for attributes of these names, whose group has all of them."""
    return rf'(?P<{group}>(?: (?:{names})="[^"<>&\x00-\x1f]*+")*+)'.encode()


def _element(name: str, group: str, attributes: bytes = b"") -> bytes:
    """An expression for an element without a line break, which may be layout; tags in it are those of codes."""
    written = rb"(?:[^<>&\x00-\x1f]++|&(?:amp|lt|gt|quot|apos);)"
    text = rb"(?P<%b>(?:%b|<(?!/?%b[ />])%b++>)*+)" % (group.encode(), written, name.encode(), written)
    return rb"<%b%b(?:/>|>%b</%b>)" % (name.encode(), attributes, text, name.encode())


_TEXTS = (
    BLANK + _element("source", "source", rb'(?: xml:(?:lang|space)="[^"<>&\x00-\x1f]*+")?')
    + rb"(?:" + BLANK + _element("target", "target", _attributes("of_target", "xml:lang|state|state-qualifier"))
    + rb")?"
)  # fmt: skip
_NOTES = (
    rb"(?P<notes>(?:" + BLANK + rb'<note(?: (?:from|priority|annotates|id|category|appliesTo)="[^"<>&\x00-\x1f]*+")*+>'
    + rb"[^<>&\x00-\x08\x0b-\x1f]*+</note>)*+)"
)  # fmt: skip
_UNITS = {
    b"</trans-unit>": re.compile(
        BLANK + rb"(?P<tag><trans-unit)" + _attributes("of_unit", "id|resname|approved|datatype|restype|xml:space")
        + rb"(?P<of_segment>)>" + _TEXTS + _NOTES + BLANK + rb"</trans-unit>"
    ),
    b"</unit>": re.compile(
        BLANK + rb"<unit" + _attributes("of_unit", "id|name|type|canResegment|xml:space") + rb">(?:"
        + BLANK + rb"<notes>" + _NOTES + BLANK + rb"</notes>)?" + BLANK + rb"(?P<tag><segment)"
        + _attributes("of_segment", "id|state|canResegment") + rb">" + _TEXTS + BLANK + rb"</segment>"
        + BLANK + rb"</unit>"
    ),
}  # fmt: skip
"""By the end tag of a unit of each version what a plain one is."""
_GROUPS = ("of_unit", "of_segment", "source", "of_target", "target", "notes")
_ONE_NOTE = re.compile(r"<note[^>]*+>([^<]*+)")
_FURTHEST = 4_096
"""How far back a line break is looked for, to find a column."""
_new = tuple.__new__


class Around(NamedTuple):
    """What holds for the units of a file: its path, the two languages, the file's original."""

    path: str
    languages: tuple[str, str]
    original: str = ""


def take(
    piece: bytes, start: int, line: int, around: Around, units: list[Unit], end_tag: bytes = b"</trans-unit>"
) -> tuple[int, int]:
    """Append the plain units that follow each other from an offset on to the list.

    Args:
        piece: a piece of the file in UTF-8.
        start: where a unit may begin.
        line: the line of the file at that offset.
        around: what holds for them.
        units: the list.
        end_tag: of a unit in the version.

    Returns:
        The offset behind the last unit, and its line.
    """
    expression = _UNITS[end_tag]
    counted = start  # line breaks before this offset are counted
    try:
        while match := expression.match(piece, start):
            of_unit, of_segment, source, of_target, target, notes = match.group(*_GROUPS)
            tag = match.start("tag")
            begun = piece.rfind(b"\n", max(0, tag - _FURTHEST), tag)
            if begun < 0:
                break
            segment, translation = _segment(source), _segment(target)
            if segment is None or translation is None:
                break
            texts = [_values.variant(around.languages[0], segment)]
            said = dict(attributes_of(of_unit))
            id_, identifier, approved = (
                said.get("id", ""),
                said.get("resname") or said.get("name"),
                said.get("approved"),
            )
            properties = _properties(around.original, identifier, approved)
            if translation.text.strip() or translation.codes:
                language, about = _of_target(of_segment, of_target or b"")
                texts.append(_values.variant(language or around.languages[1], translation))
                properties += about
            if notes:
                found = _ONE_NOTE.findall(notes.decode())
                properties = (*[_values.annotation("note", text) for text in found], *properties)
            line += piece.count(b"\n", counted, tag)
            counted = tag
            place = _new(Place, (around.path, line, len(piece[begun:tag].decode()), id_))
            units.append(_values.unit(tuple(texts), (("tuid", id_),) if id_ else (), properties, place))
            start = match.end()
    except (UnicodeDecodeError, TwiceError):
        pass  # expat names the place
    return start, line + piece.count(b"\n", counted, start)


def _segment(written: bytes | None) -> Segment | None:
    """The text and its codes; None where only expat can tell."""
    text = written.decode() if written else ""
    return _xliff_plain_codes.coded(text) if "<" in text else _values.segment(_xml.unescaped(text))


@functools.lru_cache(maxsize=1 << 8)
def _of_target(of_segment: bytes, of_target: bytes) -> tuple[str, tuple[Annotation, ...]]:
    """The language that a target names, "" for none, and the properties that say its state."""
    target = dict(attributes_of(of_target))
    state = target.get("state") or dict(attributes_of(of_segment)).get("state", "")
    return target.get("xml:lang", ""), states.described(state, target.get("state-qualifier", ""))


def _properties(original: str, identifier: str | None, approved: str | None) -> tuple[Annotation, ...]:
    properties = ((DOCUMENT, original), (IDENTIFIER, identifier), (states.APPROVED, approved))
    return tuple([_values.annotation("prop", text, name) for name, text in properties if text])
