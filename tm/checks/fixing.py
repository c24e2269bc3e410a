"""Suggestions applied to a translation, one after the other, as long as that is safe.

A suggestion is safe when it removes its finding, adds none of any check, and leaves every code, placeholder,
entity and address as it is (``_kept``). What a check suggests is tried, so that no check can break this.

>>> from tm.checks.check import Translation
>>> from tm.direction import Direction
>>> from tm.model import Pair, Segment
>>> pair = Pair(Segment("Ouvrez {nom} ici."), Segment("abra  {nom} aqui. "))
>>> fixed = fixed_translation(Translation(pair, Direction("fr", "pt")), ["space", "capital"])
>>> fixed.text, [finding.check for finding in fixed.findings]
('Abra {nom} aqui.', ['capital', 'space', 'space'])
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.checks.check import Job, examine
from tm.language.protected import spans
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tm.checks.check import Translation
    from tm.model import Concept, Finding

_AT_MOST = 50
"""Suggestions applied to one translation; more would mean that two of them take turns."""
_ENTITY = re.compile(r"&#?\w+;")


@dataclass(frozen=True, slots=True)
class FixedTranslation:
    """A translation with its safe suggestions applied.

    Attributes:
        text: of the translation.
        findings: those that this removed, in the order in which it was done.
    """

    text: str
    findings: tuple[Finding, ...]


def fixed_translation(
    translation: Translation, checks: Collection[str] = (), concepts: Sequence[Concept] = ()
) -> FixedTranslation:
    """Apply the safe suggestions of some checks.

    Args:
        translation: with its source.
        checks: names of the checks whose suggestions are taken; none = all.
        concepts: the glossary; a suggestion must not cost a term.
    """
    done: list[Finding] = []
    findings = _examined(translation, concepts)
    while len(done) < _AT_MOST:
        for finding in findings:
            if finding.suggestion is None or (checks and finding.check not in checks):
                continue
            changed = _with_text(translation, finding.suggestion)
            left = _examined(changed, concepts)
            if _is_safe(finding, findings, left) and _kept(translation) == _kept(changed):
                done.append(finding)
                translation, findings = changed, left
                break
        else:
            break
    return FixedTranslation(translation.target, tuple(done))


def _examined(translation: Translation, concepts: Sequence[Concept]) -> list[Finding]:
    return examine(Job([translation], concepts))


def _with_text(translation: Translation, text: str) -> Translation:
    """The translation with another text; its codes stay at their number of characters, at most."""
    codes = tuple(
        replace(code, position=min(code.position, len(text))) for code in translation.pair.target.codes
    )
    pair = replace(translation.pair, target=Segment(text, codes))
    alternatives = tuple(_with_text(alternative, text) for alternative in translation.alternatives)
    return replace(translation, pair=pair, alternatives=alternatives)


def _is_safe(finding: Finding, before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Whether a finding is gone and no other has come."""
    old, new = (
        Counter((finding.check, finding.severity) for finding in findings) for findings in (before, after)
    )
    key = finding.check, finding.severity
    return new <= old and new[key] < old[key]


def _kept(translation: Translation) -> list[str]:
    """What no suggestion may change, in order: paths, placeholders, tags, entities."""
    text = translation.target
    return [
        *(text[start:end] for start, end in spans(text, translation.direction.target)),
        *_ENTITY.findall(text),
    ]
