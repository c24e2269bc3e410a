"""What is wrong with a unit by itself: the questions, cheap ones first.

A repair is made before the next question, so that what is repaired is whole.

>>> from tm.cleaning.fault import KINDS
>>> from tm.direction import Direction
>>> own_fault("été", "verÃ£o", Direction("fr", "pt"), KINDS)
Fault(kind='mojibake', reason='letters are broken: verÃ£o', repaired=('été', 'verão'), better=None)
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks import leftovers, mojibake
from tm.checks.check import Job, Translation, checks
from tm.checks.foreign import foreign
from tm.checks.untranslated import is_copy
from tm.cleaning import markup
from tm.cleaning.fault import Fault
from tm.language.detection import detect
from tm.language.protected import without_code
from tm.model import Pair, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tm.cleaning.fault import Kind
    from tm.direction import Direction

    Question = Callable[[str, str, Direction], Fault | None]

_DIGITS = re.compile(r"\d+")

SURE_TO_GO, SURE_OF_COPY = 0.8, 0.97
"""Least confidence of the language of a text, among all, for which a unit goes out; and where both texts are
the same, which names and titles often are."""


def own_fault(source: str, target: str, direction: Direction, kinds: Collection[str]) -> Fault | None:
    """What is wrong with a unit, seen by itself.

    Args:
        source: its text.
        target: its translation.
        direction: from which language into which.
        kinds: the kinds of faults that are looked for.
    """
    first: Fault | None = None
    for kind, ask in _QUESTIONS.items():
        fault = ask(source, target, direction) if kind in kinds else None
        if fault is None:
            continue
        if fault.repaired is None:
            return fault
        source, target = fault.repaired
        first = Fault((first or fault).kind, (first or fault).reason, fault.repaired)
    return first


def _mojibake(source: str, target: str, _: Direction) -> Fault | None:
    words = mojibake.broken(source, target), mojibake.broken(target, source)
    if not any(words):
        return None
    texts = [
        mojibake.restored(text) if word else text for word, text in zip(words, (source, target), strict=True)
    ]
    return Fault(
        "mojibake",
        f"letters are broken: {words[0] or words[1]}",
        (texts[0], texts[1]) if all(texts) else None,
    )


def _machine(source: str, target: str, _: Direction) -> Fault | None:
    what = leftovers.left(target, source)
    if not what:
        return None
    repaired = leftovers.repaired(target)
    return Fault("machine", what, (source, repaired) if repaired else None)


def _markup(source: str, target: str, _: Direction) -> Fault | None:
    if what := markup.left(target, source):
        repaired = markup.repaired(target)
        return Fault("markup", what, (source, repaired) if repaired else None)
    what = markup.left(source, target)
    return Fault("markup", what.replace("the source", "the translation")) if what else None


def _untranslated(source: str, target: str, direction: Direction) -> Fault | None:
    if is_copy(source, target) and checks()["untranslated"].messages(source, target, direction):
        return Fault("untranslated", "the translation is the source")
    return None


def _wrong_language(source: str, target: str, direction: Direction) -> Fault | None:
    least = SURE_OF_COPY if is_copy(source, target) else SURE_TO_GO
    for side, text, language in (
        ("source", source, direction.source),
        ("translation", target, direction.target),
    ):
        if language and (actual := foreign(text, language)) and _is_surely(actual, text, language, least):
            return Fault("wrong-language", f"the {side} is in {actual}, not in {language}")
    return None


def _is_surely(actual: str, text: str, language: str, least: float) -> bool:
    """Whether the language of a text is sure among all, and that one: what goes out for good must be."""
    detection = detect(without_code(text, language))
    return bcp47.base(detection.language) == actual and detection.confidence >= least


def _number(source: str, target: str, direction: Direction) -> Fault | None:
    of_source, of_target = _DIGITS.findall(source), _DIGITS.findall(target)
    if sorted(of_source) == sorted(of_target):
        return None
    if changed := _one_changed(of_source, of_target):
        return Fault("number", "number {} in the source, {} in the translation".format(*changed))
    job = Job([Translation(Pair(Segment(source), Segment(target)), direction)])
    for _, remark in checks()["number"].examine(job):
        if remark.severity == "error" and " in the source, " in remark.message:
            return Fault("number", remark.message)
    return None


def _one_changed(source: list[str], target: list[str]) -> tuple[str, str] | None:
    """The one number that is another in the translation, where all others are there.

    >>> _one_changed(["12", "59", "59"], ["12", "59", "95"]), _one_changed(["3", "50"], ["3", "5"])
    (('59', '95'), None)
    """
    missing, added = Counter(source) - Counter(target), Counter(target) - Counter(source)
    if len(source) != len(target) or not missing.total() == added.total() == 1:
        return None
    (lost,), (new,) = missing, added
    is_same = lost.strip("0") == new.strip("0") or lost.endswith(new) or new.endswith(lost)
    return None if is_same else (lost, new)


_QUESTIONS: dict[Kind, Question] = {
    "mojibake": _mojibake,
    "machine": _machine,
    "markup": _markup,
    "untranslated": _untranslated,
    "wrong-language": _wrong_language,
    "number": _number,
}
"""The kinds that a unit shows by itself, in the order of ``KINDS``."""
