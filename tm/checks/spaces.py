"""White space at the ends, on which programs rely that join texts, and two spaces instead of one.

>>> SPACES.messages("Nom : ", "Nome:"), SPACES.messages("Le pont.", "A  ponte.")
(["trailing white space is '', in the source ' '"], ['two spaces in a row'])
>>> SPACES.messages(" Le pont", " A ponte"), SPACES.messages("Le  pont", "A  ponte")
([], [])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one, replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWO_SPACES = re.compile(r"(?<=\S)(?: {2,}|[ \u00a0\u202f]{3,})(?=\S)")


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source, translation.target
    if not source.strip():
        return
    source_start, source_end = _ends(source)
    start, end = _ends(target)
    mended = source_start + target.strip() + source_end
    if start != source_start:
        yield Remark(f"leading white space is {start!r}, in the source {source_start!r}", "warning", mended)
    if end != source_end:
        yield Remark(f"trailing white space is {end!r}, in the source {source_end!r}", "warning", mended)
    spans = [match.span() for match in _TWO_SPACES.finditer(translation.target_prose)]
    if spans and not _TWO_SPACES.search(source):
        yield Remark("two spaces in a row", "warning", replaced(target, spans, " "))


def _ends(text: str) -> tuple[str, str]:
    """The white space before and after the text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


SPACES = Check("space", "White space at the ends that differs, spaces in a row.", one_by_one(_examine))
