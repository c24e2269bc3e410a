"""Laravel's ``:name``, also of Rails' routes and of prepared statements.

The name begins behind a space or a bracket, and has three letters or more; a role of reStructuredText and a
smiley have a colon at both ends.

>>> [part.key for part in LARAVEL.parts("De :nom, 50:50 :ok, :ref:`a`, :smile:, http://a:b")]
[':nom']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

LARAVEL = Syntax(
    "laravel",
    ":name: Laravel.",
    "placeholder",
    (":",),
    matched(
        re.compile(
            r"(?<![^\s(\[\"'«“>/])(?<!\w[\"']):[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*(?<=\w{3})(?![\w:`'-])"
        )
    ),
    rank=45,
    severity="warning",
    flags=frozenset({"laravel-format"}),
)
