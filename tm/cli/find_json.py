"""What ``tm find --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tm.memory import Passage
    from tm.model import Match
    from tm.work.answers import Answer, Answers


def fields(answers: Answers) -> dict[str, Any]:
    """All answers for ``--json``."""
    direction = answers.direction
    queries = [_answer_fields(answer, direction.target) for answer in answers]
    return {"source": direction.source, "target": direction.target, "queries": queries}


def _answer_fields(answer: Answer, target: str) -> dict[str, Any]:
    def stretch(start: int, end: int) -> dict[str, Any]:
        return {"text": answer.query[start:end], "start": start, "end": end}

    return {
        "text": answer.query,
        "matches": [_match_fields(match) for match in answer.matches],
        "concordance": [_passage_fields(passage) for passage in answer.passages],
        "parts": [
            {**stretch(part.start, part.end), "in": _passage_fields(part.passage)} for part in answer.parts
        ],
        "terms": [
            {
                **stretch(term.start, term.end),
                "translations": [
                    {"text": translation.text, "status": translation.status}
                    for translation in term.concept.of(target)
                ],
            }
            for term in answer.terms
        ],
    }


def _passage_fields(passage: Passage) -> dict[str, Any]:
    return {
        "source": passage.pair.source.text,
        "target": passage.pair.target.text,
        "places": [{"start": start, "end": end} for start, end in passage.places],
        "document": passage.pair.document,
        "line": passage.pair.line,
    }


def _match_fields(match: Match) -> dict[str, Any]:
    return {
        "percent": match.percent,
        "base": match.base,
        "penalties": [{"reason": reason, "percent": percent} for reason, percent in match.penalties],
        "source": match.pair.source.text,
        "target": match.target,
        "stored_target": match.pair.target.text,
        "adapted": match.adapted,
        "edits": [asdict(edit) for edit in match.edits],
        "origin": match.unit.property("x-origin"),
        "document": match.pair.document,
        "line": match.pair.line,
    }
