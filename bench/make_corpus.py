"""Many documents out of a few: python bench/make_corpus.py FOLDER… -n 1000 -o DIR [--seed 1] [--bad 1].

A FOLDER holds NAME.src, NAME.tgt (one segment a line) and NAME.gold (one bead a line, ``[0,1]:[0]``). Each
document that is made is cut from one of them, at beads, at places that the seed decides; then lines are
dropped on one side, put in from elsewhere, and run together. DIR gets ``NNNN.fr.txt`` and ``NNNN.pt.txt``,
and ``pairs.tsv`` for ``tm align --list``. ``--bad`` documents of them cannot be read.
"""

import argparse
import random
import re
from pathlib import Path

DROPPED, PUT_IN, JOINED = 0.02, 0.02, 0.05


def lines(path):
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def beads(folder):
    """Of each document the beads, as a pair of lists of lines each."""
    documents = []
    for path in sorted(folder.glob("*.gold")):
        sides = [lines(path.with_suffix(ending)) for ending in (".src", ".tgt")]
        numbers = [re.match(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]", line) for line in lines(path)]
        documents.append(
            [
                tuple([sides[k][int(n)] for n in re.findall(r"\d+", bead[k + 1])] for k in (0, 1))
                for bead in numbers
                if bead
            ]
        )
    return documents


def noisy(segments, others, chance):
    made = []
    for segment in segments:
        if chance.random() < DROPPED:
            continue
        if chance.random() < PUT_IN:
            made.append(chance.choice(others))
        if made and chance.random() < JOINED:
            made[-1] = f"{made[-1]} {segment}"
        else:
            made.append(segment)
    return made


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("-o", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bad", type=int, default=0)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    documents = [document for folder in arguments.folders for document in beads(folder)]
    others = [[line for document in documents for bead in document for line in bead[k]] for k in (0, 1)]
    arguments.o.mkdir(parents=True, exist_ok=True)
    bad = set(chance.sample(range(arguments.n), arguments.bad))
    rows = []
    for number in range(arguments.n):
        document = chance.choice(documents)
        size = min(len(document), chance.randint(20, 200))
        begin = chance.randint(0, len(document) - size)
        names = []
        for k, tag in enumerate(("fr", "pt")):
            segments = [line for bead in document[begin : begin + size] for line in bead[k]]
            path = arguments.o / f"{number:04}.{tag}.txt"
            content = "\n".join(noisy(segments, others[k], chance)).encode() + b"\n"
            path.write_bytes(b"\0\1\2" * 9 if number in bad and k else content)
            names.append(path.name)
        rows.append("\t".join(str(arguments.o / name) for name in names))
    (arguments.o / "pairs.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{arguments.n} pairs of documents in {arguments.o}, {len(bad)} of them not readable")


if __name__ == "__main__":
    main()
