"""Which document is the translation of which: by their names, else by what stands in them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from tm import bcp47
from tm.alignment.passes import align_texts
from tm.alignment.vocabulary import word_keys
from tm.language.text import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.model import Bead, Text

TRANSLATED = 0.5
"""Share of two texts that must be linked for them to be translations. In 29 French and Portuguese documents with lines dropped
and put in, translations have 0.8 and more, other pairs 0.2 at most (``bench/pairing.py``)."""

AKIN = 0.05
"""Least likeness of the words that look the same in both languages (cosine). Translations have 0.12 and more in those documents;
a few short lines align with anything, and only this tells them apart."""

RIVALS = 3
"""Of each document so many others, those with the most words in common, are aligned with it to see whether they fit."""

EXCERPT = 400
"""Segments of a document that are aligned for that; enough to know, and quick for a book."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Documents that translate each other.

    Attributes:
        pairs: number of the source text, number of the target text, and how sure (1 by name, else ``translated``); in order of
            the source.
        alone: numbers of the texts without a partner.
    """

    pairs: tuple[tuple[int, int, float], ...]
    alone: tuple[int, ...]


def pair_documents(texts: Sequence[Text], direction: Direction) -> Pairing:
    """Pair the texts of two languages.

    Names that differ in the language only (``news.fr.txt`` and ``news.pt.txt``, ``fr/news.txt`` and ``pt/news.txt``) are
    paired first, then texts of the same file name in different folders, then those that fit best when they are aligned
    (``translated``), tried in the order of the numbers, names and cognates they have in common. Nothing is forced: what has no
    partner stays alone.

    >>> from tm.direction import Direction
    >>> from tm.model import Text
    >>> texts = [
    ...     Text(("Le 3 mai.",), language="fr", name="a.fr.txt"),
    ...     Text(("O fim.",), language="pt", name="b.pt.txt"),
    ...     Text(("Em 3 de maio.",), language="pt-BR", name="a.pt.txt"),
    ... ]
    >>> pair_documents(texts, Direction("fr", "pt"))
    Pairing(pairs=((0, 2, 1.0),), alone=(1,))
    """
    sources = [
        n for n, text in enumerate(texts) if _serves(text.language, direction.source, direction.target)
    ]
    targets = [
        n for n, text in enumerate(texts) if _serves(text.language, direction.target, direction.source)
    ]
    pairs: list[tuple[int, int, float]] = []
    for name in (_without_language, _stem):
        names = [name(text.name, (direction.source, direction.target, text.language)) for text in texts]
        pairs += [(i, j, 1.0) for i, j in _unique(names, *_left(sources, targets, pairs))]
    pairs += _alike(texts, *_left(sources, targets, pairs))
    paired = {number for i, j, _ in pairs for number in (i, j)}
    return Pairing(tuple(sorted(pairs)), tuple(n for n in range(len(texts)) if n not in paired))


def _serves(tag: str, wanted: str, other: str) -> bool:
    """Whether a text of this language belongs to that side; between two varieties of a language the region decides."""
    if bcp47.base(wanted) == bcp47.base(other):
        return bcp47.canonical(tag) == bcp47.canonical(wanted)
    return bcp47.base(tag) == bcp47.base(wanted)


def _left(
    sources: list[int], targets: list[int], pairs: list[tuple[int, int, float]]
) -> tuple[list[int], list[int]]:
    taken = {number for i, j, _ in pairs for number in (i, j)}
    return [n for n in sources if n not in taken], [n for n in targets if n not in taken]


# ------------------------------------------------------------------------------------------------- by name


def _without_language(name: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a path that do not name a language; the extension does not count."""
    tags = {form.casefold() for tag in languages if tag for form in _spellings(tag)}
    path = PurePath(name)
    parts = []
    for part in (*path.parent.parts, path.stem):
        words = re.split(r"[._\s-]+", re.sub(r"([a-z]{2,3})[-_]([A-Za-z]{2})(?![A-Za-z])", _joined_tag, part))
        parts += [word.casefold() for word in words if word and word.casefold() not in tags]
    return tuple(parts)


def _joined_tag(found: re.Match[str]) -> str:
    """``pt-BR`` as one word, when it is a language."""
    return found[1] + found[2] if bcp47.is_tag(found[0]) else found[0]


def _spellings(tag: str) -> set[str]:
    """How a language is written in file names: pt, por, ptBR, pt-BR; and the code alone."""
    import langcodes

    language = langcodes.Language.get(tag)
    codes = {language.language or "", language.to_alpha3(variant="T"), language.to_alpha3(variant="B")}
    return {*codes, tag.replace("-", ""), tag.replace("_", "")} - {""}


def _stem(name: str, languages: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001 - one shape for both ways
    return (PurePath(name).stem.casefold(),) if name else ()


def _unique(names: list[tuple[str, ...]], sources: list[int], targets: list[int]) -> list[tuple[int, int]]:
    """Those whose name stands once on each side."""
    sides: list[defaultdict[tuple[str, ...], list[int]]] = [defaultdict(list), defaultdict(list)]
    for side, numbers in zip(sides, (sources, targets), strict=True):
        for number in numbers:
            side[names[number]].append(number)
    return [
        (here[0], sides[1][name][0])
        for name, here in sides[0].items()
        if name and len(here) == 1 and len(sides[1].get(name, ())) == 1
    ]


# ------------------------------------------------------------------------------------------------- by content


def _alike(texts: Sequence[Text], sources: list[int], targets: list[int]) -> list[tuple[int, int, float]]:
    """The pairs that turn out to be translations when they are aligned, the best first served."""
    counts = {number: _comparable(texts[number]) for number in (*sources, *targets)}
    weights = _weights(list(counts.values()))
    alike = {(i, j): _likeness(counts[i], counts[j], weights) for i in sources for j in targets}
    hopeful = {pair for i in sources for pair in _best([(i, j) for j in targets], alike)}
    hopeful |= {pair for j in targets for pair in _best([(i, j) for i in sources], alike)}
    fits = {(i, j): _fit(texts[i], texts[j]) for i, j in hopeful}
    pairs: list[tuple[int, int, float]] = []
    taken: set[int] = set()
    for (i, j), fit in sorted(fits.items(), key=lambda item: (-item[1], item[0])):
        if fit >= TRANSLATED and not taken & {i, j}:
            pairs.append((i, j, fit))
            taken |= {i, j}
    return pairs


def _best(pairs: list[tuple[int, int]], alike: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    akin = [pair for pair in pairs if alike[pair] >= AKIN]
    return sorted(akin, key=lambda pair: (-alike[pair], pair))[:RIVALS]


def _fit(one: Text, other: Text) -> float:
    """How much of two texts translates each other, judged by the first segments."""
    source, target = _excerpt(one), _excerpt(other)
    return translated(source, target, align_texts([(source, target)])[0])


def _excerpt(text: Text) -> Text:
    first = slice(EXCERPT)
    return replace(
        text,
        segments=text.segments[first],
        paragraphs=text.paragraphs[first],
        lines=text.lines[first],
        kinds=text.kinds[first],
    )


def translated(source: Text, target: Text, beads: Iterable[Bead]) -> float:
    """The share of two texts, in characters, that stands in beads with two sides, each bead by its confidence.

    Returns:
        0 for texts that have nothing to do with each other, 1 for a translation without gaps.

    >>> from tm.model import Bead, Text
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
    return sum(len(text.segments[number]) for number in numbers)


def _comparable(text: Text) -> Counter[str]:
    """What looks the same in both languages: numbers, and the first five letters of longer words."""
    keys = (without_accents(key) for segment in text.segments for key in word_keys(segment, text.language))
    return Counter(key[:5] for key in keys if key[0].isdigit() or len(key) > 4)


def _weights(documents: list[Counter[str]]) -> dict[str, float]:
    """Of each word the rarer the more; what stands in every document hardly counts."""
    holding = Counter(word for words in documents for word in words)
    return {word: math.log(1 + len(documents) / count) for word, count in holding.items()}


def _likeness(one: Counter[str], other: Counter[str], weights: dict[str, float]) -> float:
    """Cosine of the weighted words, each count damped to its square root."""
    norm = math.sqrt(_norm(one, weights) * _norm(other, weights))
    common = sum(
        weights[word] ** 2 * math.sqrt(one[word] * other[word]) for word in one.keys() & other.keys()
    )
    return common / norm if norm else 0.0


def _norm(words: Counter[str], weights: dict[str, float]) -> float:
    return sum(weights[word] ** 2 * count for word, count in words.items())
