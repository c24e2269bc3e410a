"""The same source translated in several ways, within one job.

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
from tm.checks.check import Check, Job, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator


def _examine(job: Job) -> Iterator[tuple[int, Remark]]:
    first_uses: dict[str, tuple[int, str]] = {}
    for number, translation in enumerate(job.translations):
        source, target = language.fold(translation.source), translation.target.strip()
        if not target or not source:
            continue
        first, first_target = first_uses.setdefault(source, (number, target))
        if language.fold(first_target) != language.fold(target):
            yield number, Remark(f"translated otherwise in segment {first + 1}: {first_target}", "warning")


CONSISTENCY = Check("inconsistent", "The same source translated in several ways.", _examine)
