r"""ICU regular expressions, the kind SRX asks for, written for the ``regex`` package.

Most of the notation is the same (version 1 of ``regex`` knows nested sets, possessive quantifiers, atomic groups and
``\p{…}``); here is what differs, by https://unicode-org.github.io/icu/userguide/strings/regexp.html, and the few Java
habits found in files of Okapi and LanguageTool.
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
"""Unix lines, Unicode case, Unicode classes, Unicode word boundaries: as ``regex`` does anyhow, or next to nothing."""


def python_expression(icu: str) -> str:
    r"""The same expression for ``regex`` with its flag V1; wrong ones are left to its compiler to refuse.

    >>> python_expression(r"\Q...\E\h[\p{Po}-[,]]")
    '\\.\\.\\.[\\t\\p{Zs}][\\p{Po}--[,]]'
    """
    parts, depth = [], 0
    for piece in _PIECE.finditer(icu):
        if piece["bracket"]:
            depth += 1 if piece["bracket"] == "[" else -1
        parts.append(_written(piece, in_set=depth > 0))
    return "".join(parts)


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
    for known in (name, name.removeprefix("Is"), _JAVA_PROPERTIES.get(name, name)):
        try:
            regex.compile(f"\\p{{{known}}}")
        except regex.error:
            continue
        return known
    return name
