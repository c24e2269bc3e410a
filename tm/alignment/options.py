"""The constants of the aligner, each with the reason for its value."""

from __future__ import annotations

from dataclasses import dataclass

from tm.choices import check_count


@dataclass(frozen=True, slots=True)
class Options:
    """How the aligner weighs its evidence. The defaults suit every pair of languages tried; see
    docs/alignment.md. Figures in brackets were measured when a constant was chosen, with the aligner of that day,
    so that they are to be compared within one bracket alone.

    >>> Options(passes=1).settled
    0.01
    >>> Options(rounds=0)
    Traceback (most recent call last):
    tm.errors.OptionError: rounds is 0; a whole number of 1 or more was expected

    Attributes:
        types: the beads with two sides that are looked for, each with its share among all such beads.
        alone: probability that after a pair a segment without translation follows, for each side.
        run: probability that after such a segment another one of the same side follows.
        both_alone: probability, at most, that after a source segment without translation a target segment
            without one follows: a free translation looks like that. [strict F1 on the sets of ``free_first``,
            without a price: .1 .893 .980 .962 .870, .02 .893 .979 .964 .911]
        prior_beads: how many counted beads the assumed shares of types are worth.
        prior_steps: how many counted beads the assumed steps are worth, after each kind.
        common_share: a type with a smaller share is not looked for in the first pass.
        least_share: a type that turns out to have a smaller share is not looked for again.
        vector_weight: weight of the evidence of sentence vectors, see ``likeness``. [strict F1 with the
            model of the extra ``[vectors]``, textberg-dev: none .898, .05 .902, .1 .904, .15 .898]
        vector_beyond: a cosine beyond the mean of chance, or of translations, says no more than one that is
            so much beyond it. [strict F1, textberg-dev: 0 .902, .1 .904]
        word_weight: weight of the words' evidence; below 1 because neighbouring words are not independent.
        length_weight: weight of the lengths' evidence.
        variance: of the difference of lengths, per character.
        prior_lengths: how many source characters the assumed ratio of lengths is worth.
        same_kind: probability that a segment translates one of its own kind: a heading a heading, a list item
            an item.
            Not tuned: few documents keep less of their structure.
        no_word: probability that a word translates nothing in the other side of its bead, before that is counted
            for each word by itself.
        held_lost: how many places of a word ``no_word`` is worth there. [strict F1, textberg-dev and frpt/heavy:
            not counted .896 .981, 3 .898 .984]
        free_first: share of freely translated segments, whose words tell nothing, that the first pass takes
            for granted; later ones learn it (``words``). [strict F1, textberg-dev, frpt/heavy, verses of the
            Bible in three pairs, the same with an eighth of the words changed: none .889 .979 .957 .835, .15
            .893 .980 .962 .870]
        free_usual: the usual share.
        free_held: how many counted segments the usual share is worth: in a page or two every lexicon is poor.
        price: what a segment left alone must pay in the choice of beads, of the 1 that a right one is worth,
            where much is translated freely. [strict F1 on the sets of ``free_first``: 0 .893 .979 .964 .911,
            .35 .893 .980 .974 .930; on seven documents of verses that were not tuned on, 0 .953 .820, .35
            .955 .857]
        price_free: the share of freely translated segments at which half of it is paid.
        discount: taken from each count of a word pair; what was seen once hardly counts.
        near: how fast words part from each other when the lexicon is learnt: with 4, two that stand a quarter of
            their passages apart are 1/e as likely translations as two at the same share of the way. [strict F1,
            textberg-dev and frpt/heavy: 0 .891 .982, 2 .891 .982, 4 .898 .984]
        held_text: how many words of the run a text's own frequencies of words are held by. A word that is everywhere
            in a text tells less of its segments than one that is as frequent in the run. [strict F1, frpt/heavy and
            light: the run's frequencies .980 .994, 1000 .984 .994]
        dictionary: how far a dictionary is believed before the texts have taught anything. What it knows of a word
            counts against all other translations, and a free one uses few of them. [mean strict F1 with FreeDict of
            dialogues and stories of games, each a run of its own, those looked at and others: 1 .852 .924, .6 .858 .928,
            .3 .872 .933, .15 .876 .934, .07 .874 .932]
        dictionary_held: how many segments it is worth more than that: a few lines teach next to nothing.
        root: letters that the forms of a word have in common, see ``roots``. [mean strict F1 on six dialogues of
            a game, each a run of its own: none .865, 5 .868, 4 .882, 3 .879, with more of the beads teaching]
        rooted: most segments of a run's source side whose forms teach together; in more each form is seen often enough.
            [strict F1 of 3,000 segments, frpt/clean, light and heavy: with roots .9968 .9932 .9841, without .9973 .9937
            .9835, and a fifth less time]
        root_weight: how far a word expects what its root is translated by. [there, 1 .882, .7 .883, .5 with five
            letters .873]
        rounds: of expectation and maximisation when the lexicon is learnt.
        held_lines: pseudo-count of the usual share of segments alone, when a repeated line's own share is
            estimated.
        held_joints: pseudo-count of the usual share of joined segments, when the share of a class of line
            ends is.
        paragraph_break: what a paragraph's end within a bead costs, in nats.
        passes: most passes over all texts; words and priors are learnt between them. Close translations settle
            in three. [strict F1, mean of three pairs of verses of the Quran: 3 .70, 6 .85]
        settled: a pass that changes a smaller share of the beads is the last one.
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
        (3, 3, 0.0005),
        (2, 4, 0.0005),
        (4, 2, 0.0005),
        (1, 5, 0.0005),
        (5, 1, 0.0005),
    )
    alone: float = 0.1
    run: float = 0.4
    both_alone: float = 0.02
    prior_beads: float = 50.0
    prior_steps: float = 20.0
    common_share: float = 0.02
    least_share: float = 1e-5
    vector_weight: float = 0.1
    vector_beyond: float = 0.1
    word_weight: float = 0.5
    length_weight: float = 0.7
    variance: float = 2.5
    prior_lengths: float = 5000.0
    same_kind: float = 0.9
    no_word: float = 0.2
    held_lost: float = 3.0
    free_first: float = 0.15
    free_usual: float = 0.003
    free_held: float = 200.0
    price: float = 0.35
    price_free: float = 0.01
    discount: float = 0.5
    near: float = 4.0
    held_text: float = 1000.0
    dictionary: float = 0.2
    dictionary_held: float = 50.0
    root: int = 4
    rooted: int = 1600
    root_weight: float = 0.7
    rounds: int = 7
    held_lines: float = 1.0
    held_joints: float = 10.0
    paragraph_break: float = 2.0
    passes: int = 6
    settled: float = 0.01

    def __post_init__(self) -> None:
        """Refuse counts of nothing."""
        for name in ("rounds", "passes"):
            check_count(name, getattr(self, name))
