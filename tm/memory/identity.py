"""What makes two units the same, as numbers that the memory looks units up by."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47
from tm.language import nfc
from tm.memory import records

if TYPE_CHECKING:
    from tm.model import Unit, Variant


class Identity(NamedTuple):
    """What two units are compared by, as 64-bit numbers (signed, as SQLite has them).

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

    The source is the variant that the unit's ``srclang`` names, else the first. Texts are the same when they are so
    after NFC: "Chapter 1" and "chapter 2" are different sources, although they have the same key for matching.

    Args:
        unit: the unit.
        record: its own.
    """
    texts = [_text_fields(variant) for variant in unit.variants]
    named = bcp47.canonical(dict(unit.attributes).get("srclang", "")) if unit.attributes else ""
    source = next((fields for fields in texts if fields[0] == named), texts[0]) if named else texts[0]
    others = sorted([fields for fields in texts if fields is not source])
    before, key = map(nfc, records.context(unit))
    count = len(texts)
    # Each level as a list of fields, with their number as the first one. Memories keep the hashes: this must stay as it is.
    levels = (
        f"{_one(str(4 + count))}{_three(*source)}{_one(before)}{_one(key)}{''.join([_one(text[0]) for text in others])}",
        f"{_one(str(3 * count - 3))}{''.join([_three(*fields) for fields in others])}",
        f"{_one(str(3 * count + 1))}{_one(record.extra or '')}"
        + "".join([_three(language, text, extra or "") for language, text, extra in record.variants]),
    )
    digest = hashlib.blake2b(digest_size=8)
    hashes = b""
    for level in levels:
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


def _one(field: str) -> str:
    """A field with its length before it, so that no two lists of fields make the same string."""
    return f"{len(field)}:{field}"


def _three(one: str, two: str, three: str) -> str:
    return f"{len(one)}:{one}{len(two)}:{two}{len(three)}:{three}"
