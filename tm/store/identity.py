"""What makes two units the same, as numbers that the memory looks units up by, and what the numbers leave open.

``identify`` makes three levels of fields, each a string in which every field has its length before it
(``_three``), and hashes them one after the other: the source text, all texts, everything. The first two levels
know languages without their regions, and no context; ``regions`` and ``contexts`` say how two units with the
same numbers differ in these.

>>> from tm.model import Segment, Unit, Variant
>>> def identity(source, target, *attributes, language="fr"):
...     unit = Unit((Variant(language, Segment(source)), Variant("pt", Segment(target))), attributes)
...     return identify(unit, records.record_of(unit))
>>> stored = identity("oui", "sim")
>>> for new in (identity("oui", "sim", ("tuid", "7")), identity("oui", "pois"), identity("Oui", "sim")):
...     print([one == two for one, two in zip(stored, new)])
[True, True, False]
[True, False, False]
[False, False, False]
>>> [one == two for one, two in zip(stored, identity("oui", "sim", language="fr-FR"))]
[True, True, False]
"""

from __future__ import annotations

import functools
import hashlib
import struct
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm import bcp47
from tm.language import nfc
from tm.store import records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.model import Unit, Variant

Likeness = Literal["equal", "open", "other"]
"""How two units agree in what may be left unsaid: "open" means that one of them says nothing."""

_THREE_HASHES = struct.Struct("<3q")


class Identity(NamedTuple):
    """What two units are compared by: 64-bit hashes, signed as SQLite has them.

    Attributes:
        source: of the source text with its codes, and the languages.
        content: of these and the other texts with their codes.
        whole: of everything: regions, context, attributes and notes included.
    """

    source: int
    content: int
    whole: int


def identify(unit: Unit, record: records.Record) -> Identity:
    """The identity of a unit.

    Texts are compared after NFC alone: "Chapter 1" and "chapter 2" are different sources, although they have
    the same key for matching.

    Args:
        unit: with one variant at least.
        record: what ``records.record_of`` made of it.
    """
    texts = [_text_fields(variant) for variant in unit.variants]
    first = texts.pop(records.source_position(unit))
    if len(texts) > 1:
        texts.sort()
    # Each level begins with the number of its fields. Memories keep the hashes: this must stay as it is.
    source, content, whole = _beginnings(len(texts) + 1)
    source += _three(*first)
    for language, text, codes in texts:
        source += f"{len(language)}:{language}"
        content += _three(language, text, codes)
    extra = record.extra or ""
    whole += f"{len(extra)}:{extra}"
    for language, text, variant_extra in record.variants:
        # As ``_three``, without the call: this is done for each text that comes.
        extra = variant_extra or ""
        whole += f"{len(language)}:{language}{len(text)}:{text}{len(extra)}:{extra}"
    digest = hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8)
    hashes = digest.digest()
    for level in (content, whole):
        digest.update(level.encode("utf-8", "surrogatepass"))
        hashes += digest.digest()
    return Identity._make(_THREE_HASHES.unpack(hashes))


def _text_fields(variant: Variant) -> tuple[str, str, str]:
    text, codes = variant.segment.text, variant.segment.codes
    return (
        bcp47.without_region(variant.language),
        nfc(text),
        records.written_codes(codes) if codes else "",
    )


@functools.cache
def _beginnings(variants: int) -> tuple[str, str, str]:
    numbers = (str(2 + variants), str(3 * variants - 3), str(3 * variants + 1))
    source, content, whole = (f"{len(number)}:{number}" for number in numbers)
    return source, content, whole


def _three(one: str, two: str, three: str) -> str:
    """Three fields, each with its length before it, so that no two lists of fields make the same string.

    >>> _three("fr", "oui", "")
    '2:fr3:oui0:'
    """
    return f"{len(one)}:{one}{len(two)}:{two}{len(three)}:{three}"


# ------------------------------------------------------------------------------------------- what is left open


def contexts(one: records.Context, two: records.Context) -> Likeness:
    """How two contexts agree: where both say something of the same kind, they must say the same.

    >>> contexts(("Avant.", ""), ("", "")), contexts(("Avant.", ""), ("Avant.", "menu"))
    ('open', 'open')
    >>> contexts(("Avant.", ""), ("", "menu")), contexts(("Avant.", "menu"), ("Avant.", "titre"))
    ('other', 'other')
    """
    if one == two:
        return "equal"
    if not any(one) or not any(two):
        return "open"
    shared = [(first, second) for first, second in zip(one, two, strict=True) if first and second]
    return "open" if shared and all(first == second for first, second in shared) else "other"


@functools.lru_cache(maxsize=1 << 12)  # all units of a file have the same few languages
def regions(one: tuple[str, ...], two: tuple[str, ...], parted: frozenset[str] = frozenset()) -> Likeness:
    """How the languages of two units agree that have the same ``source``.

    Args:
        one: the tags of one unit; () where no region can differ.
        two: those of the other one, likewise.
        parted: languages of which a tag without region is a region of its own.

    >>> [regions(("fr", "pt-BR"), other) for other in (("FR", "pt_BR"), ("fr-FR", "pt"), ("fr", "pt-PT"))]
    ['equal', 'open', 'other']
    >>> regions(("fr", "pt-BR"), ("fr", "pt"), frozenset(["pt"]))
    'other'
    """
    if one == two or not one or not two:
        return "equal"
    first, second = tags_by_language(one), tags_by_language(two)
    differing = [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)]
    if not differing:
        return "equal"
    bare = (name not in parted and {name} in (first.get(name), second.get(name)) for name in differing)
    return "open" if all(bare) else "other"


def tags_by_language(tags: Iterable[str]) -> dict[str, set[str]]:
    """The different tags of each language, regions apart.

    >>> tags = tags_by_language(("fr_CA", "pt", "fr-FR"))
    >>> sorted(tags["fr"]), tags["pt"]
    (['fr-CA', 'fr-FR'], {'pt'})
    """
    by_language: dict[str, set[str]] = {}
    for tag in tags:
        by_language.setdefault(bcp47.without_region(tag), set()).add(bcp47.canonical(tag))
    return by_language


def differing_tags(
    one: tuple[str, ...], two: tuple[str, ...], parted: frozenset[str] = frozenset()
) -> set[str]:
    """The tags of the languages by which two units are different ones; for ``parted`` see ``regions``.

    >>> sorted(differing_tags(("fr", "pt-BR"), ("fr-FR", "pt-PT")))
    ['pt-BR', 'pt-PT']
    """
    first, second = tags_by_language(one), tags_by_language(two)
    return {
        tag
        for name in first.keys() & second.keys()
        if first[name] != second[name] and (name in parted or {name} not in (first[name], second[name]))
        for tag in first[name] | second[name]
    }
