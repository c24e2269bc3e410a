"""Characters that nobody sees: zero width, soft hyphens, marks of direction outside their languages.

They come in by copying, break a search, and a screen may show a box for them. What the source has too was
meant; joiners belong to Persian, Indic scripts and emoji, marks of direction to texts with letters that run
from right to left.

>>> INVISIBLE.messages("Fermez tout.", "Fe\N{ZERO WIDTH SPACE}che tudo.")
['ZERO WIDTH SPACE inside Feche']
>>> INVISIBLE.messages("Oui", "\N{RIGHT-TO-LEFT MARK}כן"), INVISIBLE.messages("Oui", "Sim")
([], [])
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.protected import spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(f"[\u00ad\u200b-\u200d\u2060-\u2064\ufeff{_BIDI}]")
_IN_DIRECTION = re.compile(f"[{_BIDI}]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINED = re.compile("[\u0600-\u06ff\u0900-\u109f\u1780-\u17ff\u200d\ufe0f\U0001f000-\U0001faff]")
"""Letters that joiners belong to, and pictures."""


def _examine(translation: Translation) -> Iterator[Remark]:
    target = translation.target
    if target.isascii() and target.isprintable():
        return
    meant = set(translation.source)
    allowed = [expression for expression in (_RIGHT_TO_LEFT, _JOINED) if expression.search(target)]
    places = [
        match.start()
        for expression in (_HIDDEN, _CONTROL)
        for match in expression.finditer(target)
        if match[0] not in meant and not _belongs(match[0], allowed)
    ]
    if not places:
        return
    in_code = {place for start, end in spans(target) for place in range(start, end)}
    mended = "".join(c for place, c in enumerate(target) if place not in places or place in in_code)
    first = min(places)
    where = _word(target, first)
    yield Remark(
        f"{_name(target[first])} {f'inside {where}' if where else 'in the translation'}",
        "warning",
        None if mended == target else mended,
        target_spans=tuple((place, place + 1) for place in sorted(places)),
    )


def _belongs(character: str, allowed: list[re.Pattern[str]]) -> bool:
    """Whether a hidden character has something to do in a text with such letters."""
    if _IN_DIRECTION.match(character):
        return _RIGHT_TO_LEFT in allowed
    return character in "\u200c\u200d" and _JOINED in allowed


def _name(character: str) -> str:
    return unicodedata.name(character, f"control character U+{ord(character):04X}")


def _word(text: str, place: int) -> str:
    """The word around a place, without what nobody sees; "" where none is."""
    before = re.search(r"\w*$", text[:place])
    after = re.match(r"\w*", text[place + 1 :])
    return (before[0] if before else "") + (after[0] if after else "")


INVISIBLE = Check("invisible", "Characters that nobody sees.", one_by_one(_examine))
