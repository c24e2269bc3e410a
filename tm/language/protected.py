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

import functools
import re
from typing import TYPE_CHECKING

from tm.language.keys import keyed, reaches_across
from tm.language.tokens import ChunkCache, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS = frozenset({"address", "placeholder", "code name", "tag"})
"""The kinds of ``keyed`` that are no prose."""

_MAY_HOLD = re.compile(
    r"""[@%{<$_/\\`.(:;&|[\]^=-] (?:
        (?<=[@%{<$_/\\`&|^]) | (?<=\()\) | (?<=\[)/?[a-z] | (?<=\])[(\]] | (?<=[:;=])[:\d()DPpOo|'’a-z-]
      | (?<=-)[->] | (?<=\w\.)\w | (?<![^\W_][-.])(?<=[-.])[a-z] )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Begins with one set of characters, which ``re`` looks for quickly."""

_ROLE = r"(?<!\w):(?!(?:term|ref|doc|numref|abbr|dfn|guilabel|menuselection|download|index|any|title):)[a-z][\w:+-]*:"
"""A role of reStructuredText behind which a name stands, and no prose."""

_CODE = re.compile(
    rf"""``[^`]+``
      | {_ROLE}`[^`<>\s]+` | (?<!\w):[a-z][\w:+-]*:(?=`) | <[^<>`]+>(?=`_?)
      | (?<![^\s(\["'«“‘’*—–-])`[^`]+`(?![`_])
      | (?<!\S)\|[\w-]+\|(?!\w)
      | (?<![\w.])[a-z_]\w+(?:\.[a-z_]\w+)+(?![\w.])
      | (?<![\w.])@[a-z][\w.-]*\w
      | (?<!\S)[a-z][\w.-]*:\d{{2,5}}(?![\w:])
      | (?<!\S):[a-z_]\w+(?![\w:])
      | (?<!\S)--?[a-z][\w-]*=[^\s,;]*[^\s,;.:!?)]
      | (?<=\s)-[a-z][a-z0-9_]+(?![\w'’-])(?![^-]*\w-(?:\s|$))
      | &(?:[A-Za-z]\w{{1,31}}|\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}});
      | <!\[CDATA\[ | \]\]> | <!--.*?--> | </?\d{{1,3}}/?>
      | \[/?(?:b|i|u|s|url|img|code|quote|color|size|font|list|center|lb|rb)(?:=[^\]\s]*)?\] | (?<=\])\([^()\s]+\)
      | (?<![\w%])%[-_0^\#]?[aAbBcCdDeFgGhHIjklmMnpPrRsStTuUvVwWxXyYzZ](?![\w%])
      | \{{\s*[-$]?[A-Za-z][\w-]*(?:\.[\w-]+)?\s*\}}
      | (?<!\S)(?:[:;=]['’]?-?[()DPpOo|\\/\[\]]{{1,3}}|<3|[xX]D|\^_?\^)(?=[\s.,!?]|$)""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
"""What stands between backquotes (of which reStructuredText has a link if ``_`` follows), roles and targets
of reStructuredText, a name with a name behind a point (``server.port``), an account (``@name``), a host with
its port, a parameter (``:name``), an option with its value, one of one dash (``-name``) that is no remark
between dashes, entities, marks of CDATA, comments, numbered tags, tags and targets of forums and Markdown,
parts of a date (``%H``), a message's variables (``{ $name }``), emoticons."""

_DECLARATION = r"-?[a-z][a-z-]*:\s?[^\s;:.!?{}][^;:!?{}]{0,60}"
_STYLE = re.compile(rf"\s*(?:{_DECLARATION};\s*)+(?:{_DECLARATION})?", re.ASCII)
_VALUE = re.compile(
    r":\s?(?:#[0-9a-f]{3,8}\b|[\d.]+(?:px|em|rem|%|pt|vh|vw)|(?:[a-z-]+\(|none|auto|bold|inherit)\b)"
)
"""Declarations of CSS, and a value that shows that they are none of prose."""


def spans(text: str, language: str = "") -> list[tuple[int, int]]:
    """The places of what is no prose, in order; none touches another.

    Args:
        text: any text; offsets refer to it as it came.
        language: a tag.

    >>> spans("Un pain, une porte-fenêtre."), spans("--force ou {nom}")
    ([], [(0, 7), (11, 16)])
    """
    if _is_style(text):
        return [(0, len(text))]
    if not _MAY_HOLD.search(text):
        return []
    places = _named(text, language)
    places += [match.span() for match in _CODE.finditer(text)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _named(text: str, language: str) -> list[tuple[int, int]]:
    """The places of the addresses, placeholders, tags and names in code.

    >>> _named("Voir %s et a.txt.", "fr")
    [(5, 7), (11, 16)]
    """
    if reaches_across(text):
        return _of_kinds(text, language)
    places, start = [], 0
    by_chunk = _named_by_chunk(language)
    for chunk in text.split():
        start = text.index(chunk, start)
        if not chunk.rstrip(".,;:!?").isalpha():  # most chunks are a word
            places += [(start + first, start + end) for first, end in by_chunk[chunk]]
        start += len(chunk)
    return places


def _of_kinds(text: str, language: str) -> list[tuple[int, int]]:
    """The places of these kinds; the *-R* of *-R$10* is no option.

    >>> _of_kinds("-R$10 -R", "pt-BR")
    [(6, 8)]
    """
    return [
        (token.start, token.end)
        for token in keyed(text, language)
        if token.kind in _KINDS and not (token.folded[:1] == "-" and text[token.end : token.end + 1] == "$")
    ]


@functools.cache
def _named_by_chunk(language: str) -> ChunkCache[list[tuple[int, int]]]:
    return ChunkCache(lambda chunk: _of_kinds(chunk, language))


def _is_style(text: str) -> bool:
    """Whether a text is declarations of CSS and nothing else.

    >>> _is_style("color: red; width: 3px;"), _is_style("nota: ver; data: ontem;")
    (True, False)
    """
    return ";" in text and bool(_STYLE.fullmatch(text) and _VALUE.search(text))


def without_code(text: str, language: str = "", places: Sequence[tuple[int, int]] | None = None) -> str:
    """The text with ``_`` for each character of what is no prose; all others keep their place.

    Args:
        text: any text.
        language: a tag.
        places: what ``spans`` gave for them, if that is known.

    >>> without_code("Le fichier a.txt manque.")
    'Le fichier _____ manque.'
    """
    for start, end in spans(text, language) if places is None else places:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def prose_tokens(
    text: str, language: str = "", places: Sequence[tuple[int, int]] | None = None
) -> list[Token]:
    """The tokens of a text, what is no prose as one token of the kind "code" for each place.

    Args:
        text: any text.
        language: a tag.
        places: what ``spans`` gave for them, if that is known.

    >>> [(token.text, token.kind) for token in prose_tokens("Voir a.txt !", "fr")]
    [('Voir', 'word'), ('a.txt', 'code'), ('!', 'punctuation')]
    """
    result: list[Token] = []
    at = 0
    for start, end in spans(text, language) if places is None else places:
        result += _moved(tokens(text[at:start], language), at)
        result.append(Token(text[start:end], start, end, "code"))
        at = end
    return result + _moved(tokens(text[at:], language), at)


def _moved(cut: list[Token], by: int) -> list[Token]:
    """The tokens of a part of a text, with their places in the whole."""
    if not by:
        return cut
    return [Token(token.text, token.start + by, token.end + by, token.kind) for token in cut]
