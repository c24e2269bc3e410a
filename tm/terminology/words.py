"""Word alignment: which content words of a sentence are translated by which of the other.

IBM model 1 (Brown et al. 1993) in both directions, trained to agree (Liang, Taskar & Klein 2006, "Alignment
by Agreement"), and modified in three ways so that twenty sentences are enough:

a) only content words take part, as lemmas;
b) each pair of words has a prior, made from likeness of spelling, of part of speech and of how rare they are,
   and from translations already known;
c) instead of the jumps of a hidden Markov model, a link is supported by links of the neighbouring words.

The steps of ``link_words``, in the order in which they work:

1. ``_batches`` pads sentences of like length to one size, so that they are computed side by side.
2. ``_word_pairs`` numbers the different word pairs that stand in one sentence pair.
3. ``_likeness`` and ``_prior`` say what speaks for each word pair before anything is counted.
4. In each round ``_chances`` turns counts and priors into chances of translation, ``_expect`` turns these
   into links, and the links are counted again; from the second round on ``_neighbours`` support each other.
5. The links of the last round are given with their support: what speaks for them outside their own sentence
   pair.

Two sentence pairs. Words 0 of both sides stand together twice, so that they are linked, and the rest falls to
words 1:

>>> import numpy as np
>>> sentences, places = [np.array([0, 1]), np.array([0])], [np.array([0.2, 0.6]), np.array([0.3])]
>>> source = Words(["chien", "mie"], np.zeros(2), np.zeros(2), sentences, places)
>>> target = Words(["cachorro", "miolo"], np.zeros(2), np.zeros(2), sentences, places)
>>> links = dict(link_words(source, target))
>>> (links[0].forward * links[0].backward).round(1).tolist()
[[1.0, 0.0], [0.0, 1.0]]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.terminology.dictionary import Dictionary

    Floats = NDArray[np.floating[Any]]


VERB = 2
"""The part of speech of a verb, as a number."""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """Settings of the aligner, tuned on 20-sentence slices of two corpora (medicine, cloud computing).

    Attributes:
        rounds: of expectation and maximisation.
        prior: how many observed links the prior is worth, for one word.
        spelling: weight of likeness of spelling in the prior, in nats.
        speech: weight of the same part of speech in the prior, in nats.
        rarity: weight of the difference of the general rates, in nats per power of ten.
        dictionary: how many observed links a translation of the dictionary is worth.
        distance: how fast links far off the diagonal lose, in nats per sentence length.
        neighbours: how much a link gains from links beside it.
        nothing: the chance a word has no translation, against the chances of the others.
    """

    rounds: int = 5
    prior: float = 1.0
    spelling: float = 6.0
    speech: float = 1.0
    rarity: float = 0.5
    dictionary: float = 2.0
    distance: float = 4.0
    neighbours: float = 4.0
    nothing: float = 0.02


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of one side.

    Attributes:
        forms: the different words, as lemmas.
        speech: for each its part of speech as a number, ``VERB`` for a verb.
        rarity: for each the decimal logarithm of its general rate.
        sentences: for each sentence the numbers of its words.
        places: for each of these its place in the sentence, 0–1.
    """

    forms: Sequence[str]
    speech: NDArray[np.int64]
    rarity: Floats
    sentences: Sequence[NDArray[np.int64]]
    places: Sequence[Floats]


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one sentence pair, source words × target words.

    Attributes:
        forward: the chance that this target word (column) translates this source word; a column's sum is at
            most 1.
        backward: the chance that this source word (row) is translated by this target word; a row's sum is at
            most 1.
        support: how strong the link is, 0–1; it counts only as far as spelling or other sentences speak for
            it.
    """

    forward: Floats
    backward: Floats
    support: Floats

    @property
    def trust(self) -> float:
        """How far the sentences translate each other, 0–1: the support of all links, per word of the shorter
        one.

        >>> import numpy as np
        >>> float(Links(np.eye(2), np.eye(2), np.array([[0.5, 0.0], [0.0, 0.25]])).trust)
        0.375
        """
        trust: float = self.support.sum() / max(1, min(self.support.shape))
        return trust


def link_words(
    source: Words,
    target: Words,
    *,
    approved: Mapping[tuple[str, str], float] | None = None,
    dictionary: Dictionary | None = None,
    options: LinkOptions = LinkOptions(),
) -> Iterator[tuple[int, Links]]:
    """Link the words of sentence pairs, giving the number of each pair with its links, short sentences first.

    An example stands at the head of the module.

    Args:
        source: one side.
        target: the other; as many sentences.
        approved: pairs of lemmas that translate each other, each with how many observations it is worth.
        dictionary: whose translations are worth ``options.dictionary`` observations each.
        options: see there.
    """
    import numpy as np

    batches = list(_batches(source, target))
    pairs, cells = _word_pairs(batches, len(target.forms))
    if not len(pairs[0]):
        yield from ((number, Links(*[np.zeros((0, 0))] * 3)) for number in range(len(source.sentences)))
        return
    likeness = _likeness(source, target, pairs)
    prior = _prior(source, target, pairs, likeness, options)
    if dictionary:
        hashes = dictionary.hashes(0, source.forms)[pairs[0]], dictionary.hashes(1, target.forms)[pairs[1]]
        # The dictionary speaks of one word: "poder" the verb is no translation of "puissance".
        alike = (source.speech[pairs[0]] == VERB) == (target.speech[pairs[1]] == VERB)
        prior += options.dictionary * (dictionary.translates_hashes(*hashes) & alike)
    if approved:
        for at, (row, column) in enumerate(zip(*(side.tolist() for side in pairs), strict=True)):
            prior[at] += approved.get((source.forms[row], target.forms[column]), 0.0)
    counts = np.zeros_like(prior)
    for turn in range(options.rounds - 1):
        chances = _chances(counts + prior, pairs, len(source.forms), len(target.forms))
        counts = np.zeros_like(prior)
        for batch, cell in zip(batches, cells, strict=True):
            forward, backward = _expect(batch, chances, cell, options, beside=turn > 0)
            counts += np.bincount(cell.ravel(), (forward * backward).ravel(), len(counts))
    chances = _chances(counts + prior, pairs, len(source.forms), len(target.forms))
    for batch, cell in zip(batches, cells, strict=True):
        forward, backward = _expect(batch, chances, cell, options, beside=True)
        elsewhere = np.clip(counts[cell] - forward * backward, 0, 1)
        support = np.maximum(likeness[cell], elsewhere) * np.sqrt(forward * backward)
        for row, number in enumerate(batch.numbers):
            size = np.s_[row, : len(source.sentences[number]), : len(target.sentences[number])]
            yield number, Links(forward[size], backward[size], support[size])


@dataclass(frozen=True, slots=True)
class _Batch:
    """Sentence pairs padded to one size; word 0 is none, so that words are counted from 1.

    Attributes:
        numbers: of the sentence pairs.
        source: the words of each source sentence, one row each.
        target: the words of each target sentence.
        apart: how far apart two words stand in their sentences, 0–1.
        mask: where both words are words.
    """

    numbers: list[int]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    apart: Floats
    mask: NDArray[np.bool_]


def _batches(source: Words, target: Words, cells: int = 200_000) -> Iterator[_Batch]:
    """The sentence pairs by length, as many together as fit into so many cells; a cell takes some 30
    bytes."""
    import numpy as np

    sizes = [
        (len(source_words), len(target_words), number)
        for number, (source_words, target_words) in enumerate(
            zip(source.sentences, target.sentences, strict=True)
        )
    ]
    sizes.sort()
    start = 0
    while start < len(sizes):
        rows = columns = 1
        stop = start
        while stop < len(sizes):
            rows, columns = max(rows, sizes[stop][0]), max(columns, sizes[stop][1])
            if stop > start and rows * columns * (stop + 1 - start) > cells:
                break
            stop += 1
        numbers = [number for _, _, number in sizes[start:stop]]
        rows = max(1, *(size[0] for size in sizes[start:stop]), 1)
        columns = max(1, *(size[1] for size in sizes[start:stop]), 1)
        source_words, source_places = _padded(source, numbers, rows)
        target_words, target_places = _padded(target, numbers, columns)
        yield _Batch(
            numbers,
            source_words,
            target_words,
            np.abs(source_places[:, :, None] - target_places[:, None, :]),
            (source_words[:, :, None] > 0) & (target_words[:, None, :] > 0),
        )
        start = stop


def _padded(side: Words, numbers: Sequence[int], width: int) -> tuple[NDArray[np.int64], Floats]:
    """The words of some sentences, counted from 1, and their places; a row for each sentence, filled up with
    0."""
    import numpy as np

    words = np.zeros((len(numbers), width), np.int64)
    places = np.zeros((len(numbers), width), np.float32)
    for row, number in enumerate(numbers):
        size = len(side.sentences[number])
        words[row, :size] = side.sentences[number] + 1
        places[row, :size] = side.places[number]
    return words, places


def _word_pairs(
    batches: Sequence[_Batch], width: int
) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], list[NDArray[np.int32]]]:
    """The different word pairs that stand in one sentence pair, and the number of its pair for each cell of
    each batch."""
    import numpy as np

    parts = [np.unique(_codes(batch, width)[batch.mask]) for batch in batches]
    seen = np.unique(np.concatenate([np.zeros(0, np.int64), *parts]))
    cells = [
        np.where(batch.mask, np.searchsorted(seen, _codes(batch, width)), 0).astype(np.int32)
        for batch in batches
    ]
    return (seen // (width + 1) - 1, seen % (width + 1) - 1), cells


def _codes(batch: _Batch, width: int) -> NDArray[np.int64]:
    """One number for each pair of words."""
    return batch.source[:, :, None] * (width + 1) + batch.target[:, None, :]


def _prior(
    source: Words,
    target: Words,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    likeness: Floats,
    options: LinkOptions,
) -> Floats:
    """How many observed links each word pair is worth before anything is counted."""
    import numpy as np

    source_word, target_word = pairs
    rarity = np.abs(source.rarity[source_word] - target.rarity[target_word])
    speech = source.speech[source_word] == target.speech[target_word]
    logs = options.spelling * likeness + options.speech * speech - options.rarity * rarity
    prior: Floats = options.prior * np.exp(logs - options.spelling)
    return prior


def _likeness(source: Words, target: Words, pairs: tuple[NDArray[np.int64], NDArray[np.int64]]) -> Floats:
    """How alike two words are spelt, accents aside: 1 for equal ones, 0 from a Jaro–Winkler similarity of .5
    down."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    from tm.language.text import without_accents

    source_forms = [without_accents(form) for form in source.forms]
    target_forms = [without_accents(form) for form in target.forms]
    similarity = np.zeros(len(pairs[0]), np.float32)
    for start in range(0, len(similarity), 1_000_000):
        part = slice(start, start + 1_000_000)
        similarity[part] = process.cpdist(
            [source_forms[at] for at in pairs[0][part]],
            [target_forms[at] for at in pairs[1][part]],
            scorer=JaroWinkler.normalized_similarity,
            dtype=np.float32,
        )
    return np.clip(similarity * 2 - 1, 0, 1)


def _chances(
    weights: Floats, pairs: tuple[NDArray[np.int64], NDArray[np.int64]], sources: int, targets: int
) -> tuple[Floats, Floats]:
    """p(target | source) and p(source | target) of each word pair."""
    import numpy as np

    forward = weights / np.bincount(pairs[0], weights, sources)[pairs[0]]
    backward = weights / np.bincount(pairs[1], weights, targets)[pairs[1]]
    return forward.astype(np.float32), backward.astype(np.float32)


def _expect(
    batch: _Batch,
    chances: tuple[Floats, Floats],
    cell: NDArray[np.int32],
    options: LinkOptions,
    *,
    beside: bool,
) -> tuple[Floats, Floats]:
    """The links of a batch in both directions; ``beside`` lets neighbouring links support each other."""
    import numpy as np

    weights = np.exp(-options.distance * batch.apart) * batch.mask
    forward, backward = _normalised(chances[0][cell] * weights, chances[1][cell] * weights, options.nothing)
    if beside:
        weights *= 1 + options.neighbours * _neighbours(np.sqrt(forward * backward))
        forward, backward = _normalised(
            chances[0][cell] * weights, chances[1][cell] * weights, options.nothing
        )
    return forward, backward


def _normalised(forward: Floats, backward: Floats, nothing: float) -> tuple[Floats, Floats]:
    """Weights as chances: the words of the other side, and the chance of no translation, add up to 1."""
    return (
        forward / (forward.sum(1, keepdims=True) + nothing),
        backward / (backward.sum(2, keepdims=True) + nothing),
    )


def _neighbours(links: Floats) -> Floats:
    """For each cell the sum of the links one step away on both sides, straight or crossed.

    >>> import numpy as np
    >>> _neighbours(np.array([[[1.0, 0.0], [0.0, 0.5]]])).tolist()
    [[[0.5, 0.0], [0.0, 1.0]]]
    """
    import numpy as np

    padded = np.pad(links, ((0, 0), (1, 1), (1, 1)))
    rows, columns = links.shape[1:]
    sums = np.zeros_like(links)
    for down in (0, 2):
        for right in (0, 2):
            sums += padded[:, down : down + rows, right : right + columns]
    return sums
