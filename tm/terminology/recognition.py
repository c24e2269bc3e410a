"""Terms found again in running text, whatever their inflexion: by the lemmas of their words, longest first.

Elision, contraction and apostrophes do not matter, nor do articles inside a term: ``développement de l’IA`` is found by
``développement d'IA``. The Aho–Corasick automaton is not needed: terms are looked up by their first lemma.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import bcp47
from tm.terminology.candidates import word_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Concept, Term


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term standing in a text: ``text[start:end]``."""

    start: int
    end: int
    concept: Concept
    term: Term


def recognise(text: str, concepts: Sequence[Concept], language: str) -> list[Occurrence]:
    """The terms of these concepts in a text, in order; no two overlap.

    Where several concepts have the same term, each gives an occurrence. Rejected terms are not looked for, forbidden
    ones are. Preparing the concepts takes about ten microseconds a term and is remembered for the last few glossaries.

    Args:
        text: running text.
        concepts: the glossary.
        language: of the text; terms of another variety of it serve where there are none of this one.

    >>> from tm.model import Concept, Term
    >>> bread = Concept("1", (Term("pain au levain", "fr"), Term("pão de fermentação natural", "pt")))
    >>> [(o.start, o.end) for o in recognise("Nos pains aux levains durs lèvent.", [bread], "fr")]
    [(4, 21)]
    """
    index = _index(_Glossary(tuple(concepts)), language)
    keys = [(key, start, end) for key, start, end in word_keys(text, language) if key]
    return list(_occurrences(keys, index))


_Index = dict[str, list[tuple[tuple[str, ...], "Concept", "Term"]]]


def _occurrences(keys: list[tuple[str, int, int]], index: _Index) -> Iterator[Occurrence]:
    at = 0
    while at < len(keys):
        length = 0
        for words, concept, term in index.get(keys[at][0], ()):
            if length and len(words) < length:
                break
            if all(
                word == key for word, (key, _, _) in zip(words, keys[at : at + len(words)], strict=False)
            ) and (at + len(words) <= len(keys)):
                length = len(words)
                yield Occurrence(keys[at][1], keys[at + length - 1][2], concept, term)
        at += max(1, length)


class _Glossary:
    """Concepts that are the same glossary when they are the same objects; comparing evidence would cost more than it saves."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self.concepts = concepts
        self.identity = tuple(map(id, concepts))

    def __hash__(self) -> int:
        return hash(self.identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Glossary) and self.identity == other.identity


@functools.lru_cache(maxsize=4096)
def _index(glossary: _Glossary, language: str) -> _Index:
    """Terms by their first lemma, the longest first, otherwise in the glossary's order; one of a kind per concept."""
    base = bcp47.base(language)
    index: _Index = {}
    for concept in glossary.concepts:
        seen: set[tuple[str, ...]] = set()
        terms = concept.of(language) if len(concept.terms) > 2 else concept.terms
        for term in terms:
            if term.status == "rejected" or bcp47.base(term.language) != base:
                continue
            words = tuple(key for key, _, _ in word_keys(term.text, language) if key)
            if words and words not in seen:
                seen.add(words)
                index.setdefault(words[0], []).append((words, concept, term))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index
