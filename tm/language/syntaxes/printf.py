r"""The printf family: ``%s``, ``%5.2f``, ``%1$s``; C, PHP, Java, JavaScript, Objective-C.

Without positions the order of the types is that of the source. A per cent sign after a number, or before a
space, is none of them.

>>> [part.key for part in PRINTF.parts("%s : %5.2f, %1$s, 100 % sûr, 20 %environ")]
['%s', '%5.2f', '%1$s']
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tm.language.syntaxes.syntax import BLANK, Fault, Part, Sides, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONVERSION = re.compile(
    r"""(?<![%~\d])%(?P<position>\d+\$)?(?P<flags>[-+0#']*)(?P<width>(?:\d+|\*)?(?:\.(?:\d+|\*))?)
        (?:hh|h|ll|l|q|z|j|t|L)?
        (?: (?P<type>[sdiuS@]) (?![a-zà-ÿ]{4}) (?:(?<!\d[ \u00a0\u202f]%.)|(?![^\W_]))
          | (?P<exact>(?<=\d)[feEgGxX])
          | (?P<rare>[feEgGcxXopaA]) (?![^\W_]) )""",
    re.VERBOSE,
)
_OF_DATES = re.compile(r"%[-_0^#]?[YHMBbIyZpAj](?![^\W_])")
"""Parts of a date (strftime), which a language puts together in its own way."""
_LONE_PERCENT = re.compile(r"(?<!%)%(?![%\w(.{<*#+-])")
_SAME = str.maketrans("iuS", "dds")
"""Types that take the same argument."""


def _parts(text: str) -> list[Part]:
    return [Part(match[0], *match.span(), not match["position"]) for match in _conversions(text)]


def _conversions(text: str) -> list[re.Match[str]]:
    if len(_OF_DATES.findall(text)) > 1:
        return []
    return list(_CONVERSION.finditer(text.replace("%%", 2 * BLANK)))


def _rules(sides: Sides) -> Iterator[Fault]:
    source, target = _conversions(sides.source), _conversions(sides.target)
    kinds = [[_kind(match) for match in side] for side in (source, target)]
    positions = any(match["position"] for match in source + target)
    if not positions and kinds[0] != kinds[1] and Counter(kinds[0]) == Counter(kinds[1]):
        written = [", ".join(match[0] for match in side) for side in (source, target)]
        yield Fault(
            f"placeholders {written[0]} in the source, in another order in the translation: {written[1]}",
            source=tuple(match.span() for match in source),
            target=tuple(match.span() for match in target),
        )
    if source and "%%" in sides.source and (lone := _LONE_PERCENT.search(sides.target)):
        yield Fault("%% of the source is % in the translation", target=(lone.span(),))


def _are_same(missing: list[Part], added: list[Part]) -> bool:
    """Whether one side numbers the placeholders that the other has in order; a number beyond them counts one
    that is not known here."""
    if _numbered(missing) == _numbered(added):
        return True
    numbers = [int(number) for part in added for number in re.findall(r"^%(\d+)\$", part.key)]
    return len(numbers) == len(added) < max(numbers, default=0) and _types(missing) == _types(added)


def _types(parts: list[Part]) -> list[str]:
    return sorted(re.sub(r"^%(?:\d+\$)?", "%", part.key) for part in parts)


def _numbered(parts: list[Part]) -> set[str]:
    return {
        part.key if "$" in part.key else f"%{number}${part.key[1:]}" for number, part in enumerate(parts, 1)
    }


def _kind(match: re.Match[str]) -> str:
    return (match["type"] or match["exact"] or match["rare"]).translate(_SAME)


PRINTF = Syntax(
    "printf",
    "%s, %5.2f, %1$s: C, PHP, Java, JavaScript, Objective-C.",
    "placeholder",
    ("%",),
    _parts,
    _rules,
    same=_are_same,
    rank=40,
    flags=frozenset(
        {
            *("c-format", "php-format", "java-printf-format", "javascript-format", "objc-format"),
            *("object-pascal-format", "lua-format", "perl-format", "gcc-internal-format", "awk-format"),
            *("tcl-format", "go-format", "c-sharp-printf-format"),
        }
    ),
)
