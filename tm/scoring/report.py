"""The score of a job: everything that memory, glossary and checks have to say about new translations.

1. ``score`` leaves out what is not finished and looks the rest up in the memory (``coverage.look_up``).
2. ``_groups`` puts segments together that are measured together: those whose source the memory has, then each
   band. A ``_Group`` measures them by all metrics (``metrics.measure``) and gives their ``Agreement``, with
   intervals.
3. ``_adherence`` counts terms of the glossary, ``agreement.consistency`` looks for what is translated in
   several ways.
4. ``_rows`` puts together what is known of each segment.
5. ``_about_memory`` and ``_about`` say what to know before believing the figures.

>>> from tm.direction import Direction
>>> from tm.model import Pair, Segment, Unit, Variant
>>> from tm.store import open_store
>>> texts = Variant("fr", Segment("Le pont est fermé.")), Variant("pt", Segment("A ponte está fechada."))
>>> job = [Pair(Segment("Le pont est fermé."), Segment("A ponte fechou."))]
>>> with open_store(":memory:", create=True) as store:
...     store.add([Unit(texts)]).added
...     report = score(job, store, [], Direction("fr", "pt"))
1
>>> report.agreement.segments, round(report.agreement.scores["ter"].value, 1), report.rows[0].drift
(1, 50.0, 0.5)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm import __version__, bcp47
from tm.checks.check import Job, examine
from tm.formats.states import Unfinished, is_examined, unfinished
from tm.language import nfc, plain_typography
from tm.memory.leverage import BANDS, count_bands
from tm.model import Finding, Score
from tm.scoring import formulas, uncertainty
from tm.scoring.adherence import by_concept
from tm.scoring.agreement import LEFT, consistency, drift, is_identical
from tm.scoring.coverage import file_name, look_up
from tm.scoring.metrics import measure, metrics

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tm.direction import Direction
    from tm.memory.leverage import BandCount
    from tm.model import Concept, Edit, Pair
    from tm.scoring.adherence import ConceptUse
    from tm.scoring.agreement import Consistency
    from tm.scoring.coverage import Known
    from tm.scoring.metrics import Measured
    from tm.store import Store
    from tm.terminology.use import TermUse


@dataclass(frozen=True, slots=True)
class Agreement:
    """Translations against the memory's.

    Attributes:
        band: "exact" for segments whose source is in the memory (keys equal), else a band of ``BANDS``.
        segments: how many there are.
        scores: by metric key; none when there is no segment.
        folded: the same with quotes, dashes, apostrophes and spaces in their plain forms, where that makes a
            difference of more than 1 point; then typography and not words is what differs.
        identical: the share of translations that are one of the memory's, None for fuzzy bands.
    """

    band: str
    segments: int
    scores: dict[str, Score]
    folded: dict[str, Score]
    identical: Score | None = None


@dataclass(frozen=True, slots=True)
class Adherence:
    """Translations against the glossary.

    Attributes:
        score: the share of the terms in the sources that the translations render as the glossary says; None
            without any.
        kept: how many those are.
        wanted: of how many.
        concepts: each concept that occurs.
    """

    score: Score | None
    kept: int
    wanted: int
    concepts: tuple[ConceptUse, ...]


@dataclass(frozen=True, slots=True)
class SegmentScore:
    """One segment.

    Attributes:
        number: from 1, of the job's segment; those that are not finished count too.
        source: its text.
        translation: likewise.
        percent: of the best match, 0 when there is none.
        band: one of ``BANDS``.
        exact: whether the memory has this source, so that the segment counts for the headline.
        stored_source: the best match's source, "" when there is none.
        edits: what separates that source from this one.
        references: what the figures stand on: all of the memory's translations of this source, or the best
            match's.
        scores: by metric key, empty without a reference. BLEU is with effective order.
        identical: whether the translation is one of the references.
        drift: see ``tm.scoring.agreement.drift``; None without a match.
        terms: the glossary's concepts in it.
        findings: what the checks say.
    """

    number: int
    source: str
    translation: str
    percent: int
    band: str
    exact: bool
    stored_source: str
    edits: tuple[Edit, ...]
    references: tuple[str, ...]
    scores: dict[str, float]
    identical: bool
    drift: float | None
    terms: tuple[TermUse, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The score of a job.

    Attributes:
        source: language tag.
        target: likewise.
        segments: how many were scored.
        coverage: the job by band, all bands.
        leverage: words in matches of 75 percent and more and in repetitions, as a share of all words.
        agreement: the headline: segments whose source the memory has.
        bands: the other bands that have a segment, best first.
        terms: the glossary's share.
        consistency: the same translated in several ways.
        drifted: numbers of the segments that left the memory though their source hardly changed.
        findings: of all checks.
        rows: each segment.
        warnings: what to know before believing the figures.
        unfinished: what is not scored: what waits for a translator, drafts.
    """

    source: str
    target: str
    segments: int
    coverage: tuple[BandCount, ...]
    leverage: float
    agreement: Agreement
    bands: tuple[Agreement, ...]
    terms: Adherence
    consistency: Consistency
    drifted: tuple[int, ...]
    findings: tuple[Finding, ...]
    rows: tuple[SegmentScore, ...]
    warnings: tuple[str, ...]
    unfinished: Unfinished


def score(
    job: Sequence[Pair],
    store: Store,
    concepts: Sequence[Concept],
    direction: Direction,
    *,
    files: Collection[str] = (),
) -> Report:
    """Score new translations against a memory and a glossary.

    Args:
        job: sources and their new translations, in order; those whose unit is not finished are counted and
            left out.
        store: the memory.
        concepts: the glossary; may be empty.
        direction: from which language into which.
        files: names of the job's files. Units that came from them are left out: they would agree with
            themselves.
    """
    names = {file_name(name) for name in files}
    job = list(job)
    not_scored = unfinished(pair for pair in job if pair.unit)
    checked = Job.of(job, direction, concepts)
    numbers = [number for number, pair in enumerate(job, 1) if pair.unit is None or is_examined(pair)]
    job = [job[number - 1] for number in numbers]
    lookups = look_up(job, store, direction, files=names)
    findings = tuple(examine(checked))
    uses = [
        uses
        for translation, uses in zip(checked.translations, checked.term_uses, strict=True)
        if not translation.form
    ]
    groups = [_Group(band, indexes, job, lookups, direction.target) for band, indexes in _groups(lookups)]
    coverage = count_bands(
        (pair.source for pair in job), (lookup.band for lookup in lookups), direction.source
    )
    rows = _rows(numbers, job, lookups, groups, uses, findings, direction.target)
    agreement, *bands = (group.agreement() for group in groups)
    warnings = [*_about_memory(store, names), *_about(agreement)]
    if agreement.segments:
        warnings += _about_varieties(store, direction.target)
    return Report(
        direction.source,
        direction.target,
        len(job),
        coverage,
        _leverage(coverage),
        agreement,
        tuple(bands),
        _adherence(uses),
        consistency(job, [lookup.references for lookup in lookups], numbers),
        tuple(row.number for row in rows if row.drift is not None and row.drift >= LEFT),
        findings,
        rows,
        tuple(warnings),
        not_scored,
    )


def _groups(lookups: Sequence[Known]) -> list[tuple[str, list[int]]]:
    """Bands with the indexes of their segments: first the headline's, even without any, then bands that have
    some."""
    exact = [index for index, lookup in enumerate(lookups) if lookup.references]
    fuzzy: dict[str, list[int]] = {band: [] for band in BANDS}
    for index, lookup in enumerate(lookups):
        if lookup.match and not lookup.references:
            fuzzy[lookup.band].append(index)
    return [("exact", exact), *((band, indexes) for band, indexes in fuzzy.items() if indexes)]


class _Group:
    """Segments that are measured together, and what was measured."""

    def __init__(
        self, band: str, indexes: Sequence[int], job: Sequence[Pair], lookups: Sequence[Known], target: str
    ) -> None:
        self.band = band
        self.indexes = indexes
        self.translations = [job[index].target.text for index in indexes]
        self.references = [_references(lookups[index]) for index in indexes]
        self.measured = _measure(self.translations, self.references, target) if indexes else []
        self.folded = self._fold(target)

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
            [(figure.statistics, figure.metric.of_sums) for figure in figures]
            + ([(np.array(hits), formulas.share)] if hits else [])
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
            _share_score("identical", hits, bounds[-1]) if hits and self.band == "exact" else None,
        )


def _references(lookup: Known) -> tuple[str, ...]:
    """What a translation is compared with: the memory's of the same source, or that of the best match."""
    return lookup.references or ((nfc(lookup.match.target),) if lookup.match else ())


def _measure(translations: Sequence[str], references: Sequence[Sequence[str]], target: str) -> list[Measured]:
    return [measure(metric, translations, references, target) for metric in metrics()]


def _share_score(name: str, counts: Sequence[Sequence[float]], ends: tuple[float, float] | None) -> Score:
    value = float(formulas.share(np.array([np.sum(counts, axis=0)]))[0])
    return _score(name, value, f"{name}|text:nfc|version:ponte-tm-{__version__}", ends, len(counts))


def _score(name: str, value: float, signature: str, ends: tuple[float, float] | None, segments: int) -> Score:
    low, high = ends or (None, None)
    return Score(name, value, signature, low, high, segments)


def _adherence(uses: Sequence[Sequence[TermUse]]) -> Adherence:
    counts = [
        [float(sum(use.kept for use in of_one)), float(sum(use.wanted for use in of_one))]
        for of_one in uses
        if of_one
    ]
    kept, total = (int(sum(column)) for column in zip(*counts, strict=True)) if counts else (0, 0)
    if not total:
        return Adherence(None, 0, 0, by_concept(uses))
    (ends,) = uncertainty.intervals([(np.array(counts), formulas.share)])
    return Adherence(_share_score("terms", counts, ends), kept, total, by_concept(uses))


def _rows(
    numbers: Sequence[int],
    job: Sequence[Pair],
    lookups: Sequence[Known],
    groups: Sequence[_Group],
    uses: Sequence[Sequence[TermUse]],
    findings: Sequence[Finding],
    target: str,
) -> tuple[SegmentScore, ...]:
    scores: dict[int, dict[str, float]] = {}
    for group in groups:
        for place, index in enumerate(group.indexes):
            scores[index] = {figure.metric.key: figure.segments[place] for figure in group.measured}
    by_segment: dict[int, list[Finding]] = {}
    for finding in findings:
        by_segment.setdefault(finding.segment, []).append(finding)
    return tuple(
        SegmentScore(
            numbers[index],
            pair.source.text,
            pair.target.text,
            lookup.match.percent if lookup.match else 0,
            lookup.band,
            bool(lookup.references),
            lookup.match.pair.source.text if lookup.match else "",
            lookup.match.edits if lookup.match else (),
            _references(lookup),
            scores.get(index, {}),
            is_identical(pair.target.text, _references(lookup)),
            drift(pair, lookup.match, target) if lookup.match else None,
            tuple(uses[index]),
            tuple(by_segment.get(numbers[index], ())),
        )
        for index, (pair, lookup) in enumerate(zip(job, lookups, strict=True))
    )


def _leverage(coverage: Sequence[BandCount]) -> float:
    words = sum(count.words for count in coverage)
    matched = sum(count.words for count in coverage if count.band not in ("50–74", "new"))
    return matched / words if words else 0.0


def _about_memory(store: Store, names: Collection[str]) -> list[str]:
    return [
        f"{change.name} was itself added to this memory (change {change.number}): its units agree with themselves"
        for change in store.log()
        if change.action == "add" and file_name(change.name) in names
    ]


def _about_varieties(store: Store, target: str) -> list[str]:
    """References in another variety of the language cost a translation points that it deserves."""
    tags = [bcp47.canonical(tag) for tag in store.languages()]
    served = bcp47.choose(target, tags) or ""
    if bcp47.is_other_variety(served, target):
        return [
            f"the memory's translations are {served}, those of the job {target}: varieties differ in words"
        ]
    return []


def _about(agreement: Agreement) -> list[str]:
    few = (
        f"the memory has only {agreement.segments} of the sources exactly; "
        f"below {uncertainty.FEW} the figures depend on which ones"
    )
    if not agreement.segments:
        return ["no segment of the job is in the memory: there is nothing to agree with"]
    return [few] if agreement.segments < uncertainty.FEW else []
