"""Qt and KDE: ``%1``, ``%L1``, ``%n``. The numbers are positions.

>>> [part.key for part in QT.parts("%1 de %2. %n page(s), %L3 ; 50%, 5 %1, %2.5")]
['%1', '%2', '%n', '%L3', '%1']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

_NUMBERED = re.compile(
    r"""(?<![\w%])%(?: L?\d{1,2} (?![\w%$]|[.,]\d) | n(?!\w) | [1-9](?=%[1-9](?![\w%$])|[A-Z][a-z]) )
      | (?<=[A-Za-z])%[1-9](?![\w%$]|[.,]\d) | (?<=%[1-9])%[1-9](?![\w%$])""",
    re.ASCII | re.VERBOSE,
)
"""Two may stand side by side, and one beside a word: *(%3%4)*, *porque%2*, *%1Mostrar*."""

QT = Syntax(
    "qt",
    "%1, %L1, %n: Qt and KDE.",
    "placeholder",
    ("%",),
    matched(_NUMBERED),
    rank=30,
    flags=frozenset({"qt-format", "qt-plural-format", "kde-format", "kde-kuit-format"}),
)
