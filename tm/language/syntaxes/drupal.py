"""Drupal's ``@name``, ``%name`` and ``!name``, and ``@name`` of any program.

A ``%name`` or ``!name`` that begins like another placeholder is taken only where a file says so.

>>> [part.key for part in DRUPAL.parts("@compte de %utilisateur, !lien; a@b.org 5 %des, Oui !")]
['@compte', '%utilisateur', '!lien']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

DRUPAL = Syntax(
    "drupal",
    "@name, %name, !name: Drupal; a name behind @ anywhere.",
    "placeholder",
    ("@", "%", "!"),
    matched(
        re.compile(
            r"(?<![\w@./`])@[A-Za-z][\w-]*(?<![-])(?![\w:@(/.]*@)|(?<![\w%])(?<!\d[ \u00a0\u202f])%[a-z][a-z_]{3,}(?![\w%])"
            r"|(?<![^\s(\"'«“>])![a-z]\w{2,}(?!\w)"
        )
    ),
    rank=38,
    severity="warning",
    flags=frozenset({"drupal-format"}),
)
