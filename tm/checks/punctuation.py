"""The mark a segment ends with, brackets and quotation marks that do not close, marks typed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = "\"'’”»«“„›」』)]}>*_` \t\n\r\u00a0\u2009\u202f"
_SAME = str.maketrans({
    "。": ".", "｡": ".", "।": ".", "۔": ".", "！": "!", "？": "?", "؟": "?", "：": ":", "；": ";", "؛": ";",
    "，": ",", "、": ",", "،": ",",
})  # fmt: skip
_MARKS = ".!?:;,…"
_BRACKETS = {"(": ")", "[": "]", "«": "»", "“": "”"}
_TWICE = re.compile(r"(?<![,;:.!?])([,;])\s*\1(?![,;:.!?])|(?<![.…?!,;])\.\s*\.(?![.…])|,\.|;\.")


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source, translation.target
    ends, should_end = _final(target), _final(source)
    if ends != should_end and source.strip() and not _ends_an_item(ends, should_end):
        yield Remark(f"ends with {_named(ends)}, the source with {_named(should_end)}", "warning")
    for opening, closing in _BRACKETS.items():
        if target.count(opening) != target.count(closing) and source.count(opening) == source.count(closing):
            yield Remark(f"{opening} and {closing} do not pair", "warning")
    if (twice := _TWICE.search(target)) and not _TWICE.search(source):
        yield Remark(f"{twice[0]}: two marks in a row", "warning")


def _final(text: str) -> str:
    """The mark that closes the text, "" when a word does."""
    bare = text.rstrip(_CLOSING).translate(_SAME)
    if bare.endswith("..."):
        return "…"
    return bare[-1] if bare and bare[-1] in _MARKS else ""


def _ends_an_item(mark: str, other: str) -> bool:
    """Whether both may end an item of a list: French likes a semicolon there, others a full stop or nothing."""
    return {mark, other} <= {"", ".", ",", ";"} and not {mark, other} <= {"", "."}


def _named(mark: str) -> str:
    return mark or "no mark"


PUNCTUATION = Check(
    "punctuation", "Closing marks that differ, brackets that do not pair.", one_by_one(_examine)
)
