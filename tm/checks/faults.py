"""The faults of a pair by all syntaxes of placeholders and markup: what five checks report, found once.

Which syntaxes there are, and how a text shows which of them it has: ``tm.language.syntaxes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats.demands import flags
from tm.language.syntaxes import Fault, Sides, faults

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.language.syntaxes.syntax import Group
    from tm.model import Pair, Segment


def pair_faults(pair: Pair, direction: Direction, syntaxes: frozenset[str]) -> list[tuple[Group, Fault]]:
    """The faults of a pair, each with the group of its syntax.

    Args:
        pair: its unit may say in flags what its placeholders are.
        direction: the languages.
        syntaxes: names of syntaxes beside these flags.

    >>> from tm.direction import UNDECIDED
    >>> from tm.model import Pair, Segment
    >>> pair = Pair(Segment("Avec --force."), Segment("Com --força."))
    >>> [(group, fault.message) for group, fault in pair_faults(pair, UNDECIDED, frozenset())]
    [('name', 'option --force in the source, --força in the translation')]
    """
    chosen = syntaxes | (flags(pair.unit) if pair.unit else frozenset())
    source, target = _without_codes(pair.source, pair.target), _without_codes(pair.target, pair.source)
    return faults(Sides(source, target, direction.source, direction.target, chosen))


def _without_codes(segment: Segment, other: Segment) -> str:
    """The text without what is an inline code on the other side only: the check "code" reports that."""
    text = segment.text
    own = {code.content.text for code in segment.codes if code.content}
    for code in other.codes:
        if code.content and code.content.text and code.content.text not in own:
            text = text.replace(code.content.text, "_" * len(code.content.text), 1)
    return text
