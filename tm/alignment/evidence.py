"""How much speaks for each possible bead: its kind, its words, the lengths of its sides, the look of its
lines.

Each part is a log-likelihood ratio: how likely the target side is as the translation of the source side,
against how likely it is as any text of that language (and the other way round; the mean of both). So a long
bead gains nothing by being long, and a segment that translates nothing is best left alone, where it costs
only its prior.

The steps of ``evidence``, in the order in which they work:

1. ``words.word_evidence`` prepares the words' evidence.
2. ``likeness.evidence`` and ``_kinds`` prepare that of sentence vectors and of headings, if there are any.
3. For each type of bead all parts are added up, for all positions of the corridor at once.

Two segments and one; both sides have the number 1924, so that the bead [1]:[0] has more evidence:

>>> from tm.alignment import layout, lengths, priors
>>> from tm.alignment.cognates import cognates
>>> from tm.alignment.lexicon import from_cognates
>>> from tm.alignment.options import Options
>>> from tm.alignment.vocabulary import Vocabulary, side
>>> numbers, options = (Vocabulary(), Vocabulary()), Options()
>>> source = side(["La mer.", "En 1924."], numbers[0], "fr")
>>> target = side(["Em 1924."], numbers[1], "pt")
>>> alike = cognates(numbers[0].words, numbers[1].words)
>>> lexicons = from_cognates(alike, np.full(3, 1 / 3)), from_cognates(alike.transposed(), np.full(5, 1 / 5))
>>> fitting = lengths.assumed([(source.lengths, target.lengths)], options)
>>> knowledge = Knowledge(lexicons, fitting, priors.assumed(options))
>>> segments = ["La mer.", "En 1924."], ["Em 1924."]
>>> looks = [layout.unknown([layout.layout(side, (), {})], options)[0] for side in segments]
>>> corridor = np.zeros(3, dtype=np.int64)
>>> beads, _ = evidence((source, target), looks, corridor, 2, knowledge, options)
>>> beads.types[0], beads.pairs[:, 0, 0].astype(float).round(1).tolist()
((1, 1), [-0.6, -0.1])
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment import likeness
from tm.alignment.beads import Evidence
from tm.alignment.vocabulary import KINDS
from tm.alignment.words import running, word_evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tm.alignment.layout import Habits, Leanings
    from tm.alignment.lengths import Lengths
    from tm.alignment.lexicon import Lexicon
    from tm.alignment.likeness import Likeness
    from tm.alignment.options import Options
    from tm.alignment.priors import Priors
    from tm.alignment.vocabulary import Side
    from tm.alignment.words import WordEvidence

    Array = NDArray[np.float64]
    Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a pass knows of the two languages and of the run's texts.

    Attributes:
        lexicons: how source words are translated, and how target words are.
        lengths: how the lengths of translations fit.
        priors: how often each kind of bead comes.
        likeness: what the likeness of vectors speaks for; None without any, and before anything was aligned.
        habits: how the lines of both sides behave; () before anything was aligned.
        free: the share of freely translated segments, of the target and of the source, see ``words``.
        usual: how frequent each word of both sides is in the run's texts; None in the first pass, which knows too
            few words to tell texts apart. [strict F1, frpt/heavy and light: .984 .994; from the first pass on .985
            .993, confidence off by .032 and .030 in place of .019 and .006, a third more time]
    """

    lexicons: tuple[Lexicon, Lexicon]
    lengths: Lengths
    priors: Priors
    likeness: Likeness | None = None
    habits: tuple[Habits, ...] = ()
    free: tuple[float, float] = (0.0, 0.0)
    usual: tuple[Array, Array] | None = None


def evidence(
    sides: tuple[Side, Side],
    looks: tuple[Leanings, Leanings],
    starts: Integers,
    width: int,
    knowledge: Knowledge,
    options: Options,
) -> tuple[Evidence, WordEvidence]:
    """What speaks for each bead within the corridor, and what words have to say in it.

    Args:
        sides: the source and the target text.
        looks: what the look of their lines tells.
        starts: where the corridor begins at each source position, see ``beads``.
        width: of the corridor.
        knowledge: of the pass.
        options: the weights.
    """
    source, target = sides
    words = word_evidence(
        sides, starts, width, knowledge.lexicons, knowledge.free, knowledge.priors.largest, options
    )
    vectors = likeness.evidence(source, target, knowledge.likeness, options)
    kinds = _kinds(source, target, options)
    lengths = [running(side.lengths) for side in sides]
    joined = [running(look.joined) for look in looks]
    beads = np.full((len(source), len(knowledge.priors.types), width), -np.inf, dtype=np.float32)
    j = starts[:-1, None] + np.arange(width)
    for k, (a, b, share) in enumerate(knowledge.priors.types):
        fits = (np.arange(len(source))[:, None] + a <= len(source)) & (j + b <= len(target))
        row, column = np.nonzero(fits)
        to = j[row, column]
        source_lengths = lengths[0][row + a] - lengths[0][row]
        target_lengths = lengths[1][to + b] - lengths[1][to]
        beads[row, k, column] = (
            math.log(share)
            + words.gained(a, b, row, to)
            + options.length_weight * knowledge.lengths.evidence(source_lengths, target_lengths, (a, b))
            + (joined[0][row + a] - joined[0][row + 1])
            + (joined[1][to + b] - joined[1][to + 1])
            + vectors(a, b, row, to)
            + kinds(row, to)
        )
    with np.errstate(divide="ignore"):
        steps = np.log(knowledge.priors.steps)
    judged = Evidence(
        types=tuple((a, b) for a, b, _ in knowledge.priors.types),
        pairs=beads,
        source=looks[0].alone,
        target=looks[1].alone,
        steps=steps,
        starts=starts,
        width=width,
    )
    return judged, words


def _kinds(source: Side, target: Side, options: Options) -> Callable[[Integers, Integers], Array]:
    """A function that gives the evidence of what segments are in their documents: headings translate
    headings.

    It gives 0 where that is not known, and where a side is all of one kind, as in plain text.
    """
    source_kinds, target_kinds = source.kinds, target.kinds
    if source_kinds is None or target_kinds is None:
        return lambda i, _j: np.zeros(len(i))
    if any(len(set(kinds.tolist())) < 2 for kinds in (source_kinds, target_kinds)):
        return lambda i, _j: np.zeros(len(i))
    forward, backward = (_kept(kinds, options.same_kind) for kinds in (target_kinds, source_kinds))
    table = (forward + backward.T) / 2

    def kinds(i: Integers, j: Integers) -> Array:
        """How much the kinds of the first segments speak for a bead."""
        gains: Array = table[source_kinds[i], target_kinds[j]]
        return gains

    return kinds


def _kept(kinds: Integers, same: float) -> Array:
    """Log p(kind | kind of the segment it translates) / p(kind), for each kind (row) translated by each
    (column).

    >>> kinds = np.array([0, 0, 0, 1])  # three texts, a heading
    >>> _kept(kinds, 0.9)[:2, :2].round(1).tolist()
    [[0.6, -1.6], [-2.0, 1.3]]
    """
    shares = (np.bincount(kinds, minlength=len(KINDS)) + 1) / (len(kinds) + len(KINDS))
    table = np.repeat(np.log((1 - same) / (1 - shares))[:, None], len(KINDS), axis=1)
    np.fill_diagonal(table, np.log(same / shares))
    return table
