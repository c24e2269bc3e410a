"""The job page: a file analysed, filled from the memory, checked and scored, one step after the other.

What each step needs is imported when it is asked for: the server shall start at once, and jobs are processes apart.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from tm import formats
from tm.direction import parsed
from tm.pages.sentences import in_language
from tm.server.api.parts import ANYTHING, TAG_OF_FILE
from tm.server.given import FILE, given_files
from tm.server.operations import Operation
from tm.server.pages.page import Page
from tm.server.schemas import array, record, text, whole
from tm.work.memories import languages_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tm.direction import Direction
    from tm.model import Finding
    from tm.server.operations import Call, Where
    from tm.server.schemas import Schema

GIVEN = {"file": FILE, "source": TAG_OF_FILE, "target": TAG_OF_FILE, "reader": text(35, default="")}
"""Of each step; messages are in the reader's language, when it is one of the pages'."""

MOST_SHOWN = 1000
"""Findings that are shown; the rest is counted."""


def _values(call: Call) -> dict[str, Any]:
    of_units = [format_ for format_ in formats.formats() if format_.read_units]
    return {
        "tags": languages_in(call.stores),
        "translated": [extension for format_ in of_units for extension in format_.extensions],
    }


def _asked(call: Call) -> Direction:
    """The languages that the request names; what the server translates from is no matter of the file."""
    return parsed(call["source"], call["target"] or call.settings.direction.target)


def _analysis(call: Call) -> dict[str, Any]:
    from tm.work.analysis import analyze

    with given_files([call["file"]]) as paths:
        analysis = analyze(paths, call.stores, _asked(call), progress=call.progress)
    if analysis.left_out:
        raise analysis.left_out[0]
    return {
        "source": analysis.direction.source,
        "target": analysis.direction.target,
        "weighted": analysis.total.weighted_words,
        "bands": [
            {"band": band.band, "segments": band.segments, "words": band.words}
            for band in analysis.total.bands
            if band.segments
        ],
    }


def _findings(call: Call) -> dict[str, Any]:
    from tm.work.checking import check_files

    with given_files([call["file"]]) as paths:
        checked = check_files(
            paths, asked=_asked(call), glossary=call.settings.glossary, progress=call.progress
        )
    return {
        "source": checked.direction.source,
        "target": checked.direction.target,
        "segments": checked.segments,
        "count": len(checked.findings),
        "findings": _fields(checked.findings[:MOST_SHOWN], call["reader"]),
    }


def _fields(findings: Iterable[Finding], reader: str) -> list[dict[str, Any]]:
    return [
        {
            "check": finding.check,
            "severity": finding.severity,
            "message": in_language(finding.message, reader),
            "line": finding.line,
            "segment": finding.segment,
            "source": finding.source,
            "target": finding.target,
            "suggestion": finding.suggestion,
        }
        for finding in findings
    ]


def _fixed(call: Call) -> dict[str, Any]:
    from tm.work.fixing import fix_files

    with given_files([call["file"]]) as paths:
        fixed = fix_files(
            paths, asked=_asked(call), glossary=call.settings.glossary, only=tuple(call["checks"])
        )
        content = base64.b64encode(paths[0].read_bytes()).decode()
    return {
        "content": content,
        "fixed": _fields(fixed.fixed, call["reader"]),
        "left": [in_language(reason, call["reader"]) for _, reason in fixed.left],
    }


def _score(call: Call) -> dict[str, Any]:
    from tm.work.scoring import score_files

    with given_files([call["file"]]) as (path,):
        scored = score_files(
            [str(path)],
            call.settings.memories[0],
            asked=_asked(call),
            glossary=call.settings.glossary,
        )
    report = scored.report
    figures = [score for agreement in [report.agreement] if agreement for score in agreement.scores.values()]
    figures += [report.terms.score] if report.terms and report.terms.score else []
    return {
        "segments": report.segments,
        "leverage": report.leverage,
        "scores": [
            {"name": figure.name, "value": figure.value, "low": figure.low, "high": figure.high}
            for figure in figures
        ],
        "warnings": [in_language(warning, call["reader"]) for warning in report.warnings],
    }


def _pretranslated(call: Call) -> dict[str, Any]:
    from tm.work.pretranslation import pretranslate_file

    with given_files([call["file"]]) as (path,):
        out = path.with_name(f"filled{path.suffix}")
        done = pretranslate_file(
            path, out, call.stores, _asked(call), minimum=call["minimum"], progress=call.progress
        )
        content = base64.b64encode(out.read_bytes()).decode()
    return {
        "target": done.direction.target,
        "content": content,
        "outcomes": done.outcomes,
        "filled": done.filled,
        "segments": done.segments,
    }


PAGE = Page("/job", "job.html", "Job", _values, scripts=("files.js", "jobs.js", "job.js"))


def _step(
    name: str,
    path: str,
    summary: str,
    run: Callable[[Call], dict[str, Any]],
    *,
    where: Where = "beside",
    options: dict[str, Schema] | None = None,
) -> Operation:
    """What the script asks for at a step: about a file, and with options."""
    options = options or {}
    needed = ["file", *(option for option, schema in options.items() if "default" not in schema)]
    body = record(GIVEN | options, needed=needed)
    return Operation(name, "POST", path, summary, run, ANYTHING, body=body, where=where, is_long=True)


OPERATIONS = [
    _step(
        "analyzeFile",
        "/files/analysis",
        "How much of a file the memory knows.",
        _analysis,
        where="read",
    ),
    _step(
        "checkFile",
        "/files/findings",
        "What is wrong with the translations of a file, with suggestions.",
        _findings,
    ),
    _step(
        "fixFile",
        "/files/fixed",
        "A file with the safe suggestions of some checks taken.",
        _fixed,
        options={"checks": array(text(60), most=100)},
    ),
    _step(
        "scoreFile",
        "/files/score",
        "The translations of a file against the memory and the glossary.",
        _score,
    ),
    _step(
        "fillFile",
        "/files/pretranslated",
        "A file filled from the memory.",
        _pretranslated,
        where="read",
        options={"minimum": whole(1, 102, default=75)},
    ),
]
