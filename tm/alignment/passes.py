"""All text pairs of a run, aligned together: a first pass with what is written alike, a lexicon learnt from it, a second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.beads import best, probabilities
from tm.alignment.cognates import cognates
from tm.alignment.evidence import Corridor, evidence
from tm.alignment.lexicon import Lexicon, from_cognates, learn
from tm.alignment.options import Options
from tm.alignment.priors import assumed
from tm.alignment.vocabulary import Side, Vocabulary, side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.model import Bead, Concept, Pair, Text


def align_texts(
    pairs: Sequence[tuple[Text, Text]],
    *,
    options: Options = Options(),
    units: Iterable[Pair] = (),
    concepts: Iterable[Concept] = (),
) -> list[list[Bead]]:
    """The beads of each pair of texts; every segment stands in one bead, in order.

    Args:
        pairs: source and target text; all are one run and teach each other their words, so they should be of the
            same two languages.
        options: the weights.
        units: translations known already, e.g. of a memory; they teach words too.
        concepts: a glossary, likewise.

    >>> from tm.model import Text
    >>> french = Text(("La carte.", "Publicité", "Le 3 mai 2015."), language="fr")
    >>> portuguese = Text(("O mapa.", "Em 3 de maio de 2015."), language="pt")
    >>> [[str(bead)[:7] for bead in beads] for beads in align_texts([(french, portuguese)])]
    [['[0]:[0]', '[1]:[]:', '[2]:[1]']]
    """
    vocabularies = Vocabulary(), Vocabulary()
    sides = [
        (
            side(source.segments, source.paragraphs, vocabularies[0], source.language),
            side(target.segments, target.paragraphs, vocabularies[1], target.language),
        )
        for source, target in pairs
    ]
    alike = cognates(vocabularies[0].words, vocabularies[1].words)
    priors = (
        from_cognates(alike, _frequencies([target for _, target in sides], len(vocabularies[1]))),
        from_cognates(
            alike.transposed().capped(0.9),
            _frequencies([source for source, _ in sides], len(vocabularies[0])),
        ),
    )
    ratio = _ratio(sides)
    lexicons, habits = priors, assumed(options)
    aligned: list[list[Bead]] = []
    for number in range(options.passes):
        if number:
            lexicons, habits = _taught(sides, aligned, priors, options), assumed(options).after(aligned, options)
        aligned = [_align(source, target, lexicons, habits, ratio, options) for source, target in sides]
    return aligned


def _align(source, target, lexicons, priors, ratio, options):
    corridor = Corridor(np.zeros(len(source) + 1, dtype=np.int64), len(target) + 1)
    return best(probabilities(evidence(source, target, lexicons, priors, corridor, options, ratio)))


def _taught(sides, aligned, priors, options):
    passages, weights = [], []
    for (source, target), beads in zip(sides, aligned, strict=True):
        for bead in beads:
            if bead.source and bead.target:
                passages.append((source.passage(bead.source), target.passage(bead.target)))
                weights.append(bead.confidence)
    return learn(passages, weights, priors[0], options), learn(
        [(t, s) for s, t in passages], weights, priors[1], options
    )


def _frequencies(sides, words):
    """Of each word, half an occurrence added so that none is 0."""
    counts = (
        np.bincount(
            np.concatenate([np.zeros(0, dtype=np.int32), *(side.words for side in sides)]), minlength=words
        )
        + 0.5
    )
    return counts / counts.sum()


def _ratio(sides):
    source, target = (
        (sum(float(side.lengths.sum()) for side in column) for column in zip(*sides, strict=True))
        if sides
        else (0, 0)
    )
    return target / source if source and target else 1.0
