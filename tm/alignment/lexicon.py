"""Which word translates which: learnt from the texts that are being aligned.

IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation") with absolute
discounting (Ney, Essen & Kneser 1994): what is taken from the counts goes to words that are written alike,
and else to all words by their frequency. So a word never seen before is expected to be translated by its
cognate, a frequent one by what it was seen with. Two things are added: words at about the same place of their
passages are likelier to translate each other (Dyer, Chahuneau & Smith 2013), and how often a word translates
nothing is counted word by word. Words that were taught before the run (by a glossary, a memory)
are known to translate each other wherever they stand: their order tells nothing more. A dictionary is believed
for a share only (``Lexicon.partly``): it knows what words may be, not what they are in these texts.

The steps, in the order in which they work:

1. ``from_cognates`` is the lexicon before anything was learnt.
2. ``together`` lists which words stand together in passages that translate each other; of many passages a
   sample is enough (``sampled``).
3. ``learn`` shares each word out among the words beside it, again and again, and takes a discount from each
   count (``_shared_out``); at last ``_lost`` counts the share of each word that was left for none of them.

Two words of each language, in three passages; 0 and 0 stand together alone in one of them:

>>> from tm.alignment.options import Options
>>> words = np.array([0, 1], dtype=np.int32)
>>> passages = [(words, words), (words[:1], words[:1]), (words, words)] * 5
>>> nothing = table(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), (2, 2))
>>> before = from_cognates(nothing, np.array([0.6, 0.4]))
>>> after = learn(together(passages, [1.0] * 15), 1, before, Options())
>>> after.known.at(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])).round(1).tolist()
[0.9, 0.0, 0.1, 0.8]
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
"""Most word pairs that are counted: about 20,000 sentence pairs, 400 MB. Of longer texts an even sample is
taken."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How words are translated: p(translation | word) = known + rest * frequency of the translation.

    Attributes:
        known: the probabilities of the translations of each word (row).
        rest: the probability of each word that is left to all translations by their frequency.
        frequencies: of the words of the other language.
        lost: how much oftener than usual each word of the other language translates nothing.
        learnt: the part of ``known`` that passages have taught; None before the first.
        ratios: ``known`` as multiples of the translation's frequency.
    """

    known: Table
    rest: Array
    frequencies: Array
    lost: Array
    learnt: Table | None = None
    ratios: Table = field(init=False)

    def __post_init__(self) -> None:
        """Derive the ratios."""
        object.__setattr__(self, "ratios", self.known.scaled(1 / self.frequencies[self.known.columns]))

    def partly(self, share: float, other: Lexicon) -> Lexicon:
        """What is known when this is believed for a share, and another lexicon of the same words for the rest; it counts
        as what was known before any passage.

        >>> frequencies = np.array([0.5, 0.5])
        >>> shape, one = (1, 2), np.array([0])
        >>> taught = from_cognates(table(one, np.array([1]), np.array([0.5]), shape), frequencies)
        >>> nothing = from_cognates(table(one, one, np.array([0.1]), shape), frequencies)
        >>> taught.partly(0.2, nothing).known.values.round(2).tolist()
        [0.08, 0.1]
        """
        known = table(
            np.append(self.known.rows(), other.known.rows()),
            np.append(self.known.columns, other.known.columns),
            np.append(share * self.known.values, (1 - share) * other.known.values),
            (len(self.rest), len(self.frequencies)),
        )
        rest = share * self.rest + (1 - share) * other.rest
        return Lexicon(known, rest, self.frequencies, other.lost)


def from_cognates(alike: Table, frequencies: Array) -> Lexicon:
    """The lexicon before anything was learnt: a word is translated by its cognates, else by any word.

    >>> alike = table(np.array([0]), np.array([1]), np.array([0.8]), (2, 2))
    >>> from_cognates(alike, np.array([0.5, 0.5])).rest.round(1).tolist()
    [0.2, 1.0]
    """
    return Lexicon(alike, 1 - alike.sums(), frequencies, np.ones(len(frequencies)))


@dataclass(frozen=True, slots=True)
class Together:
    """Which words stand together in passages that translate each other.

    A *place* is a word of a passage; the places of a side are numbered through all passages. Each field but
    ``number`` and ``near`` has two values, for source and target.

    Attributes:
        pairs: the words of each different word pair.
        number: the number of its word pair, for each source place with each target place of the same passage.
        places: the two places themselves, in the same order.
        near: how near to each other these stand in their passages: 1 at the same share of the way, less the further
            apart.
        words: the word at each place.
        trust: how far the passage is believed, for each place.
    """

    pairs: tuple[Integers, Integers]
    number: Integers
    places: tuple[Integers, Integers]
    near: Array
    words: tuple[Words, Words]
    trust: tuple[Array, Array]


def sampled(word_pairs: int) -> int:
    """Of how many passages one is taken, so that the sample has no more than ``LARGEST`` word pairs.

    >>> sampled(1000), sampled(2 * LARGEST)
    (1, 3)
    """
    return word_pairs // LARGEST + 1


def together(
    passages: Sequence[tuple[Words, Words]], weights: Sequence[float] | Array, *, near: float = 0.0
) -> Together:
    """What stands together in passages that translate each other.

    Args:
        passages: words of the source, words of the target; of many an even sample, see ``sampled``.
        weights: how far to believe each, 0–1.
        near: how fast words part from each other, see ``Options``; 0 where their order tells nothing.

    >>> one, two = np.array([7], dtype=np.int32), np.array([5, 7], dtype=np.int32)
    >>> beside = together([(one, two), (one, one)], [1.0, 0.5])
    >>> list(zip(beside.pairs[0].tolist(), beside.pairs[1].tolist())), beside.number.tolist()
    ([(7, 5), (7, 7)], [0, 1, 1])
    """
    trust = np.array(weights)
    sizes = [np.array([len(passage[side]) for passage in passages], dtype=np.int64) for side in (0, 1)]
    words = tuple(
        np.concatenate([np.zeros(0, dtype=np.int32), *(passage[side] for passage in passages)])
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
        near=np.exp(-near * np.abs(_along(sizes[0])[source] - _along(sizes[1])[target])),
        words=(words[0], words[1]),
        trust=(np.repeat(trust, sizes[0]), np.repeat(trust, sizes[1])),
    )


def _along(sizes: Integers) -> Array:
    """How far along its passage each place stands, 0–1.

    >>> _along(np.array([2, 1])).tolist()
    [0.25, 0.75, 0.5]
    """
    numbers = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return (numbers + 0.5) / np.repeat(sizes, sizes)


def learn(counted: Together, side: int, prior: Lexicon, options: Options) -> Lexicon:
    """The lexicon whose translations are words of one side; an example heads the module.

    Args:
        counted: what stands together.
        side: whose words are the translations: 1 the target, 0 the source.
        prior: the lexicon so far.
        options: rounds, discount, no_word and held_lost are used.
    """
    kept, freed, lost = _shared_out(counted, side, prior, options)
    row, column = counted.pairs[1 - side], counted.pairs[side]
    shape = (len(prior.rest), len(prior.frequencies))
    alike = prior.known.scaled(freed[prior.known.rows()])
    learnt = table(row, column, kept, shape)
    known = table(
        np.append(learnt.rows(), alike.rows()),
        np.append(learnt.columns, alike.columns),
        np.append(learnt.values, alike.values),
        shape,
    )
    return Lexicon(known, prior.rest * freed, prior.frequencies, lost, learnt)


def _shared_out(counted: Together, side: int, prior: Lexicon, options: Options) -> tuple[Array, Array, Array]:
    """Each word shared out among the words beside it, again and again.

    Returns:
        Of each word pair the probability that is learnt; of each word what its discounts leave for others; and how
        often each translation is of nothing (``_lost``).
    """
    row, column, place = counted.pairs[1 - side], counted.pairs[side], counted.places[side]
    by_chance = options.no_word * prior.frequencies[counted.words[side]]
    near = counted.near
    if prior.learnt is not None:
        taught = prior.learnt.at(row, column) > 0
        near = np.where(taught[counted.number], 1.0, near)
    share = (1 - options.no_word) / bin_sums(place, near, len(by_chance))
    before = prior.known.at(row, column) + prior.rest[row] * prior.frequencies[column]
    probability, kept, freed = before, np.zeros(len(row)), np.ones(len(prior.rest))
    for _ in range(options.rounds):
        # Each word shares itself out among the words beside it; chance has its share too.
        shares = probability[counted.number] * near
        whole = by_chance + share * bin_sums(place, shares, len(share))
        shares *= (share * counted.trust[side] / whole)[place]
        counts = bin_sums(counted.number, shares, len(row))
        sums = bin_sums(row, counts, len(prior.rest))
        taken = np.minimum(counts, options.discount)
        freed = np.where(sums > 0, bin_sums(row, taken, len(sums)) / np.maximum(sums, 1e-12), 1.0)
        kept = (counts - taken) / np.maximum(sums, 1e-12)[row]
        probability = kept + freed[row] * before
    lost = _lost(counted.words[side], counted.trust[side], by_chance / whole, len(prior.lost), options)
    return kept, freed, lost


def _lost(words: Words, trust: Array, by_chance: Array, count: int, options: Options) -> Array:
    """How much oftener than usual each of so many words translates nothing.

    Args:
        words: at each place.
        trust: how far its passage is believed.
        by_chance: how likely the word there translates none of those beside it.
        count: of different words.
        options: ``no_word`` is what is usual, ``held_lost`` how many places of a word that is worth.

    >>> from tm.alignment.options import Options
    >>> options = Options(no_word=0.2, held_lost=2.0)
    >>> _lost(np.array([0, 0], dtype=np.int32), np.ones(2), np.array([1.0, 0.6]), 2, options).tolist()
    [2.5, 1.0]
    """
    numbers = words.astype(np.int64)
    chance = bin_sums(numbers, trust * by_chance, count) / options.no_word
    lost: Array = (chance + options.held_lost) / (bin_sums(numbers, trust, count) + options.held_lost)
    return lost
