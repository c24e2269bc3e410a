"""The noun phrases of a sentence that may be terms.

Justeson & Katz (1995), "Technical terminology: some linguistic properties and an algorithm for identification
in text":
a term is a noun phrase of a few patterns. They are regular expressions over the letters of
``Sentence.classes``.

The steps, in the order in which they work:

1. ``phrases`` finds the longest noun phrases of a sentence, and its adjectives and verbs.
2. ``_parts`` gives for each of these all phrases inside it that are noun phrases themselves: each may be the
   term.
3. ``is_partner`` says which other words may translate a noun phrase, where the tagger of the other language
   erred.
4. ``goes_on`` and ``comes_from`` say whether a phrase may be cut off at its end or its beginning.

>>> from tm.terminology.sentences import analyse
>>> sentence = analyse(["Le boulanger ouvre le grand four à pain."], "fr")[0]
>>> sentence.classes
'DNVDANLN.'
>>> [sentence.surface(*span) for span in phrases(sentence, tagged=True)]
['boulanger', 'grand four', 'grand four à pain', 'four', 'four à pain', 'pain', 'ouvre', 'grand']
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from tm.terminology.sentences import CONTENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.terminology.sentences import Sentence

_UNIT = r"A{0,2}[NP]+(?:[NP]|R?[Ap]){0,2}"
_LINK = rf"L(?:D?{_UNIT}|MN)"
_CHUNK = re.compile(rf"{_UNIT}(?:{_LINK})*")
_PHRASE = re.compile(rf"{_UNIT}(?:{_LINK}){{0,3}}")
_UNTAGGED = re.compile(r"[NP]{1,4}")
_PARTNER = re.compile(r"(?=[^NPp]*[NPp])[NPAp](?:[NPAVpRMLOD#]*[NPApVM#])?")

LONGEST = 6
"""Most content words of a term; a longer phrase is part of the sentence rather than a name of a thing."""

_BESIDE = re.compile(r"[NPAp]")
_LINKED = re.compile(r"LD?[NPA]")
_BEFORE = re.compile(r"(?:[NPAp]|[NPAp]LD?)$")

_CUT_BEFORE_LINK = 0.4
"""How likely a phrase is cut off when a linked noun follows, against 1 for a noun or adjective right behind
it: *four* in *four à pain* is a term too, *grand* in *grand modèle* is not. No measurement is kept; the
weight of "goes on" in ``termhood.WEIGHTS`` was fitted with it."""


def phrases(sentence: Sentence, *, tagged: bool) -> Iterator[tuple[int, int]]:
    """The noun phrases of a sentence, also those inside others, and its adjectives and verbs, as token
    ranges.

    Args:
        sentence: analysed.
        tagged: whether its classes come from a tagger; else a phrase is up to four content words in a row.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["The front derailleur of steel"], "en")[0]
    >>> [sentence.surface(*span) for span in phrases(sentence, tagged=False)]
    ['front', 'front derailleur', 'derailleur', 'steel']
    """
    for chunk in (_CHUNK if tagged else _UNTAGGED).finditer(sentence.classes):
        for start, end in _parts(chunk[0], tagged=tagged):
            yield chunk.start() + start, chunk.start() + end
    for at, kind in enumerate(sentence.classes):
        if kind in "AV":
            yield at, at + 1


@functools.lru_cache(maxsize=1 << 16)
def _parts(classes: str, *, tagged: bool) -> tuple[tuple[int, int], ...]:
    """The phrases in a chunk; ranges of its tokens."""
    pattern = _PHRASE if tagged else _UNTAGGED
    return tuple(
        (start, end)
        for start in range(len(classes))
        for end in range(start + 1, len(classes) + 1)
        if sum(kind in CONTENT for kind in classes[start:end]) <= LONGEST
        and pattern.fullmatch(classes, start, end)
    )


def is_partner(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these tokens may translate a noun phrase although the tagger did not see one in them.

    There must be a noun or participle among them, and a word with a meaning at both ends.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["a massa fermentada por horas"], "pt")[0]
    >>> is_partner(sentence, 1, 5), is_partner(sentence, 1, 4), is_partner(sentence, 0, 2)
    (True, False, False)
    """
    return _PARTNER.fullmatch(sentence.classes, start, end) is not None


def goes_on(sentence: Sentence, end: int) -> float:
    """How likely a noun phrase that ends here is cut off: 1 when a noun or adjective follows, less when a
    linked one does.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Ouvrez le four électrique à pain."], "fr")[0]
    >>> [goes_on(sentence, end) for end in (3, 4, 6)]
    [1.0, 0.4, 0.0]
    """
    if _BESIDE.match(sentence.classes, end):
        return 1.0
    return _CUT_BEFORE_LINK if _LINKED.match(sentence.classes, end) else 0.0


def comes_from(sentence: Sentence, start: int) -> bool:
    """Whether a noun phrase that begins here could begin before.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Un four à pain"], "fr")[0]
    >>> comes_from(sentence, 3), comes_from(sentence, 1)
    (True, False)
    """
    return _BEFORE.search(sentence.classes, max(0, start - 3), start) is not None
