"""Which document is the translation of which: by their names, else by what stands in them.

The steps of ``pair_documents``, in the order in which they work:

1. ``_unique`` pairs texts whose names are the same but for the language (``_without_language``), then those
   of the same file name in different folders (``_stem``).
2. ``contents.pair_by_content`` looks at what stands in the rest. A text that fits none stays alone.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from tm import bcp47
from tm.alignment.contents import pair_by_content, unpaired
from tm.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.document import Text
    from tm.progress import Progress


@dataclass(frozen=True, slots=True)
class Pairing:
    """Documents that translate each other.

    Attributes:
        pairs: number of the source text, number of the target text, and how sure the pair is (1 by name; by
            content the share of common words in one order, else ``translated``); in order of the source.
        alone: numbers of the texts without a partner.
    """

    pairs: tuple[tuple[int, int, float], ...]
    alone: tuple[int, ...]


def pair_documents(texts: Sequence[Text], direction: Direction, *, progress: Progress = unwatched) -> Pairing:
    """Pair the texts of two languages.

    Names that differ in the language only (``news.fr.txt`` and ``news.pt.txt``, ``fr/news.txt`` and
    ``pt/news.txt``) are paired first, then texts of the same file name in different folders, then those that
    have rare words in common: numbers, names, cognates, and words learnt from the pairs that are found. Nothing
    is forced: what has no partner stays alone. The time grows with the size of the texts, not with the square of their
    number.

    Args:
        texts: of both languages.
        direction: which of them are sources.
        progress: takes the texts whose content is looked at, then the pairs that are aligned to be sure.

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
    sources, targets, pairs = _by_name(texts, direction)
    pairs += pair_by_content(texts, *unpaired(sources, targets, pairs), progress)
    paired = {number for i, j, _ in pairs for number in (i, j)}
    return Pairing(tuple(sorted(pairs)), tuple(n for n in range(len(texts)) if n not in paired))


def without_partner(texts: Sequence[Text], direction: Direction) -> list[int]:
    """The numbers of the texts whose content ``pair_documents`` will look at: those of both languages without a
    partner by name; none where one language has all of its texts paired so.

    >>> from tm.direction import Direction
    >>> from tm.document import Text
    >>> names = [("fr", "a.fr.txt"), ("fr", "b.txt"), ("pt", "a.pt.txt"), ("pt", "c.txt")]
    >>> texts = [Text((), language=language, name=name) for language, name in names]
    >>> without_partner(texts, Direction("fr", "pt")), without_partner(texts[:3], Direction("fr", "pt"))
    ([1, 3], [])
    """
    sources, targets = unpaired(*_by_name(texts, direction))
    return [*sources, *targets] if sources and targets else []


def _by_name(
    texts: Sequence[Text], direction: Direction
) -> tuple[list[int], list[int], list[tuple[int, int, float]]]:
    """The numbers of the sources, those of the targets, and the pairs among them by their names."""
    sources = [
        n for n, text in enumerate(texts) if _serves(text.language, direction.source, direction.target)
    ]
    targets = [
        n for n, text in enumerate(texts) if _serves(text.language, direction.target, direction.source)
    ]
    pairs: list[tuple[int, int, float]] = []
    for name in (_without_language, _stem):
        names = [name(text.name, (direction.source, direction.target, text.language)) for text in texts]
        pairs += [(i, j, 1.0) for i, j in _unique(names, *unpaired(sources, targets, pairs))]
    return sources, targets, pairs


def _serves(tag: str, side: str, opposite: str) -> bool:
    """Whether a text of a language belongs to the side of a language; of two varieties the region decides.

    >>> _serves("pt-BR", "pt", "fr"), _serves("pt-BR", "pt-PT", "pt-BR")
    (True, False)
    """
    if bcp47.base(side) == bcp47.base(opposite):
        return bcp47.canonical(tag) == bcp47.canonical(side)
    return bcp47.base(tag) == bcp47.base(side)


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


@functools.cache
def _spellings(tag: str) -> frozenset[str]:
    """How a language is written in file names.

    >>> sorted(_spellings("pt-BR"))
    ['por', 'pt', 'pt-BR', 'ptBR']
    """
    import langcodes

    language = langcodes.Language.get(tag)
    codes = {language.language or "", language.to_alpha3(variant="T"), language.to_alpha3(variant="B")}
    return frozenset({*codes, tag.replace("-", ""), tag.replace("_", "")} - {""})


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
