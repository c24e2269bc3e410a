"""The faults of a pair by all syntaxes of placeholders and markup: what five checks report, found once.

Which syntaxes there are, and how a text shows which of them it has: ``tm.language.syntaxes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats.demands import flags
from tm.language.syntaxes import Fault, Sides, faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.checks.check import Translation
    from tm.direction import Direction
    from tm.language.syntaxes.syntax import Group
    from tm.model import Pair, Segment, Span

_BRACKETS = frozenset("{}[]()<>")
_TELLING = frozenset(("placeholder", "markup"))
"""The groups whose faults may be about brackets."""


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


def is_told(brackets: Sequence[Span], translation: Translation) -> bool:
    """Whether brackets that do not pair are those of a placeholder or a tag that a fault says to be lost.

    Args:
        brackets: their places in the translation.
        translation: whose faults there are.
    """
    signs = {translation.target[start:end] for start, end in brackets}
    lost = [
        translation.source[start:end]
        for group, fault in translation.faults
        if group in _TELLING
        for start, end in fault.source
    ]
    broken = any(group in _TELLING and not fault.source for group, fault in translation.faults)
    return (
        bool(signs)
        and signs <= _BRACKETS
        and (broken or all(any(sign in text for text in lost) for sign in signs))
    )


def _without_codes(segment: Segment, other: Segment) -> str:
    """The text without what is an inline code on the other side only: the check "code" reports that."""
    text = segment.text
    own = {code.content.text for code in segment.codes if code.content}
    for code in other.codes:
        if code.content and code.content.text and code.content.text not in own:
            text = text.replace(code.content.text, "_" * len(code.content.text), 1)
    return text
