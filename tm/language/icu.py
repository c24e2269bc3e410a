r"""ICU regular expressions, the kind that SRX prescribes, rewritten for the ``regex`` package.

Most of the notation is the same: version 1 of ``regex`` knows nested sets, possessive quantifiers, atomic
groups and ``\p{…}``. This module rewrites what differs
(https://unicode-org.github.io/icu/userguide/strings/regexp.html), and some Java notation found in files of
Okapi and LanguageTool. The steps:

1. ``python_expression`` cuts an expression into pieces with ``_PIECE``, and counts the open brackets.
2. ``_written`` rewrites a piece: quotations, code points, escapes, groups by name, differences of sets.
3. ``_flags`` drops flags without effect; ``_property`` finds the name under which ``regex`` knows a property.

>>> python_expression(r"(?u-w)\x{A0}\Q.\E[\p{javaLetter}-[x]]")
'\\U000000a0\\.[\\p{L}--[x]]'
"""

from __future__ import annotations

import functools
import re

import regex

_PIECE = re.compile(
    r"""
    \\Q (?P<quoted> .*?) (?: \\E | \Z)
  | \\x (?: \{ (?P<point> [0-9A-Fa-f]{1,6}) \} | (?P<four> [0-9A-Fa-f]{4}) )
  | \\k< (?P<name> \w+) >
  | \\(?P<sign> [pP]) \{ (?P<property> [^}]*) \}
  | \\(?P<escape> .)
  | \(\? (?P<flags> [A-Za-z]+) (?P<off> -[A-Za-z]+)? (?P<scope> [:)])
  | (?P<difference> -(?=\[))
  | (?P<bracket> [\[\]])
  | .
    """,
    re.VERBOSE | re.DOTALL,
)
_VERTICAL = r"\n\x0b\f\r\x85\u2028\u2029"
_ESCAPES = {
    "e": r"\x1b",
    "h": r"[\t\p{Zs}]",
    "H": r"[^\t\p{Zs}]",
    "v": f"[{_VERTICAL}]",
    "V": f"[^{_VERTICAL}]",
    "Z": r"(?=\R?\z)",
}
_JAVA_PROPERTIES = {
    "javaLowerCase": "Lowercase",
    "javaUpperCase": "Uppercase",
    "javaLetter": "L",
    "javaDigit": "Nd",
    "javaWhitespace": "White_Space",
}
_IDLE_FLAGS = str.maketrans("", "", "duUw")
"""Unix lines, Unicode case, Unicode classes, Unicode word boundaries: ``regex`` does so by default, or nearly
so."""


def python_expression(icu: str) -> str:
    r"""The same expression for ``regex`` with its flag V1. A wrong one stays wrong: its compiler will refuse
    it.

    >>> python_expression(r"\Q...\E\h[\p{Po}-[,]]")
    '\\.\\.\\.[\\t\\p{Zs}][\\p{Po}--[,]]'
    """
    pieces, depth = [], 0
    for piece in _PIECE.finditer(icu):
        if piece["bracket"]:
            depth += 1 if piece["bracket"] == "[" else -1
        pieces.append(_written(piece, in_set=depth > 0))
    return "".join(pieces)


def _written(piece: re.Match[str], *, in_set: bool) -> str:
    match piece.lastgroup:
        case "quoted":
            return regex.escape(piece["quoted"])
        case "point" | "four":
            # Four digits without braces stand in the examples of SRX itself; ICU would take two of them.
            return f"\\U{int(piece[piece.lastgroup], 16):08x}"
        case "name":
            return f"(?P={piece['name']})"
        case "property":
            return f"\\{piece['sign']}{{{_property(piece['property'])}}}"
        case "escape":
            return _ESCAPES.get(piece["escape"], piece[0])
        case "scope":
            return _flags(piece["flags"], piece["off"] or "", piece["scope"])
        case "difference" if in_set:
            return "--"
        case _:
            return piece[0]


def _flags(on: str, off: str, scope: str) -> str:
    on, off = on.translate(_IDLE_FLAGS), off.translate(_IDLE_FLAGS)
    if on or len(off) > 1:
        return f"(?{on}{off if len(off) > 1 else ''}{scope}"
    return "(?:" if scope == ":" else ""


@functools.cache
def _property(name: str) -> str:
    """The name under which ``regex`` knows a property; Java writes ``IsLu`` and ``javaLowerCase``."""
    for candidate in (name, name.removeprefix("Is"), _JAVA_PROPERTIES.get(name, name)):
        try:
            regex.compile(f"\\p{{{candidate}}}")
        except regex.error:
            continue
        return candidate
    return name
