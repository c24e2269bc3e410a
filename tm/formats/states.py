"""How far a translation has come, whatever its format calls that: the property ``x-state`` of a unit.

Its values are those of XLIFF (``state`` of 1.2 and 2.x) and ``fuzzy`` of PO. A state that asks for a review also makes the unit's
``x-origin`` "unreviewed", which a memory counts against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.model import Annotation

if TYPE_CHECKING:
    from tm.model import Unit

STATE = "x-state"
TRANSLATE = "x-translate"
UNFINISHED = frozenset(("fuzzy", "initial", "new", "needs-translation", "needs-adaptation", "needs-l10n"))
"""The target is a guess, or the source itself, left for a translator to begin with."""
UNREVIEWED = frozenset(("needs-review-translation", "needs-review-adaptation", "needs-review-l10n"))


def described(state: str) -> tuple[Annotation, ...]:
    """What a reader says of a unit whose target is in this state; nothing for "".

    >>> [each.text for each in described("needs-review-translation")]
    ['needs-review-translation', 'unreviewed']
    """
    said = (Annotation("prop", state, STATE),) if state else ()
    if state in UNFINISHED | UNREVIEWED:
        said = (*said, Annotation("prop", "unreviewed", "x-origin"))
    return said


def finished(unit: Unit) -> bool:
    """Whether the unit's target is a translation, reviewed or not, rather than a guess."""
    return unit.property(STATE) not in UNFINISHED


def is_locked(unit: Unit) -> bool:
    """Whether the file says that the unit is not to be translated (XLIFF ``translate="no"``)."""
    return unit.property(TRANSLATE) == "no"
