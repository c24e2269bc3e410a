r"""OmegaT's glossary: source, target and comment with tabs between; no header; ``#`` begins a comment line.

In: a file's bytes. Out: a concept for each line (``read``); and the way back (``write``). A file whose first line
names the columns is the table of another program, saved as a text, and read as such (``_glossary``). OmegaT reads
``.utf8`` as UTF-8, and ``.txt`` and ``.tab`` in the encoding that they look like.

>>> from tm.formats._format import Reading
>>> (concept,) = OMEGAT.read_concepts(iter([b"pont\tponte\tsur l'eau"]), Reading("a.utf8", "fr", "pt"))
>>> [(term.language, term.text) for term in concept.terms]
[('fr', 'pont'), ('pt', 'ponte')]
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tm.direction import Direction
from tm.formats import _bytes, _glossary, _glossary_writer, _rows
from tm.formats._column_languages import text_languages
from tm.formats._columns import SAMPLE, find_columns, header_row
from tm.formats._format import Format
from tm.formats._offer import ACCEPTED, name_untranslated, offered
from tm.formats.wordfast import begins_memory
from tm.model import Concept, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from tm.formats._format import Chunks, Reading, Writing
    from tm.formats._rows import Row
    from tm.model import Status

_IN_WORDS: dict[Status, str] = {
    "candidate": "[candidate]",
    "preferred": "[preferred]",
    "do-not-translate": "[do not translate]",
}
"""What a comment begins with where a term is not simply approved."""


def read(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read a concept from each line; its terms are approved, since a person put them there.

    A comment that begins with the word for another status, as ``write`` puts it, says so.
    """
    rows = ((line, cells) for line, cells in _rows.tsv_rows(chunks, reading) if not cells[0].startswith("#"))
    first = list(itertools.islice(rows, SAMPLE))
    if first and begins_memory(first[0][1][0]):
        raise reading.error("a Wordfast memory, no glossary; say --from wordfast", first[0][0], 1)
    if first and _is_of_columns(first, reading):
        yield from _glossary.read(itertools.chain(first, rows), reading)
        return
    source, target = text_languages(first, (0, 1), reading)
    for number, (line, cells) in enumerate(itertools.chain(first, rows), 1):
        if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
            reading.fault("a source and a target term were expected, with a tab between", line)
            continue
        status, note = _status_in(" ".join(cell.strip() for cell in cells[2:] if cell.strip()))
        of_source: Status = "candidate" if status == "candidate" else "approved"
        terms = Term(cells[0].strip(), source, of_source), Term(cells[1].strip(), target, status, note=note)
        yield Concept(str(number), terms)


def _is_of_columns(rows: Sequence[Row], reading: Reading) -> bool:
    """Whether these rows say what their columns are, by a header or by the codes of their languages.

    >>> from tm.formats._format import Reading
    >>> _is_of_columns([(1, ["pont", "ponte", "FR", "PT"])], Reading("a.txt"))
    True
    """
    if header_row(rows, reading) is not None:
        return True
    if len(rows[0][1]) < 2:
        return False
    columns = find_columns(rows, reading)
    return columns.header or columns.notes > 2


def _status_in(comment: str) -> tuple[Status, str]:
    """The status that a comment begins with, and the rest of it.

    >>> _status_in("[do not translate] a product"), _status_in("[sic]"), _status_in("[candidate]")
    (('do-not-translate', 'a product'), ('approved', '[sic]'), ('candidate', ''))
    """
    for status, words in _IN_WORDS.items():
        if comment.startswith(words):
            return status, comment.removeprefix(words).strip()
    return "approved", comment


def write(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    r"""Write a line for each source term and each of its translations; return the number of concepts.

    OmegaT would offer rejected and forbidden terms, so they are left out, the forbidden ones named. The comment
    of any other that is not simply approved begins with its status: OmegaT shows it to the translator.

    >>> from io import BytesIO
    >>> from tm.formats._format import Writing
    >>> glossary, source = BytesIO(), Term("pont", "fr", "approved")
    >>> terms = (source, Term("ponte", "pt"), Term("viaduto", "pt", "forbidden"))
    >>> write(glossary, [Concept("1", terms)], Writing("a.utf8", "fr", "pt")), glossary.getvalue()
    (1, b'pont\tponte\t[candidate]\n')
    """
    glossary = offered(concepts, (*ACCEPTED, "candidate"), "OmegaT", writing.path)
    direction = _glossary_writer.glossary_direction(glossary, Direction(writing.source, writing.target))
    written = left_out = 0
    for concept in glossary:
        lines = [
            "\t".join(
                re.sub(r"\s+", " ", text).strip()
                for text in (source_term.text, target_term.text, _comment(target_term, concept))
            )
            for source_term in concept.of(direction.source)
            for target_term in concept.of(direction.target)
        ]
        # A line that begins with # would be a comment; the format has no escape for it.
        kept = [line for line in lines if not line.startswith("#")]
        stream.writelines(_bytes.encoded((f"{line.rstrip()}\n" for line in kept), writing.path))
        written += bool(kept)
        left_out += not kept
    name_untranslated(left_out, writing.path)
    return written


def _comment(term: Term, concept: Concept) -> str:
    return f"{_IN_WORDS.get(term.status, '')} {term.note or concept.note}"


OMEGAT = Format(
    "omegat",
    (".utf8", ".tab", ".txt"),
    "OmegaT glossary",
    read_concepts=read,
    write_concepts=write,
    holds_of_terms=frozenset(("notes", "synonyms")),
)
