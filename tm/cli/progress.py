"""How much of a job is not finished, as the commands count it: apart, and never as a fault."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tm.cli import terminal

if TYPE_CHECKING:
    from tm.formats.states import Unfinished


def fields(left: Unfinished) -> dict[str, int]:
    """The counts for JSON.

    >>> from tm.formats.states import Unfinished
    >>> fields(Unfinished(waiting=1, drafts=2))
    {'waiting': 1, 'drafts': 2, 'rejected': 0, 'unfinished': 3}
    """
    return {**asdict(left), "unfinished": left.total}


def words(left: Unfinished) -> str:
    """The counts for a summary, "" when all is finished.

    >>> from tm.formats.states import Unfinished
    >>> words(Unfinished(waiting=1, drafts=2))
    '3 unfinished: 1 waits for translation, 2 drafts'
    """
    parts = (
        (left.waiting, f"{left.waiting} {'waits' if left.waiting == 1 else 'wait'} for translation"),
        (left.drafts, terminal.counted(left.drafts, "draft")),
        (left.rejected, f"{left.rejected} rejected"),
    )
    counts = ", ".join(text for count, text in parts if count)
    return f"{left.total} unfinished: {counts}" if counts else ""
