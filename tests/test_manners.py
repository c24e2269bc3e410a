"""Manners of the command line: what it answers to a slip, what a shell is offered, how a table fits."""

import io
import json
import sys

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from tm.cli import group, terminal
from tm.cli.help import TOPICS
from tm.errors import FormatError, TMError


def said(*arguments, **options):
    result = CliRunner().invoke(group, arguments, prog_name="tm", **options)
    return result.output


def offered(*words):
    """What a shell offers for the last word."""
    *before, incomplete = words
    completion = ShellComplete(group, {}, "tm", "_TM_COMPLETE")
    return [item.value for item in completion.get_completions(before, incomplete)]


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["fnd"], "find"),
        (["terms", "aprove"], "approve"),
        (["find", "x", "--in", "sorce"], "source"),
        (["add", "a.tsv", "--on-same", "replce"], "replace"),
        (["find", "x", "-s", "french"], "fr"),
        (["find", "x", "--minn", "3"], "--min"),
        (["help", "formts"], "formats"),
    ],
)
def test_a_misspelt_word_is_answered_with_the_nearest(arguments, near):
    output = said(*arguments).lower()
    assert "did you mean" in output
    assert near in output.partition("did you mean")[2]


def test_what_is_like_no_word_is_answered_with_all():
    assert "commands are: build, segment" in said("xyzzy")
    assert "known are: build, segment" in said("help", "xyzzy")
    assert "write it like fr or pt-BR" in said("find", "x", "-s", "xyzzyxyzzy")


@pytest.mark.parametrize("topic", TOPICS)
def test_there_is_help_on_each_topic_in_each_language(topic, monkeypatch):
    assert len(said("help", topic).splitlines()) > 3
    monkeypatch.setenv("TM_LANGUAGE", "pt-BR")
    assert len(said("help", topic).splitlines()) > 3


def test_a_shell_is_offered_verbs_without_loading_them():
    assert offered("fi") == ["find"]
    assert offered("--ver") == ["--version"]
    assert "approve" in offered("terms", "ap")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["find", "--in", "s"], ["source"]),
        (["convert", "--to", "tm"], ["tmx"]),
        (["stats", "--from", "tm"], ["tmx"]),
        (["check", "--only", "number,te"], ["number,term"]),
        (["clean", "--only", "moji"], ["mojibake"]),
        (["add", "-t", "pt"], ["pt-BR", "pt-PT"]),
        (["export", "--language", "f"], ["fr"]),
    ],
)
def test_a_shell_is_offered_the_values_of_options(words, expected):
    assert offered(*words) == expected


def test_a_shell_is_told_where_files_stand():
    completion = ShellComplete(group, {}, "tm", "_TM_COMPLETE")
    assert [item.type for item in completion.get_completions(["add"], "rep")] == ["file"]


def test_a_table_fits_a_narrow_terminal_and_is_whole_elsewhere(monkeypatch):
    rows = [("approved", "une très longue expression de plusieurs mots", 1234)]
    assert "mots" in terminal.table(rows, right=[2])[0]
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    (line,) = terminal.table(rows, right=[2])
    assert len(line) <= 40
    assert line.endswith("1234")


def test_a_bar_says_how_fast_it_goes_and_how_long_it_lasts(monkeypatch):
    stream = io.StringIO()
    stream.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", stream)
    times = iter(range(100))
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(times))
    assert list(terminal.progress(range(4), 4)) == [0, 1, 2, 3]
    assert "4/4" in stream.getvalue()
    assert "0.67 a second" in stream.getvalue()


def test_what_is_soon_done_shows_no_bar_nor_does_what_nobody_sees(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(terminal, "SHOWN_AFTER", 0)
    assert list(terminal.progress("abcd", 4)) == [*"abcd"]
    monkeypatch.setattr(terminal, "SHOWN_AFTER", 1)
    stream.isatty = lambda: True
    monkeypatch.setattr(terminal.time, "monotonic", lambda: 0.0)
    assert list(terminal.progress("abcd", 4)) == [*"abcd"]
    assert list(terminal.progress("abcd", 4, quiet=True)) == [*"abcd"]
    assert stream.getvalue() == ""


def test_a_message_ends_before_it_says_where_to_look(capfd, monkeypatch):
    from tm.cli import main

    monkeypatch.setattr(sys, "argv", ["tm", "check"])
    with pytest.raises(SystemExit):
        main()
    assert "-m MEMORY. See: tm check --help" in capfd.readouterr().err


def test_verbs_that_write_files_report_in_json_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tsv").write_text("fr\tpt\nLe chat dort.\tO gato dorme.\n", encoding="utf-8")
    (tmp_path / "a.fr").write_text("Il pleut.\n", encoding="utf-8")
    (tmp_path / "a.pt").write_text("Chove.\n", encoding="utf-8")
    said("add", "a.tsv", "-m", "a.tm", "-q")
    lost = json.loads(said("convert", "a.tsv", "a.tmx", "--json"))["files"]
    assert [(file["out"], file["written"], file["lost"]) for file in lost] == [("a.tmx", 1, {})]
    assert json.loads(said("export", "b.tmx", "-m", "a.tm", "--json"))["files"][0]["count"] == 1
    assert json.loads(said("copy", "a.tm", "b.tm", "--json"))["units"] == 1
    assert json.loads(said("align", "a.fr", "a.pt", "-o", "c.tsv", "--json", "-s", "fr", "-t", "pt"))[
        "written"
    ]
    assert json.loads(said("undo", "-m", "a.tm", "--json"))["units"] == 0
    assert json.loads(said("undo", "-m", "a.tm", "--json"))["undone"] is None


def test_what_is_decided_on_a_term_is_reported_in_json_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "glossary.tsv").write_text("fr\tpt\tstatus\nfour\tforno\tcandidate\n", encoding="utf-8")
    approval = json.loads(said("terms", "approve", "four", "--json"))
    (change,) = approval["changes"]
    assert approval["action"] == "approved"
    assert change["before"]["terms"][1]["status"] == "candidate"
    assert change["after"]["terms"][1] == {
        "language": "pt",
        "text": "forno",
        "status": "approved",
        "note": "",
    }
    assert json.loads(said("terms", "approve", "four", "--json"))["changes"] == []
    undone = json.loads(said("terms", "undo", "--json"))
    assert undone["undone"]["action"] == "approved"
    assert undone["changes"][0]["after"]["terms"][1]["status"] == "candidate"


def test_what_is_found_in_a_file_or_a_memory_is_reported_in_json_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tsv").write_text("fr\tpt\nIl pleut.\tChove.\nNon\tNão\tTalvez\n", encoding="utf-8")
    (fault,) = json.loads(said("convert", "--check", "a.tsv", "--json"))["faults"]
    assert fault["line"] == 3
    said("add", "a.tsv", "-m", "a.tm", "--recover", "-q")
    assert json.loads(said("check", "-m", "a.tm", "--json")) == {
        "schema": 1,
        "memory": "a.tm",
        "units": 1,
        "damages": [],
    }


def test_two_texts_that_are_one_file_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tsv").write_text("fr\tpt-BR\nIl pleut.\tChove.\n", encoding="utf-8")
    output = said("convert", "a.tsv", "b.bitext", "--to", "bitext", "-s", "fr", "-t", "pt")
    assert output == "b.fr, b.pt-BR: 1 unit\n"
    assert {path.name for path in tmp_path.glob("b.*")} == {"b.fr", "b.pt-BR"}


@pytest.mark.parametrize(
    "arguments", [["convert", "a.tsv", "-"], ["export", "-", "-m", "a.tm"], ["align", "a.fr", "a.pt"]]
)
def test_stdout_holds_the_file_or_json(arguments):
    assert "stdout holds one thing" in said(*arguments, "--json")


def test_a_glossary_that_is_none_is_refused_by_what_only_reads_its_log_or_serves_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tsv").write_text("fr\tpt\nIl pleut.\tChove.\n", encoding="utf-8")
    (tmp_path / "binary.tsv").write_bytes(bytes(range(256)))
    said("add", "a.tsv", "-m", "a.tm", "-q")
    for arguments in (
        ["terms", "log", "--terms", "none.tsv"],
        ["serve", "-m", "a.tm", "--terms", "binary.tsv", "--port", "0"],
    ):
        result = CliRunner().invoke(group, arguments, prog_name="tm")
        assert isinstance(result.exception, FormatError), arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["find", "four", "--min", "some"], "'some' is no whole number"),
        (["remove", "third"], "'third' is no whole number"),
        (["terms", "extract", "a.tsv", "--min-confidence", "high"], "'high' is no number from 0 to 1"),
        (["add", "a.tsv", "--workers", "many"], "'many' workers: a number of processes was expected"),
        (
            ["convert", "a.tsv", "a.tmx", "--workers", "-2"],
            "'-2' workers: a number of processes was expected",
        ),
        (["clean", "--from", "tmx"], "--from, --to and --encoding are for a FILE"),
        (["stats", "--from", "tmx"], "--from and --encoding are for a FILE"),
        (["check", "-m", "memory.tm", "--terms", "a.tsv"], "with -m a memory is read as it is"),
        (["clean", "--encoding", "utf-16"], "--from, --to and --encoding are for a FILE"),
    ],
)
def test_a_value_that_means_nothing_is_refused_also_where_it_would_not_be_used(
    tmp_path, monkeypatch, arguments, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tsv").write_text("fr\tpt\nfour\tforno\n", encoding="utf-8")
    result = CliRunner().invoke(group, arguments, prog_name="tm")
    assert said in (result.stderr or str(result.exception))
    assert [path.name for path in tmp_path.iterdir()] == ["a.tsv"]


def test_the_log_of_a_picture_is_refused_and_an_empty_glossary_has_no_unclear_language(tmp_path, caplog):
    (tmp_path / "four.png").write_bytes(b"\x89PNG")
    (tmp_path / "empty.tsv").write_bytes(b"")
    arguments = ["terms", "log", "--terms", str(tmp_path / "four.png")]
    assert isinstance(CliRunner().invoke(group, arguments, prog_name="tm").exception, TMError)
    arguments = ["terms", "list", "--terms", str(tmp_path / "empty.tsv")]
    assert CliRunner().invoke(group, arguments, prog_name="tm").exit_code == 0
    assert caplog.messages == []


def test_what_is_refused_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.fr.txt").write_text("Le four chauffe.\n", encoding="utf-8")
    (tmp_path / "a.pt.txt").write_text("O forno aquece.\n", encoding="utf-8")
    (tmp_path / "other.tsv").write_text("fr\tpt\nfour\tforno\n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    for arguments in (
        ["build", "a.fr.txt", "a.pt.txt", "-o", "out", "--dictionary", "absent.tsv", "-s", "fr", "-t", "pt"],
        ["build", "a.fr.txt", "a.pt.txt", "-o", "out", "--workers", "-5"],
        ["terms", "import", "other.tsv", "--terms", "glossary.xyz"],
    ):
        result = CliRunner().invoke(group, arguments, prog_name="tm")
        assert isinstance(result.exception, TMError), arguments
        assert sorted(tmp_path.iterdir()) == before, arguments


@pytest.mark.parametrize("verb", ["check", "clean --dry-run"])
def test_who_gives_a_document_where_units_belong_is_told_how_units_are_made_of_it(
    tmp_path, monkeypatch, verb
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.docx").write_bytes(b"PK")
    result = CliRunner().invoke(group, [*verb.split(), "letter.docx"], prog_name="tm")
    assert "tm align SOURCE TARGET -o pairs.tsv makes units" in str(result.exception)
