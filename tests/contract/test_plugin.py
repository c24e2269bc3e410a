"""A package of its own offers one of each kind through entry points, and the commands have them."""

import json
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from tm import registry
from tm.checks import run_checks
from tm.checks.check import Check
from tm.cli import group
from tm.direction import Direction
from tm.errors import OptionError
from tm.formats import find_format
from tm.language.languages import language_of
from tm.model import Pair, Segment
from tm.store import Backend, open_store

PLUGIN = Path(__file__).parent.parent / "plugin"


def tm(*words):
    return CliRunner().invoke(group, list(map(str, words)), catch_exceptions=False)


def test_what_stands_beside_the_package_is_what_its_project_file_would_install():
    project = tomllib.loads((PLUGIN / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = ConfigParser()
    installed.read(PLUGIN / "ponte_example-1.0.dist-info" / "entry_points.txt")
    assert {name: dict(installed[name].items()) for name in installed.sections()} == {
        group: {name: value.replace(":", " : ") for name, value in points.items()}
        for group, points in project["entry-points"].items()
    }


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.moses"
    path.write_text("Patientez… ||| Aguarde.\nLe pont. ||| A ponte.\n", encoding="utf-8")
    return path


def test_its_format_is_converted(pairs, tmp_path):
    result = tm("convert", pairs, tmp_path / "pairs.tsv", "-s", "fr", "-t", "pt-BR")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "pairs.tsv").read_text(
        encoding="utf-8"
    ) == "fr\tpt-BR\nPatientez…\tAguarde.\nLe pont.\tA ponte.\n"
    assert tm("convert", tmp_path / "pairs.tsv", tmp_path / "again.moses").exit_code == 0
    assert (tmp_path / "again.moses").read_bytes() == pairs.read_bytes()


def test_its_check_is_run_with_all_others_and_alone(pairs):
    for options in ([], ["--only", "ellipsis"]):
        result = tm("check", pairs, "-s", "fr", "-t", "pt-BR", *options)
        assert result.exit_code == 0  # a warning fails no build
        assert "the ellipsis at the end is missing" in result.output


def test_its_metric_is_in_a_score_and_can_be_demanded(pairs, tmp_path):
    assert tm("add", pairs, "-m", tmp_path / "memory.tm", "-s", "fr", "-t", "pt-BR").exit_code == 0
    job = tmp_path / "job.moses"
    job.write_text("Patientez… ||| Aguarde.\nLe pont. ||| A velha ponte.\n", encoding="utf-8")
    words = ["score", job, "-m", tmp_path / "memory.tm", "-s", "fr", "-t", "pt-BR"]
    result = tm(*words, "--fail-under", "length=50")
    assert result.exit_code == 0, result.output
    assert "length ratio" in result.output
    assert "length ratio" in result.output.split("Segments")[1]
    result = tm(*words, "--fail-under", "length=99")
    assert (result.exit_code, "missed: length is 72.7273, less than 99" in result.output) == (1, True)
    scores = json.loads(tm(*words, "--json").output)["agreement"]["scores"]
    assert scores["length"]["signature"] == "nrefs:1|unit:characters|version:1.0"


def test_its_language_is_used():
    assert language_of("gl-ES").tag == "gl"
    twice = [Pair(Segment("A good day."), Segment("Un día moi moi bo."))]
    assert run_checks(twice, Direction("en", "gl"), only=["doubled"]) == []


def test_its_store_is_filled_searched_and_taken_back(pairs):
    memory = "scratch:plugin"
    assert tm("add", pairs, "-m", memory, "-s", "fr", "-t", "pt-BR").exit_code == 0
    assert "A ponte." in tm("find", "Le pont.", "-m", memory).output
    assert "A ponte." in tm("find", "pont", "-m", memory).output
    assert "2" in tm("stats", "-m", memory).output
    assert tm("undo", "-m", memory).exit_code == 0
    with open_store(memory) as store:
        assert len(store) == 0


def test_a_store_that_was_offered_as_of_the_memory_is_opened_too(tmp_path, monkeypatch):
    shutil.copytree(PLUGIN, tmp_path / "old")
    points = tmp_path / "old" / "ponte_example-1.0.dist-info" / "entry_points.txt"
    points.write_text("[tm.memory]\nscratch = ponte_example.scratch\n", encoding="utf-8")
    monkeypatch.setattr(
        sys, "path", [str(tmp_path / "old"), *(path for path in sys.path if path != str(PLUGIN))]
    )
    registry.installed.cache_clear()
    try:
        with open_store("scratch:old", create=True) as store:
            assert len(store) == 0
    finally:
        registry.installed.cache_clear()


def test_an_unknown_address_is_answered_with_the_known_ones():
    with pytest.raises(
        OptionError, match="ftp: is not a kind of memory; known are: postgresql, scratch, sqlite"
    ):
        open_store("ftp:memory")


@pytest.fixture
def never_asked(monkeypatch):
    def fail(room, kind):
        raise AssertionError(f"installed packages were asked for {kind}")

    monkeypatch.setattr(registry, "installed", fail)


@pytest.mark.usefixtures("never_asked")
def test_installed_packages_are_asked_only_for_what_we_have_not():
    language_of.cache_clear()
    assert language_of("fr").tag == "fr"
    assert find_format("a.tmx", "read_units").name == "tmx"
    assert run_checks([], Direction("fr", "pt"), only=["number"]) == []
    open_store(":memory:", create=True).close()
    language_of.cache_clear()


def test_python_is_asked_for_entry_points_only_when_a_package_mentions_the_room(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: asked.append(group) or [])
    (tmp_path / "file.txt").touch()
    (tmp_path / "other-1.dist-info").mkdir()
    (tmp_path / "other-1.dist-info" / "entry_points.txt").write_text("[tm.formatsx]\n", encoding="utf-8")
    (tmp_path / "bare-1.dist-info").mkdir()
    for folders, expected in (
        ([tmp_path], []),
        ([tmp_path, tmp_path / "nowhere", ""], []),
        ([tmp_path, PLUGIN], ["tm.checks"]),
        ([tmp_path / "file.txt"], ["tm.checks"]),  # it may be an archive
    ):
        monkeypatch.setattr(sys, "path", list(map(str, folders)))
        registry.installed.cache_clear()
        asked.clear()
        assert registry.installed("tm.checks", Check) == ()
        assert asked == expected
    registry.installed.cache_clear()


def test_help_does_not_pay_for_installed_packages():
    code = (
        f"import sys; sys.path.insert(0, {str(PLUGIN)!r});"
        "from tm.cli import group; group(['--help'], standalone_mode=False);"
        "sys.exit(','.join({'importlib.metadata', 'ponte_example'} & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_ours_comes_before_another_packages_of_the_same_name(monkeypatch):
    theirs = Check("number", "Another.", lambda job: ())
    store = Backend("sqlite", lambda name, create: None)
    monkeypatch.setattr(registry, "installed", lambda room, kind: (theirs,) if kind is Check else (store,))
    from tm.checks import checks

    assert checks()["number"] is not theirs
    with open_store("sqlite::memory:", create=True) as opened:
        assert opened is not None
