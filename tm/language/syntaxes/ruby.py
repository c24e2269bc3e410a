"""Ruby's ``%{name}``, ``%<name>s`` and ``#{name}``.

>>> [part.key for part in RUBY.parts("%{nom} : %<prix>.2f, #{total}")]
['%{nom}', '%<prix>.2f', '#{total}']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Syntax, matched

RUBY = Syntax(
    "ruby",
    "%{name}, %<name>s, #{name}: Ruby.",
    "placeholder",
    ("%{", "%<", "#{"),
    matched(re.compile(r"%\{[^{}\n]+\}|%<\w+>[-+0#]*\d*(?:\.\d+)?[a-zA-Z]|#\{[^{}\n]+\}")),
    rank=15,
    flags=frozenset({"ruby-format"}),
)
