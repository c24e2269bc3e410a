"""Terms found again in running text, whatever their inflexion: by the lemmas of their words, the longest
first.

The steps, in the order in which they work:

1. ``Recogniser`` prepares a glossary once: ``_entries`` turns each term into its lemmas, filed under the
   first of them.
2. ``Recogniser.recognise`` turns a text into lemmas (``lemma_spans``).
3. ``Recogniser.recognise_lemmas`` walks over them from left to right.
4. ``_longest`` gives the terms that begin at a word. The walk goes on behind them, so that no two occurrences
   overlap.

Elision, contraction and apostrophes do not matter, nor do articles inside a term: ``développement de l’IA``
is found by ``développement d'IA``. The Aho–Corasick automaton is not needed: few terms share their first
lemma.

>>> from tm.model import Concept, Term
>>> glossary = [Concept("1", (Term("four", "fr"),)), Concept("2", (Term("four à pain", "fr"),))]
>>> text = "Deux fours, dont un four à pain."
>>> for term in Recogniser(glossary, "fr").recognise(text):
...     print(text[term.start : term.end], term.concept.id)
fours 1
four à pain 2
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import bcp47
from tm.terminology.sentences import lemma_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.model import Concept, Term

_Entry = tuple[tuple[str, ...], "Concept", "Term"]
"""A term as it is looked up: its lemmas without articles, its concept, and the term."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term standing in a text: ``text[start:end]``."""

    start: int
    end: int
    concept: Concept
    term: Term


class Recogniser:
    """Finds the terms of a glossary in texts of one language.

    Preparing the glossary takes about twenty microseconds a term; keep the recogniser for as long as the
    glossary is used. A text takes the same time whatever the size of the glossary. Rejected terms are not
    looked for, forbidden ones are. A recogniser does not change, so several threads may use it.

    Args:
        concepts: the glossary.
        language: of the texts, a tag; terms of another variety of it serve where a concept has none of this
            one.
    """

    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        """Prepare the glossary."""
        self._language = language
        self._by_first: dict[str, list[_Entry]] = {}
        for concept in concepts:
            for entry in _entries(concept, language):
                self._by_first.setdefault(entry[0][0], []).append(entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def recognise(self, text: str) -> list[Occurrence]:
        """The terms in a text, in order; no two overlap.

        Where several concepts have the same term, each gives an occurrence.

        >>> from tm.model import Concept, Term
        >>> bread = Concept("1", (Term("pain au levain", "fr"), Term("pão de fermentação natural", "pt")))
        >>> recogniser = Recogniser([bread], "fr")
        >>> [(found.start, found.end) for found in recogniser.recognise("Nos pains aux levains durs lèvent.")]
        [(4, 21)]
        """
        return self.recognise_lemmas(lemma_spans(text, self._language))

    def recognise_lemmas(self, spans: Iterable[tuple[str, int, int]]) -> list[Occurrence]:
        """The same for a text that was turned into lemmas before, so that several recognisers can share that.

        >>> from tm.model import Concept, Term
        >>> recogniser = Recogniser([Concept("1", (Term("four", "fr"),))], "fr")
        >>> [found.start for found in recogniser.recognise_lemmas(lemma_spans("Deux fours", "fr"))]
        [5]
        """
        words = [span for span in spans if span[0]]
        lemmas = [lemma for lemma, _, _ in words]
        by_first = self._by_first
        occurrences = []
        free = 0
        for at in [at for at, lemma in enumerate(lemmas) if lemma in by_first]:
            if at < free:
                continue
            for term_lemmas, concept, term in _longest(by_first[lemmas[at]], lemmas, at):
                free = at + len(term_lemmas)
                occurrences.append(Occurrence(words[at][1], words[free - 1][2], concept, term))
        return occurrences


def recognise(text: str, concepts: Sequence[Concept], language: str) -> list[Occurrence]:
    """The terms of a glossary in one text. For many texts make a ``Recogniser`` once.

    >>> from tm.model import Concept, Term
    >>> [found.term.text for found in recognise("Les fours", [Concept("1", (Term("four", "fr"),))], "fr")]
    ['four']
    """
    return Recogniser(concepts, language).recognise(text)


def _entries(concept: Concept, language: str) -> Iterable[_Entry]:
    """The terms of a concept that are looked for in a language; of those with the same lemmas the first."""
    base = bcp47.base(language)
    entries: dict[tuple[str, ...], _Entry] = {}
    for term in concept.of(language) if len(concept.terms) > 2 else concept.terms:
        if term.status != "rejected" and bcp47.base(term.language) == base:
            words = tuple(lemma for lemma, _, _ in lemma_spans(term.text, language) if lemma)
            if words:
                entries.setdefault(words, (words, concept, term))
    return entries.values()


def _longest(entries: Sequence[_Entry], lemmas: Sequence[str], at: int) -> list[_Entry]:
    """The entries of most words that stand at a place; ``entries`` are sorted, the longest first."""
    longest: list[_Entry] = []
    for entry in entries:
        words = entry[0]
        if longest and len(words) < len(longest[0][0]):
            break
        if tuple(lemmas[at : at + len(words)]) == words:
            longest.append(entry)
    return longest
