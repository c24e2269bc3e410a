"""Where a phrase stands in the memory, with the translations of the sentences around it.

1. ``_typed`` makes key tokens of the words that a person typed; ``intell*`` becomes a ``Prefix``. Marks count
   nothing.
2. ``_widened`` makes wildcards of them: first none (the words as they are), then words without their accents,
   then all forms of each word (``inflexion.forms``).
3. The store names units (``Store.containing`` or ``Store.holding``): it looks at hashes, and all numbers are
   one key to it.
4. ``_passages`` fetches each unit and keeps it when its text really has the words (``_in_a_row``,
   ``_together``).

``searched`` looks for a regular expression in every text instead.

>>> from tm.direction import Direction
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> store = open_store(":memory:", create=True)
>>> texts = [("Le vieux pont dort.", "A velha ponte dorme."), ("Un pont neuf", "Uma ponte nova")]
>>> for source, target in texts:
...     _ = store.add([Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))])
>>> bridges = concordance(store, "pont", Direction("fr", "pt"))
>>> [(passage.pair.target.text, passage.places) for passage in bridges]
[('Uma ponte nova', ((3, 7),)), ('A velha ponte dorme.', ((9, 13),))]
"""

from __future__ import annotations

import time
from itertools import product
from typing import TYPE_CHECKING, Literal

from tm.errors import OptionError
from tm.language import keyed
from tm.language.forms import has_forms, is_told_by_beginnings
from tm.language.keys import WORDS, unaccented
from tm.memory.inflexion import forms, widely
from tm.memory.memories import searchable
from tm.store.protocol import listed
from tm.store.wildcards import OneOf, Prefix, Unaccented, UnaccentedPrefix, fits
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import regex

    from tm.direction import Direction
    from tm.language import KeyToken
    from tm.model import Pair, Unit
    from tm.store.protocol import Store, Stores


SECONDS = 2.0
"""Time limit for a regular expression on one text, against expressions that backtrack without end. Others
take a millionth of it."""

SEARCH_SECONDS = 6.0
"""Time limit for a regular expression on all texts together, on top of ``USUAL_SECONDS`` for each."""

USUAL_SECONDS = 50e-6
"""What an expression may take for a text, however many texts there are; most take a tenth of it."""


By = Literal["words", "accents", "forms"]
"""What the words of a text are: those that were typed; the same but for accents; other forms of them."""

AS_TYPED: tuple[By, ...] = ("words",)
WIDENED: tuple[By, ...] = ("accents", "forms")
ALL = AS_TYPED + WIDENED


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the memory in which something stands.

    Attributes:
        unit: the stored unit.
        pair: its two segments in the languages asked for.
        places: (start, end) in the source's text, in order: where a phrase stands first, or each of several
            words.
        number: the unit's in its memory.
        memory: the memory's name.
        by: what the words are, compared with those that were asked for.
    """

    unit: Unit
    pair: Pair
    places: tuple[tuple[int, int], ...]
    number: int = 0
    memory: str = ""
    by: By = "words"


def concordance(
    stores: Stores, phrase: str, direction: Direction, by: Sequence[By] = ALL
) -> Iterator[Passage]:
    """Every unit in whose source the phrase's words stand one after another; its first place there.

    First come those with the words as they were typed, then those that differ in accents only, then those
    with other forms of the words; each group the newest first. Case, typography, hyphens and marks do not
    count. A word with an asterisk right behind it (``intell*``) stands for all words that begin so. Units with
    the same two texts come once.

    Args:
        stores: a memory, or several, one after the other.
        phrase: words of the source language; without any nothing is found.
        direction: from which language into which; units without one of them are passed over.
        by: the groups that are wanted, in order. The last one reads a dictionary when it is come to.

    Raises:
        FormatError: the memory lacks one of the languages; says which it has.

    >>> from tm.direction import Direction
    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     for text in ("Les écoles ouvrent.", "ECOLE PRIMAIRE", "L'école est fermée."):
    ...         _ = store.add([Unit((Variant("fr", Segment(text)), Variant("pt", Segment("…"))))])
    ...     for passage in concordance(store, "école", Direction("fr", "pt")):
    ...         print(passage.by, passage.pair.source.text)
    words L'école est fermée.
    accents ECOLE PRIMAIRE
    forms Les écoles ouvrent.
    """
    typed = _typed(phrase, direction.source)
    memories = searchable(stores, direction)
    return _passages(memories, typed, direction, lambda store: store.containing, _in_a_row, by)


def passages(stores: Stores, wanted: list[str], direction: Direction) -> Iterator[Passage]:
    """Like ``concordance`` by words, of key tokens, in which all numbers are one key."""
    asked = wanted, wanted
    return _passages(listed(stores), asked, direction, lambda store: store.containing, _in_a_row)


def anywhere(
    stores: Stores, words: str, direction: Direction, by: Sequence[By] = ALL, *, again: bool = False
) -> Iterator[Passage]:
    """Like ``concordance``, of words that may stand anywhere in the source, in any order.

    Units with the same two texts are one; with ``again`` each comes by itself.
    """
    typed = _typed(words, direction.source)
    memories = searchable(stores, direction)
    return _passages(memories, typed, direction, lambda store: store.holding, _together, by, again=again)


def _passages(
    stores: Sequence[Store],
    asked: tuple[list[str], list[str]],
    direction: Direction,
    lookup_of: Callable[[Store], Callable[[Sequence[str], str], Iterator[int]]],
    ranges_in: Callable[[list[str], list[str]], list[tuple[int, int]]],
    groups: Sequence[By] = AS_TYPED,
    *,
    again: bool = False,
) -> Iterator[Passage]:
    """Units that a store names, if their texts really have what is asked for.

    Args:
        stores: one after the other.
        asked: the key tokens that a store is asked for, and what must stand in the text, with numbers as they
            are.
        direction: from which language into which.
        lookup_of: the store's method.
        ranges_in: where in the tokens of a text it stands.
        groups: what the words may be, one after the other.
        again: whether two texts come as often as there are units with them.
    """
    if not asked[0]:
        return
    seen: set[tuple[int, int]] = set()
    shown = set()
    for by, (place, store) in product(groups, enumerate(stores)):
        if by == "forms" and not has_forms(direction.source):
            continue
        if by == "forms" and is_told_by_beginnings(direction.source):  # loading a dictionary takes a second
            widest = _widened(asked[0], "beginnings", store, direction.source)
            if next(lookup_of(store)(widest, direction.source), None) is None:
                continue
        keys, literal = (_widened(tokens_asked, by, store, direction.source) for tokens_asked in asked)
        for number in lookup_of(store)(keys, direction.source):
            units = [] if (place, number) in seen else store.fetch([number])
            for unit in units:
                pair = unit.pair(direction.source, direction.target)
                if pair is None or ((pair.source, pair.target) in shown and not again):
                    continue
                stored = [token for token in keyed(pair.source.text, direction.source) if token.kind in WORDS]
                stored_keys = [token.key if asked[1] is asked[0] else _literal(token) for token in stored]
                if ranges := ranges_in(literal, stored_keys):
                    seen.add((place, number))
                    shown.add((pair.source, pair.target))
                    places = tuple((stored[first].start, stored[end - 1].end) for first, end in ranges)
                    yield Passage(unit, pair, places, number, store.name, by)


def _widened(keys: list[str], by: By | Literal["beginnings"], store: Store, language: str) -> list[str]:
    """Key tokens as what they stand for in one group of passages."""
    if by == "words":
        return keys
    ways: dict[str, Callable[[str, Store, str], str]] = {
        "accents": _without_accents,
        "forms": _forms,
        "beginnings": _beginnings,
    }
    widen = ways[by]
    return [widen(key, store, language) if key[:1].isalpha() else key for key in keys]


def _without_accents(key: str, _: Store, __: str) -> str:
    return (UnaccentedPrefix if isinstance(key, Prefix) else Unaccented)(key)


def _forms(key: str, store: Store, language: str, all_forms: Callable[[Store, str, str], str] = forms) -> str:
    """All forms of a word; of one that was typed without accents, those of the words that it may be.

    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     _ = store.add([Unit((Variant("fr", Segment("L'école, les écoles")),))])
    ...     sorted(_forms("ecole", store, "fr").words)
    ['ecole', 'école', 'écoles']
    """
    if isinstance(key, Prefix):
        return UnaccentedPrefix(key)
    meant = {key}
    if key == unaccented(key):
        meant.update(store.words(Unaccented(key), language))
    each = [all_forms(store, word, language) for word in meant]
    return OneOf(key, {word for one in each if isinstance(one, OneOf) for word in one.words})


def _beginnings(key: str, store: Store, language: str) -> str:
    """``_forms``, with other words that begin alike among them."""
    return _forms(key, store, language, widely)


def _literal(token: KeyToken) -> str:
    """The key of a word; for a number, a placeholder, an address or a name in code itself."""
    return token.key if token.kind == "word" else token.folded


def _in_a_row(wanted: list[str], keys: list[str]) -> list[tuple[int, int]]:
    """The first range of the keys that is what is wanted.

    >>> _in_a_row(["le", "pont"], ["sous", "le", "pont", "le", "pont"])
    [(1, 3)]
    """
    size = len(wanted)
    starts = (start for start in range(len(keys) - size + 1) if all(map(fits, wanted, keys[start:])))
    return [(start, start + size) for start in starts][:1]


def _together(wanted: list[str], keys: list[str]) -> list[tuple[int, int]]:
    """The first range of each of the words, in order; none when one is missing.

    >>> _together(["pont", "le"], ["sous", "le", "pont"]), _together(["pont", "rive"], ["le", "pont"])
    ([(1, 2), (2, 3)], [])
    """
    first = [next((index for index, key in enumerate(keys) if fits(word, key)), -1) for word in wanted]
    return [] if -1 in first else [(index, index + 1) for index in sorted({*first})]


def _typed(phrase: str, language: str) -> tuple[list[str], list[str]]:
    """The key tokens of what a person typed, and the same with numbers as they are.

    A word with an asterisk right behind it is a ``Prefix``.

    >>> keys, literal = _typed("pont* 12", "fr")
    >>> keys[0], isinstance(keys[0], Prefix), keys[1] == literal[1], literal[1]
    ('pont', True, False, '12')
    """
    keys: list[str] = []
    literal: list[str] = []
    end = -1  # of the token before, when that is a word
    for token in keyed(phrase, language):
        if token.folded == "*" and token.start == end and not phrase[token.end : token.end + 1].strip():
            keys[-1] = literal[-1] = Prefix(keys[-1])
        elif token.kind in WORDS:
            keys.append(token.key)
            literal.append(_literal(token))
        end = token.end if token.kind == "word" else -1
    return keys, literal


def searched(stores: Stores, expression: str, direction: Direction) -> Iterator[Passage]:
    """Every unit in whose source a regular expression is found, in order of arrival; its first place there.

    All texts are read: some seconds for a million of them.

    Args:
        stores: a memory, or several, one after the other.
        expression: as Python's ``re`` has it, or the package ``regex``, which knows more.
        direction: from which language into which.

    Raises:
        OptionError: the expression makes no sense, or takes longer than ``SECONDS`` for one text, or than
            ``SEARCH_SECONDS`` for all.
        FormatError: the memory lacks one of the languages; says which it has.

    >>> from tm.direction import Direction
    >>> list(searched([], "(", Direction("fr", "pt")))
    Traceback (most recent call last):
    tm.errors.OptionError: '(' is no regular expression: missing ) at position 1
    """
    import regex  # unlike re it can be told to give up

    try:
        pattern = regex.compile(expression)
    except (regex.error, OverflowError, RecursionError) as error:
        raise OptionError(f"{expression!r} is no regular expression: {error}") from error
    limited = _Limited(pattern)
    for store in searchable(stores, direction):
        for stored in store.all_stored():
            pair = stored.unit.pair(direction.source, direction.target)
            if pair and (match := limited.search(pair.source.text)):
                yield Passage(stored.unit, pair, (match.span(),), stored.number, store.name)


class _Limited:
    """A regular expression that gives up on a text, or on all texts together, after some time."""

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        self._pattern = pattern
        self._spare = SEARCH_SECONDS

    def search(self, text: str) -> regex.Match[str] | None:
        """Where it is found first in a text.

        Raises:
            OptionError: it takes too long.
        """
        begun = time.perf_counter()
        try:
            match = self._pattern.search(text, timeout=SECONDS)
        except TimeoutError as error:
            raise self._refusal("a text") from error
        self._spare += USUAL_SECONDS - (time.perf_counter() - begun)
        if self._spare < 0:
            raise self._refusal("the texts")
        return match

    def _refusal(self, what: str) -> OptionError:
        return OptionError(
            f"{self._pattern.pattern!r} takes too long on {what} of the memory; simplify its repetitions"
        )
