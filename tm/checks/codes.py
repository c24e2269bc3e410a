"""Inline codes: what stands beside the text of a segment must stand in the translation too.

>>> from tm.model import Code, Pair, Segment
>>> from tm.checks import run_checks
>>> code = Code(0, "alone", "ph", content=Segment("%s"))
>>> [finding.message for finding in run_checks([Pair(Segment(" ans", (code,)), Segment(" anos"))], only="code")]
['inline code %s of the source is not in the translation']
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.syntaxes.syntax import difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Code, Segment

_BRACES = re.compile(
    r"\{\{\s*[\w.]+\s*\}\}|\$?\{(?:\w+(?:[.\[][\w.\[\]]*)?)?(?:![rsa])?(?::[^{}\s]*)?\}", re.ASCII
)
_PERCENT = re.compile(
    r"(?<!\d)%(?:\(\w+\)|\d+\$)?[-+0#]*\d*(?:\.\d+)?l?[sdifgxXrceuo@]|(?<![\w%])%\d+(?![\w%.,])", re.ASCII
)
_TAG = re.compile(r"</?(?:\d+|[A-Za-z][^<>]*)/?>|%\d+%")
PLACEHOLDER = re.compile(f"{_TAG.pattern}|{_BRACES.pattern}|{_PERCENT.pattern}", re.ASCII)
"""What the checks of placeholders and markup compare: no number in it is looked at by another check."""
_MARKS = frozenset(("mrk", "sm", "em"))
"""What XLIFF puts around a term, a comment or a name; the translation need not have it."""


def _codes(translation: Translation) -> Iterator[Remark]:
    pair = translation.pair
    yield from _compared("inline code", _of_segment(pair.source), _of_segment(pair.target))


def _of_segment(segment: Segment) -> Counter[str]:
    """How often each code stands in a segment; a mark of XLIFF is a remark on the text, and no code."""
    return Counter(_identity(code) for code in segment.codes if code.name not in _MARKS)


def _identity(code: Code) -> str:
    """What distinguishes a code: its native content, else its name and number."""
    if code.content is not None and code.content.text:
        return code.content.text
    attributes = dict(code.attributes)
    number = attributes.get("x") or attributes.get("id") or ""
    return f"<{'/' if code.kind == 'close' else ''}{code.name}{number and ' ' + number}>"


def _compared(kind: str, source: Counter[str], target: Counter[str]) -> Iterator[Remark]:
    if source != target:
        yield Remark(f"{kind} {difference(source - target, target - source)}")


CODES = Check("code", "Inline codes lost or added.", one_by_one(_codes))
