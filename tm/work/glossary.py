"""A glossary and its terms: what ``tm terms`` does, and the glossary that another verb asks.

1. ``extract_terms`` finds the terms of translations (of files, else of a memory) and heeds what is
   decided already (``_decisions``).
2. ``list_terms`` gives the pairs of a glossary, ``decide_terms`` writes a decision into it, ``import_terms``
   writes another glossary into it; all three read it with ``_opened``.
3. ``read_glossary`` reads the glossary of a verb that needs both languages of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, get_args

from tm import bcp47
from tm.choices import check_choice, check_count, check_share
from tm.direction import UNDECIDED, Direction, decided, not_there
from tm.files import keep_apart
from tm.formats import look_up, read_concepts, write_concepts
from tm.model import Status
from tm.store import open_store
from tm.terminology import LEAST, decide, extract, merge, term_pairs
from tm.terminology.decisions import Decision
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


def glossary_beside(memory: Path_) -> Path:
    """Where the glossary of a memory is when nobody says otherwise.

    >>> print(glossary_beside("out/memory.tm").as_posix())
    out/glossary.tsv
    """
    return Path(memory).with_name("glossary.tsv")


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
        raise not_there(direction, len(concepts), _languages(concepts), path=path, noun="concepts")


def _read_decisions(path: Path_, direction: Direction, format_: str = "") -> list[Concept]:
    """Read what people decided; terms of one language alone are decisions too: they shall not come up.

    Raises:
        FormatError: the file cannot be read, or its concepts are in other languages.
    """
    concepts = read_concepts(path, format=format_, direction=direction)
    tags = _languages(concepts)
    for asked in (direction.source, direction.target):
        if asked and concepts and len(tags) > 1 and not bcp47.choose(asked, tags):
            raise not_there(direction, len(concepts), tags, path=path, noun="concepts")
    return concepts


def _opened(path: Path_, asked: Direction) -> tuple[list[Concept], Direction]:
    """A glossary and its direction, which has the tags of the glossary: "pt" is its "pt-BR"."""
    concepts = _read_decisions(path, asked)
    tags = _languages(concepts)
    direction = decided(asked, tags)
    source, target = (bcp47.choose(tag, tags) or tag for tag in (direction.source, direction.target))
    return concepts, Direction(source, target)


def _languages(concepts: Iterable[Concept]) -> list[str]:
    """The languages of the terms, in order of appearance."""
    return list(dict.fromkeys(term.language for concept in concepts for term in concept.terms))


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
    [('fours à pain', 'fornos de pão'), ('fours', 'fornos'), ('pain', 'pão')]
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
    decisions = _decisions(glossary, "" if paths else memory, out, direction)
    concepts = merge(extract(pairs, direction, decided=decisions, least=min_confidence), decisions)
    open_terms = [pair for pair in _pairs(concepts, direction) if pair[1].status not in _EXCLUDED]
    best = concepts[:limit]
    written = write_concepts(out, best, format=out_format, direction=direction) if os.fspath(out) else None
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
    """The glossary that is named, else the one beside the memory; and the file that is to be written."""
    concepts = _read_decisions(glossary, direction) if os.fspath(glossary) else []
    paths = []
    if os.fspath(memory) and not os.fspath(glossary):
        paths.append(glossary_beside(memory))
    if os.fspath(out) not in ("", "-", os.fspath(glossary)) and look_up(out, "read_concepts"):
        paths.append(Path(out))
    for path in dict.fromkeys(paths):
        concepts += read_concepts(path) if path.exists() else []
    return concepts


def _unlikeliness(pair: TermPair) -> float:
    """What pairs are sorted by: those without evidence, which a person added, come last."""
    evidence = pair[1].evidence
    return -evidence.confidence if evidence else 1.0


# ------------------------------------------------------------------------------------------ the glossary file


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
    concepts, direction = _opened(path, asked)
    terms = [pair for pair in _pairs(concepts, direction) if status in (None, pair[1].status)]
    return Listed(direction, tuple(terms[:limit]))


def decide_terms(
    path: Path_, decision: Decision, term: str, translation: str = "", *, asked: Direction = UNDECIDED
) -> bool:
    """Write a decision on a pair of terms into a glossary; whether the pair is new in it.

    Args:
        path: of the glossary, which is written anew.
        decision: what is decided, see ``tm.terminology.decide``.
        term: the source term, in any inflexion.
        translation: likewise; "" = the only one there is.
        asked: the languages; a side that is "" is as the glossary says.

    Raises:
        OptionError: no such decision or term, or several translations and none named.
        FormatError: the glossary cannot be read or written, or lacks the languages.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "glossary.tsv")
    ...     _ = path.write_text("fr\\tpt\\nfour\\tforno\\n")
    ...     is_new = decide_terms(path, "forbidden", "levain", "lêvedo")
    ...     is_new, [translation.text for _, translation in list_terms(path, status="forbidden").terms]
    (True, ['lêvedo'])
    """
    check_choice("decision", decision, get_args(Decision))
    concepts, direction = _opened(path, asked)
    if not direction.is_known:
        raise not_there(direction, len(concepts), _languages(concepts), path=path, noun="concepts")
    after = decide(concepts, decision, term, translation, direction=direction)
    write_concepts(path, after, direction=direction)
    return len(after) > len(concepts)


def import_terms(
    path: Path_,
    into: Path_,
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002
) -> int:
    """Write another glossary into a glossary; how many concepts the other one has.

    Where both have decided on a pair of terms, the imported decision holds.

    Args:
        path: of the other glossary.
        into: the glossary, which is written anew; made when it is not there.
        asked: the languages; a side that is "" is as the glossary says, else as the other one does.
        format: the other glossary's format; "" = by the extension.

    Raises:
        FormatError: a glossary cannot be read or written, or lacks the languages.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "client.tsv")
    ...     _ = path.write_text("fr\\tpt\\nfour\\tforno\\n")
    ...     import_terms(path, path.with_name("glossary.tbx"))
    1
    """
    concepts, direction = _opened(into, asked) if Path(into).exists() else ([], asked)
    imported = _read_decisions(path, direction, format)
    direction = decided(direction, _languages(imported))
    write_concepts(into, merge(concepts, imported), direction=direction)
    return len(imported)
