"""The same source translated in several ways, within one job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm import language
from tm.checks.check import Check, Job, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator


def _examine(job: Job) -> Iterator[tuple[int, Remark]]:
    first_with: dict[str, tuple[int, str]] = {}
    for number, translation in enumerate(job.translations):
        source, target = language.fold(translation.source), translation.target.strip()
        if not target or not source:
            continue
        first, other = first_with.setdefault(source, (number, target))
        if language.fold(other) != language.fold(target):
            yield number, Remark(f"translated otherwise in segment {first + 1}: {other}", "warning")


CONSISTENCY = Check("inconsistent", "The same source translated in several ways.", _examine)
