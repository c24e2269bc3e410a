"""Whether new translations say what the memory says: where it has the same source, and where it has one like
it.

1. ``is_identical``: is the translation one of the memory's, character for character?
2. ``drift``: does the translation differ more from the memory's nearest one than the source does?
3. ``consistency``: is the same source always translated in the same way, in the job, and as in the memory?
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
from typing import TYPE_CHECKING, NamedTuple

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
LEAST_WORDS = 2.5
"""Three words must differ (the likeness is rounded): in a segment of two words a synonym is half of all."""


def is_identical(translation: str, references: Sequence[str]) -> bool:
    """Whether the translation is one of the references, character for character after NFC.

    >>> is_identical("Sim.", ["Pois.", "Sim."]), is_identical("sim.", ["Sim."])
    (True, False)
    """
    return language.nfc(translation) in {language.nfc(reference) for reference in references}


class Drift(NamedTuple):
    """How far a translation went from the nearest of the memory's.

    Attributes:
        distance: likeness of the sources minus likeness of the translations, -1 to 1.
        words: how many words of the two translations differ, about.
    """

    distance: float
    words: float

    @property
    def has_left(self) -> bool:
        """Whether the translation has left the memory: far enough, and by more than a word or two.

        >>> Drift(0.5, 1).has_left, Drift(0.5, 4).has_left
        (False, True)
        """
        return self.distance >= LEFT and self.words >= LEAST_WORDS


def drift(pair: Pair, rivals: Sequence[Match], target: str) -> Drift | None:
    """How much further the translation is from the memory's nearest one than the source is from its source.

    Args:
        pair: the new translation.
        rivals: what the memory has for it: several translations of one source.
        target: language tag.

    Returns:
        The drift, in which numbers and typography do not count; None without rivals.

    >>> from tm.model import Match, Pair, Segment, Unit
    >>> def stored(text):
    ...     texts = Pair(Segment("Fermez la porte"), Segment(text))
    ...     return Match(Unit(()), texts, 100, 100, target=text)
    >>> new = Pair(Segment("Fermez la porte"), Segment("Cerre o portão"))
    >>> drift(new, [stored("Feche a porta")], "pt"), drift(new, [stored("Feche a porta"), stored("Cerre o portão")], "pt")
    (Drift(distance=1.0, words=3.0), Drift(distance=0.0, words=0.0))
    """
    if not rivals:
        return None
    return min(_drift(pair, rival, target) for rival in rivals)


def _drift(pair: Pair, rival: Match, target: str) -> Drift:
    alike = likeness(rival.pair.target, pair.target, target).base
    longer = max(language.word_count(side.text, target) for side in (rival.pair.target, pair.target))
    return Drift((rival.base - alike) / 100, (100 - alike) * longer / 100)


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
    """Whether the same is always translated the same way, inside the job and against the memory.

    Attributes:
        sources: sources that the job translates in several ways.
        targets: translations of the job that stand for several sources.
        repeated: how many different sources stand in the job more than once.
        alike: how many of those have one translation only.
        known: how many different sources of the job the memory has.
        kept: how many of those the job translates only as the memory does.
        unlike_memory: the others, with the job's translations and then the memory's.
    """

    sources: tuple[Disagreement, ...]
    targets: tuple[Disagreement, ...]
    repeated: int
    alike: int
    known: int = 0
    kept: int = 0
    unlike_memory: tuple[Disagreement, ...] = ()


def consistency(
    job: Sequence[Pair], references: Sequence[Sequence[str]], numbers: Sequence[int] = ()
) -> Consistency:
    """Compare the job's translations with each other, and with the memory's of the very same sources.

    Args:
        job: the pairs in order.
        references: for each pair what the memory has for its source, () when it has it not.
        numbers: by which each pair is called; () = from 1.

    >>> from tm.model import Pair, Segment
    >>> job = [Pair(Segment("oui"), Segment("sim")), Pair(Segment("Oui"), Segment("é"))]
    >>> found = consistency(job, [("sim",), ()])
    >>> found.sources == found.unlike_memory, found.sources
    (True, (Disagreement(text='oui', others=('sim', 'é'), segments=(1, 2)),))
    """
    called = numbers or range(1, len(job) + 1)
    by_source = _grouped(job, lambda pair: (context(pair.unit) if pair.unit else "", pair.source.text))
    by_target = _grouped(job, lambda pair: ("", pair.target.text))
    groups = list(by_source.values())
    inside = [_distinct([job[place].target.text for place in places]) for places in groups]
    repeated = [texts for places, texts in zip(groups, inside, strict=True) if len(places) > 1]
    known, unlike_memory = 0, []
    for places, texts in zip(groups, inside, strict=True):
        stored = _distinct([text for place in places for text in references[place]])
        known += bool(stored)
        if stored and len(_distinct([*stored, *texts])) > len(stored):
            unlike_memory.append(_disagreement(job, places, called, _distinct([*texts, *stored])))
    return Consistency(
        tuple(
            _disagreement(job, places, called, texts)
            for places, texts in zip(groups, inside, strict=True)
            if len(texts) > 1
        ),
        tuple(
            Disagreement(job[places[0]].target.text, tuple(texts), tuple(called[place] for place in places))
            for places in by_target.values()
            if len(texts := _distinct([job[place].source.text for place in places])) > 1
        ),
        len(repeated),
        sum(len(texts) == 1 for texts in repeated),
        known,
        known - len(unlike_memory),
        tuple(unlike_memory),
    )


def _disagreement(
    job: Sequence[Pair], places: Sequence[int], called: Sequence[int], texts: Sequence[str]
) -> Disagreement:
    segments = tuple(called[place] for place in places)
    return Disagreement(job[places[0]].source.text, tuple(texts), segments)


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
