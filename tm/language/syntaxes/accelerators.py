"""Access keys: ``&File``, ``_Open``; the letter to press with Alt.

Only in a short text with one of them; the translation has one as well, any letter.

>>> for source, target in (
...     ("&Enregistrer", "Salvar"),
...     ("_Ouvrir", "Ab_rir"),
...     ("Q&R", "Perguntas"),
...     ("a & b", "a e b"),
...     ("nom_court", "nome"),
...     ("Ouvrir(&O)", "Abrir"),
... ):
...     print([fault.message for fault in ACCELERATORS.rules(Sides(source, target))])
['access key of &E is not in the translation']
[]
[]
[]
[]
['access key of &O is not in the translation']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.syntaxes.syntax import BLANK, Fault, Sides, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 80
"""Characters of a text that may have an access key: a label."""
_OTHERS = re.compile(
    r"&(?:\w{2,8}|#\w+);|https?://\S+|\S*[?]\S*=\S*|`[^`]*`|<[^<>]*>|\{[^{}]*\}|%\([^()]*\)\w?|__\w*?__|\w+(?:\.\w+)*\(\)"
)
_KEYS = {
    "&": re.compile(r"(?<![\w&])&(?=[^\W_])(?!&)|(?<=[a-zà-ÿ])&(?=[a-zà-ÿ])"),
    "_": re.compile(
        r"(?<![\w./*-])_(?=[A-ZÀ-Þ])(?!\w*_)|\A_(?=[a-zà-ÿ]+\Z)|(?<=\b[A-ZÀ-Þ])_(?=[a-zà-ÿ])"
        r"|(?<=\b[A-ZÀ-Þ][a-zà-ÿ])_(?=[a-zà-ÿ])"
    ),
    "~": re.compile(r"(?<!\S)~(?=[A-ZÀ-Þ])"),
}
"""What is an access key in a source, by its sign."""
_ANY = {
    "&": re.compile(r"(?<!&)&(?=[^\W_])"),
    "_": re.compile(r"(?<!_)_(?=[^\W_])"),
    "~": re.compile(r"~(?=[^\W_])"),
}
"""What is one in a translation."""


def _rules(sides: Sides) -> Iterator[Fault]:
    if len(sides.source) > _LONGEST:
        return
    source, target = (
        _OTHERS.sub(lambda match: BLANK * len(match[0]), text) for text in (sides.source, sides.target)
    )
    for sign, key in _KEYS.items():
        keys = list(key.finditer(source))
        if len(keys) != 1 or source.count(sign) > 1:
            continue
        there = list(_ANY[sign].finditer(target))
        at = keys[0].start()
        if not there:
            yield Fault(
                f"access key of {source[at : at + 2]} is not in the translation", "warning", ((at, at + 2),)
            )
        elif len(there) > 1:
            places = tuple((match.start(), match.end() + 1) for match in there)
            yield Fault(
                f"access key {sign} stands {len(there)} times in the translation", "warning", target=places
            )


ACCELERATORS = Syntax(
    "accelerators",
    "&File, _Open, E_xit, ~Format: access keys of menus.",
    "accelerator",
    ("&", "_", "~"),
    rules=_rules,
)
