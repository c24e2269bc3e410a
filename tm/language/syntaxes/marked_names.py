"""Names between marks: ``%name%``, ``@@name@@``, ``##name##``, and ``__name__``, which Python has too.

>>> [part.key for part in MARKED_NAMES.parts("%nom% a 20 % de __total__, 5%des%, snake_case_x")]
['%nom%']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

MARKED_NAMES = Syntax(
    "marked-names",
    "%name%, @@name@@, ##name##: Symfony, WordPress's plug-ins, Windows.",
    "placeholder",
    ("%", "@@", "##"),
    matched(
        re.compile(
            r"(?<![\w%])%[A-Za-z_][\w.-]*%(?![\w%])|@@\w+@@|(?<![\w#])\#\#\w+\#\#",
            re.ASCII,
        )
    ),
    rank=25,
    flags=frozenset({"percent-placeholders", "symfony-format"}),
)

UNDERSCORED_NAMES = Syntax(
    "underscored-names",
    "__name__: i18next, templates, Python.",
    "placeholder",
    ("__",),
    matched(re.compile(r"(?<!\w)__[A-Za-z](?:\w*[A-Za-z0-9])?__(?!\w)", re.ASCII)),
    rank=26,
    severity="warning",
)
