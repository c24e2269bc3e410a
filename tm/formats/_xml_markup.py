"""The tags of an XML file with their places in it, so that a change of a text leaves every other byte.

In: a file as a string that a parser has found to be well-formed. Out: its tags in order (``tags``), each with
its name and offsets; what stands between two tags is text.

>>> page = '<p a="x > y">un<br/></p>'
>>> [(tag.name, tag.kind, page[tag.start : tag.end]) for tag in tags(page)]
[('p', 'open', '<p a="x > y">'), ('br', 'alone', '<br/>'), ('p', 'close', '</p>')]
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(
    r"<(?:!--.*?-->|\?.*?\?>|!\[CDATA\[.*?\]\]>|![^>]*>"
    r"""|(?P<close>/?)(?P<name>[^\s/>]+)(?:[^>"']|"[^"]*"|'[^']*')*?(?P<alone>/?)>)""",
    re.DOTALL,
)
_CDATA = "<![CDATA["


class Tag(NamedTuple):
    """A tag.

    Attributes:
        name: with its prefix; "" for a comment and the like, "#" for a marked section, whose content is text.
        kind: "open", "close", or "alone" for one that ends where it begins.
        start: the offset where it begins.
        end: the offset behind it.
    """

    name: str
    kind: Literal["open", "close", "alone"]
    start: int
    end: int


def tags(page: str) -> Iterator[Tag]:
    """All tags in order, comments and processing instructions among them."""
    for match in _TAG.finditer(page):
        if match["name"]:
            kind: Literal["open", "close", "alone"] = (
                "close" if match["close"] else "alone" if match["alone"] else "open"
            )
            yield Tag(match["name"], kind, match.start(), match.end())
        else:
            name = "#" if match[0].startswith(_CDATA) else ""
            yield Tag(name, "alone", match.start(), match.end())


def attribute(page: str, tag: Tag, name: str) -> str:
    """The value of an attribute of a tag, "" without one.

    >>> page = "<p a='1 &amp; 2'>"
    >>> attribute(page, next(tags(page)), "a")
    '1 & 2'
    """
    match = re.compile(rf"""\s{re.escape(name)}\s*=\s*("[^"]*"|'[^']*')""").search(page, tag.start, tag.end)
    return html.unescape(match[1][1:-1]) if match else ""


def text_of(page: str, start: int, end: int) -> str:
    """The text between two tags.

    >>> text_of("<p>R&amp;D</p>", 3, 10)
    'R&D'
    """
    return html.unescape(page[start:end]) if "&" in page[start:end] else page[start:end]
