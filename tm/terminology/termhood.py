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
3. ``as_sure_as_acronyms`` raises the full forms of acronyms, ``_JOINED`` two nouns that share an article.
4. ``bound`` says which are listed.
5. ``_reasons`` adds up what each column added to the log-odds or took away.

>>> from tm.terminology.gathering import Gathered
>>> words, spelling = (("anna",), ("anna",)), {("Anna", "Anna"): 2}
>>> piece = Gathered(("P", "P"), words, count=2, within={("anna k", "anna k")}, surfaces=spelling)
>>> is_piece_of_name(piece)
True
"""

from __future__ import annotations

import functools
import json
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
"""The reason for what ``competing``, ``as_sure_as_acronyms`` and ``_JOINED`` change."""

_LEAST_SURE = 0.00005
"""Half the last digit of a confidence: that of 0 and 1 has no log-odds."""

_TELLING = 0.05
"""Log-odds that a reason must add or take away to be kept: less would change no confidence by .02."""

LEAST = 0.25
"""Pairs less likely are not listed, unless asked for."""

_IMPORTANT = 1.5
"""With 1 in its place, mean F1 in ten documents that were not learnt from is .765, with 1.5 .769, with 2 .767."""

_SHORT, _LONG = 60, 200
"""Sentence pairs below and above which recall counts for more than precision: the seeds have 19, a chapter 60,
a book thousands."""

_SECOND = 1.4
"""Log-odds that a pair loses which is not the best of both its phrases. Without that 96 % of the listed pairs
whose source phrase is a term have the right translation, with it 97 %."""


_JOINED = 0.33
"""The least confidence of two nouns that share an article (*droits et obligations*): of six such pairs in ten
documents, two are terms. That is too few to be learnt: most that is joined by "and" is no term."""


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


def judge(phrase_pairs: Mapping[Key, Gathered], texts: Texts, least: float | None) -> list[Judged]:
    """The phrase pairs that are likely enough, the best first.

    Args:
        phrase_pairs: what was seen of each.
        texts: in which they were seen.
        least: the confidence below which none is given, 0–1; None = ``bound`` of these texts.
    """
    import numpy as np

    if not phrase_pairs:
        return []
    keys, gathered = list(phrase_pairs), list(phrase_pairs.values())
    rows = features.matrix(phrase_pairs, texts)
    learnt = scale, forest, network = _learnt(texts.tagged)
    log_odds = scale * rule_of_thumb(rows)
    if texts.tagged:
        labels = labels_of(keys, [seen.shape for seen in gathered], texts.languages)
        rows = np.column_stack([rows, _priors().columns(labels)])
    log_odds = log_odds + forest.log_odds(rows) + network.log_odds(rows)
    confidences = as_sure_as_acronyms(competing(log_odds, keys), keys, texts.acronyms)
    joined = rows[:, features.names().index("one article for two")]
    confidences = np.maximum(confidences, _JOINED * joined).round(4)
    likely = np.flatnonzero(confidences >= (bound(confidences, texts.size) if least is None else least))
    judged = [
        Judged(
            keys[at], _counts(keys[at], phrase_pairs, texts), float(confidences[at]), reasons, gathered[at]
        )
        for at, reasons in zip(
            likely.tolist(), _reasons(learnt, rows[likely], confidences[likely]), strict=True
        )
    ]
    return sorted(judged, key=lambda each: each.rank)


def competing(log_odds: NDArray[np.floating[Any]], keys: list[Key]) -> NDArray[np.floating[Any]]:
    """The confidences of pairs with these log-odds, less where ``is_best`` says no.

    >>> import numpy as np
    >>> keys = [("four", "forno"), ("four", "fogão"), ("mie", "miolo")]
    >>> competing(np.array([2.0, 1.4, 0.0]), keys).round(2).tolist()
    [0.88, 0.5, 0.5]
    """
    import numpy as np

    confidences: NDArray[np.floating[Any]] = 1 / (
        1 + np.exp(np.where(is_best(log_odds, keys), 0.0, _SECOND) - log_odds)
    )
    return confidences


def is_best(log_odds: NDArray[np.floating[Any]], keys: list[Key]) -> NDArray[np.bool_]:
    """Whether neither the source phrase has a likelier translation nor the target phrase translates another one
    more likely.

    >>> import numpy as np
    >>> is_best(np.array([2.0, 1.0, -1.0]), [("four", "forno"), ("four", "fogão"), ("mie", "miolo")]).tolist()
    [True, False, True]
    """
    import numpy as np

    best_of_both = np.ones(len(keys), np.bool_)
    for side in (0, 1):
        numbers = np.unique([key[side] for key in keys], return_inverse=True)[1].ravel()
        best = np.full(len(keys), -np.inf)
        np.maximum.at(best, numbers, log_odds)
        best_of_both &= log_odds >= best[numbers]
    return best_of_both


def bound(confidences: NDArray[np.floating[Any]], size: int) -> float:
    """The confidence from which pairs are listed: that with the greatest expected F (Ye et al. 2012, "Optimizing
    F-measure: a tale of two approaches"), but not below ``LEAST``.

    What is likelier is also more important: so the share of important terms that is listed is reckoned with
    the confidences to the power of ``_IMPORTANT``. How much recall counts against precision depends on how
    long the texts are. What is wrong in a short list is struck out at a glance; what is missing from a long
    one nobody finds by reading the texts.

    Args:
        confidences: of all phrase pairs.
        size: of the texts, in sentence pairs.

    >>> import numpy as np
    >>> confidences = np.array([0.9, 0.8, 0.7, 0.35, 0.3, 0.1])
    >>> bound(confidences, size=60), bound(confidences, size=1000)
    (0.7, 0.3)
    """
    import numpy as np

    best = -np.sort(-confidences)
    weight = max(1.0, _SHORT / max(1, size), size / _LONG)
    precision = np.cumsum(best) / np.arange(1, len(best) + 1)
    important = np.cumsum(best**_IMPORTANT)
    recall = important / important[-1]
    expected = (1 + weight) * precision * recall / (weight * precision + recall)
    return max(LEAST, float(best[expected.argmax()]))


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
    learnt: tuple[float, Forest, Network],
    rows: NDArray[np.floating[Any]],
    confidences: NDArray[np.floating[Any]],
) -> list[tuple[tuple[str, float], ...]]:
    """For each row what speaks for and against it, the bias first, then the weightiest. All add up to the
    log-odds of the confidence: the bias has what is too little to be told, ``_BESIDE`` what other pairs did."""
    import numpy as np

    scale, forest, network = learnt
    kinds, belongs = _kinds(forest.names)
    of_thumb = {name: scale * share for name, share in shares(rows).items()}
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
def _learnt(tagged: bool) -> tuple[float, Forest, Network]:  # noqa: FBT001 - a key of the cache
    """For languages with a tagger, or for others: how much the rule of thumb counts, the trees, the network.

    Raises:
        ValueError: they were learnt from other features.
    """
    names = ("judge.xz", "network.xz") if tagged else ("judge-untagged.xz", "network-untagged.xz")
    forest, network = Forest.from_bytes(_data(names[0])), Network.from_bytes(_data(names[1]))
    columns = column_names(tagged=tagged)
    if forest.names != columns or len(network.means) != len(columns):
        raise ValueError(f"data/{names[0]}, {names[1]}: learnt from other features; run bench/train_terms.py")
    return float(json.loads(_data("scale.json"))[names[0]]), forest, network


def _data(name: str) -> bytes:
    """The content of a file of what was learnt."""
    return resources.files("tm.terminology").joinpath("data", name).read_bytes()
