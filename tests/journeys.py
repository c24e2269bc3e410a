"""Follows the pages of docs/journeys from nothing, with the real programs: ``python tests/journeys.py``.

A page is read as those of tests/commands are (tests/test_commands.py says how): a block ```` ```file NAME ```` makes a file,
a ```` ```console ```` block holds commands with what they print, ``…`` and a line ``...`` stand for anything. Each page runs in an
empty folder that has ``seeds`` and the files of ``docs/journeys/samples/PAGE``; those of docs/fr and docs/pt in French and Portuguese. Every command is a process of its own; ``tm`` is the one beside the
Python that runs this, so that an installed wheel is tried by its own Python, away from the tree.

    python tests/journeys.py [--write] [PAGE…]

With ``--write`` the pages are given what the commands print now, for a person to read before it is committed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

JOURNEYS = Path(__file__).resolve().parent.parent / "docs" / "journeys"
PAGES = sorted(
    [*JOURNEYS.glob("*.md"), *(JOURNEYS.parent / "fr").glob("*.md"), *(JOURNEYS.parent / "pt").glob("*.md")]
)
PROGRAMS = (
    "tm",
    "bash",
    "cat",
    "cp",
    "diff",
    "gzip",
    "head",
    "ls",
    "msgfmt",
    "omegat",
    "python",
    "soffice",
    "unzip",
)
"""What a page may run; ``omegat`` and ``soffice`` say on stdout what nobody wants to read, and are shown without."""
SETTINGS = "[align]\ndictionary = 'none'\n[build]\ndictionary = 'none'\n"
"""What a page says holds whatever dictionaries are installed."""
BLOCK = re.compile(r"^```(console|file [^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def follow(page: Path, folder: Path) -> str:
    """Run a page in a folder; gives the page as it would be if every command's output were put into it.

    Raises:
        AssertionError: a command prints something else than the page says.
    """
    samples = JOURNEYS / "samples" / page.stem
    if samples.exists():
        shutil.copytree(samples, folder, dirs_exist_ok=True)
    shutil.copytree(JOURNEYS.parent.parent / "seeds", folder / "seeds")
    settings = folder / ".config" / "tm" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    faults: list[str] = []
    language = {"fr": "fr", "pt": "pt-BR"}.get(page.parent.name, "en")
    written = BLOCK.sub(
        lambda block: _done(block, folder, language, faults), page.read_text(encoding="utf-8")
    )
    if faults:
        raise AssertionError(f"{page.name}: " + "\n".join(faults), written)
    return written


def _done(block: re.Match[str], folder: Path, language: str, faults: list[str]) -> str:
    """A block made true: its file written, its commands run."""
    info, text = block.groups()
    if info.startswith("file "):
        path = folder / info.removeprefix("file ").strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return block[0]
    parts = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        printed = _run(command, folder, language)
        same = re.fullmatch(_pattern(expected), printed)
        if not same:
            faults.append(f"$ {command}\nprinted:\n{printed}\nthe page says:\n{expected}")
        parts.append(f"$ {command}\n{expected if same else printed}")
    return f"```console\n{''.join(parts)}```"


def _run(command: str, folder: Path, language: str) -> str:
    program = command.split()[0]
    assert program in PROGRAMS, f"a journey may not run {program}"
    beside = Path(sys.executable).parent
    environment = {
        "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "TM_LANGUAGE": language,
    }
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    shown = "" if program in ("omegat", "soffice") and done.returncode == 0 else done.stdout + done.stderr
    return shown + (f"[exit {done.returncode}]\n" if done.returncode else "")


def _pattern(expected: str) -> str:
    """What a page says, as a regular expression: a line ``...`` is any lines, ``…`` any characters."""
    lines = [line.rstrip() for line in expected.splitlines()]
    return "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace("…", ".*") + r"[ \t]*\n" for line in lines
    )


def main() -> None:
    """Follow the pages named, or all of them."""
    named = [Path(name).resolve() for name in sys.argv[1:] if name != "--write"]
    wrong = 0
    for page in PAGES:
        if named and page not in named:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                follow(page, Path(folder))
                print(f"{page.parent.name}/{page.name}: as it says")
            except AssertionError as fault:
                wrong += 1
                print(fault.args[0])
                if "--write" in sys.argv:
                    page.write_text(fault.args[1], encoding="utf-8")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
