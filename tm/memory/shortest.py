"""The shortest way from one list to another: which elements stay, by one rule on every machine.

Often there are several shortest ways. ``links`` takes the one that

1. keeps equal elements at the beginning, then at the end;
2. in between, goes from the end to the beginning, and at each place prefers to drop an element of the first list,
   then to add one of the second, then to keep or replace. *First* is the shorter list here, of equally long ones
   the one that comes first in order: so the way back is the way there, turned round.

The distances are those of Levenshtein (1966), computed as bits of whole numbers (Hyyrö 2003, "A bit-vector
algorithm for computing Levenshtein and Damerau edit distances"): one step for each element of the second list.

>>> def kept(olds, news):
...     return links(olds, news, key=str, are_equal=str.__eq__)
>>> kept("le vieux pont".split(), "le pont neuf".split())
[(0, 0), (2, 1)]
>>> kept(["a", "b"], ["b", "a"]), kept(["b", "a"], ["a", "b"])
([(0, 1)], [(1, 0)])
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


def links(
    olds: Sequence[T], news: Sequence[T], *, key: Callable[[T], Any], are_equal: Callable[[T, T], bool]
) -> list[tuple[int, int]]:
    """The elements that stay, as pairs of their indexes, ascending; all others are dropped, added or replaced.

    Args:
        olds: one list.
        news: another one.
        key: what elements are put in order by; the same for elements that are equal.
        are_equal: which elements with the same key are equal; the order of its arguments must not matter.

    >>> links("abxc", "abc", key=str, are_equal=str.__eq__)
    [(0, 0), (1, 1), (3, 2)]
    """
    least = min(len(olds), len(news))
    if not least:
        return []
    first = 0
    while first < least and are_equal(olds[first], news[first]):
        first += 1
    last = 0
    while last < least - first and are_equal(olds[-1 - last], news[-1 - last]):
        last += 1
    middle_olds, middle_news = olds[first : len(olds) - last], news[first : len(news) - last]
    pairs = [(index, index) for index in range(first)]
    if middle_olds and middle_news:
        between = _between(middle_olds, middle_news, key, are_equal)
        pairs += [(first + old, first + new) for old, new in between]
    return pairs + [(len(olds) - index, len(news) - index) for index in range(last, 0, -1)]


def distance(olds: Sequence[Any], news: Sequence[Any], pairs: Sequence[tuple[int, int]]) -> int:
    """How many elements are dropped, added or replaced between what stays.

    >>> distance("le vieux pont".split(), "le pont neuf".split(), [(0, 0), (2, 1)])
    2
    """
    if len(pairs) == len(olds) == len(news):
        return 0
    total, old_end, new_end = 0, 0, 0
    for old, new in [*pairs, (len(olds), len(news))]:
        total += max(old - old_end, new - new_end)
        old_end, new_end = old + 1, new + 1
    return total


def _between(
    olds: Sequence[T], news: Sequence[T], key: Callable[[T], Any], are_equal: Callable[[T, T], bool]
) -> list[tuple[int, int]]:
    if (len(olds), [*map(key, olds)]) > (len(news), [*map(key, news)]):
        return [(old, new) for new, old in _traced(news, olds, key, are_equal)]
    return _traced(olds, news, key, are_equal)


def _traced(
    olds: Sequence[T], news: Sequence[T], key: Callable[[T], Any], are_equal: Callable[[T, T], bool]
) -> list[tuple[int, int]]:
    """Go back from the end through the differences of neighbouring distances."""
    rows: dict[Any, list[int]] = defaultdict(list)
    for row, old in enumerate(olds):
        rows[key(old)].append(row)
    all_bits = (1 << len(olds)) - 1
    up, down = (
        all_bits,
        0,
    )  # in this column: where the distance grows by one from row to row, where it shrinks
    columns = []
    for new in news:
        equal = 0
        for row in rows.get(key(new), ()):
            if are_equal(olds[row], new):
                equal |= 1 << row
        zero = (((equal & up) + up) ^ up) | equal | down
        grows = down | ~(zero | up)
        shrinks = up & zero
        grows, shrinks = grows << 1 | 1, shrinks << 1
        up, down = (shrinks | ~(zero | grows)) & all_bits, grows & zero & all_bits
        columns.append((up, down, equal))
    pairs = []
    row, column = len(olds), len(news)
    while row and column:
        up, _, equal = columns[column - 1]
        bit = 1 << row - 1
        if up & bit:
            row -= 1
        elif column > 1 and columns[column - 2][1] & bit:
            column -= 1
        else:
            row, column = row - 1, column - 1
            if equal & bit:
                pairs.append((row, column))
    return pairs[::-1]
