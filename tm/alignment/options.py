"""The constants of the aligner, each with the reason for its value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How the aligner weighs its evidence. The defaults suit every pair of languages tried; see docs/alignment.md.

    Attributes:
        types: the beads with two sides that are looked for, each with its share among all such beads.
        alone: probability that after a pair a segment without translation follows, for each side.
        run: probability that after such a segment another one of the same side follows.
        prior_beads: how many counted beads the assumed shares of types are worth.
        prior_steps: how many counted beads the assumed steps are worth, after each kind.
        word_weight: of the words' evidence; below 1 because neighbouring words are not independent.
        length_weight: of the lengths' evidence.
        variance: of the difference of lengths, per character; Gale & Church (1993) found 6.8 between reports
            in English, French and German.
        no_word: probability that a word translates nothing in the other side of its bead.
        discount: taken from each count of a word pair; what was seen once hardly counts.
        rounds: of expectation and maximisation when the lexicon is learnt.
        passes: over all texts; the lexicon is learnt between them.
    """

    types: tuple[tuple[int, int, float], ...] = (
        (1, 1, 0.87),
        (1, 2, 0.05),
        (2, 1, 0.05),
        (2, 2, 0.01),
        (1, 3, 0.005),
        (3, 1, 0.005),
        (2, 3, 0.001),
        (3, 2, 0.001),
        (1, 4, 0.001),
        (4, 1, 0.001),
    )
    alone: float = 0.1
    run: float = 0.4
    prior_beads: float = 50.0
    prior_steps: float = 20.0
    word_weight: float = 0.5
    length_weight: float = 1.0
    variance: float = 2.5
    no_word: float = 0.2
    discount: float = 0.7
    rounds: int = 5
    passes: int = 2
