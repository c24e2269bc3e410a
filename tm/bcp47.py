"""Language tags (BCP 47): writing them one way, and choosing among those that a file offers.

>>> canonical("PT_br"), base("PT_br"), choose("pt", ["fr", "PT_br"])
('pt-BR', 'pt', 'PT_br')
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_SHORT = re.compile(r"([a-z]{2}|und)?(?:(?<=.)-([A-Z]{2}))?")

_SHAPE = re.compile(r"[A-Za-z]{1,3}(?:[-_][A-Za-z0-9]{1,8})*")
"""Of every tag whose language exists: no language has a code of more than three letters."""

_REPLACED = frozenset(
    "in iw ji jw mo sh tl"
    " AN BU CS CT DD DY FQ FX HV JT MI NH NQ NT PC PU PZ QU RH SU TP UK VD WK YD YU ZR".split()
)
"""Languages and regions of two letters that have a new code (IANA's registry of subtags, and CLDR). All
others stay as they are; to know this without loading langcodes saves 40 ms of CPU."""

_EXISTING = frozenset("ar bg cs da de el en es fi fr hu it ja ko nl pl pt ro ru sv tr uk zh".split())
_REGIONS = frozenset("AR AT BE BR CA CH CN DE ES FR GB IT JP MX NL PT US".split())
"""Codes that exist, for certain; langcodes knows the others."""
_RIGHT_TO_LEFT = frozenset("Adlm Arab Armi Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split())
"""Scripts that are written from right to left."""


@functools.cache
def canonical(tag: str) -> str:
    """The tag as we write it: shortest language code, script titled, region in capitals.

    What is no tag is given back as it came.

    >>> [canonical(tag) for tag in ("FR", "fr_FR", "fra", "pt-br", "PT_BR", "zh-hans-cn")]
    ['fr', 'fr-FR', 'fr', 'pt-BR', 'pt-BR', 'zh-Hans-CN']
    >>> canonical("not a language")
    'not a language'
    """
    short = _SHORT.fullmatch(tag)
    if short and _REPLACED.isdisjoint(short.groups()):
        return tag
    import langcodes

    try:
        return langcodes.standardize_tag(tag.strip())
    except ValueError:
        return tag


def is_tag(tag: str) -> bool:
    """Whether this is a well-formed tag whose language exists.

    >>> is_tag("pt-BR"), is_tag("fra"), is_tag("klingonese"), is_tag("")
    (True, True, False, False)
    """
    short = _SHORT.fullmatch(tag)
    if short and short[1] in _EXISTING and (short[2] is None or short[2] in _REGIONS):
        return True
    if not _SHAPE.fullmatch(tag):
        return False
    import langcodes

    return langcodes.tag_is_valid(tag.replace("_", "-"))


@functools.lru_cache(maxsize=1 << 10)
def base(tag: str) -> str:
    """The language alone.

    >>> base("pt_BR")
    'pt'
    """
    return canonical(tag).split("-")[0]


def is_east_asian(tag: str) -> bool:
    """Whether the language is one of those that office programs have a setting of their own for.

    >>> [is_east_asian(tag) for tag in ("zh-TW", "ja", "pt-BR")]
    [True, True, False]
    """
    return base(tag) in ("zh", "ja", "ko")


@functools.cache
def is_right_to_left(tag: str) -> bool:
    """Whether the language is written from right to left, in the script of the tag or in its usual one.

    >>> [is_right_to_left(tag) for tag in ("pt-BR", "ar", "fa", "az", "az_Arab", "not a language")]
    [False, True, True, False, True, False]
    """
    short = _SHORT.fullmatch(tag)
    if short and short[1] in _EXISTING:
        return short[1] == "ar"
    if not is_tag(tag):
        return False
    import langcodes

    return langcodes.get(tag.replace("_", "-")).maximize().script in _RIGHT_TO_LEFT


@functools.lru_cache(maxsize=1 << 10)
def is_other_variety(tag: str, asked: str) -> bool:
    """Whether a tag names another variety of the language that is asked for: another region or script.

    A tag without a region serves every region, and is served by every one.

    >>> [is_other_variety(tag, "pt-BR") for tag in ("pt_PT", "PT-br", "pt", "fr-FR")]
    [True, False, False, False]
    >>> is_other_variety("pt-PT", "pt"), is_other_variety("zh-Hant", "zh-CN"), is_other_variety("es-419", "es-MX")
    (False, True, False)
    """
    stored, wanted = canonical(tag), canonical(asked)
    if stored == wanted or base(stored) != base(wanted) or base(asked) in (stored, wanted):
        return False
    regions = {_region(stored), _region(wanted)} - {"", "001"}
    if len(regions) > 1 and ("419" not in regions or "ES" in regions):
        return True
    return _script(stored) != _script(wanted)


def _region(tag: str) -> str:
    match = re.search("-([A-Z]{2}|[0-9]{3})(?=-|$)", tag)
    return match[1] if match else ""


def _script(tag: str) -> str:
    if _SHORT.fullmatch(tag) and base(tag) not in ("zh", "yue"):
        return ""
    import langcodes

    full = langcodes.get(tag).maximize().script or ""
    return "" if full == (langcodes.get(base(tag)).maximize().script or "") else full


_REGION = re.compile(r"[A-Z]{2}|[0-9]{3}")


@functools.cache
def without_region(tag: str) -> str:
    """The language with its script: a region is another place, a script is another writing.

    >>> [without_region(tag) for tag in ("PT_BR", "pt", "zh-hant-tw", "sr-Latn", "es-419", "ca-valencia")]
    ['pt', 'pt', 'zh-Hant', 'sr-Latn', 'es', 'ca-valencia']
    """
    language, *rest = canonical(tag).split("-")
    end = next((number for number, part in enumerate(rest) if len(part) == 1), len(rest))
    kept = [part for part in rest[:end] if not _REGION.fullmatch(part)]
    return "-".join([language, *kept, *rest[end:]])


def choose(tag: str, available: Iterable[str]) -> str | None:
    """Which of the available tags serves a tag: the same, else the one without region, else one of any
    region.

    Args:
        tag: in any spelling.
        available: tags as a file writes them.

    Returns:
        The chosen tag *as the file writes it*; the first of equally good ones; None if the language is not
        there.

    >>> choose("pt-BR", ["en", "PT", "pt_br"])
    'pt_br'
    >>> choose("pt-BR", ["pt-PT", "pt"])
    'pt'
    >>> choose("fr", ["FR-CA", "pt"])
    'FR-CA'
    >>> choose("de", ["fr"]) is None
    True
    """
    return _chosen(tag, tuple(available))


@functools.lru_cache(maxsize=1 << 12)  # all units of a file have the same few languages
def _chosen(tag: str, available: tuple[str, ...]) -> str | None:
    exact, language = canonical(tag), base(tag)
    ranked = [candidate for candidate in available if canonical(candidate) == exact]
    ranked += [candidate for candidate in available if canonical(candidate) == language]
    ranked += [candidate for candidate in available if base(candidate) == language]
    return ranked[0] if ranked else None
