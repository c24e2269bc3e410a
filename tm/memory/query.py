"""What a memory is asked for: a text, with its context where that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.values import dataclass

if TYPE_CHECKING:
    from tm.model import Segment


@dataclass(frozen=True, slots=True)
class Query:
    """A segment to look up, with its context where that is known.

    Attributes:
        segment: the text.
        previous: the segment before it.
        identifier: the key its format gives it (msgctxt, a resource's id).
    """

    segment: Segment
    previous: str = ""
    identifier: str = ""
