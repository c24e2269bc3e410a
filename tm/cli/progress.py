"""How much of a job is not finished, as the commands count it: apart, and never as a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.cli import terminal

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from tm.model import State


def fields(left: Counter[State]) -> dict[str, int]:
    """The counts for JSON: what waits for a translator, drafts, rejected translations, and all of them.

    >>> from collections import Counter
    >>> fields(Counter({"draft": 2, "untranslated": 1}))
    {'waiting': 1, 'drafts': 2, 'rejected': 0, 'unfinished': 3}
    """
    return {
        "waiting": left["untranslated"],
        "drafts": left["draft"],
        "rejected": left["rejected"],
        "unfinished": left.total(),
    }


def lines(left: Counter[State]) -> Iterator[str]:
    """The same as words; nothing when all is finished.

    >>> from collections import Counter
    >>> print(*lines(Counter({"draft": 2, "untranslated": 1})))
    3 unfinished: 1 waits for translation, 2 drafts
    """
    waiting, drafts = left["untranslated"], left["draft"]
    parts = (
        (waiting, f"{waiting} {'waits' if waiting == 1 else 'wait'} for translation"),
        (drafts, terminal.counted(drafts, "draft")),
        (left["rejected"], f"{left['rejected']} rejected"),
    )
    if left.total():
        yield f"{left.total()} unfinished: {', '.join(words for count, words in parts if count)}"
