"""Quotation marks that are opened and not closed, or closed before they are opened.

Only a translation of a source whose own marks pair is looked at. ``"`` behind a number is an inch, ’ between
letters an apostrophe; German closes with “ what it opened with „.

>>> QUOTES.messages('Choisissez "Oui" ici.', 'Escolha "Sim aqui.')
['" is not paired']
>>> QUOTES.messages("Un « pain ».", "Um »pão«."), QUOTES.messages("Le “pain”", "O “pão")
(['» before «'], ['“ is not closed'])
>>> QUOTES.messages('A 7" record', 'Um disco de 7"'), QUOTES.messages("L’eau", "A d’água")
([], [])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.check import Check, Remark, Translation, one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = re.compile('["“”„«»‘‹›]')
_PAIRS = (("«", "»"), ("“", "”"), ("„", "“”"), ("‘", "’"), ("‹", "›"))
"""What opens, and what may close it."""
_GERMAN = frozenset(
    {"de", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "da", "et", "lt", "bg", "ka", "is", "mk", "sq"}
)
"""Languages that close with “, and some of which open with »."""
_INCH = re.compile(r"(?<=\d)(?:\"|''|″)(?!\w)")
_ESCAPED = re.compile(r"\\\"")


def _examine(translation: Translation) -> Iterator[Remark]:
    if not _MARKS.search(translation.target) and not _MARKS.search(translation.source):
        return
    source, target = _bare(translation.source), _bare(translation.target)
    fault = _fault(target, translation.direction.target)
    if fault and not _fault(source, translation.direction.source):
        yield Remark(fault, "warning")


def _bare(text: str) -> str:
    """The text with escaped marks as plain ones; without inches, where they leave a mark without its pair."""
    plain = _ESCAPED.sub('"', text) if '"' in text else text
    return _INCH.sub("_", plain) if plain.count('"') % 2 else plain


def _fault(text: str, language: str) -> str:
    """What is wrong with the marks of a text, "" when they pair."""
    if text.count('"') % 2:
        return '" is not paired'
    is_german = bcp47.base(language) in _GERMAN
    for opening, closing in _PAIRS:
        if is_german and opening != "‘":
            if (text.count("»") + text.count("«")) % 2:
                return "« and » do not pair"
            if text.count("„") > text.count("“") + text.count("”"):
                return "„ is not closed"
        elif fault := _unpaired(text, opening, closing):
            return fault
    return ""


def _unpaired(text: str, opening: str, closing: str) -> str:
    """What is wrong with one kind of marks; a closing one may be an apostrophe, or belong to another kind."""
    opened, closed = text.count(opening), sum(map(text.count, closing))
    if opened > closed:
        return f"{opening} is not closed"
    if closing in "»›" and opened < closed:
        return f"{closing} is not opened"
    if opening == "“" and opened + text.count("„") < closed:
        return f"{closing} is not opened"
    if closing in "»›”" and opened and text.find(closing) < text.find(opening):
        return f"{closing} before {opening}"
    return ""


QUOTES = Check("quotes", "Quotation marks that do not pair.", one_by_one(_examine))
