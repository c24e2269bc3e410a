r"""A text written as Markdown, so that it is read back as it is.

In: the pieces of a text and the markup behind each (``_inline_filling.put``). Out: Markdown. ``writer`` tries
ways to write it, the plainest first, and takes the first that is read back as the same text with the same
markup:

1. as it is: most texts have nothing that Markdown could take for markup;
2. with every sign escaped that could be markup;
3. with emphasis as elements of HTML, since ``**`` must touch a word.

>>> from tm.formats._inline import Place
>>> from tm.model import Segment
>>> write, place = writer({}), Place(Segment(""), 0, 0)
>>> write(place, [("2 * 3 = ", "**"), ("6", "**"), (" e snake_case", "")])
'2 * 3 = **6** e snake_case'
>>> write(place, [("1. *", "**"), ("a", "**"), ("*", "")])
'1\\. \\***a**\\*'
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tm.formats._inline import TagItem, TextItem
from tm.formats._inline_filling import html_markup
from tm.formats._markdown_inline import items, parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.formats._inline import Place
    from tm.formats._inline_filling import Write

_MARKUP = re.compile(
    r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[\w/!?])|~(?=~)|(?<=~)~|&(?=#?\w+;)"  # anywhere
    r"|\A[#+\->=~](?!\w)|(?<=\A\d)[.)](?!\S)|(?<=\A\d\d)[.)](?!\S)"  # at the beginning of a line
    r"|(?<!\S)#+\Z"  # at the end of a heading
)
_HTML = {"**": "strong", "__": "strong", "*": "em", "_": "em", "~~": "del"}
_AROUND = {"heading": "# {}", "cell": "| {} |\n|-|"}
_OPENS = {"heading": "heading_open", "cell": "th_open"}
_QUOTE = re.compile(r"[\\\"'()]")
_BAR = re.compile(r"(?<!\\)\|")


def writer(definitions: dict[str, Any]) -> Write:
    """What writes the texts of a file.

    Args:
        definitions: what markdown-it knows of the links of the file.
    """

    def write(place: Place, pieces: Sequence[tuple[str, str]]) -> str:
        """The markup of a text."""
        kind, _, within = place.syntax.partition(" ")
        if kind in ("html", "attribute"):
            return html_markup(place, pieces)
        pieces = [(" ".join(re.split(r"[ \t\r\n]+", text)), tag) for text, tag in pieces]
        if kind == "label":
            return _escaped("".join(text for text, _ in pieces))
        if kind == "title":
            return _QUOTE.sub(r"\\\g<0>", "".join(text for text, _ in pieces))
        if within == "code":
            return _written(pieces, kind)
        pieces = _with_spaces_outside(pieces)
        ways = list(_ways(pieces))
        good = (way for way in ways if _is_read_back(way, pieces, kind, definitions))
        return _written(next(good, ways[-1]), kind)

    return write


def _ways(pieces: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    escaped = [(text if is_code else _escaped(text), tag) for is_code, text, tag in _with_code(pieces)]
    yield pieces
    yield escaped
    yield [(text, _as_html(tag, number, escaped)) for number, (text, tag) in enumerate(escaped)]


def _with_code(pieces: Sequence[tuple[str, str]]) -> Iterator[tuple[bool, str, str]]:
    """The pieces, and whether each is code, in which nothing is escaped."""
    is_code = False
    for text, tag in pieces:
        yield is_code, text, tag
        is_code = tag.startswith("`") and not is_code


def _written(pieces: Iterable[tuple[str, str]], syntax: str) -> str:
    text = "".join(f"{text}{tag}" for text, tag in pieces)
    return _BAR.sub(r"\\|", text) if syntax == "cell" else text


def _escaped(text: str) -> str:
    r"""A text in which nothing is markup.

    >>> _escaped("- *a* 1. [b]")
    '\\- \\*a\\* 1. \\[b\\]'
    """
    return _MARKUP.sub(lambda sign: f"\\{sign[0]}", text)


def _as_html(tag: str, number: int, pieces: Sequence[tuple[str, str]]) -> str:
    """Emphasis as an element: of each kind of sign the first opens it, the next closes it."""
    if tag not in _HTML:
        return tag
    is_open = sum(other == tag for _, other in pieces[:number]) % 2 == 0
    return f"<{'' if is_open else '/'}{_HTML[tag]}>"


def _with_spaces_outside(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pieces with the spaces outside of emphasis that stand at its ends.

    >>> _with_spaces_outside([("A", "**"), (" ponte ", "**"), ("preta", "")])
    [('A ', '**'), ('ponte', '**'), (' preta', '')]
    """
    moved = [list(piece) for piece in pieces]
    opened: set[str] = set()
    for before, behind in pairwise(moved):
        tag = before[1]
        if tag not in _HTML:
            continue
        if tag in opened:
            bare = before[0].rstrip(" ")
            before[0], behind[0] = bare, before[0][len(bare) :] + behind[0]
        else:
            bare = behind[0].lstrip(" ")
            before[0], behind[0] = before[0] + behind[0][: len(behind[0]) - len(bare)], bare
        opened ^= {tag}
    return [(text, tag) for text, tag in moved]


def _is_read_back(
    way: Sequence[tuple[str, str]],
    pieces: Sequence[tuple[str, str]],
    syntax: str,
    definitions: dict[str, Any],
) -> bool:
    """Whether Markdown reads what is written this way as one block with that text and that markup."""
    # A break is none at the very end; behind one stands what leads the line.
    line_end = "." if "\n" in "".join(tag for _, tag in pieces[-2:]) else ""
    alone = [(text, tag[: tag.find("\n") + 1] or tag) for text, tag in way]
    markdown = _AROUND.get(syntax, "{}").format(_written(alone, syntax) + line_end)
    tokens = parser().parse(markdown, {**definitions})
    inline = [number for number, token in enumerate(tokens) if token.type == "inline"]
    if inline[:1] != [1 if syntax != "cell" else 3] or (syntax != "cell" and len(inline) > 1):
        return False
    if tokens[inline[0] - 1].type != _OPENS.get(syntax, "paragraph_open"):
        return False
    token = tokens[inline[0]]
    read = list(items(token.content, token.children or ()))
    text = "".join(item.text for item in read if isinstance(item, TextItem))
    tags = sum(isinstance(item, TagItem) for item in read)
    expected = "".join(text for text, _ in pieces) + line_end
    return text.split() == expected.split() and tags == sum(bool(tag) for _, tag in pieces)
