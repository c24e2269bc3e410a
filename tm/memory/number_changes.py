"""The changed numbers of a source found in its translation, and the new ones as that writes numbers.

1. ``_key`` makes numbers comparable, each read by the signs of its language (``tm.language.number_signs``);
   what is no single number (a time, a version, a range) by its parts.
2. ``number_edits`` finds each changed number in the translation; ``_rewritten`` writes the new one: by the
   signs that the old one shows there, else by those of the language, or part by part.

>>> from tm.direction import Direction
>>> portuguese = Direction("fr", "pt")
>>> _rewritten("3", "3", "1 000,5", portuguese), _rewritten("10:30", "10h30", "9:45", portuguese)
('1.000,5', '9h45')
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import decimal

from tm.language import Token, keyed
from tm.language.number_signs import Signs, is_month_first, read_number, signs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.language.quantities.dates import Span
    from tm.model import Pair

_TIME = re.compile(r"\d{1,2}h\d{2}")
"""A time that is one word: 10h30."""

_VERSION = re.compile(r"(?:\b[Vv]ers\w+\s+|\b[Vv]\.?\s?|(?<=\w\s)[A-Z]\w+\s+)(\d+\.\d+)(?![\w,])")

_FULL_WIDTH = str.maketrans("．，：／－＋", ".,:/-+")

Edit = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""


def number_edits(
    pair: Pair,
    changed: Sequence[tuple[str, str]],
    direction: Direction,
    new_text: str = "",
    taken: tuple[Sequence[Span], Sequence[Span]] = ((), ()),
) -> list[Edit] | None:
    """What to put where in the pair's target; None when that is not certain.

    It is certain when each changed number stands in the target as often as in the source, and it is known how
    the target writes the new one.

    Args:
        pair: the stored texts.
        changed: the numbers of its source that are others now: (stored, new).
        direction: from which language into which.
        new_text: the text that is being translated, to tell versions from amounts.
        taken: the parts of source and target that are dates, and looked after as such.

    >>> from tm.direction import Direction
    >>> from tm.model import Pair, Segment
    >>> pair = Pair(Segment("Il y a 10 000 pages en 3 tomes."), Segment("São 10.000 páginas em 3 volumes."))
    >>> number_edits(pair, [("10 000", "12 500"), ("3", "4")], Direction("fr", "pt-BR"))
    [(4, 10, '12.500'), (22, 23, '4')]
    >>> in_words = Pair(Segment("3 pages"), Segment("três páginas"))
    >>> number_edits(in_words, [("3", "4")], Direction("fr", "pt")) is None
    True
    """
    news: dict[object, tuple[str, str]] = {}
    for old, new in changed:
        if news.setdefault(_key(old, direction.source), (old, new))[1] != new:
            return None
    sources = _numbers(pair.source.text, direction.source, taken[0])
    targets = _numbers(pair.target.text, direction.target, taken[1])
    in_source = Counter(_key(token.text, direction.source) for token in sources)
    in_target = Counter(_key(token.text, direction.target) for token in targets)
    counts = Counter(_key(old, direction.source) for old, _ in changed)
    if any(not in_source[key] == in_target[key] == count for key, count in counts.items()):
        return None
    versions = _versions(new_text)
    edits = []
    for token in targets:
        old, new = news.get(_key(token.text, direction.target), ("", ""))
        if old:
            written = new if new in versions else _rewritten(old, token.text, new, direction)
            if written is None:
                return None
            edits.append((token.start, token.end, written))
    return edits


def _versions(text: str) -> frozenset[str]:
    """The numbers with points that no language writes otherwise: of a version, or behind a name.

    >>> sorted(_versions("In Python 3.7 (version 2.0 on 1.5 GB)"))
    ['2.0', '3.7']
    """
    return frozenset(match[1] for match in _VERSION.finditer(text))


def _numbers(text: str, language: str, taken: Sequence[Span]) -> list[Token]:
    return [
        Token(text[token.start : token.end], token.start, token.end, "number")
        for token in keyed(text, language)
        if (token.kind == "number" or _TIME.fullmatch(text, token.start, token.end))
        and not any(start <= token.start < end for start, end in taken)
    ]


def _key(text: str, language: str) -> object:
    """What is equal for equal numbers, however they are written.

    >>> _key("10 000", "fr") == _key("10.000", "pt"), _key("3,5", "fr") == _key("3.5", "en")
    (True, True)
    >>> _key("10:30", "fr") == _key("10h30", "fr"), _key("1.2.3", "fr") == _key("123", "fr")
    (True, False)
    """
    text = _plain_digits(text)
    number = read_number(text, language)
    return number.value if number else tuple(sorted(map(int, re.findall(r"\d+", text))))


def _plain_digits(text: str) -> str:
    """A number in the digits of ASCII: of full width, and of other scripts.

    >>> _plain_digits("１，０００"), _plain_digits("٣"), _plain_digits("1 000")
    ('1,000', '3', '1 000')
    """
    if text.isascii():
        return text
    digits = (str(decimal(character)) if character.isdecimal() else character for character in text)
    return "".join(digits).translate(_FULL_WIDTH)


def _rewritten(old: str, translated: str, new: str, direction: Direction) -> str | None:
    """The new number as the target writes it, given how the old one is written in both languages.

    >>> from tm.direction import Direction
    >>> english = Direction("fr", "en")
    >>> _rewritten("3,5", "3.5", "4,25", english), _rewritten("12/03/18", "03/12/18", "01/04/19", english)
    ('4.25', '04/01/19')
    >>> _rewritten("3", "3", "6.25", Direction("fr", "pt"))
    '6.25'
    >>> _rewritten("1.2.3", "1.2.3", "1.3", english), _rewritten("3", "3", "1,5", Direction("fr", "tlh"))
    ('1.3', None)
    >>> japanese = Direction("ja", "en")
    >>> _rewritten("１２", "12", "３４", japanese), _rewritten("3", "٣", "4", Direction("en", "ar"))
    ('34', None)
    """
    if _plain_digits(translated) != translated:
        return new if old == translated else None  # other digits than ours
    old, new = _plain_digits(old), _plain_digits(new)
    number = read_number(new, direction.source)
    if number and number.signs.decimal not in ("", signs_of(direction.source).decimal):
        return new  # no amount as this language writes it
    shown = read_number(translated, direction.target)
    turns_dates = is_month_first(direction.source) != is_month_first(direction.target)
    is_date = len(re.findall(r"\d+", new)) == 3 and not number
    if (
        old == translated
        and re.findall(r"\D", old) == re.findall(r"\D", new)
        and not (is_date and turns_dates)
    ):
        return new  # the target writes it as the source does
    if number and shown:
        return number.written(_shown(shown.signs, signs_of(direction.target)))
    if read_number(old, direction.source) is None and not number:
        return _part_by_part(old, translated, new, direction)
    return None if is_date and turns_dates else new


def _shown(shown: Signs, usual: Signs) -> Signs:
    """The signs that a number shows, and for those it does not show the usual ones.

    >>> _shown(Signs(".", ""), Signs(",", "."))
    Signs(decimal='.', group=',')
    """
    decimal, group = shown.decimal or usual.decimal, shown.group or usual.group
    if decimal and decimal == group:
        other = "," if decimal == "." else "."
        decimal, group = (decimal, other) if shown.decimal else (other, group)
    return Signs(decimal, group)


def _part_by_part(old: str, translated: str, new: str, direction: Direction) -> str | None:
    """A time, a date with a short year, a version or a range, each part where the target has the old one."""
    olds, there, news = (re.findall(r"\d+", text) for text in (old, translated, new))
    if (
        re.findall(r"\D+", old) != re.findall(r"\D+", new)
        or len(olds) != len(news)
        or len(olds) != len(there)
    ):
        return new if old == translated else None
    values, places = list(map(int, olds)), list(map(int, there))
    if len(set(values)) < len(values):
        if values != places or is_month_first(direction.source) != is_month_first(direction.target):
            return None
        order = list(range(len(values)))
    else:
        order = [values.index(place) for place in places]
    padded = any(digits.startswith("0") for digits in there) or all(len(digits) > 1 for digits in there)
    has_padding = any(digits.startswith("0") for digits in olds)
    parts = [
        news[at].zfill(2) if padded and not has_padding and len(there) == 3 else news[at] for at in order
    ]
    separators = [*re.findall(r"\D+", translated), ""]
    return "".join(part + separator for part, separator in zip(parts, separators, strict=False))
