"""Answers as plain values, which JSON can hold: what ``tm find --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

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
    queries = [_query(answer, answers.direction.target) for answer in answers]
    return {**asdict(answers.direction), "queries": queries}


def _query(answer: Answer, target: str) -> dict[str, Any]:
    def part_of_query(start: int, end: int) -> dict[str, Any]:
        """What stands between two places of the query, and where."""
        return {"text": answer.query[start:end], "start": start, "end": end}

    return {
        "text": answer.query,
        "matches": [_match(match) for match in answer.matches],
        "inflected": [_match(match) for match in answer.inflected],
        "concordance": [_passage(passage) for passage in answer.passages],
        "parts": [
            {**part_of_query(part.start, part.end), "in": _passage(part.passage)} for part in answer.parts
        ],
        "terms": [
            {
                **part_of_query(term.start, term.end),
                "translations": [
                    {"text": translation.text, "status": translation.status}
                    for translation in term.concept.of(target)
                ],
            }
            for term in answer.terms
        ],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "source": passage.pair.source.text,
        "target": passage.pair.target.text,
        "by": passage.by,
        "places": [{"start": start, "end": end} for start, end in passage.places],
        "document": passage.pair.document,
        "line": passage.pair.line,
    }


def _match(match: Match) -> dict[str, Any]:
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
        "origin": match.unit.property("x-origin"),
        "document": match.pair.document,
        "line": match.pair.line,
    }
