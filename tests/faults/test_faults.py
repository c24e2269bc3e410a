"""What fails from outside: processes that are killed, disks that fail or are full, bits that flip, many hands at once.

Each test tries what it tries some times, ``pytest -m slow tests/faults --faults 100`` a hundred times as often. All
is drawn from the number of the attempt, but for the moment of a kill: what must hold holds at any moment.
"""

import contextlib
import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest

from tm.errors import StoreError
from tm.formats import read_concepts
from tm.store import open_store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="kills and locks are those of POSIX"),
]

COMMAND = [sys.executable, "-c", "from tm.__main__ import run; run()"]

FAILING = """
import os, sys
call, number, code = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
real, calls = getattr(os, call), 0
def failing(*args, **options):
    global calls
    calls += 1
    if calls >= number:
        raise OSError(code, os.strerror(code))
    return real(*args, **options)
setattr(os, call, failing)
sys.argv[1:] = sys.argv[4:]
from tm.__main__ import run
run()
"""
"""The command, in a process in which a function of ``os`` fails from a call on."""

FRENCH = ["four", "moulin", "pétrin", "levain", "tamis", "fournil", "pelle", "sac", "grain", "son"]
PORTUGUESE = [
    "forno",
    "moinho",
    "amassadeira",
    "fermento",
    "peneira",
    "padaria",
    "pá",
    "saco",
    "grão",
    "farelo",
]


@pytest.fixture
def times(request):
    """How often a number of attempts is made."""
    return lambda number: range(number * request.config.getoption("faults"))


@pytest.fixture(scope="module")
def bakery(tmp_path_factory):
    """A folder with a table of 3,000 units, a memory of them, and a glossary of ten pairs beside it."""
    folder = tmp_path_factory.mktemp("bakery")
    write_table(folder / "units.tsv", range(3000))
    done = tm(folder, "add", "units.tsv", "-m", "memory.tm")
    assert done.returncode == 0, done.stderr
    rows = [f"{source}\t{target}\tcandidate" for source, target in zip(FRENCH, PORTUGUESE, strict=True)]
    (folder / "glossary.tsv").write_text("\n".join(["fr\tpt\tstatus", *rows, ""]), encoding="utf-8")
    return folder


@pytest.fixture
def fresh(bakery, tmp_path):
    """Gives a new copy of the folder."""

    def copy():
        shutil.rmtree(tmp_path / "work", ignore_errors=True)
        return shutil.copytree(bakery, tmp_path / "work")

    return copy


def pair(number):
    return f"Le four numéro {number} est vieux.", f"O forno número {number} é velho."


def write_table(path, numbers):
    path.write_text(
        "\n".join(["fr\tpt", *("\t".join(pair(number)) for number in numbers), ""]), encoding="utf-8"
    )


def started(folder, *words, program=COMMAND):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen([*program, *map(str, words)], cwd=folder, stdin=subprocess.DEVNULL, **options)


def ended(process):
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def tm(folder, *words, program=COMMAND):
    return ended(started(folder, *words, program=program))


def texts(folder):
    """The pairs of the memory, each with how often it is there; the file itself is whole."""
    with contextlib.closing(sqlite3.connect(folder / "memory.tm")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with open_store(folder / "memory.tm") as store:
        return Counter(tuple(variant.segment.text for variant in unit.variants) for unit in store.units())


def statuses(folder):
    concepts = read_concepts(folder / "glossary.tsv")
    return {concept.terms[0].text: concept.terms[-1].status for concept in concepts}


def leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.endswith((".part", ".lock"))]


BEFORE = Counter(pair(number) for number in range(3000))
EDITED = BEFORE - Counter([pair(0)]) + Counter([(pair(0)[0], "O forno é velho.")])

CHANGES = {
    "add": (["add", "more.tsv"], BEFORE + Counter(pair(number) for number in range(3000, 4000))),
    "edit": (["edit", "--old-source", pair(0)[0], "--target", "O forno é velho."], EDITED),
    "remove": (["remove", "--source", pair(0)[0]], BEFORE - Counter([pair(0)])),
    "undo": (["undo"], Counter()),
}
"""Changes of the memory, and what it has afterwards."""


@pytest.mark.parametrize("verb", CHANGES)
def test_a_kill_leaves_the_memory_before_or_after_the_change_and_the_next_clears_up(fresh, times, verb):
    words, after = CHANGES[verb]
    for number in times(5):
        folder = fresh()
        write_table(folder / "more.tsv", range(3000, 4000))
        process = started(folder, *words, "-m", "memory.tm")
        time.sleep(random.Random(number).random() * 0.7)
        process.kill()
        done = ended(process)
        now = texts(folder)
        assert now in (BEFORE, after)
        assert now == after or not done.stderr.startswith("committed")
        if now != after:
            assert tm(folder, *words, "-m", "memory.tm").returncode == 0
            assert texts(folder) == after
        if leftovers(folder):
            # it made the index; who does so next takes the file of its lock away
            assert leftovers(folder) == [".memory.tm.index.lock"]
            write_table(folder / "later.tsv", range(4000, 5000))
            assert tm(folder, "add", "later.tsv", "-m", "memory.tm").returncode == 0
        assert not leftovers(folder)


def test_a_kill_leaves_each_decision_made_or_not_made_and_the_next_clears_up(fresh, times):
    for number in times(10):
        folder, verb = fresh(), ("approve", "reject")[number % 2]
        process = started(folder, "terms", verb, FRENCH[number % 10], "-m", "memory.tm")
        time.sleep(random.Random(number).random() * 0.5)
        process.kill()
        ended(process)
        assert set(statuses(folder)) == set(FRENCH)
        assert tm(folder, "terms", "approve", FRENCH[3], "-m", "memory.tm").returncode == 0
        assert statuses(folder)[FRENCH[3]] == "approved"
        assert not leftovers(folder)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("call", ["fsync", "open", "replace", "rename", "link"])
@pytest.mark.parametrize(
    "words",
    [["export", "out.tmx"], ["terms", "approve", "four"], ["add", "units.tsv"]],
    ids=lambda words: words[0],
)
def test_a_disk_that_fails_is_one_line_and_leaves_what_was_there(fresh, times, words, call, code):
    for number in times(2):
        folder = fresh()
        program = [sys.executable, "-c", FAILING, call, str(1 + number), str(code)]
        done = tm(folder, *words, "-m", "memory.tm", program=program)
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, 1, 3)
        if done.returncode == 3:
            assert done.stderr.count("\n") == 1
            # where the folder could not be synced after it, the file is there, whole
            out = folder / "out.tmx"
            assert not out.exists() or out.read_text(encoding="utf-8").rstrip().endswith("</tmx>")
            assert set(statuses(folder)) == set(FRENCH)
        assert texts(folder) == BEFORE
        assert not leftovers(folder)


def test_a_flipped_bit_is_named_or_changes_nothing(fresh, times):
    folder = fresh()
    path = folder / "memory.tm"
    whole = path.read_bytes()
    for number in times(30):
        at = random.Random(number).randrange(len(whole) * 8)
        content = bytearray(whole)
        content[at // 8] ^= 1 << at % 8
        path.write_bytes(content)
        with contextlib.suppress(StoreError), open_store(path) as store:
            assert Counter(tuple(v.segment.text for v in unit.variants) for unit in store.units()) == BEFORE
        done = tm(folder, "find", pair(7)[0], "-m", "memory.tm", "-s", "fr", "-t", "pt")
        assert pair(7)[1] in done.stdout or done.returncode == 3
        assert "Traceback" not in done.stderr


def test_decisions_made_at_once_are_all_kept(fresh, times):
    for _ in times(2):
        folder = fresh()
        processes = [started(folder, "terms", "approve", word, "-m", "memory.tm") for word in FRENCH]
        assert [ended(process).returncode for process in processes] == [0] * len(FRENCH)
        assert set(statuses(folder).values()) == {"approved"}
        assert not leftovers(folder)


def test_programs_that_begin_one_memory_at_once_all_have_their_units_in_it(tmp_path, times):
    for number in times(5):
        folder = tmp_path / str(number)
        folder.mkdir()
        for part in range(3):
            write_table(folder / f"{part}.tsv", [part])
        processes = [started(folder, "add", f"{part}.tsv", "-m", "memory.tm") for part in range(3)]
        assert [ended(process).returncode for process in processes] == [0, 0, 0]
        assert texts(folder) == Counter(pair(part) for part in range(3))
        assert not leftovers(folder)


def test_writers_at_once_lose_nothing(fresh, times):
    for _ in times(1):
        folder = fresh()
        for part in range(4):
            write_table(folder / f"{part}.tsv", range(3000 + 500 * part, 3500 + 500 * part))
        processes = [started(folder, "add", f"{part}.tsv", "-m", "memory.tm") for part in range(4)]
        assert [ended(process).returncode for process in processes] == [0] * 4
        assert texts(folder) == Counter(pair(number) for number in range(5000))
