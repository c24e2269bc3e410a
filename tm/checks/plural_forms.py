"""Each plural form of a message beside the source form that it translates.

``msgid`` speaks of one thing, ``msgid_plural`` of several. A target form whose language uses it for one thing
alone (or for none and one, as French does) belongs to ``msgid``, and may spell the number or leave it out:
"%d file found" is "Um arquivo encontrado". All other forms belong to ``msgid_plural``: the first form of
Russian also stands for 21.

1. ``form_pairs`` gives a message's forms, each with what else its source might be.
2. ``_sources`` chooses the source form; ``_number_spelt`` writes it without its number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tm.formats.demands import forms
from tm.formats.plurals import single_number
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Pair

_COUNTS = (
    re.compile(r"%(?:\(\w+\)|\d+\$)?[-+0#' ]*\d*(?:hh?|ll?|[qzjtL])?[diun]"),
    re.compile(
        r"%?[$#]?\{{1,2}\s*(?:n|nb|num|number|count|counter|total|quantity|amount)\b[^{}]*\}{1,2}",
        re.IGNORECASE,
    ),
    re.compile(r"%(?:\(\w+\)|\d+\$)?[-+0#]*\d*(?:\.\d+)?l*[a-zA-Z@]|%\d+|%?[$#]?\{{1,2}[^{}]*\}{1,2}"),
)
"""What may stand for a plural's number, the surest first: an integer, a telling name, any placeholder."""


def form_pairs(pair: Pair, target_language: str) -> Iterator[tuple[Pair, tuple[Pair, ...]]]:
    """Each target form of a message beside its source form, then with the other sources that would do.

    A pair without plural forms is its own only form.

    Args:
        pair: its ``unit`` holds the forms: the source's in the first variant, the target's in the second.
        target_language: whose rule says which form is for one thing.

    >>> from tm.model import Annotation, Pair, Unit, Variant
    >>> def variant(language, one, more):
    ...     return Variant(language, Segment(one), (), (Annotation("prop", more, "x-po-plural"),))
    >>> unit = Unit((variant("en", "%d file", "%d files"), variant("pt", "Um arquivo", "%d arquivos")))
    >>> for form, others in form_pairs(Pair(Segment("%d file"), Segment("Um arquivo"), unit=unit), "pt"):
    ...     print(form.source.text, "→", form.target.text, "or", [other.source.text for other in others])
    %d file → Um arquivo or ['%d files', ' file', '1 file', ' files', '1 files']
    %d files → %d arquivos or []
    """
    unit = pair.unit
    if unit is None or len(unit.variants) < 2 or len(forms(unit.variants[0])) < 2:
        yield pair, ()
        return
    singular, plural, *_ = forms(unit.variants[0])
    for number, text in enumerate(forms(unit.variants[1])):
        first, *alternatives = _sources(singular, plural, single_number(target_language, number))
        form = replace(pair, source=Segment(first), target=Segment(text))
        yield form, tuple(replace(form, source=Segment(alternative)) for alternative in alternatives)


def _sources(singular: str, plural: str, number: int | None) -> list[str]:
    """The source of a form that stands for one number (None: for several), then other texts that would do."""
    if number is None:
        return [plural]
    likelier, rarer = (singular, plural) if number == 1 else (plural, singular)
    return list(
        dict.fromkeys((likelier, rarer, *_number_spelt(likelier, number), *_number_spelt(rarer, number)))
    )


def _number_spelt(text: str, number: int) -> list[str]:
    """The text without the placeholder of its number, and with the number in its place."""
    for pattern in _COUNTS:
        if pattern.search(text):
            return [pattern.sub(written, text, count=1) for written in ("", str(number))]
    return []
