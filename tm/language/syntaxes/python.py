"""Python's ``%(name)s``: a mapping fills it in, in any order.

>>> [part.key for part in PYTHON.parts("%(nom)s : %(prix).2f €, %(nom) s")]
['%(nom)s', '%(prix).2f', '%(nom) s']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

PYTHON = Syntax(
    "python",
    "%(name)s: Python.",
    "placeholder",
    ("%(",),
    matched(re.compile(r"%\([^()<>\n]+\)[-+0# ]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")),
    rank=20,
    flags=frozenset({"python-format"}),
)
