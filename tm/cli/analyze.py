"""``tm analyze``: how much of a job the memory knows."""

from __future__ import annotations

import contextlib
import csv
import sys
from dataclasses import asdict
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, terminal
from tm.direction import Direction
from tm.errors import OptionError
from tm.work import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tm.memory import Query
    from tm.memory.leverage import BandCount, Known
    from tm.model import Unit


@click.command("analyze")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@options.memories
@options.languages
@options.from_format
@options.encoding
@click.option(
    "--rates",
    metavar="NAME=RATE,...",
    default="",
    help="What a word counts: 100=0.2,repetitions=0,95=0.3,new=1.",
)
@click.option(
    "--internal-fuzzy", is_flag=True, help="A segment may also be like one that stands before it in the job."
)
@click.option("--csv", "as_csv", is_flag=True, help="Rows as CSV.")
@options.as_json
@options.quiet
def command(
    paths: tuple[str, ...],
    memory_path: tuple[str, ...],
    source: str | None,
    target: str | None,
    from_format: str | None,
    encoding: str | None,
    rates: str,
    internal_fuzzy: bool,
    as_csv: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """How much of a job the memory knows.

    \b
    tm analyze report.xlf catalogue.po -m out/memory.tm
    tm analyze new.tsv -m out/memory.tm --rates 100=0.2,95=0.4 --csv

    Each segment counts in the band of its best match: 102 and 101 are the same text in the same context, 100 the same text, 95–99
    the same words. Repetitions stood in the job before. Plain text has a segment a line, other documents are segmented.
    Weighted words are the words of each band at its rate. What is not to be translated is left out; what is translated
    already is counted, and said.
    """
    from tm.formats.parts import parts
    from tm.formats.states import is_finished, is_locked
    from tm.memory.leverage import analyse, parse_rates, summed
    from tm.store import open_store
    from tm.work.pretranslation import read_segments

    if as_csv and as_json:
        raise OptionError("--csv and --json are two ways to print the same; choose one")
    weights = parse_rates(rates)
    with contextlib.ExitStack() as stack:
        stores = [stack.enter_context(open_store(path)) for path in memory_path]
        tags, said = jobs.sources_in(stores, target or ""), bool(source)
        files = [
            read_segments(
                path,
                format=from_format or "",
                direction=Direction(source or ""),
                encoding=encoding or "",
                known=tags,
            )
            for path in paths
        ]
        source, target = jobs.languages(
            stores, source or "", target or "", jobs.tags_of(chain.from_iterable(files))
        )
        files = [[unit for unit in units if not is_locked(unit)] for units in files]
        queries = [list(_queries(units, source)) for units in files]
        for path, units in zip(paths, files, strict=True):
            jobs.refuse_other_languages(path, units, source, said=said)
        found = analyse(queries, stores, Direction(source, target), internal_fuzzy=internal_fuzzy)
        known = list(terminal.progress(found, sum(map(len, queries)), quiet=quiet))
    counts = _counts(queries, known, source)
    finished = sum(is_finished(part) for units in files for unit in units for part in parts(unit))
    if as_json:
        rows = [_fields(path, some, weights) for path, some in zip(paths, counts, strict=True)]
        total = _fields("", summed(counts), weights)
        terminal.json_object(
            {
                "source": source,
                "target": target,
                "rates": weights,
                "finished": finished,
                "files": rows,
                "total": total,
            }
        )
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("file", *HEADER))
        for path, some in zip(paths, counts, strict=True):
            writer.writerows((path, *row) for row in _rows(some, weights))
    else:
        for line in _table(paths, counts, weights):
            terminal.data(line)
        if finished and not quiet:
            terminal.note(f"{terminal.counted(finished, 'segment')} of these: translated already")
        inside = sum(each.internal for each in known)
        if internal_fuzzy and not quiet:
            terminal.note(f"{inside} segments are most like one that stands before them in the job")


HEADER = ("band", "segments", "words", "characters", "weighted words")


def _queries(units: Sequence[Unit], source: str) -> Iterator[Query]:
    """What there is to translate; texts in other languages only are none of it."""
    from tm.work.pretranslation import queries

    return (query for query in queries(units, source) if query.segment.text or query.segment.codes)


def _counts(
    queries: Sequence[list[Query]], known: Sequence[Known], source: str
) -> list[tuple[BandCount, ...]]:
    """The bands of each file."""
    from tm.memory.leverage import count_bands

    bands = (each.band for each in known)
    return [
        count_bands((query.segment for query in some), islice(bands, len(some)), source) for some in queries
    ]


def _rows(counts: Sequence[BandCount], rates: Mapping[str, float]) -> list[tuple[object, ...]]:
    return [
        (each.band, each.segments, each.words, each.characters, f"{each.words * rates[each.band]:.1f}")
        for each in counts
    ]


def _table(
    paths: Sequence[str], counts: Sequence[tuple[BandCount, ...]], rates: Mapping[str, float]
) -> Iterator[str]:
    """Each file's bands, then those of all."""
    from tm.memory.leverage import summed, weighted_words

    parts = list(zip(paths, counts, strict=True))
    if len(paths) > 1:
        parts.append((f"{len(paths)} files", summed(counts)))
    for number, (name, some) in enumerate(parts):
        sizes = (
            sum(sizes) for sizes in zip(*((c.segments, c.words, c.characters) for c in some), strict=True)
        )
        total = ("total", *sizes, f"{weighted_words(some, rates):.1f}")
        yield ("\n" if number else "") + name
        yield from terminal.table([*_rows(some, rates), total], header=HEADER, right=range(1, 5))


def _fields(path: str, counts: Sequence[BandCount], rates: Mapping[str, float]) -> dict[str, Any]:
    from tm.memory.leverage import weighted_words

    named = {"file": path} if path else {}
    return {
        **named,
        "bands": [asdict(each) for each in counts],
        "weighted_words": round(weighted_words(counts, rates), 1),
    }
