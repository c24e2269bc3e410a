"""Are units cleaned, searched for terms, added and converted on workers to the same bytes as alone?

    python bench/unit_workers.py PAIRS.tsv.xz -n 20000 [--workers 2] [--only clean terms add convert]

PAIRS.tsv.xz has a source, a tab and a target a line, such as a table of units. ``-n`` units are made of it:
where it has fewer, it is taken again, with the number of the round behind both texts. They are cleaned and
searched for terms as one file, added and converted as twenty. Each verb is run alone and on workers, and what
it writes is compared byte by byte; of a memory it is what ``tm export`` writes of it. Printed are also the wall
time and the CPU time of the first process, which with workers is what cannot be shared.
"""

import argparse
import lzma
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tm.cli.terminal import table

HERE = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE), "TM_LANGUAGE": "en"}
FILES = 20
VERBS = ("clean", "terms", "add", "convert")


def pairs(path, count):
    """So many rows, different in each round."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        rows = [row for line in stream if len(row := line.rstrip("\n").split("\t")[:2]) == 2]
    for number in range(count):
        turn, place = divmod(number, len(rows))
        yield "\t".join(f"{text} {turn}" if turn else text for text in rows[place])


def write(folder, path, count):
    """All units as one file, and as many."""
    rows = list(pairs(path, count))
    (folder / "all.tsv").write_text("\n".join(["fr\tpt-BR", *rows]) + "\n", encoding="utf-8")
    (folder / "parts").mkdir()
    size = -(-count // FILES)
    for number, begin in enumerate(range(0, count, size)):
        part = folder / "parts" / f"{number:02}.tsv"
        part.write_text("\n".join(["fr\tpt-BR", *rows[begin : begin + size]]) + "\n", encoding="utf-8")


def tm(folder, *arguments):
    """Run the command; its output, the wall time and the CPU time of its first process."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as out:
        program = subprocess.Popen(
            [sys.executable, "-m", "tm", *arguments], cwd=folder, env=ENVIRONMENT, stdout=out
        )
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read()
    if program.returncode not in (0, 1):
        raise SystemExit(f"tm {' '.join(arguments)}: exit {program.returncode}")
    return printed, time.monotonic() - begin, used.ru_utime + used.ru_stime


def run(folder, verb, workers):
    """What a verb writes, its wall time, its CPU time."""
    name = f"{'many' if workers else 'alone'}-{verb}"
    options = ["--workers", str(workers)] if workers else []
    table_of_all = f"{name}.tsv"
    if verb == "clean":
        scores = f"{name}.scores"
        printed, *times = tm(
            folder, "clean", "all.tsv", "-o", table_of_all, "--scores", scores, "-q", *options
        )
        written = [folder / table_of_all, folder / scores]
    elif verb == "terms":
        printed, *times = tm(folder, "terms", "extract", "all.tsv", "-o", table_of_all, "-q", *options)
        written = [folder / table_of_all]
    elif verb == "add":
        printed, *times = tm(folder, "add", "parts", "-m", f"{name}.tm", "-q", *options)
        again = tm(folder, "add", "parts", "-m", f"{name}.tm", "--json", *options)[0]
        printed += again.replace(name.encode(), b"")
        tm(folder, "export", f"{name}.jsonl", "-m", f"{name}.tm", "-q")
        written = [folder / f"{name}.jsonl"]
    else:
        printed, *times = tm(folder, "convert", "parts", name, "--to", "tmx", "-q", *options)
        written = sorted((folder / name).iterdir())
    return [printed, *(path.read_bytes() for path in written)], *times


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=VERBS, default=VERBS)
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, arguments.pairs, arguments.n)
        for verb in arguments.only:
            results = {}
            for workers in (0, arguments.workers):
                results[workers], wall, first = run(folder, verb, workers)
                rows.append((verb, workers or "alone", f"{wall:.1f}", f"{first:.1f}"))
            same = results[0] == results[arguments.workers]
            size = sum(map(len, results[0]))
            rows[-1] += ("the same" if same else "OTHER", size)
    header = ["verb", "workers", "wall s", "CPU s of the first process", "bytes", "of them"]
    shown = [(*row, *[""] * (len(header) - len(row))) for row in rows]
    print(f"{arguments.n} units")
    print(*table(shown, header=header, right=(2, 3, 5)), sep="\n")
    return int(any("OTHER" in row for row in rows))


if __name__ == "__main__":
    sys.exit(main())
