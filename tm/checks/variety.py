"""Words and turns of another variety of the language: "ficheiro" in a translation for Brazil.

What tells varieties apart is data of the language (``tm.language.varieties``); only forms that are all but unknown in the
wanted variety count, and a text that mixes varieties on purpose says so in its source too.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tm import bcp47, language, registry
from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.varieties import Variety

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOREIGN = 4.0
"""The weight of a form that is fifty times likelier elsewhere."""


def _examine(translation: Translation) -> Iterator[Remark]:
    text = language.nfc(translation.target)
    for variety in _others(translation.target_language):
        quoted = variety.found(language.nfc(translation.source))
        marks = [
            mark for mark, weight in variety.found(text).items() if weight >= _FOREIGN and mark not in quoted
        ]
        if marks:
            yield Remark(f"{', '.join(marks)}: {variety.tag}, not {translation.target_language}", "warning")


@functools.cache
def _others(tag: str) -> tuple[Variety, ...]:
    """The other varieties of the language, when the tag is one that is known."""
    known = [
        variety
        for variety in registry.listed("tm.language", Variety)
        if tag and bcp47.base(variety.tag) == bcp47.base(tag)
    ]
    wanted = bcp47.canonical(tag)
    return (
        tuple(variety for variety in known if variety.tag != wanted)
        if wanted in {v.tag for v in known}
        else ()
    )


VARIETY = Check("variety", "Words of another variety of the language.", one_by_one(_examine))
