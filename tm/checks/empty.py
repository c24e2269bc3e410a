"""A translation that is missing, or that stands where there is nothing to translate.

>>> EMPTY.messages("Fermez la porte.", " "), EMPTY.messages("", "Feche a porta.")
(['the translation is empty'], ['there is a translation of nothing'])
>>> EMPTY.messages("", ""), EMPTY.messages("Oui.", "Sim.")
([], [])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.checks.check import Check, Job, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator


def _examine(job: Job) -> Iterator[tuple[int, Remark]]:
    for number, translation in enumerate(job.translations):
        source, target = translation.source.strip(), translation.target.strip()
        if source and not target:
            yield number, Remark("the translation is empty")
        elif target and not source and not translation.pair.source.codes:
            yield number, Remark("there is a translation of nothing", "warning")


EMPTY = Check("empty", "Translations that are missing.", _examine)
