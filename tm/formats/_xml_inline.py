"""An element of XML with text while it is read: the text, and the codes in it. Readers of TMX and XLIFF share it.

>>> inline = Inline("source")
>>> inline.add(["un "])
>>> inline.codes.append(Code(inline.length, "open", "g"))
>>> inline.add(["pont"])
>>> inline.segment()
Segment(text='un pont', codes=(Code(position=3, kind='open', name='g', attributes=(), content=None),))
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tm.model import Attributes, Code, Segment


@dataclass(slots=True)
class Inline:
    """An element with text, as far as it was read.

    Attributes:
        name: the element's name.
        attributes: the element's attributes.
        texts: the pieces of text.
        length: the characters in them.
        codes: the codes in the text.
        space: the ``xml:space`` that holds in it.
    """

    name: str
    attributes: Attributes = ()
    texts: list[str] = field(default_factory=list)
    length: int = 0
    codes: list[Code] = field(default_factory=list)
    space: str = "default"

    def add(self, pieces: list[str]) -> None:
        """Take the pieces of text that were collected, and clear the list."""
        self.texts += pieces
        self.length += sum(map(len, pieces))
        pieces.clear()

    def segment(self) -> Segment:
        """The text and its codes as a segment."""
        return Segment("".join(self.texts), tuple(self.codes))

    def opened(self, name: str) -> Attributes:
        """The attributes of the innermost element of that name that is still open.

        >>> outer, inner = Code(0, "open", "g", (("id", "1"),)), Code(2, "open", "g", (("id", "2"),))
        >>> Inline("source", codes=[outer, inner, Code(3, "close", "g")]).opened("g")
        (('id', '1'),)
        """
        depth = 0
        for code in reversed(self.codes):
            if code.name == name and code.kind == "close":
                depth += 1
            elif code.name == name and code.kind == "open":
                if not depth:
                    return code.attributes
                depth -= 1
        return ()
