"""Why a pair of terms is in the list, in plain words: what was counted, what speaks for it, what against it.

The judge gives each reason a name and a weight; ``reasons_for`` turns the weighty ones into phrases, the
weightiest first. What has no phrase is not said: the counts say it already, or it means little to a reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Evidence

_LEAST = 0.15
"""Weight in nats below which a reason is not worth a word: it moves a confidence of .5 by .04."""

_MOST = 4
"""Reasons of a side that are said: more are not read."""

_UNUSUAL = "words in an order that is unusual for a term"
_EVERYDAY = "an everyday word"
_INSIDE = "mostly seen inside a longer term"
_RARER = "one side is much rarer in its language than the other"
_COMMONER = "another translation is commoner"
_LONGER = "one side has more words than the other"
_MATCHING = "its words translate each other"
_DOUBTFUL = "its sentences may not translate each other"
_GENERAL = ("rare in general text", "common in general text")
_IN_DICTIONARY = ("the dictionary translates its words so", "")

PHRASES: dict[str, tuple[str, str]] = {
    "adjective after link": ("", _UNUSUAL),
    "adjective before link": ("", _UNUSUAL),
    "alignment": (_MATCHING, ""),
    "alike": ("spelt alike on both sides", ""),
    "and, or inside": ("", "joins two things"),
    "another translation is commoner": ("", _COMMONER),
    "article inside": ("", "an article stands inside it"),
    "before: a linking preposition": ("", "often preceded by a preposition"),
    "before: a noun": ("", "often preceded by a noun"),
    "before: an article": ("often preceded by an article", ""),
    "begins with adjective": ("", _UNUSUAL),
    "begins with function word": ("", "begins with a preposition or a negation"),
    "behind: a linking preposition": ("", "often followed by a preposition"),
    "behind: an adjective": ("", "often followed by an adjective"),
    "both noun phrases": ("both parts are nouns", "not both parts are nouns"),
    "capital": ("", "often written with a capital"),
    "cohesion": ("its words belong together", "its words seldom meet"),
    "comes from": ("", "often preceded by words that belong to it"),
    "cuts a better term": ("", "runs across a better term"),
    "doubtful sentence": ("", _DOUBTFUL),
    "ends with participle": ("", "ends with a participle"),
    "first words alike": ("begins alike on both sides", ""),
    "first words in the dictionary": _IN_DICTIONARY,
    "free": ("often stands by itself", _INSIDE),
    "general": ("", _EVERYDAY),
    "general adjective": ("", _EVERYDAY),
    "general head": ("", _EVERYDAY),
    "general noun": ("", _EVERYDAY),
    "goes on": ("", "often followed by words that belong to it"),
    "has an acronym": ("the text gives an acronym for it", ""),
    "in the dictionary": ("the dictionary has this pair", ""),
    "inner article": ("", "an article stands inside it"),
    "inner leading adjective": ("", _UNUSUAL),
    "leading adjective": ("", _UNUSUAL),
    "length": ("", "long for a term"),
    "length apart": ("", _LONGER),
    "link after adjective": ("", _UNUSUAL),
    "name in phrase": ("", "speaks of somebody or of a place"),
    "noun": ("its words are nouns", "a word of it may be no noun"),
    "noun in the dictionary": ("nouns in the dictionary", "a word of it is no noun in the dictionary"),
    "noun phrase": ("has the form of a term", "has no usual form of a term"),
    "other pairs": ("as sure as its acronym", _COMMONER),
    "overlap": (_MATCHING, "the words of both sides do not match well"),
    "overlap below rival": ("", "another translation fits better"),
    "overlap below target rival": ("", "translates another phrase better"),
    "part of a term": ("", _INSIDE),
    "part of a term, one word": ("", _INSIDE),
    "quoted": ("stands in quotation marks or brackets", ""),
    "rarity": ("", _RARER),
    "rate apart": ("equally frequent in both languages", _RARER),
    "rival": ("", _COMMONER),
    "same": ("written the same on both sides", ""),
    "same before": ("", "always preceded by the same word"),
    "same behind": ("", "always followed by the same word"),
    "several contexts": ("seen in several longer phrases", ""),
    "several words": ("several words", ""),
    "specificity": _GENERAL,
    "specificity, one word": _GENERAL,
    "terms elsewhere": ("such words are terms in other texts", "such words are no terms in other texts"),
    "trust": ("", _DOUBTFUL),
    "unequal length": ("", _LONGER),
    "verb": ("", "a word of it may be a verb"),
    "within": ("seen in several longer phrases", ""),
    "words in the dictionary": _IN_DICTIONARY,
}
"""What a reason says when it speaks for the pair, and when it speaks against it; "" = nothing worth a word."""


def reasons_for(evidence: Evidence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is said of a pair of terms, counts first: for it and against it.

    >>> from tm.model import Evidence
    >>> weights = (("bias", -1.8), ("specificity", 1.2), ("both noun phrases", 1.4), ("free", -0.5))
    >>> reasons_for(Evidence(12, 12, 12, 0.9, weights))[0]
    ('seen 12 times, always translated the same', 'both parts are nouns', 'rare in general text')
    >>> reasons_for(Evidence(12, 12, 12, 0.9, weights))[1]
    ('mostly seen inside a longer term',)
    """
    weighty = [reason for reason in evidence.reasons if abs(reason[1]) >= _LEAST and reason[0] in PHRASES]
    ranked = sorted(weighty, key=lambda reason: -abs(reason[1]))
    sides: tuple[list[str], list[str]] = ([counted(evidence)] if evidence.pair_count else [], [])
    for name, weight in ranked:
        against = int(weight < 0)
        sides[against].append(PHRASES[name][against])
    said, doubts = (list(dict.fromkeys(filter(None, side))) for side in sides)
    return tuple(said[: _MOST + 1]), tuple(doubts[:_MOST])


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
