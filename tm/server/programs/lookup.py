"""Look-ups as the protocols need them: a text and two language codes to matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import Direction
from tm.errors import OptionError
from tm.memory import find_all
from tm.model import Segment
from tm.work.memories import direction_in, languages_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.model import Match
    from tm.server.desk import Desk
    from tm.store import Store


def direction_of(source: str, target: str) -> Direction:
    """Two codes as programs write them (``pt_br``, ``pt-BR``, ``pt``) as a direction.

    Raises:
        OptionError: one is no language, or both are the same.

    >>> direction_of("fr", "pt_br")
    Direction(source='fr', target='pt-BR')
    """
    tags = []
    for code in (source, target):
        if not bcp47.is_tag(code):
            raise OptionError(f"{code[:40]!r} is no language; a tag like fr or pt-BR was expected")
        tags.append(bcp47.canonical(code))
    if tags[0] == tags[1]:
        raise OptionError(f"{source} into {target} is one language")
    return Direction(*tags)


def matches_of(
    stores: Sequence[Store], texts: Sequence[str], asked: Direction, minimum: int, limit: int
) -> list[list[Match]]:
    """For each text its matches, best first; what is shown in the answer needs no edits.

    Raises:
        FormatError: the memories lack one of the languages.
    """
    direction = direction_in(stores, asked)
    segments = [Segment(text) for text in texts]
    return list(find_all(stores, segments, direction, minimum=minimum, limit=limit, with_edits=False))


async def best_of(desk: Desk, texts: Sequence[str], asked: Direction, minimum: int) -> list[str]:
    """For each text the translation of its best match; "" where nothing is like it.

    Raises:
        FormatError: the memories lack one of the languages.
    """
    lists = await desk.readers.ask(lambda stores: matches_of(stores, texts, asked, minimum, 1))
    return [matches[0].target if matches else "" for matches in lists]


def language_codes(stores: Sequence[Store]) -> list[str]:
    """All codes by which the languages of memories may be asked for: each tag, and each without its region.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     language_codes([store])
    []
    """
    tags = languages_in(stores)
    return list(dict.fromkeys(code for tag in tags for code in (tag, bcp47.base(tag))))


def targets_of(source: str, codes: Sequence[str]) -> list[str]:
    """Of some codes those into which is translated from one: the ones of other languages, not of another region.

    >>> targets_of("pt-BR", ["fr", "pt-BR", "pt"])
    ['fr']
    """
    return [code for code in codes if bcp47.base(code) != bcp47.base(source)]
