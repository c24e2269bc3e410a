"""French typography: a space that does not break before ; : ! ? » and after «, and « » for "quotation marks".

U+00A0 and U+202F are both right. Times (10:30), addresses, placeholders and code are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.addresses import ADDRESS
from tm.checks.check import Check, Remark, Translation, one_by_one, without
from tm.checks.codes import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(r"`[^`]*`|::")
_BEFORE = re.compile(r"(?<=[^\W_]|[)\]%»…])[ ]?(?=[;:!?](?:\s|$|[»)]))|(?<=\S)[ ]?(?=»)")
_AFTER = re.compile(r"(?<=«)[ ]?(?=\S)")
_QUOTED = re.compile(r"(?<![\w=(\[])\"([^\"\s][^\"]*)\"(?![\w)\]])")


def _examine(translation: Translation) -> Iterator[Remark]:
    # The Swiss and the Canadians space otherwise.
    if bcp47.canonical(translation.target_language) not in ("fr", "fr-FR", "fr-BE"):
        return
    text = translation.target
    bare = without(text, ADDRESS, PLACEHOLDER, _CODE)
    places = sorted(
        [found.span() for found in _BEFORE.finditer(bare)] + [found.span() for found in _AFTER.finditer(bare)]
    )
    if places:
        yield Remark("a space that does not break is missing", "info", _put(text, places, "\u00a0"))
    if found := _QUOTED.search(bare):
        yield Remark(f"{found[0]}: French has « »", "info")


def _put(text: str, places: list[tuple[int, int]], what: str) -> str:
    for start, end in reversed(places):
        text = text[:start] + what + text[end:]
    return text


FRENCH = Check("french", "Spaces and quotation marks as French typography wants them.", one_by_one(_examine))
