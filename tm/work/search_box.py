"""What a search box shows while somebody types: matches, and lines with the key word in context.

``box_matches`` and ``box_lines`` are two calls, so that the quicker one is shown first; each does one search
and no second one where the first finds little, as ``tm.work.answers.find`` does for a text that is complete.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     _ = store.add([Unit((Variant("fr", Segment("Le four.")), Variant("pt", Segment("O forno."))))])
...     (answer,) = box_matches(store, "le four", minimum=60)
...     (lines,) = box_lines(store, "fou", is_begun=True)
>>> [match.percent for match in answer.matches], [passage.places for passage in lines.passages]
([98], [((3, 7),)])
"""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING, get_args

from tm.choices import check_choice, check_count, check_percent
from tm.direction import UNDECIDED
from tm.memory import anywhere, concordance, find
from tm.store.protocol import listed
from tm.work.answers import Answer, Answers, Side, meant_units
from tm.work.memories import direction_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.direction import Direction
    from tm.memory.concordance import By
    from tm.store.protocol import Stores


def box_matches(
    stores: Stores,
    text: str,
    asked: Direction = UNDECIDED,
    *,
    side: Side = "source",
    minimum: int = 70,
    limit: int = 5,
    where: str = "",
) -> Answers:
    """The matches of a text, best first.

    Args:
        stores: an open memory, or several that are searched as one.
        text: what stands in the box.
        asked: from which language into which; UNDECIDED = the memory's own.
        side: "target" looks in the translations.
        minimum: the least percent of a match, 1–100.
        limit: how many matches at most.
        where: which units are looked in; "" = all (``tm.store.where``).

    Raises:
        OptionError: an option makes no sense.
        FormatError: the memories lack the languages.
    """
    check_percent("minimum", minimum)
    check_count("limit", limit)
    memories = listed(stores)
    direction = _direction(memories, asked, side)
    meant = meant_units(memories, where) if where else []
    searched = [units.store for units in meant] or memories
    matches = find(searched, text, direction, minimum=minimum, limit=limit) if text.strip() else []
    return Answers(direction, iter([Answer(text, tuple(matches))]), memories, meant)


def box_lines(
    stores: Stores,
    text: str,
    asked: Direction = UNDECIDED,
    *,
    side: Side = "source",
    is_begun: bool = False,
    is_phrase: bool = True,
    accents: bool = False,
    limit: int = 50,
    where: str = "",
    is_late: Callable[[], bool] = bool,
) -> Answers:
    """The units in which words stand, as passages, the newest first; the arguments are those of ``box_matches``.

    Args:
        stores: an open memory, or several that are searched as one.
        text: the words.
        asked: from which language into which; UNDECIDED = the memory's own.
        side: "target" looks in the translations.
        is_begun: whether the last word may go on; of several words it is left out as long as it is short.
        is_phrase: whether the words stand one after another; else anywhere, in any order.
        accents: whether accents count.
        limit: how many units at most.
        where: which units are looked in; "" = all (``tm.store.where``).
        is_late: asked now and then; once it holds, what is found so far is the answer.

    Raises:
        OptionError: an option makes no sense.
        FormatError: the memories lack the languages.
    """
    check_count("limit", limit)
    memories = listed(stores)
    direction = _direction(memories, asked, side)
    meant = meant_units(memories, where) if where else []
    searched = [units.store for units in meant] or memories
    by: tuple[By, ...] = ("words",) if accents else ("words", "accents")
    words = begun(text) if is_begun else text
    look = concordance if is_phrase else anywhere
    in_time = takewhile(lambda _: not is_late(), look(searched, words, direction, by))
    passages = tuple(islice(in_time, limit))
    answer = Answer(text, passages=passages, is_partial=len(passages) < limit and is_late())
    return Answers(direction, iter([answer]), memories, meant)


LETTERS = 3
"""Letters of a last word from which on it is looked for behind others: fewer begin too many words."""


def begun(text: str) -> str:
    """The words of a text whose last one may go on; without it where it has hardly begun.

    >>> begun("ouvrir la por"), begun("ouvrir la p"), begun("o"), begun("ouvrir la ")
    ('ouvrir la por*', 'ouvrir la', 'o*', 'ouvrir la ')
    """
    before, _, last = text.rpartition(" ")
    if not last.isalpha():
        return text
    return f"{text}*" if len(last) >= LETTERS or not before.strip() else before


def _direction(memories: Stores, asked: Direction, side: Side) -> Direction:
    check_choice("side", side, get_args(Side))
    named = direction_in(listed(memories), asked)
    return named.reversed() if side == "target" else named
