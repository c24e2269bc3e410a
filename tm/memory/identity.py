"""What makes two units the same, as numbers that the memory looks units up by."""

from __future__ import annotations

import hashlib
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
    said = [_three(*source), *[_one(nfc(said)) for said in records.context(unit)]]
    said += [_one(fields[0]) for fields in others]
    whole = [_three(language, text, extra or "") for language, text, extra in record.variants]
    # Each level as a list of fields, with their number as the first one. Memories keep the hashes: this must stay as it is.
    digest = hashlib.blake2b(digest_size=8)
    numbers = []
    for count, fields in (
        (5 + len(others), said),
        (3 * len(others), [_three(*fields) for fields in others]),
        (1 + 3 * len(whole), [_one(record.extra or ""), *whole]),
    ):
        digest.update(f"{_one(str(count))}{''.join(fields)}".encode("utf-8", "surrogatepass"))
        numbers.append(int.from_bytes(digest.digest(), "little", signed=True))
    return Identity(*numbers)


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
