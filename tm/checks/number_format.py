"""Numbers written as another language writes them: 3.5 for 3,5 in Portuguese, 10,000 for 10.000.

The value is right, or the check ``number`` says so; here the signs are looked at
(``tm.language.number_signs``). The steps of ``_examine``:

1. For each number in digits that both texts have, ``_meant`` says which reading of the translation's is the
   source's.
2. ``_is_amount`` leaves versions, sections and lists alone: what is written as in the source, without a unit,
   may be no amount (3.10).
3. ``_fault`` compares its signs with those of the language; the remark has the number written rightly.

>>> from tm.direction import Direction
>>> NUMBER_FORMAT.messages("La tour mesure 3,5 m.", "A torre mede 3.5 m.", Direction("fr", "pt-BR"))
['3.5 is written 3,5 in pt-BR']
>>> NUMBER_FORMAT.messages("Version 3.10", "Versão 3.10", Direction("fr", "pt-BR"))
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one, replaced
from tm.language.number_signs import readings, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language.number_signs import Number, Signs
    from tm.language.quantities import Quantity
    from tm.model import Severity

_NO_BREAK = ("\u00a0", "\u202f")
_GROUPED = re.compile(r"\d[\s'’]\d")
_DIGITS = re.compile(r"\d+(?:[.,  \u2009\u202f'’]\d+)+")


def _examine(translation: Translation) -> Iterator[Remark]:
    language = translation.direction.target
    signs = signs_of(language)
    if not signs.decimal:
        return
    for in_source, in_target in translation.comparison.pairs:
        written = translation.target[slice(*in_target.digits)]
        if in_source.kind != "number" or in_target.kind != "number" or not _DIGITS.fullmatch(written):
            continue
        number = _meant(in_source, in_target, written, language)
        fault = number and _fault(number, signs, written, translation)
        if not number or not fault or not _is_amount(in_source, in_target, translation):
            continue
        # Where the source has the same signs against its own rules, both quote what a program printed.
        source_signs = signs_of(translation.direction.source)
        if translation.source[slice(*in_source.digits)] == written and source_signs.decimal == signs.decimal:
            continue
        right = number.written(signs)
        yield Remark(
            *fault,
            suggestion=replaced(translation.target, [in_target.digits], right) if right else None,
            source_spans=((in_source.start, in_source.end),),
            target_spans=(in_target.digits,),
        )


def _meant(in_source: Quantity, in_target: Quantity, written: str, language: str) -> Number | None:
    """What the number of the translation is, read so that it is equal to the source's."""
    return next(
        (
            number
            for number in readings(written, language)
            if number.amount * in_target.scale in in_source.values
        ),
        None,
    )


def _fault(
    number: Number, signs: Signs, written: str, translation: Translation
) -> tuple[str, Severity] | None:
    """What is wrong with a number's signs, and how bad it is; None if they are the language's."""
    language = translation.direction.target
    if number.signs.decimal not in ("", signs.decimal) or number.signs.group == signs.decimal:
        return f"{written} is written {number.written(signs)} in {language}", "warning"
    has_such_spaces = any(space in translation.target for space in _NO_BREAK)
    if number.signs.group == " " and signs.group in _NO_BREAK and has_such_spaces:
        return f"{written} may break at the end of a line; the other spaces of the kind do not", "info"
    return None


def _is_amount(in_source: Quantity, in_target: Quantity, translation: Translation) -> bool:
    """Whether this is no version, section or list."""
    source, target = translation.source, translation.target
    if source[in_source.digits[0] - 1 : in_source.digits[0]].isalpha():
        return False
    if in_source.units or in_target.units or in_source.scale > 1:
        return True
    written, signs = source[slice(*in_source.digits)], signs_of(translation.direction.source)
    if written == target[slice(*in_target.digits)]:
        return signs.group != "" and signs.group in written and not in_source.version
    has_own_signs = any(sign and sign in written for sign in signs) or _GROUPED.search(written) is not None
    return has_own_signs or (written.isdecimal() and len(written.lstrip("0")) > 3)


NUMBER_FORMAT = Check(
    "numberformat",
    "Decimals and thousands with the signs of another language: 3.5 for 3,5.",
    one_by_one(_examine),
)
