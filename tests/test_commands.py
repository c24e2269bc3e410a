"""The pages in tests/commands, and the README, are true: every command on them is run and prints what stands there.

On a page, a block opened with ```` ```console ```` holds ``$ tm …`` lines with what they print (stdout, then stderr) and,
when it is not 0, the exit code as ``[exit 2]``. A block opened with ```` ```file NAME ```` makes that file first. A line ``...``
stands for any lines, ``…`` inside a line for any characters. Each page runs in an empty folder that has ``seeds/``.
Besides ``tm``, a page may ``cat`` a file and ``cp`` one.
"""

import functools
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from tm.cli import main
from tm.store.addresses import short_name
from tm.vectors import encoder

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "tests" / "commands").glob("*.md")), ROOT / "README.md"]
OF_FILES = "<!-- from here on memories are files -->"
"""Where a page goes on about files of memories, which those on a server have not."""

BLOCK = re.compile(r"^```(console|file [^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def _one_encoder():
    """The model of sentence vectors is loaded once, as the commands are run in one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "Encoder", functools.cache(encoder.Encoder))
        yield


def steps(page):
    """Each command of a console block with what it shall print."""
    for part in re.split(r"^\$ ", page, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command = command[:-1] + more
        yield command, expected


def run(command, capfd, monkeypatch):
    program, *arguments = shlex.split(command, comments=True)
    program = Path(program).name
    if program == "cat":
        return Path(arguments[0]).read_text(encoding="utf-8")
    if program == "cp":
        shutil.copy(arguments[0], arguments[1])
        return ""
    assert program == "tm", f"a page may not run {program}"
    monkeypatch.setattr(sys, "argv", ["tm", *arguments])
    with pytest.raises(SystemExit) as leaving:
        main()
    printed = "".join(capfd.readouterr())
    return printed + (f"[exit {leaving.value.code}]\n" if leaving.value.code else "")


def pattern(expected):
    lines = [line.rstrip() for line in expected.rstrip("\n").split("\n")]
    parts = [
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace("…", ".*") + r"[ \t]*\n" for line in lines
    ]
    return "".join(parts)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_tells_the_truth(path, tmp_path, capfd, monkeypatch):
    read_as_told(
        path.read_text(encoding="utf-8"),
        path,
        tmp_path,
        lambda command: run(command, capfd, monkeypatch),
        monkeypatch,
    )


@pytest.mark.client
@pytest.mark.parametrize("name", ["memory", "units", "terms", "clean", "pretranslate"])
def test_it_does_with_memories_on_a_server(name, postgres, tmp_path, capfd, monkeypatch):
    addresses = {}

    def address(match):
        if match[0] == "birds.tm":  # one that stays a file, and is added as one
            return match[0]
        there = postgres.address(f"{tmp_path.name}-{match[0]}")
        return f"'{addresses.setdefault(match[0], there)}'"

    def run_there(command):
        printed = run(re.sub(r"(?<=\s)\w+\.tm\b", address, command), capfd, monkeypatch)
        for name, there in addresses.items():
            for shown in (f"'{there}'", there, short_name(there)):
                printed = printed.replace(shown, name)
        return printed

    path = ROOT / "tests" / "commands" / f"{name}.md"
    page = path.read_text(encoding="utf-8")
    read_as_told(page.partition(OF_FILES)[0], path, tmp_path, run_there, monkeypatch)


def read_as_told(page, path, tmp_path, run, monkeypatch):
    """Follow a page in a folder; each command prints what stands there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TM_MEMORY", raising=False)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for info, text in BLOCK.findall(page):
        if info.startswith("file "):
            file = tmp_path / info.removeprefix("file ").strip()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            continue
        for command, expected in steps(text):
            printed = run(command)
            wanted = pattern(expected) if expected.strip() else ""
            assert re.fullmatch(wanted, printed), (
                f"{path.name}: $ {command}\nprinted:\n{printed}\nthe page says:\n{expected}"
            )


def test_each_verb_has_a_page():
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    from tm.cli import VERBS

    assert [verb for verb in VERBS if f"$ tm {verb}" not in text] == []
