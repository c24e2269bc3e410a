"""Texts of one language, without a translation, as the sentences that terms are extracted from.

1. ``texts_of_one_language`` says whether the files are such: documents, and of two plain texts with a segment a
   line only two in one language.
2. ``read_texts`` reads them, finds their language and cuts them into segments, each with its line.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import Direction, not_there
from tm.model import Pair, Segment
from tm.work.documents import read_documents
from tm.work.inputs import Rejects, find_inputs, line_files

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from tm.work.documents import ReadDocument
    from tm.work.inputs import Inputs

log = logging.getLogger(__name__)

_SURE = 0.9
"""How sure it must be that a text is in another language than it is said to be, to be worth a word."""


def texts_of_one_language(
    paths: Sequence[str | os.PathLike[str]],
    format: str = "",  # noqa: A002 - as in tm.formats
) -> Inputs | None:
    """The documents, where nothing that is named holds translations; else None.

    Args:
        paths: files and folders.
        format: a format's name for all files; "" = by the extension.

    Raises:
        OptionError: a folder holds nothing that can be read.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    ...     inputs = texts_of_one_language([file.name])
    >>> len(inputs.files), texts_of_one_language(["pairs.tsv"])
    (1, None)
    """
    from tm.formats import language_of_extension, look_up

    inputs = find_inputs(paths, "read_units", "read_document", format=format)
    if any(path == "-" or look_up(path, "read_units", format) for path in inputs.paths):
        return None
    if not all(look_up(path, "read_document", format) for path in inputs.paths):
        return None
    if line_files(inputs.paths, format):
        tags = {bcp47.base(language_of_extension(path)) for path in inputs.paths}
        return inputs if len(tags) == 1 and "" not in tags else None
    return inputs


def read_texts(inputs: Inputs, asked: Direction) -> tuple[list[Pair], str, Rejects]:
    """The segments of documents, each as a pair without a translation; their language; what could not be read.

    Args:
        inputs: from ``texts_of_one_language``.
        asked: its source is the language of the texts; "" = the first one found. Of several documents those
            in other languages are left out.

    Raises:
        FormatError: no file can be read, or none is in the language.
    """
    rejects = Rejects(len(inputs.files))
    documents = read_documents(inputs.files, asked, rejects)
    tags = [document.text.language for document in documents]
    language = asked.source or next((tag for tag in tags if tag), "")
    if not language:
        raise not_there(asked, len(documents), tags, path=inputs.paths[0], noun="documents")
    _warn_of_another_language(documents, language)
    pairs = []
    for document, tag in zip(documents, tags, strict=True):
        if tag and bcp47.base(tag) != bcp47.base(language) and len(documents) > 1:
            log.warning("%s: left out: is %s, not %s", document.path, tag, language)
        else:
            pairs += _pairs(document)
    if not pairs:
        raise not_there(Direction(language), len(documents), tags, path=inputs.paths[0], noun="documents")
    return pairs, language, rejects


def _warn_of_another_language(documents: Sequence[ReadDocument], language: str) -> None:
    """Say that a text is read as it was asked for, though it is surely in another language."""
    if len(documents) == 1 and (detection := documents[0].detection):
        is_other = detection.language and bcp47.base(detection.language) != bcp47.base(language)
        if is_other and detection.confidence >= _SURE:
            what = "%s: is %s by its words; its terms are extracted as %s, since that was asked for"
            log.warning(what, documents[0].path, detection.language, language)


def _pairs(document: ReadDocument) -> list[Pair]:
    """The segments of a document."""
    text = document.text
    lines = text.lines or (0,) * len(text.segments)
    return [
        Pair(Segment(segment), Segment(""), document=document.path, line=line)
        for segment, line in zip(text.segments, lines, strict=True)
    ]
