"""Single units of a memory taken out or changed: what ``tm edit`` and ``tm remove`` do.

1. ``selected`` finds the units that are meant: by their numbers, by their texts, by conditions.
2. ``remove_units`` takes them out, ``edit_units`` puts changed ones (``alteration.py``) in their places.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     pair = Variant("fr", Segment("Le chat dort.")), Variant("pt", Segment("O cão dorme."))
...     _ = store.add([Unit(pair)])
...     edited = edit_units(store, Selection(source="Le chat dort."), Alteration(target="O gato dorme."))
...     [(change.before.number, change.number) for change in edited.changes]
...     removed = remove_units(store, Selection(numbers=(2,)))
...     len(store), [change.name for change in store.log()]
[(1, 2)]
(0, ['', 'Le chat dort. = O gato dorme.', 'Le chat dort. = O gato dorme.'])
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError
from tm.language import fold, nfc
from tm.memory import find
from tm.model import Segment, Unit
from tm.store import Texts
from tm.store.protocol import is_exact
from tm.store.where import admitted, parsed_where
from tm.work.alteration import Alteration, altered, sides
from tm.work.memories import direction_in
from tm.work.origins import check_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from tm.store import Store
    from tm.store.stored import Stored

MOST_NAMED = 10
"""Units that an error names at most."""

MOST_LETTERS = 200
"""Letters of a change's name in the history."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which units are meant: by numbers, or by texts, or by conditions alone.

    Attributes:
        numbers: of the units.
        source: the source text of one unit.
        target: its translation; either text may do alone.
        where: conditions (``tm.store.where``); beside numbers or texts they must hold too.
    """

    numbers: tuple[int, ...] = ()
    source: str = ""
    target: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What becomes of a unit.

    Attributes:
        before: as it was.
        after: as it is now; None when it was taken out.
        number: its number now, 0 when it was taken out.
        codes_left_out: inline codes that have no certain place in the new text.
    """

    before: Stored
    after: Unit | None = None
    number: int = 0
    codes_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Editing:
    """What was done, or what a dry run would do.

    Attributes:
        changes: in the order of the units.
        unchanged: the numbers of units that are as they should be already.
        gone: the numbers of units that somebody else changed or took out meanwhile; they were left alone.
    """

    changes: tuple[UnitChange, ...]
    unchanged: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


def remove_units(
    store: Store,
    selection: Selection,
    asked: Direction = UNDECIDED,
    *,
    date: str = "",
    author: str = "",
    dry_run: bool = False,
) -> Editing:
    """Take units out of a memory; ``tm undo`` brings them back.

    Args:
        store: an open memory.
        selection: which units.
        asked: the languages of the texts by which a unit is named.
        date: when, for the history.
        author: who does it, likewise.
        dry_run: leave the memory as it is.

    Raises:
        OptionError: a number is no unit's, or several units or none have the texts.
    """
    units = selected(store, selection, asked)
    return take_out(store, units, by=selection.where, asked=asked, date=date, author=author, dry_run=dry_run)


def edit_units(
    store: Store,
    selection: Selection,
    alteration: Alteration,
    asked: Direction = UNDECIDED,
    *,
    date: str = "",
    dry_run: bool = False,
) -> Editing:
    """Change units of a memory; each gets a new number, and ``tm undo`` brings the old one back.

    The arguments and errors are those of ``remove_units``; ``alteration`` is what is changed.

    Raises:
        OptionError: also where nothing is to be changed, or a text is empty.
    """
    if alteration == Alteration():
        raise OptionError(
            "nothing to change; a source, a target, a note, an origin or an author was expected"
        )
    check_origin(alteration.origin or "")
    units = selected(store, selection, asked)
    return change_units(store, units, alteration, asked, by=selection.where, date=date, dry_run=dry_run)


def change_units(
    store: Store,
    units: Sequence[Stored],
    alteration: Alteration,
    asked: Direction = UNDECIDED,
    *,
    by: str = "",
    date: str = "",
    dry_run: bool = False,
) -> Editing:
    """Change stored units, whoever has taken some of them out since they were read.

    Args:
        store: an open memory.
        units: as they are stored.
        alteration: what is changed.
        asked: which of their texts are the source and the translation.
        by: conditions that several units were chosen by, for the history.
        date: when, for the history.
        dry_run: leave the memory as it is.

    Raises:
        OptionError: a text is empty, or a unit has not the languages.
    """
    changed = [(stored, *altered(stored.unit, alteration, asked, date=date)) for stored in units]
    return put_back(store, changed, by=by, date=date, author=alteration.author, dry_run=dry_run)


def take_out(
    store: Store,
    units: Sequence[Stored],
    *,
    by: str = "",
    asked: Direction = UNDECIDED,
    date: str = "",
    author: str = "",
    dry_run: bool = False,
) -> Editing:
    """Take stored units out.

    Args:
        store: an open memory.
        units: as they are stored.
        by: conditions or a table that several units were chosen by, for the history.
        asked: the languages of the texts, for the history.
        date: when, for the history.
        author: who does it, likewise.
        dry_run: leave the memory as it is.
    """
    numbers = [stored.number for stored in units]
    name = change_name([stored.unit for stored in units], by, asked)
    present = set(store.remove(numbers, name=name, date=date, author=author, dry_run=dry_run))
    return Editing(
        tuple(UnitChange(stored) for stored in units if stored.number in present),
        gone=tuple(number for number in numbers if number not in present),
    )


def put_back(
    store: Store,
    changed: Sequence[tuple[Stored, Unit, int]],
    *,
    by: str = "",
    date: str = "",
    author: str = "",
    dry_run: bool = False,
) -> Editing:
    """Put changed units in the places of stored ones.

    Args:
        store: an open memory.
        changed: each unit as it is stored, as it should be, and how many of its inline codes are left out.
        by: conditions or a table that several units were chosen by, for the history.
        date: when, for the history.
        author: who does it, likewise.
        dry_run: leave the memory as it is.
    """
    new = {stored.number: unit for stored, unit, _ in changed if unit != stored.unit}
    name = change_name(new.values(), by)
    numbers = store.edit(new, name=name, date=date, author=author, dry_run=dry_run)
    return Editing(
        tuple(
            UnitChange(stored, unit, numbers[stored.number], lost)
            for stored, unit, lost in changed
            if stored.number in numbers
        ),
        unchanged=tuple(stored.number for stored, _, _ in changed if stored.number not in new),
        gone=tuple(number for number in new if number not in numbers),
    )


# ------------------------------------------------------------------------------------------- which units


def selected(store: Store, selection: Selection, asked: Direction = UNDECIDED) -> list[Stored]:
    """The units that are meant, in the order of the numbers, else in order of arrival.

    Raises:
        OptionError: a number is no unit's; several units or none have the texts; nothing says which units.
    """
    by_text = bool(selection.source or selection.target)
    if selection.numbers and by_text:
        raise OptionError("units are named by numbers or by texts, not by both")
    where = parsed_where(selection.where)
    if selection.numbers:
        units: Iterable[Stored] = _numbered(store, selection.numbers)
    elif by_text:
        units = having(store, selection.source, selection.target, direction_in(store, asked))
    elif where:
        units = store.all_stored()
    else:
        raise OptionError("which units? numbers (tm find --details), texts, or conditions were expected")
    units = list(admitted(units, where, Counter()))
    return _one(units, store, selection, asked) if by_text else units


def _numbered(store: Store, numbers: Sequence[int]) -> list[Stored]:
    asked_for = list(dict.fromkeys(numbers))
    units = store.stored(asked_for)
    missing = [str(number) for number in asked_for if number not in {stored.number for stored in units}]
    if missing:
        what = "is the number of no unit" if len(missing) == 1 else "are the numbers of no units"
        raise OptionError(
            f"{store.name}: {', '.join(missing)} {what}, or of none any more; tm find TEXT --details shows them"
        )
    return units


def having(store: Store, source: str, target: str, direction: Direction) -> list[Stored]:
    """The units that have the texts; where none has them as they are, those that differ in writing only.

    Args:
        store: an open memory.
        source: the source text; "" = any.
        target: its translation; likewise, but one of them is given.
        direction: the languages.
    """
    return next(iter(having_each(store, [(source, target)], direction)))


def having_each(
    store: Store, texts: Sequence[tuple[str, str]], direction: Direction
) -> Iterator[list[Stored]]:
    """``having`` for each of many pairs of texts, all of which have a source or none; looked up at once."""
    if not texts:
        return
    side = 0 if texts[0][0] else 1
    language = (direction.source, direction.target)[side]
    numbers = _numbers_having(store, [Segment(pair[side]) for pair in texts], language)
    for pair, of_pair in zip(texts, numbers, strict=True):
        candidates = store.stored(sorted(of_pair))
        meant = (direction.source, pair[0]), (direction.target, pair[1])
        found = ([stored for stored in candidates if _has(stored.unit, meant, form)] for form in (nfc, fold))
        yield next(filter(None, found), [])


def _numbers_having(store: Store, segments: Sequence[Segment], language: str) -> Iterator[set[int]]:
    """For each text the numbers of all units that may have it; a search, where nothing quicker tells."""
    texts = Texts(segments, language)
    quick = store.exact(texts, language) if is_exact(store) else [None] * len(texts)
    searched = store.similar(texts.some(n for n, units in enumerate(quick) if units is None), language, 1.0)
    for units in quick:
        yield {number for number, _ in units} if units is not None else {unit for _, unit in next(searched)}


def _has(unit: Unit, texts: Iterable[tuple[str, str]], form: Callable[[str], str]) -> bool:
    for language, text in texts:
        variant = unit.variant(language) if text else None
        if text and (variant is None or form(variant.segment.text) != form(text)):
            return False
    return True


def _one(units: list[Stored], store: Store, selection: Selection, asked: Direction) -> list[Stored]:
    """The one unit that has the texts.

    Raises:
        OptionError: there are several, which are named with their numbers; or none, then the nearest are.
    """
    if len(units) == 1:
        return units
    texts = " = ".join(filter(None, (selection.source, selection.target)))
    if units:
        named = _named(units, asked)
        raise OptionError(f"{store.name}: {len(units)} units are {texts!r}; give the number of one: {named}")
    nearest = []
    if selection.source:
        matches = find(store, selection.source, direction_in(store, asked), minimum=50, limit=3)
        nearest = store.stored([match.number for match in matches])
    hint = f"; the nearest: {_named(nearest, asked)}" if nearest else ""
    raise OptionError(f"{store.name}: no unit is {texts!r}{hint}")


def _named(units: Sequence[Stored], asked: Direction) -> str:
    named = [f"{stored.number} ({unit_text(stored.unit, asked)})" for stored in units[:MOST_NAMED]]
    more = len(units) - MOST_NAMED
    return ", ".join([*named, *([f"and {more} more"] if more > 0 else [])])


# ------------------------------------------------------------------------------------------- in words


def unit_text(unit: Unit, asked: Direction = UNDECIDED) -> str:
    """A unit as one line.

    >>> from tm.model import Variant
    >>> unit_text(Unit((Variant("fr", Segment("four")), Variant("pt", Segment("forno")))))
    'four = forno'
    """
    try:
        positions: Iterable[int] = sides(unit, asked)
    except OptionError:
        positions = range(len(unit.variants))
    texts = [unit.variants[position].segment.text for position in positions]
    return " = ".join(" ".join(text.split()) for text in texts)


def change_name(units: Collection[Unit], by: str = "", asked: Direction = UNDECIDED) -> str:
    """What the history says of a change.

    Args:
        units: the changed ones.
        by: conditions or a table that several units were chosen by.
        asked: the languages of the texts.

    >>> change_name([Unit(())] * 3, "units.xlsx")
    '3 units: units.xlsx'
    """
    if len(units) != 1:
        return f"{len(units)} units: {by}" if by else f"{len(units)} units"
    (unit,) = units
    text = unit_text(unit, asked)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"
