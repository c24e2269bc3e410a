"""Files joined over what they have in common: catalogues over a pivot language, strings of software over keys.

fr.po and pt_BR.po, which both translate English, become fr–pt-BR; so do fr.json and pt-BR.json, whose texts have the
same keys.

1. ``catalogues`` finds the files, ``_read`` reads the finished translations of each, or the texts of its keys.
2. ``_groups`` puts together the files of the same name but for the language.
3. ``_join`` makes a unit of the translations of one message.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47, formats
from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, OptionError
from tm.formats import locales, states
from tm.formats.parts import parts
from tm.model import Annotation, Unit, Variant
from tm.work.inputs import Rejects, find_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tm.model import Place, Segment

PIVOT = "x-pivot"
"""The property of a joined unit that holds the text it was joined over."""

ALONE = "in one language only"
"""Why a translation is left out that no other catalogue has."""

_CONTEXTS = ("x-msgctxt", "x-identifier")


class _Message(NamedTuple):
    """What two files have in common: the text in the pivot language and its context there; of strings the key."""

    context: Annotation | None
    text: str


class _Text(NamedTuple):
    """A text of a file, and where it stands."""

    segment: Segment
    place: Place | None


class _Catalogue(NamedTuple):
    """One file: its language, its name without the language, and its texts."""

    language: str
    domain: str
    texts: dict[_Message, _Text]


def catalogues(paths: Sequence[str | os.PathLike[str]], format: str = "") -> list[str]:  # noqa: A002
    """The catalogues that are named or lie in folders; templates (``.pot``) in folders are passed over.

    >>> catalogues(["fr.po", "pt_BR.po"])
    ['fr.po', 'pt_BR.po']
    """
    return find_inputs(
        paths, "read_units", format=format, skip=lambda path: not _is_catalogue(path, format)
    ).paths


def _is_catalogue(path: Path, format_: str) -> bool:
    form = formats.look_up(path, "read_units", format_)
    return form is not None and form.bilingual and path.suffix != ".pot"


def is_keyed(path: str | os.PathLike[str], format: str = "") -> bool:  # noqa: A002
    """Whether a file has strings of software in one language, found by keys.

    >>> is_keyed("fr.json"), is_keyed("fr.po")
    (True, False)
    """
    form = formats.look_up(path, "read_units", format)
    return form is not None and form.keyed


def joined(
    paths: Sequence[str | os.PathLike[str]],
    pivot: str,
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    encoding: str = "",
    problems: list[FormatError] | None = None,
    rejects: Rejects | None = None,
    left_out: Counter[str] | None = None,
) -> Iterator[Unit]:
    """The units that several catalogues translate, joined on context and text (``msgctxt`` and ``msgid``).

    Unfinished translations are left out. Strings of software are joined on their keys; a key that one language
    lacks gives a unit without that text. Of several catalogues in one language, those are joined whose names
    differ in the language alone: ``fr/shop.po`` with ``pt_BR/shop.po``.

    Args:
        paths: files, see ``catalogues``.
        pivot: the language that the files translate from; "" = files of strings.
        format: of the files; "" = by their extensions.
        direction: only these two languages, in this order; unless both are known, all in the files' order.
        encoding: see ``tm.formats.read_units``.
        problems: likewise.
        rejects: collects the files that cannot be read; None = the first one's error is raised.
        left_out: counts translations of catalogues that are left out, by their state or as ``ALONE``.

    Raises:
        OptionError: no format that could be joined, or catalogues of fewer than two languages.
        FormatError: a file that cannot be read.
    """
    rejects = rejects or Rejects(1)
    left_out = Counter() if left_out is None else left_out
    read: list[_Catalogue] = []
    for path in paths:
        with rejects.catch():
            catalogue = _read(os.fspath(path), pivot, format, encoding, problems, left_out)
            read += [catalogue] if catalogue else []
    languages = list(dict.fromkeys(catalogue.language for catalogue in read))
    tags = _chosen(direction, languages)
    if len(tags) < 2:
        listing = ", ".join(languages) or "none"
        expected = (
            f"catalogues of two languages with texts in {pivot}" if pivot else "strings in two languages"
        )
        raise OptionError(
            f"{', '.join(os.fspath(path) for path in paths)}: {expected} were expected; translations found: {listing}"
        )
    for group in _groups([catalogue for catalogue in read if catalogue.language in tags]):
        yield from _join(group, tags, left_out) if pivot else _by_key(group, tags)


def _read(
    path: str,
    pivot: str,
    format_: str,
    encoding: str,
    problems: list[FormatError] | None,
    left_out: Counter[str],
) -> _Catalogue | None:
    """The catalogue, None when nothing in it is translated."""
    if not pivot:
        strings = list(formats.read_units(path, format=format_, encoding=encoding, problems=problems))
        by_key = {
            _Message(_context(unit), ""): _Text(unit.variants[0].segment, unit.place) for unit in strings
        }
        language = strings[0].variants[0].language if strings else ""
        return _Catalogue(language, locales.of_path(path)[1], by_key) if strings else None
    units = formats.read_units(
        path, format=format_, direction=Direction(pivot), encoding=encoding, problems=problems
    )
    texts: dict[_Message, _Text] = {}
    language = ""
    for unit in (part for whole in units for part in parts(whole)):
        if not states.is_finished(unit):
            left_out[states.state_of(unit)] += 1
            continue
        source = unit.variant(pivot)
        target = next((variant for variant in unit.variants if variant is not source), None)
        if source and target:
            language = language or bcp47.canonical(target.language)
            message = _Message(_context(unit), source.segment.text)
            texts.setdefault(message, _Text(target.segment, unit.place))
    return _Catalogue(language, locales.of_path(path)[1], texts) if language else None


def _context(unit: Unit) -> Annotation | None:
    return next((prop for prop in unit.annotations if prop.type in _CONTEXTS), None)


def _chosen(asked: Direction, languages: list[str]) -> list[str]:
    if not asked.is_known:
        return languages
    tags = (bcp47.choose(tag, languages) for tag in (asked.source, asked.target))
    return [tag for tag in tags if tag]


def _groups(catalogues: list[_Catalogue]) -> list[list[_Catalogue]]:
    if len({file.language for file in catalogues}) == len(catalogues):
        return [catalogues]
    domains = dict.fromkeys(file.domain for file in catalogues)
    return [[file for file in catalogues if file.domain == domain] for domain in domains]


def _by_message(catalogues: list[_Catalogue]) -> dict[_Message, dict[str, _Text]]:
    messages: dict[_Message, dict[str, _Text]] = {}
    for catalogue in catalogues:
        for message, text in catalogue.texts.items():
            messages.setdefault(message, {}).setdefault(catalogue.language, text)
    return messages


def _by_key(catalogues: list[_Catalogue], languages: list[str]) -> Iterator[Unit]:
    """A unit for each key, at the place of its last text."""
    for message, texts in _by_message(catalogues).items():
        tags = [tag for tag in languages if tag in texts]
        yield Unit(
            tuple(Variant(tag, texts[tag].segment) for tag in tags),
            annotations=(message.context,) if message.context else (),
            place=texts[tags[-1]].place,
        )


def _join(catalogues: list[_Catalogue], languages: list[str], left_out: Counter[str]) -> Iterator[Unit]:
    for message, texts in _by_message(catalogues).items():
        if len(texts) > 1:
            yield Unit(
                tuple(Variant(tag, texts[tag].segment) for tag in languages if tag in texts),
                annotations=(
                    *((message.context,) if message.context else ()),
                    Annotation("prop", message.text, PIVOT),
                ),
            )
        else:
            left_out[ALONE] += 1
