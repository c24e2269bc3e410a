"""Times of the day: 14 h 30, 14:30, 2:30 PM, 2h30 da tarde.

>>> [time.seconds for time in clocks("At 2:30 PM, 12:15 a.m.", "fr")]
[frozenset({52200}), frozenset({900})]
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tm import bcp47

_TIME = re.compile(
    r"""(?<![\w:.,/-]) (?P<hour>[01]?\d|2[0-4]) (?:
        (?: [:∶] | \.(?=\d\d[ ]Uhr) | [ \u00a0\u202f]?[hH][ \u00a0\u202f]? ) (?P<minute>[0-5]\d) (?!\d) (?: [:∶](?P<second>[0-5]\d)(?!\d) )?
      | (?= [ \u00a0\u202f]?[ap]\.?[ ]?m\b | [ ]o['’]clock ) )
      (?: [ \u00a0\u202f]? (?P<half>[ap])\.?[ ]?m\b\.?
        | [ ](?P<after>de[ ]l['’]après-midi|du[ ]soir|da[ ]tarde|da[ ]noite|de[ ]la[ ](?:tarde|noche))
        | [ ](?P<before>du[ ]matin|da[ ]manhã|da[ ]madrugada|de[ ]la[ ]mañana) )?
      (?![\w:])""",
    re.VERBOSE | re.IGNORECASE,
)
_MAY_HOLD = re.compile(r"\d(?:[:∶.]\d| o['’]c|[ \u00a0\u202f]?[hH]|[ \u00a0\u202f]?[apAP]\.?[ ]?[mM])")

DAY = 24 * 3600


class Time(NamedTuple):
    """A time where it stands in a text.

    Attributes:
        start: where it begins.
        end: where it ends.
        seconds: after midnight; two where the half of the day is not said.
        parts: its digits as numbers.
    """

    start: int
    end: int
    seconds: frozenset[int]
    parts: tuple[int, ...]


def clocks(text: str, language: str) -> list[Time]:
    """The times of a text that have minutes, or say which half of the day they are in.

    >>> clocks("3:30", "en")[0].seconds == {12600, 55800}, clocks("3 h 30", "fr")[0].seconds == {12600}
    (True, True)
    """
    if not _MAY_HOLD.search(text):
        return []
    return [_time(match, language) for match in _TIME.finditer(text)]


def _time(match: re.Match[str], language: str) -> Time:
    parts = tuple(int(match[name]) for name in ("hour", "minute", "second") if match[name])
    hour, minute, second = (*parts, 0, 0)[:3]
    half = (match["half"] or ("p" if match["after"] else "a" if match["before"] else "")).casefold()
    hours = {hour}
    if half and hour <= 12:
        hours = {hour % 12 + (12 if half == "p" else 0)}
    elif hour <= 12 and bcp47.base(language or "und") == "en":
        hours = {hour, (hour + 12) % 24}
    seconds = frozenset((value * 3600 + minute * 60 + second) % DAY for value in hours)
    return Time(match.start(), match.end(), seconds, parts)
