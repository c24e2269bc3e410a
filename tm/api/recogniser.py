"""A glossary made ready once, for many texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.api.given import concepts_of, segment_of, string_given
from tm.direction import Direction, parsed
from tm.errors import OptionError
from tm.terminology import Recogniser as _Recogniser

if TYPE_CHECKING:
    from tm.api.given import Glossary
    from tm.terminology import Occurrence


class Recogniser(_Recogniser):
    """The terms of one glossary, in any number of texts.

    Args:
        glossary: a file, concepts, or ``(term, translation)`` tuples, whose terms are in the texts' language.
        language: of the texts, a tag.
        inserted: how many adjectives may stand inside a term that the term has not.

    >>> recogniser = Recogniser([("four à pain", "forno de pão")], "fr")
    >>> [occurrence.start for occurrence in recogniser.recognise("Deux fours à pain, un four à pain.")]
    [5, 22]
    """

    def __init__(self, glossary: Glossary, language: str, *, inserted: int = 0) -> None:
        """Prepare the glossary."""
        tag = parsed(string_given("language", language)).source
        if not tag:
            raise OptionError("language is ''; a language tag was expected, such as fr or pt-BR")
        super().__init__(concepts_of(glossary, Direction(tag, "und")), tag, inserted=inserted)

    def recognise(self, text: str) -> list[Occurrence]:
        """The terms in a text, in order. No two overlap, but for a decided one in a candidate."""
        return super().recognise(segment_of(text).text)
