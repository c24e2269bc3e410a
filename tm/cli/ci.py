"""Findings for build servers: annotations of GitHub, JUnit's XML, which GitLab, Jenkins and others read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tm import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Finding

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def github(findings: Iterable[Finding], missed: Iterable[str] = ()) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the file.

    >>> from tm.model import Finding
    >>> print(*github([Finding("number", "error", "50 % became 5 %", file="a,b.tsv", segment=7)]))
    ::error file=a%2Cb.tsv,title=number::segment 7: 50 %25 became 5 %25
    """
    for finding in findings:
        place = {"file": finding.file, "line": str(finding.line or ""), "title": finding.check}
        properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items() if value)
        message = _escaped(f"segment {finding.segment}: {finding.message}")
        yield f"::{_LEVELS[finding.severity]} {properties}::{message}"
    yield from (f"::error title=threshold::{_escaped(line)}" for line in missed)


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


def write_junit(
    path: str, name: str, checks: Iterable[str], findings: Sequence[Finding], missed: Sequence[str] = ()
) -> None:
    """One test case a check, which fails by its errors, and one for each threshold that was missed.

    Args:
        path: where to; "-" is stdout.
        name: of the suite, e.g. "tm check".
        checks: names of all checks that were run.
        findings: what they found; warnings are told, and fail nothing.
        missed: lines of ``tm.scoring.thresholds.missed``.
    """
    suite = ET.Element("testsuite", name=name)
    for check in checks:
        case = ET.SubElement(suite, "testcase", classname=name, name=check)
        lines = [
            f"{finding.file}: segment {finding.segment}: {finding.severity}: {finding.message}"
            for finding in findings
            if finding.check == check
        ]
        errors = sum(finding.check == check and finding.severity == "error" for finding in findings)
        if errors:
            ET.SubElement(case, "failure", message=f"errors: {errors}").text = _xml("\n".join(lines))
        elif lines:
            ET.SubElement(case, "system-out").text = _xml("\n".join(lines))
    for line in missed:
        case = ET.SubElement(suite, "testcase", classname=name, name=line.split()[0])
        ET.SubElement(case, "failure", message=_xml(line))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    ET.indent(suite)
    with files.writing(path) as stream:
        stream.write(ET.tostring(suite, encoding="utf-8", xml_declaration=True) + b"\n")


def _xml(text: str) -> str:
    """Without the characters that XML has no way to hold."""
    return "".join(
        c if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "\ufffd"
        for c in text
    )
