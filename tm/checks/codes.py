"""Inline codes and placeholders: ``%s``, ``{name}`` or ``<b>`` must stand in the translation too.

A program fills them in; without them it fails, or shows a text with a gap.

>>> PLACEHOLDERS.messages("%s pages de {titre}", "{titulo} tem %s páginas")
['placeholder {titre} in the source, {titulo} in the translation']
>>> PLACEHOLDERS.messages("%s pages de {titre}", "{titre} tem %s páginas")
[]
>>> PLACEHOLDERS.messages("Tapez <nom>. 100 % sûr", "Digite <nome>. 100% certo")
[]
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tm.checks.addresses import ADDRESS
from tm.checks.check import Check, Remark, Translation, difference, one_by_one, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Code, Segment

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?:\s[^<>]*?)?(?P<alone>/?)>")
_BRACES = re.compile(
    r"\{\{\s*[\w.]+\s*\}\}|\$?\{(?:\w+(?:[.\[][\w.\[\]]*)?)?(?:![rsa])?(?::[^{}\s]*)?\}", re.ASCII
)
_MESSAGE = re.compile(r"\{\s*(\w+)\s*,\s*(?:plural|select|selectordinal)\s*,", re.ASCII)
_PERCENT = re.compile(
    r"(?<!\d)%(?:\(\w+\)|\d+\$)?[-+0#]*\d*(?:\.\d+)?l?[sdifgxXrceuo@]|(?<![\w%])%\d+(?![\w%.,])", re.ASCII
)
_MARKS = frozenset(("mrk", "sm", "em"))
"""What XLIFF puts around a term, a comment or a name; the translation need not have it."""
PLACEHOLDER = re.compile(f"{_BRACES.pattern}|{_PERCENT.pattern}", re.ASCII)
"""A placeholder that is neither a tag nor an ICU message."""


def _codes(translation: Translation) -> Iterator[Remark]:
    pair = translation.pair
    yield from _compared("inline code", _of_segment(pair.source), _of_segment(pair.target))


def _of_segment(segment: Segment) -> Counter[str]:
    """How often each code stands in a segment; a mark of XLIFF is a remark on the text, and no code."""
    return Counter(_identity(code) for code in segment.codes if code.name not in _MARKS)


def _identity(code: Code) -> str:
    """What distinguishes a code: its native content, else its name and number."""
    if code.content is not None and code.content.text:
        return code.content.text
    attributes = dict(code.attributes)
    number = attributes.get("x") or attributes.get("id") or ""
    return f"<{'/' if code.kind == 'close' else ''}{code.name}{number and ' ' + number}>"


def _placeholders(translation: Translation) -> Iterator[Remark]:
    source, target = (_of_text(without(text, ADDRESS)) for text in (translation.source, translation.target))
    yield from _compared("placeholder", source, target)


def _of_text(text: str) -> Counter[str]:
    tags = list(_TAG.finditer(text))
    # <name> without an end is as likely a word for the reader to fill in, and then it is translated.
    markup = {tag["name"] for tag in tags if tag["close"] or tag["alone"]}
    names = [f"<{tag['close']}{tag['name']}{tag['alone']}>" for tag in tags if tag["name"] in markup]
    messages = _MESSAGE.findall(text)
    # Inside an ICU message braces hold text to be translated.
    return Counter(names + (messages or _BRACES.findall(text)) + _PERCENT.findall(text))


def _compared(kind: str, source: Counter[str], target: Counter[str]) -> Iterator[Remark]:
    if source != target:
        yield Remark(f"{kind} {difference(source - target, target - source)}")


CODES = Check("code", "Inline codes lost or added.", one_by_one(_codes))
PLACEHOLDERS = Check(
    "placeholder", "Placeholders such as %s, {name}, <b> lost or added.", one_by_one(_placeholders)
)
