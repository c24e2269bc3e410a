"""What stands inside a ``<source>`` or ``<target>`` while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tm.model import Attributes, Code, Segment

NATIVE: dict[str, Literal["open", "close", "alone"]] = {
    "bpt": "open",
    "ept": "close",
    "it": "alone",
    "ph": "alone",
}
"""Elements of 1.x whose content is native code."""
EMPTY: dict[str, Literal["open", "close", "alone"]] = {
    "x": "alone",
    "bx": "open",
    "ex": "close",
    "sc": "open",
    "ec": "close",
    "sm": "open",
    "em": "close",
    "cp": "alone",
}
"""Elements without content."""


@dataclass(slots=True)
class Inline:
    """An element with text being read: what stands in it, so far."""

    name: str
    attributes: Attributes = ()
    texts: list[str] = field(default_factory=list)
    length: int = 0
    codes: list[Code] = field(default_factory=list)

    def add(self, parts: list[str]) -> None:
        self.texts += parts
        self.length += sum(map(len, parts))
        parts.clear()

    def segment(self) -> Segment:
        return Segment("".join(self.texts), tuple(self.codes))

    def opened(self, name: str) -> Attributes:
        """The attributes of the innermost element of that name that is still open."""
        depth = 0
        for code in reversed(self.codes):
            if code.name == name and code.kind == "close":
                depth += 1
            elif code.name == name and code.kind == "open":
                if not depth:
                    return code.attributes
                depth -= 1
        return ()
