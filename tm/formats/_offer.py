"""What of a glossary another program is given: terms whose status it has a word for; the rest is left out and named.

A forbidden term in a program without statuses would be offered like any other, and a candidate would be approved
by nobody.

>>> from tm.model import Concept, Term
>>> pont = Concept("1", (Term("pont", "fr", "approved"), Term("ponte", "pt", "approved"), Term("pontão", "pt", "forbidden")))
>>> [[term.text for term in concept.terms] for concept in offered([pont], ACCEPTED, "DeepL", "a.csv")]
[['pont', 'ponte']]
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tm.model import Concept, Status

log = logging.getLogger(__name__)

ACCEPTED: tuple[Status, ...] = ("preferred", "approved", "do-not-translate")
"""What a program without statuses is given."""

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
        name_left_out(texts, f"{status} terms; {program} has no such status", path)
    if alone:
        log.warning("%s: left out %d concepts without a translation to offer", path, alone)
    return kept


def name_left_out(texts: list[str], what: str, path: str) -> None:
    """Log that terms were left out, and which."""
    more = ", …" if len(texts) > _NAMED else ""
    log.warning("%s: left out %d %s: %s%s", path, len(texts), what, ", ".join(texts[:_NAMED]), more)
