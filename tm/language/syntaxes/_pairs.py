"""Tags that open and close: which stand in a text, and whether they are nested as they must be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.language.syntaxes.syntax import Fault, difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Severity

_EMPHASIS = frozenset({"b", "big", "em", "i", "small", "strong", "u"})
"""Elements of HTML that only change how words look; each translator chooses the words."""
_LINES = frozenset({"br", "p"})
"""Elements of HTML that only break lines."""


class Tag(NamedTuple):
    """A tag in a text.

    Attributes:
        name: of the element.
        kind: whether it opens, closes or stands alone.
        start, end: its place.
        written: the tag without its attributes.
        attributes: names and values, in order.
    """

    name: str
    kind: Literal["open", "close", "alone"]
    start: int
    end: int
    written: str
    attributes: tuple[tuple[str, str], ...] = ()


def pair_faults(source: Sequence[Tag], target: Sequence[Tag], what: str = "tag") -> Iterator[Fault]:
    """The fault of tags that only one side has; else that of a translation whose tags are not nested.

    Args:
        source: its tags, in order.
        target: those of the translation.
        what: a word for them.

    >>> def tag(written, kind):
    ...     return Tag(written.strip("</>"), kind, 0, 3, written)
    >>> bold = [tag("<b>", "open"), tag("</b>", "close")]
    >>> [fault.message for fault in pair_faults(bold, bold[:1])]
    ['tag </b> of the source is not in the translation']
    >>> [fault.message for fault in pair_faults(bold, bold[::-1])]
    ['tag </b> closes what is not open in the translation']
    >>> [(fault.message, fault.severity) for fault in pair_faults(2 * bold, bold)]
    [('tag <b>, </b> of the source is not in the translation', 'warning')]
    """
    missing, added = surplus(source, target), surplus(target, source)
    if missing or added:
        written = difference(*([tag.written for tag in tags] for tags in (missing, added)))
        places = [tuple((tag.start, tag.end) for tag in tags) for tags in (missing, added)]
        severity: Severity = "warning" if _is_for_the_eye(missing, added, target) else "error"
        yield Fault(f"{what} {written}", severity, places[0], places[1])
    elif misplaced(source) is None and (tag := misplaced(target)):
        message = f"{what} {tag.written} closes what is not open in the translation"
        yield Fault(message, "error", target=((tag.start, tag.end),))


def _is_for_the_eye(missing: Sequence[Tag], added: Sequence[Tag], target: Sequence[Tag]) -> bool:
    """Whether only other lines are broken, or more or fewer words emphasised: whole pairs were added, or lost
    where others stand."""
    differing = [*missing, *added]
    kinds = Counter(tag.kind for tag in differing)
    if kinds["open"] != kinds["close"] or misplaced(target) is not None:
        return False
    if all(tag.name in _LINES for tag in differing):
        return True
    if not all(tag.name in _EMPHASIS for tag in differing) or (missing and added):
        return False
    return all(any(kept.name == tag.name for kept in target) for tag in missing)


def surplus(own: Iterable[Tag], other: Iterable[Tag]) -> list[Tag]:
    """The tags of one side that the other has not, or not as often.

    >>> surplus([Tag("b", "open", 0, 3, "<b>")], [])[0].written
    '<b>'
    """
    counts = Counter((tag.name, tag.kind) for tag in other)
    left_over = []
    for tag in own:
        if counts[tag.name, tag.kind]:
            counts[tag.name, tag.kind] -= 1
        else:
            left_over.append(tag)
    return left_over


def misplaced(tags: Iterable[Tag]) -> Tag | None:
    """The first closing tag that closes what is not open, or not the last that was opened.

    >>> misplaced([Tag("b", "open", 0, 3, "<b>"), Tag("b", "close", 9, 13, "</b>")]) is None
    True
    """
    unclosed: list[str] = []
    for tag in tags:
        if tag.kind == "open":
            unclosed.append(tag.name)
        elif tag.kind == "close" and (not unclosed or unclosed.pop() != tag.name):
            return tag
    return None
