"""Dictionaries that teach the aligner words: those of FreeDict, as Debian's packages ``dict-freedict-*`` lay
them, and tables of two columns.

A dictionary has far more words than two texts; only what stands in both is taken. The texts' words end
otherwise than a dictionary's: a word of the texts is taken for one of the dictionary that it begins with,
when it has no more than ``ENDING`` letters after it.

The steps, in the order in which they work:

1. ``installed`` finds the dictionaries of two languages, in either direction.
2. ``fitting`` gives of each the pairs of words that the texts have (``_Wanted``), read from a table
   (``_of_table``) or from an index and its articles (``_of_dictd``, ``_translations``).

>>> article = ["Berg /bɛʁk/ <n, masc>", "1. montagne, mont (littéraire)", "große Erhebung", "2. mine", "Schacht"]
>>> list(_translations(article)), list(_translations(["Braue /ˈbʁaʊ̯ə/ <n>", "sourcil", "Bogen über dem Auge"]))
(['montagne', 'mont', 'mine'], ['sourcil'])
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tm import files
from tm.alignment.vocabulary import STEM
from tm.errors import FormatError
from tm.language.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.alignment.options import Options

FOLDERS = ("/usr/share/dictd", "/usr/local/share/dictd", "/opt/homebrew/share/dictd")
"""Where dictionaries are installed."""

ENDING, BEGINNING = 3, 4
"""Most letters that a word of the texts has after a dictionary's, and fewest of the dictionary's word
then."""

LARGEST = 500_000_000
"""Most bytes of the articles of a dictionary; the largest of FreeDict have 60 million."""

_DIGITS = {
    character: value
    for value, character in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
_SENSE = re.compile(r"\s*\d+\.\s+(.*)")
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|<[^>]*>|\s\d+\.\s*$")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary, whose words are of the source language, or of the target language.

    Attributes:
        path: of a table, or of the ``.index`` of a dictionary.
        turned: its words are those of the target language.
    """

    path: str
    turned: bool = False

    @property
    def name(self) -> str:
        """The name without folder and ending.

        >>> Dictionary("/usr/share/dictd/freedict-fra-por.index").name
        'freedict-fra-por'
        """
        return Path(self.path).stem


def installed(languages: tuple[str, str]) -> list[Dictionary]:
    """The installed dictionaries of two languages, in either direction.

    >>> installed(("fr", "tlh"))
    []
    """
    import langcodes

    source, target = (langcodes.Language.get(tag).to_alpha3() if tag else "" for tag in languages)
    named = (
        Dictionary(os.path.join(folder, f"freedict-{first}-{second}.index"), turned)
        for first, second, turned in ((source, target, False), (target, source, True))
        for folder in FOLDERS
    )
    return [dictionary for dictionary in named if os.path.isfile(dictionary.path)]


def fitting(
    dictionaries: Iterable[Dictionary], words: tuple[Sequence[str], Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """The pairs of words of the texts that dictionaries have, each once.

    Args:
        dictionaries: of their two languages.
        words: of the source and of the target texts, as ``vocabulary.word_keys`` makes them.

    Raises:
        FormatError: a dictionary cannot be read.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("Berg", "montagne", sep=chr(9), file=file, flush=True)
    ...     list(fitting([Dictionary(file.name)], (["berge", "burg"], ["montagn"])))
    [('berge', 'montagn')]
    """
    wanted = _Wanted(words[0]), _Wanted(words[1])
    given: set[tuple[str, str]] = set()
    for dictionary in dictionaries:
        headwords, others = wanted[::-1] if dictionary.turned else wanted
        is_dictd = dictionary.path.endswith((".index", ".dict", ".dict.dz"))
        entries = _of_dictd(dictionary.path, headwords) if is_dictd else _of_table(dictionary.path)
        for word, translation in entries:
            for one in headwords.like(word):
                for other in others.like(translation):
                    pair = (other, one) if dictionary.turned else (one, other)
                    if pair not in given:
                        given.add(pair)
                        yield pair


def believed(segments: int, options: Options) -> float:
    """How far dictionaries are believed in texts of so many segments on the source's side.

    >>> from tm.alignment.options import Options
    >>> [round(believed(segments, Options()), 2) for segments in (4, 400, 40_000)]
    [0.94, 0.29, 0.2]
    """
    held = options.dictionary_held
    return options.dictionary + (1 - options.dictionary) * held / (held + segments)


class _Wanted:
    """The words of one side's texts, by how a dictionary may have them."""

    def __init__(self, words: Iterable[str]) -> None:
        """List each word by itself and by its beginnings."""
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            if word.isalpha():
                for size in range(max(len(word) - ENDING, BEGINNING), len(word)):
                    self._words[word[:size]].append(word)
                self._words[word].append(word)

    def like(self, word: str) -> Sequence[str]:
        """The words of the texts that may be this one of a dictionary.

        >>> _Wanted(["berge", "bergwer"]).like("Berg")
        ['berge', 'bergwer']
        """
        return self._words.get(fold(word)[:STEM], ())


def _of_table(path: str) -> Iterator[tuple[str, str]]:
    """The pairs of a table: a word, a tab and a translation on each line."""
    for number, line in enumerate(files.read_lines(path), 1):
        if line.strip() and not line.startswith("#"):
            word, tab, rest = line.partition("\t")
            if not tab:
                raise FormatError(
                    "has no tab; write a word, a tab and its translation", path=path, line=number
                )
            yield word.strip(), rest.partition("\t")[0].strip()


def _of_dictd(path: str, wanted: _Wanted) -> Iterator[tuple[str, str]]:
    """The pairs of a dictionary whose words are wanted; the index tells where each article stands."""
    base = path.removesuffix(".dz").removesuffix(".dict").removesuffix(".index")
    articles = _articles(base)
    read = set()
    for number, line in enumerate(files.read_lines(f"{base}.index"), 1):
        word, *place = line.split("\t")
        if word.startswith("00") or not wanted.like(word) or tuple(place) in read:
            continue
        read.add(tuple(place))
        try:
            begin, size = (_number(part) for part in place[:2])
        except (KeyError, ValueError):
            what = "is no line of an index; write a word and the place of its article, parted by tabs"
            raise FormatError(what, path=f"{base}.index", line=number) from None
        lines = articles[begin : begin + size].decode("utf-8", "replace").split("\n")
        for translation in _translations(lines):
            yield word, translation


def _articles(base: str) -> bytes:
    """The articles of a dictionary, packed or not."""
    if os.path.isfile(f"{base}.dict"):
        with files.reading(f"{base}.dict") as stream:
            return stream.read(LARGEST)
    path = f"{base}.dict.dz"
    with files.reading(path) as stream:
        try:
            with gzip.GzipFile(fileobj=stream) as packed:
                return packed.read(LARGEST)
        except (OSError, EOFError, zlib.error) as error:
            raise FormatError("is not a packed dictionary; install it again", path=path) from error


def _number(digits: str) -> int:
    """A number in the digits of an index, to the base 64.

    >>> _number("b"), _number("BW")
    (27, 86)
    """
    value = 0
    for digit in digits:
        value = 64 * value + _DIGITS[digit]
    return value


def _translations(article: Sequence[str]) -> Iterator[str]:
    """The translations in an article: in its numbered senses, else in the line after the word; an example
    heads the module."""
    senses = [match[1] for line in article[1:] if (match := _SENSE.match(line))]
    for sense in senses or article[1:2]:
        for translation in re.split("[,;]", _ASIDE.sub("", sense)):
            if translation.strip():
                yield translation.strip()
