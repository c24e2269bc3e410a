"""Units into several files of the same size: ``corpus.tsv.gz`` stands for ``corpus-00001.tsv.gz`` and so on.

Each file is whole by itself, with its own head, and there before the next one begins.

>>> shard_name("out/corpus.tsv.gz", 12), shard_name("corpus.fr-pt", 1)
('out/corpus-00012.tsv.gz', 'corpus-00001.fr-pt')
"""

from __future__ import annotations

import itertools
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError
from tm.formats.files import write_units
from tm.formats.finding import files_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.formats._format import Header
    from tm.model import Unit

log = logging.getLogger(__name__)


def shard_name(path: str | os.PathLike[str], number: int) -> str:
    """The name of a file of many, with its number before the first full stop; the heading has examples."""
    folder, name = os.path.split(os.fspath(path))
    stem, stop, endings = name.partition(".")
    return os.path.join(folder, f"{stem}-{number:05}{stop}{endings}")


def write_shards(
    path: str | os.PathLike[str],
    units: Iterable[Unit],
    size: int,
    *,
    format: str = "",  # noqa: A002 - as in ``write_units``
    direction: Direction = UNDECIDED,
    header: Header | None = None,
) -> tuple[int, int]:
    """Write units into files of so many each; one file where there are none.

    Args:
        path: whose name the files have, each with a number.
        units: in order.
        size: how many units a file has, the last one maybe fewer.
        format: see ``write_units``, as the following.
        direction: the languages.
        header: the files' header.

    Returns:
        How many units were written, and how many files.

    Raises:
        OptionError: stdout is no name for many, or no such format.
        FormatError: a file cannot be written.

    >>> import tempfile
    >>> from tm.model import Segment, Unit, Variant
    >>> unit = Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_shards(f"{folder}/a.tsv", [unit] * 5, 2), sorted(os.listdir(folder))
    ((5, 3), ['a-00001.tsv', 'a-00002.tsv', 'a-00003.tsv'])
    """
    if os.fspath(path) == "-":
        raise OptionError("stdout is one file; the name of the files was expected")
    rest = iter(units)
    written = files = 0
    while True:
        shard = list(itertools.islice(rest, 1))
        if not shard and files:
            break
        files += 1
        here = itertools.chain(shard, itertools.islice(rest, size - 1))
        written += write_units(
            shard_name(path, files), here, format=format, direction=direction, header=header
        )
    old = shard_name(path, files + 1)
    if any(Path(file).exists() for file in files_of(old, format, direction)):
        log.warning("%s: is of an earlier run, which had more files; delete it", old)
    return written, files
