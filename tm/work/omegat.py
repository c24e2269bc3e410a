"""An OmegaT project: a folder with ``omegat.project``, the texts, and what OmegaT uses for them.

1. ``open_project`` takes a project that is there as its file describes it; else it says what one will be.
2. ``Project.make`` writes what is missing: the project file, the folders, our rules for segments. What a person
   has in a project (translations, texts, rules of their own) stays as it is.
3. ``Project.take`` copies documents into the folder of the texts; ``Project.units`` writes a memory's units as
   OmegaT shows them.
4. ``returned`` takes a unit that OmegaT has written back.

OmegaT takes the memory ``tm/auto/memory.tmx`` by itself, and fills what is the same.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     project = open_project(folder, Direction("fr", "pt-BR"))
...     project.make()
...     open_project(folder, Direction()).direction
Direction(source='fr', target='pt-BR')
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tm import bcp47, files
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.language import omegat_tags
from tm.model import Annotation, Segment, Unit
from tm.work import omegat_forms, omegat_segmentation
from tm.work.inputs import PROJECT_FILE, PROJECT_SAVE
from tm.work.omegat_forms import Forms

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from tm.formats import Header


log = logging.getLogger(__name__)

_DEFAULT = "__DEFAULT__"
_FOLDERS = {
    "source_dir": "source",
    "target_dir": "target",
    "tm_dir": "tm",
    "glossary_dir": "glossary",
    "dictionary_dir": "dictionary",
}
"""The elements of the project file that name folders, and where these are by default."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project, there or to be made.

    Attributes:
        folder: where it is.
        direction: from which language into which.
        source: the folder of the texts to be translated.
        memories: the folder of memories.
        glossaries: the folder of glossaries.
        is_new: whether there is no project file yet.
    """

    folder: Path
    direction: Direction
    source: Path
    memories: Path
    glossaries: Path
    is_new: bool

    @property
    def file(self) -> Path:
        """The file that makes a folder a project."""
        return self.folder / PROJECT_FILE

    @property
    def saved(self) -> Path:
        """The memory in which OmegaT keeps what the translator of the project has written."""
        return self.folder / PROJECT_SAVE

    @property
    def memory(self) -> Path:
        """Our memory in it, from which OmegaT fills the texts."""
        return self.memories / "auto" / "memory.tmx"

    @property
    def glossary(self) -> Path:
        """Our glossary in it."""
        return self.glossaries / "glossary.utf8"

    def make(self) -> None:
        """Write what is missing of the project.

        Raises:
            FormatError: something cannot be written.
        """
        inside = (self.folder / name for name in ("omegat", "target", "dictionary"))
        needed = (self.folder, self.source, self.memory.parent, self.glossaries)
        for folder in (*needed, *(inside if self.is_new else ())):
            files.folder(folder)
        for name, content in omegat_segmentation.files():
            path = self.folder / "omegat" / name
            if not path.exists() or omegat_segmentation.is_ours(path.read_bytes()):
                _write(path, content)
            else:
                log.warning("%s: has rules of your own; kept", path)
        if self.is_new:
            _write(self.file, _project_file(self.direction))

    def units(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """The units as the project's memory holds them: in its two languages, their codes as in its texts.

        OmegaT takes no notice of codes of other programs, and compares what it shows.
        """
        forms = omegat_forms.forms_in(self.source, self.direction.source)
        for unit in units:
            source, target = (unit.variant(tag) for tag in (self.direction.source, self.direction.target))
            if not (source and target):
                continue
            for texts in forms.shown(source.segment, target.segment):
                variants = zip((source, target), texts, strict=True)
                yield replace(
                    unit,
                    variants=tuple(replace(variant, segment=Segment(text)) for variant, text in variants),
                )

    def take(self, documents: Iterable[Path]) -> int:
        """Copy documents into the folder of the texts; return how many are new there.

        A text that the project has under that name stays as it is, and where it differs this is logged.

        Raises:
            FormatError: a document cannot be read, or not be written there.
        """
        count = 0
        for document in documents:
            path = self.source / document.name
            with files.reading(document) as stream:
                content = stream.read()
            if not path.exists():
                _write(path, content)
                count += 1
            elif path.read_bytes() != content:
                log.warning("%s: differs from %s; kept", path, document)
        return count


def returned(unit: Unit, forms: Forms | None = None) -> Unit:
    """A unit that OmegaT has written as a memory has it: its codes beside the text, its context by our names.

    ``forms`` are those of the texts of its project, when it is of one.

    OmegaT keeps a context where a source is translated in several ways: the text, the segment before.

    >>> from tm.model import Variant
    >>> texts = (("FR-FR", "le <t0/>pont"), ("PT-BR", "a <t0/>ponte"))
    >>> place = (Annotation("prop", "a.docx", "file"), Annotation("prop", "Le <t0/>fleuve.", "prev"))
    >>> unit = returned(Unit(tuple(Variant(tag, Segment(text)) for tag, text in texts), annotations=place))
    >>> unit.variants[0].language, unit.variants[0].segment.text, unit.variants[0].segment.codes[0].name
    ('fr-FR', 'le pont', 'ph')
    >>> unit.property("x-document"), unit.property("x-previous")
    ('a.docx', 'Le fleuve.')
    """
    texts = [
        variant.segment if variant.segment.codes else omegat_tags.hidden(variant.segment.text)
        for variant in unit.variants
    ]
    numbers = (forms or Forms()).numbers(texts[0])
    return replace(
        unit,
        variants=tuple(
            replace(
                variant,
                language=bcp47.canonical(variant.language),
                segment=omegat_tags.counted(text, numbers) if text.codes else text,
            )
            for variant, text in zip(unit.variants, texts, strict=True)
        ),
        annotations=tuple(_renamed(annotation) for annotation in unit.annotations),
    )


_OUR_NAMES = {"file": "x-document", "prev": "x-previous", "id": "x-context"}


def _renamed(annotation: Annotation) -> Annotation:
    """A property of OmegaT's by our name for it."""
    if annotation.name != "prop" or annotation.type not in _OUR_NAMES:
        return annotation
    text = omegat_tags.hidden(annotation.text).text if annotation.type == "prev" else annotation.text
    return replace(annotation, type=_OUR_NAMES[annotation.type], text=text)


def is_written_by_omegat(header: Header | None) -> bool:
    """Whether a TMX file says that OmegaT made it.

    >>> from tm.formats import Header
    >>> is_written_by_omegat(Header((("creationtool", "OmegaT"),))), is_written_by_omegat(None)
    (True, False)
    """
    return header is not None and dict(header.attributes).get("creationtool") == "OmegaT"


def is_saved(path: str | os.PathLike[str]) -> bool:
    """Whether this is the file of a project's translations.

    >>> is_saved("no such project/omegat/project_save.tmx")
    False
    """
    return Path(path).match(PROJECT_SAVE) and is_project(Path(path).parent.parent)


def forms_of(path: str | os.PathLike[str]) -> Forms:
    """How OmegaT shows the sentences of a project, by the file of its translations."""
    project = open_project(Path(path).parent.parent, Direction())
    return omegat_forms.forms_in(project.source, project.direction.source)


def found_documents(names: Iterable[str], folders: Sequence[Path]) -> list[Path]:
    """The files of documents, by the names that units give them; those that are in none of the folders are
    left out.

    >>> here = Path(__file__)
    >>> found_documents([here.name, "no such document"], [here.parent]) == [here]
    True
    """
    paths = (next(filter(Path.is_file, (folder / name for folder in folders)), None) for name in names)
    return [path for path in paths if path is not None]


def is_project(path: str | os.PathLike[str]) -> bool:
    """Whether this is the folder of a project.

    >>> is_project("no such folder")
    False
    """
    return Path(path, PROJECT_FILE).is_file()


def open_project(folder: str | os.PathLike[str], asked: Direction) -> Project:
    """The project of a folder, in its own languages when it is there.

    Args:
        folder: of the project.
        asked: for a new project both languages; for one that is there those that it must have, if any.

    Raises:
        FormatError: its project file cannot be read.
        OptionError: the project is in other languages than those asked for.
    """
    root = Path(folder)
    if not is_project(root):
        return _project(root, asked, {}, is_new=True)
    values = _values(root / PROJECT_FILE)
    direction = Direction(*(bcp47.canonical(values.get(f"{side}_lang", "")) for side in ("source", "target")))
    for wanted, tag in ((asked.source, direction.source), (asked.target, direction.target)):
        if wanted and bcp47.base(wanted) != bcp47.base(tag):
            raise OptionError(
                f"{root / PROJECT_FILE}: the project is {direction}, not {asked}; give it another folder"
            )
    return _project(root, direction, values, is_new=False)


def _project(root: Path, direction: Direction, values: dict[str, str], *, is_new: bool) -> Project:
    source, memories, glossaries = (
        root / (named if (named := values.get(name, _DEFAULT)) not in ("", _DEFAULT) else _FOLDERS[name])
        for name in ("source_dir", "tm_dir", "glossary_dir")
    )
    return Project(root, direction, source, memories, glossaries, is_new)


def _values(path: Path) -> dict[str, str]:
    """What the project file says, by the names of its elements."""
    try:
        with files.reading(path) as stream:
            project = ET.parse(stream).getroot().find("project")  # noqa: S314 - expat bounds entities
    except ET.ParseError as error:
        line, column = error.position
        what = f"not well-formed XML: {error.msg}; an OmegaT project file was expected"
        raise FormatError(what, path=path, line=line, column=column + 1) from error
    except (LookupError, ValueError) as error:  # an encoding that Python does not know, or of several bytes
        what = f"the encoding that the file declares is not known ({error}); UTF-8 was expected"
        raise FormatError(what, path=path, line=1, column=1) from error
    if project is None:
        raise FormatError("no <project> in it; an OmegaT project file has one", path=path)
    values = {element.tag: (element.text or "").strip() for element in project}
    for name in ("source_lang", "target_lang"):
        if not bcp47.is_tag(values.get(name, "")):
            raise FormatError(f"<{name}> names no language; an OmegaT project has two", path=path)
    return values


def _project_file(direction: Direction) -> bytes:
    settings = {
        **dict.fromkeys(_FOLDERS, _DEFAULT),
        "glossary_file": _DEFAULT,
        "source_lang": language_tag(direction.source),
        "target_lang": language_tag(direction.target),
        "sentence_seg": "true",
        "support_default_translations": "true",
        "remove_tags": "false",
    }
    root = ET.Element("omegat")
    project = ET.SubElement(root, "project", version="1.0")
    for name, value in settings.items():
        ET.SubElement(project, name).text = value
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content + b"\n"


def language_tag(tag: str) -> str:
    """A tag as OmegaT writes it: in capitals, a language and at most a region.

    >>> language_tag("pt-BR"), language_tag("fr"), language_tag("zh-Hant-TW")
    ('PT-BR', 'FR', 'ZH-TW')
    """
    language, *rest = bcp47.canonical(tag).split("-")
    return "-".join([language, *(part for part in rest if len(part) in (2, 3))][:2]).upper()


def _write(path: Path, content: bytes) -> None:
    with files.writing(path) as stream:
        stream.write(content)
