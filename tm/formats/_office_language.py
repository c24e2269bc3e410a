"""The language that runs of Word and of drawings say they are in, which Word checks their spelling by.

In: a run in which a translation stands, and its language. Out: the run says it (``w:lang``; ``lang`` on slides).
A language that is written with characters of East Asia, or from right to left, is said for these too, since Word
takes another attribute there. A run of a cell or a formula says no language.

>>> from lxml import etree
>>> run = etree.fromstring(f'<w:r xmlns:w="{WORD[0][1:-1]}"><w:t>sim</w:t></w:r>')
>>> set_language(run, "pt-BR")
>>> etree.tostring(run[0]).decode().partition("main")[2]
'"><w:lang w:val="pt-BR"/></w:rPr>'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats._office_names import DRAWING, WORD, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_BEHIND = frozenset(("eastAsianLayout", "specVanish", "oMath", "rPrChange"))
"""What stands behind the language among the properties of a run."""


def set_language(run: _Element, language: str) -> None:
    """Say the language of a run.

    >>> from lxml import etree
    >>> space = DRAWING[0][1:-1]
    >>> run = etree.fromstring(f'<a:r xmlns:a="{space}"><a:rPr lang="fr-FR" err="1"/><a:t>sim</a:t></a:r>')
    >>> set_language(run, "pt-BR")
    >>> dict(run[0].attrib)
    {'lang': 'pt-BR'}
    """
    space = str(run.tag).rpartition("}")[0] + "}"
    if name(run) != "r" or space not in (*WORD, *DRAWING):
        return
    properties = next((child for child in run if name(child) == "rPr"), None)
    if properties is None:
        properties = run.makeelement(f"{space}rPr")
        run.insert(0, properties)
    if space in DRAWING:
        properties.set("lang", language)
        properties.attrib.pop("err", None)  # a fault in spelling that the text before had
        return
    said = next((child for child in properties if name(child) == "lang"), None)
    if said is None:
        said = properties.makeelement(f"{space}lang")
        behind = (at for at, child in enumerate(properties) if name(child) in _BEHIND)
        properties.insert(next(behind, len(properties)), said)
    _say(said, language)


def set_default_language(styles: _Element, language: str) -> bool:
    """Say the language of all text that says none, where the styles of a Word document do; whether they do."""
    defaults = styles.findall("{*}docDefaults/{*}rPrDefault/{*}rPr/{*}lang")
    for said in defaults:
        _say(said, language)
    return bool(defaults)


def _say(said: _Element, language: str) -> None:
    space = str(said.tag).rpartition("}")[0] + "}"
    said.set(f"{space}val", language)
    if bcp47.is_east_asian(language):
        said.set(f"{space}eastAsia", language)
    elif bcp47.is_right_to_left(language):
        said.set(f"{space}bidi", language)
