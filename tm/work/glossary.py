"""A glossary and its terms: what ``tm terms`` does, and the glossary that another verb asks.

1. ``extract_terms`` finds the terms of translations (of files, else of a memory) and heeds what is
   decided already (``_decisions``).
2. ``list_terms`` gives the pairs of a glossary; ``deciding.py`` and ``importing.py`` change it.
3. ``read_glossary`` reads the glossary of a verb that needs both languages of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, get_args

from tm.choices import check_choice, check_count, check_share
from tm.direction import UNDECIDED, Direction, decided, not_there
from tm.files import keep_apart
from tm.formats import look_up, read_concepts, write_concepts
from tm.model import Status
from tm.store import open_store
from tm.terminology import LEAST, extract, is_decided, merge, term_pairs
from tm.work.glossary_file import (
    change_glossary,
    glossary_beside,
    languages_in,
    open_glossary,
    read_decisions,
)
from tm.work.inputs import Rejects
from tm.work.jobs import unit_inputs, units_of_files
from tm.work.memories import direction_in, languages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.errors import TMError
    from tm.model import Concept, Term

Path_: TypeAlias = "str | os.PathLike[str]"
TermPair: TypeAlias = "tuple[Term, Term]"
"""A source term, and the target term that it stands for."""

_EXCLUDED = ("rejected", "forbidden")


# ------------------------------------------------------------------------------------------- reading


def read_glossary(path: Path_, direction: Direction = UNDECIDED) -> list[Concept]:
    """The concepts of a file, in order.

    Args:
        path: a glossary in any format; "-" is stdin.
        direction: the languages that it must have; a side that is "" may be any.

    Raises:
        FormatError: the file cannot be read, or no concept is in these languages.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("fr", "pt", "status", sep=chr(9), file=file)
    ...     print("fichier", "arquivo", "approved", sep=chr(9), file=file, flush=True)
    ...     [term.text for concept in read_glossary(file.name) for term in concept.terms]
    ['fichier', 'arquivo']
    """
    concepts = read_concepts(path, direction=direction)
    check_languages(concepts, direction, path=path)
    return concepts


def check_languages(concepts: Sequence[Concept], direction: Direction, *, path: Path_ = "") -> None:
    """Refuse a glossary none of whose concepts is in the languages asked for; an empty one has none to miss.

    Raises:
        FormatError: there are concepts, and not one that serves.

    >>> check_languages([], Direction("fr", "pt"))
    """
    tags = [tag for tag in (direction.source, direction.target) if tag]
    if concepts and not any(all(concept.of(tag) for tag in tags) for concept in concepts):
        raise not_there(direction, len(concepts), languages_in(concepts), path=path, noun="concepts")


def _pairs(concepts: Iterable[Concept], direction: Direction) -> list[TermPair]:
    return [pair for concept in concepts for pair in term_pairs(concept, direction)]


# ------------------------------------------------------------------------------------------- extraction


@dataclass(frozen=True, slots=True)
class Extracted:
    """The terms of translations.

    Attributes:
        direction: from which language into which.
        pair_count: how many sentence pairs there were.
        concepts: the glossary, best first, with every decision.
        terms: the pairs of terms that are not rejected or forbidden, the likeliest first.
        written: how many concepts the file got; None when none was to be written.
        files: how many there were.
        left_out: the errors of files that could not be read.
    """

    direction: Direction
    pair_count: int
    concepts: tuple[Concept, ...]
    terms: tuple[TermPair, ...]
    written: int | None = None
    files: int = 0
    left_out: tuple[TMError, ...] = ()


def extract_terms(
    paths: Sequence[Path_] = (),
    memory: Path_ = "",
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    glossary: Path_ = "",
    min_confidence: float = LEAST,
    limit: int | None = None,
    out: Path_ = "",
    out_format: str = "",
) -> Extracted:
    """The terms of files of translations, or of a memory, and a glossary of them where ``out`` names one.

    Args:
        paths: files and folders of units, "-"; none = the memory is taken.
        memory: its address.
        asked: the languages; a side that is "" is as the units say.
        format: a format's name for all files; "" = by the extension.
        glossary: a file whose decisions count; without one that beside the memory, when the memory is taken.
        min_confidence: the confidence below which nothing is listed, 0–1.
        limit: of concepts and of pairs of terms the best so many; None = all.
        out: a glossary to write, "-" is stdout; what was decided in it is kept.
        out_format: its format's name; "" = by the extension.

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
    [('four à pain', 'forno de pão'), ('four', 'forno'), ('pain', 'pão')]
    """
    check_share("min_confidence", min_confidence)
    if limit is not None:
        check_count("limit", limit)
    if paths:
        inputs = unit_inputs(paths, format, asked, ())
        keep_apart(out, inputs.paths)
        rejects = Rejects(len(inputs.files))
        units = [unit for _, unit in units_of_files(inputs.paths, format, asked, rejects)]
        name, direction = inputs.paths[0], decided(asked, languages_of(units))
    else:
        rejects = Rejects(0)
        with open_store(memory) as store:
            name, direction, units = store.name, direction_in(store, asked), list(store.units())
    pairs = [pair for unit in units if (pair := unit.pair(direction.source, direction.target))]
    if not pairs or not direction.is_known:
        raise not_there(direction, len(units), languages_of(units), path=name)
    elsewhere = _decisions(glossary, "" if paths else memory, out, direction)
    in_out = read_concepts(out) if _is_glossary(out) and Path(out).exists() else []
    candidates = extract(pairs, direction, decided=[*elsewhere, *in_out], least=min_confidence)
    concepts = merge(candidates, [*elsewhere, *in_out])
    open_terms = [pair for pair in _pairs(concepts, direction) if pair[1].status not in _EXCLUDED]
    best, written = concepts[:limit], None
    if os.fspath(out):
        best = _written(out, candidates, elsewhere, limit=limit, format_=out_format, direction=direction)
        written = len(best)
    return Extracted(
        direction=direction,
        pair_count=len(pairs),
        concepts=tuple(best),
        terms=tuple(sorted(open_terms, key=_unlikeliness)[:limit]),
        written=written,
        files=rejects.count,
        left_out=tuple(rejects.errors),
    )


def _decisions(glossary: Path_, memory: Path_, out: Path_, direction: Direction) -> list[Concept]:
    """The glossary that is named, else the one beside the memory; not the file that is to be written."""
    if os.fspath(glossary):
        return [] if _is_same(glossary, out) else read_decisions(glossary, direction)
    beside = glossary_beside(memory) if os.fspath(memory) else None
    return read_concepts(beside) if beside and beside.exists() and not _is_same(beside, out) else []


def _is_glossary(out: Path_) -> bool:
    """Whether an output is a file whose decisions can be read again."""
    return os.fspath(out) not in ("", "-") and bool(look_up(out, "read_concepts"))


def _is_same(path: Path_, out: Path_) -> bool:
    return _is_glossary(out) and Path(path).resolve() == Path(out).resolve()


def _written(
    out: Path_,
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
        return change_glossary(out, renewed, asked=direction, format=format_)
    concepts = renewed([])
    write_concepts(out, concepts, format=format_, direction=direction)
    return concepts


def _unlikeliness(pair: TermPair) -> tuple[bool, float]:
    """What pairs are sorted by: names come after terms, those without evidence, which a person added, last."""
    evidence = pair[1].evidence
    return pair[0].part_of_speech == "properNoun", -evidence.confidence if evidence else 1.0


# ------------------------------------------------------------------------------------------- listing


@dataclass(frozen=True, slots=True)
class Listed:
    """What a glossary has.

    Attributes:
        direction: from which language into which; a side is "" where the glossary is empty.
        terms: its pairs of terms, in its order.
    """

    direction: Direction
    terms: tuple[TermPair, ...]


def list_terms(
    path: Path_, *, asked: Direction = UNDECIDED, status: Status | None = None, limit: int | None = None
) -> Listed:
    """The pairs of terms of a glossary.

    Args:
        path: of the glossary.
        asked: the languages; a side that is "" is as the glossary says.
        status: only pairs whose translation has it.
        limit: the first so many; None = all.

    Raises:
        OptionError: no such status, or a limit that makes no sense.
        FormatError: the glossary cannot be read, or lacks the languages.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("four", "forno", sep="\\t", file=file, flush=True)
    ...     listed = list_terms(file.name, asked=Direction("fr", "pt"), status="approved")
    >>> [(term.text, translation.text) for term, translation in listed.terms]
    [('four', 'forno')]
    """
    if status is not None:
        check_choice("status", status, get_args(Status))
    if limit is not None:
        check_count("limit", limit)
    concepts, direction = open_glossary(path, asked)
    terms = [pair for pair in _pairs(concepts, direction) if status in (None, pair[1].status)]
    return Listed(direction, tuple(terms[:limit]))
