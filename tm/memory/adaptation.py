"""The numbers of a new text put into the stored translation, and the white space around it.

1. ``adapted_numbers`` finds the changed numbers of the source among those of the target, by ``_value``.
2. ``_written_like`` writes the new number as the target writes the old one; ``_moved`` moves inline codes
   along.
3. ``with_ends`` gives a proposal the white space that the new text begins and ends with.

>>> _value("10 000") == _value("10.000"), _written_like("10 000", "10.000", "12 500")
(True, '12.500')
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tm.language import numbers, plain_typography, tokens
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.language.tokens import Token
    from tm.memory.similarity import Change
    from tm.model import Code, Pair

_GROUPED = re.compile(r"(\d{1,3}(?:[ .,']\d{3})+)(?:[.,](\d+))?")


def adapted_numbers(pair: Pair, changes: Sequence[Change], direction: Direction) -> Segment | None:
    """The pair's target with the changed numbers of its source changed in the same way; None when that is not
    certain.

    It is certain when each changed number stands in the target as often as in the source, and the old number
    shows how the target writes numbers.

    Args:
        pair: the stored texts.
        changes: of its source; only those of numbers count.
        direction: from which language into which.

    >>> from tm.direction import Direction
    >>> from tm.memory.similarity import Change
    >>> from tm.model import Pair, Segment
    >>> pair = Pair(Segment("Il y a 10 000 pages en 3 tomes."), Segment("São 10.000 páginas em 3 volumes."))
    >>> changes = [Change("number", "10 000", "12 500"), Change("number", "3", "4")]
    >>> adapted_numbers(pair, changes, Direction("fr", "pt-BR")).text
    'São 12.500 páginas em 4 volumes.'
    >>> words = Pair(Segment("3 pages"), Segment("três páginas"))
    >>> adapted_numbers(words, changes[1:], Direction("fr", "pt-BR")) is None
    True
    """
    pairs = [(change.stored, change.new) for change in changes if change.kind == "number"]
    new_by_old = dict(pairs)
    if not pairs or len({_value(old) for old in new_by_old}) < len(set(pairs)):
        return None
    in_source = Counter(map(_value, numbers(pair.source.text, direction.source)))
    target_numbers = [token for token in tokens(pair.target.text, direction.target) if token.kind == "number"]
    in_target = Counter(_value(token.text) for token in target_numbers)
    changed = Counter(_value(old) for old, _ in pairs)
    text, codes = pair.target.text, pair.target.codes
    for token in reversed(target_numbers):
        value = _value(token.text)
        old = next((old for old in new_by_old if _value(old) == value), None)
        if old is None:
            continue
        written = _written_like(old, token.text, new_by_old[old])
        if written is None:
            return None
        text = text[: token.start] + written + text[token.end :]
        codes = tuple(_moved(code, token, len(written)) for code in codes)
    if any(not in_source[value] == in_target[value] == count for value, count in changed.items()):
        return None
    return Segment(text, codes)


def with_ends(proposal: Segment, stored: Segment, new: Segment) -> Segment:
    r"""The proposal with the white space around the new text, where the stored texts have equal white space.

    Args:
        proposal: the stored translation, adapted or not.
        stored: its source.
        new: the text that is being translated.

    >>> with_ends(Segment("Fim."), Segment("Fin."), Segment("Fin.\n")).text
    'Fim.\n'
    >>> with_ends(Segment("Fim. "), Segment("Fin."), Segment("Fin.\n")).text
    'Fim. '
    """
    if not proposal.text.strip() or not new.text.strip():
        return proposal
    before, inner, after = _parted(proposal.text)
    stored_before, _, stored_after = _parted(stored.text)
    new_before, _, new_after = _parted(new.text)
    first = new_before if before == stored_before else before
    last = new_after if after == stored_after else after
    text = first + inner + last
    shift = len(first) - len(before)
    codes = (replace(code, position=min(max(code.position + shift, 0), len(text))) for code in proposal.codes)
    return Segment(text, tuple(codes))


def _parted(text: str) -> tuple[str, str, str]:
    """The white space before a text, the text, and the white space behind it."""
    return text[: len(text) - len(text.lstrip())], text.strip(), text[len(text.rstrip()) :]


def _moved(code: Code, token: Token, length: int) -> Code:
    """The code where it stands once a token has another length."""
    position = code.position
    if position >= token.end:
        return replace(code, position=position + token.start + length - token.end)
    return replace(code, position=min(position, token.start + length)) if position > token.start else code


def _value(number: str) -> str:
    """The number without its language's separators.

    >>> _value("10 000") == _value("10.000"), _value("3,5") == _value("3.5"), _value("3,5") == _value("35")
    (True, True, False)
    """
    plain = plain_typography(number)
    grouped = _GROUPED.fullmatch(plain)
    if not grouped:
        return plain.replace(",", ".")
    return re.sub(r"\D", "", grouped[1]) + (f".{grouped[2]}" if grouped[2] else "")


def _written_like(old: str, translated: str, new: str) -> str | None:
    """The new number as the target writes it, given how the old one is written in both languages.

    >>> _written_like("3,5", "3.5", "4,25"), _written_like("35", "35", "3,5")
    ('4.25', None)
    """
    source_separators = re.findall(r"\D", old)
    target_separators = re.findall(r"\D", translated)
    if len(source_separators) != len(target_separators):
        return None
    in_target = dict(zip(source_separators, target_separators, strict=True))
    if not set(re.findall(r"\D", new)) <= set(in_target):
        return None
    return "".join(in_target.get(character, character) for character in new)
