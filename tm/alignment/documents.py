"""Which document is the translation of which: by their names, else by what stands in them.

The steps of ``pair_documents``, in the order in which they work:

1. ``_unique`` pairs texts whose names are the same but for the language (``_without_language``), then those
   of the same file name in different folders (``_stem``).
2. For the rest ``_comparable`` collects what looks the same in both languages, and ``_likeness`` compares
   each source with each target by it.
3. The likest few of each (``_likest``) are aligned, and ``translated`` says how much of the two is linked
   (``_fit``).
4. ``_by_content`` pairs them, the best fit first; a text that fits none stays alone.
"""

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
    from tm.document import Bead, Text

TRANSLATED = 0.5
"""Share of two texts that must be linked for them to be taken for translations. In 29 French and Portuguese
documents with lines dropped and put in, translations have 0.8 and more, other pairs 0.2 at most
(``bench/pairing.py``)."""

AKIN = 0.05
"""Least likeness of the words that look the same in both languages (cosine). Translations have 0.12 and more
in those documents; a few short lines align with anything, and only this tells them apart."""

RIVALS = 3
"""How many documents are aligned with each, to see whether they fit: the likest ones. No measurement is
kept."""

EXCERPT = 400
"""Segments of a document that are aligned for that: a few pages tell, and a book takes no longer than an
article."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Documents that translate each other.

    Attributes:
        pairs: number of the source text, number of the target text, and how sure the pair is (1 by name, else
            ``translated``); in order of the source.
        alone: numbers of the texts without a partner.
    """

    pairs: tuple[tuple[int, int, float], ...]
    alone: tuple[int, ...]


def pair_documents(texts: Sequence[Text], direction: Direction) -> Pairing:
    """Pair the texts of two languages.

    Names that differ in the language only (``news.fr.txt`` and ``news.pt.txt``, ``fr/news.txt`` and
    ``pt/news.txt``) are paired first, then texts of the same file name in different folders, then those that
    fit best when they are aligned (``translated``), tried in the order of the numbers, names and cognates
    they have in common. Nothing is forced: what has no partner stays alone.

    >>> from tm.direction import Direction
    >>> from tm.document import Text
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
        pairs += [(i, j, 1.0) for i, j in _unique(names, *_unpaired(sources, targets, pairs))]
    pairs += _by_content(texts, *_unpaired(sources, targets, pairs))
    paired = {number for i, j, _ in pairs for number in (i, j)}
    return Pairing(tuple(sorted(pairs)), tuple(n for n in range(len(texts)) if n not in paired))


def _serves(tag: str, side: str, opposite: str) -> bool:
    """Whether a text of a language belongs to the side of a language; of two varieties the region decides.

    >>> _serves("pt-BR", "pt", "fr"), _serves("pt-BR", "pt-PT", "pt-BR")
    (True, False)
    """
    if bcp47.base(side) == bcp47.base(opposite):
        return bcp47.canonical(tag) == bcp47.canonical(side)
    return bcp47.base(tag) == bcp47.base(side)


def _unpaired(
    sources: list[int], targets: list[int], pairs: list[tuple[int, int, float]]
) -> tuple[list[int], list[int]]:
    """The sources and the targets that stand in none of the pairs."""
    taken = {number for i, j, _ in pairs for number in (i, j)}
    return [n for n in sources if n not in taken], [n for n in targets if n not in taken]


# ------------------------------------------------------------------------------------------------- by name


def _without_language(name: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a path that do not name a language; the extension does not count.

    >>> _without_language("news/a_pt_BR.txt", ("fr", "pt", "pt-BR"))
    ('news', 'a')
    """
    tags = {form.casefold() for tag in languages if tag for form in _spellings(tag)}
    path = PurePath(name)
    parts = []
    for part in (*path.parent.parts, path.stem):
        words = re.split(r"[._\s-]+", re.sub(r"([a-z]{2,3})[-_]([A-Za-z]{2})(?![A-Za-z])", _joined_tag, part))
        parts += [word.casefold() for word in words if word and word.casefold() not in tags]
    return tuple(parts)


def _joined_tag(match: re.Match[str]) -> str:
    """``pt-BR`` as one word, ``ptBR``, when it is a language."""
    return match[1] + match[2] if bcp47.is_tag(match[0]) else match[0]


def _spellings(tag: str) -> set[str]:
    """How a language is written in file names.

    >>> sorted(_spellings("pt-BR"))
    ['por', 'pt', 'pt-BR', 'ptBR']
    """
    import langcodes

    language = langcodes.Language.get(tag)
    codes = {language.language or "", language.to_alpha3(variant="T"), language.to_alpha3(variant="B")}
    return {*codes, tag.replace("-", ""), tag.replace("_", "")} - {""}


def _stem(name: str, languages: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001 - as the other
    """The file name without folder and extension."""
    return (PurePath(name).stem.casefold(),) if name else ()


def _unique(names: list[tuple[str, ...]], sources: list[int], targets: list[int]) -> list[tuple[int, int]]:
    """The pairs of texts whose name stands once on each side."""
    sides: list[defaultdict[tuple[str, ...], list[int]]] = [defaultdict(list), defaultdict(list)]
    for side, numbers in zip(sides, (sources, targets), strict=True):
        for number in numbers:
            side[names[number]].append(number)
    return [
        (numbers[0], sides[1][name][0])
        for name, numbers in sides[0].items()
        if name and len(numbers) == 1 and len(sides[1].get(name, ())) == 1
    ]


# ------------------------------------------------------------------------------------------------- by content


def _by_content(
    texts: Sequence[Text], sources: list[int], targets: list[int]
) -> list[tuple[int, int, float]]:
    """The pairs that turn out to be translations when they are aligned; of two for one text the better
    fit."""
    counts = {number: _comparable(texts[number]) for number in (*sources, *targets)}
    weights = _weights(list(counts.values()))
    alike = {(i, j): _likeness(counts[i], counts[j], weights) for i in sources for j in targets}
    hopeful = {pair for i in sources for pair in _likest([(i, j) for j in targets], alike)}
    hopeful |= {pair for j in targets for pair in _likest([(i, j) for i in sources], alike)}
    fits = {(i, j): _fit(texts[i], texts[j]) for i, j in hopeful}
    pairs: list[tuple[int, int, float]] = []
    taken: set[int] = set()
    for (i, j), fit in sorted(fits.items(), key=lambda item: (-item[1], item[0])):
        if fit >= TRANSLATED and not taken & {i, j}:
            pairs.append((i, j, fit))
            taken |= {i, j}
    return pairs


def _likest(pairs: list[tuple[int, int]], alike: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The few pairs worth aligning, the likest first.

    >>> _likest([(0, 1), (0, 2), (0, 3)], {(0, 1): 0.1, (0, 2): 0.3, (0, 3): 0.01})
    [(0, 2), (0, 1)]
    """
    akin = [pair for pair in pairs if alike[pair] >= AKIN]
    return sorted(akin, key=lambda pair: (-alike[pair], pair))[:RIVALS]


def _fit(source: Text, target: Text) -> float:
    """How much of two texts translates each other, judged by the first segments."""
    source, target = _excerpt(source), _excerpt(target)
    return translated(source, target, align_texts([(source, target)])[0])


def _excerpt(text: Text) -> Text:
    """The first segments of a text."""
    first = slice(EXCERPT)
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


def _comparable(text: Text) -> Counter[str]:
    """What looks the same in both languages: numbers, and the first five letters of longer words.

    >>> from tm.document import Text
    >>> sorted(_comparable(Text(("La génération de 1924.",), language="fr")))
    ['1924', 'gener']
    """
    keys = (without_accents(key) for segment in text.segments for key in word_keys(segment, text.language))
    return Counter(key[:5] for key in keys if key[0].isdigit() or len(key) > 4)


def _weights(documents: list[Counter[str]]) -> dict[str, float]:
    """Inverse document frequency: the fewer documents hold a word, the more it weighs."""
    holding = Counter(word for words in documents for word in words)
    return {word: math.log(1 + len(documents) / count) for word, count in holding.items()}


def _likeness(source: Counter[str], target: Counter[str], weights: dict[str, float]) -> float:
    """Cosine of the weighted words, each count damped to its square root.

    >>> round(_likeness(Counter(a=4, b=1), Counter(a=1, c=1), {"a": 1.0, "b": 2.0, "c": 1.0}), 3)
    0.5
    """
    norm = math.sqrt(_norm(source, weights) * _norm(target, weights))
    common = sum(
        weights[word] ** 2 * math.sqrt(source[word] * target[word]) for word in source.keys() & target.keys()
    )
    return common / norm if norm else 0.0


def _norm(words: Counter[str], weights: dict[str, float]) -> float:
    """The squared length of the weighted words."""
    return sum(weights[word] ** 2 * count for word, count in words.items())
