"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the file.

Each check is a rule, each finding a result: its place is the line of the unit, the snippet there is the
translation, and the property bag has both texts with the places that the finding is about.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tm import __version__, files
from tm.checks.check import checks as all_checks
from tm.checks.suppression import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.model import Finding, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write_sarif(
    path: str,
    checks: Iterable[str],
    findings: Iterable[Finding],
    suppressed: Iterable[tuple[Finding, str]] = (),
) -> None:
    """Write a log with one run.

    Args:
        path: where to; "-" is stdout.
        checks: names of those that were run.
        findings: what they found.
        suppressed: what is not reported, each with the reason; code hosts show these as dismissed.
    """
    with files.writing(path) as stream:
        log = json.dumps(sarif_log(checks, findings, suppressed), ensure_ascii=False, indent=2)
        stream.write(log.encode("utf-8", "replace") + b"\n")


def sarif_log(
    checks: Iterable[str], findings: Iterable[Finding], suppressed: Iterable[tuple[Finding, str]] = ()
) -> dict[str, Any]:
    """The log as JSON has it.

    >>> from tm.model import Finding
    >>> number = Finding("number", "error", "50 became 5", "a b.po", 8, target="5 g", target_spans=((0, 1),))
    >>> (run,) = sarif_log(["number"], [number])["runs"]
    >>> run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    {'uri': 'a%20b.po'}
    >>> run["results"][0]["properties"]["target_spans"]
    [[0, 1]]
    """
    by_name = all_checks()
    places = {name: place for place, name in enumerate(checks)}
    rules = [{"id": name, "shortDescription": {"text": by_name[name].about}} for name in places]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "tm", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [
                    *(_result(finding, places) for finding in findings),
                    *(
                        {**_result(finding, places), "suppressions": [_suppression(reason)]}
                        for finding, reason in suppressed
                    ),
                ],
            }
        ],
    }


def _result(finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(finding)],
        "partialFingerprints": {"finding/v1": fingerprint(finding)},
        "properties": {
            "source": finding.source,
            "target": finding.target,
            "source_spans": _lists(finding.source_spans),
            "target_spans": _lists(finding.target_spans),
        },
    }
    if finding.check in places:
        result["ruleIndex"] = places[finding.check]
    if finding.suggestion is not None:
        result["properties"]["suggestion"] = finding.suggestion
    return result


def _suppression(reason: str) -> dict[str, str]:
    return {"kind": "external", "justification": reason}


def _location(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file.replace("\\", "/"))}}
    if finding.line:
        physical["region"] = {"startLine": finding.line, "snippet": {"text": finding.target}}
        if finding.column:
            physical["region"]["startColumn"] = finding.column
    logical = {"logicalLocations": [{"fullyQualifiedName": finding.id}]} if finding.id else {}
    return {"physicalLocation": physical, **logical}


def _lists(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
