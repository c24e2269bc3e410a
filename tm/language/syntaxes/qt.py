"""Qt and KDE: ``%1``, ``%L1``, ``%n``. The numbers are positions; one may stand right behind a letter (*porque%2*).

>>> [part.key for part in QT.parts("%1 de %2. %n page(s), %L3 ; 50%, 5 %1, %2.5")]
['%1', '%2', '%n', '%L3', '%1']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

QT = Syntax(
    "qt",
    "%1, %L1, %n: Qt and KDE.",
    "placeholder",
    ("%",),
    matched(
        re.compile(
            r"(?<![\w%])%(?:L?\d{1,2}(?![\w%$]|[.,]\d)|n(?!\w))|(?<=[A-Za-z])%[1-9](?![\w%$]|[.,]\d)",
            re.ASCII,
        )
    ),
    rank=30,
    flags=frozenset({"qt-format", "qt-plural-format", "kde-format", "kde-kuit-format"}),
)
