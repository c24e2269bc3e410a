"""A rule of thumb for terms: a few weights, from which the trees of the judge start.

The weights were fitted to eight hundred phrase pairs judged by hand, from twenty-sentence slices and larger
parts of two corpora (medicine; cloud computing). The trees, which are learnt from short documents, say what
is to be added. Without this start they order the terms of long texts worse: 51 % of the terms of a published
glossary among the first 300 of 7,000 candidates, with it 65 %.

The steps of ``rule_of_thumb``, in the order in which they work:

1. ``_derived`` makes a few numbers from the columns of ``features.matrix``.
2. They are weighed with ``WEIGHTS``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tm.terminology import features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

WEIGHTS = {
    "bias": -1.81,
    "frequency, one word": 0.37,
    "frequency": 1.34,
    "specificity, one word": 0.61,
    "specificity": 0.90,
    "overlap": 1.27,
    "doubtful sentence": -2.53,
    "rate apart": -0.83,
    "both noun phrases": 0.47,
    "no noun": -2.50,
    "goes on": -0.73,
    "comes from": -0.10,
    "part of a term": -0.70,
    "link after adjective": -0.86,
    "adjective after link": -0.31,
    "within": 0.16,
    "steady": 0.24,
    "rival": -0.59,
    "several words": 0.30,
    "length apart": -2.06,
    "length": -0.67,
    "name in phrase": -1.80,
    "begins with adjective": -1.32,
    "article inside": -1.14,
    "has an acronym": 2.00,
    "one article for two": 2.00,
    "general noun": -2.27,
    "general head": -0.19,
    "general end": -1.26,
}
"""The weight of each number, in nats."""

_DOUBTFUL = 0.4
"""Trust (``Links.trust``) below which a sentence pair is hardly a translation."""

_CUT_BEFORE_LINK = 0.4
"""How likely a phrase is cut off when a linked noun follows, against 1 for a noun or adjective right behind
it: *four* in *four à pain* is a term too, *grand* in *grand modèle* is not."""

_SURE = 0.6
"""How sure a longer noun phrase is a term, before anything is judged."""


def rule_of_thumb(rows: Floats) -> Floats:
    """The log-odds of phrase pairs, given as rows of ``features.matrix``.

    >>> import numpy as np
    >>> rule_of_thumb(np.zeros((2, len(features.names())))).round(2).tolist()
    [-5.74, -5.74]
    """
    log_odds: Floats = sum(shares(rows).values(), start=0 * rows[:, 0])
    return log_odds


def shares(rows: Floats) -> dict[str, Floats]:
    """What each number adds to the log-odds, or takes away, by its name.

    >>> import numpy as np
    >>> shares(np.zeros((1, len(features.names()))))["bias"].tolist()
    [-1.81]
    """
    derived = _derived(dict(zip(features.names(), rows.T, strict=False)))
    return {name: weight * derived[name] for name, weight in WEIGHTS.items()}


def _derived(columns: dict[str, Floats]) -> dict[str, Floats]:
    """The numbers that are weighed, by their names in ``WEIGHTS``."""
    import numpy as np

    def most(name: str) -> Floats:
        return np.maximum(columns[f"source: {name}"], columns[f"target: {name}"])

    def mean(name: str) -> Floats:
        return (columns[f"source: {name}"] + columns[f"target: {name}"]) / 2

    def product(name: str) -> Floats:
        return columns[f"source: {name}"] * columns[f"target: {name}"]

    words = most("words")
    several = (words > 1).astype(np.float64)
    nouns = [columns[f"{side}: nouns"] + columns[f"{side}: others"] for side in ("source", "target")]
    is_noun = np.where((several == 0) & (np.minimum(*nouns) == 0), 0.0, 1.0)
    specificity = mean("specificity (least word)")
    within = np.exp2(columns["within"]) - 1
    general = most("general (first word)")
    apart = np.abs(columns["length apart"])
    copied = ("overlap", "within", "rival", "name in phrase", "has an acronym", "one article for two")
    return {name: columns[name] for name in copied} | {
        "bias": np.ones(len(words)),
        "frequency, one word": columns["count"] * (1 - several),
        "frequency": columns["count"] * several,
        "specificity, one word": specificity * (1 - several),
        "specificity": specificity * several,
        "doubtful sentence": np.maximum(0.0, _DOUBTFUL - columns["trust"]),
        "rate apart": columns["rate apart"] * (apart == 0),
        "both noun phrases": columns["both noun phrases"] * is_noun,
        "no noun": 1 - is_noun,
        "goes on": several
        * (
            mean("behind: a noun")
            + mean("behind: an adjective")
            + _CUT_BEFORE_LINK * mean("behind: a linking preposition")
        ),
        "comes from": several
        * (mean("before: a noun") + mean("before: an adjective") + mean("before: a linking preposition")),
        "part of a term": _SURE * (1 - columns["free"]) / np.maximum(1, within),
        "link after adjective": most("link after adjective"),
        "adjective after link": most("adjective after link"),
        "steady": product("translated"),
        "several words": several,
        "length apart": apart,
        "length": np.maximum(0.0, words - 3),
        "begins with adjective": product("begins with adjective") * several,
        "article inside": columns["source: article inside"],
        "general noun": (1 - several) * general,
        "general head": several * general,
        "general end": several * mean("general (last word)"),
    }
