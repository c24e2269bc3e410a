"""Tags of XML, HTML and React: their names, their nesting, the attributes that are not for the reader.

A ``<name>`` that never closes is as likely a word for the reader to fill in, and then it is translated.

>>> for source, target in (
...     ("Un <b>grand</b> pont", "Uma <b>grande ponte"),
...     ('<a href="a.html" title="Le pont">ici</a>', '<a href="b.html" title="A ponte">aqui</a>'),
...     ("<0>Oui</0>", "</0>Sim<0>"),
...     ("Tapez <nom> & Co", "Digite <nome> & Cia"),
... ):
...     print([fault.message for fault in XML.rules(Sides(source, target))])
['tag </b> of the source is not in the translation']
['tag <a>: href="a.html" in the source, href="b.html" in the translation']
['tag </0> closes what is not open in the translation']
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.syntaxes._pairs import Tag, pair_faults
from tm.language.syntaxes.syntax import Fault, Sides, Syntax, difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*|\d+)
        (?P<attributes>(?:\s+[\w:@.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>"'=]+)|\s+[\w:-]+)*)
        \s*(?P<alone>/?)>""",
    re.VERBOSE,
)
_WORDS = re.compile(r"(?:(?<![<\w`])|(?<=``))<(?P<name>[^\W\d_][\w-]*)(?: [\w '-]+)?>(?:(?![>`])|(?=``))")
_ATTRIBUTE = re.compile(r"""([\w:@.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s<>"'=]+))""")
_ADDRESS = re.compile(r"(?:[a-z][a-z+]*:)?//\S*|mailto:\S*", re.IGNORECASE)
_EMPTY = frozenset("area br col hr img input link meta source track wbr".split())
"""Elements of HTML that need no end."""
_FOR_THE_READER = frozenset(
    "abbr alt aria-label aria-description content data-title dir hreflang label lang placeholder summary title"
    " value xml:lang".split()
)
"""Attributes that are translated, or that say in which language the text is."""


def tags(text: str) -> list[Tag]:
    """All that looks like a tag.

    >>> [(tag.name, tag.kind, tag.attributes) for tag in tags("a <b class='c'>x</b><br>")]
    [('b', 'open', (('class', 'c'),)), ('b', 'close', ()), ('br', 'alone', ())]
    """
    return [_tag(match) for match in _TAG.finditer(text)]


def _tag(match: re.Match[str]) -> Tag:
    name = match["name"]
    if match["close"]:
        return Tag(name, "close", *match.span(), f"</{name}>")
    alone = match["alone"] or name.lower() in _EMPTY
    attributes = tuple(
        (key, one or two or three) for key, one, two, three in _ATTRIBUTE.findall(match["attributes"])
    )
    written = f"<{name}{match['alone']}>"
    return Tag(name, "alone" if alone else "open", *match.span(), written, attributes)


def _rules(sides: Sides) -> Iterator[Fault]:
    source, target = tags(sides.source), tags(sides.target)
    markup = {tag.name for tag in source + target if tag.kind != "open"}
    source, target = ([tag for tag in side if tag.name in markup] for side in (source, target))
    faults = list(pair_faults(source, target)) or list(_attributes(source, target))
    yield from faults or _words(sides, markup)


def _words(sides: Sides, markup: set[str]) -> Iterator[Fault]:
    """The fault of words for the reader to fill in that stand without their brackets, or are lost."""
    source, target = (
        [match for match in _WORDS.finditer(text) if match["name"] not in markup]
        for text in (sides.source, sides.target)
    )
    if len(source) > len(target):
        counts = f"{len(source)} in the source, {len(target)} in the translation"
        places = [tuple(match.span() for match in side) for side in (source, target)]
        yield Fault(f"words in <…>: {counts}", "warning", places[0], places[1])


def _attributes(source: Sequence[Tag], target: Sequence[Tag]) -> Iterator[Fault]:
    """The fault of a tag of the source whose attributes no tag of the translation has."""
    free = [tag for tag in target if tag.kind != "close"]
    lacking = []
    for tag in source:
        same = next((candidate for candidate in free if _identity(candidate) == _identity(tag)), None)
        if same:
            free.remove(same)
        elif tag.kind != "close":
            lacking.append(tag)
    for tag in lacking:
        counterpart = next(candidate for candidate in free if candidate.name == tag.name)
        free.remove(counterpart)
        lost, new = (
            [f'{name}="{value}"' for name, value in one if (name, value) not in two]
            for one, two in ((_kept(tag), _kept(counterpart)), (_kept(counterpart), _kept(tag)))
        )
        places = ((tag.start, tag.end),), ((counterpart.start, counterpart.end),)
        yield Fault(f"tag {tag.written}: {difference(lost, new)}", "warning", *places)


def _identity(tag: Tag) -> tuple[str, str, frozenset[tuple[str, str]]]:
    return tag.name, tag.kind, frozenset(_kept(tag))


def _kept(tag: Tag) -> list[tuple[str, str]]:
    """The attributes that stay as they are; an address is compared by a check of its own."""
    return [
        (name, _ADDRESS.sub("//", value))
        for name, value in tag.attributes
        if name.lower() not in _FOR_THE_READER
    ]


XML = Syntax(
    "xml",
    '<b>…</b>, <br/>, <a href="…">, <0>…</0>: XML, HTML, React.',
    "markup",
    ("<",),
    rules=_rules,
    flags=frozenset({"xml-text", "safe-html", "html"}),
)
