"""What a bilingual dictionary says: which words translate each other, and which parts of speech they have.

A dictionary is a file of numbers: each fact ("réseau is a noun", "réseau is rede") is hashed to 32 bits, and
the hashes stand in order. So 80,000 facts take 300 kB and are read at once; of 100,000 questions whose answer
is no, one or two are answered with yes. ``bench/make_dictionary.py`` makes the files; ``data/NOTICE`` says
from what, and under which licence they come.

>>> bread = dictionary_of("fr", "pt-BR")
>>> bread.translates(["pain", "pain"], ["pão", "forno"]).tolist()
[True, False]
>>> bread.speech(["pain", "manger", "rouge"], "fr")
['N', 'V', 'A']
>>> dictionary_of("fr", "xx") is None
True
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING
from zlib import crc32

from tm import bcp47

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]

KINDS = "NAVP"
"""The parts of speech of a dictionary: noun, adjective, verb, name."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The facts of one dictionary, an example heads the module.

    Attributes:
        languages: base tags of the source and the target language.
        facts: hashes of what the dictionary says, in order.
    """

    languages: tuple[str, str]
    facts: Hashes

    def hashes(self, side: int, words: Iterable[str]) -> Hashes:
        """The words of the source language (side 0) or target language (side 1) as ``translates_hashes``
        wants them."""
        return hashes_of(self.languages[side], words)

    def translates(self, sources: Iterable[str], targets: Iterable[str]) -> NDArray[np.bool_]:
        """Whether each source entry, as lemmas, is translated by the target entry in the same place."""
        return self.translates_hashes(self.hashes(0, sources), self.hashes(1, targets))

    def translates_hashes(self, sources: Hashes, targets: Hashes) -> NDArray[np.bool_]:
        """The same for hashes: for millions of pairs of some thousands of words."""
        first, second = (sources, targets) if self.languages[0] < self.languages[1] else (targets, sources)
        return self._holds(translation_facts(first, second))

    def speech(self, words: Sequence[str], language: str) -> list[str]:
        """The letters of the parts of speech (``KINDS``) of each word, as lemma; "" for an unknown one."""
        base = bcp47.base(language)
        has = [self._holds(hashes_of(f"{base} {kind}", words)).tolist() for kind in KINDS]
        return [
            "".join(kind for kind, row in zip(KINDS, has, strict=True) if row[at]) for at in range(len(words))
        ]

    def _holds(self, facts: Hashes) -> NDArray[np.bool_]:
        import numpy as np

        places = np.searchsorted(self.facts, facts).clip(0, len(self.facts) - 1)
        holds: NDArray[np.bool_] = self.facts[places] == facts
        return holds


def hashes_of(kind: str, words: Iterable[str]) -> Hashes:
    """Words of one kind, a language or a part of speech in it, as numbers.

    >>> hashes_of("fr", ["pain"]).dtype.name
    'uint32'
    """
    import numpy as np

    return np.array([crc32(f"{kind} {word}".encode()) for word in words], np.uint32)


def translation_facts(first: Hashes, second: Hashes) -> Hashes:
    """The hashes of "this word is translated by that"; the language that is first in the alphabet goes first.

    >>> translation_facts(hashes_of("fr", ["pain"]), hashes_of("pt", ["pão"])).dtype.name
    'uint32'
    """
    import numpy as np

    # Two odd numbers, so that one word's bits do not cancel the other's.
    facts: Hashes = first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA6B)
    return facts


@functools.cache
def dictionary_of(source: str, target: str) -> Dictionary | None:
    """The dictionary of two languages, whichever of them is the source; None if there is none."""
    import numpy as np

    languages = bcp47.base(source), bcp47.base(target)
    first, second = sorted(languages)
    file = resources.files("tm.terminology").joinpath("data", f"dictionary-{first}-{second}.bin")
    return Dictionary(languages, np.frombuffer(file.read_bytes(), "<u4")) if file.is_file() else None
