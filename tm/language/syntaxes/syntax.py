"""What a syntax of placeholders or markup is, and what two texts must have in common by it.

A syntax is one file of this folder with one ``Syntax`` value, found by ``tm.registry``. It has *parts*, which
must stand in the translation too, or *rules* of its own, or it takes a text apart and lets the others compare
the pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from tm.model import Severity, Span

Group = Literal["placeholder", "markup", "accelerator", "escape", "name"]
"""What a syntax is about; a check of that name reports its faults."""


class Part(NamedTuple):
    """A placeholder in a text.

    Attributes:
        key: equal for parts that stand for the same.
        start, end: its place.
        counted: whether it must stand as often as in the source; one with a name may be repeated.
    """

    key: str
    start: int
    end: int
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """A source and its translation, or pieces of both.

    Attributes:
        source, target: the texts.
        source_language, target_language: tags, "" when not known.
        chosen: names of syntaxes, or flags, that the file or the user says.
        source_start, target_start: where the pieces begin in the whole.
    """

    source: str
    target: str
    source_language: str = ""
    target_language: str = ""
    chosen: frozenset[str] = frozenset()
    source_start: int = 0
    target_start: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a translation by a syntax.

    Attributes:
        message: one line, in the user's terms.
        severity: how bad it is.
        source: the places in the source that it is about.
        target: those in the translation.
    """

    message: str
    severity: Severity = "error"
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax.

    Attributes:
        name: for ``--syntax``.
        about: what it is, one line.
        group: which check reports its faults.
        signs: a text without any of these strings has nothing of it.
        parts: the placeholders of a text, in order.
        rules: what else must hold. They are asked when all parts agree.
        pieces: the faults of a text that is altogether in this syntax, and its pieces, for the others to
            compare; None when the source is not of it. It is asked first.
        same: whether placeholders that only the source has, and those that only the translation has, stand
            for the same in another way of writing.
        repeats: whether a placeholder may stand more or less often than in the source.
        rank: of two syntaxes that claim the same characters the one with the lower rank has them.
        severity: of a part that is lost or added.
        flags: what else calls it: the flags of PO, and those of Weblate.
        asked: whether it is looked for only when the file or the user says its name.
    """

    name: str
    about: str
    group: Group
    signs: tuple[str, ...]
    parts: Callable[[str], Iterable[Part]] | None = None
    rules: Callable[[Sides], Iterable[Fault]] | None = None
    pieces: Callable[[Sides], tuple[list[Fault], list[Sides]] | None] | None = None
    same: Callable[[list[Part], list[Part]], bool] | None = None
    repeats: bool = False
    rank: int = 50
    severity: Severity = "error"
    flags: frozenset[str] = frozenset()
    asked: bool = False

    def is_chosen(self, chosen: frozenset[str]) -> bool:
        """Whether the file or the user names it."""
        return self.name in chosen or not self.flags.isdisjoint(chosen)

    def may_be_in(self, text: str) -> bool:
        """Whether a text has one of its signs."""
        return any(sign in text for sign in self.signs)


def matched(pattern: re.Pattern[str], *, counted: bool = False) -> Callable[[str], list[Part]]:
    """The ``parts`` of a syntax that one expression describes.

    The group ``key`` is the key, else all of the match.

    Args:
        pattern: one placeholder.
        counted: as in ``Part``.

    >>> import re
    >>> matched(re.compile(r"%(?P<key>[a-z]+)%"))("50 % de %nom%")
    [Part(key='nom', start=8, end=13, counted=False)]
    """
    has_key = "key" in pattern.groupindex

    def parts(text: str) -> list[Part]:
        """The matches of the expression."""
        return [
            Part(match["key"] if has_key else match[0], *match.span(), counted)
            for match in pattern.finditer(text)
        ]

    return parts


def blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with a sign of no language in these places; all else keeps its place.

    >>> blanked("a {b} c", [(2, 5)]) == "a " + 3 * BLANK + " c"
    True
    """
    for start, end in places:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def difference(missing: Iterable[str], added: Iterable[str]) -> str:
    """The words for what only one side has; each item is named once.

    Args:
        missing: what only the source has.
        added: what only the translation has.

    >>> difference(["2018"], ["2008"]), difference([], ["%s", "%d", "%s"])
    ('2018 in the source, 2008 in the translation', '%s, %d of the translation is not in the source')
    """
    lost, new = (", ".join(dict.fromkeys(items)) for items in (missing, added))
    if lost and new:
        return f"{lost} in the source, {new} in the translation"
    if lost:
        return f"{lost} of the source is not in the translation"
    return f"{new} of the translation is not in the source"


BLANK = "\ufffc"
"""Stands for a character that belongs to another syntax."""
