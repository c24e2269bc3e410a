"""The model's values made quickly, for readers that make millions of them.

A frozen dataclass calls ``object.__setattr__`` for each field. Each class here has the same slots as one of the
model's: it sets them plainly, then changes the object's class to the frozen one. That takes less than half the time.

>>> made = segment("carte")
>>> type(made) is Segment, made == Segment("carte")
(True, True)
"""

from __future__ import annotations

from typing import Any, cast

from tm.model import Annotation, Code, Concept, DataCategory, Segment, Term, Unit, Variant

# An object may change its class only to one with the very same slots. A test holds these against the model's,
# with every default.


class _Code:
    __slots__ = ("attributes", "content", "kind", "name", "position")

    def __init__(
        self,
        position: int,
        kind: Any,  # noqa: ANN401 - as in the model, and so below
        name: str,
        attributes: Any = (),  # noqa: ANN401
        content: Any = None,  # noqa: ANN401
    ) -> None:
        self.position = position
        self.kind = kind
        self.name = name
        self.attributes = attributes
        self.content = content
        self.__class__ = Code  # type: ignore[assignment]  # noqa: PLE0237


class _Segment:
    __slots__ = ("codes", "text")

    def __init__(self, text: str, codes: Any = ()) -> None:  # noqa: ANN401
        self.text = text
        self.codes = codes
        self.__class__ = Segment  # type: ignore[assignment]  # noqa: PLE0237


class _Annotation:
    __slots__ = ("attributes", "name", "text", "type")

    def __init__(self, name: str, text: str, type: str = "", attributes: Any = ()) -> None:  # noqa: A002, ANN401
        self.name = name
        self.text = text
        self.type = type
        self.attributes = attributes
        self.__class__ = Annotation  # type: ignore[assignment]  # noqa: PLE0237


class _Variant:
    __slots__ = ("annotations", "attributes", "language", "segment")

    def __init__(self, language: str, segment: Any, attributes: Any = (), annotations: Any = ()) -> None:  # noqa: ANN401
        self.language = language
        self.segment = segment
        self.attributes = attributes
        self.annotations = annotations
        self.__class__ = Variant  # type: ignore[assignment]  # noqa: PLE0237


class _Unit:
    __slots__ = ("annotations", "attributes", "place", "variants")

    def __init__(self, variants: Any, attributes: Any = (), annotations: Any = (), place: Any = None) -> None:  # noqa: ANN401
        self.variants = variants
        self.attributes = attributes
        self.annotations = annotations
        self.place = place
        self.__class__ = Unit  # type: ignore[assignment]  # noqa: PLE0237


class _DataCategory:
    __slots__ = ("attributes", "language", "name", "parts", "text", "type")

    def __init__(
        self,
        name: str,
        type: str = "",  # noqa: A002
        text: str = "",
        attributes: Any = (),  # noqa: ANN401
        language: str = "",
        parts: Any = (),  # noqa: ANN401
    ) -> None:
        self.name = name
        self.type = type
        self.text = text
        self.attributes = attributes
        self.language = language
        self.parts = parts
        self.__class__ = DataCategory  # type: ignore[assignment]  # noqa: PLE0237


class _Term:
    __slots__ = (
        *("categories", "evidence", "gender", "kind", "language", "note", "part_of_speech", "status", "text"),
    )

    def __init__(
        self,
        text: str,
        language: str,
        status: Any = "candidate",  # noqa: ANN401
        part_of_speech: str = "",
        gender: str = "",
        kind: str = "",
        note: str = "",
        evidence: Any = None,  # noqa: ANN401
        categories: Any = (),  # noqa: ANN401
    ) -> None:
        self.text = text
        self.language = language
        self.status = status
        self.part_of_speech = part_of_speech
        self.gender = gender
        self.kind = kind
        self.note = note
        self.evidence = evidence
        self.categories = categories
        self.__class__ = Term  # type: ignore[assignment]


class _Concept:
    __slots__ = ("categories", "definition", "id", "note", "subject", "terms")

    def __init__(
        self,
        id: str,  # noqa: A002
        terms: Any,  # noqa: ANN401
        definition: str = "",
        subject: str = "",
        note: str = "",
        categories: Any = (),  # noqa: ANN401
    ) -> None:
        self.id = id
        self.terms = terms
        self.definition = definition
        self.subject = subject
        self.note = note
        self.categories = categories
        self.__class__ = Concept  # type: ignore[assignment]  # noqa: PLE0237


annotation, segment = cast("type[Annotation]", _Annotation), cast("type[Segment]", _Segment)
code, variant, unit = cast("type[Code]", _Code), cast("type[Variant]", _Variant), cast("type[Unit]", _Unit)
datacategory, term = cast("type[DataCategory]", _DataCategory), cast("type[Term]", _Term)
concept = cast("type[Concept]", _Concept)
