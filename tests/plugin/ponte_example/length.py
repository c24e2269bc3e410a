"""A metric: how near the translations are to their references in length, 100 for the same number of characters."""

import numpy as np

from tm.scoring.metrics import Metric


def count(translations, references, target):
    """Characters of the translation, and of the reference that is nearest in length."""
    rows = [
        (len(text), min(map(len, of_one), key=lambda length: abs(length - len(text))))
        for text, of_one in zip(translations, references, strict=True)
    ]
    return np.array(rows, np.float64)


def of_sums(sums):
    shorter, longer = sums.min(axis=1), sums.max(axis=1)
    return 100 * np.divide(shorter, longer, out=np.ones(len(sums)), where=longer > 0)


LENGTH = Metric(
    "length",
    "length ratio",
    higher_is_better=True,
    count=count,
    columns=2,
    of_sums=of_sums,
    scale="0-100",
    signature="unit:characters|version:1.0",
)
