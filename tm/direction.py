"""From which language into which: two tags that belong together, decided once and handed down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Direction:
    """Translate from one language into another.

    Attributes:
        source: a BCP 47 tag, "" when it is not known.
        target: likewise.

    >>> print(Direction("fr", "pt-BR"), Direction("fr", "").is_known)
    fr → pt-BR False
    """

    source: str = ""
    target: str = ""

    def __str__(self) -> str:
        """As messages write it; "?" stands for what is not known."""
        return f"{self.source or '?'} → {self.target or '?'}"

    @property
    def is_known(self) -> bool:
        """Whether both languages are."""
        return bool(self.source and self.target)

    def reversed(self) -> Direction:
        """The way back.

        >>> print(Direction("fr", "pt").reversed())
        pt → fr
        """
        return Direction(self.target, self.source)


UNDECIDED = Direction()
"""Neither language is said: what is asked finds them out, or takes any."""
