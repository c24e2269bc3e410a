r"""The file of decisions that the glossary page hands out: a table, a row for each pair of terms.

Tab-separated, UTF-8, with a row of names; cells with a quotation mark, a tab or a line break stand in quotation
marks. ``read_verdicts`` finds the columns by their names, in any order, and the separator by the row of names
(``_separator``), so that a spreadsheet may have written the file again.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "decisions.tsv")
...     _ = path.write_text("concept\tfr\tpt\tstatus\tdecision\tnew_fr\tnew_pt\n"
...         "c-four\tfours\tforno\tcandidate\tapproved\tfour\t\n")
...     verdicts = read_verdicts(path)
>>> print(verdicts.direction, verdicts.rows[0].ruling, verdicts.rows[0].new_source)
fr → pt approved four
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, cast, get_args

from tm import bcp47
from tm.direction import Direction
from tm.errors import FormatError, nearest
from tm.files import read_lines
from tm.terminology.verdicts import Ruling, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.files import AnyPath


_NEEDED = ("concept", "status", "decision")
_NEW = "new_"
"""Before the tag of a language: the column of new texts."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A file of decisions.

    Attributes:
        direction: the languages of the glossary that the page showed.
        rows: in the order of the file.
    """

    direction: Direction
    rows: tuple[Verdict, ...]


def read_verdicts(path: AnyPath) -> Verdicts:
    """Read a file of decisions; an example heads the module.

    Raises:
        FormatError: it cannot be read, or is none.
    """
    lines = read_lines(path)
    separator = _separator(lines[0] if lines else "")
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    try:
        table = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        what = f"{error}; rows of cells with {separator!r} between were expected"
        raise FormatError(what, path=path, line=reader.line_num) from error
    names = [name.strip() for name in table[0][1]] if table else []
    languages = _languages(path, names)
    rows = tuple(
        _verdict(path, line, dict(zip(names, row, strict=False)), languages) for line, row in table[1:]
    )
    return Verdicts(Direction(*map(bcp47.canonical, languages)), rows)


def _separator(names: str) -> str:
    r"""What stands between the names of the columns; a spreadsheet writes semicolons or commas.

    >>> _separator("concept\tfr, pt"), _separator("concept;fr;pt")
    ('\t', ';')
    """
    return next((separator for separator in "\t;" if separator in names), "," if "," in names else "\t")


def mark_of(verdict: Verdict) -> str:
    """Twelve letters and digits by which a row is known again when a file is applied once more.

    >>> mark_of(Verdict("c-four", "four", "forno")) == mark_of(Verdict("c-four", "four", "forno"))
    True
    """
    cells = "\0".join(astuple(verdict)[:-1])  # a row that a later file has on another line is the same
    return hashlib.blake2b(cells.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _languages(path: AnyPath, names: Sequence[str]) -> tuple[str, str]:
    """The names of the columns of the source and the target language."""
    missing = [name for name in _NEEDED if name not in names]
    languages = [name.removeprefix(_NEW) for name in names if name.startswith(_NEW)]
    if missing or len(languages) != 2 or not all(tag in names and bcp47.is_tag(tag) for tag in languages):
        lacking = f" (it lacks {', '.join(missing)})" if names and missing else ""
        what = (
            f"is no file of decisions{lacking}; one that the glossary page made was expected, with the columns "
            f"{', '.join(_NEEDED)}, the two languages, and {_NEW}… for each of them"
        )
        raise FormatError(what, path=path, line=1)
    return languages[0], languages[1]


def _verdict(path: AnyPath, line: int, cells: dict[str, str], languages: tuple[str, str]) -> Verdict:
    source, target = languages
    ruling = cells.get("decision", "").strip().lower()
    if ruling not in get_args(Ruling):
        choices = [choice for choice in get_args(Ruling) if choice]
        what = f"no decision is called {ruling!r}; {', '.join(choices)} or nothing was expected"
        raise FormatError(f"{what}{nearest(ruling, choices)}", path=path, line=line)
    concept, text = cells.get("concept", "").strip(), cells.get(source, "").strip()
    if not concept or not text:
        what = "a row lacks the id of its concept or the source term; both were expected"
        raise FormatError(what, path=path, line=line)
    return Verdict(
        concept,
        text,
        cells.get(target, "").strip(),
        cells.get("status", "").strip(),
        cast("Ruling", ruling),
        new_source=" ".join(cells.get(_NEW + source, "").split()),
        new_target=" ".join(cells.get(_NEW + target, "").split()),
        old_note=cells.get("old_note", ""),
        note=cells.get("note", ""),
        author=cells.get("author", ""),
        date=cells.get("date", ""),
        line=line,
    )
