"""How far a translation has come: one table from the words of formats and vendors to our seven states.

In: a unit with the file's own word as the property ``x-state``, which can so be written back. Out: a state.
``state_of`` answers for a unit, ``state_of_pair`` for a pair, ``state_of_word`` for a word.

A translation without text is untranslated, whatever the file says. A word that is not in the table is a
draft: it is never taken for finished. A message that lacks one of its plural forms is a
draft too.

>>> from tm.model import Segment, Unit, Variant
>>> variants = (Variant("fr", Segment("oui")), Variant("pt", Segment("sim")))
>>> [state_of(Unit(variants, annotations=described(word))) for word in ("needs-adaptation", "signed-off", "")]
['draft', 'reviewed', 'translated']
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, get_args

from tm.formats.demands import forms
from tm.model import Annotation, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.model import Pair, Unit

STATE = "x-state"
QUALIFIER = "x-state-qualifier"
APPROVED = "x-approved"
TRANSLATE = "x-translate"
OF_SEGMENT = "x-state:"
"""Stands before the ``mid`` of a segment, where a file gives each segment of a unit a state (SDLXLIFF)."""

FINISHED: frozenset[State] = frozenset(("translated", "reviewed", "final"))
"""The states that a memory, a check and a score take."""

GUESSES = frozenset("fuzzy initial new needs-translation needs-adaptation needs-l10n".split())
"""Words for a target that is a guess, or the source itself; pretranslation may replace it."""
UNREVIEWED = frozenset(("needs-review-translation", "needs-review-adaptation", "needs-review-l10n"))
"""Words for a target that waits for a reviewer; pretranslation does not touch it."""

_WORDS: dict[State, str] = {
    # XLIFF 1.2 and 2.x, SDL, memoQ, Phrase, MateCat; in small letters
    "untranslated": "new needs-translation initial unspecified notstarted",
    # gettext, XLIFF 1.2, SDL and MateCat, memoQ, Phrase, Qt
    "draft": "fuzzy needs-adaptation needs-l10n needs-review-translation needs-review-adaptation"
    " needs-review-l10n pretranslated assembledfromfragments partiallyedited edited m:confirmed=0 unfinished",
    # XLIFF, SDL and MateCat; memoQ, Phrase
    "translated": "manuallyconfirmed translatorconfirmed confirmed m:confirmed=1",
    # XLIFF 1.2 and 2.x, SDL and MateCat, memoQ
    "reviewed": "signed-off approvedtranslation approved proofread reviewer1confirmed",
    "final": "approvedsignoff approved2 reviewer2confirmed",
    "rejected": "rejectedtranslation rejectedsignoff",
    # Qt
    "obsolete": "vanished",
}
_STATES: dict[str, State] = {state: state for state in get_args(State)}
_STATES |= {word: state for state, words in _WORDS.items() for word in words.split()}
_FROM_A_MATCH = frozenset(
    "exact-match fuzzy-match id-match leveraged-inherited leveraged-mt leveraged-repository leveraged-tm"
    " mt-suggestion tm-suggestion leveraged-glossary".split()
)
"""The state-qualifiers of XLIFF 1.2 that name the origin of a proposal."""


def state_of_word(word: str) -> State:
    """What a word of a format means; a word that is not in the table is a draft.

    >>> [state_of_word(word) for word in ("fuzzy", "signed-off", "ApprovedSignOff", "x-checked-twice")]
    ['draft', 'reviewed', 'final', 'draft']
    """
    return _STATES.get(word.casefold(), "draft")


def state_of(unit: Unit) -> State:
    """How far the unit's translation has come.

    >>> from tm.model import Segment, Unit, Variant
    >>> both = (Variant("fr", Segment("oui")), Variant("pt", Segment("sim")))
    >>> state_of(Unit(both)), state_of(Unit(both, (), described("fuzzy"))), state_of(Unit(both[:1]))
    ('translated', 'draft', 'untranslated')
    """
    if len(unit.variants) < 2:
        return "untranslated"
    target = unit.variants[1]
    if len(unit.variants) == 2 and not target.segment.text.strip() and not target.segment.codes:
        return "untranslated" if not any(form.strip() for form in forms(target)) else "draft"
    if target.annotations and not all(form.strip() for form in forms(target)):
        return "draft"
    if not unit.annotations:
        return "translated"
    words = {
        annotation.type: annotation.text
        for annotation in reversed(unit.annotations)
        if annotation.name == "prop"
    }
    segments = [text for name, text in words.items() if name.startswith(OF_SEGMENT)]
    if segments:
        return min(map(state_of_word, segments), key=_ORDER.index)
    state = _state(words.get(STATE, ""), words.get(QUALIFIER, ""))
    return "reviewed" if state == "translated" and words.get(APPROVED) == "yes" else state


def _state(word: str, qualifier: str) -> State:
    """The state that ``state`` and ``state-qualifier`` of XLIFF say together.

    >>> _state("new", "fuzzy-match"), _state("translated", "rejected-grammar")
    ('draft', 'rejected')
    """
    if qualifier.startswith("rejected-"):
        return "rejected"
    if not word:
        return "draft" if qualifier in ("fuzzy-match", "mt-suggestion", "tm-suggestion") else "translated"
    state = state_of_word(word)
    return "draft" if state == "untranslated" and qualifier in _FROM_A_MATCH else state


_ORDER = ("rejected", "obsolete", "untranslated", "draft", "translated", "reviewed", "final")
"""The states from the worst on: a unit has come as far as the worst of its segments."""


def state_of_pair(pair: Pair) -> State:
    """How far the translation of a pair has come.

    A pair without a target is untranslated; a pair from no file is translated.

    >>> from tm.model import Pair, Segment
    >>> state_of_pair(Pair(Segment("oui"), Segment(""))), state_of_pair(Pair(Segment("oui"), Segment("sim")))
    ('untranslated', 'translated')
    """
    if not pair.target.text.strip() and not pair.target.codes:
        return "untranslated"
    return state_of(pair.unit) if pair.unit and len(pair.unit.variants) > 1 else "translated"


def described(
    word: str, qualifier: str = "", segments: dict[str, str] | None = None
) -> tuple[Annotation, ...]:
    """The properties with which a reader says the state of a unit's target; none for "".

    A guess and what waits for a review also have the origin "unreviewed", which costs a match something.

    Args:
        word: the file's own.
        qualifier: the ``state-qualifier`` of XLIFF 1.2.
        segments: the words for single segments, by their ``mid``.

    >>> [each.text for each in described("needs-review-translation")]
    ['needs-review-translation', 'unreviewed']
    """
    return tuple(_described(word, qualifier, segments or {}))


def _described(word: str, qualifier: str, segments: dict[str, str]) -> Iterator[Annotation]:
    if word:
        yield Annotation("prop", word, STATE)
    if qualifier:
        yield Annotation("prop", qualifier, QUALIFIER)
    yield from (Annotation("prop", text, OF_SEGMENT + mid) for mid, text in segments.items())
    if word in GUESSES | UNREVIEWED:
        yield Annotation("prop", "unreviewed", "x-origin")


def is_finished(unit: Unit) -> bool:
    """Whether the unit has a translation that is translated, reviewed or final.

    >>> from tm.model import Segment, Unit, Variant
    >>> variants = (Variant("fr", Segment("oui")), Variant("pt", Segment("sim")))
    >>> is_finished(Unit(variants)), is_finished(Unit(variants, (), described("fuzzy")))
    (True, False)
    """
    return state_of(unit) in FINISHED


def is_guess(unit: Unit) -> bool:
    """Whether the unit has no target, or one that is there to be replaced: the source, a fuzzy match.

    A draft that a person wrote, or that waits for a review, is not.

    >>> from tm.model import Segment, Unit, Variant
    >>> variants = (Variant("fr", Segment("oui")), Variant("pt", Segment("sim")))
    >>> [is_guess(Unit(variants, (), described(word))) for word in ("fuzzy", "needs-review-translation")]
    [True, False]
    """
    return len(unit.variants) < 2 or unit.property(STATE) in GUESSES


def is_examined(pair: Pair) -> bool:
    """Whether a check and a score look at the pair: it is finished, and it is to be translated.

    >>> from tm.model import Pair, Segment
    >>> is_examined(Pair(Segment("oui"), Segment("sim"))), is_examined(Pair(Segment("oui"), Segment("")))
    (True, False)
    """
    return state_of_pair(pair) in FINISHED and not (pair.unit and is_locked(pair.unit))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How much of a job is not finished: counted apart, and never as a fault.

    Attributes:
        waiting: the number of pairs that wait for a translator.
        drafts: the number of pairs with a draft.
        rejected: the number of pairs whose translation somebody rejected.

    >>> print(Unfinished(waiting=1, drafts=2))
    3 unfinished: 1 waits for translation, 2 drafts
    """

    waiting: int = 0
    drafts: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        """The counts for a summary, "" when all is finished."""
        parts = (
            (self.waiting, "waits for translation" if self.waiting == 1 else "wait for translation"),
            (self.drafts, "draft" if self.drafts == 1 else "drafts"),
            (self.rejected, "rejected"),
        )
        counts = ", ".join(f"{count} {what}" for count, what in parts if count)
        return f"{self.total} unfinished: {counts}" if counts else ""

    def counts(self) -> dict[str, int]:
        """The counts by name, and their sum.

        >>> Unfinished(waiting=1, drafts=2).counts()
        {'waiting': 1, 'drafts': 2, 'rejected': 0, 'unfinished': 3}
        """
        return {**asdict(self), "unfinished": self.total}

    @property
    def total(self) -> int:
        """The number of all of them."""
        return self.waiting + self.drafts + self.rejected


def unfinished(pairs: Iterable[Pair]) -> Unfinished:
    """Count what is not finished in a job.

    A pair that is not to be translated, or has nothing to translate, does not count.

    >>> from tm.model import Pair, Segment
    >>> unfinished([Pair(Segment("oui"), Segment("sim")), Pair(Segment("non"), Segment(""))])
    Unfinished(waiting=1, drafts=0, rejected=0)
    """
    counts = Counter(
        state_of_pair(pair)
        for pair in pairs
        if (pair.source.text.strip() or pair.source.codes) and not (pair.unit and is_locked(pair.unit))
    )
    return Unfinished(counts["untranslated"], counts["draft"], counts["rejected"])


def is_locked(unit: Unit) -> bool:
    """Whether the file says that the unit is not to be translated (XLIFF ``translate="no"``).

    >>> from tm.model import Unit
    >>> is_locked(Unit((), (), (Annotation("prop", "no", TRANSLATE),)))
    True
    """
    return unit.property(TRANSLATE) == "no"
