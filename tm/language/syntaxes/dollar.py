"""Dollars: ``${name}``, ``$name$``, ``$name``; Java, JavaScript, shells, Chrome's extensions.

A sum of money is none.

>>> [part.key for part in DOLLAR.parts("${nom} $TOTAL$ $HOME, 5 $, US$ 10, R$20, $1")]
['${nom}', '$TOTAL$', '$HOME']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

DOLLAR = Syntax(
    "dollar",
    "${name}, $name$, $name: Java, JavaScript, shells, extensions of Chrome.",
    "placeholder",
    ("$",),
    matched(re.compile(r"\$\{[^{}\n]+\}|(?<![\w$])\$[A-Za-z_]\w*(?:\$(?!\w))?", re.ASCII)),
    rank=25,
    flags=frozenset({"es-format", "sh-format", "bash-format", "chrome-format", "perl-variable-format"}),
)
