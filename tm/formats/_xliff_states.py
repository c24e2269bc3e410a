"""States of XLIFF: where its versions and vendors say one, and how ours are written. ``states.py`` has what a word means.

In: the attributes of an element. Out: a word for a state, which a unit keeps as it is (``word_of_unit``,
``word_of_segment``; ``state`` and ``state-qualifier`` of a ``<target>`` need nothing); and the way back: ``state_1``
gives the word of XLIFF 1.2, ``state_2`` the attributes of 2.0.

>>> state_1("Proofread"), state_2("translated")
('signed-off', (('state', 'translated'),))
"""

from __future__ import annotations

from tm.formats.states import UNREVIEWED, state_of_word

_STATES_1 = frozenset(
    "final needs-adaptation needs-l10n needs-review-adaptation needs-review-l10n needs-review-translation"
    " needs-translation new signed-off translated".split()
)
_STATES_2 = frozenset(("initial", "translated", "reviewed", "final"))
_OWN_STATE = "ponte:"


def word_of_unit(attributes: dict[str, str]) -> str:
    """The word for a state that memoQ or Phrase gives a ``<trans-unit>``; "" for none.

    >>> word_of_unit({"m:confirmed": "1"}), word_of_unit({"mq:status": "Proofread"})
    ('m:confirmed=1', 'Proofread')
    """
    confirmed = attributes.get("m:confirmed")
    return attributes.get("mq:status", "") if confirmed is None else f"m:confirmed={confirmed}"


def state_1(state: str) -> str:
    """A state as XLIFF 1.2 writes it; "" for none.

    >>> state_1("fuzzy"), state_1("translated"), state_1("reviewed")
    ('needs-translation', 'translated', 'signed-off')
    """
    if state in _STATES_1 or state.startswith("x-") or not state:
        return state
    words = {"translated": "translated", "reviewed": "signed-off", "final": "final"}
    return words.get(state_of_word(state), "needs-translation")


def state_2(state: str) -> tuple[tuple[str, str], ...]:
    """A state as the attributes of a ``<segment>`` of XLIFF 2.0.

    >>> state_2("final"), state_2("fuzzy")
    ((('state', 'final'),), (('state', 'initial'), ('subState', 'ponte:fuzzy')))
    """
    if state in _STATES_2 or not state:
        return (("state", state),) if state else ()
    meaning = "translated" if state in UNREVIEWED else state_of_word(state)
    return (("state", meaning if meaning in _STATES_2 else "initial"), ("subState", _OWN_STATE + state))


def word_of_segment(attributes: dict[str, str]) -> str:
    """The word for a state in the attributes of a ``<segment>`` of 2.x; "" for none.

    >>> word_of_segment({"state": "initial", "subState": "ponte:fuzzy"}), word_of_segment({"state": "final"})
    ('fuzzy', 'final')
    """
    sub = attributes.get("subState", "")
    return sub.removeprefix(_OWN_STATE) if sub.startswith(_OWN_STATE) else attributes.get("state", "")
