"""Many texts as numbers, from the numbers of their chunks: a text is cut at white space, and a chunk that was met
before is only looked up.

1. ``Lexicon.read`` looks the chunks of all texts up. A text whose tokens may hold white space, or that has no
   word, is one chunk (``_whole``).
2. ``_Chunks`` numbers chunks, and the hashes of their tokens, in the order in which they come.
3. ``_Chunks.queries`` and ``_Chunks.letters`` put the numbers of the chunks together, text by text.

>>> from tm.model import Segment
>>> queries, letters = Lexicon("fr").read([Segment("Le pont"), Segment("un e-mail"), Segment("LE !")])
>>> keys = ["le", "pont", "un", "e", "mail", "le"]
>>> queries.lengths.tolist(), queries.hashes[queries.tokens].tolist() == [hashed(key, "fr") for key in keys]
([2, 3, 1], True)
>>> letters == [*map(compounds.of_keys, (["le", "pont"], ["un", "email"], ["le"]))]
True
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tm.language import key_tokens
from tm.language.keys import NUMBER_KEY, keys_of, letters, reaches_across
from tm.store import compounds
from tm.store.queries import Queries
from tm.store.ragged import offsets, ranges
from tm.store.variants import hashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.model import Segment
    from tm.store.ragged import Numbers

MOST = 1 << 17
"""Chunks that are kept; when there are more, all are forgotten, to bound memory."""


class Lexicon:
    """The chunks of texts in one language that were read before."""

    def __init__(self, base: str) -> None:
        """For the language of this tag without region."""
        self.base = base
        self._chunks = _Chunks(base)

    def read(self, segments: Sequence[Segment]) -> tuple[Queries, list[int]]:
        """The texts' key tokens as hashes, and ``compounds.of_keys`` of each text.

        >>> Lexicon("fr").read([])[1]
        []
        """
        if self._chunks.count() > MOST:
            self._chunks = _Chunks(self.base)
        parts = [segment.text.split() or [""] for segment in segments]
        counts = np.fromiter(map(len, parts), np.int64, len(parts))
        numbers = map(self._chunks.__getitem__, chain.from_iterable(parts))
        chunks = np.fromiter(numbers, np.int64, int(counts.sum()))
        owners = np.repeat(np.arange(len(parts)), counts)
        is_kept = self._whole(segments, chunks, offsets(counts))
        chunks, owners = chunks[is_kept], owners[is_kept]
        return self._chunks.queries(chunks, owners, len(parts)), self._chunks.letters(
            chunks, owners, len(parts)
        )

    def _whole(self, segments: Sequence[Segment], chunks: Numbers, begins: Numbers) -> NDArray[np.bool_]:
        """Put one chunk in the place of those of each text that cannot be cut; which chunks are to be kept.

        Args:
            segments: the texts.
            chunks: of all texts; the first one of such a text is changed.
            begins: where those of each text begin.
        """
        is_kept = np.ones(len(chunks), np.bool_)
        sizes, is_unsure = self._chunks.sizes()[chunks], self._chunks.unsure()[chunks]
        if not len(chunks):
            return is_kept
        has_words, are_unsure = np.add.reduceat(sizes, begins) > 0, np.logical_or.reduceat(is_unsure, begins)
        ends = [*begins[1:].tolist(), len(chunks)]
        for text in np.flatnonzero(are_unsure | ~has_words).tolist():
            if not has_words[text] or reaches_across(segments[text].text):
                begin = int(begins[text])
                chunks[begin] = self._chunks.of_whole(segments[text])
                is_kept[begin + 1 : ends[text]] = False
        return is_kept


class _Chunks(dict[str, int]):
    """The number of each chunk.

    >>> chunks = _Chunks("fr")
    >>> [chunks[chunk] for chunk in ("Le", "pont", "Le")], chunks.sizes().tolist()
    ([0, 1, 0], [1, 1])
    """

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self._sizes, self._unsure = array("q"), array("b")
        self._spelled = array("Q"), array("Q")
        self._tokens = array("q")
        self._numbers: dict[int, int] = {}
        self._whole: dict[Segment, int] = {}

    def __missing__(self, chunk: str) -> int:
        keys = keys_of(chunk, self.base)
        # As little as makes it worth looking whether a token of the text reaches across white space.
        is_unsure = NUMBER_KEY in keys or "<" in chunk or "{" in chunk
        self[chunk] = number = self._added(keys, is_unsure=is_unsure)
        return number

    def of_whole(self, segment: Segment) -> int:
        """The number of a text that is one chunk."""
        if segment not in self._whole:
            self._whole[segment] = self._added(key_tokens(segment, self.base), is_unsure=False)
        return self._whole[segment]

    def _added(self, keys: Sequence[str], *, is_unsure: bool) -> int:
        numbers = self._numbers
        self._tokens.extend(numbers.setdefault(hashed(key, self.base), len(numbers)) for key in keys)
        self._sizes.append(len(keys))
        self._unsure.append(is_unsure)
        for figures, figure in zip(self._spelled, compounds.spelled(letters(keys)), strict=True):
            figures.append(figure)
        return len(self._sizes) - 1

    def count(self) -> int:
        """How many there are, texts that are one chunk among them."""
        return len(self._sizes)

    def sizes(self) -> Numbers:
        """How many tokens each has."""
        return np.array(self._sizes, np.int64)

    def unsure(self) -> NDArray[np.bool_]:
        """Which ones may be parts of a token that holds white space."""
        return np.array(self._unsure, np.bool_)

    def queries(self, chunks: Numbers, owners: Numbers, texts: int) -> Queries:
        """The hashed tokens of texts.

        Args:
            chunks: of all texts, one after the other.
            owners: the text of each.
            texts: how many there are.
        """
        sizes = self.sizes()
        of_chunks = sizes[chunks]
        tokens = np.array(self._tokens, np.int64)[ranges(offsets(sizes)[chunks], of_chunks)]
        hashes = np.fromiter(self._numbers, np.uint32, len(self._numbers))
        is_used = np.zeros(len(hashes), np.bool_)
        is_used[tokens] = True
        used = np.flatnonzero(is_used)
        used = used[np.argsort(hashes[used])]
        places = np.empty(len(hashes), np.int64)
        places[used] = np.arange(len(used))
        return Queries(hashes[used], places[tokens], np.bincount(owners, of_chunks, texts).astype(np.int64))

    def letters(self, chunks: Numbers, owners: Numbers, texts: int) -> list[int]:
        """The bits of each text's letters (``compounds.bits``)."""
        spelled = np.array([*map(np.array, self._spelled)])[:, chunks]
        bits: list[int] = compounds.bits_of_rows(owners, spelled, texts).tolist()
        return bits
