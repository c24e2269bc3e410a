"""Which phrase of a sentence is translated by which of the other.

Two phrases belong together as far as the links of their words stay between them: the phrase pairs of Och & Ney (2004,
"The alignment template approach"), with chances in place of yes and no.
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

WORST = 0.5
"""Below this overlap two phrases are not taken for each other's translation."""

_TIE = 1e-6
_LINKED = 0.3  # a word whose link is weaker does not stretch a phrase's translation


@dataclass(frozen=True, slots=True)
class PhrasePair:
    """Two phrases that translate each other in one sentence pair.

    Attributes:
        sentence: its number.
        source: token range, end exclusive.
        target: likewise.
        overlap: 0–1, the links between the phrases against those that lead out of them.
        strict: whether both are noun phrases to their taggers.
    """

    sentence: int
    source: tuple[int, int]
    target: tuple[int, int]
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
    """The noun phrases of a sentence pair that translate each other.

    A noun phrase is paired with the noun phrase that overlaps it best, each being the other's best; where the other
    side shows none, with the words its links lead to.

    Args:
        number: of the sentence pair.
        source: its source sentence.
        target: its target sentence.
        links: of their content words.
        tagged: whether there is a tagger for each language.
    """
    import numpy as np

    ours = list(candidates.phrases(source, tagged=tagged[0]))
    theirs = list(candidates.phrases(target, tagged=tagged[1]))
    if not links.forth.size:
        return
    table = _Overlaps(links)
    strength = np.sqrt(links.forth * links.back)
    here, there = _inside(source, ours), _inside(target, theirs)
    overlap = table(here, there)
    found: dict[tuple[tuple[int, int], tuple[int, int]], tuple[float, bool]] = {}
    rows, columns = overlap.max(1, initial=WORST), overlap.max(0, initial=WORST)
    for row, column in np.argwhere((overlap >= rows[:, None] - _TIE) & (overlap >= columns - _TIE)).tolist():
        found[ours[row], theirs[column]] = float(overlap[row, column]), True
    led: list[tuple[tuple[int, int] | None, tuple[int, int] | None]]
    led = [(span, _led_to(strength, at, target)) for span, at in zip(ours, here, strict=True)]
    led += [(_led_to(strength.T, at, source), span) for span, at in zip(theirs, there, strict=True)]
    for one, other in led:
        if one is None or other is None or (one, other) in found:
            continue
        if candidates.is_partner(source, *one) and candidates.is_partner(target, *other):
            found[one, other] = table.of(_inside(source, [one]), _inside(target, [other])), False
    best_here: dict[tuple[int, int], float] = {}
    best_there: dict[tuple[int, int], float] = {}
    for (one, other), (score, _) in found.items():
        best_here[one] = max(best_here.get(one, WORST), score)
        best_there[other] = max(best_there.get(other, WORST), score)
    for (one, other), (score, strict) in sorted(found.items()):
        if score < best_here[one] - _TIE or score < best_there[other] - _TIE:
            continue
        kinds = _class_alone(source, one), _class_alone(target, other)
        if kinds[0] == kinds[1]:
            yield PhrasePair(number, one, other, score, strict)
        elif one[1] - one[0] == other[1] - other[0] == 1:
            # A noun to one tagger and not to the other; what is seen often will show who is right.
            yield PhrasePair(number, one, other, score, strict=False)


def _class_alone(sentence: Sentence, span: tuple[int, int]) -> str:
    """A or V for an adjective or verb by itself, "" for a noun phrase."""
    shape = sentence.classes[slice(*span)]
    return shape if shape in ("A", "V") else ""


def _inside(sentence: Sentence, ranges: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Token ranges as ranges of content words."""
    import numpy as np

    content = sentence.content
    return np.array(
        [(bisect_left(content, start), bisect_left(content, end)) for start, end in ranges], np.int64
    ).reshape(-1, 2)


def _led_to(strength: NDArray[Any], span: NDArray[np.int64], other: Sentence) -> tuple[int, int] | None:
    """The token range that the links of a phrase lead to."""
    import numpy as np

    linked = np.flatnonzero(strength[span[0] : span[1]].max(0) >= _LINKED)
    return (other.content[linked[0]], other.content[linked[-1]] + 1) if len(linked) else None


class _Overlaps:
    """The overlap of any two phrases of a sentence pair, from sums over rectangles of its links."""

    def __init__(self, links: Links) -> None:
        self.forth = _sums(links.forth)
        self.back = _sums(links.back)

    def of(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
        """Of two phrases alone."""
        return float(self(one, other)[0, 0])

    def __call__(self, ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> NDArray[Any]:
        forth, back = _within(self.forth, ours, theirs), _within(self.back, ours, theirs)
        whole = self.forth.shape
        out = _within(self.forth, ours, _all(whole[1] - 1)) + _within(self.back, _all(whole[0] - 1), theirs)
        words = (ours[:, 1] - ours[:, 0])[:, None] + (theirs[:, 1] - theirs[:, 0])[None, :]
        inside = forth + back
        result: NDArray[Any] = inside / (words + out - inside)
        return result


def _all(size: int) -> NDArray[np.int64]:
    import numpy as np

    return np.array([[0, size]], np.int64)


def _sums(links: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    result = np.zeros((links.shape[0] + 1, links.shape[1] + 1))
    result[1:, 1:] = links.cumsum(0).cumsum(1)
    return result


def _within(sums: NDArray[Any], rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[Any]:
    top, bottom = rows[:, 0, None], rows[:, 1, None]
    left, right = columns[None, :, 0], columns[None, :, 1]
    result: NDArray[Any] = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return result
