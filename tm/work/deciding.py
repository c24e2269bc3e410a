"""What a person decides on the terms of a glossary: each verb one locked change, noted in the log.

``decide_terms`` decides on a pair, ``add_terms`` adds one, ``note_terms`` writes a note, ``merge_terms`` makes
one concept of two. ``undo_terms`` takes the last change back, whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from tm.choices import check_choice
from tm.direction import UNDECIDED, Direction, not_there
from tm.errors import OptionError
from tm.files import readable
from tm.terminology.decisions import Decision, decide
from tm.terminology.history import taken_back
from tm.terminology.revision import added, merged, noted
from tm.work import decision_log
from tm.work.glossary_file import NOBODY, By, ChangedGlossary, change_glossary, languages_in
from tm.work.shared_glossary import called, check_there

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.files import AnyPath
    from tm.model import Concept
    from tm.terminology.history import Change
    from tm.work.decision_log import Entry


def decide_terms(
    path: AnyPath,
    decision: Decision,
    term: str,
    translation: str = "",
    *,
    asked: Direction = UNDECIDED,
    by: By = NOBODY,
) -> ChangedGlossary:
    """Write a decision on a pair of terms into a glossary; a pair that it does not have is added.

    Args:
        path: of the glossary, which is written anew.
        decision: what is decided, see ``tm.terminology.decide``.
        term: the source term, in any inflexion.
        translation: likewise; "" = the only one there is.
        asked: the languages; a side that is "" is as the glossary says.
        by: who decides, and when.

    Raises:
        OptionError: no such decision or term, or several translations and none named.
        FormatError: the glossary cannot be read or written, or lacks the languages.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from tm.work.glossary import list_terms
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "glossary.tsv")
    ...     _ = path.write_text("fr\\tpt\\nfour\\tforno\\n")
    ...     changed = decide_terms(path, "forbidden", "levain", "lêvedo")
    ...     changed.is_larger, [translation.text for _, translation in list_terms(path, status="forbidden").terms]
    (True, ['lêvedo'])
    """
    check_choice("decision", decision, get_args(Decision))
    term, translation = " ".join(term.split()), " ".join(translation.split())

    def change(concepts: list[Concept], direction: Direction) -> list[Concept]:
        return decide(concepts, decision, term, translation, direction=direction)

    return _change(path, change, decision, asked, by, needs_both=bool(translation))


def add_terms(
    path: AnyPath,
    term: str,
    translation: str,
    *,
    status: Decision = "approved",
    note: str = "",
    asked: Direction = UNDECIDED,
    by: By = NOBODY,
) -> ChangedGlossary:
    """Add a pair of terms to a glossary, which is made when it is not there and the languages are known.

    Raises:
        OptionError: the pair is there already, or a text is blank.
        FormatError: the glossary cannot be read or written, or lacks the languages.
    """
    check_choice("status", status, get_args(Decision))
    term, translation = " ".join(term.split()), " ".join(translation.split())

    def change(concepts: list[Concept], direction: Direction) -> list[Concept]:
        return added(concepts, term, translation, direction=direction, status=status, note=note)

    return _change(path, change, "add", asked, by, may_be_new=asked.is_known)


def note_terms(
    path: AnyPath,
    term: str,
    translation: str,
    note: str,
    *,
    asked: Direction = UNDECIDED,
    by: By = NOBODY,
) -> ChangedGlossary:
    """Write a note on a translation, or on the concept when no translation is named; "" takes it out.

    Raises:
        OptionError: no such term, or no such translation of it.
        FormatError: the glossary cannot be read or written, or lacks the languages.
    """
    return _change(
        path,
        lambda concepts, direction: noted(concepts, term, translation, note, direction=direction),
        "note",
        asked,
        by,
    )


def merge_terms(
    path: AnyPath, term: str, other: str, *, asked: Direction = UNDECIDED, by: By = NOBODY
) -> ChangedGlossary:
    """Make one concept of two, named by a source term or an id; it keeps the id of the first.

    Raises:
        OptionError: no such term, or both are of one concept.
        FormatError: the glossary cannot be read or written, or lacks the languages.
    """
    return _change(
        path,
        lambda concepts, direction: merged(concepts, term, other, direction=direction),
        "merge",
        asked,
        by,
    )


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back.

    Attributes:
        entry: the change that was taken back, as the log has it.
        changes: what that changed in the glossary.
        kept: terms that were changed again since, and stayed as they are.
    """

    entry: Entry
    changes: tuple[Change, ...]
    kept: tuple[str, ...]


class NothingToUndoError(OptionError):
    """No change of the glossary stands that a person made."""


def undo_terms(path: AnyPath, *, asked: Direction = UNDECIDED, by: By = NOBODY, mark: str = "") -> Undone:
    """Take back the last change of a glossary that a person made and that still stands.

    Args:
        path: of the glossary, which is written anew.
        asked: the languages; a side that is "" is as the glossary says.
        by: who takes it back, and when.
        mark: the last change with this mark (``apply_verdicts``) is meant, whatever came after it.

    Raises:
        NothingToUndoError: there is none.
        FormatError: the glossary cannot be read or written.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "glossary.tsv")
    ...     _ = path.write_text("fr\\tpt\\tstatus\\nfour\\tforno\\tcandidate\\n")
    ...     _ = decide_terms(path, "rejected", "four", by=By("rui"))
    ...     undone = undo_terms(path)
    ...     undone.entry.action, undone.entry.author, path.read_text().splitlines()[1].split(chr(9))[1]
    ('rejected', 'rui', 'candidate')
    """
    check_there(path)
    readable(path)
    undone: list[tuple[Entry, tuple[str, ...]]] = []
    details: dict[str, object] = {}

    def change(concepts: list[Concept], _: Direction) -> Sequence[Concept]:
        entries = decision_log.read_log(path)
        entry = decision_log.last(entry for entry in entries if not mark or _has_mark(entry, mark))
        if entry is None:
            raise NothingToUndoError(f"{called(path)}: nothing to take back")
        result = taken_back(concepts, entry.changes)
        undone.append((entry, result.kept))
        details["undoes"] = entry.number
        return result.concepts

    changed = change_glossary(path, change, asked=asked, action=decision_log.UNDO, by=by, details=details)
    ((entry, kept),) = undone
    return Undone(entry, changed.changes, kept)


def _has_mark(entry: Entry, mark: str) -> bool:
    """Whether the entry is the change with the mark, or takes a change back."""
    return entry.action == decision_log.UNDO or entry.details.get("mark") == mark


def _change(
    path: AnyPath,
    change: Callable[[list[Concept], Direction], list[Concept]],
    action: str,
    asked: Direction,
    by: By,
    *,
    may_be_new: bool = False,
    needs_both: bool = True,
) -> ChangedGlossary:
    """A change that needs both languages, or, on a term alone in a glossary without translations, one."""
    if not may_be_new:
        check_there(path)
        readable(path)

    def change_in(concepts: list[Concept], direction: Direction) -> list[Concept]:
        if direction.source and not direction.target and not needs_both:
            direction = Direction(direction.source, "und")
        if not direction.is_known:
            raise not_there(direction, len(concepts), languages_in(concepts), path=path, noun="concepts")
        return change(concepts, direction)

    return change_glossary(path, change_in, asked=asked, action=action, by=by)
