"""Terms extracted from the memory, or from files of translations: only as a job, since it takes minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tm.server.api.parts import ANY, CONFIDENCE, COUNT, LANGUAGES, asked_of
from tm.server.given import FILE, given_files
from tm.server.operations import Operation
from tm.server.schemas import array, number, record, whole

if TYPE_CHECKING:
    from tm.server.operations import Call


def _extract(call: Call) -> dict[str, Any]:
    from tm.work.extracting import extract_terms

    with given_files(call["files"]) as paths:
        extracted = extract_terms(
            paths,
            "" if paths else call.settings.memories[0],
            asked=asked_of(call),
            glossary=call.settings.glossary,
            min_confidence=call.values.get("min_confidence"),
            limit=call["limit"],
            progress=call.progress,
        )
    return {
        "source_lang": extracted.direction.source,
        "target_lang": extracted.direction.target,
        "pairs": extracted.pair_count,
        "terms": [
            {
                "source": term.text,
                "target": translation.text,
                "status": translation.status,
                "confidence": translation.evidence.confidence if translation.evidence else 0.0,
                "count": translation.evidence.pair_count if translation.evidence else 0,
            }
            for term, translation in extracted.terms
        ],
    }


_TERM = record({"source": ANY, "target": ANY, "status": ANY, "confidence": CONFIDENCE, "count": COUNT})

OPERATIONS = (
    Operation(
        "extractTerms",
        "POST",
        "/terms/extract",
        "The terms of files of translations, or of the memory where none are given, the best first.",
        _extract,
        record({"source_lang": ANY, "target_lang": ANY, "pairs": COUNT, "terms": array(_TERM)}),
        body=record(
            {
                "files": {**array(FILE, most=20), "default": []},
                **LANGUAGES,
                "min_confidence": number(0, 1),
                "limit": whole(1, 100_000, default=1_000),
            },
            needed=[],
        ),
        where="beside",
        is_long=True,
    ),
)
"""Not among the routes: whoever asks for it begins a job."""
