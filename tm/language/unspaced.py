"""Words of scripts that are written without spaces between them: Japanese, Chinese, Thai, Lao, Khmer, Burmese.

``tokens`` has each of their characters by itself, and so have the index, percent and concordance, where a piece of
a word is to be found, too. Terms are made of words, which ``word_tokens`` gives:

1. ``_runs`` joins the characters that stand side by side.
2. ``_cut`` cuts each run into words. Of the ways to cut Chinese and Japanese the likeliest one is taken by the
   rates of wordfreq (``_likeliest``, dynamic programming); the other scripts have the dictionaries of ICU, with the
   extra ``[thai]``. Without it a word is what stands between zero-width spaces in a text that has
   them, as Khmer has; else each character stays by itself.

>>> [token.text for token in word_tokens("PDFのファイルを開きます", "ja")]
['PDF', 'の', 'ファイル', 'を', '開き', 'ます']
"""

from __future__ import annotations

import functools
import gzip
import importlib.util
import math
import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.language.text import fold
from tm.language.tokens import COMBINING, UNSPACED, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_UNSPACED = re.compile(f"[{UNSPACED}]")
EAST_ASIAN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Chinese characters and kana, with the mark that repeats a character (人々)."""
_KANA = re.compile(r"[\u3040-\u30ff]")
_OTHER = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese, Khmer."""

_CHARACTER = re.compile(rf".[{COMBINING}]*", re.DOTALL)
_MARKED = re.compile(f"(?<=[{UNSPACED}])\u200b(?=[{UNSPACED}])")
"""A border of a word that the text itself shows."""

_LONGEST = 10
"""Most characters of a word that is looked up. [terms that a list of other programs' words has so: Japanese 4 69 %, 6
78 %, 10 78 %; Chinese 4 87 %, 6 and 10 86 %]"""
_UNKNOWN = math.log(1e-8)
"""What a character weighs that no list has: as the rarest words of the lists."""


_BY_DICTIONARY = frozenset({"th", "lo", "km", "my"})
"""The languages whose words only the extra knows."""


@functools.cache
def has_dictionaries() -> bool:
    """Whether the extra ``[thai]`` is installed.

    >>> has_dictionaries() in (True, False)
    True
    """
    return importlib.util.find_spec("icu4py") is not None


def unknown_languages(tags: Iterable[str]) -> list[str]:
    """Those of the languages whose words are not known here.

    >>> unknown_languages(["pt-BR", "ja"])
    []
    """
    return [
        tag for tag in dict.fromkeys(tags) if bcp47.base(tag) in _BY_DICTIONARY and not has_dictionaries()
    ]


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of these scripts.

    >>> is_unspaced("東京 2026"), is_unspaced("Tokyo 2026")
    (True, False)
    """
    return not text.isascii() and _UNSPACED.search(text) is not None


def word_tokens(text: str, language: str = "", *, east_asian: bool = True) -> list[Token]:
    """The tokens of a text as ``tokens`` gives them, those of scripts without spaces joined to words.

    Args:
        text: any text; offsets refer to it as it came.
        language: a tag; it tells Japanese from Chinese.
        east_asian: whether those two are cut into words, or stay characters.

    >>> word_tokens("2つのサーバー", "ja")[-1]
    Token(text='サーバー', start=3, end=7, kind='word')
    >>> len(word_tokens("2つのサーバー", "ja", east_asian=False))
    7
    """
    cut = tokens(text, language)
    if not is_unspaced(text) or not (east_asian or _OTHER.search(text)):
        return cut
    return list(_words(text, cut, language, east_asian=east_asian))


def _words(text: str, cut: Iterable[Token], language: str, *, east_asian: bool) -> Iterator[Token]:
    marked = _MARKED.search(text) is not None
    japanese = bcp47.base(language) == "ja" or (not language and _KANA.search(text) is not None)
    for pattern, run in _runs(text, cut, (EAST_ASIAN, _OTHER) if east_asian else (_OTHER,)):
        if not pattern or len(run.text) == 1:
            yield run
            continue
        start = run.start
        language_of_run = "" if pattern is _OTHER else "ja" if japanese else "zh"
        for word in _cut(run.text, language_of_run, marked):
            yield Token(word, start, start + len(word), "word")
            start += len(word)


def _runs(
    text: str, cut: Iterable[Token], patterns: Sequence[re.Pattern[str]]
) -> Iterator[tuple[re.Pattern[str] | None, Token]]:
    """The tokens with the pattern that fits them, if any; those of one pattern that stand side by side as one."""
    before: tuple[re.Pattern[str] | None, Token] | None = None
    for token in cut:
        pattern = None
        if token.kind == "word":
            pattern = next((each for each in patterns if each.match(token.text)), None)
        if before and pattern and before[0] is pattern and before[1].end == token.start:
            run = before[1]._replace(text=text[before[1].start : token.end], end=token.end)
            before = pattern, run
            continue
        if before:
            yield before
        before = pattern, token
    if before:
        yield before


@functools.lru_cache(maxsize=1 << 14)
def _cut(run: str, language: str, marked: bool) -> list[str]:  # noqa: FBT001
    """The words of a run.

    Args:
        run: letters side by side.
        language: "ja" or "zh"; "" for the other scripts.
        marked: whether the text itself shows which they are.

    >>> _cut("快捷键", "zh", False)
    ['快捷键']
    """
    if language:
        return _likeliest(run, language)
    if has_dictionaries():
        from icu4py.breakers import WordBreaker

        return list(WordBreaker(run, "th"))  # the script chooses the dictionary, whatever the language
    return [run] if marked else _CHARACTER.findall(run)


def _likeliest(run: str, language: str) -> list[str]:
    """The words of Chinese or Japanese whose rates multiply to the most.

    >>> _likeliest("網路設定檔", "zh"), _likeliest("人々の権利", "ja")
    (['網路', '設定', '檔'], ['人々', 'の', '権利'])
    """
    weights = _weights(language)
    looked_up = simplified(run) if language == "zh" else fold(run)
    if len(looked_up) != len(run):
        looked_up = run
    best, begins = [0.0], [0]
    for end in range(1, len(run) + 1):
        best.append(best[end - 1] + weights.get(looked_up[end - 1], _UNKNOWN))
        begins.append(end - 1)
        for begin in range(max(0, end - _LONGEST), end - 1):
            weight = weights.get(looked_up[begin:end])
            if weight is not None and best[begin] + weight > best[end]:
                best[end], begins[end] = best[begin] + weight, begin
    words: list[str] = []
    end = len(run)
    while end:
        words.append(run[begins[end] : end])
        end = begins[end]
    return words[::-1]


def simplified(text: str) -> str:
    """Chinese in simplified characters, as wordfreq's list is.

    >>> simplified("網路設備"), simplified("设备")
    ('网路设备', '设备')
    """
    return text if text.isascii() else text.translate(_simpler())


@functools.cache
def _weights(language: str) -> Mapping[str, float]:
    """The logarithm of the share of each word in general language."""
    import wordfreq

    rates = wordfreq.get_frequency_dict(language)
    return {word: math.log(rate) for word, rate in rates.items() if len(word) <= _LONGEST}


@functools.cache
def _simpler() -> Mapping[int, str]:
    """The simplified form of each Chinese character that has one. wordfreq's own function for it needs another
    package."""
    import msgpack
    from wordfreq.util import data_path

    with gzip.open(data_path("_chinese_mapping.msgpack.gz"), "rb") as file:
        mapping: dict[int, str] = msgpack.load(file, raw=False, strict_map_key=False)
    return mapping
