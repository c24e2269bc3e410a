"""Single units that a person or a program enters, with who did it and when.

1. ``entered`` makes a unit of two texts.
2. ``enter_units`` puts such units into a memory and says which numbers they have.

>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     first = enter_units(store, [Entry("four", "forno")], Direction("fr", "pt"), author="rui")
...     again = enter_units(store, [Entry("four", "forno"), Entry("pain", "pão")])
...     first.numbers, again.numbers, again.added
...     [stored.author for stored in store.all_stored()]
((1,), (1, 2), Added(added=1, same=1))
['rui', '']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError
from tm.model import Annotation, Segment, Unit, Variant
from tm.store import records
from tm.work.editing import change_name, having_each
from tm.work.memories import direction_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.store import Added, OnSame, Store
    from tm.store.stored import Stored


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered.

    Attributes:
        source: a text.
        target: its translation.
        note: a remark; "" without one.
        previous: the segment before, "" when not known.
        context: the key that its format gives it, likewise.
    """

    source: str
    target: str
    note: str = ""
    previous: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of it.

    Attributes:
        direction: the languages of the units.
        added: what the memory did with them.
        numbers: of the units that have these texts now, in the order of the entries; 0 where a unit was left out
            because the memory has another translation.
    """

    direction: Direction
    added: Added
    numbers: tuple[int, ...]


def enter_units(
    store: Store,
    entries: Sequence[Entry],
    asked: Direction = UNDECIDED,
    *,
    author: str = "",
    date: str = "",
    on_same: OnSame = "both",
) -> Entered:
    """Put units into a memory.

    Args:
        store: an open memory.
        entries: the texts.
        asked: their languages; a side that is "" is the memory's.
        author: who enters them.
        date: when, as ISO 8601 has it.
        on_same: what happens where the memory has another translation (``tm.store.OnSame``).

    Raises:
        OptionError: a text is blank.
        FormatError: the memory does not say the languages.
    """
    direction = asked if asked.is_known else direction_in(store, asked)
    added = add_entries(store, entries, direction, author=author, date=date, on_same=on_same)
    return Entered(
        direction, added, tuple(stored.number if stored else 0 for stored in kept(store, entries, direction))
    )


def add_entries(
    store: Store,
    entries: Sequence[Entry],
    direction: Direction,
    *,
    author: str = "",
    date: str = "",
    on_same: OnSame = "both",
) -> Added:
    """Like ``enter_units``, without looking for the numbers."""
    units = [entered(entry, direction, author=author, date=date) for entry in entries]
    return store.add(units, on_same=on_same, name=change_name(units), date=date, author=author)


def kept(store: Store, entries: Sequence[Entry], direction: Direction) -> list[Stored | None]:
    """The newest unit that has the texts of each entry; None where there is none."""
    texts = [(entry.source, entry.target) for entry in entries]
    return [units[-1] if units else None for units in having_each(store, texts, direction)]


def entered(entry: Entry, direction: Direction, *, author: str = "", date: str = "") -> Unit:
    """The unit of an entry.

    Raises:
        OptionError: a text is blank.

    >>> unit = entered(Entry("four", "forno", note="de padaria"), Direction("fr", "pt"), author="rui")
    >>> unit.attributes, [annotation.text for annotation in unit.annotations]
    ((('creationid', 'rui'),), ['de padaria'])
    """
    if not entry.source.strip() or not entry.target.strip():
        raise OptionError("a text is empty; a source and its translation were expected")
    stamp = (("creationdate", re.sub(r"[-:]", "", date)), ("creationid", author))
    props = ((records.PREVIOUS, entry.previous), (records.IDENTIFIERS[0], entry.context))
    notes = [Annotation("note", entry.note)] if entry.note else []
    return Unit(
        (Variant(direction.source, Segment(entry.source)), Variant(direction.target, Segment(entry.target))),
        tuple((name, value) for name, value in stamp if value),
        (*notes, *(Annotation("prop", value, name) for name, value in props if value)),
    )
