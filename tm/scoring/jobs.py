"""The score of a job: everything that memory, glossary and checks have to say about new translations.

1. ``score`` leaves out what is not finished, and of the memory what was made of the job
   (``provenance.provenances``), and looks the segments up (``coverage.look_up``).
2. ``groups.groups_of`` puts segments together that are measured together.
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

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tm import bcp47
from tm.checks.check import Job, examine
from tm.formats.states import is_examined, unfinished
from tm.language import nfc
from tm.memory.leverage import count_bands
from tm.progress import unwatched
from tm.scoring import formulas, uncertainty
from tm.scoring.adherence import by_concept
from tm.scoring.agreement import consistency, drift, is_identical
from tm.scoring.coverage import look_up
from tm.scoring.groups import groups_of, references_of, share_score
from tm.scoring.provenance import OtherUnits, file_name, provenances
from tm.scoring.report import Adherence, Report, SegmentScore
from tm.scoring.uncertainty import Figure
from tm.store.meant import MeantUnits

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tm.direction import Direction
    from tm.memory.leverage import BandCount
    from tm.model import Concept, Finding, Pair
    from tm.progress import Progress
    from tm.scoring.agreement import Drift
    from tm.scoring.coverage import Known
    from tm.scoring.groups import Group
    from tm.scoring.provenance import Provenance
    from tm.scoring.report import Agreement
    from tm.store import Store
    from tm.terminology.use import TermUse


def score(
    job: Sequence[Pair],
    store: Store,
    concepts: Sequence[Concept],
    direction: Direction,
    *,
    files: Collection[str] = (),
    with_own: bool = False,
    references: Sequence[Sequence[str]] | None = None,
    reference_files: Sequence[str] = (),
    progress: Progress = unwatched,
) -> Report:
    """Score new translations against a memory and a glossary.

    Args:
        job: sources and their new translations, in order; those whose unit is not finished are counted and
            left out.
        store: the memory.
        concepts: the glossary; may be empty.
        direction: from which language into which.
        files: names of the job's files. Units that were made of the job are left out: they would agree
            with themselves (``provenance.py``).
        with_own: leave none out.
        references: of each pair, () for none; None = the memory's translations of its source.
        reference_files: where those come from.
        progress: takes the segments as they are looked up, then parts of them as they are checked; each with
            their number.
    """
    job = list(job)
    not_scored = unfinished(job)
    numbers = [number for number, pair in enumerate(job, 1) if is_examined(pair)]
    checked = _to_be_checked(job, numbers, direction, concepts)
    job = [job[number - 1] for number in numbers]
    made_of_job = [] if with_own else provenances(job, store, direction, set(map(file_name, files)))
    lookups = look_up(job, _without(store, made_of_job), direction, progress)
    if references is not None:
        lookups = _with_references(lookups, [references[number - 1] for number in numbers])
    findings = tuple(examine(checked, progress=progress))
    uses = [
        uses
        for translation, uses in zip(checked.translations, checked.term_uses, strict=True)
        if not translation.form
    ]
    groups = groups_of(job, lookups, direction.target)
    coverage = count_bands(
        (pair.source for pair in job), (lookup.band for lookup in lookups), direction.source
    )
    drifts = [drift(pair, lookup.rivals, direction.target) for pair, lookup in zip(job, lookups, strict=True)]
    rows = _rows(numbers, job, lookups, groups, uses, findings, drifts)
    agreement, *bands = (group.agreement() for group in groups)
    warnings = [*_about_memory(made_of_job), *_about(agreement, given=references is not None)]
    warnings += _about_varieties(lookups, direction.target)
    origins = [part for group in groups for part in group.by_origin(lookups)]
    left_out = tuple(each for each in made_of_job if each.left_out)
    return Report(
        source=direction.source,
        target=direction.target,
        segments=len(job),
        coverage=coverage,
        leverage=_leverage(coverage),
        agreement=agreement,
        bands=tuple(bands),
        terms=_adherence(uses, len(concepts)),
        consistency=consistency(job, [lookup.in_memory for lookup in lookups], numbers),
        drifted=tuple(
            number for number, drift in zip(numbers, drifts, strict=True) if drift and drift.has_left
        ),
        findings=findings,
        rows=rows,
        warnings=tuple(warnings),
        unfinished=not_scored,
        provenances=left_out,
        passed_over=sum(each.units for each in left_out),
        origins=tuple(origins) if len({each.origin for each in origins}) > 1 else (),
        is_machine=_is_machine(job),
        reference_files=tuple(reference_files),
    )


def _with_references(lookups: Sequence[Known], references: Sequence[Sequence[str]]) -> list[Known]:
    return [
        replace(lookup, given=tuple(dict.fromkeys(map(nfc, texts))))
        for lookup, texts in zip(lookups, references, strict=True)
    ]


def _is_machine(job: Sequence[Pair]) -> bool:
    machine = sum(pair.unit is not None and pair.unit.property("x-origin") == "machine" for pair in job)
    return machine > len(job) / 2


def _to_be_checked(
    job: Sequence[Pair], numbers: Sequence[int], direction: Direction, concepts: Sequence[Concept]
) -> Job:
    """What is scored is checked, and nothing else."""
    whole = Job.of(job, direction, concepts)
    scored = set(numbers)
    return replace(whole, translations=[each for each in whole.translations if each.number in scored])


def _without(store: Store, made_of_job: Sequence[Provenance]) -> Store:
    """The memory without the units that are left out."""
    if not any(each.left_out for each in made_of_job):
        return store
    return MeantUnits(store, OtherUnits(made_of_job)).store


def _adherence(uses: Sequence[Sequence[TermUse]], glossary: int) -> Adherence:
    counts = [
        [float(sum(use.kept for use in of_one)), float(sum(use.wanted for use in of_one))]
        for of_one in uses
        if of_one
    ]
    kept, total = (int(sum(column)) for column in zip(*counts, strict=True)) if counts else (0, 0)
    if not total:
        return Adherence(None, 0, 0, by_concept(uses), glossary)
    (ends,) = uncertainty.intervals([Figure(np.array(counts), formulas.share, "share")])
    return Adherence(share_score("terms", counts, ends), kept, total, by_concept(uses), glossary)


def _rows(
    numbers: Sequence[int],
    job: Sequence[Pair],
    lookups: Sequence[Known],
    groups: Sequence[Group],
    uses: Sequence[Sequence[TermUse]],
    findings: Sequence[Finding],
    drifts: Sequence[Drift | None],
) -> tuple[SegmentScore, ...]:
    scores: dict[int, dict[str, float]] = {}
    for group in groups:
        for place, index in enumerate(group.indexes):
            scores[index] = scores.get(index) or {
                figure.metric.key: figure.segments[place] for figure in group.measured
            }
    by_segment: dict[int, list[Finding]] = {}
    for finding in findings:
        by_segment.setdefault(finding.segment, []).append(finding)
    return tuple(
        SegmentScore(
            number=numbers[index],
            source=pair.source.text,
            translation=pair.target.text,
            percent=lookup.match.percent if lookup.match else 0,
            band=lookup.band,
            exact=bool(lookup.references),
            stored_source=lookup.match.pair.source.text if lookup.match else "",
            edits=lookup.match.edits if lookup.match else (),
            references=references_of(lookup),
            scores=scores.get(index, {}),
            identical=is_identical(pair.target.text, references_of(lookup)),
            drift=left.distance if left else None,
            terms=tuple(uses[index]),
            findings=tuple(by_segment.get(numbers[index], ())),
        )
        for index, (pair, lookup, left) in enumerate(zip(job, lookups, drifts, strict=True))
    )


def _leverage(coverage: Sequence[BandCount]) -> float:
    words = sum(count.words for count in coverage)
    matched = sum(count.words for count in coverage if count.band not in ("50–74", "new"))
    return matched / words if words else 0.0


def _about_memory(made_of_job: Sequence[Provenance]) -> list[str]:
    return [
        f"change {each.change} ({each.file}) brought {each.units} units, and {each.segments} segments of the job"
        f' are the same; if it was the job, leave it out: --where "change!={each.change}"'
        for each in made_of_job
        if not each.left_out
    ]


def _about_varieties(lookups: Sequence[Known], target: str) -> list[str]:
    """Translations of the memory in another variety cost a translation points that it deserves."""
    served = [_variety(lookup, target) for lookup in lookups if lookup.rivals]
    others = Counter(tag for tag in served if bcp47.is_other_variety(tag, target))
    if not others:
        return []
    tags = ", ".join(others)
    of = "" if others.total() == len(served) else f"in {others.total()} of {len(served)} segments "
    return [f"{of}the memory's translations are {tags}, those of the job {target}: varieties differ in words"]


def _variety(lookup: Known, target: str) -> str:
    variant = lookup.rivals[0].unit.variant(target)
    return bcp47.canonical(variant.language) if variant else target


def _about(agreement: Agreement, *, given: bool) -> list[str]:
    if not agreement.segments:
        nothing = "no segment has a reference" if given else "no segment of the job is in the memory"
        return [f"{nothing}: there is nothing to agree with"]
    which = (
        f"{agreement.segments} segments have a reference"
        if given
        else (f"the memory has only {agreement.segments} of the sources exactly")
    )
    few = f"{which}; below {uncertainty.FEW} the figures depend on which ones"
    return [few] if agreement.segments < uncertainty.FEW else []
