"""Lines broken at a width are put together again, so that a sentence is whole.

A plain text comes in one of two ways: a paragraph a line, or with its lines broken at a width (books of Project
Gutenberg, e-mails, manuals). ``width_of`` tells by the look which it is: where lines are wrapped, nearly every line
is so long that the next word did not fit, and many end in the middle of a sentence. ``unwrapped`` joins such
lines into paragraphs.

>>> from tm.document import Document, Paragraph
>>> lines = ["Il était une fois un roi qui avait", "trois filles. La plus jeune était"]
>>> lines += ["belle comme le jour. Le roi", "l'aimait."]
>>> document = Document("roi.txt", tuple(Paragraph(line, n) for n, line in enumerate(lines, 1)))
>>> width_of(document), [paragraph.text[-24:] for paragraph in unwrapped(document).paragraphs]
(34, ["e jour. Le roi l'aimait."])
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

from tm.errors import OptionError
from tm.language.tokens import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.document import Document, Paragraph

Lines = Literal["auto", "paragraph", "wrapped"]
"""How the lines of a plain text are read: as they look; each is a paragraph; they are wrapped."""

LEAST_JOINTS = 3
"""Fewest places where a line is broken within a sentence, for the look of them to tell anything."""

BROKEN = 0.2
"""Share of the places between lines that must stand within a sentence: the line ends without a mark, and the next
does not begin with a capital. A text with a paragraph a line has hardly any."""

FULL, SLACK = 0.8, 0.93
"""Share of the lines broken within a sentence that must be full: the next word would have gone beyond nearly the
whole width. In poems and lists fewer are. No measurement is kept but that of docs/segmentation.md."""

WIDEST, NARROWEST = 140, 20
"""Characters of a wrapped line at most and at least: longer ones are paragraphs, shorter ones columns."""

_END = re.compile(r"""[.!?…:;。！？؟।]["'”’»›)\]]*$""")
_ITEM = re.compile(r"(?:[-–—•*]\s|\d{1,3}[.)]\s)")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_QUOTED = re.compile(r"(?:>\s?)+")
"""What e-mail puts before the lines of the letter that is answered."""

HYPHENATED = 3
"""Fewest words broken at the ends of lines, with a beginning that is no word of the document, for words to be taken for
hyphenated: then each is put together but what may be two words, as far as the document shows."""


def check_lines(lines: str) -> None:
    """Refuse what is no way to read lines.

    >>> check_lines("wrap")
    Traceback (most recent call last):
    tm.errors.OptionError: 'wrap' is no way to read lines; auto, paragraph or wrapped were expected
    """
    if lines not in get_args(Lines):
        raise OptionError(f"{lines!r} is no way to read lines; auto, paragraph or wrapped were expected")


def width_of(document: Document) -> int:
    """The width at which the lines of a plain text are wrapped, in characters; 0 when they do not look so."""
    lines = _written(document.paragraphs)
    joints = list(_joints(lines))
    broken = [
        (before, after)
        for before, after in joints
        if not _END.search(before.text) and not _bare(after)[:1].isupper()
    ]
    if len(broken) < max(LEAST_JOINTS, BROKEN * len(joints)):
        return 0
    width = _width(lines)
    full = sum(_is_full(before, after, SLACK * width) for before, after in broken)
    return width if full >= FULL * len(broken) and NARROWEST <= width <= WIDEST else 0


def unwrapped(document: Document) -> Document:
    """The document with its lines joined into paragraphs.

    A paragraph ends at a blank line, before an item of a list, at a line that is not full and ends with a mark
    or stands before a capital, and where an e-mail quotes another letter, whose marks (``>``) are left out. A
    word that was hyphenated at the end of a line is put together when it stands so elsewhere in the document,
    or when the document hyphenates its words.
    """
    lines = _written(document.paragraphs)
    width = _width(lines)
    words = {word.casefold() for line in lines for word in re.findall(r"[\w-]+", _bare(line))}
    hyphenates = sum(_is_hyphenated(*joint, words) for joint in _joints(lines)) >= HYPHENATED
    paragraphs = tuple(_joined(group, words, hyphenates=hyphenates) for group in _grouped(lines, width))
    return replace(document, paragraphs=paragraphs)


def _written(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines but those that only say that an empty line is quoted."""
    return [line for line in lines if _bare(line).strip()]


def _bare(line: Paragraph) -> str:
    """A line without the marks of e-mail before it.

    >>> from tm.document import Paragraph
    >>> _bare(Paragraph("> > Bonjour >", 1))
    'Bonjour >'
    """
    return _QUOTED.sub("", line.text, count=1) if line.text.startswith(">") else line.text


def _level(line: Paragraph) -> int:
    """How many letters deep a line is quoted."""
    return line.text[: len(line.text) - len(_bare(line))].count(">")


def _is_hyphenated(before: Paragraph, after: Paragraph, words: set[str]) -> bool:
    """Whether a line ends with the beginning of a word that is no word of the document."""
    parts = _broken(before.text, _bare(after))
    return parts is not None and parts[0].casefold() not in words


def _broken(text: str, line: str) -> tuple[str, str] | None:
    """The two parts of a word that the end of a text breaks with a hyphen; None where it breaks none.

    >>> _broken("un exem-", "ple."), _broken("un -", "ple"), _broken("Jean-", "Paul")
    (('exem', 'ple'), None, None)
    """
    if text.endswith("-") and text[-2:-1].isalpha() and line[:1].isalpha() and line[:1].islower():
        return re.findall(r"\w+", text)[-1], re.findall(r"\w+", line)[0]
    return None


def _joints(lines: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, Paragraph]]:
    """The lines that follow each other directly."""
    return ((before, after) for before, after in itertools.pairwise(lines) if after.line == before.line + 1)


def _width(lines: Sequence[Paragraph]) -> int:
    """The length that nineteen of twenty lines do not go beyond; the longest of fewer than twenty."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[max(0, len(lengths) - 1 - len(lengths) // 20)] if lengths else 0


def _is_full(line: Paragraph, after: Paragraph, width: float) -> bool:
    """Whether the first word of the next line would have gone beyond the width.

    >>> from tm.document import Paragraph
    >>> line, after = Paragraph("Le chat", 1), Paragraph("dort ici.", 2)
    >>> _is_full(line, after, 11), _is_full(line, after, 12)
    (True, False)
    """
    word = "" if _UNSPACED.match(_bare(after)) else _bare(after).split()[0]
    return len(line.text) + 1 + len(word) > width


def _grouped(lines: Sequence[Paragraph], width: int) -> Iterator[list[Paragraph]]:
    """The lines of each paragraph."""
    group: list[Paragraph] = []
    for line in lines:
        if group and _begins(group[-1], line, width):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(before: Paragraph, line: Paragraph, width: int) -> bool:
    """Whether a paragraph begins with a line."""
    if line.line != before.line + 1 or _ITEM.match(_bare(line)) or _level(line) != _level(before):
        return True
    is_mark = bool(_END.search(before.text)) or not _bare(line)[0].islower()
    return is_mark and not _is_full(before, line, width) and len(before.text) < 0.9 * width


def _joined(lines: Iterable[Paragraph], words: set[str], *, hyphenates: bool) -> Paragraph:
    """Lines as one paragraph."""
    first, *others = lines
    text = _bare(first)
    for line in others:
        text = _glued(text, _bare(line), words, hyphenates=hyphenates)
    return replace(first, text=text)


def _glued(text: str, line: str, words: set[str], *, hyphenates: bool = False) -> str:
    """A text and the line behind it.

    >>> _glued("un exem-", "ple", {"exemple"}), _glued("un porte-", "clés", set()), _glued("我们", "是", set())
    ('un exemple', 'un porte-clés', '我们是')
    >>> _glued("un exem-", "ple", set(), hyphenates=True), _glued("dit-", "il", {"dit", "il"}, hyphenates=True)
    ('un exemple', 'dit-il')
    """
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if parts := _broken(text, line):
        is_two = {part.casefold() for part in parts} <= words or "-".join(parts).casefold() in words
        is_one = "".join(parts).casefold() in words or (hyphenates and not is_two)
        return (text[:-1] if is_one else text) + line
    if _UNSPACED.match(text[-1:]) and _UNSPACED.match(line):
        return text + line
    return f"{text} {line}"
