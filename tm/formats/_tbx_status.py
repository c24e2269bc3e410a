"""What somebody decided on a term of a termbase, as one of our statuses.

1. ``status_in`` looks at our own category, then at flags (``<termNote type="forbidden">true``).
2. ``_by_category`` looks for a category that says a status, ``_by_word`` for one whose word is a status, whatever
   its name; ``status_above`` for what is said of a whole entry.

What is said in words that are not known is a candidate's, and named.
"""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING

from tm.formats import _tbx
from tm.formats._statuses import RELIABILITY, status_of
from tm.formats._term_columns import YES_OR_NO, flagged, our_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.formats._format import Reading
    from tm.formats._tbx_elements import Element
    from tm.model import Status

log = logging.getLogger(__name__)

_SAYING_STATUS = ("administrativestatus", "termstatus", "normativeauthorization", "status", "usagestatus")
"""Categories that say the status of a term, the first that is there; programs have names of their own."""
_SAYING_PROGRESS = ("processstatus", "reliabilitycode")
"""Categories that say how far an entry was looked at, where nothing says its status."""
_SAYING = frozenset((*_SAYING_STATUS, *_SAYING_PROGRESS))
_NO_STATUS = frozenset(
    (
        *("term", "note", "definition", "context", "partOfSpeech", "grammaticalGender", "termType", "source"),
        *("subjectField", "projectSubset", "customerSubset", "Translation needed", "translationNote"),
    )
)
"""Categories whose words are no status, whatever they are."""
_HISTORY = frozenset(("transac", "transacNote", "date", "ref", "xref", "descripNote"))
"""Elements that tell what happened to an entry and who did it, or point elsewhere: a proposal of long ago is no status."""
SUBSET = "projectSubset"
"""The category in which we write the statuses that TBX does not have."""


def status_in(element: Element, reading: Reading, above: Status | None = None) -> Status:
    """What somebody decided on a term; where nothing is said, what holds for the whole, else "approved".

    What is said in words that are not known is a candidate's, and named.
    """
    if own_subset := element.first(SUBSET):
        for status, saying in _tbx.STATUSES.items():
            if saying.subset == own_subset:
                element.first("administrativeStatus")  # which stands beside it
                return status
    saying_more = [child for child in element.flat() if is_said_by_word(child) and child.text]
    if not saying_more:
        return above or "approved"
    reported = {_plain(child.category): child for child in saying_more}
    status_said = _by_category(reported, reading) or _by_word(reported, reading) or above or ""
    flags = {our_name(category): child for category, child in reported.items()}
    cells = {name: child.text for name, child in flags.items() if name in YES_OR_NO}
    for name in cells:
        flags[name].read = True
    if cells and (word := flagged({**cells, "status": status_said})):
        known = status_of(word)
        if not known:
            _warn(next(child for child in flags.values() if child.text.lower() == word), reading)
        return known or "candidate"
    return status_said or "approved"


def status_above(elements: Iterable[Element], reading: Reading) -> Status | None:
    """What is said of all terms of a language or an entry, by the first of these elements that says a status."""
    for element in elements:
        said = [(_plain(child.category), child) for child in element.own()]
        reported = {name: child for name, child in said if name in _SAYING and child.text}
        if reported and (status := _by_category(reported, reading)):
            return status
    return None


@functools.lru_cache(maxsize=1 << 10)
def _plain(category: str) -> str:
    return category.lower().replace(" ", "")


def says_status(element: Element) -> bool:
    """Whether the element's category says a status, or one of our flags."""
    plain = _plain(element.category)
    return plain in _SAYING or our_name(plain) in YES_OR_NO


def known_status(element: Element) -> Status | None:
    """The status that the word of a category for a status means; None for an unknown word and for any other category."""
    if _plain(element.category) not in _SAYING:
        return None
    return RELIABILITY.get(element.text) or status_of(element.text)


def is_said_by_word(element: Element) -> bool:
    """Whether the element may say a status by its word, whatever its category."""
    return element.category not in _NO_STATUS and element.name not in _HISTORY


def _by_category(reported: dict[str, Element], reading: Reading) -> Status | None:
    """The status that a category says; None where none does."""
    for category in (*_SAYING_STATUS, *_SAYING_PROGRESS):
        if child := reported.get(category):
            for said in (category, *_SAYING_PROGRESS):  # a status says more than how far one has looked
                if said in reported:
                    reported[said].read = True
            known = known_status(child)
            if not known:
                _warn(child, reading)
            return known or "candidate"
    return None


def _by_word(reported: dict[str, Element], reading: Reading) -> Status | None:
    """The status that is the word of a category of another name."""
    for child in reported.values():
        if guess := status_of(child.text):
            child.read = True
            what = "%s:%d: %s %r is read as the status"
            log.warning(what, reading.path, child.place[0], child.category, child.text[:40])
            return guess
    return None


def _warn(child: Element, reading: Reading) -> None:
    what = "%s:%d: %s %r is not known; the term is a candidate"
    log.warning(what, reading.path, child.place[0], child.category, child.text[:40])
