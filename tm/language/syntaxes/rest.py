"""reStructuredText: roles and literals, whether they are still markup, and where they lead.

The text of a role is translated if its target stands beside it. A literal may be an example, which is
translated; a role or a literal may become plain text.

>>> for target in (
...     "Veja :ref:`o guia <guide>` e ``x``.",
...     "Veja :ref:`o guia <guia>` e ``x``.",
...     "Veja ref:`guide` e ``x``.",
...     "Veja :ref:`guide` e ``x`.",
... ):
...     print([fault.message for fault in REST.rules(Sides("Voir :ref:`guide` et ``x``.", target))])
[]
['role :ref:`guide` in the source, :ref:`o guia <guia>` in the translation']
['role ref:` of the translation is no markup: it is written :ref:`…`']
['a literal of the translation is not closed: `` stands once']
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tm.language.syntaxes.syntax import Fault, Part, Sides, Syntax, difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Severity

_LITERAL = re.compile(r"(?<![`\w])``(?P<code>(?!\s)(?:(?!``).)+)``(?!`)", re.DOTALL)
_ROLE = re.compile(r":(?P<role>[a-z][\w:+.-]*):`(?P<content>[^`]+)`")
_LINK = re.compile(r"(?<![`:\w])`[^`]+`__?(?!\w)")
_TARGET = re.compile(r"<([^<>]+)>\s*$")
_FOR_THE_READER = frozenset(
    "abbr acronym dfn emphasis guilabel index kbd menuselection samp strong sub subscript sup term title".split()
)
_SAMPLE = re.compile(r":samp:`([^`]*)`")
_MARKS = re.compile(r"(?<!`)``(?!`)")

_Codes = list[tuple[tuple[str, str], re.Match[str]]]
"""What a translation keeps of each role or literal, and where it stands."""


def is_rest(text: str) -> bool:
    """Whether a text has a role, a literal or a link of reStructuredText.

    >>> is_rest("``a``"), is_rest("`a`_"), is_rest("`a`")
    (True, True, False)
    """
    return "`" in text and bool(_LITERAL.search(text) or _ROLE.search(text) or _LINK.search(text))


def _rules(sides: Sides) -> Iterator[Fault]:
    if not is_rest(sides.source):
        return
    if broken := list(_broken(sides)):
        yield from broken
        return
    roles = [list(_ROLE.finditer(text)) for text in (sides.source, sides.target)]
    targets = [[((match["role"], _target(match)), match) for match in side] for side in roles]
    named = [sorted(match["role"] for match in side) for side in roles]
    yield from _exchanged("role", targets[0], targets[1], "warning" if named[0] == named[1] else "info")
    literals = [
        [(("", match["code"]), match) for match in _LITERAL.finditer(text)]
        for text in (sides.source, sides.target)
    ]
    if len(literals[0]) == len(literals[1]):
        yield from _exchanged("literal", literals[0], literals[1], "info")


def _broken(sides: Sides) -> Iterator[Fault]:
    """What looks like the markup of the source, and is none."""
    for role in dict.fromkeys(match["role"] for match in _ROLE.finditer(sides.source)):
        name = re.escape(role)
        written = re.compile(rf"(?<![\w:.-]){name}:`|:{name}(?::\s+`|\s+:`|`|:`[^`]*\s`)")
        broken = written.search(sides.target)
        if broken and not written.search(sides.source):
            message = f"role {broken[0]} of the translation is no markup: it is written :{role}:`…`"
            yield Fault(message, "warning", target=(broken.span(),))
            return
    marks = [list(_MARKS.finditer(text)) for text in (sides.source, sides.target)]
    if len(marks[0]) % 2 == 0 and len(marks[1]) % 2:
        times = "once" if len(marks[1]) == 1 else f"{len(marks[1])} times"
        places = tuple(match.span() for match in marks[1])
        yield Fault(
            f"a literal of the translation is not closed: `` stands {times}", "warning", target=places
        )


def _exchanged(what: str, source: _Codes, target: _Codes, severity: Severity) -> Iterator[Fault]:
    missing = Counter(key for key, _ in source) - Counter(key for key, _ in target)
    added = Counter(key for key, _ in target) - Counter(key for key, _ in source)
    if missing or added:
        lost = [match for key, match in source if key in missing]
        new = [match for key, match in target if key in added]
        written = difference(*([match[0] for match in side] for side in (lost, new)))
        places = [tuple(match.span() for match in side) for side in (lost, new)]
        yield Fault(f"{what} {written}", severity, places[0], places[1])


def _target(role: re.Match[str]) -> str:
    """Where a role leads; "" for one that the reader reads, or a term: the glossary may be translated."""
    target = _TARGET.search(role["content"])
    if role["role"] in _FOR_THE_READER:
        return ""
    name = " ".join((target[1] if target else role["content"]).split()).lstrip("!~.")
    return name.removesuffix("()")


REST = Syntax(
    "rest",
    "``code``, :role:`target`: reStructuredText.",
    "markup",
    ("`",),
    rules=_rules,
    flags=frozenset({"rst-text"}),
)


def _parts_of_samples(text: str) -> list[Part]:
    """What a reader fills in, in ``:samp:`…{name}…```: it may be translated."""
    found = []
    for sample in _SAMPLE.finditer(text):
        for match in re.finditer(r"\{[^{}]+\}", sample[1]):
            start = sample.start(1)
            found.append(Part(match[0], start + match.start(), start + match.end()))
    return found


SAMPLES = Syntax(
    "samples",
    ":samp:`{name}`: what a reader of reStructuredText fills in.",
    "placeholder",
    (":samp:`",),
    _parts_of_samples,
    rank=5,
    severity="info",
)
