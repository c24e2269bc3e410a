"""Which word translates which: learnt from the texts that are being aligned.

IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation") with absolute discounting (Ney,
Essen & Kneser 1994): what is taken from the counts goes to words that are written alike, and else to all words by
their frequency. So a word never seen before is expected to be translated by its cognate, a frequent one by what it was
seen with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import Table, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.alignment.options import Options

    Words = NDArray[np.int32]
    Array = NDArray[np.float64]

LARGEST = 6_000_000
"""Word pairs that are counted at once: about 20,000 sentence pairs, 400 MB; of longer texts an even sample is taken."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words of one language say about words of another: p(other | word) = known + rest * p(other).

    Attributes:
        known: for each word (row) the probabilities of its translations.
        rest: for each word the probability that is left to all words by their frequency.
        frequencies: p(other).
        ratios: ``known`` as multiples of the other word's frequency.
    """

    known: Table
    rest: Array
    frequencies: Array
    ratios: Table = field(init=False)

    def __post_init__(self) -> None:
        """Derive the ratios."""
        object.__setattr__(self, "ratios", self.known.scaled(1 / self.frequencies[self.known.columns]))


def from_cognates(alike: Table, frequencies: Array) -> Lexicon:
    """The lexicon before anything was learnt."""
    return Lexicon(alike, 1 - alike.sums(), frequencies)


def learn(
    pairs: Sequence[tuple[Words, Words]], weights: Sequence[float], prior: Lexicon, options: Options
) -> Lexicon:
    """The lexicon after these pairs of passages.

    Args:
        pairs: words of one side, words of the other.
        weights: how far to believe each pair, 0-1.
        prior: what is believed without them.
        options: rounds, discount and no_word are used.
    """
    sizes = [len(source) * len(target) for source, target in pairs]
    step = sum(sizes) // LARGEST + 1
    chosen = [number for number in range(0, len(pairs), step) if sizes[number]]
    if not chosen:
        return prior
    rows = np.concatenate([np.repeat(pairs[n][0], len(pairs[n][1])) for n in chosen]).astype(np.int64)
    columns = np.concatenate([np.tile(pairs[n][1], len(pairs[n][0])) for n in chosen]).astype(np.int64)
    # Each occurrence of a target word shares itself out among the source words beside it.
    lengths = np.array([len(pairs[n][1]) for n in chosen])
    begins = np.cumsum(lengths) - lengths
    owners = np.concatenate(
        [
            np.tile(np.arange(begin, begin + len(pairs[n][1])), len(pairs[n][0]))
            for begin, n in zip(begins, chosen, strict=True)
        ]
    )
    trust = np.repeat([weights[n] for n in chosen], lengths)
    beside = np.repeat([len(pairs[n][0]) for n in chosen], lengths)
    general = prior.frequencies[np.concatenate([pairs[n][1] for n in chosen])]
    shape = (len(prior.rest), len(prior.frequencies))

    keys, where = np.unique(rows * shape[1] + columns, return_inverse=True)
    row, column = np.divmod(keys, shape[1])
    before = prior.known.at(row, column) + prior.rest[row] * prior.frequencies[column]
    probability = before
    for _ in range(options.rounds):
        parts = probability[where]
        totals = options.no_word * general + (1 - options.no_word) / beside * np.bincount(owners, parts)
        parts *= ((1 - options.no_word) / beside * trust / totals)[owners]
        counts = np.bincount(where, parts, minlength=len(keys))
        taken = np.minimum(counts, options.discount)
        sums = np.maximum(np.bincount(row, counts, minlength=shape[0]), 1e-12)
        freed = np.bincount(row, taken, minlength=shape[0]) / sums
        kept = (counts - taken) / sums[row]
        probability = kept + freed[row] * before
    seen = np.bincount(row, minlength=shape[0]) > 0
    freed = np.where(seen, freed, 1.0)
    backed = prior.known.scaled(freed[prior.known.rows()])
    known = table(
        np.append(row, backed.rows()),
        np.append(column, backed.columns),
        np.append(kept, backed.values),
        shape,
    )
    return Lexicon(known, prior.rest * freed, prior.frequencies)
