"""The mark that a segment ends with, brackets that do not pair, marks typed twice.

>>> PUNCTUATION.messages("Le pont.", "A ponte"), PUNCTUATION.messages("Le pont (vieux).", "A ponte (velha.")
(['ends with no mark, the source with .'], ['( and ) do not pair'])
>>> PUNCTUATION.messages("Le pont.", "A ponte,, alta.")
[',,: two marks in a row']
>>> PUNCTUATION.messages("le pont ;", "a ponte."), PUNCTUATION.messages("Le pont...", "A ponte…")
([], [])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Span

_CLOSING = "\"'’”»«“„›」』)]}>*_` \t\n\r\u00a0\u2009\u202f"
_SAME = str.maketrans({
    "。": ".", "｡": ".", "।": ".", "۔": ".", "！": "!", "？": "?", "؟": "?", "：": ":", "；": ";", "؛": ";",
    "，": ",", "、": ",", "،": ",",
})  # fmt: skip
_MARKS = ".!?:;,…"
_HALF_DAY = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
"""A point that may belong to the time: *at 12:15 a.m.*"""
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_TWICE = re.compile(r"(?<![,;:.!?])([,;])\s*\1(?![,;:.!?])|(?<![.…?!,;])\.\s*\.(?![.…])|,\.|;\.")


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source, translation.target
    mark, source_mark = final_mark(target), final_mark(source)
    is_half_a_day = {mark, source_mark} == {"", "."} and any(map(_HALF_DAY.search, (source, target)))
    may_differ = is_half_a_day or _may_end_an_item(mark, source_mark)
    if mark != source_mark and source.strip() and not may_differ:
        ends = f"ends with {mark or 'no mark'}, the source with {source_mark or 'no mark'}"
        yield Remark(ends, "warning", None, (_last(source),), (_last(target),))
    # In code as well: what it has lost there it has lost.
    # An interval may open with one kind and close with another: [a, b).
    pairs = {} if _is_balanced(target) else _BRACKETS
    for opening, closing in pairs.items():
        if target.count(opening) != target.count(closing) and source.count(opening) == source.count(closing):
            unpaired = f"{opening} and {closing} do not pair"
            yield Remark(unpaired, "warning", target_spans=spans_of(target, opening, closing))
    source, target = translation.source_prose, translation.target_prose
    if (twice := _TWICE.search(target)) and not _TWICE.search(source):
        yield Remark(f"{twice[0]}: two marks in a row", "warning", target_spans=(twice.span(),))


def final_mark(text: str) -> str:
    """The mark at the end of the text, "" if it ends with a word.

    >>> final_mark("Le pont (vieux). "), final_mark("Usage ::"), final_mark("Le pont")
    ('.', '::', '')
    """
    bare = text.rstrip(_CLOSING).translate(_SAME)
    if bare.endswith("..."):
        return "…"
    if bare.endswith("::"):
        return "::"
    return bare[-1] if bare and bare[-1] in _MARKS else ""


def _is_balanced(text: str) -> bool:
    """Whether as many brackets open as close, of whatever kind."""
    return sum(map(text.count, _BRACKETS)) == sum(map(text.count, _BRACKETS.values()))


def _last(text: str) -> Span:
    """The place of the last character that is no white space."""
    end = len(text.rstrip())
    return max(0, end - 1), end


def _may_end_an_item(mark: str, source_mark: str) -> bool:
    """Whether both may end an item of a list: French has a semicolon there, other languages a full stop or
    nothing."""
    marks = {mark, source_mark}
    return marks <= {"", ".", ",", ";"} and not marks <= {"", "."}


PUNCTUATION = Check(
    "punctuation", "Closing marks that differ, brackets that do not pair.", one_by_one(_examine)
)
