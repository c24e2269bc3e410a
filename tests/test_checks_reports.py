"""Reports for build servers hold what the schemas of JUnit (Jenkins, junit-10.xsd) and SARIF 2.1.0 ask for."""

import json
from xml.etree import ElementTree as ET

import pytest

from tm.checks import checks, reporting
from tm.checks.sarif import sarif_log
from tm.model import Finding

FINDINGS = [
    Finding("number", "error", "50 became 5 \x02", "a b.po", 8, 3, id="menu|a", source="50", target="5"),
    Finding("space", "warning", "two spaces", "C:\\jobs\\ü%.tsv", 2, target="a  b", target_spans=((1, 3),)),
    Finding("french", "info", "a space before ?", "/jobs/c.tmx", segment=4, suggestion="Ça ?"),
]
SARIF_KEYS = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "columnKind", "results"},
    "driver": {"name", "version", "rules"},
    "result": {
        *("ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "properties"),
        "suppressions",
    },
    "location": {"physicalLocation", "logicalLocations"},
    "physical": {"artifactLocation", "region"},
    "region": {"startLine", "startColumn", "snippet"},
}
"""Of the schema's properties those that we write; it allows no key that it does not name."""


@pytest.fixture
def run():
    log = json.loads(json.dumps(sarif_log(sorted(checks()), FINDINGS, [(FINDINGS[0], "meant")])))
    assert log.keys() == SARIF_KEYS["log"]
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    return log["runs"][0]


def test_a_sarif_run_names_its_tool_and_each_rule_once(run):
    driver = run["tool"]["driver"]
    assert run.keys() == SARIF_KEYS["run"]
    assert driver.keys() == SARIF_KEYS["driver"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    names = [rule["id"] for rule in driver["rules"]]
    assert sorted(set(names)) == names
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])


def test_a_sarif_result_says_what_and_points_at_its_rule(run):
    assert len(run["results"]) == 4
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert result.keys() <= SARIF_KEYS["result"]
        assert result["message"]["text"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
    assert run["results"][3]["suppressions"] == [{"kind": "external", "justification": "meant"}]


def test_a_sarif_place_counts_from_one_and_its_address_is_one(run):
    places = [place for result in run["results"] for place in result["locations"]]
    for place in places:
        assert place.keys() <= SARIF_KEYS["location"]
        assert place["physicalLocation"].keys() <= SARIF_KEYS["physical"]
        region = place["physicalLocation"].get("region", {"startLine": 1})
        assert region.keys() <= SARIF_KEYS["region"]
        assert region["startLine"] >= 1
        assert region.get("startColumn", 1) >= 1
    uris = [place["physicalLocation"]["artifactLocation"]["uri"] for place in places[:3]]
    assert uris == ["a%20b.po", "C%3A/jobs/%C3%BC%25.tsv", "/jobs/c.tmx"]


def test_a_junit_suite_has_the_attributes_that_the_schema_demands(tmp_path):
    path = tmp_path / "out.xml"
    reporting.write_junit(str(path), "tm score", ["french", "number", "space"], FINDINGS, ["chrf is 5, \x01"])
    suite = ET.parse(path).getroot()
    counts = {name: suite.get(name) for name in ("name", "tests", "failures", "errors")}
    assert counts == {"name": "tm score", "tests": "4", "failures": "2", "errors": "0"}
    for case in suite:
        assert case.tag == "testcase"
        assert case.get("name")
        assert case.get("classname")
        assert [part.tag for part in case] in ([], ["failure"], ["system-out"])
