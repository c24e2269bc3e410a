"""Phrases that several verbs print, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tm.cli.interface_language import _, _n, joined, later, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.formats.states import Unfinished
    from tm.work.alignment_lessons import Coverage

Kind = Literal["units", "concepts", "documents"]
"""What a file holds."""

BANDS = {
    "repetitions": later("repetitions"),
    "cross-file repetitions": later("cross-file repetitions"),
    "new": later("new"),
    "fuzzy": later("fuzzy"),
}
"""Bands of matches that have a word for a name; the others are percents."""


def counted(count: int, kind: Kind) -> str:
    """So many of what a file holds.

    >>> counted(1, "units"), counted(0, "concepts")
    ('1 unit', '0 concepts')
    """
    match kind:
        case "units":
            return _n("{count} unit", "{count} units", count)
        case "concepts":
            return _n("{count} concept", "{count} concepts", count)
        case "documents":
            return _n("{count} document", "{count} documents", count)


def segments(count: int) -> str:
    """So many segments.

    >>> segments(1), segments(2)
    ('1 segment', '2 segments')
    """
    return _n("{count} segment", "{count} segments", count)


def coverage_line(coverage: Coverage) -> str:
    """What dictionaries taught.

    >>> from tm.work.alignment_lessons import Coverage
    >>> coverage_line(Coverage(("freedict-fra-por",), 0.5, 0.25))
    '50% of the words of the source and 25% of the target stand in freedict-fra-por'
    """
    return _(
        "{source} of the words of the source and {target} of the target stand in {dictionaries}",
        dictionaries=", ".join(coverage.dictionaries),
        source=f"{coverage.source:.0%}",
        target=f"{coverage.target:.0%}",
    )


def not_held(count: int, kind: Kind, what: str) -> str:
    """That a format does not hold all that units or concepts have.

    >>> not_held(1, "units", "inline codes")
    '1 unit had inline codes; not all of that fits into this format'
    """
    about = f"{counted(count, kind)}: {sentence(what)}"
    if kind == "units":
        about = _n("{count} unit had {what}", "{count} units had {what}", count, what=sentence(what))
    if kind == "concepts":
        about = _n("{count} concept had {what}", "{count} concepts had {what}", count, what=sentence(what))
    return joined(about, _("not all of that fits into this format"))


def filled(count: int, segments: int) -> str:
    """How much of a file was filled.

    >>> filled(2, 7)
    'filled 2 of 7 segments'
    """
    return _n(
        "filled {filled} of {count} segment", "filled {filled} of {count} segments", segments, filled=count
    )


def left_out_by_where(count: int) -> str:
    """How many units ``--where`` left out.

    >>> left_out_by_where(2)
    'left out 2 units by --where'
    """
    return _n("left out {count} unit by --where", "left out {count} units by --where", count)


def passed_over(files: Iterable[str]) -> str:
    """Files that are of no format that is read.

    >>> passed_over(["a.png", "b.bin"])
    'passed over, of no format that is read: a.png, b.bin'
    """
    return _("passed over, of no format that is read: {files}", files=", ".join(files))


def unfinished(counts: Unfinished) -> str:
    """What of a job is not finished, "" when all is.

    >>> from tm.formats.states import Unfinished
    >>> unfinished(Unfinished(waiting=1, drafts=2)), unfinished(Unfinished())
    ('3 unfinished: 1 waits for translation, 2 drafts', '')
    """
    parts = []
    if counts.waiting:
        parts.append(_n("{count} waits for translation", "{count} wait for translation", counts.waiting))
    if counts.drafts:
        parts.append(_n("{count} draft", "{count} drafts", counts.drafts))
    if counts.rejected:
        parts.append(_n("{count} rejected", "{count} rejected", counts.rejected))
    if not parts:
        return ""
    return _n(
        "{count} unfinished: {parts}", "{count} unfinished: {parts}", counts.total, parts=", ".join(parts)
    )


def band(name: str) -> str:
    """A band of matches.

    >>> band("95–99"), band("new")
    ('95–99', 'new')
    """
    return _(BANDS[name]) if name in BANDS else name
