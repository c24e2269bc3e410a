"""How long the terms of a large memory take, and how much memory: python bench/large_terms.py UNITS SOURCE TARGET.

UNITS is a file of units in two languages. All but the last hundred are put into a new memory, and ``tm terms extract``
finds its terms in a process of its own; then the hundred are added, and it is run again, beside what it kept.

Prints for each run the units, the concepts, CPU seconds, and the most memory that was held, in megabytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tm.cli.terminal import table
from tm.formats import read_concepts, read_units
from tm.store import open_store

MORE = 100
"""Units that are added after the first run."""


def extracted(memory: Path, source: str, target: str) -> tuple[str, ...]:
    """What one run took: concepts, CPU seconds, megabytes."""
    out = memory.with_name("terms.tsv")
    command = [sys.executable, "-m", "tm", "terms", "extract", "-m", str(memory), "-s", source, "-t", target]
    process = subprocess.Popen([*command, "-o", str(out)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: ended with {status}")
    return (
        str(len(read_concepts(out))),
        f"{usage.ru_utime + usage.ru_stime:.1f}",
        f"{usage.ru_maxrss / 1024:.0f}",
    )


def main() -> None:
    """One table of two rows."""
    path, source, target = sys.argv[1:]
    units = [unit for unit in read_units(path) if unit.pair(source, target)]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        memory = Path(folder, "memory.tm")
        for part in (units[:-MORE], units[-MORE:]):
            with open_store(memory, create=True) as store:
                store.add(part)
                count = sum(1 for _ in store.units())
            rows.append((str(count), *extracted(memory, source, target)))
    print(*table(rows, header=("units", "concepts", "CPU s", "MB"), right=range(4)), sep="\n")


if __name__ == "__main__":
    main()
