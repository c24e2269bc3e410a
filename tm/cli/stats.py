"""``tm stats``: count what a memory or a file holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import click

from tm import bcp47
from tm.cli import options, terminal
from tm.direction import Direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.errors import FormatError


@click.command("stats")
@click.argument("path", metavar="[FILE]", required=False)
@options.memory
@options.from_format
@options.languages
@options.encoding
@options.recover
@options.as_json
@options.quiet
def command(
    path: str | None,
    memory_path: str,
    from_format: str | None,
    source: str | None,
    target: str | None,
    encoding: str | None,
    recover: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Count what a memory or a file holds.

    \b
    tm stats -m out/memory.tm
    tm stats memory.tmx --json

    Of a memory or a file of translations it counts units, and in each language segments, words and characters; of a glossary
    concepts (as units) and terms (as segments); of a document paragraphs and sentences. In PO and XLIFF a unit is a source text, and
    the segments counted are the translations that stand there; how many of them XLIFF only proposes (alt-trans, matches) is said.
    """
    from tm.formats import Account

    problems: list[FormatError] | None = [] if recover else None
    if path is None:
        from tm.store import open_store

        with open_store(memory_path) as store:
            counts = _count(
                [(each.language, each.segment.text) for each in unit.variants]
                for unit in terminal.progress(store.units(), len(store), quiet=quiet)
            )
    else:
        account = Account()
        counts = _count(
            _texts(
                path,
                {"format": from_format or "", "encoding": encoding or ""},
                {
                    "direction": Direction(source or "", target or ""),
                    "problems": problems,
                    "account": account,
                },
            ),
            bilingual=_is_bilingual(path, from_format or ""),
        )
        counts.candidates = account.candidates
        for language in account.languages:
            counts.segments[bcp47.canonical(language)] += 0
    if as_json:
        terminal.json_object(counts.fields())
    else:
        for line in counts.lines():
            terminal.data(line)
    return terminal.report_problems(problems)


@dataclass(slots=True)
class _Counts:
    """Totals; the counters are by language. Among the segments in all are no sources of a bilingual file, but the candidates are."""

    units: int = 0
    sources: int = 0
    candidates: int = 0
    segments: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)

    def fields(self) -> dict[str, object]:
        return {
            "units": self.units,
            "segments": self.segments.total() - self.sources + self.candidates,
            **({"candidates": self.candidates} if self.candidates else {}),
            "words": self.words.total(),
            "characters": self.characters.total(),
            "languages": dict(self.segments),
        }

    def lines(self) -> list[str]:
        rows = [[tag, self.segments[tag], self.words[tag], self.characters[tag]] for tag in self.segments]
        header = ["language", "segments", "words", "characters"]
        proposed = f", {self.candidates} candidates for translations" if self.candidates else ""
        return [f"{self.units} units{proposed}", *terminal.table(rows, header=header, right=[1, 2, 3])]


def _is_bilingual(path: str, format_: str) -> bool:
    from tm.formats import look_up

    found = look_up(path, "read_units", format_)
    return found is not None and found.bilingual


def _count(units: Iterable[list[tuple[str, str]]], *, bilingual: bool = False) -> _Counts:
    from tm.language import word_count

    counts = _Counts()
    for texts in units:
        counts.units += 1
        counts.sources += bilingual
        for language, text in texts:
            tag = bcp47.canonical(language) or "und"
            counts.segments[tag] += 1
            counts.words[tag] += word_count(text, tag)
            counts.characters[tag] += len(text)
    return counts


def _texts(path: str, file: dict[str, Any], reading: dict[str, Any]) -> Iterator[list[tuple[str, str]]]:
    """The texts of each unit, concept or paragraph, with their languages.

    ``file`` and ``reading`` are arguments of ``read_document``, both together those of ``read_units``.
    """
    from tm.formats import look_up, read_concepts, read_document, read_units
    from tm.work.conversion import holds_glossary

    if look_up(path, "read_document", file["format"]):
        from tm.language import segment

        text = segment(read_document(path, **file))
        sentences = zip(text.paragraphs, text.segments, strict=True)
        for _, paragraph in groupby(sentences, key=itemgetter(0)):
            yield [(text.language, sentence) for _, sentence in paragraph]
    elif holds_glossary(path, **file):
        for concept in read_concepts(path, **file, **reading):
            yield [(term.language, term.text) for term in concept.terms]
    else:
        for unit in read_units(path, **file, **reading):
            yield [(each.language, each.segment.text) for each in unit.variants]
