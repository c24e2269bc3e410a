r"""The log of a glossary, a file beside it: who decided what and when, one JSON object a line.

``glossary.tsv`` has ``glossary.tsv.log``. ``append`` notes a change, before the glossary is written: a decision
that stands there is never without its author. ``withdraw`` takes the note back where the glossary was not written
after all (a killed process, a full disk). ``read_log`` reads all; ``standing`` are those that were not taken
back, ``last`` is the one that an undo takes back. A line that was cut off is passed over. The log may be deleted:
the glossary is whole without it.

>>> import tempfile
>>> from tm.model import Term
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "glossary.tsv")
...     after = [Concept("1", (Term("four", "fr", "approved"),))]
...     _ = append(path, "approved", [], after, author="rui", date="2026-11-28T10:00:00Z")
...     for entry in read_log(path):
...         print(entry.date, entry.author, entry.action, entry.changes[0].after.terms[0].text)
2026-11-28T10:00:00Z rui approved four
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tm.errors import FormatError, reason
from tm.model import Concept, DataCategory, Term
from tm.terminology.history import Change, changes_between, without_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.files import AnyPath


UNDO = "undo"
"""The action that takes an earlier one back."""

_BLOCK = 1 << 16
"""Bytes that are read at a time from the end of the log."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of a glossary, by a person.

    Attributes:
        number: of its line in the log, from 1.
        action: what was done: "approved", "note", "import" …
        author: who did it; "" when that is not known.
        date: when; "" when that is not known.
        changes: the concepts that it changed.
        details: what else is noted, e.g. the file of an import.
    """

    number: int
    action: str
    author: str
    date: str
    changes: tuple[Change, ...]
    details: dict[str, Any]


def log_beside(glossary: AnyPath) -> Path:
    """Where the log of a glossary is.

    >>> print(log_beside("out/glossary.tsv").as_posix())
    out/glossary.tsv.log
    """
    path = Path(glossary)
    return path.with_name(f"{path.name}.log")


def append(
    glossary: AnyPath,
    action: str,
    before: Iterable[Concept],
    after: Iterable[Concept],
    *,
    author: str = "",
    date: str = "",
    details: dict[str, object] | None = None,
) -> tuple[Change, ...]:
    """Note a change, to disk, and give what it changed; nothing is noted where that is nothing.

    The caller holds the glossary's lock.

    Raises:
        FormatError: the log cannot be written.
    """
    changes = changes_between(before, after)
    if not changes and not details:
        return ()
    line = {
        "action": action,
        "author": author,
        "date": date,
        "changes": [_noted(change) for change in changes],
        **(details or {}),
    }
    _add_line(log_beside(glossary), line)
    return changes


def withdraw(glossary: AnyPath, concepts: Iterable[Concept]) -> None:
    """Note that the last change is taken back, if the glossary is as it was before it. The caller holds the lock.

    Raises:
        FormatError: the log cannot be read or written.
    """
    path = log_beside(glossary)
    entry = _entry(0, _last_line(path).decode("utf-8", "replace"))
    if entry is None or entry.action == UNDO or not entry.changes:
        return
    changed = {_id(change) for change in entry.changes}
    now = {concept.id: without_evidence(concept) for concept in concepts if concept.id in changed}
    if all(now.get(_id(change)) == change.before for change in entry.changes):
        number = read_log(glossary)[-1].number
        _add_line(path, {"action": UNDO, "author": "", "date": "", "changes": [], "undoes": number})


def _id(change: Change) -> str:
    concept = change.before or change.after
    return concept.id if concept else ""


def _last_line(path: Path) -> bytes:
    """The last line of a file; b"" without a file."""
    try:
        with path.open("rb") as stream:
            size = end = stream.seek(0, os.SEEK_END)
            tail = b""
            while end > 0 and b"\n" not in tail.rstrip(b"\n"):
                end = max(0, end - _BLOCK)
                stream.seek(end)
                tail = stream.read(size - end)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise FormatError(f"cannot be read: {reason(error)}", path=path) from error
    return tail.rstrip(b"\n").rpartition(b"\n")[2]


def _add_line(path: Path, line: dict[str, Any]) -> None:
    try:
        with path.open("a+b") as stream:
            if stream.seek(0, os.SEEK_END) and not _ends_line(stream):
                stream.write(b"\n")
            stream.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise FormatError(f"cannot be written: {reason(error)}", path=path) from error


def _ends_line(stream: Any) -> bool:  # noqa: ANN401 - a stream of bytes that can be sought in
    stream.seek(-1, os.SEEK_END)
    return bool(stream.read(1) == b"\n")


def read_log(glossary: AnyPath) -> list[Entry]:
    """All changes, the oldest first; [] without a log.

    Raises:
        FormatError: the log cannot be read.
    """
    path = log_beside(glossary)
    if not path.exists():
        return []
    try:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    except OSError as error:
        raise FormatError(f"cannot be read: {reason(error)}", path=path) from error
    entries = (_entry(number, line) for number, line in enumerate(lines, 1) if line.strip())
    return [entry for entry in entries if entry]


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The changes that were not taken back, the latest first."""
    entries = list(entries)
    undone = {entry.details.get("undoes") for entry in entries}
    return [entry for entry in reversed(entries) if entry.action != UNDO and entry.number not in undone]


def last(entries: Iterable[Entry]) -> Entry | None:
    """The latest change that was not taken back; None without one."""
    return next((entry for entry in standing(entries) if entry.changes), None)


def _entry(number: int, line: str) -> Entry | None:
    """The entry of a line; None when it was cut off, or is none."""
    try:
        noted = json.loads(line)
        changes = tuple(
            Change(_concept(change["before"]), _concept(change["after"]), change.get("behind"))
            for change in noted.pop("changes")
        )
        action, author, date = (str(noted.pop(name)) for name in ("action", "author", "date"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Entry(number, action, author, date, changes, noted)


def _noted(change: Change) -> dict[str, Any]:
    behind = {} if change.behind is None else {"behind": change.behind}
    return {"before": _fields(change.before), "after": _fields(change.after), **behind}


def _fields(concept: Concept | None) -> dict[str, Any] | None:
    """What is not empty in a concept, by name."""
    if concept is None:
        return None
    terms = [_filled(term) for term in concept.terms]
    return {**_filled(concept), "terms": terms}


def _filled(item: Concept | Term) -> dict[str, Any]:
    named = {each.name: getattr(item, each.name) for each in fields(item)}
    texts = {name: text for name, text in named.items() if isinstance(text, str) and text}
    kept = [asdict(category) for category in item.categories]
    return {**texts, "categories": kept} if kept else texts


def _concept(noted: dict[str, Any] | None) -> Concept | None:
    if noted is None:
        return None
    terms = tuple(Term(**_with_categories(term)) for term in noted["terms"])
    return Concept(**{**_with_categories(noted), "terms": terms})


def _with_categories(noted: dict[str, Any]) -> dict[str, Any]:
    return {**noted, "categories": tuple(map(_category, noted.get("categories", ())))}


def _category(noted: dict[str, Any]) -> DataCategory:
    attributes = tuple((name, value) for name, value in noted["attributes"])
    parts = tuple(map(_category, noted["parts"]))
    return DataCategory(**{**noted, "attributes": attributes, "parts": parts})
