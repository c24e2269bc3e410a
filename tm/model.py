"""The nouns of the field, as plain values: everything else in ``tm`` takes them in and gives them back.

Those of documents (paragraph, text, bead) are in ``tm.document``.

Text is kept exactly as it came. Whatever is derived for comparison (keys, tokens) is made in ``tm.language``.
All types are frozen: to change one, use ``dataclasses.replace``.
"""

from __future__ import annotations

import functools
from dataclasses import field
from typing import Literal, NamedTuple

from tm import bcp47
from tm.values import dataclass

Attributes = tuple[tuple[str, str], ...]
"""XML attributes in order: ``(("tuid", "12"), ("creationdate", "20240101T000000Z"))``."""


# --------------------------------------------------------------------------------------- units


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code (markup, placeholder) standing beside the text of a segment.

    Attributes:
        position: how many characters of the segment's text stand before it.
        kind: "open" and "close" are the two halves of a pair, "alone" is a code by itself.
        name: the element's name in the format it came from, e.g. "bpt", "ph", "g".
        attributes: as they came.
        content: the native code inside, e.g. ``<b>``. It is a segment itself, because TMX allows text inside
            codes (``<sub>``).
    """

    position: int
    kind: Literal["open", "close", "alone"]
    name: str
    attributes: Attributes = ()
    content: Segment | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A text exactly as it came, with its inline codes beside it, in order.

    >>> Segment("Bold text", (Code(0, "open", "bpt"), Code(4, "close", "ept"))).text
    'Bold text'
    """

    text: str
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note or a property (TMX ``<note>``, ``<prop>``), in a unit, a variant or a header.

    Attributes:
        name: "note" or "prop".
        text: what it says.
        type: of a property, e.g. "x-origin"; "" for a note.
        attributes: the rest, e.g. a language.
    """

    name: Literal["note", "prop"]
    text: str
    type: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A unit's text in one language (TMX ``<tuv>``). The language tag is written as it came."""

    language: str
    segment: Segment
    attributes: Attributes = ()
    annotations: tuple[Annotation, ...] = ()


State = Literal["untranslated", "draft", "translated", "reviewed", "final", "rejected", "obsolete"]
"""How far a translation has come. A memory, a check and a score take "translated", "reviewed" and "final"."""


class Place(NamedTuple):
    """Where a unit stands in its file.

    A tuple and not a dataclass: a reader makes one for each unit, and a tuple costs a third.

    Attributes:
        path: the file as the user named it.
        line: 1-based line where the unit begins; in a workbook the row; 0 when not known.
        column: 1-based column in that line, 0 where the format has none.
        id: what the file calls the unit: the id of XLIFF, ``msgctxt|msgid`` of PO, the ``tuid`` of TMX or of
            a row; "" without one.

    >>> str(Place("news.po", 12))
    'news.po:12'
    """

    path: str
    line: int = 0
    column: int = 0
    id: str = ""

    def __str__(self) -> str:
        """``path:line``, as editors open it."""
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that translate each other, and where they come from.

    Attributes:
        source: the source segment.
        target: its translation.
        document: name of the source document, "" when not known.
        line: 1-based line in it, 0 when not known.
        unit: what the file says about a pair that is to be checked or scored: its state, context, plural
            forms and limits (``tm.formats.states``, ``tm.formats.demands``); None for any other pair.
    """

    source: Segment
    target: Segment
    document: str = ""
    line: int = 0
    unit: Unit | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit (TMX ``<tu>``): the same text in several languages, with its notes and properties.

    Properties that this program writes: ``x-origin`` (how the unit was made: "aligned", "imported",
    "machine"), ``x-confidence`` (0–1, of an aligned bead), ``x-document`` and ``x-line`` (where the source
    stood), ``x-previous`` (the source segment before it).

    ``place`` is where the unit stands in the file that it was read from; a unit of a memory has none. Units
    that differ only in their place are equal.

    >>> unit = Unit((Variant("FR", Segment("carte")), Variant("pt", Segment("mapa"))))
    >>> unit.pair("fr", "pt-BR").target.text
    'mapa'
    >>> unit.pair("fr", "de") is None
    True
    """

    variants: tuple[Variant, ...]
    attributes: Attributes = ()
    annotations: tuple[Annotation, ...] = ()
    place: Place | None = field(default=None, repr=False, compare=False)

    def variant(self, language: str) -> Variant | None:
        """The variant that serves this language (see ``tm.bcp47.choose``)."""
        tag = bcp47.choose(language, [variant.language for variant in self.variants])
        return next((variant for variant in self.variants if variant.language == tag), None)

    def pair(self, source: str, target: str) -> Pair | None:
        """The unit from one language into another; None when it lacks one of them."""
        variants = self.variants
        places = _places(source, target, tuple([variant.language for variant in variants]))
        if places is None:
            return None
        segments = variants[places[0]].segment, variants[places[1]].segment
        if not self.annotations:
            return Pair(*segments)
        line = self.property("x-line")
        return Pair(*segments, self.property("x-document"), int(line) if line.isdecimal() else 0)

    def property(self, type: str) -> str:  # noqa: A002 - TMX's own word
        """The text of the first property of that type, "" when there is none."""
        for note in self.annotations:
            if note.type == type and note.name == "prop":
                return note.text
        return ""


@functools.lru_cache(maxsize=1 << 10)  # all units of a memory have the same few languages
def _places(source: str, target: str, tags: tuple[str, ...]) -> tuple[int, int] | None:
    """Which of a unit's variants serve two languages; None when one is missing, or one variant would serve both.

    >>> _places("fr", "pt", ("pt-BR", "FR")), _places("fr", "fr-CA", ("fr", "pt"))
    ((1, 0), None)
    """
    source_tag, target_tag = bcp47.choose(source, tags), bcp47.choose(target, tags)
    if source_tag is None or target_tag is None or source_tag == target_tag:
        return None
    return tags.index(source_tag), tags.index(target_tag)


# --------------------------------------------------------------------------------------- matches


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the way from a stored text to a new one.

    Attributes:
        operation: "equal", "insert" (only in the new text), "delete" (only in the stored one) or "replace".
        stored: the stored words, "" for an insertion.
        new: the new words, "" for a deletion.
    """

    operation: Literal["equal", "insert", "delete", "replace"]
    stored: str
    new: str


@dataclass(frozen=True, slots=True)
class Match:
    """A unit of the memory that resembles a segment.

    Attributes:
        unit: the stored unit.
        pair: its two segments in the languages asked for.
        percent: 0–102; 100 is the same text, 101 in the same context, 102 in the same context twice over.
        base: 0–100, the likeness of the words before any penalty.
        penalties: what was subtracted and why, e.g. ``(("case", 1), ("aligned", 1))``.
        edits: what separates the two sources, in order; all "equal" at 100.
        target: the stored target, with what is no word in the new text put in where ``adapted`` says so.
        codes: the inline codes of ``target``.
        adapted: whether ``target`` or its codes differ from the stored one.
        adaptations: what was put in, e.g. "numbers" (``tm.memory.adaptation.Adaptation``).
        unadapted: what differs in the sources and could not be put in.
        number: the unit's in its memory, 0 when it is in none.
        memory: the memory's name, "" likewise.
    """

    unit: Unit
    pair: Pair
    percent: int
    base: int
    penalties: tuple[tuple[str, int], ...] = ()
    edits: tuple[Edit, ...] = ()
    target: str = ""
    codes: tuple[Code, ...] = ()
    adapted: bool = False
    adaptations: tuple[str, ...] = ()
    unadapted: tuple[str, ...] = ()
    number: int = 0
    memory: str = ""


# --------------------------------------------------------------------------------------- terminology

Status = Literal["candidate", "approved", "preferred", "rejected", "forbidden", "do-not-translate"]
"""Status of a term. All but "candidate" are a person's decision and survive re-extraction."""


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence pair that contains a term pair.

    Attributes:
        source: the source sentence.
        target: its translation.
        document: name of the source document, "" when not known.
        line: 1-based line in it, 0 when not known.
    """

    source: str
    target: str
    document: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a term of the target language is taken as translation of its concept's source term.

    Attributes:
        source_count: how often the source term occurs.
        target_count: how often the target term occurs.
        pair_count: in how many sentence pairs they are linked.
        confidence: 0–1, that this is a term and its translation.
        reasons: the parts of that confidence by name, e.g. ``(("specificity", 0.8), ("alignment", 0.97))``.
        contexts: the best first.
        forms: the pairs of spellings seen, each with how often, the commonest first.
    """

    source_count: int = 0
    target_count: int = 0
    pair_count: int = 0
    confidence: float = 0.0
    reasons: tuple[tuple[str, float], ...] = ()
    contexts: tuple[Context, ...] = ()
    forms: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DataCategory:
    """What a termbase says of a concept, a language or a term and Ponte only keeps (ISO 30042:2019).

    Attributes:
        name: the element in TBX: "descrip", "admin", "transac", "note" …, or a group of them, "descripGrp".
        type: e.g. "source", "modification"; "" for a note or a group.
        text: what it says.
        attributes: others, e.g. ``target``.
        language: whose section it stands in; "" for one of the concept or of a term.
        parts: of a group, in order.

    >>> DataCategory("admin", "source", "dictionnaire").text
    'dictionnaire'
    """

    name: str
    type: str = ""
    text: str = ""
    attributes: Attributes = ()
    language: str = ""
    parts: tuple[DataCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that names a concept in one language.

    Attributes:
        text: in its citation form.
        language: a tag.
        status: a source term is "approved" as soon as one of its translations is; "forbidden" = not to be
            used.
        part_of_speech: "noun", "verb", "adjective", "adverb", "properNoun" or "".
        gender: "masculine", "feminine", "neuter", "other" or "".
        kind: "fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase" or "".
        note: a person's or a file's remark.
        evidence: of a target term, against the first source term; None when a person or a file brought it.
        categories: what else a termbase said of it.
    """

    text: str
    language: str
    status: Status = "candidate"
    part_of_speech: str = ""
    gender: str = ""
    kind: str = ""
    note: str = ""
    evidence: Evidence | None = None
    categories: tuple[DataCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing or idea, with the terms that name it in several languages.

    Several terms of one language are synonyms or variants; the first is the main one. ``categories`` is what
    else a termbase said of the concept, or of it in one language.
    """

    id: str
    terms: tuple[Term, ...]
    definition: str = ""
    subject: str = ""
    note: str = ""
    categories: tuple[DataCategory, ...] = ()

    def of(self, language: str) -> tuple[Term, ...]:
        """Its terms in the language that serves this tag, in order.

        >>> concept = Concept("1", (Term("puce", "fr"), Term("chip", "pt-BR"), Term("chips", "pt-BR")))
        >>> [term.text for term in concept.of("pt")]
        ['chip', 'chips']
        """
        tag = bcp47.choose(language, [term.language for term in self.terms])
        return tuple([term for term in self.terms if term.language == tag])


# --------------------------------------------------------------------------------------- findings and scores

Severity = Literal["error", "warning", "info"]
"""Severity of a finding: an error fails a build, a warning is worth a look, an info is a matter of style."""

Span = tuple[int, int]
"""A place in a text: the offset of its first character, and that after its last."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, or a suspicion of one, that a check reports about one translation.

    Attributes:
        check: the check's name, e.g. "number".
        severity: how bad it is.
        message: one line, in the user's terms.
        file: where, "" when not known.
        line: 1-based, 0 when not known.
        column: likewise.
        id: what the file calls the unit, "" without one.
        segment: 1-based number of the pair in its file.
        source: the text that is translated; of a plural the form that the target form belongs to.
        target: the translation.
        suggestion: the corrected target, None when the check has no safe fix.
        source_spans: the places of the source that it is about, in order; none for all of it.
        target_spans: those of the translation.
    """

    check: str
    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    id: str = ""
    segment: int = 0
    source: str = ""
    target: str = ""
    suggestion: str | None = None
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A number with its signature and its uncertainty.

    Attributes:
        name: e.g. "chrF2++".
        value: on the metric's own scale.
        signature: says exactly how it was computed, so that two numbers can be compared; sacrebleu's own,
            verbatim.
        low: lower end of the 95 % interval, None when it was not computed.
        high: upper end.
        segments: on how many segments it stands.
    """

    name: str
    value: float
    signature: str = ""
    low: float | None = None
    high: float | None = None
    segments: int = field(default=0)
