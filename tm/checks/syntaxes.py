"""How the checks of placeholders and markup are made: each reports the faults of one group of syntaxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language.syntaxes.syntax import Group


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
        for own, fault in translation.faults:
            if own == group:
                yield Remark(
                    fault.message, fault.severity, source_spans=fault.source, target_spans=fault.target
                )

    return Check(group, about, one_by_one(examine))
