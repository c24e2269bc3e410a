"""How much of a job the memories know: files to counts in bands, with the words that are paid for.

1. ``analyze`` reads the files that are named (``find_inputs``, ``read_segments``), one by one, and decides
   the direction over all.
2. A file without a text in the source language is left out (``pretranslation.check_source``), like one that
   is broken.
3. ``_counted`` puts each segment of the rest into its band (``tm.memory.leverage.analyse``) and adds up each
   file.

Every segment counts, whether the file has a translation of it or not; how many are not finished is counted
beside. What is not to be translated (``translate="no"``) and what is obsolete is no work, and left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.formats import Account, states
from tm.formats.parts import parts
from tm.memory.leverage import analyse, count_bands, parse_rates, summed, weighted_words
from tm.model import Pair, Segment, Unit, Variant
from tm.progress import Progress, unwatched
from tm.store.protocol import listed
from tm.work.inputs import Rejects, find_inputs
from tm.work.memories import direction_in, languages_of, sources_in
from tm.work.pretranslation import check_source, queries, read_segments

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tm.errors import TMError
    from tm.memory import Query
    from tm.memory.leverage import BandCount, Known
    from tm.store import Store

_File = tuple[str, list[Unit]]
"""A path with its units."""


@dataclass(frozen=True, slots=True)
class FileAnalysis:
    """A file of a job, or all of them together.

    Attributes:
        path: the file; "" for all.
        bands: every band with what lies in it, best first, empty ones too.
        weighted_words: the words of each band at its rate.
        unfinished: how many of the segments wait for a translation, are drafts or were rejected.
    """

    path: str
    bands: tuple[BandCount, ...]
    weighted_words: float
    unfinished: states.Unfinished = field(default_factory=states.Unfinished)

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Segments, words and characters of all bands."""
        return (
            sum(band.segments for band in self.bands),
            sum(band.words for band in self.bands),
            sum(band.characters for band in self.bands),
        )


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a job.

    Attributes:
        direction: from which language into which.
        rates: what a word of each band counts.
        files: in order.
        total: all files together.
        internal: segments most like one that stands before them in the job.
        left_out: the error of each file that could not be used.
        passed_over: files of folders that no format reads.
    """

    direction: Direction
    rates: Mapping[str, float]
    files: tuple[FileAnalysis, ...]
    total: FileAnalysis
    internal: int = 0
    left_out: tuple[TMError, ...] = ()
    passed_over: tuple[str, ...] = ()


def analyze(
    paths: Sequence[str | os.PathLike[str]],
    stores: Store | Sequence[Store],
    asked: Direction = UNDECIDED,
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
    rates: str | Mapping[str, float] = "",
    internal_fuzzy: bool = False,
    progress: Progress = unwatched,
) -> Analysis:
    """Count how much of a job the memories know.

    Args:
        paths: files, and folders that are searched for them.
        stores: an open memory, or several that are searched as one.
        asked: from which language into which; a side that is not said is the file's, else the memory's.
        format: of all files; "" = by the extension.
        encoding: of all files; "" = found.
        rates: what a word counts, ``{"100": 0.2, "new": 1}`` or ``"100=0.2,new=1"``; others as usual
            (``leverage.RATES``).
        internal_fuzzy: whether a segment may also be like one that stands before it in the job.
        progress: takes the pieces of each file as they are read, then the segments as they are looked up, and their number.

    Raises:
        OptionError: an option makes no sense, or nothing is there to be read.
        FormatError: no file can be used, or the memories lack the languages.

    >>> import pathlib, tempfile
    >>> from tm.store import open_store
    >>> with tempfile.TemporaryDirectory() as folder, open_store(":memory:", create=True) as store:
    ...     pair = Variant("fr", Segment("Le pain est prêt.")), Variant("pt", Segment("O pão está pronto."))
    ...     _ = store.add([Unit(pair)])
    ...     _ = pathlib.Path(folder, "menu.txt").write_text("Le pain est prêt.\\nBon appétit !\\n")
    ...     analysis = analyze([folder], store)
    >>> [(band.band, band.words) for band in analysis.total.bands if band.words]
    [('100', 4), ('new', 2)]
    >>> analysis.total.weighted_words
    2.4
    """
    weights = _rates(rates)
    memories = listed(stores)
    inputs = find_inputs(paths, "read_units", "read_document", format=format)
    rejects = Rejects(len(inputs.files))
    sources = sources_in(memories, asked.target)
    jobs: list[_File] = []
    account = Account()
    for path in inputs.paths:
        with rejects.catch():
            jobs.append(
                (
                    path,
                    read_segments(
                        path,
                        direction=Direction(asked.source),
                        format=format,
                        encoding=encoding,
                        known=sources,
                        account=account,
                        progress=progress,
                    ),
                )
            )
    written = languages_of(unit for _, units in jobs for unit in units)
    direction = direction_in(memories, asked, [*written, *account.languages])
    usable: list[_File] = []
    for path, units in jobs:
        with rejects.catch():
            check_source(path, units, direction.source, said=bool(asked.source))
            usable.append((path, units))
    analysis = _counted(
        usable, memories, direction, weights, internal_fuzzy=internal_fuzzy, progress=progress
    )
    return replace(analysis, left_out=tuple(rejects.errors), passed_over=inputs.passed_over)


def analyze_texts(
    texts: Iterable[str | Segment],
    stores: Store | Sequence[Store],
    asked: Direction = UNDECIDED,
    *,
    rates: str | Mapping[str, float] = "",
    internal_fuzzy: bool = False,
) -> Analysis:
    """The same for texts in memory, a segment each.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     pair = Variant("fr", Segment("Le pain est prêt.")), Variant("pt", Segment("O pão está pronto."))
    ...     _ = store.add([Unit(pair)])
    ...     analysis = analyze_texts(["Le pain est prêt.", "Bon appétit !"], store)
    >>> analysis.total.weighted_words
    2.4
    """
    weights = _rates(rates)
    memories = listed(stores)
    direction = direction_in(memories, asked)
    sides = [Segment(text) if isinstance(text, str) else text for text in texts]
    units = [Unit((Variant(direction.source, segment),)) for segment in sides]
    return _counted([("", units)], memories, direction, weights, internal_fuzzy=internal_fuzzy)


def _rates(rates: str | Mapping[str, float]) -> dict[str, float]:
    """All rates; those that are not given as usual."""
    return parse_rates(
        rates if isinstance(rates, str) else ",".join(f"{name}={rate}" for name, rate in rates.items())
    )


def _is_no_work(unit: Unit) -> bool:
    """Whether nobody is to translate the unit."""
    return states.is_locked(unit) or states.state_of(unit) == "obsolete"


def _counted(
    jobs: Sequence[_File],
    stores: Sequence[Store],
    direction: Direction,
    rates: Mapping[str, float],
    *,
    internal_fuzzy: bool,
    progress: Progress = unwatched,
) -> Analysis:
    """Look all segments up, then add up the bands of each file."""
    asked = [list(_texts(units, direction.source)) for _, units in jobs]
    steps = analyse(asked, stores, direction, internal_fuzzy=internal_fuzzy)
    matched: list[Known] = list(progress(steps, sum(map(len, asked))))
    bands = iter(segment.band for segment in matched)
    counts = [
        count_bands((query.segment for query in file), islice(bands, len(file)), direction.source)
        for file in asked
    ]
    files = tuple(
        FileAnalysis(path, count, weighted_words(count, rates), _unfinished(units, direction))
        for (path, units), count in zip(jobs, counts, strict=True)
    )
    total = summed(counts)
    unfinished = _unfinished((unit for _, units in jobs for unit in units), direction)
    return Analysis(
        direction,
        rates,
        files,
        FileAnalysis("", total, weighted_words(total, rates), unfinished),
        sum(segment.internal for segment in matched),
    )


def _texts(units: Sequence[Unit], source: str) -> Iterator[Query]:
    """What there is to translate; what is not read is still the context of what stands behind it."""
    work = (not _is_no_work(unit) for unit in units for _ in parts(unit))
    for query, is_work in zip(queries(units, source), work, strict=True):
        if is_work and (query.segment.text or query.segment.codes):
            yield query


def _unfinished(units: Iterable[Unit], direction: Direction) -> states.Unfinished:
    """How many texts of the units are not finished."""
    pairs = []
    for part in (part for unit in units for part in parts(unit)):
        source = part.variant(direction.source)
        pair = part.pair(direction.source, direction.target)
        if source:
            pairs.append(Pair(source.segment, pair.target if pair else Segment(""), unit=part))
    return states.unfinished(pairs)
