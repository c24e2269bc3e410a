"""Segments that are measured together: those whose source the memory has, then each band of matches.

1. ``groups_of`` puts segments together. A ``Group`` measures them by all metrics (``metrics.measure``), as
   they are and with plain typography.
2. ``Group.agreement`` gives the figures with their intervals.

>>> from tm.scoring.coverage import Known
>>> [(group.band, group.indexes) for group in groups_of([], [Known(None, "new")], "pt")]
[('exact', [])]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tm import __version__
from tm.language import nfc, plain_typography
from tm.memory.leverage import BANDS
from tm.model import Match, Score
from tm.scoring import formulas, uncertainty
from tm.scoring.agreement import is_identical
from tm.scoring.metrics import measure, metrics, subset
from tm.scoring.report import Agreement
from tm.scoring.uncertainty import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.model import Pair
    from tm.scoring.coverage import Known
    from tm.scoring.metrics import Measured, Metric
    from tm.scoring.uncertainty import Scale


def groups_of(job: Sequence[Pair], lookups: Sequence[Known], target: str) -> list[Group]:
    """The headline's group first, even without a segment, then that of each band that has some.

    Args:
        job: the pairs.
        lookups: what the memory knows of each.
        target: language tag.

    >>> [group.band for group in groups_of([], [], "pt")]
    ['exact']
    """
    references = [lookup.references for lookup in lookups]
    exact = [index for index, texts in enumerate(references) if texts]
    fuzzy: dict[str, list[int]] = {band: [] for band in BANDS}
    for index, lookup in enumerate(lookups):
        if lookup.match and not lookup.in_memory:
            fuzzy[lookup.band].append(index)
    stored = [(nfc(lookup.match.target),) if lookup.match else () for lookup in lookups]
    return [
        Group("exact", exact, job, references, target),
        *(Group(band, indexes, job, stored, target) for band, indexes in fuzzy.items() if indexes),
    ]


class Group:
    """Segments that are measured together, and what was measured.

    Attributes:
        band: "exact", or a band of ``BANDS``.
        indexes: of its segments in the job.
        measured: what each metric says.

    >>> group = Group("exact", [], [], [], "pt")
    >>> group.measured, group.agreement().segments
    ([], 0)
    """

    def __init__(
        self,
        band: str,
        indexes: Sequence[int],
        job: Sequence[Pair],
        references: Sequence[tuple[str, ...]],
        target: str,
    ) -> None:
        """Measure the segments of these indexes."""
        self.band = band
        self.indexes = indexes
        self.translations = [job[index].target.text for index in indexes]
        self.references = [references[index] for index in indexes]
        self.measured = _measure(self.translations, self.references, target) if indexes else []
        self.folded = self._fold(target)

    def by_origin(self, lookups: Sequence[Known]) -> list[Agreement]:
        """The figures by what made the memory's unit, in order of appearance; none when there is one origin
        only.

        Args:
            lookups: what the memory knows of each segment of the job.
        """
        places: dict[str, list[int]] = {}
        for place, index in enumerate(self.indexes):
            match = lookups[index].match
            places.setdefault(origin_of(match) if match else "none", []).append(place)
        return [self._part(origin, some) for origin, some in places.items()]

    def _part(self, origin: str, places: Sequence[int]) -> Agreement:
        scores = {}
        for figure in self.measured:
            part = subset(figure, places, [len(self.references[place]) for place in places])
            ends = uncertainty.intervals(
                [Figure(part.statistics, part.metric.of_sums, scale_of(part.metric))]
            )[0]
            scores[part.metric.key] = _score(part.metric.name, part.score, part.signature, ends, len(places))
        return Agreement(self.band, len(places), scores, {}, origin=origin)

    def _fold(self, target: str) -> list[Measured]:
        translations = [plain_typography(text) for text in self.translations]
        references = [tuple(plain_typography(text) for text in of_one) for of_one in self.references]
        if [nfc(text) for text in self.translations] == translations and self.references == references:
            return []
        return _measure(translations, references, target)

    def agreement(self) -> Agreement:
        """The scores of the group with their intervals."""
        hits = [
            [float(is_identical(text, of_one)), 1.0]
            for text, of_one in zip(self.translations, self.references, strict=True)
        ]
        figures = [*self.measured, *self.folded]
        bounds = uncertainty.intervals(
            [Figure(figure.statistics, figure.metric.of_sums, scale_of(figure.metric)) for figure in figures]
            + ([Figure(np.array(hits), formulas.share, "share")] if hits else [])
        )
        scores = [
            _score(figure.metric.name, figure.score, figure.signature, ends, len(self.indexes))
            for figure, ends in zip(figures, bounds, strict=False)
        ]
        plain, folded = scores[: len(self.measured)], scores[len(self.measured) :]
        keys = [metric.key for metric in metrics()]
        return Agreement(
            self.band,
            len(self.indexes),
            dict(zip(keys, plain, strict=False)),
            {
                key: folded_score
                for key, plain_score, folded_score in zip(keys, plain, folded, strict=False)
                if abs(plain_score.value - folded_score.value) > 1
            },
            share_score("identical", hits, bounds[-1]) if hits and self.band == "exact" else None,
        )


_ORIGINS = {"": "not said", "edited": "person", "reviewed": "person"}


def origin_of(match: Match) -> str:
    """What made a unit, in a word: "person" where one vouches for it.

    >>> from tm.model import Pair, Segment, Unit
    >>> origin_of(Match(Unit(()), Pair(Segment("oui"), Segment("sim")), 100, 100))
    'not said'
    """
    origin = match.unit.property("x-origin")
    return _ORIGINS.get(origin, origin)


def references_of(lookup: Known) -> tuple[str, ...]:
    """What a translation is compared with: the memory's of the same source, or that of the best match.

    >>> from tm.scoring.coverage import Known
    >>> references_of(Known(None, "100", ("sim",))), references_of(Known(None, "new"))
    (('sim',), ())
    """
    return lookup.references or ((nfc(lookup.match.target),) if lookup.match else ())


def scale_of(metric: Metric) -> Scale:
    """The ends of a metric's figures: error rates begin at 0.

    >>> [scale_of(metric) for metric in metrics()][:4]
    ['0-100', '0-100', '0-100', 'positive']
    """
    if metric.scale == "0-100":
        return "0-100"
    return "" if metric.higher_is_better else "positive"


def _measure(translations: Sequence[str], references: Sequence[Sequence[str]], target: str) -> list[Measured]:
    return [measure(metric, translations, references, target) for metric in metrics()]


def share_score(name: str, counts: Sequence[Sequence[float]], ends: tuple[float, float] | None) -> Score:
    """A share of hits as a score.

    Args:
        name: of the figure.
        counts: of each segment its hits and of how many.
        ends: the interval.

    >>> share_score("terms", [[1, 1], [1, 3]], None).value
    0.5
    """
    value = float(formulas.share(np.array([np.sum(counts, axis=0)]))[0])
    return _score(name, value, f"{name}|text:nfc|version:ponte-tm-{__version__}", ends, len(counts))


def _score(name: str, value: float, signature: str, ends: tuple[float, float] | None, segments: int) -> Score:
    low, high = ends or (None, None)
    return Score(name, value, signature, low, high, segments)
