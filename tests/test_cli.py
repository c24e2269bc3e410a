"""What holds for every verb of the command."""

import fcntl
import os
import subprocess
import sys
import termios
import time
from pathlib import Path

import click
import pytest

from tm.cli import VERBS, group, main

ROOT_CONTEXT = click.Context(group, info_name="tm", **group.context_settings)


@pytest.mark.parametrize("verb", VERBS)
def test_the_list_of_verbs_says_what_the_verb_says_of_itself(verb):
    command = group.get_command(ROOT_CONTEXT, verb)
    assert command.help.split("\n")[0] == VERBS[verb]


@pytest.mark.parametrize("verb", VERBS)
def test_help_opens_with_an_example(verb):
    command = group.get_command(ROOT_CONTEXT, verb)
    after_the_first_line = command.help.split("\n", 1)[1]
    assert after_the_first_line.lstrip().startswith("\b\n"), (
        "an example block comes right after the first line"
    )
    assert f"tm {verb}" in after_the_first_line.split("\n\n")[0]


def test_docs_cli_md_is_what_help_says():
    docs = Path(__file__).parent.parent / "docs"
    code = "import runpy, sys; print(runpy.run_path(sys.argv[1])['page'](), end='')"
    # a process of its own: click keeps the first help option that it made of a command, whoever asked for it
    page = [sys.executable, "-c", code, docs / "make_cli.py"]
    printed = subprocess.run(page, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    assert (docs / "cli.md").read_text(encoding="utf-8") == printed, "run: python docs/make_cli.py"


def run(words, **options):
    """The command in a process of its own, as a shell starts it."""
    code = "from tm.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], check=False, text=True, **options)


def test_the_command_alone_shows_its_help_as_help():
    for words in ([], ["terms"]):
        done = run(words, capture_output=True)
        assert (done.returncode, done.stdout) == (2, "")
        assert "\nCommands:\n" in done.stderr


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["convert", "--formats"]])
def test_a_stdout_that_was_closed_takes_nothing_and_breaks_nothing(words):
    done = run(words, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "words", [["--help"], ["convert", "--formats"], ["convert", "-", "-", "--from", "tsv", "--to", "tmx"]]
)
def test_a_stdout_that_is_full_is_one_line(words):
    with open("/dev/full", "w") as full:
        done = run(words, input="fr\tpt\nbonjour\tolá\n", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3
    assert done.stderr.endswith("cannot be written: no space left on device\n")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("error", "line"),
    [
        ("OSError(5, 'Input/output error', 'x.py')", "tm: x.py: input/output error"),
        (
            "OSError(5, 'Input/output error')",
            "tm: a part of the program cannot be loaded: input/output error; try again, or install it again",
        ),
        (
            "ImportError('numpy is hurt\\n\\nread this')",
            "tm: a part of the program cannot be loaded: numpy is hurt; try again, or install it again",
        ),
    ],
)
def test_a_part_of_the_program_that_cannot_be_loaded_is_one_line(error, line):
    code = f"""
import importlib.abc, importlib.util, sys
class Disk(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        return importlib.util.spec_from_loader(name, self) if name == "tm.cli.stats" else None
    def exec_module(self, module):
        raise {error}
sys.meta_path.insert(0, Disk())
from tm.__main__ import run
run()
"""
    done = subprocess.run([sys.executable, "-c", code, "stats"], check=False, text=True, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"{line}\n")


def test_an_interruption_while_the_program_is_loaded_is_one_line():
    code = """
import importlib.abc, importlib.util, sys
class Impatience(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        return importlib.util.spec_from_loader(name, self) if name == "tm.cli" else None
    def exec_module(self, module):
        raise KeyboardInterrupt
sys.meta_path.insert(0, Impatience())
from tm.__main__ import run
run()
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, text=True, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "tm: interrupted\n")


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    text = tmp_path / "long.txt"
    text.write_text("Le chat dort sur la table. " * 2000, encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    done = run(["segment", text, "-s", "fr"], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stdin_that_was_closed_is_empty(tmp_path):
    done = run(
        ["convert", "-", tmp_path / "x.tmx", "--from", "tsv", "-s", "fr", "-t", "pt"],
        stderr=subprocess.PIPE,
        preexec_fn=lambda: os.close(0),
    )
    assert "Traceback" not in done.stderr


def unread(pipe):
    """How many bytes of a pipe its reader has not taken yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_a_process_that_is_ended_leaves_nothing_half_written(tmp_path):
    code = "from tm.cli import main; main()"
    words = ["convert", "-", str(tmp_path / "out.tsv"), "--from", "tsv", "-s", "fr", "-t", "pt"]
    process = subprocess.Popen([sys.executable, "-c", code, *words], stdin=subprocess.PIPE)
    process.stdin.write((b"oui " * 300 + b"\tsim\n") * 3_000)
    process.stdin.flush()
    while unread(process.stdin):
        time.sleep(0.01)
    assert len(list(tmp_path.iterdir())) == 1
    time.sleep(0.05)  # it waits in its next read; a signal just before that is noted only after it
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.terminate()
    assert process.wait() == 143
    assert list(tmp_path.iterdir()) == []
    process.stdin.close()


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["biuld"], 2, "No such command 'biuld'; did you mean build?"),
        (["xyzzy"], 2, "commands are: build, segment"),
        (["help"], 0, "Commands:"),
        (["help", "build"], 0, "Usage: tm build [OPTIONS] DOCS..."),
        (["help", "terms", "approve"], 0, "Usage: tm terms approve"),
        (["help", "terms", "aprove"], 2, "did you mean approve?"),
        (["help", "build", "seeds"], 2, "tm build has no commands of its own"),
    ],
)
def test_help_is_a_command_and_a_misspelt_command_is_answered_with_the_nearest(
    arguments, code, expected, monkeypatch, capsys
):
    monkeypatch.setattr(sys, "argv", ["tm", *arguments])
    with pytest.raises(SystemExit) as leaving:
        main()
    assert (leaving.value.code, expected in "".join(capsys.readouterr())) == (code, True)


def test_the_package_is_the_command():
    result = subprocess.run(
        [sys.executable, "-m", "tm", "help", "build"], capture_output=True, text=True, check=False
    )
    assert (result.returncode, "Usage: tm build [OPTIONS] DOCS..." in result.stdout) == (0, True)
