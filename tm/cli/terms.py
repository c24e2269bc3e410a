"""``tm terms``: the glossary's life."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from tm import bcp47
from tm.cli import options, terminal
from tm.direction import Direction
from tm.errors import OptionError
from tm.model import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.model import Concept, Pair, Term, Unit
    from tm.terminology.decisions import Decision

glossary_file = click.option(
    "--glossary",
    "glossary",
    metavar="PATH",
    help="The glossary file [default: glossary.tsv beside the memory].",
)


@click.group("terms")
def command() -> None:
    """Extract a glossary and decide on its terms.

    \b
    tm terms extract pairs.tsv -n 50
    tm terms approve "pâte à pain" "massa de pão" --glossary out/glossary.tsv

    The glossary is a plain table that you may also edit by hand: a row for each pair of terms, with a status. What is decided
    there outlives every extraction.
    """


@command.command("extract")
@click.argument("paths", nargs=-1, metavar="[FILE...]")
@options.memory
@options.languages
@options.from_format
@options.to_format
@click.option("-o", "--output", "out", metavar="FILE", help="Write a glossary instead: TSV, CSV, TBX …")
@glossary_file
@click.option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0, 1),
    help="Leave out less [default: 0.4].",
)
@click.option("-n", "--limit", type=click.IntRange(1), help="The best so many pairs.")
@options.as_json
@options.quiet
def extract_(
    paths: tuple[str, ...],
    memory_path: str,
    source: str | None,
    target: str | None,
    from_format: str | None,
    to_format: str,
    out: str | None,
    glossary: str | None,
    least: float | None,
    limit: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """The terms of translations, best first.

    \b
    tm terms extract pairs.tsv
    tm terms extract -m out/memory.tm -n 100 -o best.tbx

    From files of translations, or from the memory. Prints a line for each pair: source term, target term, confidence (0–1), how
    often they translate each other, how often each occurs. Decisions of the glossary count: what was rejected is not listed.
    """
    from tm.formats import write_concepts
    from tm.terminology import LEAST, extract, merge

    decided = _decided(glossary, None if paths else memory_path, out)
    pairs, direction = _pairs(paths, memory_path, from_format or "", Direction(source or "", target or ""))
    bound = LEAST if least is None else least
    concepts = merge(extract(pairs, direction, decided=decided, least=bound), decided)
    if limit and out:
        concepts = concepts[:limit]
    rows = list(_rows(concepts, direction))[:limit]
    if as_json:
        terminal.json_object(
            {
                "source": direction.source,
                "target": direction.target,
                "pairs": len(pairs),
                "terms": [_fields(*row) for row in rows],
            }
        )
    elif out or to_format not in ("", "tsv"):
        count = write_concepts(out or "-", concepts, format=to_format, direction=direction)
        if not quiet:
            terminal.note(f"{out or 'stdout'}: {count} concepts from {len(pairs)} pairs, {direction}")
    else:
        for row in rows:
            terminal.data("\t".join(_line(*row)))


@command.command("list")
@options.memory
@glossary_file
@options.languages
@click.option("--status", type=click.Choice(get_args(Status)), help="Only these.")
@click.option("-n", "--limit", type=click.IntRange(1), help="The first so many.")
@options.as_json
def list_(
    memory_path: str,
    glossary: str | None,
    source: str | None,
    target: str | None,
    status: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """What the glossary has.

    \b
    tm terms list --glossary out/glossary.tsv --status approved
    """
    concepts, direction = _read(_path(glossary, memory_path), source, target)
    rows = [row for row in _rows(concepts, direction, all_of_them=True) if status in (None, row[1].status)][
        :limit
    ]
    if as_json:
        terminal.json_object(
            {"source": direction.source, "target": direction.target, "terms": [_fields(*row) for row in rows]}
        )
        return
    cells = [(row[1].status, row[0].text, row[1].text, *_numbers(row[1])) for row in rows]
    for line in terminal.table(
        cells, header=("status", direction.source, direction.target, "confidence", "count"), right=(3, 4)
    ):
        terminal.data(line)


def _deciding(function: Callable[..., None]) -> Callable[..., None]:
    """What approve, reject and forbid share."""
    for decorate in (options.quiet, options.languages, glossary_file, options.memory):
        function = decorate(function)
    return function


@command.command("approve")
@click.argument("term")
@click.argument("translation", default="")
@_deciding
def approve(term: str, translation: str, **rest: Any) -> None:  # noqa: ANN401 - the shared options' values
    """A term and its translation are right.

    \b
    tm terms approve "pâte à pain"
    tm terms approve "pâte à pain" "massa de pão" --glossary out/glossary.tsv

    The translation must be named where there are several. A pair that the glossary does not have is added.
    """
    _decide("approved", term, translation, **rest)


@command.command("reject")
@click.argument("term")
@click.argument("translation", default="")
@_deciding
def reject(term: str, translation: str, **rest: Any) -> None:  # noqa: ANN401 - the shared options' values
    """No term, or not its translation: it does not come back.

    \b
    tm terms reject "grande quantité"
    tm terms reject "pâte à pain" "macarrão de pão" --glossary out/glossary.tsv

    Without a translation the term is rejected with all it has.
    """
    _decide("rejected", term, translation, **rest)


@command.command("forbid")
@click.argument("term")
@click.argument("translation")
@_deciding
def forbid(term: str, translation: str, **rest: Any) -> None:  # noqa: ANN401 - the shared options' values
    """A translation that shall not be used: tm check and tm score report it.

    \b
    tm terms forbid "pâte à pain" "pasta de pão" --glossary out/glossary.tsv
    """
    _decide("forbidden", term, translation, **rest)


@command.command("import")
@click.argument("path", metavar="FILE")
@_deciding
@options.from_format
def import_(
    path: str,
    memory_path: str,
    glossary: str | None,
    source: str | None,
    target: str | None,
    from_format: str | None,
    quiet: bool,
) -> None:
    """Another glossary into this one: TBX, TSV, CSV, OmegaT.

    \b
    tm terms import client.tbx --glossary out/glossary.tsv

    Where both have decided on a term pair the imported decision holds.
    """
    from tm.formats import glossary_direction, read_concepts, write_concepts
    from tm.terminology import merge

    ours = _path(glossary, memory_path)
    asked = Direction(source or "", target or "")
    known, direction = _read(ours, source, target) if ours.exists() else ([], asked)
    imported = read_concepts(path, format=from_format or "", direction=direction)
    direction = glossary_direction([*known, *imported], direction)
    write_concepts(ours, merge(known, imported), direction=direction)
    if not quiet:
        terminal.note(f"{ours}: {len(imported)} concepts from {path}")


# ------------------------------------------------------------------------------------------------- the glossary file


def _path(glossary: str | None, memory_path: str) -> Path:
    return Path(glossary) if glossary else Path(memory_path).with_name("glossary.tsv")


def _read(path: Path, source: str | None, target: str | None) -> tuple[list[Concept], Direction]:
    from tm.formats import glossary_direction, read_concepts

    concepts = read_concepts(path, direction=Direction(source or "", target or ""))
    return concepts, glossary_direction(concepts, Direction(source or "", target or ""))


def _decide(
    decision: Decision,
    term: str,
    translation: str,
    memory_path: str,
    glossary: str | None,
    source: str | None,
    target: str | None,
    *,
    quiet: bool,
) -> None:
    from tm.formats import write_concepts
    from tm.terminology import decide

    path = _path(glossary, memory_path)
    concepts, direction = _read(path, source, target)
    decided = decide(concepts, decision, term, translation, direction=direction)
    write_concepts(path, decided, direction=direction)
    if not quiet:
        added = " (new in the glossary)" if len(decided) > len(concepts) else ""
        terminal.note(f"{path}: {term}{f' = {translation}' if translation else ''}: {decision}{added}")


def _decided(glossary: str | None, memory_path: str | None, out: str | None) -> list[Concept]:
    """The decisions of the named glossary, else of the one beside the memory, and of the file that is to be written."""
    from tm.formats import look_up, read_concepts

    paths = [Path(glossary)] if glossary else []
    if memory_path and not glossary and _path(None, memory_path).exists():
        paths.append(_path(None, memory_path))
    if out and out != "-" and Path(out).exists() and look_up(out, "read_concepts") and Path(out) not in paths:
        paths.append(Path(out))
    return [concept for path in paths for concept in read_concepts(path)]


# ------------------------------------------------------------------------------------------------- translations


def _pairs(
    paths: Sequence[str], memory_path: str, from_format: str, asked: Direction
) -> tuple[list[Pair], Direction]:
    """The sentence pairs, and their languages where they were not named."""
    from tm.formats import read_units
    from tm.store import open_store

    units: list[Unit] = []
    for path in paths:
        units += read_units(path, format=from_format, direction=asked)
    if not paths:
        with open_store(memory_path) as store:
            units = list(store.units())
    direction = _languages(units, asked)
    pairs = [pair for unit in units if (pair := unit.pair(direction.source, direction.target))]
    if not pairs:
        raise OptionError(f"0 of {len(units)} units are {direction}; found: {', '.join(_found(units))}")
    return pairs, direction


def _languages(units: Iterable[Unit], asked: Direction) -> Direction:
    """Those asked for, else the first two languages of the first unit that has two."""
    found = _found(units)
    source = asked.source or next((tag for tag in found if bcp47.base(tag) != bcp47.base(asked.target)), "")
    target = asked.target or next((tag for tag in found if bcp47.base(tag) != bcp47.base(source)), "")
    if not (source and target):
        raise OptionError(f"two languages are needed; found: {', '.join(found) or 'none'}")
    return Direction(source, target)


def _found(units: Iterable[Unit]) -> list[str]:
    """The languages of the units in order of appearance, the commonest spelling of each tag being ours."""
    counts = Counter(bcp47.canonical(variant.language) for unit in units for variant in unit.variants)
    return list(counts)


def _rows(
    concepts: Iterable[Concept], direction: Direction, *, all_of_them: bool = False
) -> Iterator[tuple[Term, Term]]:
    """Term pairs, the best first when extracted; those excluded only when asked for."""
    from tm.terminology import term_pairs

    pairs = [pair for concept in concepts for pair in term_pairs(concept, direction)]
    if all_of_them:
        yield from pairs
        return
    kept = [pair for pair in pairs if pair[1].status not in ("rejected", "forbidden")]
    yield from sorted(kept, key=lambda pair: -pair[1].evidence.confidence if pair[1].evidence else -1.0)


def _numbers(term: Term) -> tuple[str, str]:
    evidence = term.evidence
    return (f"{evidence.confidence:.3f}", str(evidence.pair_count)) if evidence else ("", "")


def _line(one: Term, other: Term) -> tuple[str, ...]:
    """Source term, target term, confidence, counts of the pair, of the source term and of the target term."""
    evidence = other.evidence
    totals = (str(evidence.source_count), str(evidence.target_count)) if evidence else ("", "")
    return (one.text, other.text, *_numbers(other), *totals)


def _fields(one: Term, other: Term) -> dict[str, object]:
    evidence = other.evidence
    return {
        "source": one.text,
        "target": other.text,
        "confidence": evidence.confidence if evidence else None,
        "count": evidence.pair_count if evidence else 0,
        "source_count": evidence.source_count if evidence else 0,
        "target_count": evidence.target_count if evidence else 0,
        "status": other.status,
    }
