r"""Inline markup of Markdown with its positions, which markdown-it-py's tokens do not have.

In: the text of a block as a string. Out: its pieces (``_inline.TextItem``, ``TagItem``), with offsets in that
text.

1. ``parser`` makes a markdown-it whose inline rules note where each token begins (``_State.push``) and where
   links, images and code end (``_noting_ends``); it also knows footnotes (``_note``, ``_note_mark``).
2. ``items`` makes pieces of these tokens. Elements are called as in HTML, so that a text in Markdown and its
   page have the same codes.

>>> tokens = parser().parseInline("Le **pont** \\*")[0].children or []
>>> [(item.start, item.end) for item in items("Le **pont** \\*", tokens)]
[(0, 3), (3, 5), (5, 9), (9, 11), (11, 14)]
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal, cast

from markdown_it import MarkdownIt, rules_inline
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

from tm.formats._inline import VOID, WIDE, TagItem, TextItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

    from tm.formats._inline import Item

    _Rule = Callable[[StateInline, bool], bool]

_MEASURED: dict[str, _Rule] = {
    "link": rules_inline.link,
    "image": rules_inline.image,
    "backticks": rules_inline.backtick,
}
"""The rules whose end cannot be told from their tokens."""
_NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*(?=\S)")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?!\()")
_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_MARKUP_LINE = re.compile(
    r"(?::{3,}.*|\[!\w+\].*|\{%(?:(?!%\}).)*%\}|\{\{[<%](?:(?!\}\}).)*\}\}|\{:.*\}|\{[#.][^{}]*\}|\{/\*.*\*/\}"
    r"|import\s++(?:[^'\"]*\sfrom\s++)?(?:'[^']*'|\"[^\"]*\");?"
    r"|export\s++(?:async|class|const|default|function|let)\b.*)\s*"
)
"""A line that begins or ends a container (``:::note``), tells of what kind a quotation is (``[!NOTE]``), calls a
template (``{% tip %}``, ``{{< tip >}}``), gives a class, or belongs to a program (MDX)."""
_LONGEST_FORMULA = 500
"""Lines; what begins a formula that is longer is a text."""
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)")


class _State(StateInline):
    """The state of the inline parser; a token's ``meta`` gets where it begins."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Note where the token begins; one of several markers in a row begins behind the one before."""
        before = self.tokens[-1] if self.tokens and not self.pending else None
        token = super().push(ttype, tag, nesting)
        start = self.pos
        if ttype == "text" and before is not None and before.meta.get("start", -1) >= self.pos:
            start = before.meta["start"] + len(before.content)
        token.meta["start"] = start
        return token


class _Inline(ParserInline):
    """The inline parser, with that state."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """As in markdown-it."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@functools.cache
def parser() -> MarkdownIt:
    """CommonMark with tables, text that is struck through, and footnotes."""
    markdown = MarkdownIt("zero")
    markdown.inline = _Inline()
    markdown.configure("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    for name, rule in _MEASURED.items():
        markdown.inline.ruler.at(name, _noting_ends(rule))
    markdown.inline.ruler.before("link", "note_mark", _note_mark)
    for name, block in _BLOCKS:
        ends = ["paragraph", "reference", "blockquote", "list"]
        markdown.block.ruler.before("reference", name, block, {"alt": ends})
    return markdown


def _noting_ends(rule: _Rule) -> _Rule:
    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
        """The rule; its last token gets where it ends."""
        before = len(state.tokens)
        is_one = rule(state, silent)
        if len(state.tokens) > before:
            state.tokens[-1].meta["end"] = state.pos
        return is_one

    return noting


def _note_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    """The mark of a footnote in a text."""
    mark = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    if mark and not silent:
        state.push("note_mark", "", 0)
    state.pos = mark.end() if mark else state.pos
    return mark is not None


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - its way
    """A footnote."""
    return _labelled(state, start, end, silent, _NOTE, "note")


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - its way
    """What a term means, in a line behind it that begins with a colon, as in several Markdowns."""
    return _labelled(state, start, end, silent, _DEFINITION, "definition")


def _labelled(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001
    label_of: re.Pattern[str],
    kind: str,
) -> bool:
    """A label, then blocks, those of further lines indented."""
    begin = state.bMarks[start] + state.tShift[start]
    label = label_of.match(state.src, begin, state.eMarks[start])
    if label is None or state.is_code_block(start):
        return False
    if silent:
        return True
    kept = state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent
    state.push(f"{kind}_open", "", 1)
    state.bMarks[start], state.tShift[start] = begin + len(label[0]), 0
    state.sCount[start] = state.blkIndent = state.blkIndent + 4
    state.md.block.tokenize(state, start, end)
    state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent = kept
    state.push(f"{kind}_close", "", -1)
    return True


def _markup_line(state: StateBlock, start: int, _: int, silent: bool) -> bool:  # noqa: FBT001 - its way
    """A line that tells a program how to make a page, and that no reader sees."""
    begin = state.bMarks[start] + state.tShift[start]
    is_one = not state.is_code_block(start) and _MARKUP_LINE.fullmatch(state.src, begin, state.eMarks[start])
    if is_one and not silent:
        state.line = start + 1
    return bool(is_one)


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - its way
    """Lines between two ``$$``, which are no text."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", at) or state.is_code_block(start):
        return False
    numbers = range(start, min(end, start + _LONGEST_FORMULA))
    rows = (state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]] for row in numbers)
    ends = (row for row, text in enumerate(rows) if text.rstrip().endswith("$$") and (row or len(text) > 3))
    last = next(ends, -1)
    if last >= 0 and not silent:
        state.line = start + last + 1
    return last >= 0


_BLOCKS = (
    ("note", _note),
    ("definition", _definition),
    ("markup_line", _markup_line),
    ("formula", _formula),
)
"""The blocks beside those of CommonMark, and the rules that find them."""


def items(text: str, tokens: Sequence[Token]) -> Iterator[Item]:
    """The pieces of a text; those of text reach from tag to tag."""
    position, pending = 0, ""
    for token in tokens:
        if token.type in ("text", "text_special"):
            pending += token.content
            continue
        start, end = _span(text, token)
        if token.type == "softbreak" or (token.type == "html_inline" and not _TAG.match(token.content)):
            pending += "\n" if token.type == "softbreak" else ""
            continue
        if pending:
            yield TextItem(pending, _line(text, position), position, start)
        yield from _tags(text, token, start, end)
        position, pending = end, ""
    if pending:
        yield TextItem(pending, _line(text, position), position, len(text))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _tags(text: str, token: Token, start: int, end: int) -> Iterator[Item]:
    """The tags of a token; of code also its text."""
    if token.type == "code_inline":
        length = len(token.markup)
        has_spaces = text[start + length : end - length].replace("\n", " ") != token.content
        length += has_spaces  # they only part the text from the marks
        yield TagItem("code", "open", start, start + length)
        yield TextItem(token.content, _line(text, start), start + length, end - length)
        yield TagItem("code", "close", end - length, end)
    elif token.type == "html_inline":
        closing, element = cast("re.Match[str]", _TAG.match(token.content)).groups()
        kind: Literal["open", "close", "alone"] = "close" if closing else "open"
        is_alone = element.lower() in VOID or token.content.endswith("/>")
        element = element.lower()
        yield TagItem(element, "alone" if is_alone else kind, start, end, has_width=element in WIDE)
    else:
        kind = "open" if token.nesting > 0 else "close" if token.nesting < 0 else "alone"
        is_wide = token.tag in WIDE
        yield TagItem(token.tag or "note", kind, start, end, has_slash=not token.tag, has_width=is_wide)


def _span(text: str, token: Token) -> tuple[int, int]:
    """Where a token that is no text stands."""
    start = int(token.meta.get("start", 0))
    if token.type == "strong_open":  # the second of its two markers became the token
        return start - 1, start + 1
    if token.type in ("em_open", "em_close", "strong_close", "s_open", "s_close"):
        return start, start + len(token.markup)
    if token.type == "link_open":
        return (start, start + 1) if token.markup == "autolink" else (start - 1, start)
    if token.type == "link_close" and token.markup == "autolink":
        return text.index(">", start), text.index(">", start) + 1
    if token.type in ("softbreak", "hardbreak"):
        newline = text.index("\n", start)
        behind = re.compile(r"\n[ \t]*").match(text, newline)
        return len(text[:start].rstrip(" ")), behind.end() if behind else newline + 1
    if token.type == "html_inline":
        return start, start + len(token.content)
    if token.type == "note_mark":
        mark = _NOTE_MARK.match(text, start)
        return start, mark.end() if mark else start
    return start, int(token.meta.get("end", start))
