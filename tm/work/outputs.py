"""The output files of a build: written again where they changed, left alone where a person edited them.

The memory notes the digest of each file that is written. A file whose digest is another one was edited: it
stays, and its new version goes beside it as ``NAME.new.EXT``, until the edit is gone.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from tm.store import Store


class Outputs:
    """The files of one folder, with a memory that notes what was written.

    Attributes:
        folder: where they are.
        written: the files of this run, in order.
        kept: those that a person had edited; their new versions are among ``written``.

    >>> import tempfile, pathlib
    >>> from tm.store import open_store
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> with open_store(":memory:", create=True) as store:
    ...     for text in ("one", "two", "three"):
    ...         outputs = Outputs(folder, store)
    ...         with outputs.placing("a.txt") as path:
    ...             _ = path.write_text(text)
    ...         if text == "two":
    ...             _ = (folder / "a.txt").write_text("edited")
    >>> outputs.kept[0].read_text(), outputs.written[0].name
    ('edited', 'a.new.txt')
    """

    def __init__(self, folder: Path, store: Store) -> None:
        """Nothing is written yet."""
        self.written: list[Path] = []
        self.kept: list[Path] = []
        self.folder = folder
        self._store = store

    @contextmanager
    def placing(self, name: str, *, is_ours: bool = False) -> Iterator[Path]:
        """Where the file of that name is to be written; what is there afterwards is noted.

        Args:
            name: of the file.
            is_ours: it may be edited, and is written all the same (the edits are in what is written).
        """
        path = self.folder / name
        beside = path.with_name(f"{path.stem}.new{path.suffix}")
        edited = path.exists() and not is_ours and self._noted(path) != digest(path)
        if edited:
            self.kept.append(path)
        elif self._noted(beside) and beside.exists():
            beside.unlink()  # the edit that it stood beside is gone
        self.written.append(beside if edited else path)
        yield self.written[-1]
        if edited and digest(beside) == digest(path):
            beside.unlink()  # no person's work: a run was cut off before it could note what it wrote
            self.written[-1] = self.kept.pop()
        self._note(self.written[-1])

    def _noted(self, path: Path) -> str:
        return self._store.note(f"wrote {path.name}")

    def _note(self, path: Path) -> None:
        if self._noted(path) != digest(path):
            self._store.set_note(f"wrote {path.name}", digest(path))


def digest(path: str | os.PathLike[str]) -> str:
    """Of a file's bytes, in 64 hexadecimal digits."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
