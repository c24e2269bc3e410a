"""Where a phrase stands in the memory, with the translations of the sentences around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.errors import OptionError
from tm.language import key_tokens, tokens
from tm.model import Segment

if TYPE_CHECKING:
    from tm.memory.store import Store
    from tm.model import Pair, Unit


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where a phrase stands.

    Attributes:
        unit: the stored unit.
        pair: its two segments in the languages asked for.
        start: where the phrase begins in the source's text.
        end: where it ends.
    """

    unit: Unit
    pair: Pair
    start: int
    end: int


def concordance(stores: Store | Sequence[Store], phrase: str, source: str, target: str) -> Iterator[Passage]:
    """Every unit in whose source the phrase's words stand one after another, the newest first; its first place there.

    Case, typography and which numbers do not count. Units with the same two texts come once.

    Args:
        stores: a memory, or several, one after the other.
        phrase: words of the source language; without any nothing is found.
        source: the language to look in.
        target: the other; units without it are passed over.
    """
    yield from passages(stores, key_tokens(Segment(phrase), source), source, target)


def passages(
    stores: Store | Sequence[Store], wanted: list[str], source: str, target: str
) -> Iterator[Passage]:
    """``concordance`` of key tokens."""
    if not wanted:
        return
    shown = set()
    for store in stores if isinstance(stores, Sequence) else [stores]:
        for number in store.containing(wanted, source):
            for unit in store.fetch([number]):
                pair = unit.pair(source, target)
                place = pair and _place(pair.source.text, wanted, source)
                if pair and place and (pair.source, pair.target) not in shown:
                    shown.add((pair.source, pair.target))
                    yield Passage(unit, pair, *place)


def searched(stores: Store | Sequence[Store], expression: str, source: str, target: str) -> Iterator[Passage]:
    """Every unit in whose source a regular expression is found, in order of arrival; its first place there.

    All texts are read: some seconds for a million of them.

    Args:
        stores: a memory, or several, one after the other.
        expression: as Python's ``re`` has it.
        source: the language to look in.
        target: the other; units without it are passed over.

    Raises:
        OptionError: the expression makes no sense.
    """
    try:
        pattern = re.compile(expression)
    except (re.error, OverflowError, RecursionError) as error:
        raise OptionError(f"{expression!r} is no regular expression: {error}") from error
    for store in stores if isinstance(stores, Sequence) else [stores]:
        for unit in store.units():
            pair = unit.pair(source, target)
            found = pair and pattern.search(pair.source.text)
            if pair and found:
                yield Passage(unit, pair, *found.span())


def _place(text: str, wanted: list[str], language: str) -> tuple[int, int] | None:
    """From where to where the wanted keys stand in a text."""
    keys = key_tokens(Segment(text), language)
    for first in range(len(keys) - len(wanted) + 1):
        if keys[first : first + len(wanted)] == wanted:
            places = tokens(text, language)
            return places[first].start, places[first + len(wanted) - 1].end
    return None
