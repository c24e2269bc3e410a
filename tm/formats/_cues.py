r"""The cues of subtitles (SubRip, WebVTT): what they say, and where that stands in the file.

In: the file as a string. Out: the texts of its cues with their places (``texts_of``). Lines of a cue are one
text, unless each begins with a dash: then each is what somebody says. Tags (``<i>``, ``<v Ana>``, ``{\an8}``)
are codes. ``writer`` writes a text in as many lines as it had.

>>> cues = "1\n00:00:01,000 --> 00:00:02,000\nLe <i>pont</i>\ntient.\n"
>>> ((line, place),) = texts_of(cues)
>>> line, place.segment.text, list(place.tags)
(3, 'Le pont tient.', ['<i0>', '</i0>'])
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tm.formats import _inline
from tm.formats._inline import TagItem, TextItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.formats._inline import Item, Place
    from tm.formats._inline_filling import Write

_TIMES = re.compile(r"[ \t]*(?:\d+:)?\d+:\d+[,.]\d+[ \t]*-->[ \t]*(?:\d+:)?\d+:\d+[,.]\d+.*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DASH = re.compile(r"[ \t]*(?:<[^>]*>|\{[^}]*\})*[ \t]*[-–—‐][ \t]*\S")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]+)[^<>\r\n]*>|<\d+:[\d:.]+>|\{\\[^{}\r\n]*\}")
_NEWLINE = re.compile(r"\r\n?|\n")


def texts_of(page: str) -> list[tuple[int, Place]]:
    """The texts of all cues, each with its line in the file and its place."""
    return list(_texts(page, is_vtt=is_webvtt(page)))


def is_webvtt(page: str) -> bool:
    """Whether these are subtitles of WebVTT, which has names of cues, notes and styles."""
    return page.lstrip("\ufeff").startswith("WEBVTT")


def lines_outside(page: str) -> int:
    r"""How many lines of SubRip have text and stand in no cue, such as behind a blank line within one.

    >>> lines_outside("1\n0:01,0 --> 0:02,0\nLe pont\n\ntient.\n\n2\n0:03,0 --> 0:04,0\nOui.\n")
    1
    """
    count, is_within = 0, False
    for line, following in pairwise([*_NEWLINE.split(page), ""]):
        if _TIMES.fullmatch(line):
            is_within = True
        elif not line.strip():
            is_within = False
        elif not is_within and not _TIMES.fullmatch(following) and any(map(str.isalpha, line)):
            count += 1
    return count


def _texts(page: str, *, is_vtt: bool) -> Iterator[tuple[int, Place]]:
    lines = [match for match in _LINE.finditer(page) if match.end() > match.start()]
    cue: list[tuple[int, int, int]] = []
    is_within = False
    for number, match in enumerate(lines, 1):
        line = match[0].rstrip("\r\n")
        if _TIMES.fullmatch(line):
            is_within = True
        elif not line.strip():
            yield from _cue(page, cue, is_vtt=is_vtt)
            cue, is_within = [], False
        elif is_within:
            cue.append((number, match.start(), match.start() + len(line)))
    yield from _cue(page, cue, is_vtt=is_vtt)


def _cue(page: str, lines: Sequence[tuple[int, int, int]], *, is_vtt: bool) -> Iterator[tuple[int, Place]]:
    """The texts of a cue."""
    spoken = [lines] if lines else []
    if len(lines) > 1 and all(_DASH.match(page, start, end) for _, start, end in lines):
        spoken = [[line] for line in lines]
    for of_one in spoken:
        number, start, _ = of_one[0]
        items = list(_items(page, number, start, of_one[-1][2], is_vtt=is_vtt))
        yield from _inline.lines(items, f"{len(of_one)} {'vtt' if is_vtt else ''}")


def _items(page: str, number: int, start: int, end: int, *, is_vtt: bool) -> Iterator[Item]:
    position = start
    for tag in _TAG.finditer(page, start, end):
        if position < tag.start():
            yield _text(page, number, position, tag.start(), is_vtt=is_vtt)
        position = tag.end()
        kind: Literal["open", "close", "alone"] = (
            "close" if tag["close"] else "open" if tag["name"] else "alone"
        )
        yield TagItem(tag["name"] or "t", kind, tag.start(), tag.end(), has_slash=not tag["name"])
    if position < end:
        yield _text(page, number, position, end, is_vtt=is_vtt)


def _text(page: str, number: int, start: int, end: int, *, is_vtt: bool) -> TextItem:
    text = page[start:end]
    return TextItem(html.unescape(text) if is_vtt else text, number, start, end)


def writer(page: str) -> Write:
    """What writes the texts of this file, in as many lines as they had."""
    newline = _NEWLINE.search(page)

    def write(place: Place, pieces: Sequence[tuple[str, str]]) -> str:
        """The markup of a text."""
        count, _, is_vtt = place.syntax.partition(" ")
        texts = [(_SPACES.sub(" ", text), tag) for text, tag in pieces]
        line_ends = _line_ends("".join(text for text, _ in texts), int(count))
        marked, position = "", 0
        for text, tag in texts:
            for number, character in enumerate(text, position):
                if number in line_ends:
                    marked += newline[0] if newline else "\n"
                else:
                    marked += html.escape(character, quote=False) if is_vtt else character
            marked, position = marked + tag, position + len(text)
        return marked

    return write


def _line_ends(text: str, count: int) -> set[int]:
    """The spaces that become the ends of lines, so that these are about equally long.

    >>> _line_ends("A ponte resiste.", 2)
    {7}
    """
    spaces = [number for number, character in enumerate(text) if character == " "]
    wanted = (len(text) * part // count for part in range(1, count))
    return {min(spaces, key=lambda space: abs(space - middle)) for middle in wanted if spaces}
