"""Which texts have rare words in common: an inverted index of what looks the same in both languages.

To compare each text with each other would take the square of their number. Here a text is compared only with those
that share one of its rare words (``RARE``), so that twice as many texts take twice as long.

1. ``places`` notes where in a text each word stands.
2. ``comparable`` keeps of them what looks the same in both languages, and what ``learnt`` has translated: words
   that stand in the same pairs of texts that are found already.
3. ``likest`` gives each text those of the other side that are likest (``likeness``), by way of an index.
4. ``in_order`` tells a translation from a text of the same subject: what stands once in both comes in one order.

>>> from tm.document import Text
>>> french = [Text((line,), language="fr") for line in ("La génération de 1924.", "Le pain.")]
>>> portuguese = [Text((line,), language="pt") for line in ("O mapa.", "A geração: 1924.")]
>>> texts = dict(enumerate(comparable(places(text), {}) for text in (*french, *portuguese)))
>>> {pair: round(alike, 2) for pair, alike in likest(texts, [0, 1], [2, 3]).items()}
{(0, 3): 0.32}
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

from tm.alignment.vocabulary import word_keys
from tm.language.text import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tm.document import Text

Places: TypeAlias = "dict[str, list[int]]"
"""For each word of a text the segments in which it stands, in order."""

RARE = 32
"""Most texts of a side in which a word may stand that leads from one text to others. It bounds the time; of a thousand
texts some share no word so rare, but when the others are paired what they share is rare
(``bench/pairing.py --documents``)."""

CANDIDATES = 8
"""How many texts are compared with each by all their words: those that share the most rare ones."""

LETTERS = 5
"""First letters of a word that look the same in both languages; shorter words look alike by chance."""

TAUGHT = 150
"""Most words of a text that teach translations: it bounds the time."""

OFTEN, SELDOM = 20, 2
"""A word teaches when it stands in at most one of so many (``OFTEN``) of the pairs, and in so many of them at least
(``SELDOM``): what stands everywhere says nothing."""

TOGETHER = 0.6
"""How much two words must stand in the same pairs to be taken for translations (Dice). No measurement is kept."""


def places(text: Text) -> Places:
    """Where each word of a text stands.

    >>> from tm.document import Text
    >>> places(Text(("Le pont, le pont.", "Un pont."), language="fr"))
    {'pont': [0, 0, 1]}
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, segment in enumerate(text.segments):
        for key in word_keys(segment, text.language):
            if len(key) > 2 or key.isdigit():
                found[key].append(number)
    return dict(found)


def comparable(words: Places, translated: Mapping[str, str]) -> Places:
    """What looks the same in both languages: numbers, the first letters of longer words, and translated words.

    Args:
        words: of a text.
        translated: what stands for a word in both languages.

    >>> comparable({"1924": [0], "génér": [0], "pont": [1], "les": [0, 1]}, {"pont": "ponte"})
    {'1924': [0], 'gener': [0], '=ponte': [1]}
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for word, numbers in words.items():
        if word in translated:
            found[f"={translated[word]}"] += numbers
        key = without_accents(word)
        if key[0].isdigit() or len(key) >= LETTERS:
            found[key[:LETTERS]] += numbers
    return {key: sorted(numbers) for key, numbers in found.items()}


def likest(
    texts: Mapping[int, Places], sources: Sequence[int], targets: Sequence[int]
) -> dict[tuple[int, int], float]:
    """How like the pairs are that share rare words, for each source the ``CANDIDATES`` that share most.

    Args:
        texts: of each number what is comparable.
        sources: numbers of the source texts.
        targets: of the target texts.
    """
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for number in targets:
        for word in texts[number]:
            holding[word].append(number)
    in_sources = Counter(word for number in sources for word in texts[number])
    count = len(sources) + len(targets)
    weights = {
        word: math.log(1 + count / (in_sources[word] + len(holding.get(word, ()))))
        for word in {*in_sources, *holding}
    }
    norms = {number: _norm(texts[number], weights) for number in (*sources, *targets)}
    alike: dict[tuple[int, int], float] = {}
    for source in sources:
        shared: defaultdict[int, float] = defaultdict(float)
        for word in texts[source]:
            if len(holding.get(word, ())) <= RARE and in_sources[word] <= RARE:
                for target in holding.get(word, ()):
                    shared[target] += weights[word] ** 2
        most = sorted(shared, key=lambda target: (-shared[target] / norms[target], target))[:CANDIDATES]
        for other in most:
            common = _common(texts[source], texts[other], weights)
            alike[source, other] = common / (norms[source] * norms[other])
    return alike


def _common(source: Places, target: Places, weights: Mapping[str, float]) -> float:
    """What two texts have in common: the weights of their words squared, each count damped to its root."""
    if len(target) < len(source):
        source, target = target, source
    return sum(
        weights[word] ** 2 * math.sqrt(len(numbers) * len(target[word]))
        for word, numbers in source.items()
        if word in target
    )


def _norm(words: Places, weights: Mapping[str, float]) -> float:
    """The length of a text's weighted words; 1 for a text without any."""
    return math.sqrt(_common(words, words, weights)) or 1.0


def in_order(source: Places, target: Places) -> tuple[int, int]:
    """How many words stand once in both texts, and how many of them come in one order.

    >>> in_order({"a": [0], "b": [1], "c": [2], "d": [3, 4]}, {"a": [0], "b": [5], "c": [2], "d": [6]})
    (3, 2)
    """
    once = [word for word in source if word in target and len(source[word]) == len(target[word]) == 1]
    once.sort(key=lambda word: (source[word][0], target[word][0]))
    ends: list[int] = []  # of the rising sequences of each length the least last number
    for number in (target[word][0] for word in once):
        place = bisect_right(ends, number)
        ends[place : place + 1] = [number]
    return len(once), len(ends)


def learnt(pairs: Sequence[tuple[Places, Places]]) -> dict[str, str]:
    """The source words that stand in the same pairs of texts as a target word, with that word.

    Args:
        pairs: the words of texts that translate each other.

    >>> pair, other = ({"mur": [0], "eau": [0]}, {"muro": [0]}), ({"eau": [0]}, {"água": [0]})
    >>> learnt([pair, other] * 2), learnt([pair])
    ({'eau': 'água', 'mur': 'muro'}, {})
    """
    counts = [Counter(word for pair in pairs for word in pair[side]) for side in (0, 1)]
    most = max(2 * SELDOM, len(pairs) // OFTEN)
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source, target in pairs:
        words = _telling(target, counts[1], most)
        for word in _telling(source, counts[0], most):
            together[word].update(words)
    found = {}
    for word, beside in together.items():
        best = max(beside, key=lambda other: (beside[other] / (counts[0][word] + counts[1][other]), other))
        if 2 * beside[best] >= TOGETHER * (counts[0][word] + counts[1][best]):
            found[word] = best
    return found


def _telling(words: Iterable[str], counts: Counter[str], most: int) -> list[str]:
    """The words of a text that may teach, those first that stand in more texts."""
    told = [word for word in words if SELDOM <= counts[word] <= most]
    return sorted(told, key=lambda word: (-counts[word], word))[:TAUGHT]
