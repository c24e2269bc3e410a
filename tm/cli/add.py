"""``tm add``: files into the memory."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tm import bcp47
from tm.cli import options, terminal
from tm.direction import Direction
from tm.errors import FormatError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.model import Unit
    from tm.store import Added
    from tm.store.protocol import OnSame, Store


ORIGINS = ("imported", "aligned", "unreviewed", "machine")
"""What ``--origin`` is meant for; the last three cost a match something (docs/metrics.md)."""


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="FILE... | SOURCE TARGET")
@options.memory
@options.languages
@options.from_format
@options.encoding
@click.option(
    "--origin", default="", metavar="NAME", help="How they were made: imported, machine, unreviewed."
)
@click.option(
    "--on-same",
    type=click.Choice(["keep", "replace", "both"]),
    default="keep",
    show_default=True,
    help="When the memory has another translation of the same source.",
)
@click.option(
    "--pivot",
    type=options.LanguageTag(),
    help="Join catalogues of two languages over this one, which both translate.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be added; leave the memory as it is.")
@options.recover
@options.as_json
@options.quiet
def command(
    paths: tuple[str, ...],
    memory_path: str,
    source: str | None,
    target: str | None,
    from_format: str | None,
    encoding: str | None,
    origin: str,
    on_same: OnSame,
    pivot: str | None,
    dry_run: bool,
    recover: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Files into the memory.

    \b
    tm add news.tmx catalogue.tsv
    tm add report.fr.txt report.pt.txt -s fr -t pt-BR
    tm add --pivot en fr.po pt_BR.po

    Of files of translations what is finished is taken: nothing fuzzy, nothing that waits for a translator or a review.
    Two documents are aligned first. With -s and -t only units of these two languages are taken. With --pivot
    catalogues, or folders of them, are joined where context and source text are the same. What is in the memory already is not added again, so a command that was cut off can be run again.

    A source that the memory has with another translation, in the same context: keep leaves the new one out, replace puts it in the
    old one's place, both keeps both. Several translations in one file are all kept. tm undo takes the last addition back.
    """
    if origin and origin not in ORIGINS:
        terminal.note(f"--origin {origin}: none of {', '.join(ORIGINS)}; it will cost a match nothing")
    from tm.store import Added

    problems: list[FormatError] | None = [] if recover else None
    total, seen = Added(), _Seen(source or "", target or "")
    with _memory(memory_path) as store:
        inputs = (
            _joined(paths, pivot, from_format or "", (source, target), encoding or "", problems)
            if pivot
            else _inputs(paths, from_format or "", source or "", target or "", encoding or "", problems, seen)
        )
        for name, units in inputs:
            total = _sum(
                total,
                store.add(
                    seen.wanted(units),
                    origin=origin,
                    on_same=on_same,
                    dry_run=dry_run,
                    name=name,
                    date=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    acknowledge=None if quiet else _acknowledge(total.added + total.replaced),
                ),
            )
    if seen.units and not seen.taken:
        raise FormatError(seen.why_none(), path=paths[0])
    if as_json:
        terminal.json_object(
            {
                "memory": memory_path,
                "read": seen.units,
                "unfinished": seen.unfinished,
                "dry_run": dry_run,
                **_fields(total),
            }
        )
    elif not quiet:
        for line in _summary(total, seen, memory_path, dry_run=dry_run):
            terminal.data(line)
    return terminal.report_problems(problems)


@contextlib.contextmanager
def _memory(path: str) -> Iterator[Store]:
    """The memory, made when there is none; one that was made for nothing is not left behind."""
    from tm.store import open_store

    new = not Path(path).exists()
    store = open_store(path, create=True)
    try:
        yield store
    finally:
        for_nothing = new and not len(store)
        store.close()
        if for_nothing:
            Path(path).unlink(missing_ok=True)


def _inputs(
    paths: tuple[str, ...],
    form: str,
    source: str,
    target: str,
    encoding: str,
    problems: list[FormatError] | None,
    seen: _Seen,
) -> Iterator[tuple[str, Iterable[Unit]]]:
    """What each file, or the two documents, holds, with its name."""
    from tm.formats import look_up, read_units

    documents = [path for path in paths if not look_up(path, "read_units", form)]
    documents = [path for path in documents if look_up(path, "read_document", form)]
    if not documents:
        for path in paths:
            units = read_units(
                path, format=form, direction=Direction(source, target), encoding=encoding, problems=problems
            )
            kind = look_up(path, "read_units", form)
            yield path, seen.finished(units, parted=kind is not None and kind.bilingual)
    elif len(paths) == len(documents) == 2:
        yield " = ".join(paths), _aligned(paths, form, (source, target), encoding)
    else:
        raise OptionError(
            f"{documents[0]}: a document; two of them were expected, a text and its translation: tm add SOURCE TARGET"
        )


def _joined(
    paths: tuple[str, ...],
    pivot: str,
    form: str,
    languages: tuple[str | None, str | None],
    encoding: str,
    problems: list[FormatError] | None,
) -> Iterator[tuple[str, Iterable[Unit]]]:
    from tm.work.pivot import joined

    wanted = [tag for tag in languages if tag]
    yield (
        " + ".join(paths),
        joined(
            paths,
            pivot,
            format=form,
            languages=wanted if len(wanted) == 2 else (),
            encoding=encoding,
            problems=problems,
        ),
    )


def _aligned(paths: Iterable[str], form: str, languages: tuple[str, str], encoding: str) -> Iterator[Unit]:
    from tm.alignment import align_texts, bead_units
    from tm.formats import read_document
    from tm.language import segment

    one, other = (
        segment(read_document(path, format=form, encoding=encoding), language=tag)
        for path, tag in zip(paths, languages, strict=True)
    )
    if bcp47.base(one.language) == bcp47.base(other.language):
        raise OptionError(
            f"{one.name} and {other.name} are both in {one.language}; say which is what with -s and -t"
        )
    return bead_units(one, other, align_texts([(one, other)])[0])


class _Seen:
    """Counts units, those that are left out by their languages, and lets those of the wanted two pass."""

    def __init__(self, source: str, target: str) -> None:
        self.source, self.target = source, target
        self.units = self.taken = self.unfinished = 0
        self.languages: Counter[str] = Counter()

    def wanted(self, units: Iterable[Unit]) -> Iterator[Unit]:
        every = not (self.source and self.target)
        fits: dict[tuple[str, ...], bool] = {}
        for unit in units:
            self.units += 1
            languages = tuple([variant.language for variant in unit.variants])
            if languages not in fits:
                fits[languages] = every or unit.pair(self.source, self.target) is not None
            if fits[languages]:
                self.taken += 1
                yield unit
            else:
                self.languages.update(dict.fromkeys(languages, 1))

    def finished(self, units: Iterable[Unit], *, parted: bool) -> Iterator[Unit]:
        """What a memory should have of a file; counts what is not finished.

        Args:
            units: of the file.
            parted: whether marked segments and plural forms become units of their own.
        """
        from tm.formats.parts import parts, segments
        from tm.formats.states import is_finished

        for unit in units:
            for whole in segments(unit) if parted else (unit,):
                kept = [part for part in (parts(whole) if parted else (whole,)) if is_finished(part)]
                self.unfinished += not kept
                yield from kept

    def why_none(self) -> str:
        found = ", ".join(bcp47.canonical(tag) for tag, _ in self.languages.most_common())
        return f"0 of {self.units} units are {self.source} → {self.target}; found: {found}"


def _acknowledge(before: int) -> Callable[[int], None]:
    def say(on_disk: int) -> None:
        if on_disk:
            terminal.note(f"committed {before + on_disk}")

    return say


def _sum(one: Added, other: Added) -> Added:
    return replace(
        one, **{each.name: getattr(one, each.name) + getattr(other, each.name) for each in fields(one)}
    )


def _fields(added: Added) -> dict[str, int]:
    return {each.name: getattr(added, each.name) for each in fields(added)}


def _summary(added: Added, seen: _Seen, memory: str, *, dry_run: bool) -> Iterator[str]:
    if not seen.units:
        yield f"nothing added: the input holds no {'finished translations' if seen.unfinished else 'units'}"
        return
    yield f"{'would add' if dry_run else 'added'} {added.added} of {seen.units} units to {memory}"
    reasons = (
        (added.same, "in the memory already"),
        (added.replaced, "put in the place of an older translation"),
        (added.kept, "left out: the memory has another translation (--on-same replace or both)"),
        (seen.unfinished, "left out: not finished (untranslated, a draft or rejected)"),
        (seen.units - seen.taken, f"left out: not {seen.source} → {seen.target}"),
    )
    yield from (f"{count} {reason}" for count, reason in reasons if count)
