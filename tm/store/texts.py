"""Texts that a memory is asked for, as their key tokens.

>>> from tm.model import Segment
>>> texts = Texts([Segment("Le pont"), Segment("L’an 2018")], "fr")
>>> len(texts), texts[0], [*texts.some([1])]
(2, ['le', 'pont'], [["l'", 'an', '\\x02']])
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from tm.language import key_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.model import Segment


class Texts(Sequence[Sequence[str]]):
    """The key tokens of segments, for ``Store.similar``, each made when it is asked for: a memory that looks many
    texts up together makes numbers of their chunks, without the tokens (``lexicon.py``).

    >>> from tm.model import Segment
    >>> Texts([Segment("Oui")], "fr")[0]
    ['oui']
    """

    def __init__(self, segments: Sequence[Segment], language: str) -> None:
        """Of segments in a language."""
        self.segments, self.language = segments, language

    def some(self, numbers: Iterable[int]) -> Texts:
        """Only the texts of these numbers, in their order.

        >>> from tm.model import Segment
        >>> len(Texts([Segment("Oui"), Segment("Non")], "fr").some([1]))
        1
        """
        return Texts([self.segments[number] for number in numbers], self.language)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.segments)

    @overload
    def __getitem__(self, index: int) -> Sequence[str]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[str]]: ...

    def __getitem__(self, index: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        """The key tokens of one text, or some of the texts."""
        if isinstance(index, slice):
            return Texts(self.segments[index], self.language)
        return key_tokens(self.segments[index], self.language)
