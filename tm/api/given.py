"""What a caller gives, as the nouns of ``tm.model``: strings for segments, tuples for pairs and terms, paths
for files.

Each function takes what is sensible for its noun and refuses the rest with an ``OptionError`` that says what
was expected.
"""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from tm.direction import Direction, decided_for_documents, not_there, parsed
from tm.errors import OptionError
from tm.model import Concept, Pair, Segment, Term, Text, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Path: TypeAlias = "str | os.PathLike[str]"
TextPair: TypeAlias = "tuple[str, str] | Pair"
Pairs: TypeAlias = "Path | Iterable[TextPair | Unit]"
Glossary: TypeAlias = "Path | Iterable[tuple[str, str] | Concept]"

_SAMPLE = 200
"""Texts that are looked at to tell their language."""


def segment_of(text: str | Segment) -> Segment:
    """A text as a segment.

    >>> segment_of("La carte.")
    Segment(text='La carte.', codes=())
    """
    if isinstance(text, Segment):
        return text
    if isinstance(text, str):
        return Segment(text)
    raise OptionError(f"{text!r} is no text; a string was expected")


def texts_given(text: str | Sequence[str] | Text) -> str | Sequence[str] | Text:
    """A text, or its segments; a list of anything else is refused.

    >>> texts_given(["Un.", "Deux."])
    ['Un.', 'Deux.']
    """
    if isinstance(text, (str, Text)):
        return text
    segments = list(text)
    for number, each in enumerate(segments, 1):
        if not isinstance(each, str):
            raise OptionError(f"segment {number} is {each!r}; a string was expected")
    return segments


def direction_given(
    source: str, target: str, pairs: Sequence[Pair] = (), known: Sequence[str] = ()
) -> Direction:
    """The languages said, else those of the pairs' texts, else those known.

    Raises:
        OptionError: a tag is none.
        FormatError: no two languages can be told.

    >>> bread = Pair(Segment("Le pain est dans le four."), Segment("O pão está no forno."))
    >>> print(direction_given("", "", [bread]), direction_given("fr", "pt-BR"))
    fr → pt fr → pt-BR
    """
    asked = parsed(source, target)
    if asked.is_known:
        return asked
    if known and not pairs:
        direction = decided_for_documents(asked, known)
    else:
        detected = (
            _detected(pair.source.text for pair in pairs),
            _detected(pair.target.text for pair in pairs),
        )
        direction = Direction(asked.source or detected[0], asked.target or detected[1])
    if not direction.is_known:
        raise not_there(direction, len(pairs) or len(known), known, noun="texts")
    return direction


def _detected(texts: Iterable[str]) -> str:
    from tm.language import detect

    return detect("\n".join(islice(texts, _SAMPLE))).language


def is_path(given: object) -> bool:
    """Whether this names a file: a string or a path.

    >>> is_path("news.tmx"), is_path([("pain", "pão")])
    (True, False)
    """
    return isinstance(given, (str, os.PathLike))


def pairs_of(given: Iterable[TextPair | Unit], source: str = "", target: str = "") -> list[Pair]:
    """Pairs of segments from tuples of two strings, pairs or units.

    Args:
        given: in order; a unit that lacks a language is left out.
        source: needed for units: a tag, "" = the unit's first language.
        target: likewise, "" = its second.

    >>> pairs_of([("pain", "pão")])[0].target.text
    'pão'
    """
    return list(_pairs(given, source, target))


def _pairs(given: Iterable[TextPair | Unit], source: str, target: str) -> Iterator[Pair]:
    if is_path(given):
        raise OptionError(f"{given!r} is one string; pairs of strings were expected")
    for item in given:
        if isinstance(item, Pair):
            yield item
        elif isinstance(item, Unit):
            tags = [variant.language for variant in item.variants]
            first = source or next(iter(tags), "")
            pair = item.pair(first, target or next((tag for tag in tags if tag != first), ""))
            if pair:
                yield pair
        elif isinstance(item, (tuple, list)) and len(item) == 2:
            yield Pair(segment_of(item[0]), segment_of(item[1]))
        else:
            raise OptionError(f"{item!r} is no pair; (source, target), two strings, was expected")


def units_of(given: Iterable[TextPair | Unit], direction: Direction) -> Iterator[Unit]:
    """Units from tuples of two strings, pairs or units; pairs are in the languages of the direction.

    >>> unit, = units_of([("pain", "pão")], Direction("fr", "pt"))
    >>> [(variant.language, variant.segment.text) for variant in unit.variants]
    [('fr', 'pain'), ('pt', 'pão')]
    """
    for item in given:
        if isinstance(item, Unit):
            yield item
        else:
            for pair in _pairs([item], direction.source, direction.target):
                yield Unit((Variant(direction.source, pair.source), Variant(direction.target, pair.target)))


def concepts_of(given: Glossary, direction: Direction) -> list[Concept]:
    """A glossary from a file, from concepts, or from tuples of a term and its translation, which are
    approved.

    >>> (concept,) = concepts_of([("four", "forno")], Direction("fr", "pt"))
    >>> [(term.language, term.text, term.status) for term in concept.terms]
    [('fr', 'four', 'approved'), ('pt', 'forno', 'approved')]
    """
    if isinstance(given, (str, os.PathLike)):
        from tm.formats import read_concepts

        return read_concepts(given, direction=direction)
    return [_concept(item, f"c{number}", direction) for number, item in enumerate(given, 1)]


def _concept(item: tuple[str, str] | Concept, id_: str, direction: Direction) -> Concept:
    if isinstance(item, Concept):
        return item
    if not (
        isinstance(item, (tuple, list)) and len(item) == 2 and all(isinstance(text, str) for text in item)
    ):
        raise OptionError(f"{item!r} is no term; (term, translation), two strings, was expected")
    languages = (direction.source, direction.target)
    terms = (Term(text, tag, status="approved") for text, tag in zip(item, languages, strict=True))
    return Concept(id_, tuple(terms))
