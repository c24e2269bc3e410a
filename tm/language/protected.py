r"""What of a text is no prose: paths, options, names in code, addresses, placeholders, tags.

A file's name may hold a word, and a word of the language need not be one there: no term is recognised in such
a place, and no check asks for an accent, a space or a translation in it.

1. ``_MAY_HOLD`` passes over texts, by far the most, that have nothing of the kind.
2. ``spans`` takes what ``keyed`` knows for an address, a placeholder, a tag or a name in code, and what
   ``_CODE`` matches.
3. ``prose_tokens`` has one token for each such place; ``without_code`` has none of its letters.

>>> text = "Ouvrez fichier.txt dans /home/pain, puis le fichier."
>>> [text[start:end] for start, end in spans(text, "fr")]
['fichier.txt', '/home/pain']
"""

from __future__ import annotations

import re

from tm.language.keys import keyed
from tm.language.tokens import Token, tokens

_KINDS = frozenset({"address", "placeholder", "code name", "tag"})
"""The kinds of ``keyed`` that are no prose."""

_MAY_HOLD = re.compile(
    r"""[@%{<$_/\\`.(:-] (?:
        (?<=[@%{<$_/\\`]) | (?<=\()\) | (?<=:)[:\d] | (?<=-)[->] | (?<=\w\.)\w | (?<![^\W_][-.])(?<=[-.])[a-z] )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Begins with one set of characters, which ``re`` looks for quickly."""

_CODE = re.compile(
    r"""``[^`]+``
      | (?<![^\s(\["'«“‘’*—–-])`[^`]+`(?![`_])
      | (?<![\w.])[a-z_]\w+(?:\.[a-z_]\w+)+(?![\w.])
      | (?<![\w.])@[a-z][\w.-]*\w
      | (?<!\S)[a-z][\w.-]*:\d{2,5}(?![\w:])
      | (?<!\S)--?[a-z][\w-]*=[^\s,;]*[^\s,;.:!?)]
      | (?<=\s)-[a-z][a-z0-9_]+(?![\w'’-])(?![^-]*\w-(?:\s|$))""",
    re.VERBOSE | re.ASCII,
)
"""What stands between backquotes (of which reStructuredText has a link if ``_`` follows), a name with a name
behind a point (``server.port``), an account (``@name``), a host with its port, an option with its value, one of one dash (``-name``)
that is no remark between dashes."""


def spans(text: str, language: str = "") -> list[tuple[int, int]]:
    """The places of what is no prose, in order; none touches another.

    Args:
        text: any text; offsets refer to it as it came.
        language: a tag.

    >>> spans("Un pain, une porte-fenêtre."), spans("--force ou {nom}")
    ([], [(0, 7), (11, 16)])
    """
    if not _MAY_HOLD.search(text):
        return []
    places = [(token.start, token.end) for token in keyed(text, language) if token.kind in _KINDS]
    places += [match.span() for match in _CODE.finditer(text)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def without_code(text: str, language: str = "") -> str:
    """The text with ``_`` for each character of what is no prose; all others keep their place.

    >>> without_code("Le fichier a.txt manque.")
    'Le fichier _____ manque.'
    """
    for start, end in spans(text, language):
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def prose_tokens(text: str, language: str = "") -> list[Token]:
    """The tokens of a text, what is no prose as one token of the kind "code" for each place.

    >>> [(token.text, token.kind) for token in prose_tokens("Voir a.txt !", "fr")]
    [('Voir', 'word'), ('a.txt', 'code'), ('!', 'punctuation')]
    """
    result: list[Token] = []
    at = 0
    for start, end in spans(text, language):
        result += _moved(tokens(text[at:start], language), at)
        result.append(Token(text[start:end], start, end, "code"))
        at = end
    return result + _moved(tokens(text[at:], language), at)


def _moved(cut: list[Token], by: int) -> list[Token]:
    """The tokens of a part of a text, with their places in the whole."""
    if not by:
        return cut
    return [Token(token.text, token.start + by, token.end + by, token.kind) for token in cut]
