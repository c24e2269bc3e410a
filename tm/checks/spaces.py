"""White space at the ends, which a program that joins texts relies on, and two spaces where one is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWO_SPACES = re.compile(r"(?<=\S)(?: {2,}|[ \u00a0\u202f]{3,})(?=\S)")


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source, translation.target
    if not source.strip():
        return
    before, after = _ends(source)
    has_before, has_after = _ends(target)
    mended = before + target.strip() + after
    if has_before != before:
        yield Remark(f"leading white space is {has_before!r}, in the source {before!r}", "warning", mended)
    if has_after != after:
        yield Remark(f"trailing white space is {has_after!r}, in the source {after!r}", "warning", mended)
    if _TWO_SPACES.search(target) and not _TWO_SPACES.search(source):
        yield Remark("two spaces in a row", "warning", _TWO_SPACES.sub(" ", target))


def _ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


SPACES = Check("space", "White space at the ends that differs, spaces in a row.", one_by_one(_examine))
