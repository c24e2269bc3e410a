"""A glossary that a verb asks: read from its file, and refused where it lacks the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction, not_there
from tm.formats import read_concepts

if TYPE_CHECKING:
    import os

    from tm.model import Concept


def read_glossary(path: str | os.PathLike[str], direction: Direction = UNDECIDED) -> list[Concept]:
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
    tags = [tag for tag in (direction.source, direction.target) if tag]
    if concepts and not any(all(concept.of(tag) for tag in tags) for concept in concepts):
        languages = (term.language for concept in concepts for term in concept.terms)
        raise not_there(direction, len(concepts), languages, path=path, noun="concepts")
    return concepts
