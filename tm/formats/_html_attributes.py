"""Attributes of HTML: those with texts that a reader sees, where a value stands, what says that nothing is translated.

In: a tag with its attributes. Out: the texts among them (``seen``), the place of one (``value_span``), and whether
the element is to stay as it is (``is_as_it_is``, ``is_to_be_translated``).

>>> list(seen("img", {"src": "a.png", "title": "Le pont"}))
[('title', 'Le pont')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEEN = "alt title placeholder aria-label aria-description label summary abbr".split()
"""Attributes that a reader sees or hears."""
_WITH_VALUES = frozenset(("", "text", "search", "submit", "button", "reset"))
"""Kinds of form fields whose value is a text that a reader sees."""
_DESCRIPTIONS = frozenset(
    "description keywords og:title og:description og:site_name og:image:alt twitter:title twitter:description"
    " twitter:image:alt application-name".split()
)
_ATTRIBUTE = re.compile(r"""([^\s/>=]+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s>]*))?""")
"""The name of an attribute, the equals sign and the value; or the name of the tag."""


def is_as_it_is(attributes: dict[str, str | None]) -> bool:
    """Whether an element says that it is not to be translated, in HTML's way or in that of Google's translator.

    >>> is_as_it_is({"translate": "NO"}), is_as_it_is({"class": "a notranslate"}), is_as_it_is({})
    (True, True, False)
    """
    classes = (attributes.get("class") or "").split()
    return (attributes.get("translate") or "").lower() == "no" or "notranslate" in classes


def is_to_be_translated(attributes: dict[str, str | None]) -> bool:
    """Whether an element says that it is to be translated, wherever it stands.

    >>> is_to_be_translated({"translate": "yes"}), is_to_be_translated({"translate": None}), is_to_be_translated({})
    (True, True, False)
    """
    return "translate" in attributes and (attributes["translate"] or "yes").lower() == "yes"


def seen(tag: str, attributes: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """The attributes of an element that a reader reads, with their texts, whose white space is folded.

    >>> list(seen("img", {"src": "a.png", "alt": "Vue  du pont"}))
    [('alt', 'Vue du pont')]
    """
    names = [*_SEEN]
    if tag == "meta":
        names = ["content"] if (attributes.get("name") or attributes.get("property")) in _DESCRIPTIONS else []
    elif tag == "input" and (attributes.get("type") or "").lower() in _WITH_VALUES:
        names.append("value")
    for name in names:
        if text := " ".join((attributes.get(name) or "").split()):
            yield name, text


def value_span(page: str, start: int, end: int, name: str) -> tuple[int, int]:
    """Where the value of an attribute stands in a tag, quotes included; -1 when it has none.

    >>> tag = "<img data-x=' alt=a 'ALT='Le pont'>"
    >>> start, end = value_span(tag, 0, len(tag), "alt")
    >>> tag[start:end]
    "'Le pont'"
    """
    same = [match for match in _ATTRIBUTE.finditer(page, start, end) if match[2] and match[1].lower() == name]
    return same[-1].span(3) if same else (-1, -1)
