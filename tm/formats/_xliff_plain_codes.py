r"""The content of a ``<source>`` or ``<target>`` read without expat: text with its codes, as ``_xliff_reader`` reads it.

In: markup that an expression has found to hold text, tags and the five references only. Out: a segment. ``coded`` goes
through its tags; ``_tag_of`` takes each apart, once for all texts that have it.

>>> segment = coded('un <g id="1">pont</g><x id="2"/> &amp; <ph id="3">&lt;br&gt;</ph>')
>>> segment.text, [(code.position, code.kind, code.name) for code in segment.codes], segment.codes[-1].content.text
('un pont & ', [(3, 'open', 'g'), (7, 'close', 'g'), (7, 'alone', 'x'), (10, 'alone', 'ph')], '<br>')
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.formats import _values, _xml
from tm.formats._xliff_parts import EMPTY, NATIVE

if TYPE_CHECKING:
    from tm.model import Attributes, Code, Segment

_TAG = re.compile(
    r'(?P<end>/)?(?P<name>[A-Za-z_][\w.:-]*+)(?P<attributes>(?: [\w.:-]++="[^"]*+")*+)(?P<empty> ?/)?'
)
_ATTRIBUTE = re.compile(r' ([\w.:-]++)="([^"]*+)"')
_DEEPEST = 20
"""How deep elements may stand in one another; deeper ones are left to expat, which refuses too deep ones."""


class _Tag(NamedTuple):
    """A tag: which element it begins or ends, or both; the kind of its code, None where text stands in it."""

    name: str
    attributes: Attributes
    begins: bool
    ends: bool
    kind: Literal["open", "close", "alone"] | None


class _Open(NamedTuple):
    """The text, or an element with native code, while it is read; how many characters stand before it."""

    name: str
    attributes: Attributes
    before: int
    texts: list[str]
    codes: list[Code]


def coded(markup: str) -> Segment | None:
    """The text of this markup and its codes; None where only expat can tell what it is.

    >>> coded("un <g>pont") is None, coded("un <x>pont</x>") is None
    (True, True)
    """
    pieces = markup.replace(">", "<").split("<")
    new = _values.code
    native = [_Open("", (), 0, [], [])]
    names: list[str] = []
    texts, codes, length = native[0].texts, native[0].codes, 0
    text, at = pieces[0], -1
    while True:
        if text:
            plain = _xml.unescaped(text) if "&" in text else text
            texts.append(plain)
            length += len(plain)
        if at + 2 == len(pieces):
            return None if names else _segment(native[0])
        at += 2
        text = pieces[at + 1]
        tag = _tag_of(pieces[at])
        if tag is None or len(names) > _DEEPEST:
            return None
        name, attributes, begins, ends, kind = tag
        if not begins and (not names or names.pop() != name):
            return None
        if kind is None:
            codes += [new(length, "open", name, attributes)] if begins else []
            codes += [new(length, "close", name)] if ends else []
            names += [name] if begins and not ends else []
        elif begins and ends:
            codes.append(new(length, kind, name, attributes))
        elif begins:
            if name in EMPTY:
                return None
            if pieces[at + 2 : at + 3] == [f"/{name}"]:  # nearly all
                codes.append(new(length, kind, name, attributes, _native(text) if text else None))
                at, text = at + 2, pieces[at + 3]
                continue
            names.append(name)
            native.append(_Open(name, attributes, length, [], []))
            texts, codes, length = native[-1].texts, native[-1].codes, 0
        else:
            inner = native.pop()
            content = _segment(inner) if length or inner.codes else None
            texts, codes, length = native[-1].texts, native[-1].codes, inner.before
            codes.append(new(length, kind, name, inner.attributes, content))


def _segment(element: _Open) -> Segment:
    return _values.segment("".join(element.texts), tuple(element.codes))


@functools.lru_cache(maxsize=1 << 12)  # the texts of a file have few different codes
def _native(written: str) -> Segment:
    return _values.segment(_xml.unescaped(written))


@functools.lru_cache(maxsize=1 << 12)
def _tag_of(written: str) -> _Tag | None:
    """A tag without its brackets; None where it is not plain."""
    match = _TAG.fullmatch(written)
    if match is None:
        return None
    pairs = _ATTRIBUTE.findall(match["attributes"])
    if len(dict(pairs)) < len(pairs) or (match["end"] and (pairs or match["empty"])):
        return None
    attributes = tuple([(name, _xml.unescaped(value)) for name, value in pairs])
    name = match["name"]
    kind = EMPTY.get(name) or NATIVE.get(name)
    return _Tag(name, attributes, not match["end"], bool(match["end"] or match["empty"]), kind)
