"""The weights of ``tm/cleaning/odds.py``, learnt from pairs that are spoiled here, printed as they stand
there.

    python bench/train_cleaning.py pairs.tsv ...
    python bench/train_cleaning.py pairs.tsv ... --held other.tsv ...

Each table has a header of two tags and a pair a line, in the order of its documents, and counts as one
memory. Of a hundred pairs two get the translation of another one, two lose the end of theirs, two get
another's behind their own. ``--held``: what the weights are worth on tables that they have not seen.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import numpy as np

from tm.cleaning.translation import Lesson, Piece, signs, taught

KINDS = "MISALIGNED", "TRUNCATED", "TOO_LONG"
RATE = 0.02
FIRM = 5.0
"""How firmly the weights are held near 0, in units of variance."""


def pairs_of(path: str) -> list[tuple[str, str]]:
    """The pairs of a table whose texts differ, each source once."""
    unique: dict[str, tuple[str, str]] = {}
    for line in Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")[1:]:
        source, target = line.split("\t")[:2]
        if source != target and len(source) <= 900 and source.strip() and target.strip():
            unique.setdefault(re.sub(r"\W+", " ", source.casefold()), (source, target))
    return list(unique.values())


def spoiled(pairs: list[tuple[str, str]], rng: random.Random) -> list[tuple[str, str, int]]:
    """The pairs, some of them with a fault, each with its number: 0 none, else as in ``KINDS``, from 1."""
    texts = []
    for place, (source, target) in enumerate(pairs):
        fault, words = int(rng.random() / RATE) + 1, target.split()
        near = min(max(0, place + rng.choice((-1, 1))), len(pairs) - 1)
        other_source, other = pairs[rng.choice((near, near, rng.randrange(len(pairs))))]
        if fault == 1 and other not in (source, target) and other_source != source:
            texts.append((source, other, 1))
        elif fault == 2 and len(words) >= 5:
            texts.append((source, " ".join(words[: max(1, int(len(words) * rng.uniform(0.2, 0.75)))]), 2))
        elif fault == 3 and len(other.split()) >= 3:
            kept = other.split()[: rng.choice((None, None, max(3, len(other.split()) // 2)))]
            texts.append((source, " ".join([target, *kept]), 3))
        else:
            texts.append((source, target, 0))
    return texts


def signs_of(path: str, seed: int) -> list[tuple[int, tuple[np.ndarray, ...]]]:
    """The fault of each pair of a table and its signs for each kind."""
    lesson, texts = Lesson(), spoiled(pairs_of(path), random.Random(seed))
    lesson.add(taught([(source, target) for source, target, _ in texts]))
    units = np.arange(len(texts))
    lexicons = lesson.words.lexicons(units, map)
    kinds = signs(lexicons, Piece(lesson.words.some(units), lesson.lengths(units), lesson.cues(units)))
    rows = zip(*map(np.column_stack, kinds), strict=True)
    return [(fault, of_unit) for (*_, fault), of_unit in zip(texts, rows, strict=True)]


def learn(signs: np.ndarray, is_bad: np.ndarray) -> np.ndarray:
    """The weights of a logistic regression, by Newton's steps over standardised signs."""
    means, deviations = signs.mean(0), signs.std(0) + 1e-9
    means[0], deviations[0] = 0, 1
    scaled, weights = (signs - means) / deviations, np.zeros(signs.shape[1])
    held = np.full(len(weights), FIRM)
    held[0] = 0
    for _ in range(50):
        likely = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (likely - is_bad) + held * weights
        curve = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + np.diag(held)
        weights -= np.linalg.solve(curve, slope)
    weights /= deviations
    weights[0] -= weights[1:] @ means[1:]
    return weights


def main(taught: list[str], held: list[str]) -> None:
    """Print the weights; of held tables how many of each kind are found, and how many good pairs are lost."""
    taught_signs = [row for seed, path in enumerate(taught) for row in signs_of(path, seed)]
    held_signs = {path: signs_of(path, 100 + seed) for seed, path in enumerate(held)}
    for kind, name in enumerate(KINDS):
        rows = [(fault == kind + 1, signs[kind]) for fault, signs in taught_signs if fault in (0, kind + 1)]
        weights = learn(
            np.array([signs for _, signs in rows]), np.array([bad for bad, _ in rows], dtype=float)
        )
        print(f"{name}: Weights = ({', '.join(f'{weight:.2f}' for weight in weights)})")
        for path, of_path in held_signs.items():
            values = {
                fault: [float(np.dot(signs[kind], weights)) for of, signs in of_path if of == fault]
                for fault in (0, kind + 1)
            }
            found, lost = (np.mean(np.array(values[fault]) > 0) for fault in (kind + 1, 0))
            print(f"  {path}: found {found:.2f}, lost {lost:.4f}")


if __name__ == "__main__":
    marks = [*sys.argv, "--held"]
    border = marks.index("--held")
    main(sys.argv[1:border], sys.argv[border + 1 :])
