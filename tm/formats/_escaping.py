"""Texts, attributes and language tags made fit for XML, for all formats that write it.

``Escaper`` writes texts and attributes, and counts the characters that XML cannot hold; ``language_tag``
writes the value of ``xml:lang``. ``_xml.py`` reads XML.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from tm.formats.notices import notice

if TYPE_CHECKING:
    from tm.model import Attributes


FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML cannot hold."""
_START = r"A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
_NAME = re.compile(rf"(?:(?:xml|xmlns):)?[{_START}][{_START}\-.\d\xb7\u0300-\u036f\u203f\u2040]*")


@functools.cache
def _name(name: str) -> str:
    """A name that XML allows: characters that it does not allow become full stops.

    >>> _name("xml:lang"), _name("my key"), _name("1st")
    ('xml:lang', 'my.key', '_1st')
    """
    if _NAME.fullmatch(name):
        return name
    changed = re.sub(rf"[^{_START}\-.\d]", ".", name)
    return changed if _NAME.fullmatch(changed) else f"_{changed}"


def _is_declared(name: str, named: dict[str, str]) -> bool:
    """Whether the prefix of a name is declared among the attributes of the same element."""
    prefix, _, local = name.partition(":")
    return f"xmlns:{prefix}" in named and bool(_NAME.fullmatch(local)) and bool(_NAME.fullmatch(prefix))


class Escaper:
    """Makes text fit for XML; characters that XML cannot hold become U+FFFD and are counted.

    >>> Escaper().text("R&D <b>")
    'R&amp;D &lt;b&gt;'
    >>> Escaper().attributes((("type", 'x"y'),))
    ' type="x&quot;y"'
    """

    def __init__(self) -> None:
        """Begin with nothing replaced."""
        self.replaced = 0

    def text(self, text: str) -> str:
        r"""The text as the content of an element; a carriage return is kept too.

        >>> escaper = Escaper()
        >>> escaper.text("a\x07b"), escaper.replaced
        ('a�b', 1)
        """
        if not text.isprintable():  # quick: most segments pass, and what XML cannot hold never does
            text, count = FORBIDDEN.subn("\ufffd", text)
            self.replaced += count
            text = text.replace("&", "&amp;").replace("\r", "&#13;")
        elif "&" in text:
            text = text.replace("&", "&amp;")
        if "<" in text or ">" in text:
            text = text.replace("<", "&lt;").replace(">", "&gt;")
        return text

    def attributes(self, attributes: Attributes) -> str:
        """The attributes as they stand in a start tag, with a space before each.

        Of two with the same name the last counts. A name is changed when XML does not allow it, or when it
        has a prefix that none of the attributes declares.

        >>> Escaper().attributes((("xmlns:ex", "urn:example"), ("ex:status", "draft"), ("my:key", "1")))
        ' xmlns:ex="urn:example" ex:status="draft" my.key="1"'
        """
        named = dict(attributes)
        return "".join(
            [
                f' {name if ":" in name and _is_declared(name, named) else _name(name)}="{self._value(value)}"'
                for name, value in named.items()
            ]
        )

    def _value(self, value: str) -> str:
        text = self.text(value).replace('"', "&quot;")
        return text if text.isprintable() else text.replace("\n", "&#10;").replace("\t", "&#9;")

    def report(self, path: str) -> None:
        """Log how many characters were replaced."""
        notice("{path}: {characters} that XML cannot hold became U+FFFD", path=path, characters=self.replaced)


_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@functools.cache
def language_tag(language: str) -> str:
    """A language as ``xml:lang`` wants it; a name that is no tag becomes a private tag.

    >>> [language_tag(tag) for tag in ("FR", "fr_FR", "Brazilian Portuguese", "")]
    ['FR', 'fr-FR', 'x-Brazilia-n-Portugue-se', 'und']
    """
    tag = language.strip().replace("_", "-")
    if _TAG.fullmatch(tag):
        return tag
    subtags = re.findall(r"[A-Za-z0-9]{1,8}", language)
    return "-".join(["x", *subtags[:4]]) if subtags else "und"
