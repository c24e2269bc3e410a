"""Boost's ``%1%``: the number is a position.

>>> [part.key for part in BOOST.parts("%1% de %2%, 100%, 5%5%")]
['%1%', '%2%']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

BOOST = Syntax(
    "boost",
    "%1%: Boost.",
    "placeholder",
    ("%",),
    matched(re.compile(r"(?<![\w%])%\d{1,2}%(?![\w%])", re.ASCII)),
    rank=28,
    flags=frozenset({"boost-format"}),
)
