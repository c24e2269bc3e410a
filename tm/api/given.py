"""What a caller gives, as the nouns of ``tm.model``: strings for segments, tuples for pairs and terms, paths
for files.

Each function takes what is sensible for its noun and refuses the rest with an ``OptionError`` that says what
was expected.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

from tm.direction import Direction, decided_for_documents, decided_for_units, not_there, parsed
from tm.document import Text
from tm.errors import FormatError, OptionError
from tm.model import Concept, Pair, Segment, Term, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.errors import TMError

log = logging.getLogger(__name__)

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
        return Segment(_encodable(text))
    raise OptionError(f"{text!r} is no text; a string was expected")


def _encodable(text: str) -> str:
    """The text, unless it holds half a surrogate pair, which no file and no memory can hold."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            problem = f"U+{ord(text[error.start]):04X}, which is half a character; take it out"
            raise OptionError(f"{text!r} holds {problem}") from error
    return text


def path_given(name: str, path: Path) -> str:
    """The path of a file, a folder or a memory.

    Args:
        name: of the parameter.
        path: what was given for it.

    Raises:
        OptionError: it is no path, or empty, or has what no name of a file can have.

    >>> path_given("path", "news.tmx")
    'news.tmx'
    >>> path_given("path", 3)
    Traceback (most recent call last):
    tm.errors.OptionError: path is 3; a path was expected, a string or a pathlib.Path
    """
    plain = os.fspath(path) if is_path(path) else ""
    if not plain or not isinstance(plain, str) or not _may_name_a_file(plain):
        raise OptionError(f"{name} is {path!r}; a path was expected, a string or a pathlib.Path")
    return plain


def _may_name_a_file(path: str) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def numbers_given(given: Iterable[object]) -> tuple[int, ...]:
    """The numbers of units.

    Raises:
        OptionError: one is no number.

    >>> numbers_given([12, "15"])
    Traceback (most recent call last):
    tm.errors.OptionError: '15' is no number of a unit; a whole number such as 12 was expected
    """
    numbers = []
    for number in given:
        if not isinstance(number, int) or isinstance(number, bool):
            raise OptionError(f"{number!r} is no number of a unit; a whole number such as 12 was expected")
        numbers.append(number)
    return tuple(numbers)


def string_given(name: str, value: str) -> str:
    """A choice that is a string.

    >>> string_given("origin", None)
    Traceback (most recent call last):
    tm.errors.OptionError: origin is None; a string was expected
    """
    if not isinstance(value, str):
        raise OptionError(f"{name} is {value!r}; a string was expected")
    return _encodable(value)


def items_given(given: object, expected: str) -> Iterable[Any]:
    """A list, or anything else that gives items; a string is one thing and no list.

    Args:
        given: what a caller has.
        expected: what a message calls it.

    >>> items_given("La carte.", "a list of texts")
    Traceback (most recent call last):
    tm.errors.OptionError: 'La carte.' is one string; a list of texts was expected
    """
    if isinstance(given, str):
        raise OptionError(f"{given!r} is one string; {expected} was expected")
    if isinstance(given, (bytes, os.PathLike)) or not isinstance(given, Iterable):
        raise OptionError(f"{given!r} is no list; {expected} was expected")
    return given


def warn_left_out(errors: Sequence[TMError]) -> None:
    """Log each file that could not be used where others could."""
    for error in errors:
        log.warning("%s; left out", error)


def texts_given(text: str | Sequence[str] | Text) -> str | Sequence[str] | Text:
    """A text, or its segments; a list of anything else is refused.

    >>> texts_given(["Un.", "Deux."])
    ['Un.', 'Deux.']
    """
    if isinstance(text, Text):
        return text
    if isinstance(text, str):
        return _encodable(text)
    segments = list(items_given(text, "a text or a list of its sentences"))
    for number, sentence in enumerate(segments, 1):
        string_given(f"segment {number}", sentence)
    return segments


def direction_given(
    source: str, target: str, pairs: Sequence[Pair] = (), known: Sequence[str] = ()
) -> Direction:
    """The languages said, else those of the pairs' texts, else those known; without a pair, any ("und").

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
    if not pairs and not known:
        return Direction(asked.source or "und", asked.target or "und")
    if known and not pairs:
        direction = decided_for_documents(asked, known)
    else:
        detected = (
            _detected(pair.source.text for pair in pairs),
            _detected(pair.target.text for pair in pairs),
        )
        direction = Direction(asked.source or detected[0], asked.target or detected[1])
    if not direction.is_known:
        if known:
            raise not_there(direction, len(pairs) or len(known), known, noun="texts")
        raise FormatError("the texts are in no known language; say source_lang and target_lang")
    return direction


def _detected(texts: Iterable[str]) -> str:
    from tm.language import detect

    return detect("\n".join(islice(texts, _SAMPLE))).language


def is_path(given: object) -> TypeGuard[Path]:
    """Whether this names a file: a string or a path.

    >>> is_path("news.tmx"), is_path([("pain", "pão")])
    (True, False)
    """
    return isinstance(given, (str, os.PathLike))


def pairs_of(given: Iterable[TextPair | Unit], source: str = "", target: str = "") -> list[Pair]:
    """Pairs of segments from tuples of two strings, pairs or units.

    Args:
        given: in order; a unit that lacks a language is left out.
        source: needed for units: a tag, "" = the unit's first language that is not the target's.
        target: likewise, "" = the first that is not the source's.

    >>> pairs_of([("pain", "pão")])[0].target.text
    'pão'
    """
    return list(_pairs(given, source, target))


def _pairs(given: Iterable[TextPair | Unit], source: str, target: str) -> Iterator[Pair]:
    asked = Direction(source, target)
    for item in items_given(given, "a list of pairs, (source, target),"):
        if isinstance(item, Pair):
            yield item
        elif isinstance(item, Unit):
            direction = decided_for_units(asked, [item])
            pair = item.pair(direction.source, direction.target)
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
    for item in items_given(given, "a list of pairs, (source, target),"):
        if isinstance(item, Unit):
            if not item.variants:
                raise OptionError("a unit has no text; a unit needs one variant at least")
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
    if is_path(given):
        from tm.formats import read_concepts

        return read_concepts(path_given("glossary", given), direction=direction)
    items = items_given(given, "a file or a list of terms, (term, translation),")
    return [_concept(item, f"c{number}", direction) for number, item in enumerate(items, 1)]


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
