"""What the score of a job says: the values of a report. ``jobs.py`` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.formats.states import Unfinished
    from tm.memory.leverage import BandCount
    from tm.model import Edit, Finding, Score
    from tm.scoring.adherence import ConceptUse
    from tm.scoring.agreement import Consistency
    from tm.scoring.provenance import Provenance
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
        origin: what made the memory's units, "" for all of them.
    """

    band: str
    segments: int
    scores: dict[str, Score]
    folded: dict[str, Score]
    identical: Score | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Adherence:
    """Translations against the glossary.

    Attributes:
        score: the share of the terms in the sources that the translations render as the glossary says; None
            without any.
        kept: how many those are.
        wanted: of how many.
        concepts: each concept that occurs.
        glossary: how many concepts the glossary has.
    """

    score: Score | None
    kept: int
    wanted: int
    concepts: tuple[ConceptUse, ...]
    glossary: int = 0


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
        provenances: units of the memory that are the job's own; the score was taken without them.
        passed_over: how many units those are.
        origins: the headline's segments, then each band's, by what made the memory's unit, where units of
            several origins were found.
        is_machine: whether a machine made most of the translations, as their file says.
        reference_files: whose texts the headline stands on; () when it is the memory's.
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
    provenances: tuple[Provenance, ...] = ()
    passed_over: int = 0
    origins: tuple[Agreement, ...] = ()
    is_machine: bool = False
    reference_files: tuple[str, ...] = ()
