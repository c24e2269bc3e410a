"""A translation longer than its file allows (XLIFF ``maxwidth``, ``max-length`` in a PO comment)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm import language
from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.formats.demands import maximum_length

if TYPE_CHECKING:
    from collections.abc import Iterator


def _examine(translation: Translation) -> Iterator[Remark]:
    unit = translation.pair.unit
    allowed = maximum_length(unit) if unit else None
    length = len(language.nfc(translation.target))
    if allowed is not None and length > allowed:
        beyond = _offset(translation.target, allowed), len(translation.target)
        yield Remark(f"{length} characters; {allowed} are allowed", target_spans=(beyond,))


def _offset(text: str, characters: int) -> int:
    """Where so many characters of the text, after NFC, end.

    >>> _offset("e\u0301te\u0301", 2)
    3
    """
    if language.nfc(text) == text:
        return characters
    fits = (end for end in range(len(text), -1, -1) if len(language.nfc(text[:end])) <= characters)
    return next(fits)


LIMIT = Check("limit", "Translations longer than their file allows.", one_by_one(_examine))
