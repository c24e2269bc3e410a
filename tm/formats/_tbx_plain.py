r"""Plain entries of a termbase read with one expression: terms with their grammar, status, note and contexts.

In: a piece of the file, and the offset where an entry may begin. Out: what stands in the entries that follow each
other there, of which ``tbx.py`` makes concepts. ``take`` matches ``_ENTRY``, ``_terms`` takes apart what it matched. As
for TMX (``_tmx_plain``), what does not match is left to expat: groups, transactions, what is said of a whole language.

>>> piece = b'<termEntry id="c1"><langSet xml:lang="fr"><tig><term>pont</term></tig></langSet></termEntry>'
>>> take(piece, 0, print)
c1 [PlainTerm(language='fr', text='pont', leaves=(), note='', contexts=[])] {}
92
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tm import bcp47
from tm.formats import _xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLANK = rb"[ \t\r\n]*+"
_TEXT = rb"(?:[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]++|&(?:amp|lt|gt|quot|apos);)*+"
_VALUE = rb'"[^"<>&\x00-\x1f]*+"'
_ID = rb"(?: id=" + _VALUE + rb")?+"


def _leaf(name: bytes, kind: bytes = rb'"(?!(?:source|context)")' + _VALUE[1:]) -> bytes:
    return rb"<" + name + rb" type=" + kind + rb">" + _TEXT + rb"</" + name + rb">"


def _many(*elements: bytes) -> bytes:
    return rb"(?:" + _BLANK + rb"(?:" + rb"|".join(elements) + rb"))*+" + _BLANK


_NOTE = rb"<note>" + _TEXT + rb"</note>"
_CONTEXT = (
    rb"<descripGrp>" + _BLANK + _leaf(b"descrip", b'"context"')
    + rb"(?:" + _BLANK + _leaf(b"admin", b'"source"') + rb")?+" + _BLANK + rb"</descripGrp>"
)  # fmt: skip
_OF_TERM = _many(_leaf(b"termNote"), _leaf(b"admin"), _NOTE, _CONTEXT)
_TERM = rb"<term" + _ID + rb">" + _TEXT + rb"</term>" + _OF_TERM
_GROUP = rb"<termGrp>" + _BLANK + _TERM + rb"</termGrp>" + _OF_TERM
_TERMS = _many(
    *(
        rb"<" + name + _ID + rb">" + _BLANK + inner + rb"</" + name + rb">"
        for name, inner in ((b"tig", _TERM), (b"ntig", _GROUP), (b"termSec", _TERM))
    )
)
_LANGUAGES = _many(
    *(
        rb"<" + name + _ID + rb' xml:lang="[A-Za-z0-9_-]++">' + _TERMS + rb"</" + name + rb">"
        for name in (b"langSet", b"langSec")
    )
)
_ABOUT = _many(_leaf(b"descrip", b'"(?:definition|subjectField)"'), _NOTE)
_ENTRY = re.compile(
    _BLANK
    + rb"<(termEntry|conceptEntry)(?: id=("
    + _VALUE
    + rb"))?+>("
    + _ABOUT
    + rb")("
    + _LANGUAGES
    + rb")</\1>"
)
_TAG = re.compile(r'<(/?)([A-Za-z]+)(?: (?:id="[^"]*" ?)?(?:(?:type|xml:lang)="([^"]*)")?)?>([^<]*)')

Leaves: TypeAlias = "tuple[tuple[str, str, str], ...]"
"""The categories of a term in order: of each the element, the type and the text."""


class PlainTerm(NamedTuple):
    """A term: its language and text, its categories, its note, and its contexts with their places."""

    language: str
    text: str
    leaves: Leaves
    note: str
    contexts: list[tuple[str, str]]


class _OtherError(Exception):
    """An entry that is not plain although its elements are."""


def take(piece: bytes, start: int, make: Callable[[str, list[PlainTerm], dict[str, str]], object]) -> int:
    """Read the plain entries that follow each other from an offset on.

    Args:
        piece: a piece of the file in UTF-8.
        start: where an entry may begin.
        make: takes an entry: its id, its terms, and what is said of it; False when it is left to expat.

    Returns:
        The offset behind the last entry.
    """
    try:
        while match := _ENTRY.match(piece, start):
            _, id_, about, languages = match.groups()
            terms = list(_terms(languages.decode()))
            said = _about(about.decode()) if about else {}
            if not terms or make(id_[1:-1].decode() if id_ else "", terms, said) is False:
                break
            start = match.end()
    except (UnicodeDecodeError, _OtherError):
        pass  # expat names the place
    return start


def _about(elements: str) -> dict[str, str]:
    """What is said of an entry, by category; nothing twice."""
    said: dict[str, str] = {}
    for end, name, kind, text in _TAG.findall(elements):
        if not end:
            if (kind or name) in said:
                raise _OtherError
            said[kind or name] = _plain(text)
    return said


def _terms(languages: str) -> Iterator[PlainTerm]:
    """The terms of all languages of an entry."""
    language = text = note = ""
    leaves: list[tuple[str, str, str]] = []
    contexts: list[tuple[str, str]] = []
    for end, name, kind, written in _TAG.findall(languages):
        if end:
            if name in ("tig", "ntig", "termSec"):
                yield PlainTerm(language, text, tuple(leaves), note, contexts)
        elif name in ("langSet", "langSec"):
            language = _canonical(kind)
        elif name == "term":
            text, note, leaves, contexts = _filled(written), "", [], []
        elif name == "note":
            if note:
                raise _OtherError
            note = _plain(written)
        elif kind == "context":
            contexts.append((_filled(written), ""))
        elif kind == "source":
            contexts[-1] = contexts[-1][0], _plain(written)
        elif kind:
            leaves.append((name, kind, _plain(written)))


def _filled(written: str) -> str:
    text = _plain(written)
    if not text:
        raise _OtherError
    return text


def _plain(written: str) -> str:
    return " ".join(_xml.unescaped(written).split())


_canonical = functools.lru_cache(maxsize=1 << 8)(bcp47.canonical)
