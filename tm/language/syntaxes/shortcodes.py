"""Shortcodes: ``[name]``, ``[user:name]``, ``[gallery id="1"]``; WordPress, Drupal's tokens, mail programs.

One word in brackets may be prose, and is so where nothing stands beside it: a fault of one is a warning.

>>> [part.key for part in SHORTCODES.parts('[site_nom] [user:mail] [nom] [galerie id="1"] [1] [Note] [1]_')]
['[site_nom]', '[user:mail]', '[nom]', '[galerie id="1"]']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Part, Syntax

_CODE = re.compile(
    r"""(?<![\w\[\]`\\'"]) \[ (?P<name>/?[a-z][a-z0-9]*(?:[_:-][a-z0-9]+)*) (?P<rest>(?:\s+[\w-]+="[^"]*")*) \s?/? \]
        (?![\w\[(_`\]]|:\s)""",
    re.VERBOSE | re.ASCII,
)


def _parts(text: str) -> list[Part]:
    return [
        Part(match[0], *match.span())
        for match in _CODE.finditer(text)
        if len(match["name"]) > 2 and match[0] != text.strip()
    ]


SHORTCODES = Syntax(
    "shortcodes",
    '[name], [gallery id="1"]: WordPress and others.',
    "placeholder",
    ("[",),
    _parts,
    rank=48,
    severity="info",
    flags=frozenset({"shortcode-format"}),
)
