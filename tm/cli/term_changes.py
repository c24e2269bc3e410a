"""What the verbs of ``tm terms`` that change a glossary print of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tm.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.files import AnyPath
    from tm.model import Concept
    from tm.terminology.history import Change


class Showing(NamedTuple):
    """How a change is printed."""

    as_json: bool
    quiet: bool


def called(path: AnyPath) -> str:
    """What the reader calls a glossary: that of a memory on a server by its address."""
    from tm.work import shared_glossary

    return shared_glossary.called(path)


def report(path: AnyPath, action: str, changes: Iterable[Change], line: str, how: Showing) -> None:
    """Print a change of a glossary: as a line on stderr, or as the object of ``--json``.

    Args:
        path: of the glossary.
        action: what was done, as the log names it: "approved", "note" …
        changes: the concepts that it changed; none where the glossary said so already.
        line: the same in words.
        how: how it is printed.
    """
    if how.as_json:
        terminal.json_object({"glossary": called(path), "action": action, "changes": fields(changes)})
    elif not how.quiet:
        terminal.note(f"{called(path)}: {line}")


def fields(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changed concepts for ``--json``, each as it was and as it became."""
    return [{"before": _concept(change.before), "after": _concept(change.after)} for change in changes]


def _concept(concept: Concept | None) -> dict[str, Any] | None:
    """What a person decides on in a concept; None where there is none."""
    if concept is None:
        return None
    terms = [
        {"language": term.language, "text": term.text, "status": term.status, "note": term.note}
        for term in concept.terms
    ]
    return {"concept": concept.id, "note": concept.note, "terms": terms}
