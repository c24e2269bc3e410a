"""What makes two units the same, as numbers that the memory looks units up by.

``identify`` makes three levels of fields, each a string in which every field has its length before it
(``_three``), and hashes them one after the other: the source with its context, all texts, everything.

>>> from tm.model import Segment, Unit, Variant
>>> def identity(source, target, *attributes):
...     unit = Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))), attributes)
...     return identify(unit, records.record_of(unit))
>>> stored = identity("oui", "sim")
>>> for new in (identity("oui", "sim", ("tuid", "7")), identity("oui", "pois"), identity("Oui", "sim")):
...     print([one == two for one, two in zip(stored, new)])
[True, True, False]
[True, False, False]
[False, False, False]
"""

from __future__ import annotations

import functools
import hashlib
import struct
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47
from tm.language import nfc
from tm.store import records

if TYPE_CHECKING:
    from tm.model import Unit, Variant


class Identity(NamedTuple):
    """What two units are compared by: 64-bit hashes, signed as SQLite has them.

    Attributes:
        source: of the source text with its codes, its context, and the languages.
        content: of these and the other texts with their codes.
        whole: of everything, attributes and notes included.
    """

    source: int
    content: int
    whole: int


def identify(unit: Unit, record: records.Record) -> Identity:
    """The identity of a unit.

    The source is the variant that the unit's ``srclang`` names, else the first one. Texts are compared after
    NFC alone: "Chapter 1" and "chapter 2" are different sources, although they have the same key for
    matching.

    Args:
        unit: with one variant at least.
        record: what ``records.record_of`` made of it.
    """
    texts = [_text_fields(variant) for variant in unit.variants]
    named = bcp47.canonical(dict(unit.attributes).get("srclang", "")) if unit.attributes else ""
    first = next((fields for fields in texts if fields[0] == named), texts[0]) if named else texts[0]
    before, key = map(nfc, records.context(unit))
    # Each level begins with the number of its fields. Memories keep the hashes: this must stay as it is.
    source, content, whole = _beginnings(len(texts))
    source += f"{_three(*first)}{len(before)}:{before}{len(key)}:{key}"
    for language, text, codes in sorted([fields for fields in texts if fields is not first]):
        source += f"{len(language)}:{language}"
        content += _three(language, text, codes)
    extra = record.extra or ""
    whole += f"{len(extra)}:{extra}"
    for language, text, variant_extra in record.variants:
        whole += _three(language, text, variant_extra or "")
    digest = hashlib.blake2b(digest_size=8)
    hashes = b""
    for level in (source, content, whole):
        digest.update(level.encode("utf-8", "surrogatepass"))
        hashes += digest.digest()
    return Identity(*struct.unpack("<3q", hashes))


def _text_fields(variant: Variant) -> tuple[str, str, str]:
    codes = variant.segment.codes
    return (
        bcp47.canonical(variant.language),
        nfc(variant.segment.text),
        records.written_codes(codes) if codes else "",
    )


@functools.cache
def _beginnings(variants: int) -> tuple[str, str, str]:
    numbers = (str(4 + variants), str(3 * variants - 3), str(3 * variants + 1))
    source, content, whole = (f"{len(number)}:{number}" for number in numbers)
    return source, content, whole


def _three(one: str, two: str, three: str) -> str:
    """Three fields, each with its length before it, so that no two lists of fields make the same string.

    >>> _three("fr", "oui", "")
    '2:fr3:oui0:'
    """
    return f"{len(one)}:{one}{len(two)}:{two}{len(three)}:{three}"
