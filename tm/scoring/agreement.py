"""Whether new translations say what the memory says: where it has the same source, and where it has one like
it.

1. ``is_identical``: is the translation one of the memory's, character for character?
2. ``drift``: does the translation differ more from the memory's than the source does?
3. ``consistency``: is the same source always translated in the same way, in the job and in the memory?
   Segments are grouped by their text without case and typography (``_grouped``, ``_distinct``).

>>> from tm.model import Pair, Segment
>>> is_identical("\u00e9", ["e\u0301"])
True
>>> job = [Pair(Segment("Ouvrir"), Segment("Abrir")), Pair(Segment("Ouvrir"), Segment("Abra"))]
>>> consistency(job, [(), ()]).sources
(Disagreement(text='Ouvrir', others=('Abrir', 'Abra'), segments=(1, 2)),)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import language
from tm.formats.demands import context
from tm.memory.similarity import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.model import Match, Pair

LEFT = 0.30
"""The drift at which a translation has left the memory although the source hardly changed: of the same
source, three words of ten are new. One synonym, or an article with it, stays below in a sentence of usual
length. Chosen, not tuned."""


def is_identical(translation: str, references: Sequence[str]) -> bool:
    """Whether the translation is one of the references, character for character after NFC.

    >>> is_identical("Sim.", ["Pois.", "Sim."]), is_identical("sim.", ["Sim."])
    (True, False)
    """
    return language.nfc(translation) in {language.nfc(reference) for reference in references}


def drift(pair: Pair, match: Match, target: str) -> float:
    """How much further the translation is from the memory's translation than the source is from its source.

    Args:
        pair: the new translation.
        match: what the memory has for it.
        target: language tag.

    Returns:
        Likeness of the sources minus likeness of the translations, -1 to 1; numbers and typography do not
        count.

    >>> from tm.model import Match, Pair, Segment, Unit
    >>> stored = Pair(Segment("Fermez la porte"), Segment("Feche a porta"))
    >>> match = Match(Unit(()), stored, 100, 100, target="Feche a porta")
    >>> drift(Pair(Segment("Fermez la porte"), Segment("Cerre o portão")), match, "pt")
    1.0
    """
    return (match.base - likeness(match.pair.target, pair.target, target).base) / 100


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The same text on one side, different texts on the other.

    Attributes:
        text: what is the same.
        others: the different texts, in order, each once.
        segments: 1-based numbers of the job's segments that have it.
    """

    text: str
    others: tuple[str, ...]
    segments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Consistency:
    """Whether the same is always translated the same way.

    Attributes:
        sources: sources of the job that have several translations in it or in the memory.
        targets: translations of the job that stand for several sources.
        repeated: how many different sources stand in the job more than once.
        alike: how many of those have one translation only.
    """

    sources: tuple[Disagreement, ...]
    targets: tuple[Disagreement, ...]
    repeated: int
    alike: int


def consistency(
    job: Sequence[Pair], references: Sequence[Sequence[str]], numbers: Sequence[int] = ()
) -> Consistency:
    """Compare the job's translations with each other and with the memory's of the very same sources.

    Args:
        job: the pairs in order.
        references: for each pair what the memory has for its source, () when it has it not.
        numbers: by which each pair is called; () = from 1.

    >>> from tm.model import Pair, Segment
    >>> job = [Pair(Segment("oui"), Segment("sim")), Pair(Segment("Oui"), Segment("é"))]
    >>> consistency(job, [("sim",), ()]).sources
    (Disagreement(text='oui', others=('sim', 'é'), segments=(1, 2)),)
    """
    called = numbers or range(1, len(job) + 1)
    by_source = _grouped(job, lambda pair: (context(pair.unit) if pair.unit else "", pair.source.text))
    by_target = _grouped(job, lambda pair: ("", pair.target.text))
    sources, alike, repeated = [], 0, 0
    for places in by_source.values():
        inside = [job[place].target.text for place in places]
        repeated += len(places) > 1
        alike += len(places) > 1 and len(_distinct(inside)) == 1
        texts = _distinct(inside + [text for place in places for text in references[place]])
        if len(texts) > 1:
            segments = tuple(called[place] for place in places)
            sources.append(Disagreement(job[places[0]].source.text, tuple(texts), segments))
    targets = [
        Disagreement(job[places[0]].target.text, tuple(texts), tuple(called[place] for place in places))
        for places in by_target.values()
        if len(texts := _distinct([job[place].source.text for place in places])) > 1
    ]
    return Consistency(tuple(sources), tuple(targets), repeated, alike)


def _grouped(
    job: Sequence[Pair], side: Callable[[Pair], tuple[str, str]]
) -> dict[tuple[str, str], list[int]]:
    """The places, from 0, of the pairs with the same text, by the context in which it counts and the text."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, pair in enumerate(job):
        if pair.source.text.strip() and pair.target.text.strip():
            within, text = side(pair)
            groups[within, language.fold(text)].append(place)
    return groups


def _distinct(texts: Sequence[str]) -> list[str]:
    """The texts that differ in more than case, spaces and typography, the first of each kind."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(language.fold(text), text)
    return list(first.values())
