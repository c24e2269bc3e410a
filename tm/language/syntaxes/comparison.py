"""What is wrong with the placeholders and the markup of a translation: all syntaxes at once.

1. ``faults`` picks the syntaxes whose signs stand in one of the texts.
2. A syntax that governs the whole text (an ICU message) takes it apart; the pieces are compared like texts.
3. ``parts`` gives the placeholders of a text: each place belongs to one syntax, the lowest in rank.
4. ``_exchanged`` compares the placeholders of all syntaxes together, so that ``{{x}}`` for ``{x}`` is one
   fault; then each syntax is asked for its rules.
5. ``_apart`` leaves out a fault about a place that another fault is about already.

>>> [fault.message for _, fault in faults(Sides("Salut {{nom}}, %d", "Oi {nom}, %d"))]
['placeholder {{nom}} in the source, {nom} in the translation']
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tm import registry
from tm.errors import OptionError, nearest
from tm.language.syntaxes.syntax import BLANK, Fault, Part, Sides, Syntax, blanked, difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.language.syntaxes.syntax import Group
    from tm.model import Severity, Span

_WEIGHT: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}
_NO_PLACEHOLDERS = re.compile(
    r"(?:https?|ftps?|file)://[^\s<>\"«»“”()]+|\bwww\.[^\s<>\"«»“”()]+", re.IGNORECASE
)
"""Addresses."""
_SPACED_PER_CENT = re.compile(r"%\d{1,2}[ \u00a0\u202f]%(?!\w)")
"""A number of Qt and a sign per cent, as French writes them."""
_PLACEHOLDER_SIGNS = re.compile(r"[%{$@!:\[#_]")

Claimed = list[tuple[Syntax, Part]]


@functools.cache
def syntaxes() -> tuple[Syntax, ...]:
    """All syntaxes by rank.

    >>> "printf" in [syntax.name for syntax in syntaxes()]
    True
    """
    offered = registry.listed("tm.language.syntaxes", Syntax)
    return tuple(sorted(offered, key=lambda syntax: syntax.rank))


def chosen_syntaxes(names: Iterable[str]) -> frozenset[str]:
    """The names, if each is a syntax's or one of its flags, or "no-" and one of these.

    Args:
        names: such as "icu", "c-format", "no-c-format"; or one name.

    Raises:
        OptionError: one is not; names the nearest.

    >>> chosen_syntaxes(["laravle"])
    Traceback (most recent call last):
    tm.errors.OptionError: no syntax is called 'laravle'; did you mean laravel?
    """
    chosen = frozenset([names] if isinstance(names, str) else names)
    known = frozenset(name for syntax in syntaxes() for name in _names(syntax)) if chosen else frozenset()
    for name in sorted(chosen):
        if name.removeprefix("no-") not in known:
            hint = nearest(name, known) or f"; known are {', '.join(syntax.name for syntax in syntaxes())}"
            raise OptionError(f"no syntax is called {name!r}{hint}")
    return chosen


def faults(sides: Sides) -> list[tuple[Group, Fault]]:
    """The faults of a translation, each with the group of its syntax, the worst first.

    Args:
        sides: both texts.

    >>> faults(Sides("100 % sûr, voir [1]", "100% certo, veja [1]"))
    []
    """
    found = sorted(_faults(sides), key=lambda fault: -_WEIGHT[fault[1].severity])
    return list(_apart(found))


def _faults(sides: Sides) -> Iterator[tuple[Group, Fault]]:
    signs = _beginnings().intersection(sides.source + sides.target)
    near = [syntax for syntax in _near(signs, sides.chosen) if _stands(syntax, sides)]
    for syntax in near:
        if syntax.pieces and (taken := syntax.pieces(sides)):
            yield from ((syntax.group, fault) for fault in taken[0])
            for piece in taken[1]:
                yield from _moved(_faults(replace(piece, chosen=piece.chosen - _names(syntax))), piece)
            return
    exchanged = _exchanged(sides, near)
    yield from exchanged
    for syntax in near:
        if syntax.rules and not (exchanged and syntax.group == "placeholder"):
            yield from ((syntax.group, fault) for fault in syntax.rules(sides))


@functools.cache
def _beginnings() -> frozenset[str]:
    """The characters that signs of syntaxes begin with."""
    return frozenset(sign[0] for syntax in syntaxes() for sign in syntax.signs)


@functools.lru_cache(maxsize=1 << 12)
def _near(signs: frozenset[str], chosen: frozenset[str]) -> list[Syntax]:
    """The syntaxes that are looked for in texts with these beginnings of signs."""
    return [syntax for syntax in _active(chosen) if any(sign[0] in signs for sign in syntax.signs)]


@functools.cache
def _active(chosen: frozenset[str]) -> list[Syntax]:
    """The syntaxes that are looked for: those that are chosen have their places before the others."""
    off = {name.removeprefix("no-") for name in chosen if name.startswith("no-")}
    active = [
        syntax
        for syntax in syntaxes()
        if (syntax.is_chosen(chosen) or not syntax.asked) and off.isdisjoint(_names(syntax))
    ]
    return sorted(active, key=lambda syntax: not syntax.is_chosen(chosen))


def _names(syntax: Syntax) -> frozenset[str]:
    return syntax.flags | {syntax.name}


def _stands(syntax: Syntax, sides: Sides) -> bool:
    return syntax.may_be_in(sides.source) or syntax.may_be_in(sides.target)


def _moved(faults: Iterable[tuple[Group, Fault]], piece: Sides) -> Iterator[tuple[Group, Fault]]:
    """The faults of a piece with their places in the whole."""
    for group, fault in faults:
        source = tuple((start + piece.source_start, end + piece.source_start) for start, end in fault.source)
        target = tuple((start + piece.target_start, end + piece.target_start) for start, end in fault.target)
        yield group, replace(fault, source=source, target=target)


def parts(text: str, chosen: frozenset[str] = frozenset()) -> Claimed:
    """The placeholders of a text in order, each with its syntax; none overlaps another.

    Args:
        text: any.
        chosen: as in ``Sides``.

    >>> [(syntax.name, part.key) for syntax, part in parts("%s de {{ nom }}")]
    [('printf', '%s'), ('mustache', '{{nom}}')]
    """
    return _parts(text, _active(chosen))


def _parts(text: str, active: Iterable[Syntax]) -> Claimed:
    if not _PLACEHOLDER_SIGNS.search(text):
        return []
    rest = _NO_PLACEHOLDERS.sub(lambda place: BLANK * len(place[0]), text)
    claimed: Claimed = []
    for syntax in active:
        if syntax.parts and syntax.may_be_in(rest):
            own = list(syntax.parts(rest))
            claimed += [(syntax, part) for part in own]
            rest = blanked(rest, [(part.start, part.end) for part in own])
    return sorted(claimed, key=lambda claim: claim[1].start)


def _exchanged(sides: Sides, active: list[Syntax]) -> list[tuple[Group, Fault]]:
    """The fault of placeholders that only one side has, as a list of one; else an empty one."""
    source, target = _parts(sides.source, active), _parts(sides.target, active)
    source, target = _without_per_cent(source, sides.target), _without_per_cent(target, sides.source)
    missing, added = _surplus(source, target), _surplus(target, source)
    guessed = {syntax.name for syntax, _ in source}
    added = [claim for claim in added if claim[0].name in guessed or _severity(claim[0], sides) == "error"]
    missing, added = (
        [claim for claim in claims if not (claim[0].repeats and _is_repeated(claim[1], source, target))]
        for claims in (missing, added)
    )
    if not (missing or added) or _are_same(missing, added):
        return []
    severity = max((_severity(claim[0], sides) for claim in missing + added), key=_WEIGHT.__getitem__)
    if all(_is_repeated(part, source, target) for _, part in missing + added) or _is_explained(
        added, sides, missing
    ):
        severity = "warning"
    message = difference(_texts(sides.source, missing), _texts(sides.target, added))
    places = [tuple((part.start, part.end) for _, part in claims) for claims in (missing, added)]
    return [("placeholder", Fault(f"placeholder {message}", severity, places[0], places[1]))]


def _without_per_cent(claims: Claimed, other: str) -> Claimed:
    """The parts, a ``%3%`` as the ``%3`` of Qt before a sign per cent where the text, or the other, has one
    of Qt."""
    if not any(syntax.name == "qt" for syntax, _ in claims) and not _SPACED_PER_CENT.search(other):
        return claims
    qt = next(syntax for syntax in syntaxes() if syntax.name == "qt")
    return [
        (qt, part._replace(key=part.key[:-1], end=part.end - 1)) if syntax.name == "boost" else (syntax, part)
        for syntax, part in claims
    ]


def _are_same(missing: Claimed, added: Claimed) -> bool:
    """Whether both are of one syntax, which says that they stand for the same."""
    kinds = {syntax.name: syntax for syntax, _ in missing + added}
    first = next(iter(kinds.values()))
    if len(kinds) > 1 or not first.same:
        return False
    return first.same([part for _, part in missing], [part for _, part in added])


def _severity(syntax: Syntax, sides: Sides) -> Severity:
    """A placeholder that only a guess found is no error."""
    return "error" if syntax.is_chosen(sides.chosen) else syntax.severity


def _surplus(own: Claimed, other: Claimed) -> Claimed:
    """The placeholders of one side that the other has not, or not as often."""
    counts = Counter(part.key for _, part in other)
    surplus = []
    for claim in own:
        if counts[claim[1].key]:
            counts[claim[1].key] -= 1
        else:
            surplus.append(claim)
    return surplus


def _is_repeated(part: Part, source: Claimed, target: Claimed) -> bool:
    """Whether a placeholder with a name stands on both sides, on one of them more often."""
    return not part.counted and all(
        any(other.key == part.key for _, other in claims) for claims in (source, target)
    )


def _is_explained(added: Claimed, sides: Sides, missing: Claimed) -> bool:
    """Whether only names were added that no file says to be placeholders: a text may say what a pattern
    is."""
    return not missing and not any(part.counted or syntax.is_chosen(sides.chosen) for syntax, part in added)


def _texts(text: str, claims: Claimed) -> list[str]:
    return [" ".join(text[part.start : part.end].split()) for _, part in claims]


def _apart(faults: Iterable[tuple[Group, Fault]]) -> Iterator[tuple[Group, Fault]]:
    """The faults without those about a place that an earlier one is about."""
    source: list[Span] = []
    target: list[Span] = []
    messages: set[str] = set()
    for group, fault in faults:
        if fault.message in messages or _touches(fault.source, source) or _touches(fault.target, target):
            continue
        messages.add(fault.message)
        source += fault.source
        target += fault.target
        yield group, fault


def _touches(spans: Iterable[Span], earlier: Iterable[Span]) -> bool:
    return any(start < last and first < end for start, end in spans for first, last in earlier)
