r"""Markdown (CommonMark with tables) as a document: its blocks in reading order, without their markup.

In: a file's bytes. Out: a document. ``_blocks`` finds the blocks, line by line; ``plain_text`` takes the
markup off a block.

>>> from tm.formats._format import Reading
>>> document = read(iter([b"# Le **pont**\n\n- en [fer](a.html)\n- en\n  bois\n"]), Reading("a.md"))
>>> [(paragraph.line, paragraph.kind, paragraph.text) for paragraph in document.paragraphs]
[(1, 'heading', 'Le pont'), (3, 'item', 'en fer'), (4, 'item', 'en bois')]
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Literal

from tm.document import Document, Paragraph
from tm.formats import _bytes
from tm.formats._format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.formats._format import Chunks, Reading

Kind = Literal["text", "heading", "item", "cell", "note"]

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#*)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_TABLE_RULE = re.compile(r"\|?:?-+:?(?:\|:?-+:?)*\|?")
_LINK_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*\S")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*(?=\S)")
"""The beginning of a footnote, as Pandoc and GitHub have them beyond CommonMark."""
_NOTE_MARK = re.compile(r"(?<!\\)\[\^[^\]\s]+\](?!\()")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_CODE = re.compile(r"(?<!\\)(`+)(.+?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE_OR_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\s]*(?:\([^()]*\))?[^()]*\)|\[[^\]]*\])"
)
_ADDRESS = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STARS = re.compile(r"(\*{1,3}|~~)(?=\S)(.{1,400}?)(?<=\S)\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)")

_KEPT = 0xF0000
"""Private characters from here on stand for text that is no markup, until the markup is off."""


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read headings, paragraphs (their lines joined), list items and table cells.

    Fenced code and front matter are left out.
    """
    text, encoding = _bytes.whole_text(chunks, reading)
    blanked = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    paragraphs = tuple(
        Paragraph(plain, line, kind)
        for line, kind, block in _blocks(re.split(r"\r\n|\r|\n", blanked))
        if (plain := plain_text(block))
    )
    if not paragraphs:
        raise reading.error("there is no text in the file", 1, 1)
    return Document(reading.path, paragraphs, encoding)


def _blocks(lines: list[str]) -> Iterator[tuple[int, Kind, str]]:
    """The line, kind and text of each block."""
    block = _Block()
    fence = table = False
    fence_mark = ""
    listed = False
    for number, raw in _without_front_matter(lines):
        line = raw
        while quote := _QUOTE.match(line):
            line = line[quote.end() :]
        mark = _FENCE.match(line)
        if fence:
            fence = not (mark and mark[1].startswith(fence_mark) and not line[mark.end() :].strip())
        elif mark:
            yield from block.end()
            fence, fence_mark = True, mark[1]
        elif not line.strip():
            yield from block.end()
            table = False
        elif block.texts and _UNDERLINE.match(line):
            yield from block.end("heading")
        elif _RULE.match(line):
            yield from block.end()
        elif heading := _HEADING.match(line):
            yield from block.end()
            yield number, "heading", heading[1] or ""
        elif "|" in line and (table or _begins_table(lines, number)):
            yield from block.end()
            table = True
            if not _is_table_rule(line):
                yield from ((number, "cell", cell) for cell in _cells(line))
        elif note := _NOTE.match(line):
            yield from block.end()
            listed = False
            block.begin(number, "note", line[note.end() :])
        elif item := _ITEM.match(line):
            yield from block.end()
            listed = True
            block.begin(number, "item", line[item.end() :])
        elif block.texts:
            block.texts.append(line)
        elif not (line.startswith(("    ", "\t")) and not listed) and not _LINK_DEFINITION.match(line):
            listed = listed and line[0] in " \t"
            block.begin(number, "item" if listed else "text", line)
    yield from block.end()


class _Block:
    """A block that is being read; its lines are joined."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._line = 0
        self._kind: Kind = "text"

    def begin(self, line: int, kind: Kind, text: str) -> None:
        """Begin a block at this line, with the text of its first line."""
        self._line, self._kind, self.texts = line, kind, [text]

    def end(self, kind: Kind | None = None) -> Iterator[tuple[int, Kind, str]]:
        """Give the block, if there is one; ``kind`` overrides its kind."""
        if self.texts:
            yield (
                self._line,
                kind or self._kind,
                " ".join(text.strip().removesuffix("\\") for text in self.texts),
            )
            self.texts = []


def _without_front_matter(lines: list[str]) -> Iterator[tuple[int, str]]:
    numbered = enumerate(lines, 1)
    if lines[0].rstrip() == "---" and any(line.rstrip() in ("---", "...") for line in lines[1:]):
        next(numbered)
        for _, line in numbered:
            if line.rstrip() in ("---", "..."):
                break
    return numbered


def _begins_table(lines: list[str], number: int) -> bool:
    return number < len(lines) and _is_table_rule(lines[number])


def _is_table_rule(line: str) -> bool:
    return bool(_TABLE_RULE.fullmatch("".join(line.split())))


def _cells(line: str) -> list[str]:
    return [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def plain_text(markdown: str) -> str:
    r"""The text of a block without its markup: a link keeps its text, an image its description.

    >>> plain_text("Le **pont** [suspendu](a.html) de `l_a_b`, 2 \\* 3 &amp; _fin_")
    'Le pont suspendu de l_a_b, 2 * 3 & fin'
    """
    kept: list[str] = []

    def keep(text: str) -> str:
        """The private character that stands for this text."""
        kept.append(text)
        return chr(_KEPT + len(kept) - 1)

    text = _CODE.sub(lambda code: keep(code[2].strip()), markdown)
    text = _NOTE_MARK.sub("", text)
    text = _ESCAPE.sub(lambda escape: keep(escape[1]), text)
    text = _ADDRESS.sub(lambda address: keep(address[1]), text)
    before = ""
    while text != before:
        before = text
        text = _IMAGE_OR_LINK.sub(r"\1", text)
        text = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", text))
    text = html.unescape(_TAG.sub("", text))
    text = "".join(kept[ord(c) - _KEPT] if _KEPT <= ord(c) < _KEPT + len(kept) else c for c in text)
    return " ".join(text.split())


MARKDOWN = Format("markdown", (".md", ".markdown"), "Markdown, its blocks of text", read_document=read)
