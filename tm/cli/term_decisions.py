"""The verbs of ``tm terms`` that change a glossary; ``terms.py`` has them as its commands."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, term_changes, terminal
from tm.cli.clock import now
from tm.cli.interface_language import _, later, sentence
from tm.cli.term_changes import Showing
from tm.cli.values import Choice, File

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.direction import Direction
    from tm.files import AnyPath
    from tm.terminology.decisions import Decision
    from tm.work.glossary_file import By

STATUSES = {
    "approved": later("approved"),
    "preferred": later("preferred"),
    "rejected": later("rejected"),
    "forbidden": later("forbidden"),
    "do-not-translate": later("do-not-translate"),
    "candidate": later("candidate"),
}
"""Statuses of a term, as they are said to a reader."""

named_glossary = click.option(
    "--terms",
    "--glossary",
    "glossary",
    type=File(),
    metavar="PATH",
    default="",
    help="Glossary file [default: glossary.tsv beside the memory].",
    callback=options.glossary_file,
)


def glossary_file(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say where the glossary is, as one parameter ``path``."""

    @functools.wraps(function)
    def with_path(*, glossary: str, memory_path: str, **given: Any) -> Any:  # noqa: ANN401
        """Call the verb with the path."""
        from tm.work.glossary_file import glossary_beside

        return function(path=glossary or glossary_beside(memory_path), **given)

    return options.memory(named_glossary(with_path))


def change(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what changes a glossary; who and when, as one parameter ``by``, what is printed as ``how``."""

    @functools.wraps(function)
    def with_author(*, author: str, as_json: bool, quiet: bool, **given: Any) -> Any:  # noqa: ANN401
        """Call the verb with the author and the time."""
        from tm.work.glossary_file import By

        return function(by=By(author, now()), how=Showing(as_json, quiet), **given)

    printing = options.as_json(options.quiet(with_author))
    return glossary_file(options.direction(options.author("Who decides.")(printing)))


@click.command("add")
@click.argument("term")
@click.argument("translation")
@click.option(
    "--status",
    type=Choice(("approved", "preferred", "forbidden", "do-not-translate")),
    default="approved",
    show_default=True,
    help="What it is.",
)
@click.option("--note", metavar="TEXT", default="", help="What is to be known of the translation.")
@change
def add(
    path: AnyPath,
    term: str,
    translation: str,
    status: Decision,
    note: str,
    *,
    asked: Direction,
    by: By,
    how: Showing,
) -> None:
    """A new term with its translation, or another translation of a term.

    \b
    tm terms add "pâte à pain" "massa de pão" --terms out/glossary.tsv
    tm terms add GitHub GitHub --status do-not-translate

    With -s and -t the glossary is made when it is not there.
    """
    from tm.work.deciding import add_terms

    changed = add_terms(path, term, translation, status=status, note=note, asked=asked, by=by)
    line = f"{term} = {translation}: {_new(_(STATUSES[status]))}"
    term_changes.report(path, "add", changed.changes, line, how)


@click.command("approve")
@change
@click.argument("term")
@click.argument("translation", default="")
def approve(**given: Any) -> None:  # noqa: ANN401 - what _decide takes
    """A term and its translation are right.

    \b
    tm terms approve "pâte à pain"
    tm terms approve "pâte à pain" "massa de pão" --terms out/glossary.tsv

    The translation must be named where there are several. A pair that the glossary does not have is added.
    """
    _decide("approved", **given)


@click.command("prefer")
@change
@click.argument("term")
@click.argument("translation", default="")
def prefer(**given: Any) -> None:  # noqa: ANN401 - what _decide takes
    """The translation to use where several are right.

    \b
    tm terms prefer "pâte à pain" "massa de pão"

    What was preferred before is approved.
    """
    _decide("preferred", **given)


@click.command("reject")
@change
@click.argument("term")
@click.argument("translation", default="")
def reject(**given: Any) -> None:  # noqa: ANN401 - what _decide takes
    """No term, or not its translation: it does not come back.

    \b
    tm terms reject "grande quantité"
    tm terms reject "pâte à pain" "macarrão de pão" --terms out/glossary.tsv

    Without a translation the term is rejected with all it has.
    """
    _decide("rejected", **given)


@click.command("forbid")
@click.argument("term")
@click.argument("translation")
@change
def forbid(**given: Any) -> None:  # noqa: ANN401 - what _decide takes
    """A translation that shall not be used: tm check and tm score report it.

    \b
    tm terms forbid "pâte à pain" "pasta de pão" --terms out/glossary.tsv
    """
    _decide("forbidden", **given)


@click.command("reset")
@change
@click.argument("term")
@click.argument("translation", default="")
def reset(**given: Any) -> None:  # noqa: ANN401 - what _decide takes
    """A candidate again: what was decided on the term is taken back.

    \b
    tm terms reset "grande quantité"

    Without a translation the term is a candidate with all it has. Notes stay.
    """
    _decide("candidate", **given)


@click.command("note")
@change
@click.argument("term")
@click.argument("translation", default="")
@click.option(
    "--note", "text", metavar="TEXT", required=True, help='In the place of the old one; "" takes it out.'
)
def note(
    path: AnyPath, term: str, translation: str, text: str, *, asked: Direction, by: By, how: Showing
) -> None:
    """A note on a translation, or on the whole concept.

    \b
    tm terms note "pâte à pain" "massa de pão" --note "Not for pizza."

    Without a translation the note is on the concept. A concept with a note outlives every extraction.
    """
    from tm.work.deciding import note_terms

    changed = note_terms(path, term, translation, text, asked=asked, by=by)
    line = f"{_pair(term, translation)}: {_('noted') if text else _('note taken out')}"
    term_changes.report(path, "note", changed.changes, line, how)


@click.command("merge")
@change
@click.argument("term")
@click.argument("other")
def merge(path: AnyPath, term: str, other: str, *, asked: Direction, by: By, how: Showing) -> None:
    """Two concepts are one, with the terms of both; it keeps the id of the first.

    \b
    tm terms merge "pâte à pain" "pâte levée"

    A concept is named by a source term, or by its id.
    """
    from tm.work.deciding import merge_terms

    changed = merge_terms(path, term, other, asked=asked, by=by)
    line = _("{other} is one concept with {term}", other=other, term=term)
    term_changes.report(path, "merge", changed.changes, line, how)


@click.command("undo")
@change
def undo(path: AnyPath, *, asked: Direction, by: By, how: Showing) -> int:
    """Take back the last change of the glossary; again, the one before.

    \b
    tm terms undo --terms out/glossary.tsv

    What was changed again since, by hand or by another decision, stays and is named.
    """
    from tm.work.deciding import NothingToUndoError, undo_terms

    try:
        undone = undo_terms(path, asked=asked, by=by)
    except NothingToUndoError as nothing:
        if how.as_json:
            glossary = term_changes.called(path)
            terminal.json_object({"glossary": glossary, "undone": None, "changes": [], "kept": []})
        else:
            terminal.note(sentence(str(nothing)))
        return 1
    if how.as_json:
        fields = {"undone": _fields(undone.entry), "changes": term_changes.fields(undone.changes)}
        terminal.json_object({"glossary": term_changes.called(path), **fields, "kept": undone.kept})
    elif not how.quiet:
        terminal.note(
            f"{term_changes.called(path)}: {_('taken back: {change}', change=' '.join(_told(undone.entry)))}"
        )
    for text in undone.kept:
        terminal.note(f"{term_changes.called(path)}: {_('{text}: was changed since and stays', text=text)}")
    return 1 if undone.kept else 0


@click.command("log")
@glossary_file
@options.limit("The latest so many.")
@options.as_json
def log(path: AnyPath, limit: int | None, as_json: bool) -> None:
    """Who decided what and when, the latest first.

    \b
    tm terms log --terms out/glossary.tsv -n 20
    """
    from tm.files import readable
    from tm.formats import find_format
    from tm.work.decision_log import read_log

    find_format(readable(path), "read_concepts")
    entries = read_log(path)[::-1][:limit]
    if as_json:
        terminal.json_object({"changes": [_fields(entry) for entry in entries]})
        return
    for entry in entries:
        terminal.data("\t".join((entry.date, entry.author, *_told(entry))))


def _fields(entry: Any) -> dict[str, object]:  # noqa: ANN401 - decision_log.Entry, which is loaded late
    named = {name: getattr(entry, name) for name in ("number", "date", "author", "action")}
    return {**named, "terms": _texts(entry)}


def _told(entry: Any) -> tuple[str, str]:  # noqa: ANN401
    """What was done, and to which terms, those of five concepts at most."""
    texts = _texts(entry)
    more = f" … ({len(texts)})" if len(texts) > 5 else ""
    return entry.action, "; ".join(texts[:5]) + more


def _texts(entry: Any) -> list[str]:  # noqa: ANN401
    """Of each concept that a change touched the terms that it changed, else the first."""
    texts = []
    for changed in entry.changes:
        before = set(changed.before.terms if changed.before else ())
        after = changed.after.terms if changed.after else ()
        terms = [term for term in after if term not in before] or list(
            (changed.after or changed.before).terms
        )[:1]
        first = (changed.after or changed.before).terms[0]
        texts.append(" = ".join(dict.fromkeys((first.text, *(term.text for term in terms)))))
    return texts


def _decide(
    status: Decision, path: AnyPath, term: str, translation: str, *, asked: Direction, by: By, how: Showing
) -> None:
    from tm.work.deciding import decide_terms

    changed = decide_terms(path, status, term, translation, asked=asked, by=by)
    said = _new(_(STATUSES[status])) if changed.is_larger else _(STATUSES[status])
    meant = _meant(translation, status, changed.changes)
    term_changes.report(path, status, changed.changes, f"{_pair(term, meant)}: {said}", how)


def _meant(translation: str, status: Decision, changes: Any) -> str:  # noqa: ANN401 - of tm.terminology.history
    """The translation that was decided on, as the glossary has it: the one named may be a form of it."""
    texts = {
        term.text
        for change in changes
        for term in change.after.terms[1:]
        if term.status == status and not (change.before and term in change.before.terms)
    }
    return texts.pop() if translation and translation not in texts and len(texts) == 1 else translation


def _new(status: str) -> str:
    return _("{status} (new in the glossary)", status=status)


def _pair(term: str, translation: str) -> str:
    return f"{term} = {translation}" if translation else term
