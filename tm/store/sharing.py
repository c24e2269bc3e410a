"""Which segments share enough tokens with a query whose tokens each stand for several words.

``sharing`` counts, run by run, how many tokens of the query each segment has (``_shared``): one list of places
for each token of the query, made of the lists of its words. What it names is compared by its texts.

Three segments, "un pont", "le pont" and "les ponts"; with "le" and "les" as one token, which has the places 2
and 4, and "pont" and "ponts" as the other one, which has 1, 3 and 5:

>>> from tm.store.layout import Layout
>>> layout = Layout(lengths=np.array([2]), counts=np.array([3]))
>>> lists = [(1, np.array([2, 4])), (1, np.array([1, 3, 5]))]
>>> _shared(layout, lists, 0, 3).tolist()
[1, 2, 2]
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from tm.store.tolerance import EPSILON

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.store.layout import Layout
    from tm.store.postings import Postings
    from tm.store.ragged import Array, Numbers


def sharing(postings: Postings, query: Sequence[Sequence[int]], minimum: float) -> list[int]:
    """The units that may reach a likeness: they share as many tokens as their lengths ask for.

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
        if first == end:
            continue
        present = postings.sizes(run, {word for slot in times for word in slot})
        lists = []
        for slot, count in times.items():
            parts = [*postings.places(run, [word for word in slot if word in present]).values()]
            if parts:
                lists.append((count, np.sort(np.concatenate(parts)) if len(parts) > 1 else parts[0]))
        _, lengths = run.layout.starts(np.arange(first, end))
        needed = minimum * np.maximum(lengths, len(query)) - EPSILON
        ranks = np.flatnonzero(_shared(run.layout, lists, first, end) >= needed) + first
        units += postings.units(run)[ranks].tolist()
    return units


def _shared(layout: Layout, lists: Iterable[tuple[int, Array]], first: int, end: int) -> Numbers:
    """How many tokens each segment from rank ``first`` to ``end`` shares with a query.

    Args:
        layout: of the run.
        lists: for each different token of the query, how often it has the token, and the token's places.
        first: the first segment that is looked at.
        end: the segment behind the last.
    """
    bounds, _ = layout.starts(np.array([first, end]))
    shared = np.zeros(end - first, np.int64)
    for times, places in lists:
        window = places[slice(*np.searchsorted(places, bounds))]
        ranks = layout.ranks_of(window) - first
        shared += np.minimum(np.bincount(ranks, minlength=end - first), times)
    return shared
