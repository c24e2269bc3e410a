"""A glossary and its terms: what ``tm terms list`` does, and the glossary that another verb asks.

1. ``list_terms`` gives the pairs of a glossary; ``extracting.py`` makes it, ``deciding.py`` and
   ``importing.py`` change it.
2. ``read_glossary`` reads the glossary of a verb that needs both languages of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, get_args

from tm.choices import check_choice, check_count
from tm.direction import UNDECIDED, Direction, not_there
from tm.formats import read_concepts
from tm.model import Status
from tm.terminology import term_pairs
from tm.work.glossary_file import languages_in, open_glossary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.files import AnyPath
    from tm.model import Concept, Term

TermPair: TypeAlias = "tuple[Term, Term]"
"""A source term, and the target term that it stands for."""


# ------------------------------------------------------------------------------------------- reading


def read_glossary(path: AnyPath, direction: Direction = UNDECIDED) -> list[Concept]:
    """The concepts of a file, in order.

    Args:
        path: a glossary in any format; "-" is stdin.
        direction: the languages that it must have; a side that is "" may be any.

    Raises:
        FormatError: the file cannot be read, or no concept is in these languages.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("fr", "pt", "status", sep=chr(9), file=file)
    ...     print("fichier", "arquivo", "approved", sep=chr(9), file=file, flush=True)
    ...     [term.text for concept in read_glossary(file.name) for term in concept.terms]
    ['fichier', 'arquivo']
    """
    concepts = read_concepts(path, direction=direction)
    check_languages(concepts, direction, path=path)
    return concepts


def check_languages(concepts: Sequence[Concept], direction: Direction, *, path: AnyPath = "") -> None:
    """Refuse a glossary none of whose concepts is in the languages asked for; an empty one has none to miss.

    A term that is not to be translated serves for any language.

    Raises:
        FormatError: there are concepts, and not one that serves.

    >>> check_languages([], Direction("fr", "pt"))
    """
    tags = [tag for tag in (direction.source, direction.target) if tag]
    if concepts and not any(_serves(concept, tags) for concept in concepts):
        raise not_there(direction, len(concepts), languages_in(concepts), path=path, noun="concepts")


def _serves(concept: Concept, tags: list[str]) -> bool:
    terms = concept.of(tags[0]) if tags else ()
    return any(term.status == "do-not-translate" for term in terms) or all(concept.of(tag) for tag in tags)


def pairs_of(concepts: Iterable[Concept], direction: Direction) -> list[TermPair]:
    """The pairs of terms; a term without any translation stands beside an empty one, with its status and
    evidence.

    >>> from tm.model import Concept, Term
    >>> rye, bread = Concept("1", (Term("seigle", "fr", "approved"),)), Concept("2", (Term("pain", "fr"),))
    >>> [(pair[0].text, pair[1].text, pair[1].status) for pair in pairs_of([rye, bread], Direction("fr", "pt"))]
    [('seigle', '', 'approved'), ('pain', '', 'candidate')]
    """
    return [(term, translation) for _, term, translation in concept_pairs(concepts, direction)]


def concept_pairs(concepts: Iterable[Concept], direction: Direction) -> Iterator[tuple[Concept, Term, Term]]:
    """Like ``pairs_of``, each pair with its concept."""
    for concept in concepts:
        pairs = list(term_pairs(concept, direction))
        alone = [] if pairs else concept.of(direction.source)
        pairs = pairs or [(term, replace(term, text="", language=direction.target)) for term in alone]
        yield from ((concept, term, translation) for term, translation in pairs)


# ------------------------------------------------------------------------------------------- listing


@dataclass(frozen=True, slots=True)
class Listed:
    """What a glossary has.

    Attributes:
        direction: from which language into which; a side is "" where the glossary is empty.
        terms: its pairs of terms, in its order.
    """

    direction: Direction
    terms: tuple[TermPair, ...]


def list_terms(
    path: AnyPath, *, asked: Direction = UNDECIDED, status: Status | None = None, limit: int | None = None
) -> Listed:
    """The pairs of terms of a glossary.

    Args:
        path: of the glossary.
        asked: the languages; a side that is "" is as the glossary says.
        status: only pairs whose translation has it.
        limit: the first so many; None = all.

    Raises:
        OptionError: no such status, or a limit that makes no sense.
        FormatError: the glossary cannot be read, or lacks the languages.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("four", "forno", sep="\\t", file=file, flush=True)
    ...     listed = list_terms(file.name, asked=Direction("fr", "pt"), status="approved")
    >>> [(term.text, translation.text) for term, translation in listed.terms]
    [('four', 'forno')]
    """
    if status is not None:
        check_choice("status", status, get_args(Status))
    if limit is not None:
        check_count("limit", limit)
    concepts, direction = open_glossary(path, asked)
    terms = [pair for pair in pairs_of(concepts, direction) if status in (None, pair[1].status)]
    return Listed(direction, tuple(terms[:limit]))
