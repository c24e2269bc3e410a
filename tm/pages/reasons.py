"""Why a pair of terms is in the list, in plain words: what was counted, what speaks for it, what against it.

The judge gives each reason a name and a weight; ``reasons_for`` turns the weighty ones into phrases, the
weightiest first. A name without a phrase stands as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Evidence

_LEAST = 0.15
"""Weight in nats below which a reason is not worth a word: it moves a confidence of .5 by .04."""

_COUNTED = ("bias", "frequency", "frequency, one word", "steady")
"""Reasons that the counts say already, and the bias, which is the same for every term."""

_NOT_PLAIN = "words in an order that is unusual for a term"
_EVERYDAY = "an everyday word"

PHRASES: dict[str, tuple[str, str]] = {
    "specificity, one word": ("rare in general text", "common in general text"),
    "specificity": ("rare in general text", "common in general text"),
    "alignment": ("its words translate each other", ""),
    "doubtful sentence": ("", "its sentences may not translate each other"),
    "rarity": ("", "one side is much rarer in its language than the other"),
    "both noun phrases": ("both parts are nouns", ""),
    "goes on": ("", "often followed by words that belong to it"),
    "comes from": ("", "often preceded by words that belong to it"),
    "cuts a better term": ("", "runs across a better term"),
    "part of a term, one word": ("", "mostly seen inside a longer term"),
    "part of a term": ("", "mostly seen inside a longer term"),
    "adjective before link": ("", _NOT_PLAIN),
    "inner leading adjective": ("", _NOT_PLAIN),
    "leading adjective": ("", _NOT_PLAIN),
    "several contexts": ("seen in several longer phrases", ""),
    "several words": ("several words", ""),
    "unequal length": ("", "one side has more words than the other"),
    "length": ("", "long for a term"),
    "another translation is commoner": ("", "another translation is commoner"),
    "name in phrase": ("", "speaks of somebody or of a place"),
    "inner article": ("", "an article stands inside it"),
    "has an acronym": ("the text gives an acronym for it", ""),
    "general adjective": ("", _EVERYDAY),
    "general noun": ("", _EVERYDAY),
    "general head": ("", _EVERYDAY),
}
"""What each reason says when it speaks for the pair, and when it speaks against it; "" = nothing to say."""


def reasons_for(evidence: Evidence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is said of a pair of terms, counts first: for it and against it.

    >>> from tm.model import Evidence
    >>> weights = (("bias", -1.8), ("specificity", 1.2), ("both noun phrases", 1.4), ("goes on", -0.5))
    >>> reasons_for(Evidence(12, 12, 12, 0.9, weights))[0]
    ('seen 12 times, always translated the same', 'both parts are nouns', 'rare in general text')
    >>> reasons_for(Evidence(12, 12, 12, 0.9, weights))[1]
    ('often followed by words that belong to it',)
    """
    weighty = [
        reason for reason in evidence.reasons if abs(reason[1]) >= _LEAST and reason[0] not in _COUNTED
    ]
    ranked = sorted(weighty, key=lambda reason: -abs(reason[1]))
    sides: tuple[list[str], list[str]] = ([counted(evidence)] if evidence.pair_count else [], [])
    for name, weight in ranked:
        against = weight < 0
        sides[against].append(PHRASES.get(name, (name, name))[against])
    return tuple(dict.fromkeys(filter(None, sides[0]))), tuple(dict.fromkeys(filter(None, sides[1])))


def counted(evidence: Evidence) -> str:
    """How often a pair was seen, and whether its parts are translated otherwise too.

    >>> from tm.model import Evidence
    >>> counted(Evidence(1, 1, 1)), counted(Evidence(9, 7, 6))
    ('seen once', 'seen 9 times, translated so 6 times')
    """
    return ", ".join(_counted(evidence))


def _counted(evidence: Evidence) -> Iterator[str]:
    pairs = evidence.pair_count
    seen = evidence.source_count or pairs
    yield f"seen {_times(seen)}"
    if seen > 1 and pairs >= seen and evidence.target_count <= pairs:
        yield "always translated the same"
    elif seen > 1 and pairs >= seen:
        yield f"always translated the same, though the translation is seen {_times(evidence.target_count)}"
    elif seen > 1:
        yield f"translated so {_times(pairs)}"


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number:,} times")
