r"""White space that lays an XML file out, told from white space of its texts.

Where nothing says ``xml:space="preserve"``, line breaks and the blanks around them only lay the file out:
``folded`` makes one space of them, and nothing at both ends of a text. Two blanks in a line stay: a person
typed them. ``needs_preserving`` tells which texts a reader would change unless the file says that it must not.

>>> folded(Segment("\n    Le pont\n    relie.  Oui.\n")).text
'Le pont relie.  Oui.'
"""

from __future__ import annotations

import re
from dataclasses import replace

from tm.model import Segment

_LAYOUT = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_CHANGED = re.compile(r"\A\s|\s\Z|[\t\r\n]| {2}")


def folded(segment: Segment) -> Segment:
    r"""The text without its layout; its codes keep their places between the words.

    >>> from tm.model import Code
    >>> folded(Segment("un\n pont", (Code(4, "open", "g"), Code(8, "close", "g")))).codes[0].position
    3
    """
    text = segment.text
    if "\n" not in text and "\r" not in text:
        return segment
    runs = [match.span() for match in _LAYOUT.finditer(text)]
    pieces, kept = list[str](), 0
    for start, end in runs:
        pieces += [text[kept:start], " " if start > 0 and end < len(text) else ""]
        kept = end
    new = "".join([*pieces, text[kept:]])
    codes = tuple(replace(code, position=_moved(code.position, runs, len(text))) for code in segment.codes)
    return Segment(new, codes)


def _moved(position: int, runs: list[tuple[int, int]], length: int) -> int:
    """Where a place of the text is when each run has become one space, and at the ends nothing."""
    gone = 0
    for start, end in runs:
        if start >= position:
            break
        gone += min(position, end) - start - (start > 0 and end < length)
    return position - gone


def needs_preserving(text: str) -> bool:
    """Whether a reader may change the white space of the text unless it is told to keep it.

    >>> needs_preserving("un pont"), needs_preserving("un  pont"), needs_preserving(" un pont")
    (False, True, True)
    """
    return bool(_CHANGED.search(text))
