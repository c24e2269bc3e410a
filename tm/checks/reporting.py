"""Findings as lines for a person, as annotations for GitHub, as JUnit's XML for build servers."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tm import files
from tm.language.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.language.pieces import Piece
    from tm.model import Finding, Span

_SHOWN = 100
"""Characters of a text that a line shows."""
_BEFORE = 40
"""Characters of a long text that a line shows before the first mark."""

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def _plainly(piece: Piece) -> str:
    return piece[0]


def as_line(finding: Finding, shown: Callable[[Piece], str] = _plainly) -> str:
    """A finding as one line that an editor can follow: its place first, the unit and its texts last.

    Args:
        finding: of ``tm.checks.run_checks``.
        shown: how to show a piece of the line; the finding is about those that are marked.

    >>> from tm.model import Finding
    >>> texts = {"source": "50 g", "target": "5 g", "source_spans": ((0, 2),), "target_spans": ((0, 1),)}
    >>> number = Finding("number", "error", "50 became 5", "a.po", 8, id="menu", **texts)
    >>> print(as_line(number))
    a.po:8: error: 50 became 5 [number] menu: 50 g → 5 g
    >>> print(as_line(number, lambda piece: f"*{piece[0]}*" if piece[1] else piece[0]))
    a.po:8: error: 50 became 5 [number] menu: *50* g → *5* g
    """
    place = f"{finding.file}:{finding.line}" if finding.line else f"{finding.file}: segment {finding.segment}"
    return f"{shown((f'{place}: {finding.severity}: ', False))}{_with_texts(finding, shown)}"


def _with_texts(finding: Finding, shown: Callable[[Piece], str] = _plainly) -> str:
    """The message, the check, the unit's id where that is not its text, and both texts."""
    named = finding.id and finding.id != finding.source
    about = f"{finding.message} [{finding.check}] {f'{_short(finding.id)}: ' if named else ''}"
    source = _short(finding.source, finding.source_spans, shown)
    return f"{shown((about, False))}{source} → {_short(finding.target, finding.target_spans, shown)}"


def _short(text: str, spans: Sequence[Span] = (), shown: Callable[[Piece], str] = _plainly) -> str:
    """The text in one line, with its marks; a long one is cut around the first of them. JSON has all of
    it."""
    flat, marks = _flat(text, spans)
    first, last = 0, len(flat)
    if len(flat) > _SHOWN:
        end_of_mark = marks[0][1] if marks else 0
        first = 0 if end_of_mark < _SHOWN else min(marks[0][0] - _BEFORE, len(flat) - _SHOWN + 1)
        last = first + _SHOWN - (2 if first and first + _SHOWN - 1 < len(flat) else 1)
    inside = [(max(start - first, 0), max(min(end, last) - first, 0)) for start, end in marks]
    middle = "".join(shown(piece) for piece in pieces(flat[first:last], inside))
    return f"{'…' if first else ''}{middle}{'…' if last < len(flat) else ''}"


def _flat(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """The text with single spaces for white space, and where the spans are in it.

    >>> _flat(" two\\n\\nlines ", [(6, 11)])
    ('two lines', [(4, 9)])
    """
    flat = " ".join(text.split())
    if flat == text:
        return flat, list(spans)
    return flat, [(_flat_length(text[:start], flat), _flat_length(text[:end], flat)) for start, end in spans]


def _flat_length(beginning: str, flat: str) -> int:
    """How long the beginning of a text is in the flat one."""
    words = beginning.split()
    behind_space = bool(words) and beginning[-1].isspace()
    return min(len(" ".join(words)) + behind_space, len(flat))


def fields(finding: Finding) -> dict[str, object]:
    """The attributes of a finding by name, for JSON.

    >>> from tm.model import Finding
    >>> fields(Finding("number", "error", "50 became 5"))["severity"]
    'error'
    """
    return {field.name: getattr(finding, field.name) for field in dataclasses.fields(finding)}


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
    suite.set("errors", "0")  # demanded by the schema: tests that could not be run
    ET.indent(suite)
    with files.writing(path) as stream:
        stream.write(ET.tostring(suite, encoding="utf-8", xml_declaration=True) + b"\n")


def _xml(text: str) -> str:
    """Without the characters that XML has no way to hold."""
    return "".join(
        c if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "\ufffd"
        for c in text
    )
