"""Messages of software as moz.l10n reads and writes them, and as segments.

In: a message's pattern. Out: a segment; and the way back. ``segment_of`` keeps a placeholder as it stands in
the file, as part of the text, and makes a code of markup; ``pattern_of`` finds both again, and ``written``
gives the text that a file takes.

>>> segment, elements = segment_of([Markup("open", "b"), "gras", Markup("close", "b"), " !"])
>>> segment.text, [code.content.text for code in segment.codes]
('gras !', ['<b>', '</b>'])
>>> pattern_of(segment, elements)
[Markup('open','b'), 'gras', Markup('close','b'), ' !']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.errors import MissingExtraError
from tm.formats._strings import whole
from tm.model import Code, Segment

try:
    from moz.l10n.formats import Format
    from moz.l10n.message import serialize_message
    from moz.l10n.model import Entry, Expression, Markup, Message, PatternMessage, VariableRef
    from moz.l10n.resource import parse_resource
except ImportError as error:
    raise MissingExtraError("reading the strings of Android and Java", "l10n") from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from moz.l10n.model import Pattern

    from tm.formats._format import Reading

Element = Expression | Markup
"""What is no text in a message."""

_ID = "id"


def entries_of(format_: str, text: str, reading: Reading) -> Iterator[tuple[Entry[Message], PatternMessage]]:
    """The entries of a file that hold one text each, as moz.l10n reads them, each with its message.

    Raises:
        FormatError: the file cannot be read.

    >>> from tm.formats.authoring import Reading
    >>> [(entry.id, message.pattern) for entry, message in entries_of("properties", "a=oui", Reading("a"))]
    [(('a',), ['oui'])]
    """
    try:
        resource = parse_resource(Format[format_], text)
    except ValueError as error:
        raise reading.error(f"cannot be read: {error}") from error
    for section in resource.sections:
        for entry in section.entries:
            if isinstance(entry, Entry) and isinstance(entry.value, PatternMessage):
                yield entry, entry.value


def segment_of(pattern: Pattern) -> tuple[Segment, list[Element]]:
    """The segment of a message, and what is no text in it, in order.

    >>> name = Expression(VariableRef("arg1"), attributes={"source": "%1$s"})
    >>> segment_of(["Bonjour ", name])[0]
    Segment(text='Bonjour %1$s', codes=())
    """
    text, codes, elements = "", list[Code](), list[Element]()
    for element in pattern:
        if isinstance(element, str):
            text += whole(element)
            continue
        number = str(len(elements))
        elements.append(element)
        if isinstance(element, Markup):
            kind = "alone" if element.kind == "standalone" else element.kind
            codes.append(Code(len(text), kind, element.name, ((_ID, number),), Segment(_markup(element))))
        elif _source(element):
            text += _source(element)
        else:
            content = element.arg if isinstance(element.arg, str) else f"&{_name(element)};"
            codes.append(Code(len(text), "alone", "ph", ((_ID, number),), Segment(content or "")))
    return Segment(text, tuple(codes)), elements


def pattern_of(segment: Segment, elements: Sequence[Element]) -> Pattern:
    """The pattern of a translation with codes of ``segment_of``; placeholders are found as they stand.

    >>> name = Expression(VariableRef("arg1"), attributes={"source": "%1$s"})
    >>> pattern_of(Segment("Olá %1$s"), [name])[1] is name
    True
    """
    placeholders = {_source(element): element for element in elements if _source(element)}
    pieces: Pattern = []
    last = 0
    for code in sorted(segment.codes, key=lambda code: code.position):
        pieces += _with_placeholders(segment.text[last : code.position], placeholders)
        pieces.append(elements[int(dict(code.attributes)[_ID])])
        last = code.position
    return pieces + _with_placeholders(segment.text[last:], placeholders)


def written(format_: str, target: Segment, elements: Sequence[Element]) -> str:
    """A translation as a format writes it; see ``pattern_of``.

    >>> written("properties", Segment("Olá !"), [])
    'Olá !'
    """
    return serialize_message(Format[format_], PatternMessage(pattern_of(target, elements)))


def _with_placeholders(text: str, placeholders: dict[str, Element]) -> Pattern:
    if not placeholders:
        return [text] if text else []
    either = "|".join(re.escape(source) for source in sorted(placeholders, key=len, reverse=True))
    return [placeholders.get(piece, piece) for piece in re.split(f"({either})", text) if piece]


def _source(element: Element) -> str:
    """A placeholder as the file writes it; "" for markup and what else has no such source."""
    source = element.attributes.get("source", "")
    return source if isinstance(source, str) and isinstance(element, Expression) else ""


def _name(element: Expression) -> str:
    return element.arg.name if isinstance(element.arg, VariableRef) else ""


def _markup(element: Markup) -> str:
    """A tag as a person knows it."""
    options = "".join(f' {name}="{value}"' for name, value in element.options.items())
    return {
        "open": f"<{element.name}{options}>",
        "close": f"</{element.name}>",
        "standalone": f"<{element.name}{options}/>",
    }[element.kind]
