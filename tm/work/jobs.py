"""New translations as the commands take them: files of units, or two text files with a segment a line."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm import bcp47, files
from tm.direction import Direction
from tm.errors import FormatError
from tm.formats.parts import segments
from tm.model import Pair, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """New translations, each with the file it stands in as its document, and the two languages they are between, as tags."""

    pairs: list[Pair]
    source: str
    target: str

    def numbers_in_files(self) -> list[int]:
        """For each pair its number in its own file, from 1."""
        counts: Counter[str] = Counter()
        numbers = []
        for pair in self.pairs:
            counts[pair.document] += 1
            numbers.append(counts[pair.document])
        return numbers


def read_job(
    paths: Sequence[str], from_format: str = "", source: str = "", target: str = "", known: Sequence[str] = ()
) -> Job:
    """The pairs of a job, which is files of units or two text files with a segment a line.

    Args:
        paths: the files.
        from_format: by name, "" = by extension.
        source: language tag, "" = as the files say, else as detected, else the first of two known ones.
        target: likewise, else the second.
        known: the languages of the memory.

    Raises:
        FormatError: there is no pair of these languages.
    """
    units = _units(paths, from_format, source, target)
    if not units:
        raise FormatError("holds no units", path=paths[0])
    tags = tags_of([[unit for _, unit in units]])
    source_tag = source or _other_than(target, tags)
    found = [source_tag, target or _other_than(source_tag, tags)]
    served = [bcp47.choose(tag, known) if tag else None for tag in found]
    if None in served and len(known) == 2:
        found = [source or known[0], target or known[1]]
        units = _units(paths, from_format, *found)
        served = [bcp47.choose(tag, known) for tag in found]
    if not all(found) and not (found[0] and _waits_whole(paths, from_format, units)):
        raise FormatError(
            f"is in {tags[0] or 'no known language'} only; say the languages with -s and -t", path=paths[0]
        )
    # The memory may know the region where the job does not.
    source, target = (
        bcp47.canonical(tag if one is None or "-" in tag else one)
        for tag, one in zip(found, served, strict=True)
    )
    pairs = [
        replace(pair, document=path, line=part.place.line if part.place else 0, unit=part)
        for path, unit in units
        for part in segments(unit)
        if (pair := part.pair(source, target) or _untranslated(part, source)) is not None
    ]
    if not pairs:
        there = ", ".join(tags)
        raise FormatError(f"0 of {len(units)} units are {source} → {target}; found: {there}", path=paths[0])
    return Job(pairs, source, target)


def languages(stores: Sequence[Store], source: str, target: str, tags: Sequence[str] = ()) -> tuple[str, str]:
    """From which language into which: as asked for, else as a file's tags say, else the memory's first two.

    Args:
        stores: the memories.
        source: language tag, "" = not said.
        target: likewise.
        tags: of the file in order, its source first; those that the memory has not do not count.

    Raises:
        FormatError: the memory has not these languages.
    """
    known = tags_in(stores)
    found = [*(tag for tag in tags if tag and bcp47.choose(tag, known)), *known]
    source = source or _of_another(target, found)
    target = target or _of_another(source, found)
    if not all(tag and bcp47.choose(tag, known) for tag in (source, target)):
        wanted = " → ".join(tag or "?" for tag in (source, target))
        if not known:
            raise FormatError("holds no units yet; tm add puts some in", path=stores[0].name)
        has = ", ".join(map(bcp47.canonical, known))
        raise FormatError(f"has no units {wanted}; found: {has}", path=stores[0].name)
    for store in stores:
        own = store.languages()
        if not all(bcp47.choose(tag, own) for tag in (source, target)):
            log.warning("%s: passed over; it has no units %s → %s", store.name, source, target)
    return source, target


def tags_in(stores: Iterable[Store]) -> list[str]:
    """The languages of memories, in order."""
    return list(dict.fromkeys(tag for store in stores for tag in store.languages()))


def sources_in(stores: Iterable[Store], target: str) -> list[str]:
    """The languages of memories from which there may be translated into another one ("" = not said)."""
    return [tag for tag in tags_in(stores) if not target or bcp47.base(tag) != bcp47.base(target)]


def refuse_other_languages(path: str, units: Sequence[Unit], source: str, *, said: bool) -> None:
    """Say so when a file has units, but no text in the source language, which was said or found out.

    Raises:
        FormatError: it has none; its languages are named.
    """
    if not units:
        return
    variants = (unit.variant(source) for unit in units)
    if not any(variant and (variant.segment.text or variant.segment.codes) for variant in variants):
        there = ", ".join(tags_of([units]))
        raise FormatError(
            f"0 of {len(units)} units are in {source}"
            + (f"; found: {there}" if there else "")
            + ("" if said else "; if that is wrong, say what they are in with -s"),
            path=path,
        )


def tags_of(files: Iterable[Iterable[Unit]]) -> list[str]:
    """The languages of units of files, in order."""
    return list(
        dict.fromkeys(variant.language for units in files for unit in units for variant in unit.variants)
    )


def _of_another(language: str, tags: Sequence[str]) -> str:
    """The first tag whose language, regions apart, is another one."""
    return next(
        (bcp47.canonical(tag) for tag in tags if bcp47.base(tag) != bcp47.base(language or "und")), ""
    )


def _untranslated(unit: Unit, source: str) -> Pair | None:
    """A unit that has a source and nothing else waits for its translation, and is part of the job."""
    variant = unit.variant(source) if len(unit.variants) == 1 else None
    return Pair(variant.segment, Segment("")) if variant else None


def _waits_whole(paths: Sequence[str], from_format: str, units: Iterable[tuple[str, Unit]]) -> bool:
    """Whether these are files for a translator in which nothing is translated yet: into which language, no unit says."""
    from tm.formats import look_up

    kinds = [look_up(path, "read_units", from_format) for path in paths]
    return all(kind and kind.bilingual for kind in kinds) and all(
        len(unit.variants) == 1 for _, unit in units
    )


def _other_than(language: str, tags: Sequence[str]) -> str:
    """The first of the tags that does not serve this language."""
    taken = bcp47.choose(language, tags) if language else None
    return next((tag for tag in tags if tag != taken), "")


def _units(paths: Sequence[str], from_format: str, source: str, target: str) -> list[tuple[str, Unit]]:
    """The units, each with the file it stands in."""
    from tm.formats import read_units

    if len(paths) == 2 and not from_format and all(path.endswith(".txt") for path in paths):
        return _of_lines(paths, source, target)
    return [
        (path, unit)
        for path in paths
        for unit in read_units(path, format=from_format, direction=Direction(source, target))
    ]


def _of_lines(paths: Sequence[str], source: str, target: str) -> list[tuple[str, Unit]]:
    from tm.language import detect

    sides = [_lines(path) for path in paths]
    if len(sides[0]) != len(sides[1]):
        counts = " and ".join(str(len(side)) for side in sides)
        raise FormatError(f"{counts} lines; a translation for each line was expected", path=paths[1])
    tags = [
        tag or detect("\n".join(side)).language for tag, side in zip((source, target), sides, strict=True)
    ]
    return [
        (
            paths[1],
            Unit(
                tuple(Variant(tag, Segment(text)) for tag, text in zip(tags, texts, strict=True)),
                place=Place(paths[1], line),
            ),
        )
        for line, texts in enumerate(zip(*sides, strict=True), 1)
    ]


def _lines(path: str) -> list[str]:
    with files.reading(path) as stream:
        content = stream.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError("not UTF-8; save the file as UTF-8", path=path, line=line) from error
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")
