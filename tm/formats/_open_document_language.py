"""The language that texts of OpenDocument say they are in, which a program checks their spelling by.

In: a part whose texts were filled, and the language of the translation. Out: the part that says it. A language
belongs to a style there. ``with_language`` changes it in all styles of a part; where not all is filled, ``spoken``
puts a text into a span whose style, ``style_of``, says nothing else, and ``with_style`` adds that style.

>>> page = with_language('<style:text-properties fo:language="fr" fo:country="FR" fo:color="#000"/>', "pt-BR")
>>> page
'<style:text-properties fo:language="pt" fo:country="BR" fo:color="#000"/>'
"""

from __future__ import annotations

import re

from tm import bcp47
from tm.formats._xml_markup import tags

_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}))?")
_PROPERTIES = re.compile(r"<style:text-properties\s[^>]*>")
_SCRIPT = re.compile(r"""\s(?:fo:script|style:rfc-language-tag)(?:-asian|-complex)?=("[^"]*"|'[^']*')""")
_SAYING = re.compile(r"""\b(fo|style):(language|country)(-asian|-complex)?=("[^"]*"|'[^']*')""")
_NONE = ("none", "zxx", "")
_STYLES = re.compile(r"<office:automatic-styles(\s[^>]*?)?(/?)>")
_NEEDED = tuple(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for prefix, space in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
    )
)


def with_language(page: str, language: str) -> str:
    """A part whose styles say this language where they said any.

    Of Western text, and where the language is written otherwise, of East Asian text or of text from right to left.
    """
    said = _said(language)
    return _PROPERTIES.sub(lambda match: _changed(match[0], said), page) if said else page


def says_language(page: str) -> bool:
    """Whether the styles of a part say any language."""
    return any(
        match[2] == "language" and match[4][1:-1] not in _NONE
        for properties in _PROPERTIES.findall(page)
        for match in _SAYING.finditer(properties)
    )


def style_of(page: str, language: str) -> str:
    """The name of the style for texts of a language, "" where the part cannot have one or need not.

    Cells of a sheet need not: one with a span would no longer be plain text.
    """
    can_have = all(each in page for each in _NEEDED) and _STYLES.search(page)
    is_sheet = "<office:spreadsheet" in page
    return f"Ponte_{language}" if can_have and not is_sheet and _said(language) else ""


def spoken(markup: str, style: str) -> str:
    """The markup of a text in a span of this style; as it is where an element in it ends or begins elsewhere.

    >>> spoken("sim", "Ponte_pt")
    '<text:span text:style-name="Ponte_pt">sim</text:span>'
    >>> spoken("sim</text:a>", "Ponte_pt")
    'sim</text:a>'
    """
    waiting: list[str] = []
    for tag in tags(markup):
        if tag.kind == "open":
            waiting.append(tag.name)
        elif tag.kind == "close" and (not waiting or waiting.pop() != tag.name):
            return markup
    return markup if waiting else f'<text:span text:style-name="{style}">{markup}</text:span>'


def with_style(page: str, style: str, language: str) -> str:
    """A part with the style for texts of a language, unless it has it.

    >>> with_style("<office:automatic-styles/>", "Ponte_pt", "pt").partition("text-properties ")[2]
    'fo:language="pt" fo:country="none"/></style:style></office:automatic-styles>'
    """
    if f'style:name="{style}"' in page:
        return page
    properties = " ".join(f'{name}="{value}"' for name, value in _said(language).items())
    new = f'<style:style style:name="{style}" style:family="text"><style:text-properties {properties}/></style:style>'
    return _STYLES.sub(
        lambda match: (
            f"<office:automatic-styles{match[1] or ''}>{new}"
            + ("</office:automatic-styles>" if match[2] else "")
        ),
        page,
        count=1,
    )


def _said(language: str) -> dict[str, str]:
    """The properties that say a language, with their values; none for a tag that OpenDocument has no words for.

    >>> _said("pt-BR"), _said("ja")["style:language-asian"], _said("x-mine")
    ({'fo:language': 'pt', 'fo:country': 'BR'}, 'ja', {})
    """
    match = _TAG.fullmatch(language)
    if not match:
        return {}
    country = match[2] or "none"
    said = {"fo:language": match[1], "fo:country": country}
    if bcp47.is_east_asian(language):
        said |= {"style:language-asian": match[1], "style:country-asian": country}
    elif bcp47.is_right_to_left(language):
        said |= {"style:language-complex": match[1], "style:country-complex": country}
    return said


def _changed(properties: str, said: dict[str, str]) -> str:
    """The properties of a style in another language; one that says to have none keeps that."""
    old = {f"{match[1]}:{match[2]}{match[3] or ''}": match[4] for match in _SAYING.finditer(properties)}
    changes = {
        name: value
        for name, value in said.items()
        if old.get(name.replace("country", "language"), '""')[1:-1] not in _NONE
    }
    if not changes:
        return properties
    for name, value in changes.items():
        if name in old:
            properties = re.sub(rf"""(\s{name}=)("[^"]*"|'[^']*')""", rf'\g<1>"{value}"', properties)
        else:
            properties = properties.replace(
                "<style:text-properties", f'<style:text-properties {name}="{value}"'
            )
    return _SCRIPT.sub("", properties)
