"""Terms found again in running text, whatever their inflexion: by the lemmas of their words, the longest
first.

The steps, in the order in which they work:

1. ``Recogniser`` prepares a glossary once: ``_entries`` turns each term into words with keys (``term_row``),
   filed under the keys of the first of them.
2. ``Recogniser.recognise`` turns a text into words (``word_row``).
3. ``Recogniser.recognise_words`` walks over them from left to right.
4. ``_Walk.longest`` gives the terms that begin at a word. The walk goes on behind them. A candidate that
   nobody decided on hides no decided term: these are looked for at its words too (``is_open``).
5. Where a form can be a noun and a verb, ``Parts`` says which of them stands there.

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

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47
from tm.language import fold
from tm.language.readings import has_readings, readings
from tm.terminology.parts import NOMINAL, Parts, is_asked
from tm.terminology.word_keys import EXACT, feminines, usual, word_keys
from tm.terminology.wording import term_row, word_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.model import Concept, Term
    from tm.terminology.wording import Row, Word


_NOTHING: frozenset[str] = frozenset()

_HYPHENS = "-\u2010\u2011"

_FEW = 8
"""Up to so many first keys a text is asked for each of them; else each of its words is looked up."""


_SIDE_BY_SIDE = 256
"""Texts that are cut into words before the first of them is looked at, so that they are tagged together."""

_NOTHING_TIED: frozenset[int] = frozenset()


class _Entry(NamedTuple):
    """A term as it is looked up.

    Attributes:
        keys: of its words.
        part: what part of speech the first word is, see ``_part``.
        concept, term: what is found.
        is_open: whether nobody decided on the concept, see ``is_open``.
        tied: the numbers of the words that a hyphen ties to the word before them; no article stands between.
    """

    keys: tuple[frozenset[str], ...]
    part: str
    concept: Concept
    term: Term
    is_open: bool
    tied: frozenset[int] = _NOTHING_TIED


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term standing in a text: ``text[start:end]``.

    Attributes:
        inserted: how many words stand inside it that the term has not.
    """

    start: int
    end: int
    concept: Concept
    term: Term
    inserted: int = 0


class Recogniser:
    """Finds the terms of a glossary in texts of one language.

    Preparing the glossary takes some tens of microseconds a term; keep the recogniser for as long as the
    glossary is used. A text takes the same time whatever the size of the glossary. Rejected terms are not
    looked for, forbidden ones are. A recogniser does not change, so several threads may use it.

    Args:
        concepts: the glossary.
        language: of the texts, a tag; terms of another variety of it serve where a concept has none of this
            one.
        inserted: how many adjectives, adverbs and participles may stand between the words of a term that the
            term has not.
    """

    def __init__(self, concepts: Iterable[Concept], language: str, *, inserted: int = 0) -> None:
        """Prepare the glossary."""
        self._language = language
        self._inserted = inserted
        self._by_first: dict[str, list[_Entry]] = {}
        kinds = set()
        for concept in concepts:
            for entry in _entries(concept, language):
                kinds.add(entry.is_open)
                for key in entry.keys[0]:
                    self._by_first.setdefault(key, []).append(entry)
        self._is_mixed = len(kinds) > 1
        self._by_keys: dict[tuple[frozenset[str], frozenset[str]], list[tuple[_Entry, bool]]] = {}

    def recognise(self, text: str) -> list[Occurrence]:
        """The terms in a text, in order. No two overlap, but for a decided one that begins in a candidate (``is_open``).

        Where several concepts have the same term, each gives an occurrence.

        >>> from tm.model import Concept, Term
        >>> bread = Concept("1", (Term("pain au levain", "fr"), Term("pão de fermentação natural", "pt")))
        >>> recogniser = Recogniser([bread], "fr")
        >>> [(found.start, found.end) for found in recogniser.recognise("Nos pains aux levains durs lèvent.")]
        [(4, 21)]
        >>> recogniser = Recogniser([bread], "fr", inserted=1)
        >>> [found.end for found in recogniser.recognise("Nos pains blancs aux levains durs lèvent.")]
        [28]
        """
        return self.recognise_words(word_row(text, self._language))

    def recognise_all(self, texts: Iterable[str]) -> Iterator[list[Occurrence]]:
        """The terms in each of many texts; the texts in which a term may begin are tagged side by side.

        >>> from tm.model import Concept, Term
        >>> recogniser = Recogniser([Concept("1", (Term("ferme", "fr"),))], "fr")
        >>> [len(occurrences) for occurrences in recogniser.recognise_all(["La ferme", "Il ferme"])]
        [1, 0]
        """
        remaining = iter(texts)
        while several := [*itertools.islice(remaining, _SIDE_BY_SIDE)]:
            rows = [word_row(text, self._language) for text in several]
            if len(rows) > 1:  # a text by itself is tagged when that is asked
                Parts.tag_together([row.parts for row in rows if self._places(row)], self._language)
            yield from map(self.recognise_words, rows)

    def recognise_words(self, row: Row, *, kindly: bool = False) -> list[Occurrence]:
        """The same for a text that was cut into words before, so that several recognisers can share that.

        Args:
            row: the text's words.
            kindly: take a form that may be the term for the term; only forbidden terms are asked whether it
                is a noun or a verb.

        >>> from tm.model import Concept, Term
        >>> recogniser = Recogniser([Concept("1", (Term("four", "fr"),))], "fr")
        >>> [found.start for found in recogniser.recognise_words(word_row("Deux fours", "fr"))]
        [5]
        """
        places = self._places(row)
        if not places:
            return []
        walk = _Walk(row, self._beginning, self._inserted, kindly=kindly)
        occurrences = []
        free = decided = 0  # the words behind the last term, and behind the last decided one
        for at in places:
            if at < decided:
                continue
            found = walk.longest(at) if at >= free else []
            if self._is_mixed and all(entry.is_open for entry, *_ in found):
                found += walk.longest(at, only_decided=True)
            for entry, end, inserted in found:
                free = max(free, end)
                decided = decided if entry.is_open else end
                span = row.span(at, end - 1)
                occurrences.append(Occurrence(*span, entry.concept, entry.term, inserted))
        return occurrences

    def _places(self, row: Row) -> list[int]:
        """The numbers of the words with which one of the terms may begin."""
        firsts = self._by_first
        if len(firsts) <= _FEW:
            return sorted({at for key in firsts for at in row.places.get(key, ())})
        keys = firsts.keys()
        return [
            at
            for at, word in enumerate(row.words)
            if word.begins and not (keys.isdisjoint(word.keys) and keys.isdisjoint(word.joined))
        ]

    def _beginning(self, word: Word) -> Sequence[tuple[_Entry, bool]]:
        """The entries that may begin with a word; whether with its whole compound.

        Kept for all words with the same keys: a text has few words that begin a term, and has them often.
        """
        keys = word.keys, word.joined
        if keys not in self._by_keys:
            by_first = self._by_first
            entries = {  # a set has another order in each process
                (id(entry), whole): (entry, whole)
                for whole, several in enumerate(keys)
                for key in sorted(several)
                for entry in by_first.get(key, ())
                if not whole or len(entry.keys) == 1
            }
            self._by_keys[keys] = [(entry, bool(whole)) for entry, whole in entries.values()]
        return self._by_keys[keys]


def recognise(text: str, concepts: Sequence[Concept], language: str) -> list[Occurrence]:
    """The terms of a glossary in one text. For many texts make a ``Recogniser`` once.

    >>> from tm.model import Concept, Term
    >>> [found.term.text for found in recognise("Les fours", [Concept("1", (Term("four", "fr"),))], "fr")]
    ['four']
    """
    return Recogniser(concepts, language).recognise(text)


def is_open(concept: Concept) -> bool:
    """Whether the concept was extracted, and nobody decided that one of its terms is one.

    >>> from tm.model import Concept, Evidence, Term
    >>> bread = Term("pain", "fr"), Term("pão", "pt", evidence=Evidence(2, 2, 2, 0.9))
    >>> is_open(Concept("1", bread)), is_open(Concept("1", bread[:1]))
    (True, False)
    """
    terms = [term for term in concept.terms if term.status != "rejected"]
    return any(term.evidence for term in terms) and all(term.status == "candidate" for term in terms)


class _Walk:
    """What stands at the words of one text."""

    def __init__(
        self,
        row: Row,
        beginning: Callable[[Word], Sequence[tuple[_Entry, bool]]],
        inserted: int,
        *,
        kindly: bool,
    ) -> None:
        self._row = row
        self._words = row.words
        self._language = row.language
        self._forms = row.tokens
        self._beginning = beginning
        self._inserted = inserted
        self._kindly = kindly

    @property
    def _parts(self) -> Parts:
        return self._row.parts

    def longest(self, at: int, *, only_decided: bool = False) -> list[tuple[_Entry, int, int]]:
        """The entries that reach farthest from a word, each with the number of the word behind it, and how
        many words stand inside that it has not."""
        word = self._words[at]
        farthest = 0
        reaching: dict[str, tuple[_Entry, int, int]] = {}
        after = self._words[at + 1].keys if at + 1 < len(self._words) else _NOTHING
        for entry, whole in self._beginning(word):
            if only_decided and entry.is_open:
                continue
            if whole:
                end, inserted = at + word.parts, 0
            elif len(entry.keys) > 1 and not self._inserted and entry.keys[1].isdisjoint(after):
                continue  # nearly all entries end here
            else:
                end, inserted = self._end(entry, at)
            if end < farthest or not end or not self._is_meant(entry, at):
                continue
            if end > farthest:
                farthest, reaching = end, {}
            reaching.setdefault(entry.concept.id, (entry, end, inserted))
        return list(reaching.values())

    def _end(self, entry: _Entry, at: int) -> tuple[int, int]:
        """The number of the word behind a term that stands at a word, 0 if it does not; how many words stand
        inside that it has not."""
        words, place, left = self._words, at + 1, self._inserted
        for number, keys in enumerate(entry.keys[1:], 1):
            while place < len(words) and keys.isdisjoint(words[place].keys):
                if not left or not self._parts.may_stand_inside(self._row.token(place)):
                    return 0, 0
                place, left = place + 1, left - 1
            if place == len(words):
                return 0, 0
            if number in entry.tied and self._row.token(place) > self._row.token(place - 1) + 1:
                return 0, 0
            place += 1
        return (place, self._inserted - left) if words[place - 1].ends else (0, 0)

    def _is_meant(self, entry: _Entry, at: int) -> bool:
        """Whether the first word is what the term's is, where its form can be a noun and a verb."""
        if self._kindly and entry.term.status != "forbidden":
            return True
        token = self._row.token(at)
        if len(entry.keys) == 1 and self._parts.is_function(token):
            return False
        if not entry.part:
            return True
        may_be_name = len(entry.keys) == 1 and self._forms[token][:1].isupper() and entry.term.text.islower()
        if may_be_name and self._parts.is_name(token):
            return False
        if entry.term.part_of_speech == "noun" and self._parts.is_after_degree(token):
            return False
        if entry.part == "NOUN" and (self._parts.is_after_pronoun(token) or self._parts.is_participle(token)):
            return False
        if not is_asked(self._forms[token], self._language, entry.part):
            return True
        return self._parts.reads(token, entry.part, surely=len(entry.keys) > 1)


def _entries(concept: Concept, language: str) -> Iterable[_Entry]:
    """The terms of a concept that are looked for in a language; of those with the same words the first."""
    base = bcp47.base(language)
    undecided = is_open(concept)
    entries: dict[tuple[frozenset[str], ...], _Entry] = {}
    for term in concept.of(language) if len(concept.terms) > 2 else concept.terms:
        if term.status != "rejected" and bcp47.base(term.language) == base:
            words = term_row(term.text, language)
            if not words:
                continue
            part = _part(term, words, language)
            keys = tuple(word.keys for word in words)
            if part:
                first = term.text[words[0].start : words[0].end]
                keys = (_keys_as(part, first, keys[0], language), *keys[1:])
            if len(keys) > 1:
                keys = (feminines(keys[0]), *keys[1:])
            tied = frozenset(
                at for at, word in enumerate(words) if at and term.text[word.start - 1] in _HYPHENS
            )
            entries.setdefault(keys, _Entry(keys, part, concept, term, undecided, tied))
            joined = words[0].joined if words[0].parts == len(words) else _NOTHING
            if base == "en" and len(words) == 2 and not joined:
                joined = word_keys("".join(term.text.split()), language)  # data set, dataset
            if joined:
                entries.setdefault((joined,), _Entry((joined,), part, concept, term, undecided))
    return entries.values()


def _part(term: Term, words: Sequence[Word], language: str) -> str:
    """NOUN or VERB; "" for a term that is neither, or an acronym."""
    if any(key.startswith(EXACT) for key in words[0].keys) or not has_readings(language):
        return ""
    first = fold(term.text[words[0].start : words[0].end])
    known = readings(first, language)
    if term.part_of_speech == "verb" or (
        known and all(reading.part == "VERB" and reading.lemma == first for reading in known)
    ):
        return "VERB"
    is_noun = any(reading.part in NOMINAL for reading in known)
    # A lone word that only looks like a verb's form is a noun that no source has.
    is_form = len(words) == 1 and known and all(reading.part == "VERB" for reading in known)
    return "NOUN" if is_noun or is_form else ""


def _keys_as(part: str, text: str, keys: frozenset[str], language: str) -> frozenset[str]:
    """The keys of a term's first word without those of other parts of speech."""
    folded = fold(text)
    known = readings(folded, language)
    same = {reading.lemma for reading in known if (reading.part in NOMINAL) == (part == "NOUN")}
    if part == "NOUN" and any(reading.part == "NOUN" for reading in known):
        same -= {reading.lemma for reading in known if reading.part == "VERB"}
    other = {reading.lemma for reading in known} - same - {folded}
    return keys - {usual(lemma.casefold(), language) for lemma in other}
