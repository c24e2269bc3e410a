"""Fields of Word: what a program works out itself, such as the number of a page, and shows among the text.

In: the elements of a paragraph in order (``Fields.note``). Out: whether a text at this point is a result that is
worked out again (``Fields.is_result``), so that words of a translation would be lost there. Results that a
person wrote, such as the words of a link or a table of contents, are none.

>>> from lxml import etree
>>> run = etree.fromstring('<r><fldChar fldCharType="begin"/><instrText> PAGE </instrText></r>')
>>> fields = Fields()
>>> [fields.note(element) for element in run], fields.is_result
([True, True], False)
>>> fields.note(etree.fromstring('<fldChar fldCharType="separate"/>')), fields.is_result
(True, True)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats._office_names import attribute, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORKED_OUT = frozenset(
    "= AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT CREATEDATE DATE EDITTIME FILENAME FILESIZE FORMTEXT LISTNUM"
    " MERGEFIELD NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE REVNUM SAVEDATE SECTION"
    " SECTIONPAGES SEQ TIME".split()
)
"""The instructions whose result is no word of the text."""


class Fields:
    """The fields around a point of a text, the innermost last."""

    def __init__(self) -> None:
        """Begin outside of all fields."""
        self._instructions: list[str] = []
        self._has_result: list[bool] = []

    def note(self, element: _Element) -> bool:
        """Take an element into account; whether it belongs to a field and is no text."""
        tag = name(element)
        if tag == "instrText" and self._instructions:
            self._instructions[-1] += element.text or ""
        elif tag == "fldChar":
            kind = attribute(element, "fldCharType")
            if kind == "begin":
                self.begin("")
            elif kind == "separate" and self._has_result:
                self._has_result[-1] = True
            elif kind == "end":
                self.end()
        return tag in ("instrText", "fldChar")

    def begin(self, instruction: str) -> None:
        """Begin a field; with an instruction, one whose result follows at once."""
        self._instructions.append(instruction)
        self._has_result.append(bool(instruction))

    def end(self) -> None:
        """End the innermost field; the end of one that began in an earlier paragraph is none here."""
        if self._instructions:
            self._instructions.pop()
            self._has_result.pop()

    @property
    def is_result(self) -> bool:
        """Whether a text here is what the innermost field works out."""
        if not self._has_result or not self._has_result[-1]:
            return False
        words = self._instructions[-1].upper().split()
        return bool(words) and words[0] in _WORKED_OUT
