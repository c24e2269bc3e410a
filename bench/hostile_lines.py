"""What one hostile change costs an alignment: python bench/hostile_lines.py FOLDER [--every N].

Of the documents of a FOLDER (NAME.src, NAME.tgt, NAME.gold, as for ``align.py``) every Nth is taken, is changed in one way, and is
aligned as a run of its own. Printed is strict F1 (as in ``align.py``) over the documents, before and after each change:
random characters in one line in the middle, a line copied a hundred times beside itself, half of a side with empty lines or missing,
numbers or ids in front of the lines of one side or of both. Of a copied line any copy may be the one that is paired.
"""

import argparse
import random
from pathlib import Path

from align import documents, f1

from tm.alignment import align_texts
from tm.cli.terminal import table
from tm.document import Text
from tm.language import detect

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/="
COPIES = 100


class Case:
    """Two texts and their beads; ``same`` says which target lines may stand for which."""

    def __init__(self, source, target, beads):
        """Take lists that may be changed."""
        self.sides = [[*source], [*target]]
        self.beads = [tuple(map(tuple, bead)) for bead in beads]
        self.same = {}

    def insert(self, side, at, lines):
        """Lines without translation before line ``at`` of a side."""

        def moved(numbers):
            return tuple(n + len(lines) * (n >= at) for n in numbers)

        self.sides[side][at:at] = lines
        self.beads = [
            (moved(source), target) if side == 0 else (source, moved(target)) for source, target in self.beads
        ]
        new = [((), (n,)) if side else ((n,), ()) for n in range(at, at + len(lines))]
        self.beads += new

    def runaway(self, side, length):
        """A line of random characters in the middle."""
        line = "".join(random.Random(length).choices(LETTERS, k=length))
        self.insert(side, len(self.sides[side]) // 2, [line])

    def copied(self):
        """A target line of the middle stands a hundred times more."""
        at = len(self.sides[1]) // 2
        self.insert(1, at + 1, [self.sides[1][at]] * COPIES)
        self.same = dict.fromkeys(range(at, at + COPIES + 1), at)

    def half(self, *, missing):
        """The second half of the target is empty, or is not there."""
        cut = len(self.beads) // 2
        kept, lost = self.beads[:cut], self.beads[cut:]
        lines = [n for _, target in lost for n in target]
        self.beads = kept + [((n,), ()) for source, _ in lost for n in source]
        if missing:
            self.sides[1] = self.sides[1][: len(self.sides[1]) - len(lines)]
        else:
            self.beads += [((), (n,)) for n in lines]
            for n in lines:
                self.sides[1][n] = ""

    def numbered(self, pattern, sides):
        """Numbers in front of each line."""
        for side in sides:
            self.sides[side] = [pattern.format(n) + line for n, line in enumerate(self.sides[side], 1)]

    def counts(self):
        """Right beads, found ones, wanted ones with two sides, right ones of these."""
        texts = [Text(tuple(lines), language=detect("\n".join(lines)).language) for lines in self.sides]
        (beads,) = align_texts([tuple(texts)])
        found = [(bead.source, bead.target) for bead in beads]
        paired = {self.same[n] for source, target in found if source for n in target if n in self.same}
        found = [self._first(bead, paired) for bead in found]
        right = [bead for bead in found if bead in set(self.beads)]
        wanted = [bead for bead in self.beads if all(bead)]
        return len(right), len(found), len(wanted), len([bead for bead in right if all(bead)])

    def _first(self, bead, paired):
        """A bead with a copy in the place of its first line; the first one alone counts as a copy alone."""
        source, target = bead
        if len(target) != 1 or target[0] not in self.same:
            return bead
        first = self.same[target[0]]
        if source:
            return source, (first,)
        return (source, (first + 1,)) if target[0] == first and first in paired else bead


CHANGES = {
    "none": lambda _: None,
    **{
        f"{length} random characters, {('source', 'target')[side]}": lambda case, side=side, length=length: (
            case.runaway(side, length)
        )
        for length in (2000, 20_000, 50_000)
        for side in (0, 1)
    },
    "a line copied 100 times": Case.copied,
    "half of the target empty": lambda case: case.half(missing=False),
    "half of the target missing": lambda case: case.half(missing=True),
    "numbers before the source's lines": lambda case: case.numbered("{}. ", [0]),
    "numbers before the target's lines": lambda case: case.numbered("{}. ", [1]),
    "numbers before all lines": lambda case: case.numbered("{:06}\t", [0, 1]),
    "ids before the target's lines": lambda case: case.numbered("[seg-{:04}] ", [1]),
}


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=4)
    arguments = parser.parse_args()
    _, texts, golds = documents(arguments.folder)
    rows = []
    for label, change in CHANGES.items():
        each = []
        for (source, target), beads in list(zip(texts, golds, strict=True))[:: arguments.every]:
            case = Case(source.segments, target.segments, beads)
            change(case)
            each.append(case.counts())
        by_document = [f1(*counts) for counts in each]
        pooled = f1(*(sum(column) for column in zip(*each, strict=True)))
        rows.append([label, f"{pooled:.4f}", f"{min(by_document):.4f}"])
        print("\t".join(rows[-1]), flush=True)
    print()
    print(*table(rows, header=["change", "strict F1", "worst document"], right=[1, 2]), sep="\n")


if __name__ == "__main__":
    main()
