"""``tm terms apply``: decisions made on the glossary page, brought into the glossary."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tm.cli import options, term_changes, term_decisions, terminal
from tm.cli.clock import now
from tm.cli.interface_language import _, joined, later, sentence
from tm.cli.values import File

if TYPE_CHECKING:
    from tm.files import AnyPath
    from tm.terminology.verdicts import Verdict
    from tm.work.applying import AppliedFile


_RULINGS = {"no-term": later("no term"), "candidate": later("candidate again")}
"""What is said of a decision, where it is not said by its name."""


@click.command("apply")
@click.argument("file", type=File())
@term_decisions.glossary_file
@options.author("Who applies it [default: who decided on the page].")
@click.option("--dry-run", is_flag=True, help="Show what would change; leave the glossary as it is.")
@options.as_json
@options.quiet
def apply(file: str, path: AnyPath, author: str, *, dry_run: bool, as_json: bool, quiet: bool) -> int:
    """Decisions made on the page glossary.html into the glossary.

    \b
    tm terms apply glossary-decisions.tsv --dry-run
    tm terms apply glossary-decisions.tsv --terms out/glossary.tsv

    FILE is what the page downloads. A decision on a concept that is gone, or was changed since the page was
    made, is named and left alone (exit code 1), and so are two rows that contradict each other; the others are
    applied, as one change that tm terms undo takes back. What was applied before is passed over.
    """
    from tm.work.applying import apply_decisions
    from tm.work.glossary_file import By

    result = apply_decisions(file, path, by=By(author, now()), dry_run=dry_run)
    if as_json:
        terminal.json_object(_fields(result, file, path, dry_run=dry_run))
    elif not quiet:
        for verdict in result.done if dry_run else ():
            terminal.data(_("would change: {change}", change=f"{_pair(verdict)}: {_asked(verdict)}"))
        terminal.note(f"{term_changes.called(path)}: {_summary(result, file, dry_run=dry_run)}")
    for conflict in result.conflicts:
        place = f"{file}:{conflict.verdict.line}: " if conflict.verdict.line else ""
        what = _(
            "conflict: {pair}: {reason}; not {decision}",
            pair=f"{place}{_pair(conflict.verdict)}",
            reason=sentence(conflict.reason),
            decision=_asked(conflict.verdict),
        )
        terminal.note(f"{term_changes.called(path)}: {what}")
    return 1 if result.conflicts else 0


def _summary(result: AppliedFile, file: str, *, dry_run: bool) -> str:
    """How many of each decision, e.g. "3 approved, 1 reworded; 2 applied before from decisions.tsv"."""
    counts = Counter(word for verdict in result.done for word in _words(verdict))
    parts = [", ".join(f"{number} {word}" for word, number in counts.items()) or _("nothing changed")]
    for verdicts, text in (
        (result.unchanged, later("{count} so already")),
        (result.applied_before, later("{count} applied before")),
        (result.conflicts, later("{count} in conflict")),
    ):
        if verdicts:
            parts.append(_(text, count=len(verdicts)))
    if dry_run and result.done:
        return _("would be {parts} from {file}", parts=joined(*parts), file=file)
    return _("{parts} from {file}", parts=joined(*parts), file=file)


def _words(verdict: Verdict) -> list[str]:
    """What a decision asks for, in words: all that apply."""
    words = []
    if verdict.ruling:
        words.append(_(_RULINGS.get(verdict.ruling, verdict.ruling)))
    if verdict.new_source or (verdict.new_target and verdict.target):
        words.append(_("reworded"))
    if verdict.new_target and not verdict.target:
        words.append(_("new translation"))
    if verdict.note != verdict.old_note:
        words.append(_("noted"))
    return words


def _asked(verdict: Verdict) -> str:
    new = " = ".join(filter(None, (verdict.new_source, verdict.new_target)))
    return ", ".join(_words(verdict)) + (f": {new}" if new else "")


def _pair(verdict: Verdict) -> str:
    return " = ".join(filter(None, (verdict.source, verdict.target)))


def _fields(result: AppliedFile, file: str, path: AnyPath, *, dry_run: bool) -> dict[str, object]:
    """The same for ``--json``."""
    return {
        "glossary": term_changes.called(path),
        "file": file,
        "dry_run": dry_run,
        "changes": [asdict(verdict) for verdict in result.done],
        "unchanged": [asdict(verdict) for verdict in result.unchanged],
        "applied_before": [asdict(verdict) for verdict in result.applied_before],
        "conflicts": [
            {**asdict(conflict.verdict), "reason": conflict.reason} for conflict in result.conflicts
        ],
    }
