"""How much of a job the memory knows already: each segment's best match, in the bands that translators are
paid by.

1. ``analyse`` finds the best match of each segment in the memory (``matching.find_all``), and, if asked for,
   among the segments before it (``_internal``).
2. ``Repetitions`` tells which segments the job had before; ``band`` names the band.
3. ``count_bands`` counts segments, words and characters of each band, ``summed`` adds files up.
4. ``weighted_words`` counts the words at the rates of their bands; ``parse_rates`` reads such rates.

>>> from tm.memory.query import Query
>>> from tm.direction import Direction
>>> from tm.store import open_store
>>> job = [Segment("Le pont est fermé."), Segment("Le pont est ouvert."), Segment("Le pont est fermé.")]
>>> with open_store(":memory:", create=True) as store:
...     store.add([Unit((Variant("fr", job[0]), Variant("pt", Segment("A ponte está fechada."))))]).added
...     analysed = list(analyse([list(map(Query, job))], store, Direction("fr", "pt")))
1
>>> bands = [analysis.band for analysis in analysed]
>>> bands, round(weighted_words(count_bands(job, bands, "fr"), RATES), 1)
(['100', '75–84', '100'], 3.6)
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import language
from tm.errors import OptionError
from tm.memory.matching import find_all
from tm.memory.similarity import likeness, same
from tm.model import Segment, Unit, Variant
from tm.store import Texts
from tm.store.addresses import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tm.direction import Direction
    from tm.memory.query import Query
    from tm.store.protocol import Hits, Store, Stores

REPETITIONS, CROSS_FILE = "repetitions", "cross-file repetitions"

BANDS = ("102", "101", "100", REPETITIONS, CROSS_FILE, "95–99", "85–94", "75–84", "50–74", "new")
"""Bands of matches by percent, best first. A repetition is a segment that the job had before and the memory
does not have at 100; it is a cross-file repetition when only another file of the job had it before."""

LEAST = 50
"""The least percent of a match; the words that less similar segments share are chance."""

_LEAST_OF_BANDS = ((95, "95–99"), (85, "85–94"), (75, "75–84"), (LEAST, "50–74"))

RATES = dict(zip(BANDS, (0.0, 0.0, 0.1, 0.1, 0.1, 0.3, 0.5, 0.7, 1.0, 1.0), strict=True))
"""What a word of each band counts against a new word, where nothing else is agreed. A match in its context is
taken as it is, a match of 100 is read through, and below 75 translating anew is as quick."""

_SHORT = dict(
    zip(("102", "101", "100", REPETITIONS, "cross-file", "95", "85", "75", "50", "new"), BANDS, strict=True)
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the memory knows of one segment of a job.

    Attributes:
        band: one of ``BANDS``.
        percent: of the best match, 0 below ``LEAST``.
        internal: whether that match is an earlier segment of the job rather than a unit of the memory.
    """

    band: str
    percent: int
    internal: bool = False


@dataclass(frozen=True, slots=True)
class BandCount:
    """How much of the job lies in a band: segments, words and characters (of the NFC text) of the source."""

    band: str
    segments: int = 0
    words: int = 0
    characters: int = 0


def analyse(
    files: Sequence[Sequence[Query]],
    stores: Stores,
    direction: Direction,
    *,
    internal_fuzzy: bool = False,
) -> Iterator[Known]:
    """What is known of each segment, file after file.

    Args:
        files: the segments of each file of the job, in order.
        stores: a memory, or several that are searched as one.
        direction: from which language into which.
        internal_fuzzy: whether a segment may also match an earlier segment of the job. Where that is the
            better match it decides the band.

    >>> from tm.direction import Direction
    >>> from tm.memory.query import Query
    >>> from tm.store import open_store
    >>> files = [[Query(Segment("Oui.")), Query(Segment("Oui."))], [Query(Segment("Oui."))]]
    >>> with open_store(":memory:", create=True) as store:
    ...     [known.band for known in analyse(files, store, Direction("fr", "pt"))]
    ['new', 'repetitions', 'cross-file repetitions']
    """
    queries = [query for file in files for query in file]
    file_numbers = [number for number, file in enumerate(files) for _ in file]
    repetitions = Repetitions()
    internal_percents = _internal(queries, direction.source) if internal_fuzzy else (0 for _ in queries)
    all_matches = find_all(stores, queries, direction, minimum=LEAST, limit=1, with_edits=False)
    for query, file_number, matches, internal in zip(
        queries, file_numbers, all_matches, internal_percents, strict=True
    ):
        percent = matches[0].percent if matches else 0
        repeated = repetitions.take(query.segment, file_number)
        best = max(percent, internal)
        yield Known(band(best, repeated), best, internal=internal > percent)


def band(percent: int, repeated: str = "") -> str:
    """The band of a segment whose best match has this percent.

    Args:
        percent: 0–102, 0 when there is none.
        repeated: the band of repetitions it belongs to, "" when it is none.

    >>> band(101, REPETITIONS), band(99, REPETITIONS), band(84), band(0)
    ('101', 'repetitions', '75–84', 'new')
    """
    if percent >= 100:
        return str(percent)
    return repeated or next((name for least, name in _LEAST_OF_BANDS if percent >= least), "new")


class Repetitions:
    """The segments that a job had so far. Two are equal when they are 100 percent alike.

    >>> repetitions = Repetitions()
    >>> [repetitions.take(Segment("Oui."), file) for file in ("a.po", "a.po", "b.po")]
    ['', 'repetitions', 'cross-file repetitions']
    """

    def __init__(self) -> None:
        """None yet."""
        self._seen: dict[str, list[tuple[Segment, set[object]]]] = {}

    def take(self, segment: Segment, file: object) -> str:
        """Which repetition the next segment of a file is: ``REPETITIONS``, ``CROSS_FILE`` or "" for none."""
        same_text = self._seen.setdefault(language.nfc(segment.text), [])
        files = next((files for earlier, files in same_text if same(earlier, segment)), None)
        if files is None:
            same_text.append((segment, {file}))
            return ""
        repeated = REPETITIONS if file in files else CROSS_FILE
        files.add(file)
        return repeated


def _internal(queries: Sequence[Query], source: str) -> Iterator[int]:
    """For each segment the percent of the best match among earlier segments; its repetitions do not count."""
    with open_store(":memory:", create=True) as store:
        # Of equal segments the store keeps the first.
        store.add(
            Unit((Variant(source, query.segment),), (("tuid", str(position)),))
            for position, query in enumerate(queries)
        )
        texts = Texts([query.segment for query in queries], source)
        all_hits = store.similar(texts, source, LEAST / 100)
        for position, (query, hits) in enumerate(zip(queries, all_hits, strict=True)):
            yield _best_before(position, query.segment, store, hits, source)


def _best_before(position: int, segment: Segment, store: Store, hits: Hits, source: str) -> int:
    best = 0
    for base, unit_number in hits:
        if 100 * base <= best:
            break
        for unit in store.fetch([unit_number]):
            earlier = unit.variants[0].segment
            if int(dict(unit.attributes)["tuid"]) < position and not same(earlier, segment):
                best = max(best, likeness(earlier, segment, source).percent)
    return best if best >= LEAST else 0


def count_bands(segments: Iterable[Segment], bands: Iterable[str], source: str) -> tuple[BandCount, ...]:
    """Every band with what lies in it, empty ones too.

    Args:
        segments: of the job, in the source language.
        bands: of each.
        source: language tag.

    >>> from tm.model import Segment
    >>> count_bands([Segment("Deux mots"), Segment("Non")], ["100", "new"], "fr")[2]
    BandCount(band='100', segments=1, words=2, characters=9)
    """
    totals = {band: [0, 0, 0] for band in BANDS}
    for segment, name in zip(segments, bands, strict=True):
        sizes = (1, language.word_count(segment.text, source), len(language.nfc(segment.text)))
        totals[name] = [total + size for total, size in zip(totals[name], sizes, strict=True)]
    return tuple(BandCount(name, *total) for name, total in totals.items())


def summed(files: Iterable[Sequence[BandCount]]) -> tuple[BandCount, ...]:
    """The bands of several files together.

    >>> summed([[BandCount("new", 1, 2, 9)], [BandCount("new", 2, 3, 15)]])
    (BandCount(band='new', segments=3, words=5, characters=24),)
    """
    return tuple(
        BandCount(
            counts[0].band,
            sum(count.segments for count in counts),
            sum(count.words for count in counts),
            sum(count.characters for count in counts),
        )
        for counts in zip(*files, strict=True)
    )


def weighted_words(counts: Iterable[BandCount], rates: Mapping[str, float]) -> float:
    """The words of all bands, each counted at its band's rate.

    >>> weighted_words([BandCount("100", words=10), BandCount("new", words=5)], RATES)
    6.0
    """
    return sum(count.words * rates[count.band] for count in counts)


def parse_rates(text: str) -> dict[str, float]:
    """The rates of all bands; bands that the text does not name have those of ``RATES``.

    Args:
        text: ``NAME=RATE`` with commas between; a name is a band, ``cross-file``, or the least percent of a
            band.

    Raises:
        OptionError: no such band, or no rate; says what would be.

    >>> rates = parse_rates("95=0.25,new=1.1")
    >>> rates["95–99"], rates["new"], rates["100"]
    (0.25, 1.1, 0.1)
    """
    rates = dict(RATES)
    for part in filter(str.strip, text.split(",")):
        name, _, number = (side.strip() for side in part.partition("="))
        band_name = _SHORT.get(name, name.replace("-", "–") if name[:1].isdigit() else name)
        if band_name not in rates:
            raise OptionError(f"{name!r} is no band; known are: {', '.join(_SHORT)}")
        try:
            rates[band_name] = float(number)
        except ValueError:
            rates[band_name] = math.nan
        if not 0 <= rates[band_name] < math.inf:
            raise OptionError(f"{part.strip()!r} is no rate; NAME=RATE was expected, such as {name}=0.3")
    return rates
