"""The terms of a large memory: found block by block, and put together.

Some thousand units are enough to align words and to judge terms, so that more of them are cut into blocks, each
with its own extraction. What was found in a block holds as long as its units do: a caller may keep it (``Keep``),
and when a hundred units are added, one block is extracted again.

1. ``cut`` makes the blocks. A block ends where a unit's own text says so, by a checksum: units that are added,
   changed or taken out change the blocks that they are in, and no others.
2. ``extract_in_blocks`` extracts each block, or takes what was kept of it.
3. ``_Joined`` adds up the counts of a term pair, in whatever forms the blocks have it; its confidence is the
   mean of theirs, each as often as the pair was seen in the block. ``_concepts`` makes concepts again.

>>> from tm.direction import Direction
>>> from tm.model import Pair, Segment
>>> sold = Pair(Segment("Il vend des fours à pain."), Segment("Ele vende fornos de pão."))
>>> aged = Pair(Segment("Le four à pain est vieux."), Segment("O forno de pão é velho."))
>>> first = extract_in_blocks([sold, aged], Direction("fr", "pt"))[0]
>>> [term.text for term in first.terms], first.terms[1].evidence.pair_count
(['four à pain', 'forno de pão'], 2)
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from tm.model import Concept, Evidence
from tm.terminology.entries import commonest_forms, order
from tm.terminology.extraction import extract
from tm.terminology.glossary import TermKey, key_of, merge, term_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Pair, Term
    from tm.shelves import Each

WHOLE = 4_000
"""Pairs up to which all are extracted together."""

SHORTEST, USUAL, LONGEST = 500, 700, 1_500
"""Units of a block: at least, how many more on average, at most."""

LEAST_IN_BLOCK = 0.3
"""The confidence from which a pair counts in a block: what is doubtful in one may be sure in another."""

_CONTEXTS = 3
"""How many contexts are kept of a pair."""

AT_ONCE = 16
"""How many blocks are in memory while workers extract them."""


class Keep(Protocol):
    """What keeps the concepts of blocks from one extraction to the next."""

    def get(self, block: Sequence[Pair], /) -> list[Concept] | None:
        """The concepts that were kept of a block; None when there are none."""

    def put(self, block: Sequence[Pair], concepts: list[Concept], /) -> None:
        """Keep the concepts of a block."""


def extract_in_blocks(
    pairs: Iterable[Pair],
    direction: Direction,
    *,
    decided: Sequence[Concept] = (),
    least: float | None = None,
    keep: Keep | None = None,
    each: Each = map,
) -> list[Concept]:
    """The terms of aligned texts, however many; up to ``WHOLE`` pairs they are those of ``extract``.

    Args:
        pairs: sentence pairs; no more of them are held than make a block, or ``AT_ONCE`` blocks on workers.
        direction: from which language into which.
        decided: a glossary whose approved terms teach the word alignment.
        least: the confidence below which nothing is listed, 0–1; None = the bound of ``extract``, of blocks
            ``LEAST_IN_BLOCK``.
        keep: has what was kept of a block; asked for blocks only.
        each: extracts blocks on workers, as ``map`` does here.

    Returns:
        See ``extract``.
    """
    stream = iter(pairs)
    first = list(islice(stream, WHOLE + 1))
    if len(first) <= WHOLE:
        return extract(first, direction, decided=decided, least=least)
    joined = _Joined(direction)
    extracted = partial(extract, direction=direction, decided=decided, least=bound_in_block(least))
    blocks = cut(chain(first, stream))
    while window := list(islice(blocks, 1 if each is map else AT_ONCE)):
        kept = [keep.get(block) if keep else None for block in window]
        missing = [block for block, concepts in zip(window, kept, strict=True) if concepts is None]
        fresh = iter(each(extracted, missing))
        for block, old in zip(window, kept, strict=True):
            concepts = next(fresh) if old is None else old
            if keep and old is None:
                keep.put(block, concepts)
            joined.add(concepts)
    return merge(joined.concepts(LEAST_IN_BLOCK if least is None else least), ())


def bound_in_block(least: float | None) -> float:
    """The confidence from which a pair counts in a block, when those below ``least`` are not listed.

    >>> bound_in_block(None), bound_in_block(0.1)
    (0.3, 0.1)
    """
    return LEAST_IN_BLOCK if least is None else min(least, LEAST_IN_BLOCK)


def cut(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The blocks, in order, each as soon as its pairs are read.

    >>> from tm.model import Pair, Segment
    >>> pairs = [Pair(Segment(f"four {number}"), Segment("forno")) for number in range(5000)]
    >>> blocks, fewer = list(cut(pairs)), list(cut([*pairs[:100], *pairs[101:]]))
    >>> sum(map(len, blocks)), blocks[2:] == fewer[-len(blocks[2:]):]
    (5000, True)
    """
    block: list[Pair] = []
    for pair in pairs:
        block.append(pair)
        if len(block) >= LONGEST or (len(block) >= SHORTEST and _ends_block(pair)):
            yield block
            block = []
    if block:
        yield block


def _ends_block(pair: Pair) -> bool:
    return zlib.crc32(pair.source.text.encode()) % USUAL == 0


@dataclass(slots=True)
class _Seen:
    """What all blocks have of a term pair.

    Attributes:
        terms: source and target, from the block that has the pair most often.
        most: how often that block has it.
        evidence: of that block.
        count: how often the pair was seen.
        weight: sum of the confidences, each as often as the pair was seen.
        forms: the pairs of spellings with their counts.
        places: the evidence of the blocks that are the surest of it, whose contexts are shown.
    """

    terms: tuple[Term, Term]
    evidence: Evidence
    most: int = 0
    count: int = 0
    weight: float = 0.0
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: list[Evidence] = field(default_factory=list)


class _Joined:
    """The terms of several blocks."""

    def __init__(self, direction: Direction) -> None:
        """None yet."""
        self._direction = direction
        self._pairs: dict[tuple[TermKey, TermKey], _Seen] = {}
        self._counts: tuple[Counter[TermKey], Counter[TermKey]] = Counter(), Counter()
        self._owners: dict[TermKey, Counter[TermKey]] = defaultdict(Counter)

    def add(self, concepts: Iterable[Concept]) -> None:
        """Take in the concepts of a block."""
        in_block: tuple[dict[TermKey, int], dict[TermKey, int]] = {}, {}
        for concept in concepts:
            sources = [term for term in concept.terms if term.language == self._direction.source]
            for acronym in sources[1:]:
                self._owners[key_of(acronym)][key_of(sources[0])] += 1
            for source, target in term_pairs(concept, self._direction):
                evidence = target.evidence
                if not evidence:
                    continue
                key = key_of(source), key_of(target)
                in_block[0][key[0]] = max(in_block[0].get(key[0], 0), evidence.source_count)
                in_block[1][key[1]] = max(in_block[1].get(key[1], 0), evidence.target_count)
                self._add(key, source, target, evidence)
        for counts, seen in zip(self._counts, in_block, strict=True):
            counts.update(seen)

    def _add(self, key: tuple[TermKey, TermKey], source: Term, target: Term, evidence: Evidence) -> None:
        """Take in what a block has of a pair."""
        seen = self._pairs.setdefault(key, _Seen((source, target), evidence))
        count = evidence.pair_count
        seen.count += count
        seen.weight += count * evidence.confidence
        seen.forms.update({(form, other): times for form, other, times in evidence.forms})
        seen.places.append(evidence)
        seen.places.sort(key=lambda place: (-place.confidence, -place.pair_count))
        del seen.places[_CONTEXTS:]
        if count > seen.most:
            seen.terms, seen.evidence, seen.most = (source, target), evidence, count

    def concepts(self, least: float) -> list[Concept]:
        """The concepts that are likely enough, the best first, names after all others."""
        groups: dict[TermKey, list[tuple[Term, Term]]] = defaultdict(list)
        for (source, target), seen in self._pairs.items():
            if seen.weight >= least * seen.count:
                groups[source].append((seen.terms[0], self._with_evidence(seen, source, target)))
        for terms in groups.values():
            terms.sort(key=lambda pair: (*_rank(pair[1]), pair[1].text))
        owned: dict[TermKey, list[TermKey]] = defaultdict(list)
        for acronym, fulls in self._owners.items():
            full = min(fulls, key=lambda full: (-fulls[full], full))
            if acronym in groups and full in groups and full not in self._owners:
                owned[full].append(acronym)
        is_owned = {acronym for acronyms in owned.values() for acronym in acronyms}
        concepts = [
            _concept([terms, *(groups[acronym] for acronym in owned.get(source, ()))])
            for source, terms in groups.items()
            if source not in is_owned
        ]
        return sorted(concepts, key=lambda concept: (*order(concept), concept.terms[0].text))

    def _with_evidence(self, seen: _Seen, source: TermKey, target: TermKey) -> Term:
        """The target term with the evidence of all blocks."""
        contexts = [place.contexts for place in seen.places]
        shown = [
            context for rank in range(_CONTEXTS) for each in contexts for context in each[rank : rank + 1]
        ]
        evidence = Evidence(
            source_count=self._counts[0][source],
            target_count=self._counts[1][target],
            pair_count=seen.count,
            confidence=round(seen.weight / seen.count, 4),
            reasons=seen.evidence.reasons,
            contexts=tuple(dict.fromkeys(shown))[:_CONTEXTS],
            forms=commonest_forms(seen.forms),
        )
        return replace(seen.terms[1], evidence=evidence)


def _concept(members: Sequence[Sequence[tuple[Term, Term]]]) -> Concept:
    """A concept of a term with its translations, and of its acronyms with theirs."""
    kind = "fullForm" if len(members) > 1 else ""
    sources = [pairs[0][0] for pairs in members]
    targets = [target for pairs in members for _, target in pairs]
    return Concept("", tuple(_of_kind(term, kind) for term in (*sources, *targets)))


def _of_kind(term: Term, kind: str) -> Term:
    return term if term.kind in ("acronym", kind) else replace(term, kind=kind)


def _rank(term: Term) -> tuple[float, int]:
    """What translations are sorted by."""
    evidence = term.evidence or Evidence()
    return -evidence.confidence, -evidence.pair_count
