"""The glossary's own file: opened, and changed by one process at a time.

1. ``open_glossary`` reads a glossary with all decisions, and finds its direction.
2. ``change_glossary`` is the one way to change it: it locks the file, reads it as it is then, lets the caller
   make the new concepts, and writes them whole or not at all. What another process wrote meanwhile is in what
   the caller gets, so that no decision is lost.
   Of a memory on a server that holds for all hosts (``tm.work.shared_glossary``).
3. What a person changed is noted in the log beside the file (``tm.work.decision_log``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import UNDECIDED, Direction, decided, not_there
from tm.errors import OptionError
from tm.formats import find_format, glossary_direction, read_concepts, write_concepts
from tm.locks import locked
from tm.work import decision_log, shared_glossary
from tm.work.shared_glossary import GLOSSARY, is_on_server, local_glossary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tm.files import AnyPath
    from tm.formats import Account
    from tm.model import Concept
    from tm.terminology.history import Change


@dataclass(frozen=True, slots=True)
class By:
    """Who changes a glossary, and when.

    Attributes:
        author: a name; "" when it is not known.
        date: as ISO 8601 has it, "2026-11-28T10:00:00Z"; "" when it is not known.
    """

    author: str = ""
    date: str = ""


NOBODY = By()


@dataclass(frozen=True, slots=True)
class ChangedGlossary:
    """A glossary after a change.

    Attributes:
        concepts: all of it, as it became.
        changes: the concepts that a person changed, each before and after; () where it was no person's change.
    """

    concepts: list[Concept]
    changes: tuple[Change, ...]

    @property
    def is_larger(self) -> bool:
        """Whether the change brought terms that the glossary did not have."""
        before = [change.before for change in self.changes if change.before]
        after = [change.after for change in self.changes if change.after]
        return sum(len(concept.terms) for concept in after) > sum(len(concept.terms) for concept in before)


def glossary_beside(memory: AnyPath) -> Path:
    """Where the glossary of a memory is when nobody says otherwise; of one on a server the file that this host has of it.

    Raises:
        OptionError: no memory is named.

    >>> print(glossary_beside("out/memory.tm").as_posix())
    out/glossary.tsv
    """
    if is_on_server(memory):
        return local_glossary(memory)
    if not Path(memory).name:
        raise OptionError("no memory is named; one or more were expected")
    return Path(memory).with_name(GLOSSARY)


def read_decisions(
    path: AnyPath, direction: Direction, format_: str = "", account: Account | None = None
) -> list[Concept]:
    """Read what people decided; terms of one language alone are decisions too: they shall not come up.

    Args:
        path: of the glossary.
        direction: the languages asked for.
        format_: of the file; "" = by the extension.
        account: filled with what the file says beside its concepts.

    Raises:
        FormatError: the file cannot be read, or its concepts are in other languages.
    """
    concepts = read_concepts(path, format=format_, direction=direction, account=account)
    direction_within(concepts, direction, path)  # which refuses other languages
    return concepts


def open_glossary(path: AnyPath, asked: Direction) -> tuple[list[Concept], Direction]:
    """A glossary and its direction, which has the tags of the glossary: "pt" is its "pt-BR".

    Raises:
        FormatError: the file cannot be read, or its concepts are in other languages.
    """
    shared_glossary.check_there(path)
    concepts = read_concepts(path, direction=asked)
    return concepts, direction_within(concepts, asked, path)


def direction_within(concepts: Collection[Concept], asked: Direction, path: AnyPath) -> Direction:
    """The direction of a glossary that was read, likewise.

    Raises:
        FormatError: its concepts are in other languages; those of one language alone may be.

    >>> from tm.model import Concept, Term
    >>> pair = Concept("1", (Term("four", "fr"), Term("forno", "pt-BR")))
    >>> print(direction_within([pair], Direction("pt"), "glossary.tsv"))
    pt-BR → fr
    """
    tags = languages_in(concepts)
    for tag in (asked.source, asked.target):
        if tag and len(tags) > 1 and not bcp47.choose(tag, tags):
            raise not_there(asked, len(concepts), tags, path=path, noun="concepts")
    direction = decided(asked, tags)
    source, target = (bcp47.choose(tag, tags) or tag for tag in (direction.source, direction.target))
    return Direction(source, target)


def languages_in(concepts: Iterable[Concept]) -> list[str]:
    """The languages of the terms, in order of appearance."""
    return list(dict.fromkeys(term.language for concept in concepts for term in concept.terms))


def change_glossary(
    path: AnyPath,
    change: Callable[[list[Concept], Direction], Sequence[Concept]],
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    action: str = "",
    by: By = NOBODY,
    details: dict[str, object] | None = None,
) -> ChangedGlossary:
    """Change a glossary while no other process does.

    Args:
        path: of the glossary, which need not be there yet.
        change: is given the glossary as it is, and its direction; returns the concepts to be written. Others
            wait meanwhile, so it does nothing slow.
        asked: the languages; a side that is "" is as the glossary says.
        format: of the file; "" = by the extension.
        action: what a person does, for the log; "" = it is no person's change, and is not noted.
        by: who does it, and when.
        details: more for the log; filled by ``change``, it is read afterwards.

    Raises:
        FormatError: the glossary cannot be read or written, or lacks the languages. It is as it was.

    >>> import tempfile
    >>> from tm.model import Concept, Term
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "glossary.tsv")
    ...     pair = Concept("1", (Term("four", "fr"), Term("forno", "pt")))
    ...     _ = change_glossary(path, lambda concepts, _: [*concepts, pair])
    ...     len(change_glossary(path, lambda concepts, _: concepts * 2).concepts)
    2
    """
    with shared_glossary.turn(path), locked(path):
        is_there = Path(path).exists()
        find_format(path, "write_concepts", format)  # of a name that nothing writes no log is begun
        before, direction = open_glossary(path, asked) if is_there else ([], asked)
        if action:
            decision_log.withdraw(path, before)
        after = list(change(before, direction))
        changes: tuple[Change, ...] = ()
        if action:
            changes = decision_log.append(
                path, action, before, after, author=by.author, date=by.date, details=details
            )
        if not is_there or after != before:
            direction = glossary_direction([*before, *after], direction)
            write_concepts(path, after, format=format, direction=direction)
    return ChangedGlossary(after, changes)
