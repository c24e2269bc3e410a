"""Which text is the translation of which, by what stands in them.

The steps of ``pair_by_content``, in the order in which they work:

1. ``shared_words`` says which texts are likest.
2. ``_sure`` pairs those that are so to each other, clearly, when what stands once in both comes in one order. Their
   words are learnt, and those that are left are looked at again: what they share is rarer now.
3. ``_copies`` pairs what comes in one order too but has nearly the same rivals, the likest first.
4. The likest few of each that is left (``_likest``) are aligned beside pairs that are found, and ``translated`` says
   how much of the two is linked; ``_by_aligning`` pairs them, the best fit first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tm.alignment.passes import align_texts
from tm.alignment.shared_words import comparable, in_order, learnt, likest, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tm.alignment.shared_words import Places
    from tm.document import Bead, Text
    from tm.progress import Progress

Pairs: TypeAlias = "list[tuple[int, int, float]]"
"""Number of the source text, number of the target text, and how sure the pair is (0–1)."""

TRANSLATED = 0.5
"""Share of two texts that must be linked for them to be taken for translations. In 29 French and Portuguese
documents with lines dropped and put in, translations have 0.8 and more, other pairs 0.2 at most
(``bench/pairing.py``)."""

AKIN = 0.05
"""Least likeness of the words that look the same in both languages (cosine). Translations have 0.12 and more
in those documents; a few short lines align with anything, and only this tells them apart."""

LIKE, CLEARLY, BARELY = 0.1, 1.3, 1.05
"""Least likeness of two texts that are paired without being aligned, and how many times that of all others it must
be: by so much where few of their words come in one order (``FEW``), by so little where many do (``MANY``)."""

ORDERED, FEW, MANY = 0.7, 6, 20
"""Least share of what stands once in both texts that must come in one order, and how many words these are. Translations
have 0.9; of six words in any order half are in one, of twenty a third. Of 924 pairs of 8 to 20 lines from manuals of
two projects, and with the partners of 300 taken away, none that is paired by this is wrong
(``bench/pairing.py --documents``)."""

SUREST = 0.99
"""How sure a pair by content is at most: only names that are the same make 1."""

LONGER = 2
"""How many times as long as the other a text may be to be paired without being aligned: a chapter and its book have
many words in common."""

ROUNDS = 5
"""How often what is left is looked at again with the words of what was found. In three rounds nothing new is left."""

RIVALS = 3
"""How many texts are aligned with each, to see whether they fit: the likest ones. No measurement is
kept."""

EXCERPT = 200
"""Segments of a text that are aligned for that: a few pages tell, and a book takes no longer than an
article."""

TEACHERS, LESSON = 100, 20
"""How many of the pairs that are found teach words where others are aligned, at least, when there are so many: two short
texts alone teach each other anything. Of the texts of 8 to 20 lines that are left of 900 wrong pairs have .57
at most then, right ones .76 at least; alone .72 and .73. Their first segments (``LESSON``) are enough."""


@dataclass(frozen=True, slots=True)
class _Left:
    """The texts that have no partner yet, with what is comparable in them, and how like they are."""

    shown: Mapping[int, Places]
    sizes: Mapping[int, int]
    alike: Mapping[tuple[int, int], float]

    def likest_first(self) -> list[tuple[int, int]]:
        """The pairs that are alike at all."""
        akin = [pair for pair, value in self.alike.items() if value >= AKIN]
        return sorted(akin, key=lambda pair: (-self.alike[pair], pair))

    def ordered(self, i: int, j: int, least: int) -> float:
        """The share of what stands once in both texts that comes in one order; 0 when that are too few words, when
        too few are in order, or when one text is much longer."""
        sizes = sorted((self.sizes[i], self.sizes[j]))
        count, ordered = in_order(self.shown[i], self.shown[j])
        is_one = ordered >= max(least, ORDERED * count) and sizes[1] <= LONGER * sizes[0]
        return round(min(ordered / count, SUREST), 4) if is_one else 0.0


def pair_by_content(
    texts: Sequence[Text], sources: list[int], targets: list[int], progress: Progress
) -> Pairs:
    """The pairs of texts that translate each other.

    Args:
        texts: all of them.
        sources: the numbers of those to be paired.
        targets: of those of the other language.
        progress: takes the texts whose words are counted, then what is aligned.

    >>> from tm.document import Text
    >>> from tm.progress import unwatched
    >>> texts = Text(("Kerbiriou, 1924.",), language="fr"), Text(("Kerbiriou: 1924.",), language="pt")
    >>> [(i, j) for i, j, _ in pair_by_content(texts, [0], [1], unwatched)]
    [(0, 1)]
    """
    if not (sources and targets):
        return []
    both = [*sources, *targets]
    words = {number: places(texts[number]) for number in progress(both, len(both))}
    sizes = {number: _size(texts[number], range(len(texts[number].segments))) for number in both}
    pairs: Pairs = []
    left = _left(words, sizes, pairs, sources, targets)
    for _ in range(ROUNDS):
        if not (sure := _sure(left)):
            break
        pairs += sure
        left = _left(words, sizes, pairs, *unpaired(sources, targets, pairs))
    pairs += _copies(left)
    hopeful = {pair for side in (0, 1) for pair in _likest(left, side, pairs)}
    return pairs + _by_aligning(texts, pairs, sorted(hopeful), progress)


def unpaired(sources: list[int], targets: list[int], pairs: Pairs) -> tuple[list[int], list[int]]:
    """The sources and the targets that stand in none of the pairs."""
    taken = {number for i, j, _ in pairs for number in (i, j)}
    return [n for n in sources if n not in taken], [n for n in targets if n not in taken]


def _left(
    words: Mapping[int, Places],
    sizes: Mapping[int, int],
    pairs: Pairs,
    sources: list[int],
    targets: list[int],
) -> _Left:
    """What is left, seen with the words that the pairs teach."""
    known = learnt([(words[i], words[j]) for i, j, _ in pairs])
    own = {word: word for word in known.values()}
    shown = {number: comparable(words[number], known) for number in sources}
    shown |= {number: comparable(words[number], own) for number in targets}
    return _Left(shown, sizes, likest(shown, sources, targets))


def _sure(left: _Left) -> Pairs:
    """The pairs of which each is the likest text for the other, and clearly so."""
    ranked: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for (i, j), value in left.alike.items():
        ranked[0, i].append(value)
        ranked[1, j].append(value)
    best = {key: sorted(values, reverse=True)[:2] for key, values in ranked.items()}
    pairs = []
    for (i, j), value in left.alike.items():
        tops = best[0, i], best[1, j]
        margin = min(value / max([*top[1:], AKIN]) if value == top[0] else 0.0 for top in tops)
        if value >= LIKE and margin >= BARELY:
            ordered = left.ordered(i, j, FEW if margin >= CLEARLY else MANY)
            pairs += [(i, j, ordered)] if ordered else []
    return pairs


def _copies(left: _Left) -> Pairs:
    """The pairs of which many words come in one order, the likest first."""
    return _each_once(left.likest_first(), lambda i, j: left.ordered(i, j, MANY))


def _each_once(pairs: Iterable[tuple[int, int]], fit: Callable[[int, int], float]) -> Pairs:
    """Of these pairs, the likest first, those that fit and whose texts stand in none before, each with its fit.

    >>> _each_once([(0, 5), (0, 6), (1, 6), (2, 6)], lambda i, j: 0.0 if i == 1 else 0.9)
    [(0, 5, 0.9), (2, 6, 0.9)]
    """
    kept: Pairs = []
    taken: set[int] = set()
    for i, j in pairs:
        if not taken & {i, j} and (own := fit(i, j)):
            kept.append((i, j, own))
            taken |= {i, j}
    return kept


def _by_aligning(
    texts: Sequence[Text],
    found: Pairs,
    hopeful: Sequence[tuple[int, int]],
    progress: Progress,
) -> Pairs:
    """The pairs that turn out to be translations when they are aligned, beside some that are found already and teach
    words; of two for one text the better fit."""
    step = max(1, len(found) // TEACHERS)
    teachers = [(_excerpt(texts[i], LESSON), _excerpt(texts[j], LESSON)) for i, j, _ in found[::step]]
    # As many at once as there are teachers: what is wrong among them must not teach more than these.
    size = max(1, len(teachers))
    parts = [hopeful[begin : begin + size] for begin in range(0, len(hopeful), size)]
    fits: dict[tuple[int, int], float] = {}
    for part in progress(parts, len(parts)):
        fits |= zip(part, _fits([(texts[i], texts[j]) for i, j in part], teachers), strict=True)
    fitting = sorted(
        (pair for pair, fit in fits.items() if fit >= TRANSLATED), key=lambda pair: (-fits[pair], pair)
    )
    return _each_once(fitting, lambda i, j: fits[i, j])


def _likest(left: _Left, side: int, pairs: Pairs) -> list[tuple[int, int]]:
    """Of each text of a side that is in none of the pairs the few texts worth aligning with it."""
    taken = {number for i, j, _ in pairs for number in (i, j)}
    of_text: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in left.likest_first():
        if not taken & {*pair} and len(of_text[pair[side]]) < RIVALS:
            of_text[pair[side]].append(pair)
    return [pair for hopeful in of_text.values() for pair in hopeful]


def _fits(pairs: Sequence[tuple[Text, Text]], teachers: Sequence[tuple[Text, Text]]) -> list[float]:
    """How much of the two texts of each pair translates each other, judged by the first segments."""
    excerpts = [(_excerpt(source), _excerpt(target)) for source, target in pairs]
    aligned = align_texts([*teachers, *excerpts])[len(teachers) :]
    return [translated(*pair, beads) for pair, beads in zip(excerpts, aligned, strict=True)]


def _excerpt(text: Text, count: int = EXCERPT) -> Text:
    """The first segments of a text."""
    first = slice(count)
    return replace(
        text,
        segments=text.segments[first],
        paragraphs=text.paragraphs[first],
        lines=text.lines[first],
        kinds=text.kinds[first],
    )


def translated(source: Text, target: Text, beads: Iterable[Bead]) -> float:
    """The share of two texts, in characters, that stands in beads with two sides, each bead by its
    confidence.

    Returns:
        0 for texts that have nothing to do with each other, 1 for a translation without gaps.

    >>> from tm.document import Bead, Text
    >>> source, target = Text(("Le pain.", "Publicité")), Text(("O pão..",))
    >>> translated(source, target, [Bead((0,), (0,), 0.8), Bead((1,), (), 1.0)])
    0.5
    """
    linked = sum(
        bead.confidence * (_size(source, bead.source) + _size(target, bead.target))
        for bead in beads
        if bead.source and bead.target
    )
    whole = sum(_size(text, range(len(text.segments))) for text in (source, target))
    return round(linked / whole, 4) if whole else 0.0


def _size(text: Text, numbers: Iterable[int]) -> int:
    """The characters of some segments of a text."""
    return sum(len(text.segments[number]) for number in numbers)
