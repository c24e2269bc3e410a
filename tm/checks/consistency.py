"""The same source translated in several ways, within one job and one context (``msgctxt``, ``resname``).

>>> from tm.checks import run_checks
>>> from tm.model import Pair, Segment
>>> texts = [("Ouvrir", "Abrir"), ("Fermer", "Fechar"), ("ouvrir", "Iniciar"), ("Fermer", "fechar")]
>>> pairs = [Pair(Segment(source), Segment(target)) for source, target in texts]
>>> [(finding.segment, finding.message) for finding in run_checks(pairs, only=["inconsistent"])]
[(3, 'translated otherwise in segment 1: Abrir')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm import language
from tm.checks.check import Check, Remark
from tm.formats.demands import context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.checks.check import Job, Translation


def _examine(job: Job) -> Iterator[tuple[int, Remark]]:
    first_uses: dict[tuple[str, str], Translation] = {}
    for number, translation in enumerate(job.translations):
        unit = translation.pair.unit
        source, target = language.fold(translation.source), translation.target.strip()
        if not target or not source or translation.form:
            continue
        first = first_uses.setdefault((context(unit) if unit else "", source), translation)
        if language.fold(first.target) != language.fold(target):
            where = _where(first, translation)
            yield number, Remark(f"translated otherwise in {where}: {first.target.strip()}", "warning")


def _where(first: Translation, second: Translation) -> str:
    """The place of the first translation, as somebody at the second one finds it."""
    if not first.pair.line:
        place = first.pair.unit.place if first.pair.unit else None
        return f"unit {place.id}" if place and place.id else f"segment {first.number}"
    if first.pair.document == second.pair.document:
        return f"line {first.pair.line}"
    return f"{first.pair.document}:{first.pair.line}"


CONSISTENCY = Check("inconsistent", "The same source translated in several ways.", _examine)
