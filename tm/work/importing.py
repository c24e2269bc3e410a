"""Another glossary taken into a glossary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction, decided
from tm.terminology import merge
from tm.work.glossary_file import NOBODY, By, Path_, change_glossary, languages_in, read_decisions

if TYPE_CHECKING:
    from tm.model import Concept


def import_terms(
    path: Path_,
    into: Path_,
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002
    by: By = NOBODY,
) -> int:
    """Write another glossary into a glossary; how many concepts the other one has.

    Where both have decided on a pair of terms, the imported decision holds.

    Args:
        path: of the other glossary.
        into: the glossary, which is written anew; made when it is not there.
        asked: the languages; a side that is "" is as the glossary says, else as the other one does.
        by: who imports it, and when.
        format: the other glossary's format; "" = by the extension.

    Raises:
        FormatError: a glossary cannot be read or written, or lacks the languages.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "client.tsv")
    ...     _ = path.write_text("fr\\tpt\\nfour\\tforno\\n")
    ...     import_terms(path, path.with_name("glossary.tbx"))
    1
    """
    counts: list[int] = []

    def change(concepts: list[Concept], direction: Direction) -> list[Concept]:
        imported = read_decisions(path, direction, format)
        decided(direction, languages_in(imported))
        counts.append(len(imported))
        return merge(concepts, imported)

    change_glossary(into, change, asked=asked, action="import", by=by, details={"file": Path(path).name})
    return counts[0]
