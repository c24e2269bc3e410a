"""Linked messages of Vue: ``@:key``, ``@:(key)``, ``@.lower:key``; and ``|`` between its plural forms.

>>> [part.key for part in VUE.parts("@:menu.open, @.lower:(menu.nom) ; moi@: exemple")]
['@:menu.open', '@.lower:(menu.nom)']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.syntaxes.syntax import Fault, Sides, Syntax, matched

if TYPE_CHECKING:
    from collections.abc import Iterator

VUE = Syntax(
    "vue",
    "@:key: links of Vue.",
    "placeholder",
    ("@:", "@."),
    matched(re.compile(r"(?<!\w)@(?:\.\w+)?:(?:\([\w.-]+\)|[\w-]+(?:\.[\w-]+)*)")),
    rank=15,
    flags=frozenset({"vue-format"}),
)


def _forms(sides: Sides) -> Iterator[Fault]:
    """The fault of a translation without plural forms, or with them where the source has none."""
    source, target = (len(re.findall(r"(?:^|[^|])\|(?!\|)", text)) for text in (sides.source, sides.target))
    if bool(source) != bool(target):
        has, lacks = ("source", "translation") if source else ("translation", "source")
        yield Fault(f"plural forms, with | between them, in the {has}, none in the {lacks}")


PLURAL_PIPES = Syntax(
    "plural-pipes",
    "one file | {n} files: plural forms of Vue and Laravel.",
    "placeholder",
    ("|",),
    rules=_forms,
    flags=frozenset({"vue-format", "laravel-format", "vue", "laravel"}),
    asked=True,
)
