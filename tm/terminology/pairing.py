"""Which phrase of a sentence is translated by which of the other.

Two phrases belong together as far as the links of their words stay between them: the phrase pairs of Och &
Ney (2004, "The alignment template approach"), with chances in place of yes and no.

The steps, in the order in which they work:

1. ``candidates.phrases`` gives the phrases of both sentences.
2. ``_best_overlaps`` pairs phrases of the two sides each of which overlaps no other phrase more.
3. ``_followed_links`` pairs a phrase with the words that its links lead to (``_linked_span``), where the
   tagger of the other language saw no phrase.
4. ``_agreed`` keeps the pairs of which each side has no better one.

``_Overlaps`` computes the overlap of any two phrases in constant time.

>>> import numpy as np
>>> from tm.terminology.sentences import analyse
>>> from tm.terminology.words import Links
>>> french, portuguese = analyse(["Un four à pain"], "fr")[0], analyse(["Um forno de pão"], "pt")[0]
>>> links = Links(np.eye(2), np.eye(2), np.eye(2))  # four = forno, pain = pão
>>> for pair in pair_phrases(0, french, portuguese, links, tagged=(True, True)):
...     print(french.surface(*pair.source), "=", portuguese.surface(*pair.target), pair.overlap)
four = forno 1.0
four à pain = forno de pão 1.0
pain = pão 1.0
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tm.terminology import candidates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.terminology.sentences import Sentence
    from tm.terminology.words import Links

    Span = tuple[int, int]
    Scores = dict[tuple[Span, Span], tuple[float, bool]]

WORST = 0.5
"""Overlap below which two phrases are not taken for each other's translation: less than half of
their links stay between them. No measurement is kept."""

_LINKED = 0.3
"""Strength of a link below which it does not stretch a phrase's translation. No measurement is kept."""

_TIE = 1e-6
"""Overlaps that differ by less are equal: they are sums in another order."""


@dataclass(frozen=True, slots=True)
class PhrasePair:
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


def pair_phrases(
    number: int,
    source: Sentence,
    target: Sentence,
    links: Links,
    *,
    tagged: tuple[bool, bool],
) -> Iterator[PhrasePair]:
    """The phrases of a sentence pair that translate each other; an example stands at the head of the module.

    Args:
        number: of the sentence pair.
        source: its source sentence.
        target: its target sentence.
        links: of their content words.
        tagged: whether there is a tagger for each language.
    """
    if not links.forward.size:
        return
    spans = (
        list(candidates.phrases(source, tagged=tagged[0])),
        list(candidates.phrases(target, tagged=tagged[1])),
    )
    overlaps = _Overlaps(links)
    scores = _best_overlaps(source, target, spans, overlaps)
    for pair in _followed_links(source, target, spans, links):
        if pair not in scores:
            scores[pair] = overlaps.of_pair(_in_words(source, pair[:1]), _in_words(target, pair[1:])), False
    for source_span, target_span in _agreed(scores):
        score, strict = scores[source_span, target_span]
        if _class_alone(source, source_span) == _class_alone(target, target_span):
            yield PhrasePair(number, source_span, target_span, score, strict)
        elif source_span[1] - source_span[0] == target_span[1] - target_span[0] == 1:
            # A noun to one tagger and not to the other; what is seen often will show who is right.
            yield PhrasePair(number, source_span, target_span, score, strict=False)


def _best_overlaps(
    source: Sentence, target: Sentence, spans: tuple[list[Span], list[Span]], overlaps: _Overlaps
) -> Scores:
    """The pairs of phrases each of which overlaps no other phrase more, with their overlap."""
    import numpy as np

    overlap = overlaps(_in_words(source, spans[0]), _in_words(target, spans[1]))
    best_of_rows, best_of_columns = overlap.max(1, initial=WORST), overlap.max(0, initial=WORST)
    is_best = (overlap >= best_of_rows[:, None] - _TIE) & (overlap >= best_of_columns - _TIE)
    return {
        (spans[0][row], spans[1][column]): (float(overlap[row, column]), True)
        for row, column in np.argwhere(is_best).tolist()
    }


def _followed_links(
    source: Sentence, target: Sentence, spans: tuple[list[Span], list[Span]], links: Links
) -> Iterator[tuple[Span, Span]]:
    """Each phrase with the words of the other side that its links lead to, where those can be a term."""
    import numpy as np

    strength = np.sqrt(links.forward * links.backward)
    pairs: list[tuple[Span | None, Span | None]] = [
        (span, _linked_span(strength, words, target))
        for span, words in zip(spans[0], _in_words(source, spans[0]), strict=True)
    ]
    pairs += [
        (_linked_span(strength.T, words, source), span)
        for span, words in zip(spans[1], _in_words(target, spans[1]), strict=True)
    ]
    for source_span, target_span in pairs:
        if (
            source_span
            and target_span
            and candidates.is_partner(source, *source_span)
            and candidates.is_partner(target, *target_span)
        ):
            yield source_span, target_span


def _linked_span(strength: NDArray[Any], words: NDArray[np.int64], partner: Sentence) -> Span | None:
    """The token range of the partner sentence that the links of these words lead to, None without a strong
    link."""
    import numpy as np

    linked = np.flatnonzero(strength[words[0] : words[1]].max(0) >= _LINKED)
    return (partner.content[linked[0]], partner.content[linked[-1]] + 1) if len(linked) else None


def _agreed(scores: Scores) -> Iterator[tuple[Span, Span]]:
    """The pairs of which neither side has a better pair, in order.

    >>> a, b, c, d = (0, 1), (4, 5), (0, 1), (2, 3)  # two source spans, two target spans
    >>> list(_agreed({(a, c): (0.9, True), (a, d): (0.8, True), (b, d): (0.7, True)}))
    [((0, 1), (0, 1))]
    """
    best_of_source: dict[Span, float] = {}
    best_of_target: dict[Span, float] = {}
    for (source_span, target_span), (score, _) in scores.items():
        best_of_source[source_span] = max(best_of_source.get(source_span, WORST), score)
        best_of_target[target_span] = max(best_of_target.get(target_span, WORST), score)
    for (source_span, target_span), (score, _) in sorted(scores.items()):
        if score >= best_of_source[source_span] - _TIE and score >= best_of_target[target_span] - _TIE:
            yield source_span, target_span


def _class_alone(sentence: Sentence, span: Span) -> str:
    """A or V for an adjective or verb by itself, "" for a noun phrase."""
    shape = sentence.classes[slice(*span)]
    return shape if shape in ("A", "V") else ""


def _in_words(sentence: Sentence, spans: Sequence[Span]) -> NDArray[np.int64]:
    """Token ranges as ranges of content words, one row each."""
    import numpy as np

    content = sentence.content
    return np.array(
        [(bisect_left(content, start), bisect_left(content, end)) for start, end in spans], np.int64
    ).reshape(-1, 2)


class _Overlaps:
    """The overlap of any two phrases of a sentence pair, from sums over rectangles of its links.

    The overlap is links inside / (words of both + links that lead out - links inside).
    """

    def __init__(self, links: Links) -> None:
        """Sum the links up."""
        self.forward = _sums(links.forward)
        self.backward = _sums(links.backward)

    def of_pair(self, source_words: NDArray[np.int64], target_words: NDArray[np.int64]) -> float:
        """The overlap of two phrases, each given as one row."""
        return float(self(source_words, target_words)[0, 0])

    def __call__(self, source_words: NDArray[np.int64], target_words: NDArray[np.int64]) -> NDArray[Any]:
        """The overlap of each source phrase (row) with each target phrase (column)."""
        forward = _within(self.forward, source_words, target_words)
        backward = _within(self.backward, source_words, target_words)
        rows, columns = self.forward.shape
        leaving = _within(self.forward, source_words, _all(columns - 1)) + _within(
            self.backward, _all(rows - 1), target_words
        )
        words = (source_words[:, 1] - source_words[:, 0])[:, None] + (
            target_words[:, 1] - target_words[:, 0]
        )[None, :]
        inside = forward + backward
        overlap: NDArray[Any] = inside / (words + leaving - inside)
        return overlap


def _all(size: int) -> NDArray[np.int64]:
    """All words of a side, as one row."""
    import numpy as np

    return np.array([[0, size]], np.int64)


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
