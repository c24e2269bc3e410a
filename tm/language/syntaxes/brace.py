"""Braces: ``{name}``, ``{0}``, ``{}``, ``{0!r:>3}``, ``{0,10:N2}``; Python, .NET, Rust, Java, loggers.

A format of dates is the language's own matter: only the name is compared there.

>>> [part.key for part in BRACE.parts("{0} {prix:.2f} {jour:dd/MM/yyyy} {a.b[0]} {} {un, deux} { x }")]
['{0}', '{prix:.2f}', '{jour}', '{a.b[0]}', '{}', '{ x }']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Part, Syntax

_FIELD = re.compile(
    r"""(?<![{\\$%\#]) \{
        (?P<name>[ ]?(?:[A-Za-z_][\w-]*|\d+)?(?:\.[A-Za-z_]\w*|\[[^\]{}]+\])*[ ]?) (?P<conversion>![rsa])?
        (?: ,[ ]?-?\d+ )? (?: :(?P<format>[^{}\s][^{}\n]*)? )?
        \} (?!\})""",
    re.VERBOSE | re.ASCII,
)
_OF_DATES = re.compile(r"[dMyHhmst]{2}|%[A-Za-z]|^[dDfFgGtTmMyY]$")


def _parts(text: str) -> list[Part]:
    return [
        Part(_key(match), *match.span(), counted=not match["name"].strip())
        for match in _FIELD.finditer(text)
        if match[0] != "{ }" and not (match["name"][:1].isupper() and match[0] == text.strip())
    ]


def _key(match: re.Match[str]) -> str:
    if match["format"] and _OF_DATES.search(match["format"]):
        return f"{{{match['name']}}}"
    return match[0]


BRACE = Syntax(
    "brace",
    "{name}, {0}, {0!r:>3}: Python, .NET, Rust, Java.",
    "placeholder",
    ("{",),
    _parts,
    rank=35,
    flags=frozenset(
        {
            *("python-brace-format", "csharp-format", "c-sharp-format", "perl-brace-format", "rust-format"),
            *("c++-format", "java-messageformat-names", "point-brace-format"),
        }
    ),
)
