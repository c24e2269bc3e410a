"""The model's values made quickly, for readers that make millions of them.

A frozen dataclass calls ``object.__setattr__`` for each field. Each class here has the same slots as one of the
model's: it sets them plainly, then changes the object's class to the frozen one. That takes less than half the time.

>>> made = segment("carte")
>>> type(made) is Segment, made == Segment("carte")
(True, True)
"""

from __future__ import annotations

from typing import Any, cast

from tm.model import Annotation, Segment, Unit, Variant

# An object may change its class only to one with the very same slots. A test holds these against the model's,
# with every default.


class _Segment:
    __slots__ = ("codes", "text")

    def __init__(self, text: str, codes: Any = ()) -> None:  # noqa: ANN401 - as in the model, and so below
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


annotation, segment = cast("type[Annotation]", _Annotation), cast("type[Segment]", _Segment)
variant, unit = cast("type[Variant]", _Variant), cast("type[Unit]", _Unit)
