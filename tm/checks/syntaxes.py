"""What the checks of placeholders and markup share: the faults of a translation by all syntaxes, found once.

Which syntaxes there are, and how a text shows which of them it has: ``tm.language.syntaxes``.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.formats.demands import flags
from tm.language.syntaxes import Fault, Sides, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language.syntaxes.syntax import Group
    from tm.model import Segment


def of_group(group: Group, about: str) -> Check:
    """The check that reports the faults of a group of syntaxes; it has the group's name.

    Args:
        group: see ``Syntax``.
        about: as in ``Check``.

    >>> of_group("name", "Options and paths.").messages("Avec --force.", "Com --força.")
    ['option --force in the source, --força in the translation']
    """

    def examine(translation: Translation) -> Iterator[Remark]:
        """The faults of that group."""
        for own, fault in _faults(_sides(translation)):
            if own == group:
                yield Remark(
                    fault.message, fault.severity, source_spans=fault.source, target_spans=fault.target
                )

    return Check(group, about, one_by_one(examine))


@functools.lru_cache(maxsize=1 << 10)
def _faults(sides: Sides) -> list[tuple[Group, Fault]]:
    return faults(sides)


def _sides(translation: Translation) -> Sides:
    pair, direction = translation.pair, translation.direction
    chosen = translation.syntaxes | (flags(pair.unit) if pair.unit else frozenset())
    source, target = _without_codes(pair.source, pair.target), _without_codes(pair.target, pair.source)
    return Sides(source, target, direction.source, direction.target, chosen)


def _without_codes(segment: Segment, other: Segment) -> str:
    """The text without what is an inline code on the other side only: the check "code" reports that."""
    text = segment.text
    own = {code.content.text for code in segment.codes if code.content}
    for code in other.codes:
        if code.content and code.content.text and code.content.text not in own:
            text = text.replace(code.content.text, "_" * len(code.content.text), 1)
    return text
