"""What a run does with each shard of its texts: every function takes the shard's shelf, and never sees another.

What a stage leaves on the shelf is large and is for the next stage of the same shard; what it returns is small
and goes into what the run learns (``passes``).

1. ``measure`` cuts the texts, without blank segments, into words, numbered within the shard.
2. ``number`` gives words and lines the numbers that they have in the whole run.
3. ``look_up`` gives segments their vectors, when there is a model; ``spell`` tells how words are written, for
   theirs.
4. ``align`` is one pass: it aligns each pair of texts and counts what the beads show.
5. ``passages`` gives those beads that the lexicon learns from.
6. ``finish`` leaves the beads of the last pass with their confidences, and blank segments among them.

>>> from tm.document import Text
>>> from tm.shelves import MemoryShelf
>>> pair = Text(("Le pont, le pont.",), language="fr"), Text(("A ponte.",), language="pt")
>>> measured = measure(MemoryShelf({"texts": [pair]}))
>>> measured.words[0], measured.counts[0].tolist()
(('le', 'pont', ',', '.'), [2, 2, 1, 1])
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tm.alignment import anchors, layout, likeness, priors
from tm.alignment.blank import with_blank, without_blank
from tm.alignment.columns import without_columns
from tm.alignment.confidence import calibrated
from tm.alignment.sections import Texts, align_pairs
from tm.alignment.vocabulary import Side, Vocabulary, forms, side
from tm.alignment.words import running
from tm.progress import unwatched
from tm.vectors.kept import hashed
from tm.vectors.remembering import Remembering

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.alignment.evidence import Knowledge
    from tm.alignment.layout import Layout, Leanings, Seen
    from tm.alignment.lengths import Lengths
    from tm.alignment.lexicon import Array, Integers, Words
    from tm.alignment.options import Options
    from tm.alignment.priors import Counts
    from tm.alignment.vocabulary import Forms
    from tm.alignment.words import Freedom
    from tm.document import Bead, Text
    from tm.progress import Progress
    from tm.shelves import Shelf
    from tm.vectors import Model

    Sides = tuple[Side, Side]
    Looks = list[Layout]

T = TypeVar("T")

ENCODED = 256
"""Segments of a text that are encoded together: a step of the progress, about a second."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the texts of a shard hold. Each field but the last has two values, for source and target.

    Attributes:
        words: the different words, in the order in which the shard numbers them.
        counts: how often each comes.
        lines: a hash of each different line, in the order in which the shard numbers them.
        line_counts: how often each line comes.
        lengths: of the telling segments of both sides, for each pair of texts.
    """

    words: tuple[tuple[str, ...], tuple[str, ...]]
    counts: tuple[Integers, Integers]
    lines: tuple[NDArray[np.uint64], NDArray[np.uint64]]
    line_counts: tuple[Integers, Integers]
    lengths: tuple[tuple[Array, Array], ...]


def measure(shelf: Shelf) -> Measured:
    """The shard's ``texts`` as arrays, left as ``local``; an example heads the module."""
    pairs = [(without_blank(source), without_blank(target)) for source, target in shelf.get("texts")]
    vocabularies = Vocabulary(), Vocabulary()
    numbers: tuple[dict[str, int], dict[str, int]] = {}, {}
    columns: list[list[Side]] = [[], []]
    looks: list[Looks] = [[], []]
    for pair in pairs:
        for k, (text, segments) in enumerate(zip(pair, without_columns(*pair), strict=True)):
            columns[k].append(side(segments, vocabularies[k], text.language, text.kinds))
            looks[k].append(layout.layout(segments, text.paragraphs, numbers[k]))
    shelf.put("local", (columns, looks))
    words = [np.concatenate([side.words for side in column]) for column in columns]
    lines = [np.concatenate([look.lines for look in column]) for column in looks]
    return Measured(
        (tuple(vocabularies[0].words), tuple(vocabularies[1].words)),
        (_counts(words[0], len(vocabularies[0])), _counts(words[1], len(vocabularies[1]))),
        (hashed(list(numbers[0])), hashed(list(numbers[1]))),
        (_counts(lines[0], len(numbers[0])), _counts(lines[1], len(numbers[1]))),
        tuple((source.telling, target.telling) for source, target in zip(*columns, strict=True)),
    )


def _counts(numbers: NDArray[np.integer], size: int) -> Integers:
    return np.bincount(numbers, minlength=size).astype(np.int64)


def number(shelf: Shelf) -> None:
    """Give the ``local`` words and lines their ``numbers`` in the run, and leave them as ``sides`` and
    ``looks``."""
    columns, looks = shelf.get("local")
    words, lines = shelf.get("numbers")
    sides = [
        tuple(replace(side, words=words[k][side.words]) for k, side in enumerate(pair))
        for pair in zip(*columns, strict=True)
    ]
    numbered = [
        [replace(look, lines=lines[k][look.lines]) for look in column] for k, column in enumerate(looks)
    ]
    shelf.put("sides", sides)
    shelf.put("looks", numbered)


def look_up(shelf: Shelf, opened: Callable[[], Model], progress: Progress = unwatched) -> list[float]:
    """Give each segment the vectors of the spans that begin with it; returns how alike the texts of a pair are.

    Args:
        shelf: of the shard.
        opened: opens the model.
        progress: takes the steps in which segments are encoded.
    """
    model = opened()
    texts = [without_blank(text) for pair in shelf.get("texts") for text in pair]
    pieces = [_pieces(text) for text in texts]
    made = (model.parts(piece) for piece in progress(list(itertools.chain(*pieces)), sum(map(len, pieces))))
    layers = [
        likeness.layers(np.concatenate(list(itertools.islice(made, len(own)))), model.directions)
        for own in pieces
    ]
    next(made, None)  # so that the progress ends
    sides, chances = [], []
    for pair, vectors in zip(shelf.get("sides"), zip(layers[::2], layers[1::2], strict=True), strict=True):
        sides.append(tuple(replace(side, vectors=own) for side, own in zip(pair, vectors, strict=True)))
        if all(map(len, vectors)):
            chances.append(likeness.mean_cosine(*vectors))
    shelf.put("sides", sides)
    if isinstance(model, Remembering):
        model.save()
    return chances


def _pieces(text: Text) -> list[Sequence[str]]:
    """The segments of a text, so many at a time as are encoded together; of an empty text one piece of none."""
    segments = text.segments
    return [segments[begin : begin + ENCODED] for begin in range(0, max(len(segments), 1), ENCODED)]


def spell(shelf: Shelf) -> tuple[Forms, Forms]:
    """How the texts of both sides write their words."""
    sides: tuple[Forms, Forms] = Counter(), Counter()
    for pair in shelf.get("texts"):
        for found, text in zip(sides, pair, strict=True):
            found.update(forms(text.segments, text.language))
    return sides


@dataclass(frozen=True, slots=True)
class Shown:
    """What the beads of a pass show in one shard; all sums are exact, see ``beads.STEPS``.

    Attributes:
        beads: how many there are.
        new: how many of them the pass before did not have.
        counts: of kinds of beads.
        looks: of the lines of both sides.
        sizes: of the beads with two sides, in order: the characters of both, and the confidence.
        word_pairs: how many pairs of a source and a target word stand in these beads.
        free: how freely each pair of texts is translated, see ``words``.
    """

    beads: int
    new: int
    counts: Counts
    looks: tuple[Seen, Seen]
    sizes: Array
    word_pairs: int
    likeness: likeness.Seen | None
    free: tuple[Freedom, ...] = ()


def align(shelf: Shelf, run: Shelf, number: int, options: Options, progress: Progress = unwatched) -> Shown:
    """One pass: align each pair of texts, and leave the ``beads-N``.

    Args:
        shelf: of the shard.
        run: of the run; has what the pass knows as ``knowledge-N``.
        number: of the pass, from 1.
        options: the weights.
        progress: takes the source segments as they are aligned.
    """
    knowledge: Knowledge = run.get(f"knowledge-{number}")
    sides: list[Sides] = shelf.get("sides")
    looks: list[Looks] = shelf.get("looks")
    before: list[list[Bead]] = shelf.get(f"beads-{number - 1}") if number > 1 else []
    if before:
        meets = [anchors.from_beads(beads) for beads in before]
    else:
        meets = [anchors.from_words(*pair, knowledge.lexicons[0].known) for pair in sides]
    leanings = [_leanings(looks, before, k, knowledge, options) for k in (0, 1)]
    own = _lengths(sides, before, knowledge.lengths, options)
    pairs = [
        Texts.of(pair, look, points, replace(knowledge, lengths=fitting), options)
        for pair, look, points, fitting in zip(sides, zip(*leanings, strict=True), meets, own, strict=True)
    ]
    results = []

    def segments() -> Iterator[int]:
        """The source segments as they are aligned."""
        # The first pass knows so much less that nothing of it is kept.
        counts = align_pairs(pairs, before or [[]] * len(pairs), keep_sure=number > 2)
        results.extend((yield from _one_by_one(counts)))

    for _ in progress(segments(), sum(len(source) for source, _ in sides)):
        pass
    aligned = [beads for beads, _ in results]
    shelf.put(f"beads-{number}", aligned)
    if number > 2:
        # Parts tell nothing of the whole, which the pass before has seen.
        earlier: tuple[Freedom, ...] = shelf.get(f"shown-{number - 1}").free
        freedoms = [whole if own is None else own for (_, own), whole in zip(results, earlier, strict=True)]
    else:
        freedoms = [freedom for _, freedom in results if freedom is not None]
    return replace(_shown(sides, looks, before, aligned), free=tuple(freedoms))


def _one_by_one(counts: Generator[int, None, T]) -> Generator[int, None, T]:
    """So many steps as each of the counts says.

    >>> list(_one_by_one(count for count in (2, 0, 1)))
    [0, 1, 0]
    """
    while True:
        try:
            count = next(counts)
        except StopIteration as end:
            result: T = end.value
            return result
        yield from range(count)


def _leanings(
    looks: Sequence[Looks], before: list[list[Bead]], side: int, knowledge: Knowledge, options: Options
) -> list[Leanings]:
    """What the look of each line of a side tells."""
    if not before:
        return layout.unknown(looks[side], options)
    return layout.learnt(looks[side], before, side, knowledge.habits[side], options)


def _lengths(
    sides: Sequence[Sides], before: Sequence[Sequence[Bead]], run: Lengths, options: Options
) -> list[Lengths]:
    """How lengths fit in each pair of texts, held by what the run shows."""
    if not before:
        return [run.held_by(source.telling, target.telling, options) for source, target in sides]
    sizes = [_sizes(*pair) for pair in zip(sides, before, strict=True)]
    return [run.after(size[:, :2], size[:, 2], options) for size in sizes]


def _sizes(pair: Sides, beads: Sequence[Bead]) -> Array:
    """The characters of both sides and the confidence of each bead with two sides, a row each."""
    pairs = _pairs(beads)
    sizes = [
        np.diff(running(side.lengths)[bounds]) for side, bounds in zip(pair, _bounds(pairs), strict=True)
    ]
    confidences = np.array([bead.confidence for bead in pairs], dtype=np.float64).reshape(-1, 1)
    return np.concatenate([*sizes, confidences], axis=1)


def _bounds(pairs: Sequence[Bead]) -> tuple[Integers, Integers]:
    """The first segment of each bead and the one behind its last, of the source and of the target.

    >>> from tm.document import Bead
    >>> [bounds.tolist() for bounds in _bounds([Bead((0, 1), (0,)), Bead((2,), (3,))])]
    [[[0, 2], [2, 3]], [[0, 1], [3, 4]]]
    """
    columns = [bead.source for bead in pairs], [bead.target for bead in pairs]
    source, target = (
        np.array([(numbers[0], numbers[-1] + 1) for numbers in column], dtype=np.int64).reshape(-1, 2)
        for column in columns
    )
    return source, target


def _shown(
    sides: Sequence[Sides],
    looks: Sequence[Looks],
    before: Sequence[Sequence[Bead]],
    aligned: Sequence[Sequence[Bead]],
) -> Shown:
    """What the beads of this pass show."""
    word_pairs = sum(_word_pairs(*each) for each in zip(sides, aligned, strict=True))
    new = _placed(aligned) - _placed(before) if before else set()
    return Shown(
        sum(map(len, aligned)),
        len(new),
        priors.counted(aligned),
        (layout.seen(looks[0], aligned, 0), layout.seen(looks[1], aligned, 1)),
        np.concatenate([_sizes(*each) for each in zip(sides, aligned, strict=True)]),
        word_pairs,
        likeness.seen(sides, aligned),
    )


def _word_pairs(pair: Sides, beads: Sequence[Bead]) -> int:
    """How many words the source sides of beads have with each word of their target sides."""
    source, target = (
        np.diff(side.bounds[bounds]) for side, bounds in zip(pair, _bounds(_pairs(beads)), strict=True)
    )
    return int((source * target).sum())


def _pairs(beads: Sequence[Bead]) -> list[Bead]:
    """The beads with two sides."""
    return [bead for bead in beads if bead.source and bead.target]


def _placed(aligned: Sequence[Sequence[Bead]]) -> set[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """The beads with the number of their text pair, without their confidence."""
    return {(number, bead.source, bead.target) for number, beads in enumerate(aligned) for bead in beads}


def passages(chosen: tuple[Shelf, int], number: int, step: int) -> list[tuple[Words, Words]]:
    """The words of beads with two sides, of every so many one.

    Args:
        chosen: the shelf of the shard, and the number of the first of these beads that is taken.
        number: of the pass whose beads they are.
        step: of how many beads one is taken.
    """
    shelf, first = chosen
    sides: list[Sides] = shelf.get("sides")
    both = [
        (pair, bead)
        for pair, beads in zip(sides, shelf.get(f"beads-{number}"), strict=True)
        for bead in _pairs(beads)
    ]
    return [
        (source.passage(bead.source), target.passage(bead.target))
        for (source, target), bead in both[first::step]
    ]


def finish(shelf: Shelf, number: int) -> None:
    """Leave the beads of the last pass as ``beads``, with confidences that mean what they say.

    Args:
        shelf: of the shard.
        number: of the pass.
    """
    aligned = zip(shelf.get(f"beads-{number}"), shelf.get("texts"), strict=True)
    shelf.put("beads", [with_blank(calibrated(beads), *pair) for beads, pair in aligned])
