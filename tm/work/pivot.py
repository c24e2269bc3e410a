"""Catalogues of several languages joined over the language that all of them translate: fr.po and pt_BR.po, over English, to fr–pt-BR."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47, formats
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import locales
from tm.formats.parts import translations
from tm.model import Annotation, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Segment

PIVOT = "x-pivot"
"""The property of a joined unit that holds the text it was joined over."""

_CONTEXTS = ("x-msgctxt", "x-identifier")


class _Message(NamedTuple):
    """What two catalogues have in common: the text in the pivot language and its context there."""

    context: Annotation | None
    text: str


class _Catalogue(NamedTuple):
    """One file: its language, its name without the language, and its translations."""

    language: str
    domain: str
    texts: dict[_Message, Segment]


def joined(
    paths: Iterable[str | os.PathLike[str]],
    pivot: str,
    *,
    format: str = "",  # noqa: A002 - what everybody calls it
    languages: Sequence[str] = (),
    encoding: str = "",
    problems: list[FormatError] | None = None,
) -> Iterator[Unit]:
    """The units that two or more catalogues translate, joined on context and text (``msgctxt`` and ``msgid``).

    Unfinished translations are left out. Of several catalogues in one language, those are joined that have the same name but for
    the language: ``fr/shop.po`` with ``pt_BR/shop.po``.

    Args:
        paths: files, or folders: all catalogues below them.
        pivot: the language that the files translate from.
        format: of the files; "" = by their extensions.
        languages: only these, in this order; () = all, in the order of the files.
        encoding: see ``tm.formats.read_units``.
        problems: likewise.

    Raises:
        OptionError: no format that could be joined, or catalogues of fewer than two languages.
        FormatError: a file that cannot be read.
    """
    found = [
        catalogue
        for path in _files(paths, format)
        if (catalogue := _read(path, pivot, format, encoding, problems))
    ]
    tags = _chosen(languages, list(dict.fromkeys(each.language for each in found)))
    if len(tags) < 2:
        there = ", ".join(dict.fromkeys(each.language for each in found)) or "none"
        raise OptionError(
            f"catalogues of two languages with texts in {pivot} were expected; translations found: {there}"
        )
    for group in _groups([each for each in found if each.language in tags]):
        yield from _join(group, tags)


def _files(paths: Iterable[str | os.PathLike[str]], format_: str) -> Iterator[str]:
    for path in paths:
        if not Path(path).is_dir():
            yield os.fspath(path)
            continue
        inside = sorted(each for each in Path(path).rglob("*") if each.is_file())
        for file in inside:
            known = formats.look_up(file, "read_units", format_)
            if known and known.bilingual and file.suffix != ".pot":
                yield os.fspath(file)


def _read(
    path: str, pivot: str, format_: str, encoding: str, problems: list[FormatError] | None
) -> _Catalogue | None:
    """The catalogue, None when nothing in it is translated."""
    units = formats.read_units(
        path, format=format_, direction=Direction(pivot), encoding=encoding, problems=problems
    )
    texts: dict[_Message, Segment] = {}
    language = ""
    for unit in translations(units):
        source = unit.variant(pivot)
        target = next((each for each in unit.variants if each is not source), None)
        if source and target:
            language = language or bcp47.canonical(target.language)
            texts.setdefault(_Message(_context(unit), source.segment.text), target.segment)
    return _Catalogue(language, locales.of_path(path)[1], texts) if language else None


def _context(unit: Unit) -> Annotation | None:
    return next((each for each in unit.annotations if each.type in _CONTEXTS), None)


def _chosen(wanted: Sequence[str], found: list[str]) -> list[str]:
    if not wanted:
        return found
    return [tag for each in wanted if (tag := bcp47.choose(each, found))]


def _groups(catalogues: list[_Catalogue]) -> list[list[_Catalogue]]:
    if len({each.language for each in catalogues}) == len(catalogues):
        return [catalogues]
    domains = dict.fromkeys(each.domain for each in catalogues)
    return [[each for each in catalogues if each.domain == domain] for domain in domains]


def _join(catalogues: list[_Catalogue], languages: list[str]) -> Iterator[Unit]:
    messages: dict[_Message, dict[str, Segment]] = {}
    for catalogue in catalogues:
        for message, text in catalogue.texts.items():
            messages.setdefault(message, {}).setdefault(catalogue.language, text)
    for message, texts in messages.items():
        if len(texts) > 1:
            yield Unit(
                tuple(Variant(tag, texts[tag]) for tag in languages if tag in texts),
                annotations=(
                    *((message.context,) if message.context else ()),
                    Annotation("prop", message.text, PIVOT),
                ),
            )
