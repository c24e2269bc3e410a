"""Whether sentence vectors would help `tm clean`: python bench/cleaning_vectors.py PAIRS.tsv.xz [--memory FILE].

PAIRS has a source, a target and a project a line, separated by tabs; each project counts as one memory. Pairs are spoiled as
`bench/train_cleaning.py` does it. Of each pair there is the score that `tm clean` gives it for each kind of fault, and the cosine
of its sentence vectors, as far from the project's median as its deviations say. For each project a logistic regression of score and
cosine is learnt from the other projects; printed is how many of each kind are found with the score alone and with both, where as many
good pairs are lost as at the bar that `tm clean` has. ``--memory`` keeps the vectors for the next time.
"""

import argparse
import lzma
import random
import tempfile
from pathlib import Path

import numpy as np
from train_cleaning import KINDS, learn, pairs_of, signs_of, spoiled

from tm.cleaning.odds import MISALIGNED, TOO_LONG, TRUNCATED
from tm.cleaning.translation import BARS
from tm.vectors import opened
from tm.vectors.small import small, units

WEIGHTS = MISALIGNED, TRUNCATED, TOO_LONG
NAMES = "misaligned", "truncated", "too-long"
MOST = 2000


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


class Vectors:
    """Vectors of texts, each made once, and kept in a file if there is one."""

    def __init__(self, path):
        self._path, self._model, self._known = path, opened("use"), {}
        if path and path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["texts"].tolist(), kept["rows"], strict=True))

    def of(self, texts):
        """A row for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for begin in range(0, len(new), 1024):
            part = new[begin : begin + 1024]
            self._known.update(zip(part, small(self._model.directions(self._model.parts(part))), strict=True))
        if new and self._path:
            np.savez(self._path, texts=np.array(list(self._known)), rows=np.array(list(self._known.values())))
        return units(np.array([self._known[text] for text in texts]))


def rows_of(path, seed, vectors):
    """Of each pair its fault, its scores, how far its cosine is from the usual one, and how short it is."""
    texts = spoiled(pairs_of(path), random.Random(seed))
    cosines = (vectors.of([row[0] for row in texts]) * vectors.of([row[1] for row in texts])).sum(axis=1)
    off = cosines - np.median(cosines)
    off /= 1.4826 * np.median(np.abs(off))
    short = [1 / min(len(source.split()), len(target.split())) for source, target, _ in texts]
    return np.array(
        [
            (fault, *(np.dot(signs, weights) for signs, weights in zip(of_unit, WEIGHTS, strict=True)), *rest)
            for (fault, of_unit), *rest in zip(signs_of(path, seed), off, short, strict=True)
        ]
    )


def held_out(project, of_projects):
    """Print what is found in a project by what the others teach."""
    held = of_projects[project]
    taught = np.concatenate([rows for other, rows in of_projects.items() if other != project])
    good = held[held[:, 0] == 0]
    for kind, name in enumerate(NAMES):
        bad = held[held[:, 0] == kind + 1]

        def columns(rows, kind=kind):
            score, off, short = rows[:, 1 + kind], rows[:, 4], rows[:, 5]
            return np.column_stack([np.ones(len(rows)), np.clip(score, -20, 20), off, off * short, short])

        meant = taught[np.isin(taught[:, 0], (0, kind + 1))]
        weights = learn(columns(meant), (meant[:, 0] > 0).astype(float))
        lost = float((good[:, 1 + kind] > BARS[name]).mean())
        found = float((bad[:, 1 + kind] > BARS[name]).mean())
        values = columns(good) @ weights, columns(bad) @ weights
        bar = np.quantile(values[0], 1 - lost)
        both = float((values[1] > bar).mean())
        alone = float((bad[:, 4] < np.quantile(good[:, 4], lost)).mean())
        print(
            f"{project} {name}: of {len(bad)} found {found:.3f} by the score, {both:.3f} with the cosine, {alone:.3f} by the"
            f" cosine alone; good pairs lost {lost:.4f}"
        )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--memory", type=Path)
    arguments = parser.parse_args()
    assert len(KINDS) == len(NAMES)
    vectors = Vectors(arguments.memory)
    with tempfile.TemporaryDirectory() as folder:
        of_projects = {
            project: np.concatenate([rows_of(table, seed, vectors) for seed in (1, 2, 3)])
            for project, table in tables(arguments.pairs, folder)
        }
    for project in of_projects:
        held_out(project, of_projects)


if __name__ == "__main__":
    main()
