"""Which phrase of a sentence is translated by which of the other.

Two phrases belong together as far as the links of their words stay between them: the phrase pairs of Och &
Ney (2004, "The alignment template approach"), with chances in place of yes and no.

The steps, in the order in which they work:

1. ``candidates.phrases`` gives the phrases of both sentences.
2. ``_Overlaps`` says how far the links of each two of them stay between them.
3. ``pair_phrases`` keeps the pairs of which neither side has a much better one. Which is right is left to the
   judge of terms, who sees all sentences.

``_Overlaps`` computes the overlap of any two phrases in constant time.

>>> import numpy as np
>>> from tm.terminology.sentences import analyse
>>> from tm.terminology.words import Links
>>> french, portuguese = analyse(["Un four à pain"], "fr")[0], analyse(["Um forno de pão"], "pt")[0]
>>> links = Links(np.eye(2), np.eye(2), np.eye(2))  # four = forno, pain = pão
>>> for pair in pair_phrases(0, french, portuguese, links):
...     print(french.surface(*pair.source), "=", portuguese.surface(*pair.target), pair.overlap)
four = forno 1.0
four à pain = forno de pão 1.0
pain = pão 1.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tm.terminology import candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.terminology.sentences import Sentence
    from tm.terminology.words import Links

    Span = tuple[int, int]

WORST = 0.4
"""Overlap below which two phrases are not taken for each other's translation: clearly less than half of their
links stay between them. At .5, 92.1 % of the terms of ten gold lists were among the pairs, at .4 93.3 %."""

_NEAR = 0.03
"""By how much a pair's overlap may be below the best of either side. At 0, 91.7 % of these terms were among
the pairs, at .2 93.3 %."""


class PhrasePair(NamedTuple):
    """Two phrases that translate each other in one sentence pair.

    Attributes:
        sentence: number of the sentence pair.
        source: token range, end exclusive.
        target: token range in the target sentence.
        overlap: 0–1, the links between the phrases against those that lead out of them.
        strict: whether both are noun phrases to their taggers.
    """

    sentence: int
    source: Span
    target: Span
    overlap: float
    strict: bool


def pair_phrases(number: int, source: Sentence, target: Sentence, links: Links) -> list[PhrasePair]:
    """The phrases of a sentence pair that translate each other; an example stands at the head of the module.

    Args:
        number: of the sentence pair.
        source: its source sentence.
        target: its target sentence.
        links: of their content words.
    """
    import numpy as np

    spans = list(candidates.phrases(source)), list(candidates.phrases(target))
    if not (links.forward.size and spans[0] and spans[1]):
        return []
    overlaps = _Overlaps(links)(_in_words(source, spans[0]), _in_words(target, spans[1]))
    is_noun_phrase = _noun_phrases(source, spans[0])[:, None] & _noun_phrases(target, spans[1])
    # Noun phrases compete with each other only: a noun is not a worse partner because a verb is a better one.
    is_near = _near_best(overlaps) | _near_best(np.where(is_noun_phrase, overlaps, 0.0))
    rows, columns = np.nonzero(is_near)
    chosen = rows.tolist(), columns.tolist(), overlaps[is_near].tolist(), is_noun_phrase[is_near].tolist()
    return [
        PhrasePair(number, spans[0][row], spans[1][column], overlap, strict)
        for row, column, overlap, strict in zip(*chosen, strict=True)
    ]


def _noun_phrases(sentence: Sentence, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which of the phrases are noun phrases to the tagger."""
    import numpy as np

    classes = sentence.classes
    return np.array([candidates.has_noun_pattern(classes[start:end]) for start, end in spans])


def _near_best(overlaps: NDArray[Any]) -> NDArray[np.bool_]:
    """Which overlaps are not much below the best of their row and their column.

    >>> import numpy as np
    >>> _near_best(np.array([[0.9, 0.88], [0.5, 0.7]])).tolist()
    [[True, True], [False, False]]
    """
    import numpy as np

    best = np.maximum(overlaps.max(1)[:, None], overlaps.max(0))
    is_near: NDArray[np.bool_] = (overlaps >= WORST) & (overlaps >= best - _NEAR)
    return is_near


def _in_words(sentence: Sentence, spans: Sequence[Span]) -> NDArray[np.int64]:
    """Token ranges as ranges of content words, one row each."""
    import numpy as np

    words: NDArray[np.int64] = np.searchsorted(np.array(sentence.content), np.array(spans))
    return words


class _Overlaps:
    """The overlap of any two phrases of a sentence pair, from sums over rectangles of its links.

    The overlap is links inside / (words of both + links that lead out - links inside).
    """

    def __init__(self, links: Links) -> None:
        """Sum the links up."""
        self.forward = _sums(links.forward)
        self.backward = _sums(links.backward)

    def __call__(self, source_words: NDArray[np.int64], target_words: NDArray[np.int64]) -> NDArray[Any]:
        """The overlap of each source phrase (row) with each target phrase (column)."""
        forward = _within(self.forward, source_words, target_words)
        backward = _within(self.backward, source_words, target_words)
        from_source, from_target = self.forward[source_words, -1], self.backward[-1, target_words]
        leaving = (from_source[:, 1] - from_source[:, 0])[:, None] + (from_target[:, 1] - from_target[:, 0])
        words = (source_words[:, 1] - source_words[:, 0])[:, None] + (
            target_words[:, 1] - target_words[:, 0]
        )[None, :]
        inside = forward + backward
        overlap: NDArray[Any] = inside / (words + leaving - inside)
        return overlap


def _sums(links: NDArray[Any]) -> NDArray[Any]:
    """``sums[i, j]``: the sum of the first i rows and j columns."""
    import numpy as np

    sums = np.zeros((links.shape[0] + 1, links.shape[1] + 1))
    sums[1:, 1:] = links.cumsum(0).cumsum(1)
    return sums


def _within(sums: NDArray[Any], rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[Any]:
    """The sums over the rectangles of all row ranges with all column ranges.

    >>> import numpy as np
    >>> _within(_sums(np.array([[1, 2], [3, 4]])), np.array([[0, 1], [0, 2]]), np.array([[1, 2]])).tolist()
    [[2.0], [6.0]]
    """
    first_row, last_row = rows[:, 0, None], rows[:, 1, None]
    first_column, last_column = columns[None, :, 0], columns[None, :, 1]
    within: NDArray[Any] = (
        sums[last_row, last_column]
        - sums[first_row, last_column]
        - sums[last_row, first_column]
        + sums[first_row, first_column]
    )
    return within
