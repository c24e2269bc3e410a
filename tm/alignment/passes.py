"""All text pairs of a run, aligned together in passes: each pass teaches the next one words, lengths and
habits.

The steps of ``align_texts``, in the order in which they work:

1. ``_Run`` turns the texts into arrays of word numbers (``vocabulary.side``) and notes how their lines look.
2. ``_Run.teach`` finds words that are written alike (``cognates``), and learns those of a memory and a
   glossary.
3. ``_Run.first`` is the first pass: assumed priors, rare words for anchors.
4. ``_Run.again`` is each further pass: priors, lexicon, lengths and looks are counted in the beads of the one
   before (``_Run._counted``), and sure beads are the anchors. It ends when little changes (``_changed``).
5. Each pass aligns each pair of texts by itself: ``sections.align_pair`` → ``evidence.evidence`` →
   ``beads.best``.
6. ``calibrated`` turns probabilities into confidences.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment import anchors, layout, lengths, priors
from tm.alignment.cognates import MOST, cognates
from tm.alignment.confidence import calibrated
from tm.alignment.embeddings import chance, unit_vectors
from tm.alignment.evidence import Knowledge
from tm.alignment.lexicon import Lexicon, from_cognates, learn, together
from tm.alignment.options import Options
from tm.alignment.sections import align_pair
from tm.alignment.vocabulary import Side, Vocabulary, side
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.alignment.embeddings import Embed
    from tm.alignment.layout import Leanings
    from tm.alignment.lexicon import Array, Words
    from tm.document import Bead, Text
    from tm.model import Concept, Pair

    Sides = tuple[Side, Side]

DEFAULT = Options()


def align_texts(
    pairs: Sequence[tuple[Text, Text]],
    *,
    options: Options = DEFAULT,
    units: Iterable[Pair] = (),
    concepts: Iterable[Concept] = (),
    embed: Embed | None = None,
) -> list[list[Bead]]:
    """The beads of each pair of texts; every segment stands in one bead, in order.

    Args:
        pairs: source and target text; all are one run and teach each other, so they should be of the same two
            languages.
        options: the weights.
        units: earlier translations, such as those of a memory; they teach words.
        concepts: a glossary; its terms teach words too.
        embed: sentence vectors as further evidence, see ``embeddings``.

    >>> from tm.document import Text
    >>> french = Text(("La carte de 1924.", "Publicité", "Elle fut dessinée en 1898."), language="fr")
    >>> portuguese = Text(("O mapa de 1924.", "Foi desenhado em 1898."), language="pt")
    >>> [[str(bead)[:7] for bead in beads] for beads in align_texts([(french, portuguese)])]
    [['[0]:[0]', '[1]:[]:', '[2]:[1]']]
    """
    if not pairs:
        return []
    for text in chain.from_iterable(pairs):
        segments: object = text.segments
        if isinstance(segments, str):
            raise OptionError(f"a text's segments are {segments!r}; a tuple of strings was expected")
    run = _Run(pairs, options)
    run.teach(units, concepts)
    if embed:
        run.look_up(embed, pairs)
    aligned = run.first()
    for _ in range(1, options.passes):
        before, aligned = aligned, run.again(aligned)
        if _changed(before, aligned) < options.settled:
            break
    return [calibrated(beads) for beads in aligned]


def _changed(before: Sequence[Sequence[Bead]], after: Sequence[Sequence[Bead]]) -> float:
    """The share of beads that the pass before did not have.

    >>> from tm.document import Bead
    >>> _changed([[Bead((0,), (0,)), Bead((1,), ())]], [[Bead((0,), (0,)), Bead((1,), (1,))]])
    0.5
    """
    old, new = (
        {(number, bead.source, bead.target) for number, beads in enumerate(aligned) for bead in beads}
        for aligned in (before, after)
    )
    return len(new - old) / max(len(new), 1)


class _Run:
    """The texts of a run as arrays, and what was learnt of them so far.

    Attributes:
        options: the weights.
        vocabularies: of both languages.
        languages: their tags.
        sides: both sides of each text pair.
        layouts: how the lines of each text look, for both sides.
        priors: how often each kind of bead comes.
        chance: the mean cosine of vectors that have nothing to do with each other.
        lexicons: how words are translated, in both directions; set by ``teach``.
    """

    def __init__(self, pairs: Sequence[tuple[Text, Text]], options: Options) -> None:
        self.options = options
        self.vocabularies = Vocabulary(), Vocabulary()
        self.languages = pairs[0][0].language, pairs[0][1].language
        self.sides: list[Sides] = [
            (
                side(source.segments, self.vocabularies[0], source.language, source.kinds),
                side(target.segments, self.vocabularies[1], target.language, target.kinds),
            )
            for source, target in pairs
        ]
        self.layouts = []
        for number in (0, 1):
            lines: dict[str, int] = {}
            texts = [pair[number] for pair in pairs]
            self.layouts.append([layout.layout(text.segments, text.paragraphs, lines) for text in texts])

        self.priors = priors.assumed(options)
        self.chance = 0.0

    def look_up(self, embed: Embed, pairs: Sequence[tuple[Text, Text]]) -> None:
        """Give each segment its vector."""
        vectors = [
            (unit_vectors(embed, source.segments), unit_vectors(embed, target.segments))
            for source, target in pairs
        ]
        self.sides = [
            (replace(source, vectors=source_vectors), replace(target, vectors=target_vectors))
            for (source, target), (source_vectors, target_vectors) in zip(self.sides, vectors, strict=True)
        ]
        self.chance = chance(vectors)

    def teach(self, units: Iterable[Pair], concepts: Iterable[Concept]) -> None:
        """Learn words from earlier translations; after this no new word gets a number."""
        translations = [(unit.source.text, unit.target.text) for unit in units]
        for concept in concepts:
            terms = [[term.text for term in concept.of(language)] for language in self.languages]
            translations += [(source, target) for source in terms[0] for target in terms[1]]
        taught = [
            (
                side([source], self.vocabularies[0], self.languages[0]).words,
                side([target], self.vocabularies[1], self.languages[1]).words,
            )
            for source, target in translations
        ]
        alike = cognates(self.vocabularies[0].words, self.vocabularies[1].words)
        before = (
            from_cognates(alike, self._frequencies(1)),
            from_cognates(alike.transposed().capped(MOST), self._frequencies(0)),
        )
        self.lexicons = _learnt(taught, [1.0] * len(taught), before, self.options)

    def _frequencies(self, number: int) -> Array:
        """The frequency of each word of a side; half an occurrence is added, so that none is 0."""
        words = np.concatenate([pair[number].words for pair in self.sides])
        counts = np.bincount(words, minlength=len(self.vocabularies[number])) + 0.5
        frequencies: Array = counts / counts.sum()
        return frequencies

    def first(self) -> list[list[Bead]]:
        """The first pass: words written alike, assumed priors, rare words as anchors."""
        knowledge = Knowledge(
            self.lexicons,
            lengths.assumed(self.sides, self.options),
            self.priors,
            self.chance,
        )
        alike = self.lexicons[0].known
        meets = [anchors.from_words(*pair, alike) for pair in self.sides]
        looks = [layout.unknown(layouts, self.options) for layouts in self.layouts]
        return self._pass(knowledge, looks, meets)

    def again(self, aligned: Sequence[Sequence[Bead]]) -> list[list[Bead]]:
        """Another pass, with what the beads of the one before teach."""
        self.priors = self.priors.after(aligned, self.options)
        passages, sizes, weights = self._counted(aligned)
        knowledge = Knowledge(
            _learnt(passages, weights, self.lexicons, self.options),
            lengths.assumed(self.sides, self.options).after(sizes, np.array(weights), self.options),
            self.priors,
            self.chance,
        )
        meets = [anchors.from_beads(beads) for beads in aligned]
        looks = [layout.learnt(self.layouts[number], aligned, number, self.options) for number in (0, 1)]
        return self._pass(knowledge, looks, meets)

    def _counted(
        self, aligned: Sequence[Sequence[Bead]]
    ) -> tuple[list[tuple[Words, Words]], Array, list[float]]:
        """Words, lengths and confidences of all beads with two sides."""
        passages, sizes, weights = [], [], []
        for (source, target), beads in zip(self.sides, aligned, strict=True):
            for bead in beads:
                if bead.source and bead.target:
                    passages.append((source.passage(bead.source), target.passage(bead.target)))
                    sizes.append(
                        (source.lengths[list(bead.source)].sum(), target.lengths[list(bead.target)].sum())
                    )
                    weights.append(bead.confidence)
        return passages, np.array(sizes).reshape(-1, 2), weights

    def _pass(
        self, knowledge: Knowledge, looks: list[list[Leanings]], meets: list[list[tuple[int, int]]]
    ) -> list[list[Bead]]:
        """Align each pair of texts with this knowledge, these looks of its lines and these anchors."""
        return [
            align_pair(pair, look, points, knowledge, self.options)
            for pair, look, points in zip(self.sides, zip(*looks, strict=True), meets, strict=True)
        ]


def _learnt(
    passages: Sequence[tuple[Words, Words]],
    weights: Sequence[float],
    before: tuple[Lexicon, Lexicon],
    options: Options,
) -> tuple[Lexicon, Lexicon]:
    """The lexicons of both directions, learnt from the same passages."""
    counted = together(passages, weights)
    return learn(counted, 1, before[0], options), learn(counted, 0, before[1], options)
