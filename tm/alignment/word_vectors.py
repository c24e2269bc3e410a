"""Words whose vectors are alike: what a model of sentence vectors knows of single words.

A run of a few hundred segments shows most of its words once or twice, too seldom to learn what translates them. A
model that gives texts their vectors gives them to words too, so that it is a dictionary of all its languages at
once. What it says is taken as that of words written alike (``cognates``): a beginning, which the texts outweigh.

1. ``commonest`` chooses the words that are compared, each as the texts write it most often.
2. ``margins`` says how much more alike two words are than each is to its nearest ones in the other language
   (Artetxe & Schwenk 2019): some words are near to all others.
3. ``alike`` makes a probability of each margin, by a logistic curve, and ``joined`` adds those of words written
   alike.

>>> forms = Counter({("pont", "Pont"): 2, ("pont", "pont"): 3, ("mer", "mer"): 4, ("a7", "A7"): 9})
>>> commonest(forms, {"mer", "pont"})
[('pont', 'pont'), ('mer', 'mer')]
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.cognates import MOST
from tm.alignment.sparse import Table, table
from tm.vectors.remembering import Remembering

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.alignment.vocabulary import Forms
    from tm.vectors import Model

    Vectors = NDArray[np.float32]

WORDS = 5_000
"""Most words of a side that are compared, the commonest; a text with more of them teaches them itself. They take
two seconds to encode, and three to compare with as many."""

NEAREST = 10
"""To so many nearest words of the other language each word is compared."""

LEAST, EVEN, STEEP, LIKELIEST = 0.08, 0.2, 0.03, 0.8
"""The least margin that is looked at, the margin of two words that translate each other with half of the
greatest probability, how fast it grows there, and the greatest one. Of the words of textberg-dev that are each
other's nearest, nine in ten translate each other at a margin of .15, and four in ten at .05. [strict F1 with
sentence vectors, textberg-dev and eight documents of the story of a game, German and French, each a run: .05 .15
.04 .893 .937, .08 .2 .03 .896 .937]"""

SHARE = 0.5
"""Most that a word's likenesses make up together: the other half is for translations that the model does not
have. [strict F1 with a dictionary too, four documents of the story of a game, German and French, each a run: .5 .928,
.9 .923]"""

ROWS = 500
"""Words that are compared at once with all of the other side."""


def commonest(forms: Forms, known: Container[str]) -> list[tuple[str, str]]:
    """The commonest words, each by its key and as it is written most often; an example heads the module.

    Args:
        forms: how often each word is written in each way.
        known: the keys that count: what stands in a column of ids, or far behind in a very long line, does not.
    """
    counts: Counter[str] = Counter()
    written: dict[str, tuple[int, str]] = {}
    for (key, form), count in forms.items():
        if key in known:
            counts[key] += count
            written[key] = max(written.get(key, (0, "")), (count, form))
    keys = sorted(counts, key=lambda key: (-counts[key], key))[:WORDS]
    return [(key, written[key][1]) for key in keys]


def alike(chosen: tuple[Sequence[str], Sequence[str]], opened: Callable[[], Model]) -> Table | None:
    """How likely each word is translated by each, as the model has them; None where it has no single words.

    Args:
        chosen: words of both sides as the texts write them.
        opened: opens the model.
    """
    model = opened()
    if not model.has_words:
        return None
    source, target = (model.directions(model.parts(words)) for words in chosen)
    if isinstance(model, Remembering):
        model.save()
    found = list(margins(source, target))
    rows, columns, values = (np.concatenate(column) for column in zip(*found, strict=True))
    likely = LIKELIEST / (1 + np.exp((EVEN - values.astype(np.float64)) / STEEP))
    every = table(rows, columns, likely, (len(source), len(target)))
    return every.capped(SHARE).transposed().capped(SHARE).transposed()


def margins(
    source: Vectors, target: Vectors
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], Vectors]]:
    """The margins of words above ``LEAST``, some source words at a time: their numbers, those of the target
    words, the margins.

    >>> rows = np.eye(12, dtype=np.float32)
    >>> [column.astype(float).round(2).tolist() for column in next(margins(rows[:1], rows))]
    [[0.0], [0.0], [0.45]]
    """
    beside = _nearest(source, target), _nearest(target, source)
    for begin in range(0, max(len(source), 1), ROWS):
        block = source[begin : begin + ROWS] @ target.T
        block -= (beside[0][begin : begin + ROWS, None] + beside[1]) / 2
        rows, columns = np.nonzero(block > LEAST)
        yield rows + begin, columns, block[rows, columns]


def _nearest(words: Vectors, others: Vectors) -> Vectors:
    """The mean cosine of each word with its nearest others."""
    most = min(NEAREST, len(others))
    means = np.zeros(len(words), dtype=np.float32)
    for begin in range(0, len(words) if most else 0, ROWS):
        block = words[begin : begin + ROWS] @ others.T
        means[begin : begin + ROWS] = np.partition(block, -most, axis=1)[:, -most:].mean(axis=1)
    return means


def joined(known: Table, found: Table, places: tuple[NDArray[np.int64], NDArray[np.int64]]) -> Table:
    """The likelier of both for each two words.

    Args:
        known: of all words.
        found: of some, by their places among those compared.
        places: where each of these stands among all words, for both sides.

    >>> known = table(np.array([0, 1]), np.array([0, 1]), np.array([0.4, 0.2]), (2, 2))
    >>> found = table(np.array([0]), np.array([0]), np.array([0.3]), (1, 1))
    >>> joined(known, found, (np.array([1]), np.array([1]))).values.tolist()
    [0.4, 0.3]
    """
    rows, columns = places[0][found.rows()], places[1][found.columns]
    more = np.maximum(found.values - known.at(rows, columns), 0.0)
    return table(
        np.append(known.rows(), rows),
        np.append(known.columns, columns),
        np.append(known.values, more),
        (len(known.bounds) - 1, known.width),
    ).capped(MOST)
