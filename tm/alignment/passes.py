"""All text pairs of a run, aligned together in passes: each pass teaches the next one words, lengths and
habits.

A run is made of shards, each some text pairs with a shelf of their own (``tm.shelves``); what is done with a
shard by itself stands in ``stages``. Here is what the run learns of all of them, always in the order of the
shards, so that the result is the same however the texts are cut into shards and wherever these are worked on:

1. ``stages.measure`` counts words and lines in each shard, without a column of numbers in front of the lines;
   ``_renumbered`` makes one sorted vocabulary of
   them, and ``stages.number`` gives each shard its numbers.
2. ``_Run.first`` finds words that are written alike (``cognates``) or whose vectors are (``word_vectors``), and
   learns those of a memory and a glossary.
3. ``stages.align`` is a pass: it aligns each pair of texts by itself, ``sections.align_pairs`` →
   ``evidence.evidence`` → ``beads.best``. In the first one the priors are assumed, and rare words are
   anchors.
4. ``_Run.after`` learns for the next pass: priors, lexicon, lengths, looks and how freely the texts are
   translated are counted in the beads of the one before, and sure beads are the anchors. It ends when little
   changes.
5. ``stages.finish`` turns probabilities into confidences.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment import layout, lengths, likeness, priors, stages, word_vectors
from tm.alignment.cognates import MOST, cognates
from tm.alignment.dictionaries import believed, fitting
from tm.alignment.evidence import Knowledge
from tm.alignment.lexicon import Lexicon, from_cognates, learn, sampled, together
from tm.alignment.options import Options
from tm.alignment.roots import of_roots, roots, with_roots
from tm.alignment.sparse import bin_sums
from tm.alignment.vocabulary import Passages
from tm.alignment.words import free_share
from tm.errors import OptionError
from tm.progress import unwatched
from tm.shelves import MemoryShelf, staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.alignment.dictionaries import Dictionary
    from tm.alignment.lexicon import Array, Integers, Words
    from tm.alignment.priors import Priors
    from tm.alignment.sparse import Table
    from tm.alignment.stages import Measured, Shown
    from tm.document import Bead, Text
    from tm.model import Concept, Pair
    from tm.progress import Progress
    from tm.shelves import Each, Shelf
    from tm.vectors import Model

DEFAULT = Options()


def align_texts(
    pairs: Sequence[tuple[Text, Text]],
    *,
    options: Options = DEFAULT,
    units: Iterable[Pair] = (),
    concepts: Iterable[Concept] = (),
    dictionaries: Sequence[Dictionary] = (),
    model: Model | None = None,
) -> list[list[Bead]]:
    """The beads of each pair of texts; every segment stands in one bead, in order.

    Args:
        pairs: source and target text; all are one run and teach each other, so they should be of the same two
            languages.
        options: the weights.
        units: earlier translations, such as those of a memory; they teach words.
        concepts: a glossary; its terms teach words too.
        dictionaries: of the two languages.
        model: sentence vectors as further evidence, see ``likeness``.

    >>> from tm.document import Text
    >>> french = Text(("La carte de 1924.", "Publicité", "Elle fut dessinée en 1898."), language="fr")
    >>> portuguese = Text(("O mapa de 1924.", "Foi desenhado em 1898."), language="pt")
    >>> [[str(bead)[:7] for bead in beads] for beads in align_texts([(french, portuguese)])]
    [['[0]:[0]', '[1]:[]:', '[2]:[1]']]
    """
    if not pairs:
        return []
    for text in itertools.chain.from_iterable(pairs):
        segments: object = text.segments
        if isinstance(segments, str):
            raise OptionError(f"a text's segments are {segments!r}; a tuple of strings was expected")
    shelf = MemoryShelf({"texts": pairs})
    languages = pairs[0][0].language, pairs[0][1].language
    taught = Taught(translations(units, concepts, languages), languages, dictionaries)
    align_shards([shelf], MemoryShelf(), taught, options=options, opened=(lambda: model) if model else None)
    return beads_of(shelf)


def translations(
    units: Iterable[Pair], concepts: Iterable[Concept], languages: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """The texts of earlier translations, and the terms of a glossary with each of their translations."""
    for unit in units:
        yield unit.source.text, unit.target.text
    for concept in concepts:
        source, target = ([term.text for term in concept.of(language)] for language in languages)
        yield from itertools.product(source, target)


@dataclass(frozen=True, slots=True)
class Taught:
    """What is known before a run: earlier translations, read once, the languages of the two sides,
    dictionaries."""

    translations: Iterable[tuple[str, str]]
    languages: tuple[str, str]
    dictionaries: Sequence[Dictionary] = ()


def align_shards(
    shelves: Sequence[Shelf],
    run: Shelf,
    taught: Taught,
    *,
    options: Options = DEFAULT,
    opened: Callable[[], Model] | None = None,
    each: Each = map,
    progress: Progress = unwatched,
) -> None:
    """Align the text pairs of all shards as one run; what is on the shelves already is not done again.

    Args:
        shelves: one for each shard, with its pairs of texts as ``texts``; in the end also its ``beads``.
        run: what was learnt of all shards together.
        taught: earlier translations; they teach words.
        options: the weights.
        opened: opens the model that gives sentences their vectors.
        each: applies a stage to each of the shards, as ``map`` does.
        progress: takes the steps in which the segments of a shard are encoded, then in each pass those that are
            aligned; not with ``each`` on workers.
    """
    learning = _Run(shelves, run, options, each)
    learning.first(taught, opened, progress)
    for number in range(1, options.passes + 1):
        shown = staged(each, f"shown-{number}", stages.align, shelves, run, number, options, progress)
        new, count = sum(part.new for part in shown), sum(part.beads for part in shown)
        if number == options.passes or (number > 1 and new / max(count, 1) < options.settled):
            break
        learning.after(number, shown)
        for shelf in shelves:
            shelf.drop(f"beads-{number - 1}")
    staged(each, "finished", stages.finish, shelves, number)


def beads_of(shelf: Shelf) -> list[list[Bead]]:
    """The beads of each text pair of a shard whose run is over."""
    beads: list[list[Bead]] = shelf.get("beads")
    return beads


class _Run:
    """What is learnt of all shards together, kept on the shelf of the run as ``knowledge-N`` for pass N."""

    def __init__(self, shelves: Sequence[Shelf], run: Shelf, options: Options, each: Each) -> None:
        """Nothing is learnt yet."""
        self._shelves, self._run, self._options, self._each = shelves, run, options, each

    def first(self, taught: Taught, opened: Callable[[], Model] | None, progress: Progress) -> None:
        """What the first pass knows: words written alike and those that are taught, assumed priors."""
        measured = staged(self._each, "measured", stages.measure, self._shelves)
        known = self._in_dictionaries(measured, taught.dictionaries)
        lessons = Passages(taught.translations, taught.languages), Passages(known, taught.languages)
        words = [
            sorted(
                {*_chained(part.words[k] for part in measured), *lessons[0].words[k], *lessons[1].words[k]}
            )
            for k in (0, 1)
        ]
        numbers = [dict(zip(column, itertools.count())) for column in words]
        segments = sum(len(source) for part in measured for source, _ in part.lengths)
        letters = self._options.root if segments <= self._options.rooted else 0
        self._run.put("roots", (roots(words[0], letters), roots(words[1], letters)) if letters else None)
        counts = self._numbered(measured, numbers)
        # Half an occurrence is added, so that no word has the frequency 0.
        frequencies = [(column + 0.5) / (column + 0.5).sum() for column in counts]
        self._run.put("usual", (counts[0] / max(counts[0].sum(), 1), counts[1] / max(counts[1].sum(), 1)))
        chances = (
            staged(self._each, "vectors", stages.look_up, self._shelves, opened, progress) if opened else []
        )
        if "knowledge-1" in self._run:
            return
        alike = self._with_vectors(cognates(*words), numbers, opened) if opened else cognates(*words)
        before = (
            from_cognates(alike, frequencies[1]),
            from_cognates(alike.transposed().capped(MOST), frequencies[0]),
        )
        lengths_of_texts = [pair for part in measured for pair in part.lengths]
        if known:
            by_dictionary = self._taught(lessons[1], numbers, before)
            share = believed(segments, self._options)
            before = by_dictionary[0].partly(share, before[0]), by_dictionary[1].partly(share, before[1])
        self._run.put(
            "knowledge-1",
            Knowledge(
                self._taught(lessons[0], numbers, before),
                lengths.assumed(lengths_of_texts, self._options),
                priors.assumed(self._options),
                likeness.assumed(list(_chained(chances)), self._options),
                free=(self._options.free_first, self._options.free_first),
            ),
        )

    def _taught(
        self, lessons: Passages, numbers: Sequence[dict[str, int]], before: tuple[Lexicon, Lexicon]
    ) -> tuple[Lexicon, Lexicon]:
        """The lexicons of both directions with what was taught before the run."""
        in_run = _array(numbers[0], lessons.words[0]), _array(numbers[1], lessons.words[1])
        passages = lessons.every(sampled(lessons.word_pairs()), in_run)
        return self._learnt(passages, np.ones(len(passages)), before, by_roots=False)

    def _with_vectors(
        self, written_alike: Table, numbers: Sequence[dict[str, int]], opened: Callable[[], Model]
    ) -> Table:
        """Words written alike, and those whose vectors are, as far as the model has single words."""
        spelt = staged(self._each, "spelt", stages.spell, self._shelves)
        every = [sum((part[k] for part in spelt), Counter()) for k in (0, 1)]
        chosen = [word_vectors.commonest(forms, known) for forms, known in zip(every, numbers, strict=True)]
        written = [form for _, form in chosen[0]], [form for _, form in chosen[1]]
        (found,) = self._each(partial(word_vectors.alike, opened=opened), [written])
        if found is None:
            return written_alike
        places = [np.array([numbers[k][key] for key, _ in chosen[k]], dtype=np.int64) for k in (0, 1)]
        return word_vectors.joined(written_alike, found, (places[0], places[1]))

    def _in_dictionaries(
        self, measured: Sequence[Measured], dictionaries: Sequence[Dictionary]
    ) -> list[tuple[str, str]]:
        """The words of the texts that dictionaries have; which share of both sides' words is left as
        ``coverage``."""
        words = [sorted({*_chained(part.words[k] for part in measured)}) for k in (0, 1)]
        known = list(fitting(dictionaries, (words[0], words[1]))) if dictionaries else []
        shares = [len({pair[k] for pair in known}) / max(len(words[k]), 1) for k in (0, 1)]
        self._run.put("coverage", (shares[0], shares[1]))
        return known

    def _numbered(self, measured: Sequence[Measured], numbers: Sequence[dict[str, int]]) -> list[Integers]:
        """Give each shard the run's numbers of its words and lines; returns how often the words come."""
        counts = [np.zeros(len(column), dtype=np.int64) for column in numbers]
        lines = [_line_numbers([(part.lines[k], part.line_counts[k]) for part in measured]) for k in (0, 1)]
        for place, (shelf, part) in enumerate(zip(self._shelves, measured, strict=True)):
            words = [_array(numbers[k], part.words[k]) for k in (0, 1)]
            for k in (0, 1):
                counts[k][words[k]] += part.counts[k]
            if "numbered" not in shelf:
                shelf.put("numbers", (words, [column[place] for column in lines]))
        staged(self._each, "numbered", stages.number, self._shelves)
        for shelf in self._shelves:
            shelf.drop("local")
        return counts

    def after(self, number: int, shown: Sequence[Shown]) -> None:
        """What the next pass knows: what the beads of this one teach."""
        if f"knowledge-{number + 1}" in self._run:
            return
        first: Knowledge = self._run.get("knowledge-1")
        before: Priors = self._run.get(f"knowledge-{number}").priors
        if number > 1:  # of a pass that is over no more is needed, and lexicons are large
            self._run.put(f"knowledge-{number}", replace(first, priors=before))
        step = sampled(sum(part.word_pairs for part in shown))
        counts = [len(part.sizes) for part in shown]
        begins = [begin - count for begin, count in zip(itertools.accumulate(counts), counts, strict=True)]
        chosen = [(shelf, -begin % step) for shelf, begin in zip(self._shelves, begins, strict=True)]
        passages = _chained(self._each(partial(stages.passages, number=number, step=step), chosen))
        sizes = np.concatenate([part.sizes for part in shown])
        knowledge = Knowledge(
            self._learnt(list(passages), sizes[::step, 2], first.lexicons),
            first.lengths.after(sizes[:, :2], sizes[:, 2], self._options),
            before.after([part.counts for part in shown], self._options),
            likeness.learnt([part.likeness for part in shown], first.likeness, self._options),
            tuple(layout.habits([part.looks[k] for part in shown], self._options) for k in (0, 1)),
            free_share([freedom for part in shown for freedom in part.free], self._options),
            self._run.get("usual"),
        )
        self._run.put(f"knowledge-{number + 1}", knowledge)

    def _learnt(
        self,
        passages: list[tuple[Words, Words]],
        weights: Array,
        before: tuple[Lexicon, Lexicon],
        *,
        by_roots: bool = True,
    ) -> tuple[Lexicon, Lexicon]:
        """The lexicons of both directions, learnt from the same passages; what was taught needs no roots."""
        counted = together(passages, weights, near=self._options.near)
        own = self._run.get("roots") if by_roots else None
        rooted = of_roots(counted, own) if own else None
        self._run.put("lesson", (counted, rooted, before))
        target, source = self._each(partial(_learn, self._run, self._options), (1, 0))
        self._run.drop("lesson")
        return target, source


def _learn(run: Shelf, options: Options, side: int) -> Lexicon:
    """The lexicon whose translations are words of one side, by the lesson on the shelf of the run."""
    counted, rooted, before = run.get("lesson")
    prior = before[1 - side]
    if rooted is not None:
        prior = with_roots(rooted, side, prior, run.get("roots"), options)
    return learn(counted, side, prior, options)


def _array(numbers: dict[str, int], words: Iterable[str]) -> Words:
    return np.array([numbers[word] for word in words], dtype=np.int32)


def _line_numbers(parts: Sequence[tuple[NDArray[np.uint64], Integers]]) -> list[Integers]:
    """The run's number of each line of each part; a line that stands only once in the run has none.

    >>> twice, once = np.array([7, 9], dtype=np.uint64), np.array([7, 8], dtype=np.uint64)
    >>> one = np.array([1, 1])
    >>> [numbers.tolist() for numbers in _line_numbers([(twice, one), (once, one)])]
    [[0, -1], [0, -1]]
    """
    hashes, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    different, where = np.unique(hashes, return_inverse=True)
    often = bin_sums(where, counts, len(different)) > 1
    numbers = np.where(often, np.cumsum(often) - 1, layout.ONCE)[where]
    return np.split(numbers, np.cumsum([len(lines) for lines, _ in parts])[:-1])


_chained = itertools.chain.from_iterable
