"""Fluent: ``{ $count }``, ``{ -brand }``, ``{ NUMBER($n) }`` and selectors ``{ $n -> [one] … *[other] … }``.

A translation may choose between variants where the source has none, and names the variable more often
then.

>>> [part.key for part in FLUENT.parts('{ $n } {-brand(case: "gen")} { NUMBER($n, style: "percent") } { n }')]
['{$n}', '{-brand}', '{$n}']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.syntaxes.syntax import Fault, Part, Sides, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFERENCE = re.compile(
    r"""\{\s* (?: [A-Z][A-Z0-9_-]*\(\s*)? (?P<key>\$[A-Za-z][\w-]*|-[A-Za-z][\w.-]*) \s*
        (?:\([^(){}]*\)\s*)? (?:,[^(){}]*\))? \s*(?:\}|->)""",
    re.VERBOSE,
)
_SELECTOR = re.compile(r"\{[^{}]*->")
_DEFAULT = re.compile(r"^\s*\*\[\s*[\w.-]+\s*\]|\s\*\[\s*[\w.-]+\s*\]", re.MULTILINE)


def _parts(text: str) -> list[Part]:
    return [Part(f"{{{match['key']}}}", *match.span()) for match in _REFERENCE.finditer(text)]


def _rules(sides: Sides) -> Iterator[Fault]:
    selectors = list(_SELECTOR.finditer(sides.target))
    if selectors and len(_DEFAULT.findall(sides.target)) < len(selectors):
        yield Fault("a Fluent selector has no default variant *[other]", target=(selectors[0].span(),))


FLUENT = Syntax(
    "fluent",
    "{ $name }, { -brand }, selectors: Fluent.",
    "placeholder",
    ("{",),
    _parts,
    _rules,
    rank=12,
    repeats=True,
    flags=frozenset({"fluent-target", "fluent-source"}),
)
