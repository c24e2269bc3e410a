"""From which language into which: two tags that belong together, decided in one place and handed down.

1. A verb gets a ``Direction`` from the flags (or the settings, which stand for flags); either side may be "".
2. ``decided`` fills in what is not said: from the file's own units, else from the memory's languages.
3. ``decided_for_documents`` does so for texts, which do not say what translates what: the memory's direction
   comes first, then French before Portuguese, then the order of the documents. So the names of files do not
   matter for that pair.
4. ``not_there`` is the one error for a direction that a file, a memory or a glossary does not have.

>>> print(decided(UNDECIDED, ["fr", "pt-BR"]), decided(Direction(target="fr"), ["fr", "pt-BR"]), sep="; ")
fr → pt-BR; pt-BR → fr
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm import bcp47
from tm.errors import FormatError, OptionError
from tm.values import dataclass

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from tm.model import Unit


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

    @classmethod
    def of(cls, direction: Direction | str, target: str = "") -> Direction:
        """A direction from either way of saying it: as it is, or as its two tags.

        >>> Direction.of("fr", "pt") == Direction.of(Direction("fr", "pt"))
        True
        """
        return cls(direction, target) if isinstance(direction, str) else direction

    def __str__(self) -> str:
        """As messages write it; "?" stands for what is not known."""
        return f"{self.source or '?'} → {self.target or '?'}"

    @property
    def is_known(self) -> bool:
        """Whether both languages are.

        >>> Direction("fr", "pt").is_known
        True
        """
        return bool(self.source and self.target)

    def reversed(self) -> Direction:
        """The way back.

        >>> print(Direction("fr", "pt").reversed())
        pt → fr
        """
        return Direction(self.target, self.source)

    def is_served_by(self, tags: Iterable[str]) -> bool:
        """Whether both languages are among the tags, in whatever region.

        >>> there = Direction("fr", "pt").is_served_by(["FR", "pt-BR"])
        >>> there, Direction("fr", "de").is_served_by(["fr", "pt"])
        (True, False)
        """
        known = list(tags)
        return self.is_known and all(bcp47.choose(tag, known) for tag in (self.source, self.target))


UNDECIDED = Direction()
"""Neither language is said: what is asked finds them out, or takes any."""

FIRST_PAIR = ("fr", "pt")
"""The product's own pair: with both, and nothing else to go by, French is translated into Portuguese."""


def parsed(source: str = "", target: str = "") -> Direction:
    """A direction from what a person wrote: tags in any spelling, "" = not said.

    Raises:
        OptionError: a tag is no language; or both are the same one.

    >>> print(parsed("FR", "pt_br"))
    fr → pt-BR
    >>> parsed("french")
    Traceback (most recent call last):
    tm.errors.OptionError: 'french' is not a language tag; write it like fr or pt-BR
    """
    for tag in (source, target):
        if not isinstance(tag, str) or (tag and not bcp47.is_tag(tag)):
            raise OptionError(f"{tag!r} is not a language tag; write it like fr or pt-BR")
    direction = Direction(bcp47.canonical(source), bcp47.canonical(target))
    if direction.source and direction.source == direction.target:
        raise OptionError(f"source and target language are both {source}; two were expected")
    return direction


def decided(asked: Direction, in_file: Sequence[str], in_memory: Sequence[str] = ()) -> Direction:
    """What is asked for, filled up from a file's languages, its source first, then from the memory's.

    Languages of the file that the memory lacks do not count, where the memory has any. A side stays "" when
    nothing is left.

    Args:
        asked: from the flags or the settings.
        in_file: tags as the file writes them, in order of appearance.
        in_memory: likewise; () when no memory is asked.

    >>> print(decided(Direction("pt"), ["en"], ["fr", "pt-BR"]))
    pt → fr
    >>> print(decided(UNDECIDED, ["pt"]))
    pt → ?
    """
    usable = [tag for tag in in_file if tag and (not in_memory or bcp47.choose(tag, in_memory))]
    candidates = [*usable, *in_memory]
    source = asked.source or _first_other(asked.target, candidates)
    return Direction(source, asked.target or _first_other(source, candidates))


def decided_for_units(asked: Direction, units: Iterable[Unit]) -> Direction:
    """Likewise from the languages of the first unit that has two, its source first; no further one is asked for.

    >>> from tm.model import Segment, Unit, Variant
    >>> pair = Unit((Variant("pt-BR", Segment("pão")), Variant("fr", Segment("pain"))))
    >>> print(decided_for_units(Direction(target="pt"), [pair]), decided_for_units(UNDECIDED, [pair]))
    fr → pt pt-BR → fr
    """
    variants = next((unit.variants for unit in units if len(unit.variants) > 1), ())
    tags = [variant.language for variant in variants]
    return Direction(*tags[:2]) if asked == UNDECIDED and tags else decided(asked, tags)


def decided_for_documents(
    asked: Direction, in_texts: Sequence[str], in_memory: Sequence[str] = ()
) -> Direction:
    """Likewise for texts that translate each other without saying which is the source.

    Args:
        asked: from the flags or the settings.
        in_texts: the languages of the texts in order, each once.
        in_memory: the languages of the memory that they come into, in order.

    >>> print(decided_for_documents(UNDECIDED, ["pt-BR", "fr"]))
    fr → pt-BR
    >>> print(decided_for_documents(UNDECIDED, ["pt-BR", "fr"], in_memory=["pt", "fr"]))
    pt-BR → fr
    >>> print(decided_for_documents(UNDECIDED, ["en", "de"]))
    en → de
    """
    for order in (in_memory, FIRST_PAIR):
        ranks = {bcp47.base(tag): rank for rank, tag in reversed(list(enumerate(order)))}
        if sum(bcp47.base(tag) in ranks for tag in in_texts) > 1:
            in_texts = sorted(in_texts, key=lambda tag: ranks.get(bcp47.base(tag), len(ranks)))
            break
    return decided(asked, in_texts)


def decided_for_two(asked: Direction, source: str, target: str) -> tuple[Direction, bool]:
    """Likewise for two texts that a person gave as source and target, and whether what is asked turns that
    order around.

    Args:
        asked: from the flags or the settings.
        source: the language of the first text, "" when not known.
        target: of the second.

    >>> for asked in (UNDECIDED, Direction(target="pt")):
    ...     direction, is_turned = decided_for_two(asked, "pt-BR", "fr")
    ...     print(direction, is_turned)
    pt-BR → fr False
    fr → pt True
    """
    first, second, asked_source, asked_target = (
        bcp47.base(tag or "und") for tag in (source, target, asked.source, asked.target)
    )
    from_second = bool(asked.source and target) and asked_source == second
    into_first = bool(asked.target and source) and asked_target == first
    contradicts = (bool(asked.source) and asked_source == first) or (
        bool(asked.target) and asked_target == second
    )
    is_turned = (from_second or into_first) and not contradicts
    if is_turned:
        source, target = target, source
    return Direction(asked.source or source, asked.target or target), is_turned


def not_there(
    direction: Direction,
    count: int,
    languages: Iterable[str],
    *,
    path: str | os.PathLike[str] = "",
    noun: str = "units",
) -> FormatError:
    """The error for a direction that is not there: one message and one exit code in every verb.

    Args:
        direction: what was asked for or found out; a side may be "".
        count: how many units (or concepts, documents) were looked at.
        languages: those that there are.
        path: of the file, memory or glossary.
        noun: what was counted.

    >>> print(not_there(Direction("fr", "de"), 19, ["fr", "PT-br"], path="news.tm"))
    news.tm: 0 of 19 units are fr → de; found: fr, pt-BR
    >>> print(not_there(Direction("fr", "de"), 0, [], path="news.tm"))
    news.tm: holds no units
    >>> print(not_there(Direction(target="de"), 2, ["fr"], path="news.tsv"))
    news.tsv: 0 of 2 units are in de; found: fr
    >>> print(not_there(Direction("fr"), 2, ["fr"], path="news.tsv"))
    news.tsv: is in fr only; say the languages with -s and -t
    """
    if not count:
        return FormatError(f"holds no {noun}", path=path)
    known = list(dict.fromkeys(bcp47.canonical(tag) for tag in languages if tag))
    tags = ", ".join(known) or "no language"
    if direction.is_known:
        return FormatError(f"0 of {count} {noun} are {direction}; found: {tags}", path=path)
    for tag in (direction.source, direction.target):
        if tag and not bcp47.choose(tag, known):
            return FormatError(f"0 of {count} {noun} are in {tag}; found: {tags}", path=path)
    only = f"is in {tags} only" if known else "is in no known language"
    return FormatError(f"{only}; say the languages with -s and -t", path=path)


def _first_other(language: str, tags: Sequence[str]) -> str:
    """The first tag of another language, regions apart; else, of the same one, another region."""
    differing = [tag for tag in tags if bcp47.base(tag) != bcp47.base(language or "und")]
    regions = [tag for tag in tags if language and bcp47.canonical(tag) != bcp47.canonical(language)]
    return bcp47.canonical(next(iter(differing or regions), ""))
