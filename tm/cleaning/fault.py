"""What is wrong with a unit, and its texts as they should be."""

from __future__ import annotations

from typing import Literal

from tm.values import dataclass

Kind = Literal[
    "mojibake",
    "machine",
    "markup",
    "untranslated",
    "wrong-language",
    "number",
    "duplicate",
    "truncated",
    "too-long",
    "misaligned",
]
"""What can be wrong with a unit."""

KINDS: dict[Kind, str] = {
    "mojibake": "Letters broken by a wrong encoding: Ã© for é, caf? for café.",
    "machine": "What a program left: TODO, a prompt, subword marks, a phrase again and again.",
    "markup": "Tags, entities or placeholders that the other text has not.",
    "untranslated": "The translation is the source.",
    "wrong-language": "A text is surely in another language.",
    "number": "A number of the source is another one in the translation.",
    "duplicate": "A better unit differs only in case, spaces or marks.",
    "truncated": "The end of the source is not translated.",
    "too-long": "The end of the translation has nothing to do with the source.",
    "misaligned": "The texts do not translate each other.",
}
"""Each kind in one line, in the order in which they are looked for: a unit gets the first that it has."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a unit.

    Attributes:
        kind: of ``KINDS``.
        reason: one line, in the user's terms.
        repaired: the source and the target as they should be; None where nobody can tell, and the unit goes.
        better: of a duplicate the number of the unit that stays.
    """

    kind: Kind
    reason: str
    repaired: tuple[str, str] | None = None
    better: int | None = None
