"""Single units of a memory taken out or changed by a person.

A unit that is changed goes out, and a new one takes its place: numbers are names, and what a number names
never changes. Both kinds of change can be undone like any other.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> def unit(source, target):
...     return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))
>>> with open_store(":memory:", create=True) as store:
...     _ = store.add([unit("four", "fogão"), unit("pain", "pão")], name="a.tsv")
...     store.edit({1: unit("four", "forno"), 9: unit("x", "y")}), store.remove([2, 9])
...     [(each.number, each.file, each.unit.variants[1].segment.text) for each in store.all_stored()]
({1: 3}, [2])
[(3, 'a.tsv', 'forno')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tm.store import records
from tm.store.addition import Ledger
from tm.store.identity import identify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tm.model import Unit
    from tm.store.addition import Identified
    from tm.store.stored import Stored


_Look = tuple[int, records.Context, tuple[str, ...]]
"""The texts of a unit as one number, its context, and its tags."""


class EditLedger(Ledger, Protocol):
    """What an edit asks of a memory and writes into it, beside what an addition does."""

    def inherit(self, files: Mapping[int, str]) -> None:
        """Keep the file that each of the new units comes from (``Stored.file``)."""

    def finish(self) -> None:
        """Write into the history that the change came to its end."""


def remove(ledger: EditLedger, numbers: Sequence[int]) -> None:
    """Take out units that are there, within the store's transaction."""
    for number in numbers:
        ledger.remove(number)
    ledger.count(0, len(numbers))
    ledger.finish()


def edit(
    ledger: EditLedger, present: Sequence[Stored], units: Mapping[int, Unit | None], *, dry_run: bool
) -> dict[int, int]:
    """Put new units in the places of stored ones, within the store's transaction.

    A unit that has the new one's texts and context already goes out with the old one: no unit is kept twice.

    Args:
        ledger: of the memory.
        present: the units that are there, of those that are to be changed.
        units: the new unit for each number; None for one that only goes out.
        dry_run: write nothing.

    Returns:
        For each of the stored units the number that it has now; its own where nothing changes, 0 where it went.

    Raises:
        ValueError: a new unit has no variant.
    """
    replacements = {stored.number: units[stored.number] for stored in present}
    changed, marked = {}, {}
    for stored in present:
        unit = replacements[stored.number]
        if unit is not None and unit != stored.unit:
            changed[stored.number], marked[stored.number] = stored.file, _identified(unit)
    known = ledger.known({identity.source for identity, _ in marked.values()}, with_tags=True)
    numbers = {number: number if unit is not None else 0 for number, unit in replacements.items()}
    new: dict[int, Identified] = {}
    by_look: dict[_Look, int] = {}
    gone = dict.fromkeys(number for number in replacements if number in changed or not numbers[number])
    last = ledger.last()
    for number, (identity, record) in marked.items():
        context, _ = records.context_and_origin(record.extra)
        look = identity.content, context, tuple(tag for tag, _, _ in record.variants)
        if look not in by_look:
            by_look[look] = last + len(new) + 1
            new[by_look[look]] = identity, record
        numbers[number] = by_look[look]
        rivals = (row for row in known.get(identity.source, ()) if not row.removed)
        for same in (row.number for row in rivals if (row.content, row.context, row.tags) == look):
            gone[same] = None
            if numbers.get(same) == same:  # it was to stay as it is
                numbers[same] = by_look[look]
    if gone and not dry_run:
        ledger.insert(new)
        for number in gone:
            ledger.remove(number)
        ledger.inherit({numbers[number]: file for number, file in changed.items()})
        ledger.count(len(new), len(gone))
        ledger.finish()
    return numbers


def _identified(unit: Unit) -> Identified:
    if not unit.variants:
        raise ValueError("a unit has no text; a unit needs one variant at least")
    record = records.record_of(unit)
    return identify(unit, record), record
