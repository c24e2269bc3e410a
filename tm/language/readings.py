"""What a written word can be: its dictionary forms, each with a part of speech.

One file per language, ``data/readings-fr.bin``, made by ``bench/make_readings.py``: a graph in which words
with the same endings share the nodes of these endings, so that a million forms take less than one megabyte
and are read at once, with nothing to unpack. From a node one edge leads on for each letter that may follow.
A word is followed letter by letter; the two letters behind ``END`` are the number of its set of readings.

1. ``_graph`` reads the file of a language: the sets as lines of JSON, then the edges, four bytes each.
2. ``_Graph.followed`` follows a word; ``_Graph.alike`` takes any edge whose letter is alike but for its mark.
3. ``readings`` makes the dictionary forms: each is the word with some letters of its end replaced.

>>> [(reading.lemma, reading.part) for reading in readings("avions", "fr")]
[('avion', 'NOUN'), ('avoir', 'VERB')]
>>> sorted({reading.lemma for reading in readings("donnees", "fr", accents=False)})
['donner', 'donnée']
"""

from __future__ import annotations

import contextlib
import functools
import json
import pkgutil
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47
from tm.language.keys import unaccented

if TYPE_CHECKING:
    from mmap import mmap

ENCODING = "cp1252"
"""Of the letters in a file: one byte each."""

END = 0
"""The letter behind a word's last one."""

LAST = 1 << 8
"""Set in the last edge of a node. Below it stands the letter, above it (``TARGET`` bits to the left) the
number of the first edge of the node that the edge leads to."""

TARGET = 9

_NEAR = 3
"""Letters at a word's beginning whose edges are kept in dictionaries."""

DICTIONARY = 1
"""The first number of a reading: what simplemma's dictionary has; 0 for what other sources add."""


@functools.cache
def common_words(language: str) -> dict[str, str]:
    """The 1,000 words that a language uses most, the commonest first, as wordfreq has them, with their
    ``tm.language.forms.form_key``.

    Its lists take a fifth of a second to load, the keys a twentieth to make; a look-up asks for these alone.

    Args:
        language: one of which there is a file; any other has none.

    >>> [*common_words("pt-BR").items()][:3]
    [('de', 'de'), ('a', 'o'), ('o', 'o')]
    """
    lines = _content(f"common-{bcp47.base(language)}.txt").decode().splitlines()
    return dict(line.split() for line in lines)


class Reading(NamedTuple):
    """One thing that a word can be.

    Attributes:
        lemma: its dictionary form, as the dictionary writes it.
        part: its universal part of speech; NOUN, too, for a noun or adjective of which no more is known.
    """

    lemma: str
    part: str


@functools.lru_cache(maxsize=1 << 10)
def has_readings(language: str) -> bool:
    """Whether there is a file for this language.

    >>> has_readings("pt-BR"), has_readings("sw"), has_readings("")
    (True, False, False)
    """
    return bool(language) and bool(_mapped(f"readings-{bcp47.base(language)}.bin"))


@functools.lru_cache(maxsize=1 << 16)
def readings(form: str, language: str, *, accents: bool = True) -> tuple[Reading, ...]:
    """All that a word can be, what simplemma's dictionary has first; nothing for a word that no source has.

    Args:
        form: a word, in small letters unless the dictionary has a capital.
        language: one for which ``has_readings`` is true.
        accents: whether they must be written; else "ecole" may be "école", and "oeil" "œil".

    >>> readings("ferme", "fr")[-1], readings("xyz", "fr")
    (Reading(lemma='fermer', part='VERB'), ())
    """
    base = bcp47.base(language)
    result: dict[Reading, None] = {}
    for word, ruled in [(form, _followed(form, base))] if accents else _graph(base).alike(form):
        for _, strip, end, part in ruled:
            result[Reading(word[: len(word) - strip] + end, part)] = None
    return tuple(result)


def is_entry(word: str, part: str, language: str) -> bool:
    """Whether a word in small letters has an entry of its own as this part of speech: an infinitive, a noun.

    >>> is_entry("fermer", "VERB", "fr"), is_entry("ferme", "VERB", "fr")
    (True, False)
    """
    return Reading(word, part) in readings(word, language)


class Dictionary(Mapping[str, str]):
    """The words of simplemma's dictionary with their lemmas, read from the file of a language.

    >>> dictionary = Dictionary("fr")
    >>> dictionary["chevaux"], dictionary.get("xyz")
    ('cheval', None)
    """

    def __init__(self, base: str) -> None:
        """Read the file, unless it was read before."""
        self._base = base

    def __getitem__(self, form: str) -> str:
        """The lemma; KeyError for a word that the dictionary lacks."""
        for source, strip, end, _ in _followed(form, self._base)[:1]:
            if source == DICTIONARY:
                return form[: len(form) - strip] + end
        raise KeyError(form)

    def __iter__(self) -> Iterator[str]:
        """All words, in the order of their letters' bytes."""
        return (word for word, ruled in _graph(self._base).all_sets() if ruled[0][0] == DICTIONARY)

    def __len__(self) -> int:
        """How many words; counts them."""
        return sum(1 for _ in self)


_Set = tuple[tuple[int, int, str, str], ...]
"""The readings of a word: source, how many letters of its end to take off, what to put there, part of
speech."""


class _Graph:
    """The forms of one language."""

    def __init__(self, content: bytes | mmap) -> None:
        """Read the sets of a file; of its edges only those are read that a word asks for."""
        start = content.find(b"\n") + 1
        self._sets: list[_Set] = [tuple(map(tuple, ruled)) for ruled in json.loads(content[:start])]
        self._edges: Sequence[int] = memoryview(content)[start:].cast("I")
        if sys.byteorder == "big":
            swapped = array("I", self._edges)
            swapped.byteswap()
            self._edges = swapped
        self._by_letter: dict[int, dict[int, int]] = {}

    def followed(self, form: str) -> _Set:
        """The readings of a word that is written like this; none for a word that the file lacks."""
        letters = _encoded(form)
        node = 0
        for letter in letters[:_NEAR]:
            node = self._near(node).get(letter, -1)
            if node < 0:
                return ()
        for letter in letters[_NEAR:]:
            node = self._next(node, letter)
            if node < 0:
                return ()
        return self._set(node) if letters else ()

    def alike(self, form: str) -> Iterator[tuple[str, _Set]]:
        """The words that are written like this but for their marks, with their readings."""
        if _encoded(form):
            for word, node in self._alike(unaccented(form)):
                if ruled := self._set(node):
                    yield word, ruled

    def all_sets(self) -> Iterator[tuple[str, _Set]]:
        """Every word with its readings."""
        waiting = [("", 0)]
        while waiting:
            word, node = waiting.pop()
            if ruled := self._set(node):
                yield word, ruled
            waiting += [
                (word + bytes([letter]).decode(ENCODING), after)
                for letter, after in self._from(node)
                if letter != END
            ]

    def _alike(self, plain: str) -> list[tuple[str, int]]:
        """The words that are written like this once their marks are taken off, with the nodes they end at."""
        letters, plain_letters = _letters()
        ends, waiting = [], [("", 0, 0)]
        while waiting:
            word, at, node = waiting.pop()
            if at == len(plain):
                ends.append((word, node))
                continue
            for letter, after in self._from(node):
                if plain.startswith(plain_letters[letter], at) and letter != END:
                    waiting.append((word + letters[letter], at + len(plain_letters[letter]), after))
        return ends

    def _set(self, node: int) -> _Set:
        """The readings of the word that ends at a node; none where no word does."""
        node = self._next(node, END)
        if node < 0:
            return ()
        ((high, node),) = self._from(node)
        ((low, _),) = self._from(node)
        return self._sets[high << 8 | low]

    def _from(self, node: int) -> Iterator[tuple[int, int]]:
        """The edges of a node: letter, and where it leads."""
        edges = self._edges
        while True:
            edge = edges[node]
            yield edge & 0xFF, edge >> TARGET
            if edge & LAST:
                return
            node += 1

    def _near(self, node: int) -> dict[int, int]:
        """The edges of a node near the root, which have many and are asked for often."""
        if node not in self._by_letter:
            self._by_letter[node] = dict(self._from(node))
        return self._by_letter[node]

    def _next(self, node: int, letter: int) -> int:
        edges = self._edges
        while True:
            edge = edges[node]
            if edge & 0xFF == letter:
                return edge >> TARGET
            if edge & LAST:
                return -1
            node += 1


def _encoded(form: str) -> bytes:
    """The letters of a word as a file has them; none for a word with letters that no file has."""
    try:
        letters = form.encode(ENCODING)
    except UnicodeEncodeError:
        return b""
    return b"" if END in letters else letters


@functools.lru_cache(maxsize=1 << 16)
def _followed(form: str, base: str) -> _Set:
    """The readings of a word; kept, since a form is asked for its lemma as well as for what it can be."""
    return _graph(base).followed(form)


@functools.cache
def _letters() -> tuple[list[str], list[str]]:
    """Each letter of a file, and what it looks like without its mark."""
    letters = [bytes([letter]).decode(ENCODING, "replace") for letter in range(256)]
    return letters, [*map(unaccented, letters)]


@functools.cache
def _content(name: str) -> bytes:
    """The content of a data file; nothing where there is none."""
    with contextlib.suppress(FileNotFoundError):
        return pkgutil.get_data("tm.language", f"data/{name}") or b""
    return b""


@functools.cache
def _graph(base: str) -> _Graph:
    return _Graph(_mapped(f"readings-{base}.bin"))


@functools.cache
def _mapped(name: str) -> bytes | mmap:
    """A data file, not copied into memory; its content where it is no file (in an archive)."""
    from mmap import ACCESS_READ, mmap  # for forms only

    try:
        with Path(__file__).with_name("data").joinpath(name).open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):
        return _content(name)
