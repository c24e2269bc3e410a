"""The phrases of a sentence that may be terms.

A term is mostly a noun phrase of a few patterns (Justeson & Katz 1995, "Technical terminology: some
linguistic properties and an algorithm for identification in text"). But taggers err, and "sans état", "C
Corp" or "déployer" are terms too. So nearly every group of words that is held together counts as a candidate,
and the judge of terms is told whether it has the pattern of a noun phrase. The patterns are regular
expressions over the letters of ``Sentence.classes``.

The steps, in the order in which they work:

1. ``phrases`` finds the longest groups of content words with prepositions, articles, "et" and "ou" between
   them.
2. ``_parts`` gives all groups inside them: each may be the term.
3. ``acronyms.full_forms`` adds what an acronym beside it spells, however long it is.
4. ``is_noun_phrase`` says which have the pattern of a noun phrase.

>>> from tm.terminology.sentences import analyse
>>> sentence = analyse(["Le boulanger ouvre le grand four à pain."], "fr")[0]
>>> sentence.classes
'DNVDANLN.'
>>> spans = [span for span in phrases(sentence) if is_noun_phrase(sentence, *span)]
>>> [sentence.surface(*span) for span in spans]
['boulanger', 'grand four', 'grand four à pain', 'four', 'four à pain', 'pain']
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from tm.terminology.acronyms import full_forms
from tm.terminology.sentences import CONTENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.terminology.sentences import Sentence

_UNIT = r"A{0,2}[NP]+(?:[NP]|R?[Ap]){0,2}"
_LINK = rf"L(?:D?{_UNIT}|MN)"
_NOUN_PHRASE = re.compile(rf"{_UNIT}(?:{_LINK}){{0,3}}")

_LINKED = re.compile(rf"{_UNIT}(?:(?:L|O)D?{_UNIT}){{1,3}}")

_BETWEEN = r"(?:[LO][Dr]?|C[LO]?D?|[Dr])"
_CHUNK = re.compile(rf"[Or]?[{CONTENT}](?:{_BETWEEN}?[{CONTENT}])*")
_PHRASE = re.compile(rf"(?:r|O(?=[NP]$))?[{CONTENT}](?:{_BETWEEN}?[{CONTENT}])*")

LONGEST = 5
"""Most content words of a term; a longer phrase is part of the sentence rather than a name of a thing. Of
1,490 terms in gold lists of ten domains, 4 are longer."""

_SHORT = 3


def phrases(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The groups of words of a sentence that may be terms, also those inside others, as token ranges.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Un service sans état"], "fr")[0]
    >>> [sentence.surface(*span) for span in phrases(sentence)]
    ['service', 'service sans état', 'sans état', 'état']
    """
    spans = _held_together(sentence.classes)
    yield from spans
    yield from (span for span in dict.fromkeys(full_forms(sentence)) if span not in spans)


@functools.lru_cache(maxsize=1 << 12)
def _held_together(classes: str) -> tuple[tuple[int, int], ...]:
    """The groups of words that are held together; each sentence is asked twice."""
    spans = []
    for chunk in _CHUNK.finditer(classes):
        first = chunk.start()
        spans += [(first + start, first + end) for start, end in _parts(chunk[0])]
    return tuple(spans)


@functools.lru_cache(maxsize=1 << 16)
def _parts(classes: str) -> tuple[tuple[int, int], ...]:
    """The phrases in a chunk; ranges of its tokens."""
    content = [0]
    for kind in classes:
        content.append(content[-1] + (kind in CONTENT))
    return tuple(
        (start, end)
        for start in range(len(classes))
        for end in range(start + 1, min(len(classes), start + 2 * LONGEST) + 1)
        if content[end] - content[start] <= LONGEST
        and _PHRASE.fullmatch(classes[start:end])
        and (
            has_noun_pattern(classes[start:end])
            or _is_short(classes[start:end])
            or _LINKED.fullmatch(classes[start:end])
        )
    )


def _is_short(classes: str) -> bool:
    """Whether a phrase without the pattern of a noun phrase may be a term: it has at most three words that
    carry meaning, one verb among them. Of 1,490 terms in gold lists of ten domains, 1 is lost by that, and a
    tenth of the candidates."""
    content = [kind for kind in classes if kind in CONTENT]
    return len(content) <= _SHORT and content.count("V") <= 1


def is_noun_phrase(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these tokens are a noun phrase to the tagger.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["a massa do pão"], "pt")[0]
    >>> is_noun_phrase(sentence, 1, 4), is_noun_phrase(sentence, 1, 3)
    (True, False)
    """
    return has_noun_pattern(sentence.classes[start:end])


@functools.lru_cache(maxsize=1 << 16)
def has_noun_pattern(classes: str) -> bool:
    """Whether tokens of these classes are a noun phrase.

    >>> has_noun_pattern("NLN"), has_noun_pattern("NL")
    (True, False)
    """
    return _NOUN_PHRASE.fullmatch(classes) is not None
