"""Whether units have the languages asked for; that none has them is said, with those they have."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.errors import FormatError
from tm.formats.varieties import is_other

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.direction import Direction
    from tm.model import Unit

log = logging.getLogger(__name__)


def checked(
    units: Iterable[Unit], direction: Direction, *, path: str, untranslated: bool = False
) -> Iterator[Unit]:
    """The units as they are, and a fault behind the last one when none of them is from the one language into the other.

    Args:
        units: in order.
        direction: from which language into which.
        path: the file that they come from, for the message.
        untranslated: units that only have the source are fine too, as in a file for a translator; then
            there is a notice.

    A notice says too how many serve in another variety than the one asked for.

    Raises:
        FormatError: there were units, and not one that has these languages.

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
    for (asked, tag), number in served.items():
        if "-" in asked and is_other(tag, asked):
            log.warning("%s: %d units have no %s, but %s", path, number, asked, tag)
    if count and not translated:
        asked_for = direction if direction.is_known else f"in {direction.source or direction.target}"
        languages = ", ".join(dict.fromkeys(bcp47.canonical(tag) for tag, _ in tags.most_common()))
        what = f"0 of {count} units are {asked_for}; found: {languages}"
        if not (untranslated and with_source):
            raise FormatError(what, path=path)
        log.warning("%s: %s; written without translations", path, what)


def _has(unit: Unit, direction: Direction) -> bool:
    if direction.source and direction.target:
        return unit.pair(direction.source, direction.target) is not None
    return unit.variant(direction.source or direction.target) is not None
