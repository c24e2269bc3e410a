"""The files of a verb: each file named, those of each folder, stdin; and what becomes of the bad ones.

1. ``find_inputs`` walks what a person named: a file is taken, a folder is searched, "-" is stdin.
2. ``Rejects`` collects the errors of files that cannot be used, so that one bad file among many costs only
   itself.

In folders, hidden files, lock files of office programs and files that no format reads are passed over. Of an
OmegaT project what it translates or has translated is taken, not what it made of these.

>>> is_lock_file("~$news.docx"), is_lock_file(".~lock.news.odt#"), is_lock_file("news.docx")
(True, True, False)
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tm.errors import MissingExtraError, OptionError, StoreError, TMError, WorkerError
from tm.formats import language_of_extension, locales, look_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.formats import Format, Operation


PROJECT_FILE = "omegat.project"
"""The file that makes a folder a project of OmegaT."""
PROJECT_SAVE = "omegat/project_save.tmx"
"""The memory in which OmegaT keeps what the translator of a project has written."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to be read.

    Attributes:
        path: as it is opened and as messages write it; "-" is stdin.
        name: what results call it: the path below the folder it was found in, else its own name.
    """

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was named, in order.

    Attributes:
        files: to be read; those of a folder sorted by name.
        passed_over: files of folders that no format reads.
    """

    files: tuple[Input, ...]
    passed_over: tuple[str, ...] = ()

    @property
    def paths(self) -> list[str]:
        """The paths alone."""
        return [file.path for file in self.files]


def find_inputs(
    paths: Sequence[str | os.PathLike[str]],
    *operations: Operation,
    format: str = "",  # noqa: A002 - as in tm.formats
    skip: Callable[[Path], bool] = lambda _: False,
) -> Inputs:
    """Every file that is named or lies in a folder that is.

    Args:
        paths: files, folders, "-".
        operations: what a format must be able to do with a file of a folder: "read_units", "read_document", …
        format: a format's name for all of them; "" = by the extension.
        skip: files of folders that are passed over without a word, e.g. results of an earlier run.

    Raises:
        OptionError: nothing is named, or a folder holds nothing that can be read.
        FormatError: a file that is not there, when it is the only one.
    """
    if not paths:
        raise OptionError("no file is named; a file or a folder was expected")
    found: list[Input] = []
    passed_over: list[str] = []
    for path in [os.fspath(path) for path in paths]:
        if path == "-" or not os.path.isdir(path):  # of a name that is too long Path would not say no
            found.append(Input(path, _name(path, {each.name for each in found})))
            continue
        inside = [file for file in _of_projects(_files_in(Path(path)), operations) if not skip(file)]
        readable = _readable(inside, operations, format)
        passed_over += [os.fspath(file) for file in inside if file not in readable]
        found += [Input(os.fspath(file), file.relative_to(path).as_posix()) for file in readable]
    if not found:
        names = ", ".join(os.fspath(path) for path in paths)
        hint = f"; of no format that can be: {', '.join(passed_over[:5])}" if passed_over else ""
        raise OptionError(f"{names}: holds no file that can be read{hint}")
    return Inputs(tuple(found), tuple(passed_over))


def _name(path: str, taken: set[str]) -> str:
    """The file's own name; with its folder's where another file has that name."""
    parts = Path(path).parts
    return "/".join(parts[-2:] if parts[-1] in taken else parts[-1:])


def _readable(paths: Sequence[Path], operations: Sequence[Operation], format_: str) -> list[Path]:
    """The files of a folder that can be read.

    An extension counts as a language only where there are two of them; a file of keys and texts is one of strings
    only where it stands in another language too.
    """
    by_language = [language_of_extension(path) for path in paths]
    two_languages = len({tag for tag in by_language if tag}) > 1
    languages = _languages(paths)
    return [
        path
        for path, tag in zip(paths, by_language, strict=True)
        if (format_ or not tag or two_languages)
        and any(
            _is_read(path, look_up(path, each, format_), languages)
            for each in _meant(path, operations, format_)
        )
    ]


def _languages(paths: Sequence[Path]) -> dict[tuple[str, str], set[str]]:
    """The languages in which each file is there, by its name without the language and its extension."""
    languages: dict[tuple[str, str], set[str]] = {}
    for path in paths:
        language, domain = locales.of_path(os.fspath(path))
        languages.setdefault((domain, path.suffix), set()).add(language)
    return languages


def _is_read(path: Path, form: Format | None, languages: dict[tuple[str, str], set[str]]) -> bool:
    """Whether a format reads a file of a folder whose files are there in these languages."""
    if form is None or not form.keyed:
        return form is not None
    return len(languages[locales.of_path(os.fspath(path))[1], path.suffix]) > 1


def _meant(path: Path, operations: Sequence[Operation], format_: str) -> list[Operation]:
    """What is done with a file of a folder. A workbook, which mostly is a table, is a document only by its name.

    >>> _meant(Path("a.docx"), ["read_document"], ""), _meant(Path("a.xlsx"), ["read_document"], "")
    (['read_document'], [])
    """
    is_table = "read_units" not in operations and not format_ and look_up(path, "read_units")
    return [each for each in operations if not (is_table and each == "read_document")]


def _files_in(folder: Path) -> list[Path]:
    """The files below a folder, sorted, but for hidden and lock files."""
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and not is_lock_file(file.name)
    ]


def _of_projects(paths: Sequence[Path], operations: Sequence[Operation]) -> list[Path]:
    """The files without those that OmegaT, or an export for it, has put into its projects.

    Of a project remain the texts, for who reads documents, else the file of its translations.

    >>> inside = [Path("o", *name.split("/")) for name in ("omegat.project", "source/a.txt", "o-omegat.tmx")]
    >>> [path.as_posix() for path in _of_projects([Path("b.tmx"), *inside], ["read_units"])]
    ['b.tmx', 'o/omegat/project_save.tmx']
    """
    projects = [path.parent for path in paths if path.name == PROJECT_FILE]
    if not projects:
        return list(paths)
    kept = [path for path in paths if not any(path.is_relative_to(project) for project in projects)]
    if "read_document" in operations:
        sources = tuple(project / "source" for project in projects)
        return kept + [path for path in paths if any(path.is_relative_to(source) for source in sources)]
    return kept + [project / PROJECT_SAVE for project in projects]


def is_lock_file(name: str) -> bool:
    """Whether an office program left this beside a document that is open in it: Word's ``~$``, LibreOffice's
    ``.~lock.…#``."""
    return name.startswith("~$") or (name.startswith(".~lock.") and name.endswith("#"))


@dataclass(slots=True)
class Rejects:
    """The files that could not be used, each with its error; a verb goes on without them.

    Attributes:
        count: of all files of the verb; where it is one, its error is raised and nothing is collected.
        errors: in order.

    >>> from tm.errors import FormatError
    >>> rejects = Rejects(2)
    >>> for path in ("a.tsv", "b.tsv"):
    ...     with rejects.catch():
    ...         if path == "a.tsv":
    ...             raise FormatError("is empty", path=path)
    >>> [str(error) for error in rejects.errors]
    ['a.tsv: is empty']
    >>> with Rejects(1).catch():
    ...     raise FormatError("is empty", path="a.tsv")
    Traceback (most recent call last):
    tm.errors.FormatError: a.tsv: is empty
    """

    count: int
    errors: list[TMError] = field(default_factory=list)

    @contextmanager
    def catch(self) -> Iterator[None]:
        """Around the work on one file. A fault of the memory or of workers is not the file's and is raised.

        Raises:
            TMError: the last file failed too, and so did all before it: the first error, or the package that
                is missing, which a user can mend for all.
        """
        try:
            yield
        except (StoreError, WorkerError):
            raise
        except TMError as error:
            self.errors.append(error)
            if len(self.errors) == self.count:
                missing = (each for each in self.errors if isinstance(each, MissingExtraError))
                raise next(missing, self.errors[0]) from error


def line_files(paths: Sequence[str], format: str = "") -> bool:  # noqa: A002
    """Whether these are two plain texts whose lines translate each other.

    >>> line_files(["test.fr", "hyp.pt"]), line_files(["a.tsv", "b.txt"])
    (True, False)
    """
    return len(paths) == 2 and not format and all(_is_plain_text(path) for path in paths)


def _is_plain_text(path: str) -> bool:
    """Whether no format claims the file; of two files of a name that says nothing both are lines."""
    form = look_up(path, "read_document")
    if form is None:
        return path != "-" and not look_up(path, "read_units") and Path(path).is_file()
    return form.name == "text" and not look_up(path, "read_units")
