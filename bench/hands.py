"""How long many wait for one memory: processes that look texts up and processes that add units, all at once.

    python bench/hands.py MEMORY.tsv [--units 20000] [--seconds 60] [--readers 8] [--writers 8]

MEMORY as in ``match.py``; its first units are in the memory before. Each reader looks one of their texts up
at 70, five matches at most, each writer adds one unit a call, one after the other without a pause. For both:
how many there were, and the median, the 99th of 100 and the longest by the wall clock, in ms, with the
errors; then how many units that were acknowledged are not there at the end. Sixteen processes on few cores
wait for a processor more than for each other.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from match import SOURCE, TARGET, read, spliced

from tm.cli.terminal import table
from tm.errors import TMError
from tm.memory import find
from tm.model import Segment, Unit, Variant
from tm.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = tuple[str, list[float], list[str], list[str]]
    """Reader or writer, the seconds of each call, errors, the texts that were acknowledged."""


def main() -> None:
    """Print the table, and what is lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("--units", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--writers", type=int, default=8)
    options = parser.parse_args()
    rows = [*islice(spliced(read(options.memory)), options.units)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "memory.tm")
        with open_store(path, create=True) as store:
            store.add(unit(*row) for row in rows)
        told = run(path, [source for source, _ in rows], options)
        with open_store(path) as store:
            texts = {each.variants[0].segment.text for each in store.units()}
    lines = [["", "calls", "median", "99 %", "longest", "errors"]]
    for kind in ("look-ups", "additions"):
        times = sorted(second for who, seconds, _, _ in told if who == kind for second in seconds)
        errors = [error for who, _, errors, _ in told if who == kind for error in errors]
        lines.append(
            [kind, str(len(times)), *(mark(times, share) for share in (0.5, 0.99, 1)), str(len(errors))]
        )
    print("\n".join(table(lines)))
    lost = [text for _, _, _, acknowledged in told for text in acknowledged if text not in texts]
    print(f"{len(lost)} of {sum(len(acknowledged) for *_, acknowledged in told)} acknowledged units lost")
    sys.exit(bool(lost))


def unit(source: str, target: str) -> Unit:
    """A unit of two texts."""
    return Unit((Variant(SOURCE, Segment(source)), Variant(TARGET, Segment(target))))


def mark(times: list[float], share: float) -> str:
    """The time that a share of the calls takes at most, in ms."""
    return f"{1000 * times[min(len(times) - 1, int(len(times) * share))]:.0f}" if times else ""


def run(path: Path, texts: list[str], options: argparse.Namespace) -> list[Told]:
    """All readers and writers at once."""
    told: Any = multiprocessing.Queue()
    end = time.time() + options.seconds
    processes = [
        multiprocessing.Process(target=work, args=(path, number, end, told, texts))
        for work, processes in ((look_up, options.readers), (add, options.writers))
        for number in range(processes)
    ]
    for process in processes:
        process.start()
    of_all = [told.get() for _ in processes]
    for process in processes:
        process.join()
    return of_all


def look_up(path: Path, number: int, end: float, told: Any, texts: list[str]) -> None:
    """A reader's process."""
    chance = random.Random(number)
    with open_store(path) as store:
        told.put(
            (
                "look-ups",
                *until(end, lambda _: find(store, chance.choice(texts), SOURCE, TARGET, minimum=70)),
                [],
            )
        )


def add(path: Path, number: int, end: float, told: Any, _: list[str]) -> None:
    """A writer's process."""
    acknowledged: list[str] = []
    with open_store(path) as store:

        def one(index: int) -> None:
            text = f"Phrase {number} numéro {index} du rédacteur"
            added = unit(text, f"Frase {number} número {index} do redator")
            store.add([added], acknowledge=lambda written: acknowledged.append(text) if written else None)

        told.put(("additions", *until(end, one), acknowledged))


def until(end: float, call: Callable[[int], object]) -> tuple[list[float], list[str]]:
    """The seconds of each call, and the errors, until a time."""
    seconds, errors = [], []
    for index in count():
        begun = time.perf_counter()
        if time.time() > end:
            break
        try:
            call(index)
        except TMError as error:
            errors.append(str(error))
        seconds.append(time.perf_counter() - begun)
    return seconds, errors


if __name__ == "__main__":
    main()
