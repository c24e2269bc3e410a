"""Two texts whose lines translate each other, as Moses and all programs that learn to translate take them.

``corpus.fr-pt`` stands for ``corpus.fr`` and ``corpus.pt``, or as OPUS names them for ``corpus.fr-pt.fr`` and
``corpus.fr-pt.pt``; packed as the name is. Both are written aside, then renamed.

>>> import tempfile
>>> from pathlib import PurePath
>>> from tm.formats._format import Reading, Writing
>>> from tm.model import Segment, Unit, Variant
>>> with tempfile.TemporaryDirectory() as folder:
...     path = f"{folder}/corpus.fr-pt"
...     unit = Unit((Variant("fr", Segment("oui")), Variant("pt-BR", Segment("sim"))))
...     _ = write(None, [unit], Writing(path))
...     [PurePath(file).name for file in texts_of(path)]
...     [unit.pair("fr", "pt").target.text for unit in read(iter(()), Reading(path))]
['corpus.fr', 'corpus.pt']
['sim']
"""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from tm import bcp47, files
from tm.errors import FormatError, OptionError
from tm.formats import _bytes, _rows
from tm.formats._format import Format, Reading
from tm.formats.corpora import BITEXT, pair_of
from tm.formats.notices import notice
from tm.formats.packing import ENDINGS, unpacked_name
from tm.model import Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Writing


def texts_of(path: str, source: str = "", target: str = "") -> tuple[str, str]:
    """The two texts that a path stands for: those that are there, else those that would be written.

    Args:
        path: with or without its languages: ``corpus.fr-pt``, ``corpus``.
        source: the language where the name says none.
        target: likewise.

    Raises:
        OptionError: nothing says the languages.
    """
    named = _named(path, source, target)
    ending = path[len(unpacked_name(path)) :]
    for both in named:
        for end in dict.fromkeys((ending, "", *ENDINGS)):
            first, second = (unpacked_name(text) + end for text in both)
            if Path(first).is_file() and Path(second).is_file():
                return first, second
    return named[0]


def _named(path: str, source: str, target: str) -> list[tuple[str, str]]:
    """The two texts of a path by each of the ways to name them, ours first."""
    stem = unpacked_name(path)
    ending = path[len(stem) :]
    pair = pair_of(path)
    if pair is None and not (source and target):
        what = "two texts, whose languages nothing says; name it like corpus.fr-pt, or say -s and -t"
        raise OptionError(f"{path}: {what}")
    begins = [stem[: -len("-".join(pair)) - 1], stem] if pair else [stem.removesuffix(".bitext")]
    first, second = pair or (source, target)
    return [(f"{begin}.{first}{ending}", f"{begin}.{second}{ending}") for begin in begins]


def read(_: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read a unit from each pair of lines; two empty ones are none.

    Raises:
        FormatError: one text has more lines.
    """
    paths = texts_of(reading.path, reading.source, reading.target)
    tags = _tags(reading.path, reading.source, reading.target)
    for tag in tags:
        reading.account.declare(tag)
    columns = (_lines(path, reading) for path in paths)
    for number, texts in enumerate(itertools.zip_longest(*columns), 1):
        if None in texts:
            longer, shorter = paths if texts[1] is None else paths[::-1]
            what = f"one line more than {shorter}; a translation for each line was expected"
            raise FormatError(what, path=longer, line=number)
        variants = tuple(
            Variant(tag, Segment(text)) for tag, text in zip(tags, texts, strict=True) if text.strip()
        )
        if variants:
            yield Unit(variants, place=Place(paths[1], number))


def _lines(path: str, reading: Reading) -> Iterator[str]:
    """The lines of one text, packed or not."""
    own = Reading(path, encoding=reading.encoding)
    with files.reading(path) as stream:
        for line in _rows.text_lines(_bytes.chunks(stream, own), own):
            yield line.rstrip("\r\n")


def _tags(path: str, source: str, target: str) -> tuple[str, str]:
    """The languages of the two texts: those asked for where they fit the names, else those of the names."""
    named = pair_of(path) or (source, target)
    tags = [bcp47.canonical(tag.replace("_", "-")) for tag in named]
    asked = [bcp47.choose(tag, (source, target)) if tag else None for tag in tags]
    return asked[0] or tags[0], asked[1] or tags[1]


def write(_: BinaryIO | None, units: Iterable[Unit], writing: Writing) -> int:
    """Write a line of each text for each unit; return the number of units.

    A unit without both texts is left out; a break of a line becomes a space.
    """
    paths = _named(writing.path, writing.source, writing.target)[0]
    writing.outs.extend(paths)
    source, target = _tags(writing.path, writing.source, writing.target)
    count = left_out = broken = 0
    with contextlib.ExitStack() as stack:
        streams = [stack.enter_context(_bytes.writing(path)) for path in paths]
        for unit in units:
            pair = unit.pair(source, target)
            if pair is None or not (pair.source.text.strip() and pair.target.text.strip()):
                left_out += 1
                continue
            texts = [pair.source.text, pair.target.text]
            lines = [" ".join(text.splitlines()) for text in texts]
            broken += lines != texts
            for stream, line in zip(
                streams, _bytes.encoded([f"{line}\n" for line in lines], writing.path), strict=True
            ):
                stream.write(line)
            count += 1
    notice("{path}: left out {units} without text in both languages", path=writing.path, units=left_out)
    notice("{path}: {units} had a break of a line, which is a space now", path=writing.path, units=broken)
    return count


PAIR = Format(
    BITEXT,
    (".bitext",),
    "Two texts whose lines translate each other: corpus.fr-pt is corpus.fr and corpus.pt",
    read_units=read,
    write_units=write,
    files=texts_of,
)
