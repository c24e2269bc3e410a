"""``tm find``: look a text up in the memory."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from tm.choices import LEAST_OF_MEANING
from tm.cli import find_lines, options, phrases, terminal
from tm.cli.interface_language import _, _n
from tm.cli.values import Choice
from tm.errors import OptionError
from tm.files import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.direction import Direction
    from tm.work.answers import Kind

T = TypeVar("T")

SIDES = Choice(["source", "target"])

MANY = 1_000
"""Texts from which on the making of their vectors is said: it takes seconds."""


@click.command("find")
@click.argument("text")
@options.memories
@options.direction
@options.minimum(
    100,
    f"The least likeness; with --meaning {LEAST_OF_MEANING} unless given. Every unit that reaches it is found.",
)
@options.limit("At most so many matches.", default=5)
@click.option(
    "--in", "side", type=SIDES, default="source", show_default=True, help="In which language to look."
)
@click.option("--words", is_flag=True, help="TEXT is words that may stand anywhere, in any order.")
@click.option("--regex", is_flag=True, help="TEXT is a regular expression; all texts are read.")
@click.option(
    "--meaning", is_flag=True, help="Look for units that mean the same as TEXT, which may be in any language."
)
@click.option(
    "--vectors",
    metavar="MODEL",
    default="use",
    show_default=True,
    help='What --meaning compares: "use" (the model of the extra [vectors]), an .npz file, or a '
    "sentence-transformers model.",
)
@click.option("--forms", is_flag=True, help="Look for other forms of the words although there are matches.")
@options.terms("TBX, TSV or CSV; its terms in TEXT are shown.")
@options.where
@click.option(
    "--details", is_flag=True, help="Show of each unit its number, its memory, date, author, origin."
)
@options.as_json
@options.quiet
def command(
    text: str,
    memory_path: tuple[str, ...],
    asked: Direction,
    minimum: int,
    words: bool,
    regex: bool,
    meaning: bool,
    details: bool,
    as_json: bool,
    quiet: bool,
    **given: Any,  # noqa: ANN401 - what find takes under the same names
) -> None:
    """Look a text up in the memory.

    \b
    tm find "apprentissage en profondeur" -m out/memory.tm
    tm find - -m news.tm -m old.tm --min 85 < lines.txt
    tm find "une IA générative" -m out/memory.tm --terms out/glossary.tbx
    tm find "recherch* Twitter" --words -m out/memory.tm
    tm find "le four" -m news.tm --details --where "author=rui date>=2020"
    tm find "o pão estava quente" --meaning -m out/memory.tm

    Shows stored texts and their translations: first those like the text (100 is the same text, 95 to 99 the
    same words, a lower percent how much of the words is the same), then those in which it stands. Where nothing
    is alike, also those that are alike but for the forms of the words (fichiers for fichier), and those in which
    it stands with other accents or forms; then those in which parts of it stand. A word with an asterisk
    right behind it (recherch*) stands for all words that begin so.

    In front of a text stands its percent, or a sign: … it has TEXT in it, ~ it has a part of TEXT in it, = a
    term of the glossary that stands in TEXT. Below it stand its translation and how the percent came about.

    --meaning shows units that mean the same, in whatever words; TEXT may be in either language, and the
    percent is how near sentence vectors are (tm needs the extra [vectors]). Those of the memory's texts are made
    at first, a thousand in three seconds, and kept beside it.

    --details shows the numbers by which tm edit and tm remove take units, and where they come from; --where
    (tm help where) says which units are looked in. "-" reads texts from stdin, one a line, and answers in
    order. The languages are those of the memory.
    """
    from tm.work.answer_fields import answer_fields
    from tm.work.answers import find
    from tm.work.memories import open_memories

    if words + regex + meaning > 1:
        raise OptionError(_("--words, --regex and --meaning exclude each other"))
    kind: Kind = "words" if words else "regex" if regex else "meaning" if meaning else "text"
    source_of = click.get_current_context().get_parameter_source
    if meaning and source_of("minimum") is ParameterSource.DEFAULT:
        minimum = LEAST_OF_MEANING
    if not meaning and source_of("vectors") is ParameterSource.COMMANDLINE:
        raise OptionError(_("--vectors says what --meaning compares; give both"))
    if kind != "text" and source_of("forms") is ParameterSource.COMMANDLINE:
        raise OptionError(_("--forms is for a look-up without --words, --regex and --meaning"))
    queries = read_lines("-") if text == "-" else [text]
    progress = functools.partial(_vectors_made, quiet=quiet)
    with open_memories(memory_path) as stores:
        answers = find(stores, queries, asked, minimum=minimum, kind=kind, progress=progress, **given)
        if as_json:
            terminal.json_object(answer_fields(answers))
            return
        for number, answer in enumerate(answers):
            if text == "-":
                terminal.data(("\n" if number else "") + f"> {answer.query}")
            find_lines.show(answer, answers, details=details)
            if not (answer.matches or answer.inflected or quiet or (kind != "text" and answer.passages)):
                terminal.note(
                    _("nothing at {minimum} percent or more", minimum=minimum)
                    if kind in ("text", "meaning")
                    else _("found in no text")
                )
        if answers.not_meant and not quiet:
            terminal.note(phrases.left_out_by_where(answers.not_meant))


def _vectors_made(texts: Iterable[T], length: int, *, quiet: bool) -> Iterator[T]:
    """The texts of which vectors are made, with a bar on a terminal; of many it is said what takes so long."""
    if length >= MANY and not quiet:
        terminal.note(
            _n(
                "making the vector of {count} text, which is kept",
                "making the vectors of {count} texts, which are kept",
                length,
            )
        )
    return terminal.progress(texts, length, quiet=quiet)
