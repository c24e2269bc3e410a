"""What a unit costs: processor time, disk and memory of import, index as arrays, and look-ups, at several sizes; and
where that leads with a billion units.

    python bench/cost.py MEMORY.tsv QUERIES.txt [--units 60000 120000 240000 480000] [--known UNITS=MEMORY.tm ...]

MEMORY and QUERIES as in ``match.py``. Each step runs in a process of its own: its CPU seconds, and the most of the
computer's memory that it had. "arrays" are made in the file beside the memory; "look-up" is ``find`` at 70 of all
queries, the second time, the median and the 99th of 100 in ms; "stays" is what a process holds afterwards that is
not mapped from a file. The last lines are straight lines through the sizes, as what a unit costs and what a
memory of so many units would: least squares of the difference in parts, so that the small sizes count as much;
none for what does not grow with each unit. With --known a memory that is there is measured
beside them (all but its import; its arrays are made anew): it says whether the lines hold.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from match import SOURCE, TARGET, read, spliced

from tm.cli.terminal import table
from tm.memory import find
from tm.model import Segment
from tm.store import open_store
from tm.work.adding import add_files

if TYPE_CHECKING:
    from collections.abc import Callable

Figures = dict[str, float]

FAR = (10_000_000, 100_000_000, 1_000_000_000)
UNITS = {
    "import": ("s", 1),
    "import peak": ("MB", 1e6),
    "file": ("MB", 1e6),
    "arrays": ("s", 1),
    "arrays peak": ("MB", 1e6),
    "arrays file": ("MB", 1e6),
    "look-up": ("ms", 1e-3),
    "look-up 99 %": ("ms", 1e-3),
    "stays": ("MB", 1e6),
}
"""What is measured, in seconds and bytes; how it is printed."""

GROWING = ("import", "file", "arrays", "arrays file", "stays")
"""What grows with each unit. A peak is that of one run of the index, a look-up depends on the words of its query."""


def main() -> None:
    """Print the table and the lines."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--units", type=int, nargs="+", default=[60_000, 120_000, 240_000, 480_000])
    parser.add_argument("--known", nargs="*", default=[], metavar="UNITS=MEMORY")
    options = parser.parse_args()
    measured: dict[int, Figures] = {}
    for units in options.units:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "memory.tm")
            rows = islice(spliced(read(options.memory)), units)
            texts = "".join(f"{source}\t{target}\n" for source, target in rows)
            path.with_suffix(".tsv").write_text(f"{SOURCE}\t{TARGET}\n{texts}", encoding="utf-8")
            measured[units] = apart(imported, path) | later(path, options.queries)
    known = {
        int(units): later(Path(path), options.queries)
        for units, path in (one.split("=") for one in options.known)
    }
    lines = {name: line([*measured], [figures[name] for figures in measured.values()]) for name in UNITS}
    header = [
        "",
        *map(str, measured),
        "first",
        "a unit",
        *map(str, FAR),
        *(f"{units} measured" for units in known),
    ]
    print(*table([row(name, measured, lines[name], known) for name in UNITS], header=header), sep="\n")


def row(
    name: str, measured: dict[int, Figures], fitted: tuple[float, float], known: dict[int, Figures]
) -> list[str]:
    """One figure at all sizes, and what the line says."""
    unit, size = UNITS[name]
    begin, slope = fitted
    if name not in GROWING:
        no_line: list[Figures] = [{}] * (2 + len(FAR))
        each = [figures.get(name) for figures in (*measured.values(), *no_line, *known.values())]
        return [f"{name}, {unit}", *("" if value is None else f"{value / size:.3g}" for value in each)]
    far = [begin + slope * units for units in FAR]
    values = [figures[name] for figures in measured.values()] + [begin]
    beside = [figures.get(name) for figures in known.values()]
    return [
        f"{name}, {unit}",
        *(f"{value / size:.3g}" for value in values),
        f"{1e6 * slope:.3g} µs" if unit != "MB" else f"{slope:.3g} B",
        *(f"{value / size:.3g}" for value in far),
        *("" if value is None else f"{value / size:.3g}" for value in beside),
    ]


def line(sizes: list[int], values: list[float]) -> tuple[float, float]:
    """Where a straight line begins, at 0 or above, and its slope."""
    weights = 1 / np.array(values)
    parts = np.stack([weights, weights * np.array(sizes)], axis=1)
    begin, slope = (float(each) for each in np.linalg.lstsq(parts, np.ones(len(sizes)), rcond=None)[0])
    if begin < 0:
        begin, slope = 0.0, float(1 / np.mean(np.array(sizes) * weights))
    return begin, slope


# ------------------------------------------------------------------------------------------------- steps


def apart(step: Callable[..., Figures], *arguments: Path) -> Figures:
    """What a step says in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(step, arguments)


def later(path: Path, queries: Path) -> Figures:
    """All that comes after the import."""
    for arrays in path.parent.glob(f"{path.name}.*.arrays"):
        arrays.unlink()
    return apart(arrays_made, path) | apart(looked_up, path, queries)


def imported(path: Path) -> Figures:
    """The table beside a memory put into it."""
    add_files(str(path), str(path.with_suffix(".tsv")))
    return {"import": time.process_time(), "import peak": peak(), "file": path.stat().st_size}


def arrays_made(path: Path) -> Figures:
    """The arrays of a memory that has none."""
    with open_store(path) as store:
        begin = time.process_time()
        list(store.similar([[]] * 200, SOURCE, 0.5))
        seconds = time.process_time() - begin
    size = sum(arrays.stat().st_size for arrays in path.parent.glob(f"{path.name}.*.arrays"))
    return {"arrays": seconds, "arrays peak": peak(), "arrays file": size}


def looked_up(path: Path, queries: Path) -> Figures:
    """All queries, one after the other, twice."""
    with open_store(path) as store:
        list(store.similar([[]] * 200, SOURCE, 0.5))
        for _ in range(2):
            times = []
            for text in queries.read_text("utf-8").splitlines():
                begin = time.process_time()
                find(store, Segment(text), SOURCE, TARGET)
                times.append(time.process_time() - begin)
        times.sort()
        return {
            "look-up": times[len(times) // 2],
            "look-up 99 %": times[len(times) * 99 // 100],
            "stays": 1024 * int(status("RssAnon")),
        }


def status(name: str) -> str:
    """A figure of this process, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith(f"{name}:"))


def peak() -> float:
    """The most of the computer's memory that this process had."""
    return 1024 * int(status("VmHWM"))  # ru_maxrss has what the parent had


if __name__ == "__main__":
    main()
