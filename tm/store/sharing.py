"""Which segments share enough tokens with a query whose tokens each stand for several words.

``sharing`` counts, run by run, how many tokens of the query each segment has (``_near``): the places of a token
are those of all its words. What it names is compared by its texts.

Three segments, "un pont", "le pont" and "les ponts"; "le" and "les", which are one token of a query, have the
places 2 and 4:

>>> from tm.store.layout import Layout
>>> layout = Layout(lengths=np.array([2]), counts=np.array([3]))
>>> _counted(layout, np.array([2, 4]), 0, 3).tolist()
[0, 1, 1]
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from tm.store.tolerance import EPSILON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.store.layout import Layout
    from tm.store.postings import Postings, Run
    from tm.store.ragged import Array, Numbers

TEXT = 20_000
"""Break-even: reading so many bytes of lists costs as much as comparing one segment by its text."""


def sharing(postings: Postings, query: Sequence[Sequence[int]], minimum: float) -> list[int]:
    """The units that may reach a likeness: they share as many tokens as their lengths ask for.

    The shortest lists are read first; the others are left unread once so few units are left that it is
    cheaper to compare these by their texts.

    Args:
        postings: the runs of a language.
        query: for each token the hashes of its words; two tokens have the same words or none in common.
        minimum: the least likeness.
    """
    times = Counter(map(frozenset, query))
    units: list[int] = []
    for run in postings.runs:
        first = run.layout.rank_from(math.ceil(minimum * len(query) - EPSILON))
        end = run.layout.rank_from(int(len(query) / minimum + EPSILON) + 1)
        if first < end:
            ranks = _near(postings, run, times, (first, end), minimum)
            units += postings.units(run)[ranks].tolist()
    return units


def _near(
    postings: Postings, run: Run, times: Counter[frozenset[int]], window: tuple[int, int], minimum: float
) -> Numbers:
    """The segments of a run, from one rank to another, that may share enough tokens."""
    first, end = window
    sizes = postings.sizes(run, {word for words in times for word in words})
    in_run = {words: [word for word in words if word in sizes] for words in times}
    size_of = {words: sum(map(sizes.__getitem__, present)) for words, present in in_run.items()}
    left, unread = sum(times[words] for words in times if in_run[words]), sum(size_of.values())
    _, lengths = run.layout.starts(np.arange(first, end))
    needed = minimum * np.maximum(lengths, times.total()) - EPSILON
    shared = np.zeros(end - first, np.int64)
    for words in sorted(filter(in_run.get, times), key=size_of.__getitem__):
        near = np.flatnonzero(shared + left >= needed)
        if len(near) * TEXT <= unread:
            return near + first
        lists = [*postings.places(run, in_run[words]).values()]
        places = np.sort(np.concatenate(lists)) if len(lists) > 1 else lists[0]
        shared += np.minimum(_counted(run.layout, places, first, end), times[words])
        left, unread = left - times[words], unread - size_of[words]
    return np.flatnonzero(shared >= needed) + first


def _counted(layout: Layout, places: Array, first: int, end: int) -> Numbers:
    """How many of these places each segment from rank ``first`` to ``end`` has."""
    bounds, _ = layout.starts(np.array([first, end]))
    window = places[slice(*np.searchsorted(places, bounds))]
    return np.bincount(layout.ranks_of(window) - first, minlength=end - first)
