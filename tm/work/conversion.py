"""One format to another, with an account of what the other cannot hold."""

from __future__ import annotations

import logging
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from tm import bcp47, files, formats
from tm.direction import Direction
from tm.errors import OptionError
from tm.formats.languages import checked
from tm.model import Annotation, Concept, Segment, Term, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.errors import FormatError
    from tm.formats import Feature, Format, TermFeature

log = logging.getLogger(__name__)

Kind = Literal["units", "concepts"]

_SAID: dict[str, str] = {
    "codes": "inline codes",
    "annotations": "notes or properties",
    "attributes": "attributes",
    "languages": "more than two languages",
    "statuses": "statuses",
    "contexts": "contexts",
    "counts": "counts and confidences",
    "definitions": "definitions or subjects",
}


@dataclass(slots=True)
class Conversion:
    """What was done.

    Attributes:
        kind: what was written.
        written: how many.
        lost: what the target format does not hold ("inline codes"), and how many units or concepts had it.
        unread: elements of the file that no unit or concept holds, by name.
    """

    kind: Kind
    written: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)


def convert(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    from_format: str = "",
    to_format: str = "",
    source: str = "",
    target: str = "",
    encoding: str = "",
    problems: list[FormatError] | None = None,
) -> Conversion:
    """Read a file of units or concepts and write it in another format.

    A document becomes its sentences, units in its language alone: what a translator wants as XLIFF, PO or a table.

    A file that is only written again in its own format keeps what is not understood too, where the format can be filled, or the
    file is of the very kind that is written (TBX-Basic). A glossary
    stays one where the target can hold it; else each concept becomes a unit of its first terms, and each unit of a
    memory a concept.

    Args:
        path: the file to read; "-" is stdin.
        out: the file to write; "-" is stdout.
        from_format: "" = by the extension.
        to_format: likewise.
        source: see ``read_units``; only this language and ``target`` are written where a format holds two.
        target: likewise.
        encoding: likewise.
        problems: likewise.

    Raises:
        OptionError: no such format, or none that can do it.
        FormatError: a file that cannot be read or written, or whose units have not the languages asked for.
    """
    if os.fspath(path) != "-":
        files.readable(path)
    account = formats.Account()
    direction = Direction(source, target)
    reading: dict[str, Any] = {"direction": direction, "encoding": encoding, "account": account}
    glossary = holds_glossary(path, format=from_format, encoding=encoding)
    to_units = formats.look_up(out, "write_units", to_format)
    to_concepts = formats.look_up(out, "write_concepts", to_format)
    document = not glossary and not formats.look_up(path, "read_units", from_format)
    if document and not to_units and to_concepts:
        raise OptionError(f"{os.fspath(path)} is a document; its glossary is made by tm terms extract")
    if to_concepts and (glossary or not to_units):
        reader = formats.look_up(path, "read_concepts", from_format)
        if reader is to_concepts and problems is None and os.fspath(path) != "-":
            count = len(formats.read_concepts(path, format=from_format, **reading))
            if formats.copy(path, out, format=from_format):
                return Conversion("concepts", count)
            account.unread.clear()
        done = Conversion("concepts", unread=account.unread)
        concepts = _concepts(path, from_format, reading, problems, glossary=glossary)
        kept = _weighed_concepts(concepts, to_concepts, done.lost)
        done.written = formats.write_concepts(out, kept, format=to_format, direction=direction)
        return done
    writer = to_units or formats.find_format(out, "write_units", to_format)
    done = Conversion("units", unread=account.unread)
    reader = formats.look_up(path, "read_units", from_format)
    if reader is writer and writer.fill and problems is None and os.fspath(path) != "-":
        found = formats.read_units(path, format=from_format, direction=direction, encoding=encoding)
        done = Conversion("units", len(list(found)))
        formats.fill(path, out, (), format=from_format, direction=direction, encoding=encoding)
        return done
    if document:
        units: Iterable[Unit] = _sentences(path, from_format, source, encoding)
    elif not glossary:
        units = formats.read_units(path, format=from_format, problems=problems, **reading)
    else:
        read = formats.read_concepts(path, format=from_format, problems=problems, **reading)
        units = filter(None, map(unit_of, read))
    header = units.header if isinstance(units, formats.Units) else None
    if writer.translated and reader is not writer:
        units = _as_memory(units, os.fspath(path))
    if source or target:
        units = checked(units, direction, path=os.fspath(path), untranslated=writer.bilingual)
    done.written = formats.write_units(
        out, _weighed_units(units, writer, done.lost), format=to_format, direction=direction, header=header
    )
    return done


def _as_memory(units: Iterable[Unit], path: str) -> Iterator[Unit]:
    """The units of another format as a memory has them: in two languages, and with an identifier of their own, in one word."""
    left_out, seen = 0, Counter[str]()
    for unit in units:
        if len({bcp47.canonical(each.language) for each in unit.variants}) < 2:
            left_out += 1
            continue
        said = dict(unit.attributes).get("tuid", "")
        id_ = "_".join(said.split())
        seen[id_] += 1
        if seen[id_] > 1:  # files in one file count from 1 each
            id_ += f"-{seen[id_]}"
        if said in ("", id_):
            yield unit
        else:
            others = (each for each in unit.attributes if each[0] != "tuid")
            yield replace(unit, attributes=(("tuid", id_), *others))
    if left_out:
        log.warning("%s: left out %d units without a translation into another language", path, left_out)


def faults(
    path: str | os.PathLike[str],
    *,
    from_format: str = "",
    source: str = "",
    target: str = "",
    encoding: str = "",
) -> list[FormatError]:
    """What is wrong with a file of units or concepts: what its format's standard forbids where we know that, else what cannot be read.

    Raises:
        OptionError: no such format.
        FormatError: the file cannot be opened.
    """
    reading: dict[str, Any] = {"direction": Direction(source, target), "encoding": encoding}
    found: list[FormatError] = []
    if holds_glossary(path, format=from_format, encoding=encoding):
        formats.read_concepts(path, format=from_format, problems=found, **reading)
    else:
        for _ in formats.read_units(path, format=from_format, problems=found, **reading):
            pass
    known = {(each.line, each.what) for each in found}
    told = formats.standard_faults(path, format=from_format, encoding=encoding)
    found += [each for each in told if (each.line, each.what) not in known]
    return sorted(found, key=lambda each: (each.line or 0, each.column or 0))


def holds_glossary(path: str | os.PathLike[str], *, format: str = "", encoding: str = "") -> bool:  # noqa: A002
    """Whether a file is a glossary: by its format, or of a table by its columns (stdin cannot be looked at twice: by its format).

    Raises:
        OptionError: no format reads the file.
    """
    document = formats.look_up(path, "read_document", format)
    if not formats.look_up(path, "read_concepts", format):
        if not document:
            formats.find_format(path, "read_units", format)
        return False
    if document:  # OmegaT's glossaries and plain texts are both called .txt
        return any("\t" in each.text for each in formats.read_document(path, encoding=encoding).paragraphs)
    if not formats.look_up(path, "read_units", format):
        return True
    if os.fspath(path) == "-":
        return False
    # Languages and faults do not matter here: given languages spare the time to find them, and who reads it all finds the faults.
    rows = formats.read_units(
        path, format=format, encoding=encoding, direction=Direction("und", "und"), problems=[]
    )
    first = next(rows, None)
    return first is not None and bool(first.property("x-concept") or first.property("x-status"))


def _concepts(
    path: str | os.PathLike[str],
    format_: str,
    reading: dict[str, Any],
    problems: list[FormatError] | None,
    *,
    glossary: bool,
) -> Iterable[Concept]:
    if glossary:
        return formats.read_concepts(path, format=format_, problems=problems, **reading)
    units = formats.read_units(path, format=format_, problems=problems, **reading)
    return (concept_of(unit, str(number)) for number, unit in enumerate(units, 1))


def _sentences(path: str | os.PathLike[str], format_: str, source: str, encoding: str) -> Iterator[Unit]:
    from tm.language import segment

    document = formats.read_document(path, format=format_, encoding=encoding)
    text = segment(document, language=source)
    name = PurePath(document.name).name
    for sentence, line in zip(text.segments, text.lines, strict=True):
        place = (Annotation("prop", name, "x-document"), Annotation("prop", str(line), "x-line"))
        yield Unit((Variant(text.language, Segment(sentence)),), annotations=place)


# ------------------------------------------------------------------------------------------------- units and concepts


def concept_of(unit: Unit, id_: str) -> Concept:
    """A unit as a concept: each text a term, approved, since a person translated it."""
    notes = [each.text for each in unit.annotations if each.name == "note"]
    terms = tuple(
        Term(each.segment.text, each.language, "approved") for each in unit.variants if each.segment.text
    )
    return Concept(id_, terms, note="\n".join(notes))


def unit_of(concept: Concept) -> Unit | None:
    """A concept as a unit: of each language the first term that may be used; None when fewer than two languages have one."""
    usable = [term for term in concept.terms if term.status not in ("rejected", "forbidden")]
    terms = {term.language: term for term in reversed(usable)}
    languages = list(dict.fromkeys(term.language for term in usable))
    if len(languages) < 2:
        return None
    notes = [concept.note, *(terms[language].note for language in languages)]
    return Unit(
        tuple(Variant(language, Segment(terms[language].text)) for language in languages),
        annotations=tuple(Annotation("note", note) for note in notes if note),
    )


# ------------------------------------------------------------------------------------------------- what is lost


def _weighed_units(units: Iterable[Unit], writer: Format, lost: Counter[str]) -> Iterator[Unit]:
    """The units, counting what the writer does not hold of them."""
    for unit in units:
        lost.update(_SAID[feature] for feature in unit_features(unit) - writer.holds)
        yield unit


def unit_features(unit: Unit) -> set[Feature]:
    """What a unit has beside two texts. Its identifier is no attribute here: every format has one."""
    found: set[Feature] = set()
    if any(each.segment.codes for each in unit.variants):
        found.add("codes")
    if unit.annotations or any(each.annotations for each in unit.variants):
        found.add("annotations")
    if any(name != "tuid" for name, _ in unit.attributes) or any(each.attributes for each in unit.variants):
        found.add("attributes")
    if len(unit.variants) > 2:
        found.add("languages")
    return found


def _weighed_concepts(concepts: Iterable[Concept], writer: Format, lost: Counter[str]) -> Iterator[Concept]:
    for concept in concepts:
        lost.update(_SAID[feature] for feature in concept_features(concept) - writer.holds_of_terms)
        yield concept


def concept_features(concept: Concept) -> set[TermFeature]:
    """What a concept has beside a term and its translation."""
    found: set[TermFeature] = set()
    evidence = [term.evidence for term in concept.terms if term.evidence]
    if any(term.status != "approved" for term in concept.terms):
        found.add("statuses")
    if any(each.contexts for each in evidence):
        found.add("contexts")
    if any(each.pair_count or each.source_count or each.target_count or each.confidence for each in evidence):
        found.add("counts")
    if concept.definition or concept.subject:
        found.add("definitions")
    if len({term.language for term in concept.terms}) > 2:
        found.add("languages")
    return found
