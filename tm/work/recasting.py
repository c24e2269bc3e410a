"""What a file holds, recast for another kind: concepts as units, units as concepts, sentences as units."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from tm import bcp47, formats
from tm.formats.notices import notice
from tm.model import Annotation, Concept, Segment, Term, Unit, Variant

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator


def concept_of(unit: Unit, id_: str) -> Concept:
    """A unit as a concept: each text a term, approved, since a person translated it."""
    notes = [annotation.text for annotation in unit.annotations if annotation.name == "note"]
    terms = tuple(
        Term(text.segment.text, text.language, "approved") for text in unit.variants if text.segment.text
    )
    return Concept(id_, terms, note="\n".join(notes))


def unit_of(concept: Concept) -> Unit | None:
    """A concept as a unit: the first term of each language that may be used; None with fewer than two."""
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


def as_memory(units: Iterable[Unit], path: str) -> Iterator[Unit]:
    """The units as a memory has them: in two languages, each with an identifier of its own, in one word."""
    left_out, counts = 0, Counter[str]()
    for unit in units:
        if len({bcp47.canonical(variant.language) for variant in unit.variants}) < 2:
            left_out += 1
            continue
        given = dict(unit.attributes).get("tuid", "")
        id_ = "_".join(given.split())
        counts[id_] += 1
        if counts[id_] > 1:  # files in one file count from 1 each
            id_ += f"-{counts[id_]}"
        if given in ("", id_):
            yield unit
        else:
            rest = (pair for pair in unit.attributes if pair[0] != "tuid")
            yield replace(unit, attributes=(("tuid", id_), *rest))
    notice("{path}: left out {units} without a translation into another language", path=path, units=left_out)


def sentences(path: str | os.PathLike[str], format_: str, source: str, encoding: str) -> Iterator[Unit]:
    """The sentences of a document as units in its language alone; ``source`` is that language, "" = found."""
    from tm.language import segment

    document = formats.read_document(path, format=format_, encoding=encoding)
    text = segment(document, language=source)
    name = PurePath(document.name).name
    for number, line in enumerate(text.lines):
        place = (Annotation("prop", name, "x-document"), Annotation("prop", str(line), "x-line"))
        yield Unit((Variant(text.language, text.segment(number)),), annotations=place)
