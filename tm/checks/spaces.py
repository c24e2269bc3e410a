"""White space at the ends, on which programs rely that join texts; in prose two spaces, and spaces at marks.

Portuguese, Spanish, Italian, Catalan and English have no space before a comma or a full stop and one behind
it; French as well, but has a space before : ; ! ? (``french.py``).

>>> SPACES.messages("Nom : ", "Nome:"), SPACES.messages("Le pont.", "A  ponte.")
(["trailing white space is '', in the source ' '"], ['two spaces in a row'])
>>> SPACES.messages(" Le pont", " A ponte"), SPACES.messages("Le  pont", "A  ponte")
([], [])
>>> from tm.direction import Direction
>>> to_portuguese = Direction("fr", "pt")
>>> SPACES.messages("Oui, merci.", "Sim , obrigado .", to_portuguese)
['a space before a mark:  ,']
>>> SPACES.messages("un, deux", "um,dois", to_portuguese), SPACES.messages("Oui.", "Sim ?", to_portuguese)
(['no space behind a comma: m,d'], ['a space before a mark:  ?'])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.check import Check, Remark, Translation, one_by_one, replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = re.compile(r"(?<=[^\W_])[ \u00a0]+(?=[,.](?:\s|$))|(?<=[^\W_]) (?=,[^\W\d_])")
_BEFORE_ANY = re.compile(
    r"(?<=[^\W_])[ \u00a0]+(?=(?:[,.;]|[?!]+)(?:\s|$))|(?<=[^\W_])[ \u00a0](?=:(?:\s|$))"
)
_NO_SPACE = re.compile(r"(?<=[^\W\d_]{2}),(?=[^\W\d_])|(?<=[^\W\d_]),(?=[^\W\d_]{2})|(?<=_),(?=[^\W\d_])")
_CLOSE = frozenset({"pt", "es", "it", "ca", "en", "gl", "ro", "de", "nl", "sv", "da", "pl"})
"""Languages that have no space before any mark."""
_TWO_SPACES = re.compile(r"(?<=\S)(?: {2,}|[ \u00a0\u202f]{3,})(?=\S)")


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source, translation.target
    if not source.strip():
        return
    source_start, source_end = _ends(source)
    start, end = _ends(target)
    mended = source_start + target.strip() + source_end
    if start != source_start:
        yield Remark(
            f"leading white space is {start!r}, in the source {source_start!r}",
            "warning",
            mended,
            target_spans=((0, len(start)),),
        )
    if end != source_end:
        yield Remark(
            f"trailing white space is {end!r}, in the source {source_end!r}",
            "warning",
            mended,
            target_spans=((len(target) - len(end), len(target)),),
        )
    spans = [match.span() for match in _TWO_SPACES.finditer(translation.target_prose)]
    if spans and not _TWO_SPACES.search(source):
        yield Remark(
            "two spaces in a row", "warning", replaced(target, spans, " "), target_spans=tuple(spans)
        )
    yield from _at_marks(translation)


def _at_marks(translation: Translation) -> Iterator[Remark]:
    """Spaces before marks, and none behind commas; nothing of the kind where the source has it too."""
    source, target, base = (
        translation.source_prose,
        translation.target_prose,
        bcp47.base(translation.direction.target),
    )
    before = _BEFORE_ANY if base in _CLOSE else _BEFORE if base == "fr" else None
    if before is None:
        return
    mended = translation.target
    spaces = list(before.finditer(target))
    own = before if bcp47.base(translation.direction.source) in _CLOSE else _BEFORE
    if spaces and not own.search(source):
        first = spaces[0]
        yield Remark(
            f"a space before a mark: {target[first.start() : first.end() + 1]}",
            "warning",
            replaced(mended, [match.span() for match in spaces], ""),
            target_spans=tuple(match.span() for match in spaces),
        )
    commas = list(_NO_SPACE.finditer(target))
    if commas and not _NO_SPACE.search(source):
        place = commas[0].start()
        yield Remark(
            f"no space behind a comma: {target[place - 1 : place + 2]}",
            "warning",
            replaced(mended, [match.span() for match in commas], ", "),
            target_spans=tuple(match.span() for match in commas),
        )


def _ends(text: str) -> tuple[str, str]:
    """The white space before and after the text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


SPACES = Check("space", "White space at the ends that differs, spaces in a row.", one_by_one(_examine))
