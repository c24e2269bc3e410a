r"""What expressions that read plain XML without expat have in common: white space, and the attributes of a tag.

``_tmx_plain`` and ``_xliff_plain`` match whole units; what they match is well-formed but for an attribute that stands
twice, which ``attributes_of`` refuses. References are not looked for: a plain tag has none.

>>> attributes_of(b' id="7" state="new"')
(('id', '7'), ('state', 'new'))
>>> attributes_of(b' id="7" id="8"')
Traceback (most recent call last):
tm.formats._xml_plain.TwiceError
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.model import Attributes

BLANK = rb"[ \t\r\n]*+"
"""White space between elements, as an expression."""
_ONE = re.compile(r' ([^=]++)="([^"]*+)"')


class TwiceError(Exception):
    """An element has an attribute twice, which is not well-formed."""


def attributes_of(tag: bytes) -> Attributes:
    """The attributes of a plain tag in UTF-8, which begins with the space before the first.

    Raises:
        TwiceError: one stands there twice.
        UnicodeDecodeError: it is no UTF-8.
    """
    pairs = _ONE.findall(tag.decode())
    if len(pairs) > 1 and len(dict(pairs)) < len(pairs):
        raise TwiceError
    return tuple(pairs)
