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

from tm.alignment.sparse import Table, bin_sums, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.alignment.options import Options

    Words = NDArray[np.int32]
    Integers = NDArray[np.int64]
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


@dataclass(frozen=True, slots=True)
class Together:
    """Which words stand together in passages that translate each other. Each field is twofold: source, target.

    Attributes:
        pairs: the words of each different word pair.
        number: of its pair, for each two words that stand together (not twofold).
        places: where its two words stand, for each of these: a number for every word of every passage.
        words: the word at each place.
        beside: how many words the other side of the passage has, for each place.
        trust: how far the passage is believed, for each place.
    """

    pairs: tuple[Integers, Integers]
    number: Integers
    places: tuple[Integers, Integers]
    words: tuple[Words, Words]
    beside: tuple[Integers, Integers]
    trust: tuple[Array, Array]


def together(passages: Sequence[tuple[Words, Words]], weights: Sequence[float]) -> Together:
    """What stands together in these passages (words of the source, words of the target).

    Args:
        passages: of many only an even sample is taken, see ``LARGEST``.
        weights: how far to believe each, 0-1.
    """
    step = sum(len(source) * len(target) for source, target in passages) // LARGEST + 1
    chosen, believed = passages[::step], np.array(weights[::step])
    sizes = [np.array([len(passage[side]) for passage in chosen], dtype=np.int64) for side in (0, 1)]
    words = tuple(
        np.concatenate([np.zeros(0, dtype=np.int32), *(passage[side] for passage in chosen)])
        for side in (0, 1)
    )
    # Every source word of a passage with every target word of it, passage by passage.
    beside = tuple(np.repeat(sizes[1 - side], sizes[side]) for side in (0, 1))
    source = np.repeat(np.arange(len(words[0])), beside[0])
    first_target = np.repeat(np.cumsum(sizes[1]) - sizes[1], sizes[0])
    target = np.arange(len(source)) - np.repeat(np.cumsum(beside[0]) - beside[0] - first_target, beside[0])
    width = int(words[1].max(initial=0)) + 1
    keys, number = np.unique(
        words[0][source].astype(np.int64) * width + words[1][target], return_inverse=True
    )
    return Together(
        pairs=(keys // width, keys % width),
        number=number,
        places=(source, target),
        words=(words[0], words[1]),
        beside=(beside[0], beside[1]),
        trust=(np.repeat(believed, sizes[0]), np.repeat(believed, sizes[1])),
    )


def learn(found: Together, told: int, prior: Lexicon, options: Options) -> Lexicon:
    """The lexicon that tells the words of one side (1 is the target) by those of the other.

    Args:
        found: what stands together.
        told: the side whose words are told.
        prior: what is believed without it.
        options: rounds, discount and no_word are used.
    """
    row, column, place = found.pairs[1 - told], found.pairs[told], found.places[told]
    by_chance = options.no_word * prior.frequencies[found.words[told]]
    each = (1 - options.no_word) / found.beside[told]
    before = prior.known.at(row, column) + prior.rest[row] * prior.frequencies[column]
    probability, kept, freed = before, np.zeros(len(row)), np.ones(len(prior.rest))
    for _ in range(options.rounds):
        # Each word shares itself out among the words beside it; chance has its share too.
        shares = probability[found.number]
        whole = by_chance + each * bin_sums(place, shares, len(each))
        shares *= (each * found.trust[told] / whole)[place]
        counts = bin_sums(found.number, shares, len(row))
        sums = bin_sums(row, counts, len(prior.rest))
        taken = np.minimum(counts, options.discount)
        freed = np.where(sums > 0, bin_sums(row, taken, len(sums)) / np.maximum(sums, 1e-12), 1.0)
        kept = (counts - taken) / np.maximum(sums, 1e-12)[row]
        probability = kept + freed[row] * before
    alike = prior.known.scaled(freed[prior.known.rows()])
    known = table(
        np.append(row, alike.rows()),
        np.append(column, alike.columns),
        np.append(kept, alike.values),
        (len(prior.rest), len(prior.frequencies)),
    )
    return Lexicon(known, prior.rest * freed, prior.frequencies)
