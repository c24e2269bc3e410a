"""How lines are shown: data on stdout, the rest on stderr, control characters never."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import shutil
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tm.cli.interface_language import _, _n, joined, later, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.errors import FormatError, TMError
    from tm.language.pieces import Piece
    from tm.model import Finding

T = TypeVar("T")

_drawn: list[object] = []
"""The bar that stands in the last line of the terminal, if there is one."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


_SEVERITIES = {"error": later("error"), "warning": later("warning"), "info": later("info")}


def printable(text: str) -> str:
    r"""The text with what could act on a terminal (control and direction characters) written as escapes.

    >>> printable("a\x1b[31mb\x9b")
    'a\\x1b[31mb\\x9b'
    """
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def data(line: str = "") -> None:
    """One line of data, on stdout."""
    click.echo(printable(line) if sys.stdout.isatty() else line)


def finding(finding: Finding) -> None:
    """A finding as a line of data; on a terminal what it is about is underlined."""
    from tm.checks.reporting import as_line

    click.echo(as_line(_localised(finding), _underlined) if sys.stdout.isatty() else finding_line(finding))


def finding_line(finding: Finding) -> str:
    """A finding as a line, in the reader's language."""
    from tm.checks.reporting import as_line

    return as_line(_localised(finding))


def _localised(finding: Finding) -> Finding:
    shown: Any = severity(finding.severity)
    return replace(finding, message=sentence(finding.message), severity=shown)


def _underlined(piece: Piece) -> str:
    text, is_marked = piece
    return click.style(printable(text), underline=True) if is_marked else printable(text)


def severity(name: str) -> str:
    """A severity in the reader's language.

    >>> severity("error")
    'error'
    """
    return _(_SEVERITIES[name])


def message(error: TMError) -> str:
    """An error in the reader's language; its place stays as editors read it."""
    line = str(error)
    what = getattr(error, "what", line)
    return line.removesuffix(what) + sentence(what)


def note(line: str) -> None:
    """One line about the work, on stderr; that nobody reads it is no reason to stop."""
    with contextlib.suppress(OSError):
        if _drawn:  # the bar goes on below the note
            click.echo("\r\x1b[K", err=True, nl=False)
        click.echo(printable(line), err=True)


def is_meant(question: str, *, yes: bool) -> bool:
    """Whether a change of many units is meant: said with ``--yes``, or answered on a terminal.

    Raises:
        click.UsageError: nobody is there to be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise click.UsageError(_("{question} If so, say --yes; --dry-run shows them.", question=question))
    return is_answered(question)


def is_answered(question: str) -> bool:
    """Whether somebody at a terminal says yes to a question, in English or in the language of the messages."""
    yes = _("yes")
    answers = f"{yes[:1]}/{_('no')[:1].upper()}"
    answer = click.prompt(f"{question} [{answers}]", default="", show_default=False, err=True)
    return answer.strip().casefold() in ("y", "yes", yes[:1], yes)


def report_problems(problems: Sequence[FormatError] | None) -> int:
    """What ``--recover`` went past, the first ten in full; the exit code that follows from it."""
    for problem in (problems or [])[:10]:
        note(message(problem))
    if problems:
        shown = _("the first ten are shown") if len(problems) > 10 else ""
        note(joined(_("faults gone past: {count}", count=len(problems)), shown))
    return 3 if problems else 0


def report_left_out(errors: Sequence[TMError], count: int, *, of_pairs: bool = False) -> int:
    """Name each file that could not be used, then how many; the exit code that follows from it."""
    for error in errors:
        note(message(error))
    if errors:
        left_out = len(errors)
        if of_pairs:
            note(
                _n(
                    "left out: {left_out} of {count} pair",
                    "left out: {left_out} of {count} pairs",
                    count,
                    left_out=left_out,
                )
            )
        else:
            note(
                _n(
                    "left out: {left_out} of {count} file",
                    "left out: {left_out} of {count} files",
                    count,
                    left_out=left_out,
                )
            )
    return 1 if errors else 0


SHOWN_AFTER = 1.0
"""Seconds after which work that is not done yet shows a bar; what takes less needs none."""


def progress(steps: Iterable[T], length: int, *, quiet: bool = False) -> Iterator[T]:
    """The steps as they are taken; on a terminal, when they take long, with a bar, their rate and the time left."""
    if quiet or not sys.stderr.isatty():
        yield from steps
        return
    begun, done, remaining = time.monotonic(), 0, iter(steps)
    while time.monotonic() - begun < SHOWN_AFTER:
        try:
            step = next(remaining)
        except StopIteration:
            return
        yield step
        done += 1
    if done >= length:  # nothing is left to be watched
        yield from remaining
        return
    with (
        click.progressbar(
            length=length,
            file=sys.stderr,
            show_pos=True,
            update_min_steps=max(1, length // 200),
            item_show_func=lambda rate: rate and _("{rate} a second", rate=rate),
        ) as bar,
        _standing(bar),
    ):
        bar.start -= time.monotonic() - begun  # the time left is reckoned from the beginning
        bar.update(done)
        for more, step in enumerate(remaining, done + 1):
            yield step
            bar.update(1, _rate(more / (time.monotonic() - begun)))


def _rate(steps: float) -> str:
    """Steps in a second: two digits where they are few.

    >>> _rate(0.256), _rate(12345.6)
    ('0.26', '12,346')
    """
    return f"{steps:.2g}" if steps < 10 else f"{steps:,.0f}"


@contextlib.contextmanager
def _standing(bar: object) -> Iterator[None]:
    """While a bar stands in the last line of the terminal."""
    _drawn.append(bar)
    try:
        yield
    finally:
        _drawn.remove(bar)


class Notes(logging.Handler):
    """Shows what the library logs, as notes; the same line once only."""

    def __init__(self) -> None:
        """Nothing said yet."""
        super().__init__()
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        line = record.getMessage()
        if line not in self._said:
            self._said.add(line)
            note(sentence(line))


def json_object(fields: dict[str, Any]) -> None:
    """The one JSON object of ``--json``, with its schema number."""
    click.echo(json.dumps({"schema": 1, **fields}, ensure_ascii=False, indent=2))


def table(
    rows: Sequence[Sequence[object]], *, header: Sequence[str] = (), right: Sequence[int] = ()
) -> list[str]:
    """Rows as aligned lines.

    Args:
        rows: cells, shown by ``str``.
        header: names of the columns, if any.
        right: numbers of the columns set flush right.

    >>> print(*table([["fr", 12], ["pt-BR", 7]], right=[1]), sep="\\n")
    fr     12
    pt-BR   7
    """
    lines = [[str(cell) for cell in row] for row in ([header] if header else []) + list(rows)]
    if not lines:
        return []
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if sys.stdout.isatty():
        widths = _narrowed(widths, right, shutil.get_terminal_size().columns)
        lines = [[_cut(cell, width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return [
        "  ".join(
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


LEAST = 8
"""The width below which no column is narrowed."""


def _narrowed(widths: list[int], right: Sequence[int], room: int) -> list[int]:
    """The widths of columns so that a line fits, as far as texts can be cut; numbers are not.

    >>> _narrowed([4, 60, 30, 6], [3], 60)
    [4, 22, 22, 6]
    """
    widths = list(widths)
    texts = [number for number, width in enumerate(widths) if number not in right and width > LEAST]
    while texts and sum(widths) + 2 * (len(widths) - 1) > room:
        widest = max(texts, key=lambda number: widths[number])
        if widths[widest] <= LEAST:
            break
        widths[widest] -= 1
    return widths


def _cut(cell: str, width: int) -> str:
    r"""A cell cut to a width.

    >>> _cut("une tempête", 6), _cut("vent", 6)
    ('une t…', 'vent')
    """
    return cell if len(cell) <= width else f"{cell[: width - 1]}…"
