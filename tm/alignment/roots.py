"""Forms of one word: what words that begin alike have learnt together.

In a short text most words stand once or twice, and a word in each of its forms is a word of its own; what *gehen* teaches
is lost on *gehst*. So words with the same first letters are also counted as one *root*. How roots are translated is
learnt first, as words are (``lexicon.learn``); a word then expects what its root is translated by, each form of that by its
frequency, and its own passages decide where it has enough of them (Teh 2006, "A Hierarchical Bayesian Language
Model", smooths words by shorter contexts in this way).

The steps, in the order in which they work:

1. ``roots`` numbers the roots of a language's words.
2. ``of_roots`` is what stands together, each word as its root.
3. ``with_roots`` learns how roots are translated (``_prior``), and hands that to their words (``_handed_on``).

>>> roots(["gehen", "gehst", "geht", "ge", "1924"], 3).of.tolist()
[0, 0, 0, 1, 2]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.cognates import MOST
from tm.alignment.lexicon import Lexicon, learn
from tm.alignment.sparse import Table, bin_sums, table
from tm.language.text import without_accents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.alignment.lexicon import Array, Integers, Together
    from tm.alignment.options import Options

FORMS = 64
"""Most pairs of forms that a pair of roots teaches: what more words than that begin with (prefixes such as *cons-* in a
large run) is no word in its forms."""


@dataclass(frozen=True, slots=True)
class Roots:
    """The roots of one language's words.

    Attributes:
        of: the number of each word's root.
        count: how many roots there are.
    """

    of: Integers
    count: int

    @property
    def forms(self) -> Table:
        """The words of each root, as columns.

        >>> roots(["gehen", "am", "gehst"], 3).forms.columns.tolist()
        [0, 2, 1]
        """
        return table(self.of, np.arange(len(self.of)), np.ones(len(self.of)), (self.count, len(self.of)))


def roots(words: Sequence[str], letters: int) -> Roots:
    """The roots of these words: so many letters, accents aside; what is no word of letters is a root by itself.

    >>> roots(["été", "étés", "ete", "2015", "2016"], 3).of.tolist()
    [0, 0, 0, 1, 2]
    """
    numbers: dict[str, int] = {}
    plain = (without_accents(word) if word[:1].isalpha() else "" for word in words)
    of = [
        numbers.setdefault(form[:letters] or word, len(numbers))
        for word, form in zip(words, plain, strict=True)
    ]
    return Roots(np.array(of, dtype=np.int64), len(numbers))


def of_roots(counted: Together, own: tuple[Roots, Roots]) -> Together:
    """What stands together in passages, each word as its root.

    Args:
        counted: words together.
        own: the roots of the source's words, and of the target's.

    >>> from tm.alignment.lexicon import together
    >>> one, two = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    >>> counted = together([(one, one), (two, one)], [1.0, 1.0])
    >>> rooted = of_roots(counted, (roots(["gehen", "gehst"], 3), roots(["vas"], 3)))
    >>> len(counted.pairs[0]), len(rooted.pairs[0]), rooted.number.tolist()
    (2, 1, [0, 0])
    """
    width = own[1].count
    keys, where = np.unique(
        own[0].of[counted.pairs[0]] * width + own[1].of[counted.pairs[1]], return_inverse=True
    )
    source, target = (own[k].of[counted.words[k]].astype(np.int32) for k in (0, 1))
    return replace(
        counted,
        pairs=(keys // width, keys % width),
        number=where[counted.number],
        words=(source, target),
    )


def with_roots(
    rooted: Together, side: int, prior: Lexicon, own: tuple[Roots, Roots], options: Options
) -> Lexicon:
    """A lexicon before it learns of its own words, with what their roots have learnt.

    Args:
        rooted: which roots stand together.
        side: whose words are the translations: 1 the target, 0 the source.
        prior: what is known of the words.
        own: the roots of the source's words, and of the target's.
        options: ``root_weight`` and those of ``lexicon.learn`` are used.

    *gehen* and *gehst* stand beside *aller* and *vas* again and again; *geht*, never seen, is expected to be like them:

    >>> from tm.alignment.lexicon import from_cognates, together
    >>> from tm.alignment.options import Options
    >>> source, target = roots(["gehen", "gehst", "geht", "hier"], 3), roots(["aller", "allez", "ici"], 3)
    >>> beside = [((0, 3), (0, 2)), ((1, 3), (1, 2)), ((0,), (0,)), ((1,), (1,))] * 5
    >>> passages = [(np.array(a, dtype=np.int32), np.array(b, dtype=np.int32)) for a, b in beside]
    >>> nothing = table(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), (4, 3))
    >>> before = from_cognates(nothing, np.full(3, 1 / 3))
    >>> rooted = of_roots(together(passages, [1.0] * 20), (source, target))
    >>> after = with_roots(rooted, 1, before, (source, target), Options())
    >>> after.known.at(np.array([2, 2, 2]), np.array([0, 1, 2])).round(1).tolist()
    [0.3, 0.3, 0.0]
    """
    given, told = own[1 - side], own[side]
    learnt = learn(rooted, side, _prior(prior, given, told), options).learnt
    return prior if learnt is None else _handed_on(learnt, prior, (given, told), options.root_weight)


def _prior(words: Lexicon, given: Roots, told: Roots) -> Lexicon:
    """What is known of the roots before they have learnt: what is known of their words, the mean of the given ones."""
    shape = given.count, told.count
    forms = bin_sums(given.of, np.ones(len(given.of)), given.count)

    def joined(known: Table) -> Table:
        """What is known of words as what is known of roots."""
        rows = given.of[known.rows()]
        return table(rows, told.of[known.columns], known.values / forms[rows], shape)

    known = joined(words.known).capped(MOST)
    return Lexicon(
        known,
        1 - known.sums(),
        bin_sums(told.of, words.frequencies, told.count),
        np.ones(told.count),
        None if words.learnt is None else joined(words.learnt),
    )


def _handed_on(learnt: Table, prior: Lexicon, own: tuple[Roots, Roots], weight: float) -> Lexicon:
    """What roots have learnt as the expectation of their words.

    Args:
        learnt: how roots are translated.
        prior: of the words; what it leaves to all translations by their frequency goes to those of the root, as far as
            roots are believed.
        own: the roots of the given words, and of their translations.
        weight: how far roots are believed.
    """
    given, told = (each.forms for each in own)
    root, other = learnt.rows(), learnt.columns
    sizes = np.diff(given.bounds)[root], np.diff(told.bounds)[other]
    few = sizes[0] * sizes[1] <= FORMS
    root, other, values = root[few], other[few], learnt.values[few]
    beside, counts = sizes[1][few], (sizes[0] * sizes[1])[few]
    # Each form of the one with each form of the other, root by root.
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    beside = np.repeat(beside, counts)
    rows = given.columns[np.repeat(given.bounds[root], counts) + place // beside]
    columns = told.columns[np.repeat(told.bounds[other], counts) + place % beside]
    told_often: Array = bin_sums(own[1].of, prior.frequencies, own[1].count)
    shares = prior.frequencies[columns] / told_often[np.repeat(other, counts)]
    handed = weight * prior.rest[rows] * np.repeat(values, counts) * shares
    known = table(
        np.append(prior.known.rows(), rows),
        np.append(prior.known.columns, columns),
        np.append(prior.known.values, handed),
        (len(prior.rest), len(prior.frequencies)),
    )
    left = prior.rest - bin_sums(rows, handed, len(prior.rest))
    return Lexicon(known, left, prior.frequencies, prior.lost, prior.learnt)
