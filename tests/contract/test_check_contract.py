"""What every check does: it has cases, is silent about what is right, says one line and where, the same each time.

Cases are JSON: ours in ``tests/cases/checks.json``, the example package's in its own folder. A check that needs codes, a
glossary or several segments has a test of its own instead.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.checks import checks, run_checks
from tm.checks.check import Job, Translation
from tm.checks.reporting import github
from tm.direction import Direction
from tm.model import Pair, Segment

TESTS = Path(__file__).parent.parent
CASES = [
    case
    for path in (TESTS / "cases" / "checks.json", TESTS / "plugin" / "cases" / "checks.json")
    for case in json.loads(path.read_text(encoding="utf-8"))
]
TESTED_APART = {"code", "inconsistent", "limit", "term"}
"""In ``test_checks.py`` and ``test_checks_in_files.py``."""


def pair(source, target):
    return Pair(Segment(source), Segment(target))


def named(case):
    mark = pytest.mark.xfail(reason=case["known"]) if "known" in case else ()
    return pytest.param(case, id=f"{case['check']}: {case['source']} → {case['target']}", marks=mark)


@pytest.mark.parametrize("case", [named(case) for case in CASES])
def test_a_case_has_the_finding_it_should_have_and_no_other(case):
    languages = Direction(*case.get("languages", ["fr", "pt-BR"]))
    findings = run_checks([pair(case["source"], case["target"])], languages, only=[case["check"]])
    worst = next((s for s in ("error", "warning", "info") if s in {f.severity for f in findings}), "pass")
    assert worst == case["expect"], findings


def test_it_has_cases_that_pass_and_cases_that_do_not(check):
    kinds = {case["expect"] for case in CASES if case["check"] == check.name}
    assert check.name in TESTED_APART or (len(kinds) > 1 and "pass" in kinds)


def test_it_has_a_name_and_one_line_about_it(check):
    assert check.name.isidentifier()
    assert check.name.islower()
    assert check.about.endswith(".")
    assert "\n" not in check.about
    assert checks()[check.name] is check


def test_it_says_nothing_of_a_right_translation_or_of_nothing(check):
    right = [pair("Le pont est ouvert.", "A ponte está aberta."), pair("", "")]
    assert run_checks(right, Direction("fr", "pt-BR"), only=[check.name]) == []
    assert run_checks([], Direction("fr", "pt-BR"), only=[check.name]) == []


def test_what_a_suggestion_corrects_is_not_found_again(check):
    for case in CASES:
        languages = Direction(*case.get("languages", ["fr", "pt-BR"]))
        for finding in run_checks([pair(case["source"], case["target"])], languages, only=[check.name]):
            if finding.suggestion is not None:
                mended = [pair(case["source"], finding.suggestion)]
                assert run_checks(mended, languages, only=[check.name]) == []


texts = st.text(max_size=20) | st.lists(
    st.sampled_from(
        "10 000 1,5 %s {name} <b> http://a.b/c « … 12/03 XXI deux l’ A. \u00a0 \0 e\u0301 雨".split(" ")
    ),
    max_size=6,
).map(" ".join)


@settings(max_examples=settings().max_examples // 2)
@given(
    pairs=st.lists(st.tuples(texts, texts), max_size=3),
    languages=st.sampled_from([("fr", "pt-BR"), ("", ""), ("zh", "es")]),
)
def test_any_text_has_findings_of_one_line_in_their_segments_the_same_each_time(check, pairs, languages):
    job = [Translation(pair(*texts), Direction(*languages)) for texts in pairs]
    remarks = list(check.examine(Job(job)))
    assert remarks == list(check.examine(Job(job)))
    assert all(0 <= number < len(pairs) for number, _ in remarks)
    assert {remark.severity for _, remark in remarks} <= {"error", "warning", "info"}
    for finding in run_checks([pair(*texts) for texts in pairs], Direction(*languages), only=[check.name]):
        assert finding.message
        sides = (finding.source, finding.source_spans), (finding.target, finding.target_spans)
        assert all(0 <= start <= end <= len(text) for text, spans in sides for start, end in spans)
        assert len(next(iter(github([finding]))).splitlines()) == 1
