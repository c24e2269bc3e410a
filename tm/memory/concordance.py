"""Where a phrase stands in the memory, with the translations of the sentences around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.errors import OptionError
from tm.language import fold, tokens
from tm.language.tokens import token_key
from tm.store.protocol import Prefix, fits

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.language import Token
    from tm.model import Pair, Unit
    from tm.store.protocol import Store


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


def concordance(stores: Store | Sequence[Store], phrase: str, direction: Direction) -> Iterator[Passage]:
    """Every unit in whose source the phrase's words stand one after another, the newest first; its first place there.

    Case and typography do not count. A word with an asterisk right behind it (``intell*``) stands for all words
    that begin so. Units with the same two texts come once.

    Args:
        stores: a memory, or several, one after the other.
        phrase: words of the source language; without any nothing is found.
        direction: from which language into which.
        target: the other; units without it are passed over.
    """
    return _passages(
        stores,
        _typed(phrase, direction.source),
        (direction.source, direction.target),
        lambda store: store.containing,
        _in_a_row,
    )


def passages(stores: Store | Sequence[Store], wanted: list[str], direction: Direction) -> Iterator[Passage]:
    """``concordance`` of key tokens, in which any number is NUM."""
    return _passages(
        stores,
        (wanted, wanted),
        (direction.source, direction.target),
        lambda store: store.containing,
        _in_a_row,
    )


def anywhere(stores: Store | Sequence[Store], words: str, direction: Direction) -> Iterator[Passage]:
    """``concordance`` of words that may stand anywhere in the source, in any order."""
    return _passages(
        stores,
        _typed(words, direction.source),
        (direction.source, direction.target),
        lambda store: store.holding,
        _together,
    )


def _passages(
    stores: Store | Sequence[Store],
    wanted: tuple[list[str], list[str]],
    languages: tuple[str, str],
    numbers: Callable[[Store], Callable[[Sequence[str], str], Iterator[int]]],
    found_in: Callable[[list[str], list[str]], list[tuple[int, int]]],
) -> Iterator[Passage]:
    """Units that a store names, if the texts really have what is wanted: the store looks at hashes, and all numbers are one to it.

    Args:
        stores: a memory, or several.
        wanted: what the store is asked for, and what must stand in the text; numbers in the second are those very numbers.
        languages: source and target.
        numbers: the store's method.
        found_in: where in the tokens of a text it stands.
    """
    keys, literal = wanted
    if not keys:
        return
    shown = set()
    for store in stores if isinstance(stores, Sequence) else [stores]:
        for number in numbers(store)(keys, languages[0]):
            for unit in store.fetch([number]):
                pair = unit.pair(*languages)
                if pair is None or (pair.source, pair.target) in shown:
                    continue
                at = tokens(pair.source.text, languages[0])
                text = [*map(token_key if literal is keys else _literal, at)]
                if stretches := found_in(literal, text):
                    shown.add((pair.source, pair.target))
                    yield Passage(unit, pair, tuple((at[a].start, at[b - 1].end) for a, b in stretches))


def _literal(token: Token) -> str:
    """The key of a token, but of a number the number itself."""
    return fold(token.text)


def _in_a_row(wanted: list[str], keys: list[str]) -> list[tuple[int, int]]:
    """The first stretch of the keys that is what is wanted."""
    size = len(wanted)
    starts = (start for start in range(len(keys) - size + 1) if all(map(fits, wanted, keys[start:])))
    return [(start, start + size) for start in starts][:1]


def _together(wanted: list[str], keys: list[str]) -> list[tuple[int, int]]:
    """The first place of each of the words, in order; none when one is missing."""
    first = [next((place for place, key in enumerate(keys) if fits(word, key)), -1) for word in wanted]
    return [] if -1 in first else [(place, place + 1) for place in sorted({*first})]


def _typed(phrase: str, language: str) -> tuple[list[str], list[str]]:
    """The key tokens of what a person typed, and the same with its numbers; a word with an asterisk right behind it is a ``Prefix``."""
    keys: list[str] = []
    literal: list[str] = []
    end = -1  # of the token before, when that is a word
    for token in tokens(phrase, language):
        if token.text == "*" and token.start == end and not phrase[token.end : token.end + 1].strip():
            keys[-1] = literal[-1] = Prefix(keys[-1])
        else:
            keys.append(token_key(token))
            literal.append(_literal(token))
        end = token.end if token.kind == "word" else -1
    return keys, literal


def searched(stores: Store | Sequence[Store], expression: str, direction: Direction) -> Iterator[Passage]:
    """Every unit in whose source a regular expression is found, in order of arrival; its first place there.

    All texts are read: some seconds for a million of them.

    Args:
        stores: a memory, or several, one after the other.
        expression: as Python's ``re`` has it, or the package ``regex``, which knows more.
        direction: from which language into which.

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
            pair = unit.pair(direction.source, direction.target)
            try:
                found = pair and pattern.search(pair.source.text, timeout=SECONDS)
            except TimeoutError as error:
                raise OptionError(
                    f"{expression!r} takes too long on a text of the memory; simplify its repetitions"
                ) from error
            if pair and found:
                yield Passage(unit, pair, (found.span(),))
