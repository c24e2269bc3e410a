"""A text to its segments: ``segment`` for a text in memory, ``segment_file`` for a file.

``read_paragraphs`` reads a file for that: lines of a plain text that were wrapped at a width are put together.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from tm.direction import parsed
from tm.document import Document, Paragraph
from tm.formats import find_format, read_document
from tm.language import read_rules
from tm.language import segment as cut
from tm.language.wrapping import check_lines, unwrapped, width_of
from tm.progress import unwatched

if TYPE_CHECKING:
    from tm.document import Text
    from tm.language import Rules
    from tm.progress import Progress

log = logging.getLogger(__name__)


def segment(
    text: str | Document,
    *,
    language: str = "",
    srx: str | os.PathLike[str] = "",
    name: str = "",
    progress: Progress = unwatched,
) -> Text:
    """The sentences of a text.

    Args:
        text: a text, each line of which is a paragraph; or a document that was read.
        language: a tag; "" = the one that the document names, else the one that the text is in.
        srx: a file with rules to use in place of this program's own. What is not supported is logged.
        name: what results call a text.
        progress: takes the paragraphs as they are cut, and their number.

    Raises:
        OptionError: the language is no tag.
        FormatError: the rules cannot be read, or take too long on this text.

    >>> text = segment("M. Roy vint. Il vit.")
    >>> text.segments, text.language
    (('M. Roy vint.', 'Il vit.'), 'fr')
    """
    document = document_of(text, name) if isinstance(text, str) else text
    rules = read_rules(srx) if os.fspath(srx) else None
    segmented = cut(document, language=parsed(language).source, rules=rules, progress=progress)
    if rules:
        _warn(rules, segmented.language)
    return segmented


def segment_file(
    path: str | os.PathLike[str],
    *,
    language: str = "",
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
    srx: str | os.PathLike[str] = "",
    lines: str = "auto",
    progress: Progress = unwatched,
) -> Text:
    """The sentences of a file, with the lines that they begin in.

    Args:
        path: a document; "-" is stdin.
        language: see ``segment``.
        format: a format's name; "" = by the extension.
        encoding: overrides what the file looks like; "" = found.
        srx: see ``segment``.
        lines: see ``read_paragraphs``.
        progress: see ``segment``.

    Raises:
        OptionError: no such format, no such way to read lines, or the language is no tag.
        FormatError: the file or the rules cannot be read.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".fr") as file:
    ...     print("Le pont tient. Il est vieux.", file=file, flush=True)
    ...     segment_file(file.name).segments
    ('Le pont tient.', 'Il est vieux.')
    """
    document = read_paragraphs(path, format=format, encoding=encoding, lines=lines)
    return segment(document, language=language, srx=srx, progress=progress)


def read_paragraphs(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
    lines: str = "auto",
) -> Document:
    """Read a document to be segmented.

    Args:
        path: a document; "-" is stdin.
        format: a format's name; "" = by the extension.
        encoding: overrides what the file looks like; "" = found.
        lines: of a plain text: "paragraph", each line is one; "wrapped", lines were broken at a width and are put
            together; "auto", what it looks like, which is logged when it looks wrapped.

    Raises:
        OptionError: no such format, or no such way to read lines.
        FormatError: the file cannot be read.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    ...     print("Le pont", "tient.", sep=chr(10), file=file, flush=True)
    ...     [len(read_paragraphs(file.name, lines=lines).paragraphs) for lines in ("paragraph", "wrapped")]
    [2, 1]
    """
    check_lines(lines)
    document = read_document(path, format=format, encoding=encoding)
    if lines == "paragraph" or find_format(path, "read_document", format).name != "text":
        return document
    width = width_of(document) if lines == "auto" else 0
    if width:
        said = (
            "its lines are wrapped at %d characters and are put together; --lines paragraph keeps them apart"
        )
        log.warning(f"%s: {said}", path, width)
    return unwrapped(document) if width or lines == "wrapped" else document


def document_of(text: str, name: str = "", language: str = "") -> Document:
    r"""A text in memory as a document: each line that is not blank is a paragraph.

    >>> document_of("Le pont.\n\nIl tient.").paragraphs[1]
    Paragraph(text='Il tient.', line=3, kind='text', codes=())
    """
    lines = enumerate(text.splitlines(), 1)
    paragraphs = tuple(Paragraph(line.strip(), number) for number, line in lines if line.strip())
    return Document(name, paragraphs, language=language)


def _warn(rules: Rules, language: str) -> None:
    """Log what the rules lack."""
    for note in rules.notes:
        log.warning("%s", note)
    if not rules.of(language):
        log.warning("%s: no rules for %s; each paragraph is one segment", rules.path, language)
