"""Which language a text is in, told from the text alone.

The script leaves few candidates; among them each word speaks for the languages that use it more often (naive Bayes over
the word rates of wordfreq), and a letter foreign to a language speaks against it. Small words decide most sentences.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from tm.language.profiles import BASIC, PROFILES, Profile
from tm.language.text import nfc
from tm.language.varieties import variety

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORDS = 300
"""A text is judged by so many of its words, taken evenly from all of it."""
_UNSEEN = math.log(1e-7)
"""Rate of a word that no list has; an order of magnitude below the rarest listed one."""
_FOREIGN_LETTER = -3.0
"""What a word with a letter that is not the language's speaks against it, in nats: names and loans have such letters too."""
_KIN = math.log(0.3)
"""A word taken from a kindred language counts for so much of its rate."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A language and why.

    Attributes:
        language: a tag, with the region where the text tells it (Portuguese only); "" for a text without letters.
        confidence: 0–1.
        evidence: short phrases for people, the strongest first.
    """

    language: str
    confidence: float
    evidence: tuple[str, ...] = ()


def detect(text: str) -> Detection:
    """The language of a text; one sentence is enough, a word often is not.

    >>> detect("O ônibus chegou atrasado e a gente perdeu o trem.").language
    'pt-BR'
    >>> detect("Le chat dort sur le canapé.").language, detect("Ο σκύλος κοιμάται.").language, detect("12:30").language
    ('fr', 'el', '')
    """
    text = nfc(text)
    script = _script(text)
    if not script:
        return Detection("", 0.0)
    candidates = [profile for profile in PROFILES if profile.script == script]
    if len(candidates) == 1:
        return Detection(candidates[0].tag, 0.99, (f"{script} script",))
    words = _sample(text)
    scores = {profile.tag: _score(profile, words) for profile in candidates}
    best, second = sorted(scores, key=lambda tag: -scores[tag])[:2]
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    evidence = _evidence(best, second, words)
    language, reasons = variety(best, text)
    return Detection(language, 1 / total, (*evidence, *reasons))


_SCRIPTS = (
    "Latin Cyrillic Arabic Greek Hebrew Devanagari Bengali Tamil Telugu Kannada Malayalam Gujarati Gurmukhi Sinhala Thai Lao"
    " Khmer Myanmar Georgian Armenian Ethiopic Hangul Han"
).split()
_LETTERS = regex.compile(
    "|".join(rf"(?P<{name}>\p{{Script={name}}})" for name in _SCRIPTS)
    + r"|(?P<Kana>[\p{Script=Hiragana}\p{Script=Katakana}])"
)


def _script(text: str) -> str:
    """The script of most letters. Japanese is known by its kana, however many Chinese characters stand between."""
    counts = Counter(str(found.lastgroup) for found in _LETTERS.finditer(text[:5000]))
    if counts["Kana"] * 10 > counts["Han"]:
        counts["Kana"] += counts.pop("Han", 0)
    if "Han" in counts:
        counts["Han"] *= 3  # one character is about as much text as three letters
    return max(counts, key=lambda name: counts[name]) if counts.total() else ""


def _sample(text: str) -> list[str]:
    words: list[str] = regex.findall(r"[\p{L}\p{M}]+", text.casefold())
    return words[:: len(words) // _WORDS + 1]


def _score(profile: Profile, words: Sequence[str]) -> float:
    return sum(_word_score(profile, word) for word in words)


@functools.lru_cache(maxsize=1 << 16)
def _word_score(profile: Profile, word: str) -> float:
    """The logarithm of the word's rate in the language, less what its foreign letters take off."""
    foreign = bool(_alphabet(profile)) and not _alphabet(profile).issuperset(word)
    return _log_rate(profile, word) + (_FOREIGN_LETTER if foreign else 0.0)


def _log_rate(profile: Profile, word: str) -> float:
    rate = _rates(profile).get(word, 0.0)
    if rate:
        return math.log(rate)
    kin = [_rates(other).get(word, 0.0) for other in PROFILES if other.tag in profile.kin]
    return max(_UNSEEN, math.log(max(kin)) + _KIN) if any(kin) else _UNSEEN


@functools.cache
def _alphabet(profile: Profile) -> frozenset[str]:
    return frozenset(BASIC[profile.script] + profile.letters) if profile.script in BASIC else frozenset()


@functools.cache
def _rates(profile: Profile) -> Mapping[str, float]:
    if profile.words:
        # Zipf's law; the commonest word of a European language is about 5 % of its text.
        return {word: 0.05 / place for place, word in reversed(list(enumerate(profile.words.split(), 1)))}
    import wordfreq

    rates: dict[str, float] = wordfreq.get_frequency_dict(profile.list, "small")
    return rates


def _evidence(best: str, second: str, words: Sequence[str]) -> list[str]:
    """The words that speak most for the best language against the second."""
    by_tag = {profile.tag: profile for profile in PROFILES}
    gains = {
        word: count * (_word_score(by_tag[best], word) - _word_score(by_tag[second], word))
        for word, count in Counter(words).items()
    }
    strongest = sorted((word for word in gains if gains[word] > 1), key=lambda word: -gains[word])[:6]
    return [f"{best} rather than {second}: {', '.join(strongest)}"] if strongest else []
