r"""Corpora of OPUS: a file of links (XCES ``cesAlign``) and the documents between whose sentences they are.

In: the links, which name their documents: beside them, in ``xml/`` or ``raw/``, or above; packed or not.
Out: a unit for each link with texts on both sides; what a link says of itself (``certainty``, ``overlap``) is a
property.

1. ``read`` takes the links of a pair of documents together (``_Group``), reads the two (``_sentences``), and
   joins their sentences.
2. ``write`` writes links, and beside them a document in each language: ``c.fr.xml`` for ``c.fr-pt.xml``.

Of a text that is cut into words (``<w>``) the words stand with blanks between them, as nobody can tell where
there were none; OPUS has the same texts uncut as *raw*.

>>> from tm.formats.authoring import Reading, Writing
>>> from tm.model import Segment, Unit, Variant
>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = f"{folder}/c.fr-pt.xml"
...     unit = Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))
...     with open(path, "wb") as links:
...         _ = write(links, [unit], Writing(path))
...     with open(path, "rb") as links:
...         [read_unit.pair("fr", "pt").target.text for read_unit in read(links, Reading(path))]
['sim']
"""

from __future__ import annotations

import contextlib
import itertools
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from tm import bcp47, files
from tm.errors import OptionError
from tm.formats import _bytes, _escaping, _xml
from tm.formats._format import Format, Reading
from tm.formats.corpora import OPUS, pair_of
from tm.formats.notices import notice
from tm.formats.packing import ENDINGS, unpacked_name
from tm.model import Annotation, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO
    from xml.parsers import expat

    from tm.formats._format import Chunks, Writing


_FOLDERS = ("", "xml", "raw", "*/xml", "*/raw")
"""Below the links, or a folder above them, where OPUS has its documents."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A link: the ids of the sentences of both sides, what it says of itself, its line."""

    sides: tuple[tuple[str, ...], tuple[str, ...]]
    properties: tuple[tuple[str, str], ...]
    line: int


@dataclass(slots=True)
class _Group:
    """The links of a pair of documents."""

    documents: tuple[str, str]
    line: int
    links: list[_Link] = field(default_factory=list)


# ------------------------------------------------------------------------------------------------- reading


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read a unit from each link with texts on both sides.

    Raises:
        FormatError: these are no links, or a document is not there.
    """
    alone = 0
    for group in _groups(chunks, reading):
        places = [_place_of(name, reading) for name in group.documents]
        if not all(places):
            missing = group.documents[0 if not places[0] else 1]
            reading.fault(
                f"the document {missing} is not there; it was expected beside the links", group.line
            )
            continue
        sides = [_sentences(place, reading) for place in places]
        tags = _languages(group.documents, reading)
        for tag in tags:
            reading.account.declare(tag)
        for link in group.links:
            texts = [
                " ".join(filter(None, (side.get(id_, "") for id_ in ids)))
                for side, ids in zip(sides, link.sides, strict=True)
            ]
            if not all(texts):
                alone += 1
                continue
            document = Annotation("prop", group.documents[0], "x-document")
            yield Unit(
                tuple(Variant(tag, Segment(text)) for tag, text in zip(tags, texts, strict=True)),
                annotations=(document, *(Annotation("prop", text, name) for name, text in link.properties)),
                place=Place(reading.path, link.line),
            )
    notice("{path}: left out {links} without a text on both sides", path=reading.path, links=alone)


def _groups(chunks: Chunks, reading: Reading) -> Iterator[_Group]:
    """The links of each pair of documents, when the last of them is read."""
    waiting: list[_Group] = []
    seen: list[str] = []

    def start(name: str, listed: list[str]) -> None:
        """Take a link, or begin a pair of documents."""
        attributes = dict(_xml.pairs(listed))
        seen.append(name)
        if len(seen) == 1 and name != "cesAlign":
            raise file.error(f"<{name}>; links were expected, which begin with <cesAlign>")
        if name == "linkGrp":
            documents = attributes.get("fromDoc", ""), attributes.get("toDoc", "")
            waiting.append(_Group(documents, file.line))
        elif name == "link" and waiting:
            waiting[-1].links.append(_link(attributes, file.line))

    def connect(parser: expat.XMLParserType) -> None:
        """Set the handlers."""
        parser.StartElementHandler = start

    file = _xml.XmlFile(reading, connect)
    for _ in file.parse(chunks):
        del seen[1:]
        while len(waiting) > 1:
            yield waiting.pop(0)
    yield from waiting


def _link(attributes: dict[str, str], line: int) -> _Link:
    """The link of an element.

    >>> _link({"xtargets": "1 2;3", "certainty": "0.9", "id": "SL1"}, 4)
    _Link(sides=(('1', '2'), ('3',)), properties=(('x-certainty', '0.9'),), line=4)
    """
    source, _, target = attributes.get("xtargets", "").partition(";")
    properties = tuple(
        (f"x-{name}", attributes[name]) for name in ("certainty", "overlap") if name in attributes
    )
    return _Link((tuple(source.split()), tuple(target.split())), properties, line)


def _place_of(name: str, reading: Reading) -> str:
    """Where a document is that links name; "" when it is nowhere.

    Raises:
        FormatError: the name leads out of the corpus.
    """
    if not name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        raise reading.error(f"the document {name!r} is outside of the corpus; a path below it was expected")
    folder = Path(reading.path).absolute().parent if reading.path != "-" else Path.cwd()
    bare = unpacked_name(name)
    names = dict.fromkeys((name, bare, *(f"{bare}{ending}" for ending in ENDINGS)))
    for above in (folder, *list(folder.parents)[:2]):
        for inside in _FOLDERS:
            for candidate in names:
                found = sorted(above.glob(f"{inside}/{_literal(candidate)}".lstrip("/")))
                if found:
                    return os.fspath(found[0])
    return ""


def _literal(name: str) -> str:
    """A name for a search by patterns, in which none of its signs is one."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _sentences(path: str, reading: Reading) -> dict[str, str]:
    """The sentences of a document by their ids, white space made one blank."""
    own = Reading(path, encoding=reading.encoding)
    sentences: dict[str, str] = {}
    open_ids: list[str] = []
    texts: list[str] = []

    def start(name: str, listed: list[str]) -> None:
        """Begin a sentence."""
        if name == "s":
            attributes = dict(_xml.pairs(listed))
            open_ids.append(attributes.get("id", ""))
            texts.clear()

    def end(name: str) -> None:
        """End a sentence, or a word."""
        if name == "s" and open_ids:
            sentences.setdefault(open_ids.pop(), " ".join("".join(texts).split()))
        elif name == "w":
            texts.append(" ")

    def connect(parser: expat.XMLParserType) -> None:
        """Set the handlers."""
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = texts.append

    with files.reading(path) as stream:
        for _ in _xml.XmlFile(own, connect).parse(_bytes.chunks(stream, own)):
            pass
    return sentences


def _languages(documents: tuple[str, str], reading: Reading) -> tuple[str, str]:
    """The languages of two documents: as their paths say, else as the links' name, else as is asked for.

    Raises:
        FormatError: nothing says them.

    >>> _languages(("fr/a.xml.gz", "pt_br/a.xml.gz"), Reading("links.xml"))
    ('fr', 'pt-BR')
    """
    named = pair_of(unpacked_name(reading.path).removesuffix(".xml")) or ("", "")
    found = []
    for document, of_name, asked in zip(documents, named, (reading.source, reading.target), strict=True):
        tag = _language_of(document) or of_name.replace("_", "-") or asked
        if not tag:
            raise reading.error(f"in which language {document} is, nothing says; say it with -s and -t")
        found.append(bcp47.canonical(tag))
    return found[0], found[1]


def _language_of(document: str) -> str:
    """The language that a document's path begins with, or that its name says; "" for none."""
    path = PurePosixPath(unpacked_name(document))
    parts = [path.parts[0]] if len(path.parts) > 1 else []
    candidates = [*parts, path.stem.rpartition(".")[2]]
    return next((part.replace("_", "-") for part in candidates if bcp47.is_tag(part.replace("_", "-"))), "")


# ------------------------------------------------------------------------------------------------- writing


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """Write the links, and their documents beside them; return the number of units.

    Raises:
        OptionError: the links go to stdout, or nothing says the languages.
    """
    if writing.path == "-":
        raise OptionError("links to stdout would have no documents beside them; a file was expected")
    stream_of_units = iter(units)
    first = next(stream_of_units, None)
    stem = unpacked_name(writing.path)
    ending = writing.path[len(stem) :]
    stem = stem.removesuffix(".xml")
    pair = pair_of(stem)
    named = [tag.replace("_", "-") for tag in pair or ()]
    named = named or [variant.language for variant in first.variants[:2]] if first else named
    if writing.source and writing.target:
        named = [writing.source, writing.target]
    if len(named) != 2 and first is None:
        stream.write(_HEAD.encode() + _FOOT)
        return 0
    if len(named) != 2:
        what = "two languages were expected; name it like c.fr-pt.xml, or say -s and -t"
        raise OptionError(f"{writing.path}: {what}")
    begin = stem[: -len("-".join(pair))] if pair else f"{stem}."
    paths = [f"{begin}{tag}.xml{ending}" for tag in named]
    return _write(stream, itertools.chain([first] if first else [], stream_of_units), writing, paths, named)


def _write(
    stream: BinaryIO, units: Iterable[Unit], writing: Writing, paths: list[str], tags: list[str]
) -> int:
    """Write the links into the stream, and the two documents."""
    escaper = _escaping.Escaper()
    left_out = count = 0
    with contextlib.ExitStack() as stack:
        documents = [stack.enter_context(_bytes.writing(path)) for path in paths]
        for document, tag in zip(documents, tags, strict=True):
            language = escaper.attributes((("xml:lang", _escaping.language_tag(tag)),))
            document.write(f'<?xml version="1.0" encoding="utf-8"?>\n<text{language}>\n'.encode())
        names = [PurePath(path).name for path in paths]
        group = escaper.attributes((("targType", "s"), ("fromDoc", names[0]), ("toDoc", names[1])))
        stream.write(f"{_HEAD}<linkGrp{group}>\n".encode())
        for unit in units:
            both = unit.pair(*tags)
            if both is None or not (both.source.text.strip() and both.target.text.strip()):
                left_out += 1
                continue
            count += 1
            for document, segment in zip(documents, (both.source, both.target), strict=True):
                document.write(f'<s id="{count}">{escaper.text(segment.text)}</s>\n'.encode())
            score = unit.property("x-confidence") or unit.property("x-certainty")
            link = (
                ("id", f"SL{count}"),
                ("xtargets", f"{count};{count}"),
                *([("certainty", score)] if score else ()),
            )
            stream.write(f"<link{escaper.attributes(link)}/>\n".encode())
        stream.write(b"</linkGrp>\n" + _FOOT)
        for document in documents:
            document.write(b"</text>\n")
    notice("{path}: left out {units} without text in both languages", path=writing.path, units=left_out)
    escaper.report(writing.path)
    return count


_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
<cesAlign version="1.0">
"""
_FOOT = b"</cesAlign>\n"


LINKS = Format(
    OPUS,
    (".ces",),
    "A corpus of OPUS: links between the sentences of two documents beside them",
    read_units=read,
    write_units=write,
)
