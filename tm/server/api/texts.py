"""Texts that a request brings: translations checked and scored, two texts aligned, a file converted.

What each needs is imported when it is asked for first: the server shall start at once.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from tm import formats
from tm.errors import OptionError
from tm.model import Pair, Segment
from tm.server.api.parts import ANY, CONFIDENCE, COUNT, LANGUAGES, NUMBER, PLACE, asked_of
from tm.server.given import given_files
from tm.server.operations import Operation
from tm.server.schemas import LONGEST, array, record, text
from tm.work.memories import direction_in

if TYPE_CHECKING:
    from tm.server.operations import Call

READING: tuple[formats.Operation, ...] = ("read_units", "read_concepts", "read_document")
"""What a format can do that may be converted."""

PAIRS = array(record({"source": text(LONGEST), "target": text(LONGEST)}), most=2_000)
DOCUMENT = text(1 << 20, least=1)
FORMAT = text(40, least=1, about="The name of a format, or an extension, like tmx.")


def _pairs(call: Call) -> list[Pair]:
    return [Pair(Segment(pair["source"]), Segment(pair["target"])) for pair in call["pairs"]]


def _check(call: Call) -> dict[str, Any]:
    from tm.checks import run_checks

    direction = direction_in(call.stores, asked_of(call))
    concepts = call.desk.glossary.now().concepts
    findings = run_checks(
        _pairs(call), direction, concepts=concepts, only=call["only"], progress=call.progress
    )
    return {
        "findings": [
            {
                "check": finding.check,
                "severity": finding.severity,
                "message": finding.message,
                "pair": finding.segment,
                "suggestion": finding.suggestion,
                "source_spans": [_span(span) for span in finding.source_spans],
                "target_spans": [_span(span) for span in finding.target_spans],
            }
            for finding in findings
        ]
    }


def _span(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _score(call: Call) -> dict[str, Any]:
    from tm.scoring import score as score_pairs

    direction = direction_in(call.stores, asked_of(call))
    concepts = call.desk.glossary.now().concepts
    report = score_pairs(_pairs(call), call.stores[0], concepts, direction)
    scores = report.agreement.scores if report.agreement else {}
    terms = report.terms.score if report.terms else None
    return {
        "scores": [
            {"name": name, "value": value.value, "signature": value.signature}
            for name, value in scores.items()
        ],
        "terms": terms.value if terms else None,
    }


def _align(call: Call) -> dict[str, Any]:
    from tm.work.aligning import align

    aligned = align(call["source"], call["target"], direction=asked_of(call))
    sources, targets = aligned.source.segments, aligned.target.segments
    return {
        "source_lang": aligned.source.language,
        "target_lang": aligned.target.language,
        "beads": [
            {
                "source": [sources[number] for number in bead.source],
                "target": [targets[number] for number in bead.target],
                "confidence": bead.confidence,
            }
            for bead in aligned.beads
        ],
    }


def _convert(call: Call) -> dict[str, Any]:
    from tm.work.conversion import convert

    source_kind, target_kind = (_extension(call[name]) for name in ("from", "to"))
    with given_files([{"name": f"content.{source_kind}", "content": call["content"]}]) as (path,):
        out = path.with_name(f"out.{target_kind}")
        done = convert(path, out, direction=asked_of(call))
        written = out.read_bytes()
    return {
        "content": base64.b64encode(written).decode(),
        "written": done.written,
        "lost": dict(done.lost),
    }


def _extension(name: str) -> str:
    """The extension of a format that is named; letters and digits alone, which lead nowhere in a path.

    Raises:
        OptionError: it is none.

    >>> _extension(".TMX")
    'tmx'
    """
    extension = name.lower().removeprefix(".")
    if re.fullmatch("[a-z0-9]+", extension) and any(
        formats.look_up(f"a.{extension}", operation) for operation in READING
    ):
        return extension
    raise OptionError(f"{name[:40]!r} is no format that is read and written")


OPERATIONS = (
    Operation(
        "check",
        "POST",
        "/check",
        "What is wrong with translations.",
        _check,
        record(
            {
                "findings": array(
                    record(
                        {
                            "check": ANY,
                            "severity": ANY,
                            "message": ANY,
                            "pair": NUMBER,
                            "suggestion": {"anyOf": [ANY, {"type": "null"}]},
                            "source_spans": array(PLACE),
                            "target_spans": array(PLACE),
                        }
                    )
                )
            }
        ),
        body=record(
            {"pairs": PAIRS, **LANGUAGES, "only": {**array(text(40), most=50), "default": []}},
            needed=["pairs"],
        ),
        is_long=True,
    ),
    Operation(
        "score",
        "POST",
        "/score",
        "Translations against the memory and the glossary.",
        _score,
        record(
            {
                "scores": array(record({"name": ANY, "value": {"type": "number"}, "signature": ANY})),
                "terms": {"anyOf": [{"type": "number"}, {"type": "null"}]},
            }
        ),
        body=record({"pairs": PAIRS, **LANGUAGES}, needed=["pairs"]),
        is_long=True,
    ),
    Operation(
        "align",
        "POST",
        "/align",
        "Which sentences of two texts translate which.",
        _align,
        record(
            {
                "source_lang": ANY,
                "target_lang": ANY,
                "beads": array(
                    record({"source": array(ANY), "target": array(ANY), "confidence": CONFIDENCE})
                ),
            }
        ),
        body=record({"source": DOCUMENT, "target": DOCUMENT, **LANGUAGES}, needed=["source", "target"]),
        where="beside",
        is_long=True,
    ),
    Operation(
        "convert",
        "POST",
        "/convert",
        "A file, in base64, as another format.",
        _convert,
        record({"content": ANY, "written": COUNT, "lost": {"type": "object"}}),
        body=record(
            {"content": text(1 << 20), "from": FORMAT, "to": FORMAT, **LANGUAGES},
            needed=["content", "from", "to"],
        ),
        where="beside",
        is_long=True,
    ),
)
