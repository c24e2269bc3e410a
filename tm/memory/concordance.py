"""Where a phrase stands in the memory, with the translations of the sentences around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.errors import OptionError
from tm.language import key_tokens, tokens
from tm.language.tokens import token_key
from tm.memory.store import Prefix, fits
from tm.model import Segment

if TYPE_CHECKING:
    from tm.memory.store import Store
    from tm.model import Pair, Unit


SECONDS = 2.0
"""That a regular expression may take for one text. Good ones take a millionth of it; only some that backtrack without end come near."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the memory in which something stands.

    Attributes:
        unit: the stored unit.
        pair: its two segments in the languages asked for.
        places: (start, end) in the source's text, in order: of a phrase its first place, of words the first place of each.
    """

    unit: Unit
    pair: Pair
    places: tuple[tuple[int, int], ...]


def concordance(stores: Store | Sequence[Store], phrase: str, source: str, target: str) -> Iterator[Passage]:
    """Every unit in whose source the phrase's words stand one after another, the newest first; its first place there.

    Case, typography and which numbers do not count. A word with an asterisk right behind it (``intell*``) stands for all words
    that begin so. Units with the same two texts come once.

    Args:
        stores: a memory, or several, one after the other.
        phrase: words of the source language; without any nothing is found.
        source: the language to look in.
        target: the other; units without it are passed over.
    """
    yield from passages(stores, _wanted(phrase, source), source, target)


def passages(
    stores: Store | Sequence[Store], wanted: list[str], source: str, target: str
) -> Iterator[Passage]:
    """``concordance`` of key tokens."""
    return _passages(stores, wanted, (source, target), lambda store: store.containing, _in_a_row)


def anywhere(stores: Store | Sequence[Store], words: str, source: str, target: str) -> Iterator[Passage]:
    """``concordance`` of words that may stand anywhere in the source, in any order."""
    wanted = _wanted(words, source)
    return _passages(stores, wanted, (source, target), lambda store: store.holding, _together)


def _passages(
    stores: Store | Sequence[Store],
    wanted: list[str],
    languages: tuple[str, str],
    numbers: Callable[[Store], Callable[[Sequence[str], str], Iterator[int]]],
    found_in: Callable[[list[str], list[str]], list[tuple[int, int]]],
) -> Iterator[Passage]:
    """Units that a store names, if the texts really have what is wanted (the store looks at hashes)."""
    if not wanted:
        return
    shown = set()
    for store in stores if isinstance(stores, Sequence) else [stores]:
        for number in numbers(store)(wanted, languages[0]):
            for unit in store.fetch([number]):
                pair = unit.pair(*languages)
                if pair is None or (pair.source, pair.target) in shown:
                    continue
                text = pair.source.text
                if stretches := found_in(wanted, key_tokens(Segment(text), languages[0])):
                    shown.add((pair.source, pair.target))
                    at = tokens(text, languages[0])
                    yield Passage(unit, pair, tuple((at[a].start, at[b - 1].end) for a, b in stretches))


def _in_a_row(wanted: list[str], keys: list[str]) -> list[tuple[int, int]]:
    """The first stretch of the keys that is what is wanted."""
    size = len(wanted)
    starts = (start for start in range(len(keys) - size + 1) if all(map(fits, wanted, keys[start:])))
    return [(start, start + size) for start in starts][:1]


def _together(wanted: list[str], keys: list[str]) -> list[tuple[int, int]]:
    """The first place of each of the words, in order; none when one is missing."""
    first = [next((place for place, key in enumerate(keys) if fits(word, key)), -1) for word in wanted]
    return [] if -1 in first else [(place, place + 1) for place in sorted({*first})]


def _wanted(phrase: str, language: str) -> list[str]:
    """The key tokens of what a person typed; a word with an asterisk right behind it is a ``Prefix``."""
    found: list[str] = []
    end = -1  # of the token before, when that is a word
    for token in tokens(phrase, language):
        if token.text == "*" and token.start == end and not phrase[token.end : token.end + 1].strip():
            found[-1] = Prefix(found[-1])
        else:
            found.append(token_key(token))
        end = token.end if token.kind == "word" else -1
    return found


def searched(stores: Store | Sequence[Store], expression: str, source: str, target: str) -> Iterator[Passage]:
    """Every unit in whose source a regular expression is found, in order of arrival; its first place there.

    All texts are read: some seconds for a million of them.

    Args:
        stores: a memory, or several, one after the other.
        expression: as Python's ``re`` has it, or the package ``regex``, which knows more.
        source: the language to look in.
        target: the other; units without it are passed over.

    Raises:
        OptionError: the expression makes no sense, or takes longer than ``SECONDS`` for one text.
    """
    import regex  # unlike re it can be told to give up

    try:
        pattern = regex.compile(expression)
    except (regex.error, OverflowError, RecursionError) as error:
        raise OptionError(f"{expression!r} is no regular expression: {error}") from error
    for store in stores if isinstance(stores, Sequence) else [stores]:
        for unit in store.units():
            pair = unit.pair(source, target)
            try:
                found = pair and pattern.search(pair.source.text, timeout=SECONDS)
            except TimeoutError as error:
                raise OptionError(
                    f"{expression!r} takes too long on a text of the memory; simplify its repetitions"
                ) from error
            if pair and found:
                yield Passage(unit, pair, (found.span(),))
