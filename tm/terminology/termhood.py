"""How sure we are that two phrases are a term and its translation.

Boosted trees (``trees.py``) and a network (``network.py``) over what can be counted of a phrase pair
(``features.py``), each of which has half of the vote. They are learnt from documents of ten domains, in each
of which a person listed all terms, by ``bench/train_terms.py``; their log-odds are scaled so that the
confidence is the share of pairs that are right in documents that were not learnt from. There are trees and a
network for languages with a tagger, and others for languages without.

The steps of ``judge``, in the order in which they work:

1. ``features.matrix`` counts, ``_priors`` says what was seen elsewhere (``priors.py``), ``rule_of_thumb`` weighs,
   and the trees and the network of ``_learnt`` add to that or take away.
2. ``competing`` lets the translations of a phrase compete.
3. ``as_sure_as_acronyms`` raises the full forms of acronyms.
4. ``_reasons`` adds up what each column added to the log-odds or took away.

>>> from tm.terminology.gathering import Gathered
>>> words, spelling = (("anna",), ("anna",)), {("Anna", "Anna"): 2}
>>> piece = Gathered(("P", "P"), words, count=2, within={("anna k", "anna k")}, surfaces=spelling)
>>> is_piece_of_name(piece)
True
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from tm.terminology import features
from tm.terminology.acronyms import spells
from tm.terminology.network import Network
from tm.terminology.priors import COLUMNS, Priors, labels_of
from tm.terminology.thumb import WEIGHTS, rule_of_thumb, shares
from tm.terminology.trees import Forest

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from tm.terminology.features import Texts
    from tm.terminology.gathering import Gathered, Key

_BESIDE = "other pairs"
"""The reason for what ``competing`` and ``as_sure_as_acronyms`` change."""

_LEAST_SURE = 0.00005
"""Half the last digit of a confidence: that of 0 and 1 has no log-odds."""

_TELLING = 0.05
"""Log-odds that a reason must add or take away to be kept: less would change no confidence by .02."""

_SECOND = 0.35
"""What is left of the confidence of a pair that is not the best of both its phrases. With it 97 % of the listed
pairs whose source phrase is a term have the right translation, without 95 %."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrase pair that was judged.

    Attributes:
        key: of the phrase pair.
        counts: how often the texts have the source phrase and the target phrase, whatever translates them.
        confidence: 0–1, the share of such pairs that a careful reader would keep.
        reasons: what each feature added to the log-odds, all of them the confidence's; "bias" is what every pair
            has, and what is too little to be told.
        gathered: what was seen of it.
    """

    key: Key
    counts: tuple[int, int]
    confidence: float
    reasons: tuple[tuple[str, float], ...]
    gathered: Gathered

    @property
    def rank(self) -> tuple[float, int, Key]:
        """What pairs are sorted by: the surest first, then the most frequent."""
        return -self.confidence, -self.gathered.count, self.key


def judge(phrase_pairs: Mapping[Key, Gathered], texts: Texts, least: float) -> list[Judged]:
    """The phrase pairs that are likely enough, the best first.

    Args:
        phrase_pairs: what was seen of each.
        texts: in which they were seen.
        least: the confidence below which none is given, 0–1.
    """
    import numpy as np

    if not phrase_pairs:
        return []
    keys, gathered = list(phrase_pairs), list(phrase_pairs.values())
    rows = features.matrix(phrase_pairs, texts)
    forest, network = _learnt(texts.tagged)
    log_odds = rule_of_thumb(rows)
    if texts.tagged:
        labels = labels_of(keys, [seen.shape for seen in gathered], texts.languages)
        rows = np.column_stack([rows, _priors().columns(labels)])
    log_odds = log_odds + forest.log_odds(rows) + network.log_odds(rows)
    confidences = as_sure_as_acronyms(competing(1 / (1 + np.exp(-log_odds)), keys), keys, texts.acronyms)
    confidences = confidences.round(4)
    likely = np.flatnonzero(confidences >= least)
    judged = [
        Judged(
            keys[at], _counts(keys[at], phrase_pairs, texts), float(confidences[at]), reasons, gathered[at]
        )
        for at, reasons in zip(
            likely.tolist(), _reasons(forest, network, rows[likely], confidences[likely]), strict=True
        )
    ]
    return sorted(judged, key=lambda each: each.rank)


def competing(confidences: NDArray[np.floating[Any]], keys: list[Key]) -> NDArray[np.floating[Any]]:
    """The confidences, less where the source phrase has a likelier translation or the target phrase
    translates another one more likely.

    >>> import numpy as np
    >>> competing(np.array([0.9, 0.6, 0.5]), [("four", "forno"), ("four", "fogão"), ("mie", "miolo")]).tolist()
    [0.9, 0.21, 0.5]
    """
    import numpy as np

    is_best = np.ones(len(keys), np.bool_)
    for side in (0, 1):
        numbers = np.unique([key[side] for key in keys], return_inverse=True)[1].ravel()
        best = np.zeros(len(keys))
        np.maximum.at(best, numbers, confidences)
        is_best &= confidences >= best[numbers]
    chosen: NDArray[np.floating[Any]] = np.where(is_best, confidences, _SECOND * confidences)
    return chosen


def as_sure_as_acronyms(
    confidences: NDArray[np.floating[Any]], keys: list[Key], acronyms: Mapping[Key, Key]
) -> NDArray[np.floating[Any]]:
    """The confidences, where an acronym spells a full form no less than that of the acronym.

    Args:
        confidences: of phrase pairs.
        keys: of these pairs.
        acronyms: keys of full forms → keys of their acronyms.

    >>> import numpy as np
    >>> full_form, acronym = ("taux de cendre", "teor de cinza"), ("tc", "tc")
    >>> as_sure_as_acronyms(np.array([0.2, 0.9]), [full_form, acronym], {full_form: acronym}).tolist()
    [0.9, 0.9]
    """
    places = {key: at for at, key in enumerate(keys)}
    raised = confidences.copy()
    for full, short in acronyms.items():
        if full in places and short in places and any(map(spells, short, full)):
            raised[places[full]] = max(confidences[places[full]], confidences[places[short]])
    return raised


def _counts(key: Key, phrase_pairs: Mapping[Key, Gathered], texts: Texts) -> tuple[int, int]:
    """How often the texts have the two phrases."""
    count = phrase_pairs[key].count
    source, target = (max(count, side.phrases[each]) for side, each in zip(texts.sides, key, strict=True))
    return source, target


def is_piece_of_name(gathered: Gathered) -> bool:
    """Whether the phrase is a name that only stands in one longer name; an example heads the module."""
    return not gathered.free and len(gathered.within) == 1 and gathered.named


def _reasons(
    forest: Forest, network: Network, rows: NDArray[np.floating[Any]], confidences: NDArray[np.floating[Any]]
) -> list[tuple[tuple[str, float], ...]]:
    """For each row what speaks for and against it, the bias first, then the weightiest. All add up to the
    log-odds of the confidence: the bias has what is too little to be told, ``_BESIDE`` what other pairs did."""
    import numpy as np

    kinds, belongs = _kinds(forest.names)
    of_thumb = shares(rows)
    weights = (forest.shares(rows) + network.shares(rows)) @ belongs
    for name in of_thumb.keys() & set(kinds):
        weights[:, kinds.index(name)] += of_thumb[name]
    judged = sum(of_thumb.values(), start=0) + forest.log_odds(rows) + network.log_odds(rows)
    sure = np.clip(confidences, _LEAST_SURE, 1 - _LEAST_SURE)
    weights[:, kinds.index(_BESIDE)] += np.log(sure / (1 - sure)) - judged
    rounded = np.round(weights, 2)
    rounded[np.abs(rounded) < _TELLING] = 0
    biases = np.round(np.log(sure / (1 - sure)) - rounded.sum(1), 2)
    row, kind = np.nonzero(rounded)
    order = np.lexsort((kind, -np.abs(rounded[row, kind]), row))
    row, kind = row[order], kind[order]
    telling = [*map(reason, [kinds[at] for at in kind.tolist()], rounded[row, kind].tolist())]
    ends = np.searchsorted(row, np.arange(len(rows)), "right").tolist()
    return [
        (("bias", bias), *telling[start:end])
        for bias, start, end in zip(biases.tolist(), [0, *ends], ends, strict=False)
    ]


@functools.lru_cache(maxsize=1 << 15)
def reason(name: str, value: float) -> tuple[str, float]:
    """A reason; equal ones are one object, of which a large memory has millions.

    >>> reason("count", 0.25) is reason("count", 0.25)
    True
    """
    return name, value


@functools.lru_cache(maxsize=4)
def _kinds(names: tuple[str, ...]) -> tuple[list[str], NDArray[np.floating[Any]]]:
    """The names of reasons in order, and for each column (row) the reason that it belongs to (column)."""
    import numpy as np

    plain = [_plain_name(name) for name in names]
    kinds = sorted({*plain, *WEIGHTS, _BESIDE} - {"bias"})
    return kinds, np.array([[name == kind for kind in kinds] for name in plain], np.float64)


def reason_names() -> set[str]:
    """The names that reasons have.

    >>> "bias" in reason_names(), "specificity" in reason_names()
    (True, True)
    """
    return {_BESIDE, *WEIGHTS, *map(_plain_name, column_names(tagged=True))}


def _plain_name(column: str) -> str:
    """The feature of a column, without the side and the word that it was counted of.

    >>> _plain_name("source: specificity (least word)"), _plain_name("target: behind: a verb")
    ('specificity', 'behind: a verb')
    """
    return re.sub(r"^(source|target): | \([^)]*\)$", "", column)


def column_names(*, tagged: bool) -> tuple[str, ...]:
    """The columns that the trees and the network look at, for languages with a tagger or for others.

    >>> len(column_names(tagged=True)) - len(column_names(tagged=False))
    15
    """
    return (*features.names(), *(COLUMNS if tagged else ()))


@functools.cache
def _priors() -> Priors:
    """The priors, for languages with a tagger."""
    return Priors.from_bytes(_data("priors.xz"))


@functools.cache
def _learnt(tagged: bool) -> tuple[Forest, Network]:  # noqa: FBT001 - a key of the cache
    """The trees and the network for languages with a tagger, or for others.

    Raises:
        ValueError: they were learnt from other features.
    """
    names = ("judge.xz", "network.xz") if tagged else ("judge-untagged.xz", "network-untagged.xz")
    forest, network = Forest.from_bytes(_data(names[0])), Network.from_bytes(_data(names[1]))
    columns = column_names(tagged=tagged)
    if forest.names != columns or len(network.means) != len(columns):
        raise ValueError(f"data/{names[0]}, {names[1]}: learnt from other features; run bench/train_terms.py")
    return forest, network


def _data(name: str) -> bytes:
    """The content of a file of what was learnt."""
    return resources.files("tm.terminology").joinpath("data", name).read_bytes()
