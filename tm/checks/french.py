"""French typography: a no-break space before ; : ! ? » and after «, and « » for "quotation marks".

U+00A0 and U+202F are both right. Times (10:30), addresses, placeholders, names in code and code are left alone.

>>> from tm.direction import Direction
>>> FRENCH.messages("Onde?", "Où?", Direction("pt", "fr"))
['a space that does not break is missing']
>>> FRENCH.messages("Um não.", 'Un "non".', Direction("pt", "fr"))
['"non": French has « »']
>>> FRENCH.messages("Às 10:30?", "À 10:30\N{NO-BREAK SPACE}?", Direction("pt", "fr"))
[]
>>> FRENCH.messages("Où ?", "Onde?", Direction("fr", "pt"))
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.addresses import ADDRESS
from tm.checks.check import Check, Remark, Translation, one_by_one, replaced, without
from tm.checks.codes import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(r"`[^`]*`|::")
_BEFORE = re.compile(r"(?<=[^\W_]|[)\]%»…])[ ]?(?=[;:!?](?:\s|$|[»)]))|(?<=\S)[ ]?(?=»)")
_AFTER = re.compile(r"(?<=«)[ ]?(?=\S)")
_QUOTED = re.compile(r"(?<![\w=(\[])\"([^\"\s][^\"]*)\"(?![\w)\]])")


def _examine(translation: Translation) -> Iterator[Remark]:
    # Switzerland and Canada have other rules.
    if bcp47.canonical(translation.direction.target) not in ("fr", "fr-FR", "fr-BE"):
        return
    text = translation.target
    bare = without(translation.target_prose, ADDRESS, PLACEHOLDER, _CODE)
    spans = sorted(match.span() for expression in (_BEFORE, _AFTER) for match in expression.finditer(bare))
    if spans:
        yield Remark(
            "a space that does not break is missing", "info", replaced(text, spans, "\N{NO-BREAK SPACE}")
        )
    if quotation := _QUOTED.search(bare):
        yield Remark(f"{quotation[0]}: French has « »", "info")


FRENCH = Check("french", "Spaces and quotation marks as French typography wants them.", one_by_one(_examine))
