"""Word alignment: which content words of a sentence are translated by which of the other.

IBM model 1 (Brown et al. 1993) in both directions, trained to agree (Liang, Taskar & Klein 2006, "Alignment by
Agreement"), and modified in three ways so that twenty sentences are enough: (a) only content words take part, as lemmas;
(b) each pair of words has a prior, made from likeness of spelling, of part of speech and of how rare they are, and from
translations already known; (c) instead of the jumps of a hidden Markov model, a link is supported by links of the
neighbouring words. Sentences of like length are computed side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of the aligner, found on 20-sentence slices of two corpora (medicine, cloud computing).

    Attributes:
        rounds: of expectation and maximisation.
        prior: how many observed links the prior is worth, for one word.
        spelling: weight of likeness of spelling in the prior, in nats.
        speech: of the same part of speech.
        rarity: of the difference of the general rates, in nats per power of ten.
        distance: how fast links far off the diagonal lose, in nats per sentence length.
        neighbours: how much a link gains from links beside it.
        nothing: the chance a word has no translation, against the chances of the others.
    """

    rounds: int = 5
    prior: float = 1.0
    spelling: float = 6.0
    speech: float = 1.0
    rarity: float = 0.5
    distance: float = 4.0
    neighbours: float = 4.0
    nothing: float = 0.02


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of one side.

    Attributes:
        forms: the different words, as lemmas.
        speech: for each its part of speech as a number.
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
        forth: the chance that this target word (column) translates this source word; a column's sum is at most 1.
        back: the chance that this source word (row) is translated by this target word; a row's sum is at most 1.
        support: how strong the link is, counting only so far as spelling or other sentences speak for it, 0–1.
    """

    forth: Floats
    back: Floats
    support: Floats

    @property
    def trust(self) -> float:
        """How far the sentences are a translation of each other, 0–1: the support of all links for each word of the shorter."""
        trust: float = self.support.sum() / max(1, min(self.support.shape))
        return trust


def align(
    source: Words,
    target: Words,
    *,
    known: Mapping[tuple[str, str], float] | None = None,
    options: Options = Options(),
) -> Iterator[tuple[int, Links]]:
    """Link the words of sentence pairs, giving the number of each pair with its links, short sentences first.

    Args:
        source: one side.
        target: the other; as many sentences.
        known: pairs of lemmas known to translate each other, each with how many observations it is worth.
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
    for at, (one, other) in enumerate(zip(*(side.tolist() for side in pairs), strict=True)) if known else ():
        prior[at] += (known or {}).get((source.forms[one], target.forms[other]), 0.0)
    counts = np.zeros_like(prior)
    for turn in range(options.rounds - 1):
        chances = _chances(counts + prior, pairs, len(source.forms), len(target.forms))
        counts = np.zeros_like(prior)
        for batch, cell in zip(batches, cells, strict=True):
            forth, back = _expect(batch, chances, cell, options, beside=turn > 0)
            counts += np.bincount(cell.ravel(), (forth * back).ravel(), len(counts))
    chances = _chances(counts + prior, pairs, len(source.forms), len(target.forms))
    for batch, cell in zip(batches, cells, strict=True):
        forth, back = _expect(batch, chances, cell, options, beside=True)
        elsewhere = np.clip(counts[cell] - forth * back, 0, 1)
        support = np.maximum(likeness[cell], elsewhere) * np.sqrt(forth * back)
        for row, number in enumerate(batch.numbers):
            size = np.s_[row, : len(source.sentences[number]), : len(target.sentences[number])]
            yield number, Links(forth[size], back[size], support[size])


@dataclass(frozen=True, slots=True)
class _Batch:
    """Sentence pairs padded to one size; word 0 is none."""

    numbers: list[int]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    near: Floats
    mask: NDArray[np.bool_]


def _batches(source: Words, target: Words, cells: int = 200_000) -> Iterator[_Batch]:
    import numpy as np

    sizes = [
        (len(one), len(other), number)
        for number, (one, other) in enumerate(zip(source.sentences, target.sentences, strict=True))
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
        one, here = _padded([source.sentences[n] for n in numbers], [source.places[n] for n in numbers], rows)
        other, there = _padded(
            [target.sentences[n] for n in numbers], [target.places[n] for n in numbers], columns
        )
        yield _Batch(
            numbers,
            one,
            other,
            np.abs(here[:, :, None] - there[:, None, :]),
            (one[:, :, None] > 0) & (other[:, None, :] > 0),
        )
        start = stop


def _padded(
    words: Sequence[NDArray[np.int64]], places: Sequence[Floats], width: int
) -> tuple[NDArray[np.int64], Floats]:
    import numpy as np

    numbers = np.zeros((len(words), width), np.int64)
    where = np.zeros((len(words), width), np.float32)
    for row, (word, place) in enumerate(zip(words, places, strict=True)):
        numbers[row, : len(word)] = word + 1
        where[row, : len(word)] = place
    return numbers, where


def _word_pairs(
    batches: Sequence[_Batch], width: int
) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], list[NDArray[np.int32]]]:
    """The different pairs of words that stand in one sentence pair, and for each cell of each batch its pair's number."""
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
    options: Options,
) -> Floats:
    import numpy as np

    one, other = pairs
    rarity = np.abs(source.rarity[one] - target.rarity[other])
    speech = source.speech[one] == target.speech[other]
    logs = options.spelling * likeness + options.speech * speech - options.rarity * rarity
    prior: Floats = options.prior * np.exp(logs - options.spelling)
    return prior


def _likeness(source: Words, target: Words, pairs: tuple[NDArray[np.int64], NDArray[np.int64]]) -> Floats:
    """0–1, how alike two words are spelt, accents aside; 1 for equal ones."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    from tm.language.text import without_accents

    ours = [without_accents(form) for form in source.forms]
    theirs = [without_accents(form) for form in target.forms]
    result = np.zeros(len(pairs[0]), np.float32)
    for start in range(0, len(result), 1_000_000):
        part = slice(start, start + 1_000_000)
        result[part] = process.cpdist(
            [ours[at] for at in pairs[0][part]],
            [theirs[at] for at in pairs[1][part]],
            scorer=JaroWinkler.normalized_similarity,
            dtype=np.float32,
        )
    return np.clip(result * 2 - 1, 0, 1)


def _chances(
    weights: Floats, pairs: tuple[NDArray[np.int64], NDArray[np.int64]], sources: int, targets: int
) -> tuple[Floats, Floats]:
    """p(target | source) and p(source | target) of each word pair."""
    import numpy as np

    forth = weights / np.bincount(pairs[0], weights, sources)[pairs[0]]
    back = weights / np.bincount(pairs[1], weights, targets)[pairs[1]]
    return forth.astype(np.float32), back.astype(np.float32)


def _expect(
    batch: _Batch, chances: tuple[Floats, Floats], cell: NDArray[np.int32], options: Options, *, beside: bool
) -> tuple[Floats, Floats]:
    """The links of a batch in both directions; ``beside`` lets neighbouring links support each other."""
    import numpy as np

    near = np.exp(-options.distance * batch.near) * batch.mask
    forth, back = _normalised(chances[0][cell] * near, chances[1][cell] * near, options.nothing)
    if beside:
        near *= 1 + options.neighbours * _neighbours(np.sqrt(forth * back))
        forth, back = _normalised(chances[0][cell] * near, chances[1][cell] * near, options.nothing)
    return forth, back


def _normalised(forth: Floats, back: Floats, nothing: float) -> tuple[Floats, Floats]:
    return forth / (forth.sum(1, keepdims=True) + nothing), back / (back.sum(2, keepdims=True) + nothing)


def _neighbours(links: Floats) -> Floats:
    """For each cell the sum of the links one step away on both sides, straight or crossed."""
    import numpy as np

    padded = np.pad(links, ((0, 0), (1, 1), (1, 1)))
    rows, columns = links.shape[1:]
    result = np.zeros_like(links)
    for down in (0, 2):
        for right in (0, 2):
            result += padded[:, down : down + rows, right : right + columns]
    return result
