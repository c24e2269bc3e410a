"""What a reader or a writer says of what it left out, or changed: a line with counts, on the log.

>>> counted(1, "units"), counted(3, "units"), counted(0, "units")
('1 unit', '3 units', '0 units')
"""

from __future__ import annotations

import logging
from collections import Counter

log = logging.getLogger(__name__)


def counted(count: int, things: str) -> str:
    """A number of things, whose name ends in s."""
    return f"{count} {things if count != 1 else things.removesuffix('s')}"


def notice(text: str, **values: str | int) -> None:
    """Log a sentence, unless what it counts is nothing.

    Args:
        text: with a name in braces for each value: "{path}: left out {units} without text".
        values: texts as they stand there; a number is that of the things that its name says.

    >>> import sys
    >>> log.addHandler(handler := logging.StreamHandler(sys.stdout))
    >>> notice("{path}: left out {units} without text", path="a.tsv", units=1)
    a.tsv: left out 1 unit without text
    >>> notice("{path}: left out {units} without text", path="a.tsv", units=0)
    >>> log.removeHandler(handler)
    """
    if 0 not in values.values():
        shown = {
            name: counted(value, name) if isinstance(value, int) else value for name, value in values.items()
        }
        log.warning("%s", text.format(**shown))


class Notices:
    """Sentences about one file that are counted while it is written, and logged after."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._counts = Counter[tuple[str, str]]()

    def notice(self, text: str, things: str, count: int = 1) -> None:
        """Count things of which a sentence holds; see the function of this name."""
        self._counts[text, things] += count

    def log(self, path: str) -> None:
        """Log the sentences, in the order in which they were first counted."""
        for (text, things), count in self._counts.items():
            notice(text, path=path, **{things: count})
