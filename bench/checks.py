"""What the checks find in reviewed translations, by check, severity and source: each finding is a doubt about them.

    python bench/checks.py [--show CHECK SEVERITY NUMBER] [--seed N] FILE...

Each FILE has a header of two tags and a pair a line; its name is that of the source. Printed are the findings per
200 pairs; with ``--show`` a random sample of single findings, to be read one by one.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from tm.checks.reporting import as_line
from tm.work.checking import check_files

SEVERITIES = ("error", "warning", "info")


def main() -> None:
    """Print the table, or a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--show", nargs=3, metavar=("CHECK", "SEVERITY", "NUMBER"))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    counts: dict[str, Counter[tuple[str, str]]] = {}
    pairs: dict[str, int] = {}
    shown = []
    started = time.process_time()
    for path in given.files:
        checked = check_files([path])
        source = Path(path).stem
        pairs[source] = checked.segments
        counts[source] = Counter((finding.check, finding.severity) for finding in checked.findings)
        shown += checked.findings
    if given.show:
        check, severity, number = given.show
        chosen = [each for each in shown if each.severity == severity and check in ("all", each.check)]
        random.Random(given.seed).shuffle(chosen)
        for finding in chosen[: int(number)]:
            print(as_line(finding))
        return
    print("per 200 pairs".ljust(24), *(f"{source:>14}" for source in pairs))
    for severity in SEVERITIES:
        totals = (sum(n for (_, s), n in counts[source].items() if s == severity) for source in pairs)
        shares = (f"{200 * total / pairs[source]:14.2f}" for source, total in zip(pairs, totals, strict=True))
        print(f"{severity}s".ljust(24), *shares)
    for check, severity in sorted({key for counter in counts.values() for key in counter}):
        row = (f"{counts[source][check, severity]:14}" for source in pairs)
        print(f"{check} {severity}".ljust(24), *row)
    print("pairs".ljust(24), *(f"{count:14}" for count in pairs.values()))
    print(f"{time.process_time() - started:.1f} s CPU")


if __name__ == "__main__":
    main()
