"""What sentence vectors are worth to `tm clean`: python bench/cleaning_vectors.py PAIRS.tsv.xz [--memory FILE].

PAIRS has a source, a target and a project a line, separated by tabs; each project counts as one memory. Pairs are spoiled as
`bench/train_cleaning.py` does it. For each project the weights of `meaning_signs` are learnt from the other projects. Printed is how
many misaligned pairs are found and how many good ones lost at the bar of `tm clean`, without vectors and with them, and how many are
found where as many are lost as without; at the end the weights that all projects teach, as they stand in `tm/cleaning/odds.py`.
``--size`` cuts each project into memories of so many pairs; ``--memory`` keeps the vectors for the next time.
"""

import argparse
import lzma
import random
import tempfile
from pathlib import Path

import numpy as np
from train_cleaning import learn, pairs_of, spoiled

from tm.cleaning.meaning import cosines
from tm.cleaning.odds import MISALIGNED, meaning_signs, odds
from tm.cleaning.translation import BARS, FEWEST, Lesson, Piece, signs, taught
from tm.vectors import opened

MOST = 2000
BAR = BARS["misaligned"]
SCORE = 1
"""The column of the score without vectors."""


def tables(path, folder):
    """A table of pairs for each project."""
    lines = {}
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            source, target, project = line.rstrip("\n").split("\t")[:3]
            lines.setdefault(project, ["fr\tpt\n"]).append(f"{source}\t{target}\n")
    for project, rows in lines.items():
        table = Path(folder, f"{project}.tsv")
        table.write_text("".join(rows[: MOST + 1]), encoding="utf-8")
        yield project, table


def signs_of(texts, model):
    """The signs of good and of misaligned pairs of a memory with their vectors."""
    lesson, units = Lesson(), np.arange(len(texts))
    pairs = [(source, target) for source, target, _ in texts]
    lesson.add(taught(pairs))
    lesson.compare(units, cosines(pairs, lambda: model))
    piece = Piece(lesson.words.some(units), lesson.lengths(units), lesson.cues(units), lesson.unlike(units))
    misaligned, *_ = signs(lesson.words.lexicons(units, map), piece)
    rows = np.column_stack(meaning_signs(odds(misaligned, MISALIGNED), piece.unlike))
    faults = np.array([fault for *_, fault in texts])
    is_asked = np.minimum(piece.passages.source.sizes, piece.passages.target.sizes) >= FEWEST
    return rows[is_asked & (faults == 0)], rows[is_asked & (faults == 1)]


def learnt(of_projects):
    """The weights that some projects teach."""
    good, bad = (np.concatenate([rows[kind] for rows in of_projects]) for kind in (0, 1))
    return learn(np.concatenate([good, bad]), np.repeat([0.0, 1.0], [len(good), len(bad)]))


def shown(weights):
    return f"({', '.join(f'{weight:.2f}' for weight in weights)})"


def held_out(project, of_projects):
    """Print what is found in a project by what the others teach."""
    good, bad = of_projects[project]
    weights = learnt([rows for other, rows in of_projects.items() if other != project])
    lost, found = ((rows[:, SCORE] > BAR).mean() for rows in (good, bad))
    now_lost, now_found = ((rows @ weights > BAR).mean() for rows in (good, bad))
    as_many = (bad @ weights > np.quantile(good @ weights, 1 - lost)).mean()
    print(
        f"{project}: of {len(bad)} misaligned found {found:.3f} without vectors, {now_found:.3f} with; of {len(good)} good lost"
        f" {lost:.4f}, {now_lost:.4f}; where as many are lost found {as_many:.3f}; weights {shown(weights)}"
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--memory", default="")
    arguments = parser.parse_args()
    model = opened("use", arguments.memory)
    of_projects = {}
    with tempfile.TemporaryDirectory() as folder:
        for project, table in tables(arguments.pairs, folder):
            memories = []
            for seed in (1, 2, 3):
                texts = spoiled(pairs_of(table), random.Random(seed))
                parts = max(1, len(texts) // (arguments.size or len(texts)))
                memories += [
                    texts[part * len(texts) // parts : (part + 1) * len(texts) // parts]
                    for part in range(parts)
                ]
            rows = [signs_of(memory, model) for memory in memories]
            of_projects[project] = tuple(np.concatenate(kind) for kind in zip(*rows, strict=True))
            if arguments.memory:
                model.save()
    for project in of_projects:
        held_out(project, of_projects)
    print(f"MEANING: Weights = {shown(learnt(of_projects.values()))}")


if __name__ == "__main__":
    main()
