"""A translation much longer or shorter than its source: something was left out, or came in from elsewhere.

>>> from tm.direction import Direction
>>> LENGTH.messages("Le pont est fermé depuis lundi matin.", "Fechado.")
['far shorter than the source: 8 characters for 37']
>>> LENGTH.messages("OK", "Tudo bem"), LENGTH.messages("Le pont est fermé.", "桥已关闭", Direction("fr", "zh"))
([], [])
>>> LENGTH.messages("quatre-vingt-dix jours", "90 dias", Direction("fr", "pt"))
[]
"""

from __future__ import annotations

import html
import unicodedata
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMES = 1.6
"""How many times longer or shorter a long text is worth a look: 1 in 100 reviewed French–Portuguese segments
of any length is beyond it, and 19 in 20 of those that lost their second half."""
_FAR = 2.0
"""From how many times a long text is a warning, and a short one worth a look: labels are put in other words,
and only 4 in 14 short ones beyond _TIMES had lost or gained something."""
_LONG = 60
"""Letters of the longer side from which a text is long."""
_FORGIVEN = 10
"""Characters added to both sides first, so that labels may differ more than sentences: "OK" is "Tudo bem"."""
_WIDE = 2.5
"""Letters that a wide character stands for: it writes a whole syllable or word."""


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = _letters(translation.source), _letters(translation.target)
    times = _times(source, target)
    is_long = max(source, target) >= _LONG
    most = _TIMES if is_long else _FAR
    if source and not 1 / most <= times <= most and not 1 / _TIMES <= _in_digits(translation) <= _TIMES:
        what = "longer" if times > 1 else "shorter"
        counts = f"{len(translation.target)} characters for {len(translation.source)}"
        is_far = is_long and not 1 / _FAR <= times <= _FAR
        yield Remark(f"far {what} than the source: {counts}", "warning" if is_far else "info")


def _times(source: float, target: float) -> float:
    return (target + _FORGIVEN) / (source + _FORGIVEN)


def _in_digits(translation: Translation) -> float:
    """How many times longer it is without the numbers that one side has in words and the other in digits."""
    source, target = _letters(translation.source), _letters(translation.target)
    for in_source, in_target in translation.comparison.pairs:
        if "word" in (in_source.kind, in_target.kind) and in_source.kind != in_target.kind:
            source, target = source - len(in_source.text), target - len(in_target.text)
    return _times(source, target)


def _letters(text: str) -> float:
    """The length of the text; a wide character counts as _WIDE letters, an entity as one."""
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return len(text)
    return sum(_WIDE if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


LENGTH = Check("length", "Translations far longer or shorter than their source.", one_by_one(_examine))
