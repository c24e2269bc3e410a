"""What of a glossary another program is given: terms whose status it has a word for; the rest is left out and named.

A forbidden term in a program without statuses would be offered like any other, and a candidate would be approved
by nobody.

>>> from tm.model import Concept, Term
>>> pont = Concept("1", (Term("pont", "fr", "approved"), Term("ponte", "pt", "approved"), Term("pontão", "pt", "forbidden")))
>>> [[term.text for term in concept.terms] for concept in offered([pont], ACCEPTED, "DeepL", "a.csv")]
[['pont', 'ponte']]
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tm.model import Concept, Status


ACCEPTED: tuple[Status, ...] = ("preferred", "approved", "do-not-translate")
"""With what a person accepts a term; a program without statuses is given no others."""

_NAMED = 5
"""How many terms a message names."""


def offered(
    concepts: Iterable[Concept], statuses: Collection[Status], program: str, path: str
) -> list[Concept]:
    """The concepts with the terms whose status is one of these; those without a translation left go out.

    A source term that is a candidate stays: its translations say what was decided. What is left out is logged, but
    for rejected pairs, which are no terms.
    """
    kept = []
    left_out: dict[Status, list[str]] = {}
    alone = 0
    for concept in concepts:
        first = bcp47.base(concept.terms[0].language)
        terms = []
        for term in concept.terms:
            is_open_source = bcp47.base(term.language) == first and term.status == "candidate"
            if term.status in statuses or is_open_source:
                terms.append(term)
            elif term.status != "rejected":
                left_out.setdefault(term.status, []).append(term.text)
        if len({bcp47.base(term.language) for term in terms}) > 1:
            kept.append(replace(concept, terms=tuple(terms)))
        elif any(term.status != "rejected" for term in concept.terms):
            alone += 1
    for status, texts in left_out.items():
        notice(
            "{path}: left out {terms}; {program} has no status {status}: {named}",
            path=path,
            terms=len(texts),
            program=program,
            status=status,
            named=first_of(texts),
        )
    name_untranslated(alone, path)
    return kept


def name_untranslated(count: int, path: str) -> None:
    """Log that so many concepts were left out; nothing for none."""
    notice("{path}: left out {concepts} without a translation to offer", path=path, concepts=count)


def first_of(texts: Sequence[str]) -> str:
    """The first of some texts, for a notice."""
    return ", ".join(texts[:_NAMED]) + (", …" if len(texts) > _NAMED else "")


def name_fixed(concepts: Iterable[Concept], words: Mapping[Status, object], path: str) -> None:
    """Log which terms that are not to be translated become ordinary ones in a program that has statuses.

    Args:
        concepts: the glossary.
        words: how the program says each status; "" and the like = it says nothing.
        path: of the file that is written.
    """
    word = words.get("do-not-translate")
    like = next((status for status in ACCEPTED[:2] if word and words.get(status) == word), "")
    texts = [term.text for concept in concepts for term in concept.terms if term.status == "do-not-translate"]
    if like and texts:
        notice(
            "{path}: wrote {terms} that must not be translated as {like}: {named}",
            path=path,
            terms=len(texts),
            like=like,
            named=first_of(texts),
        )


def paired(concepts: Iterable[Concept]) -> Iterator[Concept]:
    """A concept for each source term with each of its translations.

    >>> from tm.model import Concept, Term
    >>> pont = Concept("1", (Term("pont", "fr"), Term("ponte", "pt"), Term("pontão", "pt")))
    >>> [[term.text for term in concept.terms] for concept in paired([pont])]
    [['pont', 'ponte'], ['pont', 'pontão']]
    """
    for concept in concepts:
        first = bcp47.base(concept.terms[0].language)
        sources = [term for term in concept.terms if bcp47.base(term.language) == first]
        for source in sources:
            for target in concept.terms:
                if target not in sources:
                    yield replace(concept, terms=(source, target))
