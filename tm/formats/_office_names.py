"""Names in the XML of Office files, whichever of its namespaces they are in.

>>> from lxml import etree
>>> run = etree.fromstring(f'<w:r xmlns:w="{WORD[0][1:-1]}" w:val="on"/>')
>>> name(run), attribute(run, "val"), attribute(run, "id")
('r', 'on', '')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
"""The namespaces of the transitional and of the strict standard."""
DRAWING = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
"""Likewise of what slides, charts and diagrams are made of."""


SPACE = "{http://www.w3.org/XML/1998/namespace}space"
"""The attribute ``xml:space``."""


def name(element: _Element) -> str:
    """The local name; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: _Element, key: str) -> str:
    """The value of an attribute of Word's namespace or of none, "" without one."""
    return next((value for space in (*WORD, "") if (value := element.get(f"{space}{key}")) is not None), "")
