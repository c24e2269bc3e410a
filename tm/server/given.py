"""Files that a browser sends along in JSON, written into a folder of ours under names of ours.

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

from tm.errors import OptionError
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
        yield paths


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
