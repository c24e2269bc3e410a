"""Errors that a user can mend, drawn as a tree.

::

    TMError                  except TMError is enough for a caller
    ├─ FormatError           a file does not follow its format: path, line, column
    ├─ OptionError           a choice makes no sense; says what would
    ├─ StoreError            the memory is locked, damaged or of a newer version
    ├─ WorkerError           other processes or a cluster could not do their part
    └─ MissingExtraError     an optional package is not installed; gives the command that installs it

Every message is one line: *where: what; what was expected; what to do*.

>>> issubclass(OptionError, TMError), OptionError.exit_code, FormatError.exit_code
(True, 2, 3)
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What would end a line, or change a terminal."""


class TMError(Exception):
    """The base of all errors that a user can mend.

    Attributes:
        exit_code: what the command line returns: 2 for a wrong choice, 3 for unreadable input.
    """

    exit_code = 3


class FormatError(TMError):
    """A file cannot be read, or does not follow its format.

    Args:
        what: what is wrong, and after a semicolon what was expected or what to do; line breaks and control
            characters in it, which come from files, become spaces.
        path: the file; "-" is shown as ``<stdin>``.
        line: 1-based, or None when a place makes no sense.
        column: 1-based, in characters (bytes where the parser only knows bytes).

    >>> print(FormatError("<tuv> has no xml:lang; TMX 1.4b requires one", path="news.tmx", line=14, column=7))
    news.tmx:14:7: <tuv> has no xml:lang; TMX 1.4b requires one
    """

    def __init__(
        self,
        what: str,
        *,
        path: str | os.PathLike[str] = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        """Keep the parts; ``str()`` joins them."""
        what = _CONTROL.sub(" ", what)
        super().__init__(what)
        self.what = what
        self.path = os.fspath(path)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """``path:line:column: what``, without the parts that are not known."""
        name = "<stdin>" if self.path == "-" else self.path
        location = [name] if name else []
        if self.line is not None:
            location.append(str(self.line))
            if self.column is not None:
                location.append(str(self.column))
        return f"{':'.join(location)}: {self.what}" if location else self.what


class OptionError(TMError):
    """A choice that makes no sense; the message says which would.

    >>> raise OptionError("no check is called 'numbr'; did you mean number?")
    Traceback (most recent call last):
    tm.errors.OptionError: no check is called 'numbr'; did you mean number?
    """

    exit_code = 2


def nearest(name: object, choices: Iterable[str]) -> str:
    """What to add to a message about a misspelt choice: the nearest one, or nothing when none is near.

    >>> nearest("Keep", ("keep", "replace")), nearest("xyz", ("keep", "replace"))
    ('; did you mean keep?', '')
    """
    import difflib

    near = difflib.get_close_matches(str(name).lower(), choices, 1, 0.5)
    return f"; did you mean {near[0]}?" if near else ""


class StoreError(TMError):
    """The memory is locked, damaged, of a newer version, or not a memory at all."""


class WorkerError(TMError):
    """Other processes or a cluster could not do their part of the work."""


class MissingExtraError(TMError):
    """An optional package is needed.

    >>> print(MissingExtraError("reading XLSX", "office"))
    reading XLSX needs an extra; install it with: pip install 'ponte-tm[office]'
    """

    exit_code = 2

    def __init__(self, purpose: str, extra: str) -> None:
        """Name the purpose and the extra of this distribution that brings the package."""
        super().__init__(f"{purpose} needs an extra; install it with: pip install 'ponte-tm[{extra}]'")
        self._parts = purpose, extra

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        """Of what it is made again in another process."""
        return MissingExtraError, self._parts


def reason(error: OSError) -> str:
    """An error of the system in words.

    >>> reason(FileNotFoundError(2, "No such file or directory")), reason(OSError(5, "Input/output error"))
    ('no such file or folder', 'input/output error')
    """
    match error:
        case FileNotFoundError():
            return "no such file or folder"
        case IsADirectoryError():
            return "this is a folder; a file was expected"
        case PermissionError():
            return "permission denied"
        case _:
            return (error.strerror or str(error)).lower()
