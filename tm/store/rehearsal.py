"""A dry run's ledger: what an addition would write, kept in memory.

A memory that has "oui" as "sim" gets it again, gets "oui" as "pois" and gets "non":

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store.addition import Addition, identified
>>> def unit(source, target):
...     return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))
>>> class Nothing:
...     known = lambda self, sources, with_tags: {}
...     tags = lambda self: {}
...     last = lambda self: 0
>>> stored = Rehearsal(Nothing())
>>> Addition(stored, "keep").take([*identified([unit("oui", "sim")], "")])
>>> ledger = Rehearsal(Nothing())
>>> ledger.follow(stored)
>>> addition = Addition(ledger, "keep")
>>> addition.take([*identified([unit("oui", "sim"), unit("oui", "pois"), unit("non", "não")], "")])
>>> addition.counted()
Added(added=1, same=1, kept=1)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tm.store.records import Record
from tm.store.rivals import Known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tm.store.addition import Identified, Ledger


@dataclass
class Rehearsal:
    """A ledger that writes nothing and takes no lock; it needs about 400 bytes a unit.

    One rehearsal may follow another, as additions do.
    """

    ledger: Ledger
    gone: set[int] = field(default_factory=set)
    new: defaultdict[int, list[Known]] = field(default_factory=lambda: defaultdict(list))
    shapes: dict[int, Record] = field(default_factory=dict)
    newest: int = 0
    tag_counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Records that are equal but for their texts are kept once."""
        self._same_shapes: dict[tuple[object, ...], Record] = {}

    def follow(self, earlier: Rehearsal) -> None:
        """Count on what an earlier rehearsal would have written."""
        self.gone, self.newest, self.shapes = earlier.gone, earlier.newest, earlier.shapes
        self.tag_counts = earlier.tag_counts
        for source, same_source in earlier.new.items():
            self.new[source] = [replace(known, finished=True) for known in same_source]

    def known(self, sources: set[int], *, with_tags: bool) -> dict[int, list[Known]]:
        """See ``Ledger``."""
        stored = self.ledger.known(sources, with_tags=with_tags)
        return {
            source: same_source
            for source in sources
            if (
                same_source := [
                    known
                    for known in (*stored.get(source, ()), *self.new.get(source, ()))
                    if known.number not in self.gone
                ]
            )
        }

    def tags(self) -> Counter[str]:
        """See ``Ledger``."""
        counts = Counter(self.ledger.tags())
        counts.update(self.tag_counts)
        return +counts

    def record(self, number: int) -> Record:
        """See ``Ledger``."""
        return self.shapes[number] if number in self.shapes else self.ledger.record(number)

    def earlier(self, source: int, content: int) -> list[Record]:
        """See ``Ledger``."""
        stored = self.ledger.known({source}, with_tags=False).get(source, ())
        return [
            *self.ledger.earlier(source, content),
            *(
                self.record(known.number)
                for known in (*stored, *self.new.get(source, ()))
                if known.number in self.gone and known.content == content
            ),
        ]

    def brought(self, name: str) -> Sequence[Known]:
        """See ``Ledger``; units of rehearsals are not among them."""
        return self.ledger.brought(name)

    def last(self) -> int:
        """See ``Ledger``."""
        return max(self.newest, self.ledger.last())

    def insert(self, new: Mapping[int, Identified]) -> None:
        """See ``Ledger``."""
        self.newest = max(new)
        for number, (identity, record) in new.items():
            shape = (record.extra, tuple([(tag, extra) for tag, _, extra in record.variants]))
            if shape not in self._same_shapes:
                variants = [(tag, "", extra) for tag, _, extra in record.variants]
                self._same_shapes[shape] = Record(record.extra, variants)
            self.shapes[number] = self._same_shapes[shape]
            tags = tuple([tag for tag, _, _ in record.variants])
            known = Known(
                number, identity.content, identity.whole, finished=False, extra=record.extra, tags=tags
            )
            self.new[identity.source].append(known)
            self.tag_counts.update(tags)

    def remove(self, number: int) -> None:
        """See ``Ledger``."""
        self.gone.add(number)
        self.tag_counts.subtract(tag for tag, _, _ in self.record(number).variants)

    def count(self, added: int, removed: int) -> None:
        """See ``Ledger``: a rehearsal has no history."""
