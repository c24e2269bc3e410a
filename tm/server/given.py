"""Files that a browser sends along in JSON, written into a folder of ours under names of ours.

An error about one of them has the name that it came with.

>>> with given_files([{"name": "../../pain.txt", "content": "TGUgcGFpbi4="}]) as (path,):
...     path.name, path.read_text()
('1.txt', 'Le pain.')
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tm.errors import OptionError, StoreError, TMError
from tm.server.answers import RefusedError, status_of
from tm.server.schemas import record, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_LETTERS = 48 << 20
"""Of a file as base64; the guard stops a request before."""

FILE = record(
    {
        "name": text(500, about="its name; only the extension is used"),
        "content": text(MOST_LETTERS, about="its bytes as base64"),
    }
)
"""The schema of a file."""


@contextlib.contextmanager
def given_files(files: Sequence[dict[str, Any]]) -> Iterator[list[Path]]:
    """The files on disk, as long as they are needed.

    Raises:
        OptionError: a name has no extension, or a content is no base64.
        RefusedError: what is done with them raises an error.
    """
    with tempfile.TemporaryDirectory(prefix="ponte-") as folder:
        paths = []
        for number, file in enumerate(files, 1):
            path = Path(folder, f"{number}.{extension_of(file['name'])}")
            try:
                path.write_bytes(base64.b64decode(file["content"], validate=True))
            except (ValueError, binascii.Error) as error:
                raise OptionError(f"{file['name'][:80]}: base64 was expected") from error
            paths.append(path)
        try:
            yield paths
        except TMError as error:
            names = [re.split(r"[/\\]", file["name"])[-1] for file in files]
            is_theirs = isinstance(error, StoreError) and folder in str(error)  # an upload that is no memory
            status = 422 if is_theirs else status_of(error)
            raise RefusedError(status, _with_names(str(error), paths, names)) from error


def _with_names(text: str, paths: Sequence[Path], names: Sequence[str]) -> str:
    """A message with the names that files came with, in place of their paths and of our names.

    >>> _with_names("/tmp/x/1.tmx:3: no <tu>; 11.tmx, 1.tmx", [Path("/tmp/x/1.tmx")], ["pain.tmx"])
    'pain.tmx:3: no <tu>; 11.tmx, pain.tmx'
    """
    for path, name in zip(paths, names, strict=True):
        ours = f"(?<![\\w.])({re.escape(str(path))}|{re.escape(path.name)})"
        text = re.sub(ours, lambda _, name=name: name, text)  # type: ignore[misc]
    return text


def extension_of(name: str) -> str:
    """The extension of a name: letters and digits alone, which lead nowhere in a path.

    >>> extension_of("Pain.FR.TXT")
    'txt'
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not re.fullmatch("[a-z0-9]{1,12}", extension):
        raise OptionError(
            f"{name[:80]!r} has no extension that says what it is; one such as .docx was expected"
        )
    return extension
