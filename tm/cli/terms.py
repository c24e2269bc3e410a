"""``tm terms``: the glossary's life."""

from __future__ import annotations

import functools
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

import click

from tm.cli import options, phrases, term_applying, term_changes, term_decisions, terminal
from tm.cli.interface_language import _, _n, paragraphs
from tm.cli.term_decisions import change, glossary_file, named_glossary
from tm.cli.values import Choice, File
from tm.model import Evidence, Status

if TYPE_CHECKING:
    from pathlib import Path

    from tm.cli.term_changes import Showing
    from tm.direction import Direction
    from tm.terminology.joining import OnConflict
    from tm.work.extracting import Extracted
    from tm.work.glossary import TermPair
    from tm.work.glossary_file import By


class _Terms(click.Group):
    """Shows the first line of each command in full; click cuts it at 45 characters."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands."""
        with formatter.section(_("Commands")):
            rows = [(name, paragraphs(inner.help or "")[0]) for name, inner in sorted(self.commands.items())]
            formatter.write_dl(rows)


@click.group("terms", cls=_Terms)
def command() -> None:
    """Extract a glossary and decide on its terms.

    \b
    tm terms extract pairs.tsv -n 50
    tm terms approve "pâte à pain" "massa de pão" --terms out/glossary.tsv

    The glossary is a plain table that you may also edit by hand: a row for each pair of terms, with a
    status. What is decided there outlives every extraction.
    """


@command.command("extract")
@click.argument("paths", nargs=-1, metavar="[FILE...]", type=File())
@options.memory
@options.direction
@options.from_format
@options.to_format
@click.option(
    "-o",
    "--output",
    "out",
    type=File(),
    metavar="FILE",
    default="",
    help="Write a glossary instead: TSV, CSV, TBX …",
    callback=options.glossary_file,
)
@named_glossary
@options.min_confidence(None, "Leave out less [default: by the texts, 0.25 or more; in one language 0.4].")
@options.limit("The best so many pairs.")
@options.workers
@options.as_json
@options.quiet
def extract(
    paths: tuple[str, ...],
    memory_path: str,
    from_format: str,
    to_format: str,
    out: str,
    as_json: bool,
    quiet: bool,
    **given: Any,  # noqa: ANN401 - what extract_terms takes under the same names
) -> int:
    """The terms of translations, or of a text in one language, best first.

    \b
    tm terms extract pairs.tsv
    tm terms extract -m out/memory.tm -n 100 -o best.tbx
    tm terms extract manual.docx -s fr

    From files of translations and folders of them, or from the memory. Prints a line for each pair: source
    term, target term, confidence (0–1), how often they translate each other, how often each occurs. Of
    documents without a translation: term, confidence, how often it occurs. Decisions of the glossary count:
    what was rejected is not listed. Terms come first, names after them.
    """
    from tm.work.extracting import extract_terms

    out = out or ("-" if to_format not in ("", "tsv") else "")
    out = "" if as_json and out == "-" else out
    extracted = extract_terms(
        paths,
        memory_path,
        format=from_format,
        out=out,
        out_format=to_format,
        progress=functools.partial(terminal.progress, quiet=quiet),
        **given,
    )
    if as_json:
        terminal.json_object(_json(extracted))
    elif not out:
        for pair in extracted.terms:
            cells = _cells(pair)
            terminal.data("\t".join((cells[0], *cells[2:4]) if extracted.is_one_language else cells))
    elif not quiet:
        name = "stdout" if out == "-" else term_changes.called(out)
        terminal.note(f"{name}: {_origin(extracted)}")
    return terminal.report_left_out(extracted.left_out, extracted.files)


@command.command("list")
@glossary_file
@options.direction
@click.option(
    "--status",
    type=Choice(get_args(Status)),
    metavar="STATUS",
    help="Only these: candidate, approved, preferred, rejected, forbidden, do-not-translate.",
)
@options.limit("The first so many.")
@options.as_json
def list_(path: Path, asked: Direction, status: Status | None, limit: int | None, as_json: bool) -> None:
    """What the glossary has.

    \b
    tm terms list --terms out/glossary.tsv --status approved
    """
    from tm.work.glossary import list_terms

    listed = list_terms(path, asked=asked, status=status, limit=limit)
    languages = asdict(listed.direction)
    if as_json:
        terminal.json_object({**languages, "terms": [_fields(pair) for pair in listed.terms]})
        return
    statuses = term_decisions.STATUSES
    rows = [(_(statuses[pair[1].status]), *_cells(pair)[:4]) for pair in listed.terms]
    header = (_("status"), *languages.values(), _("confidence"), _("count"))
    for line in terminal.table(rows, header=header, right=(3, 4)):
        terminal.data(line)


for _verb in (
    term_decisions.add,
    term_decisions.approve,
    term_decisions.prefer,
    term_decisions.reject,
    term_decisions.forbid,
    term_decisions.reset,
    term_decisions.note,
    term_decisions.merge,
    term_decisions.undo,
    term_decisions.log,
    term_applying.apply,
):
    command.add_command(_verb)


@command.command("import")
@click.argument("imported", metavar="FILE", type=File())
@change
@options.from_format
@click.option(
    "--on-conflict",
    type=Choice(("ours", "theirs", "both")),
    help="Whose decision holds where both decided [default: ours].",
)
def import_(
    imported: str,
    path: Path,
    asked: Direction,
    by: By,
    from_format: str,
    on_conflict: OnConflict | None,
    how: Showing,
) -> int:
    """Another glossary into this one: TBX, MultiTerm XML, TSV, CSV, XLSX, OmegaT.

    \b
    tm terms import client.tbx --terms out/glossary.tsv
    tm terms import client.csv --on-conflict theirs

    Ids, notes and decisions of the glossary stay. What both have decided differently is listed, and the exit
    code is 1, unless --on-conflict says what holds: "both" keeps ours and adds their translation, or note,
    beside it. What the file said already when it was imported before is no conflict. It is 1, too, where two rows
    of the file contradict each other; they are named.
    """
    from tm.work.importing import import_terms

    done = import_terms(
        imported, path, asked=asked, format=from_format, on_conflict=on_conflict or "ours", by=by
    )
    for conflict in done.conflicts:
        terminal.note(
            _(
                "{file}: conflict: {term}: ours {ours}; theirs {theirs}: {choice} kept",
                file=path,
                term=conflict.source,
                ours=conflict.kept,
                theirs=conflict.imported,
                choice=on_conflict or "ours",
            )
        )
    if how.as_json:
        told = {"conflicts": list(map(asdict, done.conflicts)), "contradictions": done.contradictions}
        changes = term_changes.fields(done.changes)
        terminal.json_object(
            {
                "glossary": term_changes.called(path),
                "file": imported,
                "read": done.count,
                "changes": changes,
                **told,
            }
        )
    elif not how.quiet:
        concepts = _n(
            "{count} concept from {file}", "{count} concepts from {file}", done.count, file=imported
        )
        terminal.note(f"{term_changes.called(path)}: {concepts}")
    return 1 if done.contradictions or (done.conflicts and not on_conflict) else 0


def _origin(extracted: Extracted) -> str:
    """How many concepts were written, and what they come from."""
    concepts = phrases.counted(extracted.written or 0, "concepts")
    if extracted.is_one_language:
        origin = _n(
            "{count} sentence, {language}",
            "{count} sentences, {language}",
            extracted.pair_count,
            language=extracted.direction.source,
        )
    else:
        origin = _n(
            "{count} pair, {languages}",
            "{count} pairs, {languages}",
            extracted.pair_count,
            languages=extracted.direction,
        )
    return _("{concepts} from {origin}", concepts=concepts, origin=origin)


def _json(extracted: Extracted) -> dict[str, object]:
    """What ``extract --json`` prints."""
    direction, terms = extracted.direction, [_fields(pair) for pair in extracted.terms]
    left_out = list(map(str, extracted.left_out))
    if not extracted.is_one_language:
        return {**asdict(direction), "pairs": extracted.pair_count, "terms": terms, "left_out": left_out}
    alone = [
        {"term": term["source"], **{name: term[name] for name in ("confidence", "count", "status")}}
        for term in terms
    ]
    counted = {"language": direction.source, "sentences": extracted.pair_count}
    return {**counted, "terms": alone, "left_out": left_out}


def _cells(pair: TermPair) -> tuple[str, ...]:
    """Source term, target term, confidence, counts of the pair, of the source term and of the target term."""
    texts, evidence = (pair[0].text, pair[1].text), pair[1].evidence
    if not evidence:
        return (*texts, "", "")
    counts = (evidence.pair_count, evidence.source_count, evidence.target_count)
    return (*texts, f"{evidence.confidence:.3f}", *map(str, counts))


def _fields(pair: TermPair) -> dict[str, object]:
    """A pair as ``--json`` shows it."""
    evidence = pair[1].evidence or Evidence()
    return {
        "source": pair[0].text,
        "target": pair[1].text,
        "confidence": evidence.confidence if pair[1].evidence else None,
        "count": evidence.pair_count,
        "source_count": evidence.source_count,
        "target_count": evidence.target_count,
        "status": pair[1].status,
    }
