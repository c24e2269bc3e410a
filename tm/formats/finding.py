"""Which format a file has: by the name that is asked for, or by the file's own.

``find_format`` gives the format that can do what is asked for, ``look_up`` the same or None.

>>> find_format("news.tmx.gz", "read_units").name, find_format("corpus.fr-pt", "write_units").name
('tmx', 'bitext')
"""

from __future__ import annotations

import os
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NoReturn

from tm import bcp47, files, registry
from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError, nearest
from tm.formats._format import Format, Operation
from tm.formats.corpora import corpus_format
from tm.formats.packing import unpacked_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_PHRASES: dict[Operation, str] = {
    "read_units": "{path}: units can be read from {names}",
    "write_units": "{path}: units can be written to {names}",
    "fill": "{path}: translations can be put into {names}",
    "read_concepts": "{path}: a glossary can be read from {names}",
    "write_concepts": "{path}: a glossary can be written to {names}",
    "read_document": "{path}: a document can be read from {names}",
    "faults": "{path}: the standard is known of {names}",
}
"""What can be done, and with which formats."""


_LANGUAGE_EXTENSION = re.compile(r"[a-z]{2}(?:[-_][a-z]{2}|[-_][a-z]{4})?")


def formats() -> tuple[Format, ...]:
    """All formats: ours, then those of other installed packages.

    >>> {"tmx", "xliff", "po", "tbx"} <= {format_.name for format_ in formats()}
    True
    """
    return registry.listed("tm.formats", Format)


def find_format(
    path: str | os.PathLike[str], operation: Operation, name: str = "", also: Sequence[str] = ()
) -> Format:
    """The format of that name, or else of the path's extension, that can do what is asked for.

    Args:
        path: of the file.
        operation: what the format must be able to do.
        name: of the format; "" = by the extension.
        also: what the caller writes itself beside formats, for the error.

    Raises:
        OptionError: there is none; names those that can, the nearest first.
        FormatError: there is none, and no such file to be read either.

    >>> find_format("news.tmx.gz", "read_units").name
    'tmx'
    >>> find_format("-", "write_units", "tmx").extensions
    ('.tmx',)
    """
    return look_up(path, operation, name) or _refuse(path, operation, name, also)


def look_up(path: str | os.PathLike[str], operation: Operation, name: str = "") -> Format | None:
    """The format that ``find_format`` gives; None when there is none.

    >>> look_up("logo.png", "read_units") is None
    True
    """
    name = name or corpus_format(path)
    extension = _extension(path)
    module = name or extension.removeprefix(".")  # a format that has a module of its name needs no other one
    for offered in (
        lambda: registry.named("tm.formats", module, Format),
        lambda: registry.offers("tm.formats", Format),
        formats,
    ):
        for format_ in offered():
            fits = name in (format_.name, *format_.extensions) if name else extension in format_.extensions
            if fits and getattr(format_, operation) is not None:
                return format_
    return look_up(path, operation, "text") if not name and language_of_extension(path) else None


def language_of_extension(path: str | os.PathLike[str]) -> str:
    """The language that the extension of a plain text names, as corpora do it; "" for any other extension.

    Codes of three letters do not count: there is a language for .png too.

    >>> language_of_extension("corpus/test.fr"), language_of_extension("hyp.pt_BR.gz")
    ('fr', 'pt-BR')
    >>> language_of_extension("a.fr.txt")
    ''
    """
    tag = _extension(path).removeprefix(".")
    is_one = _LANGUAGE_EXTENSION.fullmatch(tag) and bcp47.is_tag(tag) and not formats_of(path)
    return bcp47.canonical(tag) if is_one else ""


def formats_of(path: str | os.PathLike[str]) -> list[Format]:
    """All formats that have the path's extension.

    >>> [format_.name for format_ in formats_of("glossary.txt")]
    ['omegat', 'text']
    """
    corpus, extension = corpus_format(path), _extension(path)
    return [format_ for format_ in formats() if corpus == format_.name or extension in format_.extensions]


def files_of(
    path: str | os.PathLike[str],
    format: str = "",  # noqa: A002 - as in ``find_format``
    direction: Direction = UNDECIDED,
) -> Sequence[str]:
    """The files of which a path stands: mostly itself alone.

    >>> files_of("news.tmx"), files_of("corpus.fr-pt")
    (['news.tmx'], ('corpus.fr', 'corpus.pt'))
    """
    form = look_up(path, "read_units", format)
    if form is None or form.files is None:
        return [os.fspath(path)]
    return form.files(os.fspath(path), direction.source, direction.target)


def _extension(path: str | os.PathLike[str]) -> str:
    return PurePath(unpacked_name(path).lower()).suffix


def reads_documents(path: str | os.PathLike[str]) -> bool:
    """Whether the extension is that of a format of documents.

    >>> reads_documents("news.fr.txt"), reads_documents("logo.png")
    (True, False)
    """
    return any(format_.read_document and _extension(path) in format_.extensions for format_ in formats())


_OLD = {
    ".doc": ".docx",
    ".dot": ".docx",
    ".rtf": ".docx",
    ".xls": ".xlsx",
    ".ppt": ".pptx",
    ".sxw": ".odt",
    ".fodt": ".odt",
    ".pages": ".docx",
    ".mobi": ".epub",
    ".azw3": ".epub",
}
"""Extensions of documents that are not read, and what programs can save them as."""


def _refuse(path: str | os.PathLike[str], operation: Operation, name: str, also: Sequence[str]) -> NoReturn:
    if operation not in ("write_units", "write_concepts") and os.fspath(path) != "-":
        files.readable(path)  # a file that is not there gets that error
    able = [format_ for format_ in formats() if getattr(format_, operation) is not None]
    kind = name or _extension(path)
    if kind and not name:
        able_names = [*(end for format_ in able for end in format_.extensions), *(f".{end}" for end in also)]
    else:
        able_names = [*(format_.name for format_ in able), *also]
    able_names = list(dict.fromkeys(able_names))
    if not name and kind in _OLD and not operation.startswith("write"):
        raise OptionError(f"{os.fspath(path)}: {kind} is not read; save it as {_OLD[kind]} first")
    if not name and operation == "read_units" and reads_documents(path):
        raise OptionError(
            f"{os.fspath(path)}: a document; tm align SOURCE TARGET -o pairs.tsv makes units of it and its translation"
        )
    option = "--to" if operation in ("write_units", "write_concepts") else "--from"
    problem = (
        f"not {kind}{nearest(kind, able_names)}"
        if kind
        else f"it has no extension, so say which with {option}"
    )
    able_to = _PHRASES[operation].format(path=os.fspath(path), names=", ".join(able_names))
    raise OptionError(f"{able_to}; {problem}")
