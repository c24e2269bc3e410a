"""Units that say the same in other forms of the words: matches by a second figure, which counts lemmas.

1. ``forms`` makes of a word a ``OneOf`` for all words of a memory that are forms of it (``tm.language.forms``):
   it asks the store for the words that begin like it, and looks at the lemma of each.
2. ``find_inflected`` asks the store for what is ``similar`` to the text with such tokens: every unit whose
   figure may reach the minimum.
3. ``_by_forms`` gives a match its second figure: ``figure`` counts the equal lemmas, and what ``match_of``
   takes off is taken off here too.

docs/metrics.md explains the figure ("Other forms of the words").

>>> from tm.direction import Direction
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> store = open_store(":memory:", create=True)
>>> stored = Segment("Supprimer le fichier sélectionné"), Segment("Excluir o arquivo selecionado")
>>> store.add([Unit((Variant("fr", stored[0]), Variant("pt", stored[1])))]).added
1
>>> (match,) = find_inflected(store, "Supprimer les fichiers sélectionnés", Direction("fr", "pt"))
>>> match.percent, match.base, match.target
(94, 25, 'Excluir o arquivo selecionado')
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from typing import TYPE_CHECKING

from tm.choices import check_count, check_percent
from tm.language import key_tokens
from tm.language.forms import (
    SAME_LETTERS,
    beginning,
    common_beginning,
    common_forms,
    form_key,
    has_forms,
    is_told_by_beginnings,
    other_forms_begin,
)
from tm.memory.matching import explained, match_of, most_percent
from tm.memory.memories import searchable
from tm.memory.query import Query
from tm.memory.similarity import EQUAL_WORDS
from tm.model import Segment
from tm.store.wildcards import OneOf, Unaccented, UnaccentedPrefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Match
    from tm.store.protocol import Store, Stores

AT_MOST = EQUAL_WORDS - 1
"""The most that other forms of the words can get: the words are not the same."""

_NAME = "\x06"
"""What the name of a ``OneOf`` begins with, and no word."""


def find_inflected(
    stores: Stores, text: Segment | str, direction: Direction, *, minimum: int = 70, limit: int = 5
) -> list[Match]:
    """The units that resemble a segment once each word is taken for all its forms, and not without that.

    Takes some tenths of a second the first time, since dictionaries must be read: ask for it where ``find``
    gives nothing.

    Args:
        stores: a memory, or several that are searched as one.
        text: what to look up.
        direction: from which language into which.
        minimum: the least percent of the second figure, 1–100. Every unit that reaches it is found.
        limit: how many at most.

    Returns:
        By the second figure, which is their percent; then by base, which is that of the words as they are;
        then the newest first. Units whose words as they are reach the minimum are matches of ``find``, and
        not among these. None for a language without lemmas.

    Raises:
        OptionError: the minimum is no percent, or the limit no count.
        FormatError: the memory lacks one of the languages; says which it has.
    """
    check_percent("minimum", minimum)
    check_count("limit", limit)
    memories = searchable(stores, direction)
    segment = Segment(text) if isinstance(text, str) else text
    keys = key_tokens(segment, direction.source)
    if minimum > AT_MOST or not has_forms(direction.source) or not any(key[:1].isalpha() for key in keys):
        return []
    if is_told_by_beginnings(direction.source) and not _may_be_alike(memories, keys, direction, minimum):
        return []
    best: dict[tuple[Segment, Segment], Match] = {}
    for most, store, number in _hits(memories, keys, direction.source, minimum):
        ranked = sorted(best.values(), key=_rank)[:limit]
        if len(ranked) == limit and ranked[-1].percent >= most:
            break
        for unit in store.fetch([number]):
            by_words = match_of(unit, Query(segment), direction, number=number, memory=store.name)
            if by_words is None or by_words.percent >= minimum:
                continue
            match = _by_forms(by_words, segment, direction.source)
            texts = match.pair.source, match.pair.target
            if match.percent >= minimum and (texts not in best or _rank(match) < _rank(best[texts])):
                best[texts] = match
    return [explained(match, segment, direction) for match in sorted(best.values(), key=_rank)[:limit]]


def _hits(
    stores: Sequence[Store], keys: list[str], language: str, minimum: int
) -> Iterator[tuple[int, Store, int]]:
    """The most percent that a unit can have, its store and its number, the best of all stores first."""
    by_store = []
    for store in stores:
        forms_of = {key: forms(store, key, language) for key in dict.fromkeys(keys)}
        hits = next(store.similar([[forms_of[key] for key in keys]], language, minimum / 100))
        by_store.append([(likeness, store, number) for likeness, number in hits])
    for likeness, store, number in heapq.merge(*by_store, key=lambda hit: -hit[0]):
        yield most_percent(likeness), store, number


def forms(store: Store, word: str, language: str) -> str:
    """A key token as a ``OneOf`` for the words of a memory that are forms of it; itself when it is no word.

    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     _ = store.add([Unit((Variant("fr", Segment("Les écoles, l'école, l'écolier")),))])
    ...     sorted(forms(store, "école", "fr").words)
    ['école', 'écoles']
    """
    if not word[:1].isalpha():
        return word
    key = form_key(word, language)
    alike = _words_from(store, other_forms_begin(key), language)
    words = {other for other in alike if form_key(other, language) == key}
    return OneOf(_NAME + key, {word, *words, *common_forms(key, language)})


def widely(store: Store, word: str, language: str) -> str:
    """``forms``, with other words that begin alike among them, told without a dictionary.

    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     _ = store.add([Unit((Variant("es", Segment("El puente, los puentes, el puerto")),))])
    ...     words = widely(store, "puente", "es").words
    >>> words >= {"puente", "puentes", "puerto"}, "los" in words
    (True, False)
    """
    if not word[:1].isalpha():
        return word
    start = beginning(word, language)
    alike = _words_from(store, start, language)
    words = {other for other in alike if beginning(other, language) == start}
    return OneOf(_NAME + start, {word, *words, *common_beginning(start, language)})


def _words_from(store: Store, start: str, language: str) -> list[str]:
    """The words of a memory that begin so, accents aside; of a shorter beginning only those that are it."""
    wildcard = (UnaccentedPrefix if len(start) == SAME_LETTERS else Unaccented)(start)
    return store.words(wildcard, language)


def _may_be_alike(stores: Sequence[Store], keys: list[str], direction: Direction, minimum: int) -> bool:
    """Whether any unit reaches the minimum if words that begin alike are taken for forms of one."""
    language = direction.source
    wide = ([widely(store, key, language) for key in keys] for store in stores)
    return any(
        next(store.similar([query], language, minimum / 100))
        for store, query in zip(stores, wide, strict=True)
    )


def _by_forms(match: Match, text: Segment, language: str) -> Match:
    """The same match with the second figure as its percent."""
    penalty = sum(amount for _, amount in match.penalties)
    return replace(match, percent=max(0, figure(match.pair.source, text, language) - penalty))


def figure(stored: Segment, new: Segment, language: str) -> int:
    """How alike two segments are with each word taken for all its forms: 0–94.

    >>> figure(Segment("Deux fichiers ouverts"), Segment("un fichier ouvert"), "fr")
    66
    """
    from rapidfuzz.distance import Levenshtein

    olds, news = ([form_key(key, language) for key in key_tokens(each, language)] for each in (stored, new))
    longer = max(len(olds), len(news))
    return min(AT_MOST, 100 * (longer - Levenshtein.distance(olds, news)) // longer) if longer else 0


def _rank(match: Match) -> tuple[int, int]:
    return -match.percent, -match.base
