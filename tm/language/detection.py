"""Which language a text is in, seen from the text alone.

The script leaves few candidates. Among them, each word speaks for the languages that use it more often (naive
Bayes over the word rates of wordfreq), and a letter foreign to a language speaks against it. Function words
decide most sentences. The steps of ``detect``:

1. ``_excerpts`` takes some pages of a long text; addresses and file names are left out.
2. ``_script`` finds the script of most letters. If only one of the ``PROFILES`` has that script, it is the
   answer.
3. ``_sample`` takes up to 300 words from all over the text.
4. ``_scores`` adds up ``_word_score`` for each language, the commonest languages first.
5. The best language wins, or one of those that the caller expects, if it is not far behind.
6. ``variety`` adds the region, where the text shows it; ``_evidence`` says which words decided.

>>> _script("Le thé est prêt 茶"), _sample("Le thé, 12 thés")
('Latin', ['le', 'thé', 'thés'])
>>> french, spanish = (next(p for p in PROFILES if p.tag == tag) for tag in ("fr", "es"))
>>> _score(french, ["le", "thé"]) > _score(spanish, ["le", "thé"])
True
>>> detect("Le thé est prêt.").evidence
('fr rather than it: prêt, thé, est, le',)
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from tm import bcp47
from tm.language.profiles import BASIC, FIRST, PROFILES, Profile
from tm.language.text import nfc
from tm.language.varieties import variety

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_WORDS = 300
"""The most words by which a text is judged, taken evenly from all of it."""

_EXCERPT = 5_000
"""Characters of an excerpt; a long text is judged by twenty of them."""

_UNSEEN = math.log(1e-7)
"""Rate of a word that no list has; an order of magnitude below the rarest listed one."""

_LOOKS_RIGHT = math.log(2e-6)
"""Rate of an unlisted word with an ending of the language."""

_FOREIGN_LETTER = -3.0
"""Nats for a word with a letter that the language does not have: not more, since names and loans have such
letters."""

_KIN = math.log(0.3)
"""Factor on the rate of a word that stands only in the list of a kindred language."""

_TEMPER = 0.5
"""Exponent of the likelihoods. Naive Bayes takes words as independent, which they are not; without this,
confidence would be too high."""

_LIKELY = 0.1
"""The least likelihood of an expected language, as a share of the likeliest one's."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A language and why.

    Attributes:
        language: a tag, with the region where the text shows it (Portuguese only); "" for a text without
            letters.
        confidence: 0–1, that the language is right; it says nothing about the region.
        evidence: short phrases for people, the strongest first.
    """

    language: str
    confidence: float
    evidence: tuple[str, ...] = ()


def detect(text: str, expected: Sequence[str] = ()) -> Detection:
    """The language of a text. One sentence is enough, a word often is not.

    Args:
        text: any text.
        expected: tags of languages that the text is probably in. The likeliest of them is taken, unless
            another language is ten times as likely.

    >>> detect("Os ônibus atrasaram e a gente perdeu o trem.").language
    'pt-BR'
    >>> [detect(text).language for text in ("Le chat dort sur le canapé.", "Ο σκύλος κοιμάται.", "12:30")]
    ['fr', 'el', '']
    >>> detect("Un pont.").language, detect("Un pont.", ["fr", "pt-BR"]).language
    ('ca', 'fr')
    """
    text = _ADDRESS.sub(" ", nfc(_excerpts(text)))
    script = _script(text)
    if not script:
        return Detection("", 0.0)
    candidates = [profile for profile in PROFILES if profile.script == script]
    if len(candidates) == 1:
        return Detection(candidates[0].tag, 0.99, (f"{script} script",))
    words = _sample(text)
    scores = _scores(candidates, words)
    best, second = sorted(scores, key=lambda profile: -scores[profile])[:2]
    shares = {profile: math.exp(_TEMPER * (score - scores[best])) for profile, score in scores.items()}
    total = sum(shares.values())
    bases = set(map(bcp47.base, expected))
    nearest = max(
        (profile for profile in shares if bcp47.base(profile.tag) in bases),
        key=shares.__getitem__,
        default=best,
    )
    if nearest is not best and shares[nearest] >= _LIKELY:
        reason = "one of the languages expected"
        return Detection(variety(nearest.tag, text)[0], shares[nearest] / total, (reason,))
    language, reasons = variety(best.tag, text)
    return Detection(language, 1 / total, (*_evidence(best, second, words), *reasons))


def instead_of(text: str, language: str, among: Collection[str] = (), least: float = 0.0) -> Detection:
    """The language of a text, with the confidence that it is this one rather than another that it should be
    in.

    Args:
        text: any text.
        language: a tag, that of the language it should be in.
        among: tags of languages; where all are less likely than ``least``, no other is looked at, and no
            language given; with none of them, all are.
        least: a confidence.

    >>> found = instead_of("How do I copy a file?", "pt-BR")
    >>> found.language, found.confidence > 0.99, instead_of("O pão está no forno.", "pt-BR").confidence
    ('en', True, 0.0)
    """
    text = _ADDRESS.sub(" ", nfc(_excerpts(text)))
    script, base = _script(text), bcp47.base(language)
    candidates = [profile for profile in PROFILES if profile.script == script]
    own = next((profile for profile in PROFILES if profile.tag == base), None)
    if own is None or not candidates:
        return Detection("", 0.0)
    if own not in candidates:
        return Detection(candidates[0].tag, 0.99, (f"{script} script",))
    words = _sample(text)
    if among:
        asked = (profile for profile in candidates if profile.tag in among and profile is not own)
        lead = max((_score(profile, words) for profile in asked), default=-math.inf) - _score(own, words)
        if lead <= 0 or 1 - math.exp(-_TEMPER * lead) < least:
            return Detection("", 0.0)
    scores = _scores(candidates, words)
    best = max(scores, key=lambda profile: scores[profile])
    share = math.exp(_TEMPER * (scores.get(own, _score(own, words)) - scores[best]))
    return Detection(best.tag, 1 - share, tuple(_evidence(best, own, words)))


_ADDRESS = regex.compile(r"(?<!\S)(?=\S*?(?:[@/\\]|www\.))\S++")
"""Web and mail addresses and file names, which are in no language."""

_SCRIPTS = (
    "Latin Cyrillic Arabic Greek Hebrew Devanagari Bengali Tamil Telugu Kannada Malayalam Gujarati Gurmukhi"
    " Sinhala Thai Lao Khmer Myanmar Georgian Armenian Ethiopic Hangul Han"
).split()
_LETTERS = regex.compile(
    "|".join(rf"(?P<{name}>\p{{Script={name}}})" for name in _SCRIPTS)
    + r"|(?P<Kana>[\p{Script=Hiragana}\p{Script=Katakana}])"
)
_WEIGHTS = {"Latin": 0.5, "Han": 3.0, "Kana": 2.0}
"""Weight of a letter, where it is not 1: texts of every script have Latin names in them, and a Chinese
character is a syllable or a word."""


def _excerpts(text: str) -> str:
    """The text, or twenty excerpts from all over a long one."""
    if len(text) <= 20 * _EXCERPT:
        return text
    return "\n".join(text[start : start + _EXCERPT] for start in range(0, len(text), len(text) // 20))


def _script(text: str) -> str:
    """The script of most letters, "" without letters. Kana mean Japanese, even among many Chinese
    characters."""
    counts = Counter(str(letter.lastgroup) for letter in _LETTERS.finditer(text[:5000]))
    weights = {name: count * _WEIGHTS.get(name, 1.0) for name, count in counts.items()}
    if 10 * counts["Kana"] > counts["Han"]:
        weights["Kana"] = weights.get("Kana", 0) + weights.pop("Han", 0)
    return max(weights, key=lambda name: weights[name]) if counts.total() else ""


def _sample(text: str) -> list[str]:
    """The words, case-folded; of many words every second, third … one."""
    words: list[str] = regex.findall(r"[\p{L}\p{M}]+", text.casefold())
    return words[:: len(words) // _WORDS + 1]


def _scores(candidates: Sequence[Profile], words: Sequence[str]) -> dict[Profile, float]:
    """The logarithm of each candidate's likelihood.

    Loading the word lists of thirty languages takes 0.3 s. It is saved when one of the commonest languages
    knows three words in four of a text of 20 words or more.
    """
    first = {profile: _score(profile, words) for profile in candidates if profile.tag in FIRST}
    if first and len(words) >= 20:
        likeliest = max(first, key=lambda profile: first[profile])
        listed = sum(_log_rate(likeliest, word) > _LOOKS_RIGHT for word in words)
        if listed >= 0.75 * len(words):
            return first
    return first | {profile: _score(profile, words) for profile in candidates if profile.tag not in FIRST}


def _score(profile: Profile, words: Sequence[str]) -> float:
    return sum(_word_score(profile, word) for word in words)


@functools.lru_cache(maxsize=1 << 16)
def _word_score(profile: Profile, word: str) -> float:
    """The logarithm of the word's rate in the language, less _FOREIGN_LETTER if it has a foreign letter."""
    is_foreign = bool(_alphabet(profile)) and not _alphabet(profile).issuperset(word)
    return _log_rate(profile, word) + (_FOREIGN_LETTER if is_foreign else 0.0)


def _log_rate(profile: Profile, word: str) -> float:
    """The logarithm of the word's rate; for an unlisted word, what kindred languages or its ending
    suggest."""
    rate = _rates(profile).get(word, 0.0)
    if rate and word not in profile.excluded:
        return math.log(rate)
    kindred = max((_rates(kin).get(word, 0.0) for kin in PROFILES if kin.tag in profile.kin), default=0.0)
    by_ending = (
        _LOOKS_RIGHT if profile.endings and regex.search(rf"\w{{2}}{profile.endings}$", word) else _UNSEEN
    )
    return max(by_ending, math.log(kindred) + _KIN if kindred else _UNSEEN)


@functools.cache
def _alphabet(profile: Profile) -> frozenset[str]:
    """All letters of the language; none where the script has no BASIC ones."""
    return frozenset(BASIC[profile.script] + profile.letters) if profile.script in BASIC else frozenset()


@functools.cache
def _rates(profile: Profile) -> Mapping[str, float]:
    """The share of each word in texts of the language, from our list or wordfreq's."""
    if profile.words:
        # Zipf's law; the commonest word of a European language is about 5 % of its text.
        return {word: 0.05 / rank for rank, word in reversed(list(enumerate(profile.words.split(), 1)))}
    import wordfreq

    rates: dict[str, float] = wordfreq.get_frequency_dict(profile.list, "small")
    if profile.letter_by_letter:
        letters = regex.compile("|".join(profile.letter_by_letter))
        return {
            letters.sub(lambda letter: profile.letter_by_letter[letter[0]], word): rates[word]
            for word in rates
        }
    return rates


def _evidence(best: Profile, second: Profile, words: Sequence[str]) -> list[str]:
    """A phrase with the words, six at most, that speak for the best language against the second."""
    gains = {
        word: count * (_word_score(best, word) - _word_score(second, word))
        for word, count in Counter(words).items()
    }
    strongest = sorted((word for word in gains if gains[word] > 1), key=lambda word: -gains[word])[:6]
    return [f"{best.tag} rather than {second.tag}: {', '.join(strongest)}"] if strongest else []
