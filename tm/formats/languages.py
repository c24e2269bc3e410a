"""Whether units have the languages asked for; when none has them, the error names the languages there are."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.errors import FormatError
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.direction import Direction
    from tm.model import Unit

log = logging.getLogger(__name__)


def checked(
    units: Iterable[Unit], direction: Direction, *, path: str, untranslated: bool = False
) -> Iterator[Unit]:
    """The units as they are; behind the last one a fault, when none of them has both languages.

    A warning names how many units have another variety than the one asked for.

    Args:
        units: in order.
        direction: from which language into which.
        path: the file that they come from, for messages.
        untranslated: units with only the source are fine too, as in a file for a translator; then it is only
            a warning.

    Raises:
        FormatError: there were units, and none of them has these languages.

    >>> from tm.direction import Direction
    >>> from tm.model import Segment, Unit, Variant
    >>> list(checked([Unit((Variant("FR", Segment("oui")),))], Direction("fr", "de"), path="memory.tm"))
    Traceback (most recent call last):
        ...
    tm.errors.FormatError: memory.tm: 0 of 1 units are fr → de; found: fr
    """
    count = translated = with_source = 0
    tags, served = Counter[str](), Counter[tuple[str, str]]()
    for unit in units:
        count += 1
        tags.update({variant.language: 1 for variant in unit.variants})
        variants = [unit.variant(tag) if tag else None for tag in (direction.source, direction.target)]
        with_source += bool(variants[0] or not direction.source)
        if _has(unit, direction):
            translated += 1
            served.update(
                (asked, bcp47.canonical(variant.language))
                for asked, variant in zip((direction.source, direction.target), variants, strict=True)
                if variant
            )
        yield unit
    _warn_of_varieties(served, path)
    if count and not translated:
        asked_for = direction if direction.is_known else f"in {direction.source or direction.target}"
        languages = ", ".join(dict.fromkeys(bcp47.canonical(tag) for tag, _ in tags.most_common()))
        what = f"0 of {count} units are {asked_for}; found: {languages}"
        if not (untranslated and with_source):
            raise FormatError(what, path=path)
        log.warning("%s: %s; written without translations", path, what)


def _warn_of_varieties(served: Counter[tuple[str, str]], path: str) -> None:
    """Log how many units serve a language in another variety; ``served`` counts (asked, tag) pairs."""
    for (asked, tag), number in served.items():
        if bcp47.is_other_variety(tag, asked):
            notice("{path}: no {asked}, but {tag}, in {units}", path=path, asked=asked, tag=tag, units=number)


def _has(unit: Unit, direction: Direction) -> bool:
    if direction.source and direction.target:
        return unit.pair(direction.source, direction.target) is not None
    return unit.variant(direction.source or direction.target) is not None
