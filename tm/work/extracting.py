"""The terms of translations, or of texts in one language: what ``tm terms extract`` does.

1. ``texts_for_terms`` takes the sentence pairs of files, else of a memory; of documents their sentences.
2. ``_decisions`` reads what is decided already.
3. ``_candidates`` finds the terms, and ``_written`` writes a glossary of them, every decision kept.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tm.choices import check_count, check_share
from tm.direction import UNDECIDED, Direction
from tm.formats import look_up, read_concepts, write_concepts
from tm.language import fold
from tm.progress import unwatched
from tm.terminology import is_decided, merge, one_language
from tm.work.extraction_texts import texts_for_terms
from tm.work.glossary import pairs_of
from tm.work.glossary_file import change_glossary, glossary_beside, read_decisions
from tm.work.kept_terms import check_languages, terms_of_memory
from tm.work.workers import working

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.errors import TMError
    from tm.files import AnyPath
    from tm.model import Concept
    from tm.progress import Progress
    from tm.shelves import Each
    from tm.work.extraction_texts import ExtractionTexts
    from tm.work.glossary import TermPair

_EXCLUDED = ("rejected", "forbidden")

_SECOND = 2.5
"""What a second translation loses of its prominence: the first 1,000 pairs of a medical corpus whose source term
a glossary has had the glossary's translation in 84 % without, in 90 % with it."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The terms of translations, or of texts in one language.

    Attributes:
        direction: from which language into which; of texts in one language the target is as asked for.
        pair_count: how many sentence pairs there were, or sentences.
        concepts: the glossary, best first, with every decision.
        terms: the pairs of terms that are not rejected or forbidden, the most prominent first; without a
            translation beside an empty one.
        written: how many concepts the file got; None when none was to be written.
        files: how many there were.
        left_out: the errors of files that could not be read.
        is_one_language: whether the texts had no translation.
    """

    direction: Direction
    pair_count: int
    concepts: tuple[Concept, ...]
    terms: tuple[TermPair, ...]
    written: int | None = None
    files: int = 0
    left_out: tuple[TMError, ...] = ()
    is_one_language: bool = False


def extract_terms(
    paths: Sequence[AnyPath] = (),
    memory: AnyPath = "",
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    glossary: AnyPath = "",
    min_confidence: float | None = None,
    limit: int | None = None,
    out: AnyPath = "",
    out_format: str = "",
    workers: str = "",
    progress: Progress = unwatched,
) -> Extracted:
    """The terms of files of translations, or of a memory, and a glossary of them where ``out`` names one.

    Args:
        paths: files and folders of units, "-"; documents, for the terms of one language; none = the memory
            is taken.
        memory: its address.
        asked: the languages; a side that is "" is as the units, or the texts, say.
        format: a format's name for all files; "" = by the extension.
        glossary: a file whose decisions count; without one that beside the memory, when the memory is taken.
        min_confidence: the confidence below which nothing is listed, 0–1; None = by the texts
            (``termhood.bound``), in one language ``one_language.LEAST``.
        limit: of concepts and of pairs of terms the best so many; None = all.
        out: a glossary to write, "-" is stdout; what was decided in it is kept.
        out_format: its format's name; "" = by the extension.
        workers: what extracts the blocks of many units, see ``tm.work.workers``; "" = this process. The terms
            are the same.
        progress: takes the units as they are read, and their number; of files see
            ``tm.work.extraction_texts``.

    Raises:
        OptionError: a confidence or a limit that makes no sense, a folder without translations, or an
            output that is one of the files.
        FormatError: no file can be read, or none has these languages.
        StoreError: the memory cannot be used.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("fr", "pt", sep="\\t", file=file)
    ...     print("Il vend des fours à pain.", "Ele vende fornos de pão.", sep="\\t", file=file, flush=True)
    ...     extracted = extract_terms([file.name])
    >>> [(term.text, translation.text) for term, translation in extracted.terms]
    [('four à pain', 'forno de pão'), ('pain', 'pão'), ('four', 'forno')]
    """
    if min_confidence is not None:
        check_share("min_confidence", min_confidence)
    if limit is not None:
        check_count("limit", limit)
    given = texts_for_terms(paths, memory, asked=asked, format=format, out=out, progress=progress)
    elsewhere = _decisions(glossary, "" if paths else memory, out, given.direction)
    in_out = read_concepts(out) if _is_glossary(out) and Path(out).exists() else []
    known = [*elsewhere, *in_out]
    with working(workers) as each:
        candidates = _candidates(given, known, min_confidence, each)
    concepts = merge(candidates, known)
    open_terms = [pair for pair in pairs_of(concepts, given.direction) if pair[1].status not in _EXCLUDED]
    best, written = concepts[:limit], None
    if os.fspath(out):
        best = _written(
            out, candidates, elsewhere, limit=limit, format_=out_format, direction=given.direction
        )
        written = len(best)
    return Extracted(
        direction=given.direction,
        pair_count=given.pairs.count,
        concepts=tuple(best),
        terms=tuple(_ordered(open_terms)[:limit]),
        written=written,
        files=given.rejects.count,
        left_out=tuple(given.rejects.errors),
        is_one_language=given.is_one_language,
    )


def _candidates(
    given: ExtractionTexts, known: Sequence[Concept], least: float | None, each: Each
) -> list[Concept]:
    """The terms, the likeliest first."""
    if given.is_one_language:
        check_languages([given.direction.source])
        bound = one_language.LEAST if least is None else least
        return one_language.extract_terms(given.pairs, given.direction.source, least=bound)
    return terms_of_memory(given.memory, given.pairs, given.direction, decided=known, least=least, each=each)


def _decisions(glossary: AnyPath, memory: AnyPath, out: AnyPath, direction: Direction) -> list[Concept]:
    """The glossary that is named, else the one beside the memory; not the file that is to be written."""
    if os.fspath(glossary):
        return [] if _is_same(glossary, out) else read_decisions(glossary, direction)
    beside = glossary_beside(memory) if os.fspath(memory) else None
    return read_concepts(beside) if beside and beside.exists() and not _is_same(beside, out) else []


def _is_glossary(out: AnyPath) -> bool:
    """Whether an output is a file whose decisions can be read again."""
    return os.fspath(out) not in ("", "-") and bool(look_up(out, "read_concepts"))


def _is_same(path: AnyPath, out: AnyPath) -> bool:
    return _is_glossary(out) and Path(path).resolve() == Path(out).resolve()


def _written(
    out: AnyPath,
    candidates: Sequence[Concept],
    elsewhere: Sequence[Concept],
    *,
    limit: int | None,
    format_: str,
    direction: Direction,
) -> list[Concept]:
    """The best concepts, which were written; what was decided in the file as it is then stays beyond the
    limit.
    """

    def renewed(current: list[Concept], _: Direction = UNDECIDED) -> list[Concept]:
        ids = {concept.id for concept in current if is_decided(concept)}
        concepts = merge(candidates, [*elsewhere, *current])
        return [
            concept
            for number, concept in enumerate(concepts, 1)
            if number <= (limit or number) or concept.id in ids
        ]

    if _is_glossary(out):
        return change_glossary(out, renewed, asked=direction, format=format_).concepts
    concepts = renewed([])
    write_concepts(out, concepts, format=format_, direction=direction)
    return concepts


def _ordered(pairs: Iterable[TermPair]) -> list[TermPair]:
    """The pairs as a list shows them: names after terms; what a person added, without evidence, last; else the
    most prominent first, but a second translation of a term, and a second term with that translation, after
    the terms that are nearly as prominent."""
    from tm.terminology.entries import prominence

    def standing(pair: TermPair) -> float:
        return prominence(pair[0], pair[1].evidence) if pair[1].evidence else -math.inf

    ranked: list[tuple[bool, float, TermPair]] = []
    taken: set[tuple[int, str]] = set()
    for pair in sorted(pairs, key=standing, reverse=True):
        sides = {(side, fold(term.text)) for side, term in enumerate(pair)}
        lost = 0.0 if taken.isdisjoint(sides) else _SECOND
        taken |= sides
        ranked.append((pair[0].part_of_speech == "properNoun", lost - standing(pair), pair))
    return [pair for *_, pair in sorted(ranked, key=lambda row: row[:2])]
