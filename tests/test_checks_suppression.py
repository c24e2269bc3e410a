"""Findings that are not reported: rules, baselines, what they count, and what is named as useless."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tm.checks.baseline import allowances, read_baseline, write_baseline
from tm.checks.suppression import Rule, fingerprint, sorted_out
from tm.cli import group
from tm.errors import FormatError, OptionError
from tm.model import Finding
from tm.work.checking import check_files

HEAD = "fr\tpt\n"
WRONG = "En 2018.\tEm 2008.\n"


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(content, *options, name="a.tsv"):
        (tmp_path / name).write_text(content, encoding="utf-8")
        return CliRunner().invoke(group, ["check", name, *options])

    return run


def test_a_baseline_holds_wherever_the_lines_go(check):
    assert check(HEAD + WRONG, "--write-baseline", "known.tsv").exit_code == 0
    moved = check(HEAD + "Oui.\tSim.\n" * 3 + WRONG, "--baseline", "known.tsv")
    assert (moved.exit_code, moved.stdout) == (0, "")
    assert "not reported: 1 in the baseline" in moved.stderr


def test_what_was_there_once_is_reported_the_second_time(check):
    check(HEAD + WRONG, "--write-baseline", "known.tsv")
    again = check(HEAD + WRONG + "Oui.\tSim.\n" + WRONG, "--baseline", "known.tsv", "--only", "number")
    assert again.exit_code == 1
    assert [line.split(":")[1] for line in again.stdout.splitlines()] == ["4"]


def test_a_text_that_changed_is_a_new_finding(check):
    check(HEAD + WRONG, "--write-baseline", "known.tsv")
    changed = check(HEAD + "En 2018.\tEm 2009.\n", "--baseline", "known.tsv")
    assert changed.exit_code == 1
    assert "1 of the baseline is no longer there" in changed.stderr


def test_a_baseline_of_other_checks_or_other_files_is_not_outdated(check):
    check(HEAD + WRONG, name="b.tsv")
    check(HEAD + WRONG, "--write-baseline", "known.tsv")
    assert "no longer" not in check(HEAD, "--baseline", "known.tsv", "--only", "space").stderr
    assert "no longer" not in check(HEAD, "--baseline", "known.tsv", name="c.tsv").stderr


def test_a_moved_file_keeps_its_baseline(check, tmp_path):
    check(HEAD + WRONG, "--write-baseline", "known.tsv")
    (tmp_path / "a.tsv").unlink()
    assert check(HEAD + WRONG, "--baseline", "known.tsv", name="moved.tsv").exit_code == 0


def test_a_table_that_is_no_baseline_is_refused(tmp_path):
    (tmp_path / "a.tsv").write_text(HEAD, encoding="utf-8")
    with pytest.raises(FormatError, match="no baseline"):
        read_baseline(tmp_path / "a.tsv")
    (tmp_path / "b.tsv").write_text("finding\ttimes\nab\ttwo\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"b\.tsv:2: times is 'two'"):
        read_baseline(tmp_path / "b.tsv")


def test_what_is_ignored_is_counted_and_what_ignores_nothing_is_named(check, tmp_path):
    rules = [
        {"check": "number", "reason": "agreed"},
        {"check": "limit"},
        {"check": "number", "file": "z.tsv"},
    ]
    text = "".join(
        "[[check.ignore]]\n" + "".join(f'{name} = "{value}"\n' for name, value in rule.items())
        for rule in rules
    )
    (tmp_path / "tm.toml").write_text(text, encoding="utf-8")
    shown = check(HEAD + WRONG, "--json", "--sarif", "a.sarif")
    fields = json.loads(shown.stdout)
    assert shown.exit_code == 0
    assert [(each["check"], each["reason"]) for each in fields["suppressed"]] == [("number", "agreed")]
    assert fields["unused"] == ["check=limit"]
    (result,) = json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "agreed"}]
    assert "ignores nothing" not in check(HEAD + WRONG, "--only", "number").stderr


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("chek=number", "a rule has no 'chek'; did you mean check"),
        ("reason=because", "ignores everything"),
        ({"check": 3}, "check of a rule is 3"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule, message):
    with pytest.raises(OptionError, match=message):
        Rule.parsed(rule)


def test_a_rule_for_a_check_that_there_is_not_is_refused(check):
    check(HEAD + WRONG)
    with pytest.raises(OptionError, match="did you mean number"):
        check_files(["a.tsv"], ignored=[Rule(check="numbr")])


def findings():
    texts = st.sampled_from(["", "oui", "non"])
    return st.lists(
        st.builds(
            Finding,
            check=st.sampled_from(["number", "space"]),
            severity=st.just("error"),
            message=texts,
            file=st.sampled_from(["a.po", "b.po"]),
            line=st.integers(0, 9),
            id=texts,
            source=texts,
            target=texts,
        ),
        max_size=12,
    )


@given(findings(), findings())
def test_nothing_is_lost_and_a_baseline_of_today_leaves_nothing(tmp_path_factory, known, today):
    path = tmp_path_factory.mktemp("baseline") / "known.tsv"
    assert write_baseline(path, known) == len(known)
    expected = allowances(read_baseline(path), ["number", "space"], ["a.po", "b.po"])
    assert sorted_out(known, (), expected).reported == ()
    outcome = sorted_out(today, (), expected)
    assert sorted(map(repr, outcome.reported + tuple(each for each, _ in outcome.suppressed))) == sorted(
        map(repr, today)
    )
    assert len(outcome.suppressed) + outcome.outdated == len(known)
    for finding in outcome.reported:
        prints = [fingerprint(each) for each in today]
        assert prints.count(fingerprint(finding)) > expected.get(fingerprint(finding), 0)
