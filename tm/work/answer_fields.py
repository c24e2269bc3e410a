"""Answers as plain values, which JSON can hold: what ``tm find --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tm.store.records import context

if TYPE_CHECKING:
    from tm.memory import Passage
    from tm.model import Match
    from tm.work.answers import Answer, Answers


def answer_fields(answers: Answers) -> dict[str, Any]:
    """All answers by the names of their parts; places in a text are counted in characters from 0.

    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> from tm.work.answers import find
    >>> with open_store(":memory:", create=True) as store:
    ...     _ = store.add([Unit((Variant("fr", Segment("Le four.")), Variant("pt", Segment("O forno."))))])
    ...     fields = answer_fields(find([store], ["Le four."]))
    >>> fields["target"], [match["percent"] for match in fields["queries"][0]["matches"]]
    ('pt', [100])
    """
    queries = [_query(answer, answers) for answer in answers]
    return {**asdict(answers.direction), "queries": queries, "not_meant": answers.not_meant}


def _query(answer: Answer, answers: Answers) -> dict[str, Any]:
    def part_of_query(start: int, end: int) -> dict[str, Any]:
        """What stands between two places of the query, and where."""
        return {"text": answer.query[start:end], "start": start, "end": end}

    return {
        "text": answer.query,
        "matches": [{**match_fields(match), **_unit(match, answers)} for match in answer.matches],
        "inflected": [{**match_fields(match), **_unit(match, answers)} for match in answer.inflected],
        "concordance": [_passage(passage, answers) for passage in answer.passages],
        "parts": [
            {**part_of_query(part.start, part.end), "in": _passage(part.passage, answers)}
            for part in answer.parts
        ],
        "terms": [
            {
                **part_of_query(term.start, term.end),
                "translations": [
                    {"text": translation.text, "status": translation.status}
                    for translation in term.concept.of(answers.direction.target)
                ],
            }
            for term in answer.terms
        ],
        "partial": answer.is_partial,
        "without_vector": answer.without_vector,
    }


def _passage(passage: Passage, answers: Answers) -> dict[str, Any]:
    return {**passage_fields(passage), **_unit(passage, answers)}


def passage_fields(passage: Passage) -> dict[str, Any]:
    """A passage, without where it comes from."""
    return {
        "source": passage.pair.source.text,
        "target": passage.pair.target.text,
        "by": passage.by,
        "places": [{"start": start, "end": end} for start, end in passage.places],
    }


def _unit(found: Match | Passage, answers: Answers) -> dict[str, Any]:
    """What a unit is named by, and where it comes from."""
    stored = answers.stored(found)
    before, key = context(found.unit)
    return {
        "number": found.number,
        "memory": found.memory,
        "file": stored.file if stored else "",
        "added": stored.date if stored else "",
        "date": stored.changed if stored else "",
        "author": stored.author if stored else "",
        "origin": found.unit.property("x-origin"),
        "document": stored.document if stored else found.pair.document,
        "line": found.pair.line,
        "context": key,
        "previous": before,
        "notes": [note.text for note in found.unit.annotations if note.name == "note"],
    }


def match_fields(match: Match) -> dict[str, Any]:
    """A match, without where it comes from."""
    return {
        "percent": match.percent,
        "base": match.base,
        "penalties": [{"reason": reason, "percent": percent} for reason, percent in match.penalties],
        "source": match.pair.source.text,
        "target": match.target,
        "stored_target": match.pair.target.text,
        "adapted": match.adapted,
        "adaptations": list(match.adaptations),
        "unadapted": list(match.unadapted),
        "edits": [asdict(edit) for edit in match.edits],
    }
