"""Decisions made on the glossary page, brought into the glossary by one locked change.

``apply_verdicts`` takes what a person has just decided before a glossary that others may change meanwhile: all of
it, or nothing where something changed since. ``apply_decisions`` takes a file:

1. ``read_verdicts`` reads the file that the page handed out.
2. Rows that an earlier call applied, and that were not taken back since, are passed over: the log has a mark
   of each. So the same file, or a later one of the same page that has the rows again, changes nothing twice.
3. ``tm.terminology.verdicts`` carries out the rest as far as the concepts are as the page showed them.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     glossary, decisions = Path(folder, "glossary.tsv"), Path(folder, "decisions.tsv")
...     _ = glossary.write_text("concept\\tstatus\\tfr\\tpt\\nc-four\\tcandidate\\tfour\\tforno\\n")
...     _ = decisions.write_text("concept\\tfr\\tpt\\tstatus\\tdecision\\tnew_fr\\tnew_pt\\n"
...         "c-four\\tfour\\tforno\\tcandidate\\tapproved\\t\\t\\n")
...     first = apply_decisions(decisions, glossary)
...     again = apply_decisions(decisions, glossary)
>>> len(first.done), len(again.done), len(again.applied_before)
(1, 0, 1)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED
from tm.files import readable
from tm.terminology.verdicts import Applied, Verdict, VerdictConflict, applied
from tm.work import decision_log
from tm.work.glossary_file import NOBODY, By, change_glossary, open_glossary
from tm.work.shared_glossary import check_there
from tm.work.verdict_file import mark_of, read_verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.files import AnyPath
    from tm.model import Concept

APPLY = "apply"
"""The action in the log."""


@dataclass(frozen=True, slots=True)
class AppliedFile:
    """What a file of decisions did to a glossary; of a dry run, what it would do.

    Attributes:
        done: the decisions that changed the glossary.
        unchanged: those that say what the glossary said already.
        applied_before: those that were applied by an earlier call.
        conflicts: those that were not carried out, since the concept is gone or was changed.
    """

    done: tuple[Verdict, ...]
    unchanged: tuple[Verdict, ...]
    applied_before: tuple[Verdict, ...]
    conflicts: tuple[VerdictConflict, ...]


def apply_decisions(
    path: AnyPath, glossary: AnyPath, *, by: By = NOBODY, dry_run: bool = False
) -> AppliedFile:
    """Apply the decisions of a file; an example heads the module.

    Args:
        path: of the file that the page handed out.
        glossary: which is written anew.
        by: who applies it, and when; without an author the log names those of the rows.
        dry_run: only say what would be done.

    Raises:
        FormatError: a file cannot be read or written, or the glossary lacks the languages.
    """
    verdicts = read_verdicts(path)
    check_there(glossary)
    readable(glossary)
    details: dict[str, object] = {}
    results: list[AppliedFile] = []

    def change(concepts: list[Concept], direction: Direction) -> tuple[Concept, ...]:
        marks = _marks(glossary)
        new = [verdict for verdict in verdicts.rows if mark_of(verdict) not in marks]
        before = tuple(verdict for verdict in verdicts.rows if mark_of(verdict) in marks)
        result = applied(concepts, new, direction)
        results.append(AppliedFile(result.done, result.unchanged, before, result.conflicts))
        if result.done:
            details.update(_details(path, result))
        return result.concepts

    if dry_run:
        change(*open_glossary(glossary, verdicts.direction))
    else:
        authors = ", ".join(dict.fromkeys(row.author for row in verdicts.rows if row.author))
        change_glossary(
            glossary,
            change,
            asked=verdicts.direction,
            action=APPLY,
            by=By(by.author or authors, by.date),
            details=details,
        )
    return results[0]


@dataclass(frozen=True, slots=True)
class AppliedVerdicts:
    """What became of verdicts that belong together.

    Attributes:
        is_new: whether the glossary was changed; it is not where it said so already, or with conflicts.
        conflicts: the verdicts that cannot be carried out, since the concept is gone or was changed.
        mark: by which ``undo_terms`` knows this change again; "" where nothing was changed.
        concepts: the glossary as it is now.
        direction: from which language into which it is.
    """

    is_new: bool
    conflicts: tuple[VerdictConflict, ...]
    mark: str
    concepts: tuple[Concept, ...]
    direction: Direction


def apply_verdicts(
    verdicts: Sequence[Verdict], glossary: AnyPath, *, asked: Direction = UNDECIDED, by: By = NOBODY
) -> AppliedVerdicts:
    """Carry out verdicts that belong together, as one change: all of them, or none where one has a conflict.

    Args:
        verdicts: what a person wants, and what stood there when it was decided.
        glossary: which is written anew.
        asked: the languages; a side that is "" is as the glossary says.
        by: who decides, and when.

    Raises:
        FormatError: the glossary cannot be read or written, or lacks the languages.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "glossary.tsv")
    ...     _ = path.write_text("concept\\tstatus\\tfr\\tpt\\nc-four\\tcandidate\\tfour\\tforno\\n")
    ...     ana = apply_verdicts([Verdict("c-four", "four", "forno", "candidate", "approved")], path)
    ...     rui = apply_verdicts([Verdict("c-four", "four", "forno", "candidate", "forbidden")], path)
    >>> ana.is_new, rui.is_new, [conflict.reason for conflict in rui.conflicts]
    (True, False, ['forno is approved now'])
    """
    check_there(glossary)
    readable(glossary)
    details: dict[str, object] = {}
    results: list[AppliedVerdicts] = []

    def change(concepts: list[Concept], direction: Direction) -> Sequence[Concept]:
        result = applied(concepts, verdicts, direction)
        is_new = bool(result.done) and not result.conflicts
        mark = mark_of(verdicts[0]) if is_new else ""
        if is_new:
            details["mark"] = mark
        after = result.concepts if is_new else tuple(concepts)
        results.append(AppliedVerdicts(is_new, result.conflicts, mark, after, direction))
        return after

    change_glossary(glossary, change, asked=asked, action=_action(verdicts), by=by, details=details)
    return results[0]


def _action(verdicts: Sequence[Verdict]) -> str:
    """What the log calls these verdicts."""
    first = verdicts[0]
    if first.new_source or first.new_target:
        return "reword"
    return first.ruling or "note"


def _marks(glossary: AnyPath) -> set[str]:
    """The marks of all rows that were applied and not taken back."""
    entries = decision_log.standing(decision_log.read_log(glossary))
    return {mark for entry in entries for mark in entry.details.get("rows", ())}


def _details(path: AnyPath, result: Applied) -> dict[str, object]:
    """What the log keeps beside the changes: the file, and of each row its mark, who decided and when."""
    rows = {mark_of(row): [row.author, row.date] for row in (*result.done, *result.unchanged)}
    return {"decisions": Path(path).name, "rows": rows}
