"""The percent: each rule a labelled case in ``cases/percent.json``, with a comment; ``docs/metrics.md`` tells the same as prose."""

import json
from pathlib import Path

import pytest

from tm.memory import Change, edits, likeness
from tm.model import Code, Segment

CASES = json.loads((Path(__file__).parent / "cases" / "percent.json").read_text(encoding="utf-8"))


def segment(side):
    if isinstance(side, str):
        return Segment(side)
    codes = tuple(
        Code(position, kind, name, (("i", number),), Segment(content))
        for position, kind, name, content, number in side["codes"]
    )
    return Segment(side["text"], codes)


@pytest.mark.parametrize("case", CASES, ids=[case["comment"] for case in CASES])
def test_percent(case, request):
    if case["expect"] == "fail":
        request.applymarker(pytest.mark.xfail)
    found = likeness(segment(case["stored"]), segment(case["new"]), case["language"])
    assert (found.percent, dict(found.penalties)) == (case["percent"], case["penalties"])


def test_edits_tell_the_words_apart():
    found = edits(Segment("Fermez la vieille porte."), Segment("Ouvrez la porte !"), "fr")
    assert [(edit.operation, edit.stored, edit.new) for edit in found] == [
        ("replace", "Fermez ", "Ouvrez "),
        ("equal", "la ", "la "),
        ("delete", "vieille ", ""),
        ("equal", "porte", "porte "),
        ("replace", ".", "!"),
    ]


def test_numbers_that_differ_are_edits_although_the_words_are_the_same():
    segments = Segment("Page 12."), Segment("Page 13.")
    assert [edit.operation for edit in edits(*segments, "fr")] == ["equal", "replace", "equal"]
    assert likeness(*segments, "fr").changes == (Change("number", "12", "13"),)
