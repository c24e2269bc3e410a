"""Findings as lines for a person, as annotations for GitHub, as JUnit's XML for build servers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tm import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Finding

_SHOWN = 100
"""Characters of a text that a line shows."""

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def as_line(finding: Finding) -> str:
    """A finding as one line that an editor can follow: its place first, the unit and its texts last.

    >>> from tm.model import Finding
    >>> texts = {"source": "50 g", "target": "5 g"}
    >>> print(as_line(Finding("number", "error", "50 became 5", "a.po", 8, id="menu", **texts)))
    a.po:8: error: 50 became 5 [number] menu: 50 g → 5 g
    """
    place = f"{finding.file}:{finding.line}" if finding.line else f"{finding.file}: segment {finding.segment}"
    return f"{place}: {finding.severity}: {_with_texts(finding)}"


def _with_texts(finding: Finding) -> str:
    """The message, the check, the unit's id where that is not its text, and both texts."""
    named = finding.id and finding.id != finding.source
    return (
        f"{finding.message} [{finding.check}] {f'{_short(finding.id)}: ' if named else ''}"
        f"{_short(finding.source)} → {_short(finding.target)}"
    )


def _short(text: str) -> str:
    """The text in one line, cut when it is long; JSON has all of it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"


def github(findings: Iterable[Finding], missed: Iterable[str] = ()) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the file.

    >>> from tm.model import Finding
    >>> number = Finding("number", "error", "50 % became 5 %", "a,b.tsv", 8, source="50 %", target="5 %")
    >>> print(*github([number]))
    ::error file=a%2Cb.tsv,line=8,title=number::50 %25 became 5 %25 [number] 50 %25 → 5 %25
    """
    for finding in findings:
        place = {
            "file": finding.file,
            "line": str(finding.line or ""),
            "col": str(finding.column or ""),
            "title": finding.check,
        }
        properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items() if value)
        yield f"::{_LEVELS[finding.severity]} {properties}::{_escaped(_with_texts(finding))}"
    yield from (f"::error title=threshold::{_escaped(demand)}" for demand in missed)


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
        lines = [as_line(finding) for finding in findings if finding.check == check]
        errors = sum(finding.check == check and finding.severity == "error" for finding in findings)
        if errors:
            ET.SubElement(case, "failure", message=f"errors: {errors}").text = _xml("\n".join(lines))
        elif lines:
            ET.SubElement(case, "system-out").text = _xml("\n".join(lines))
    for demand in missed:
        case = ET.SubElement(suite, "testcase", classname=name, name=demand.split()[0])
        ET.SubElement(case, "failure", message=_xml(demand))
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
