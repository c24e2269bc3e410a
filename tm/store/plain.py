"""The reference search: each stored text is compared with the query, in plain Python.

Slow (10,000 texts a second), short and right: a store without an index answers with these five functions,
and tests compare indexes with them. All take the memory as pairs of number and unit, in order of arrival.

1. ``similar`` compares by ``likeness``, the edit distance of the words, and by ``letters``, for compounds.
2. ``containing`` finds a phrase (``in_a_row``), ``holding`` its words in any order (``together``), ``words`` the
   words of a wildcard.
3. ``stretches`` finds the longest parts of a query that stand in some text; ``lengthen`` does so for one text.

>>> from tm.model import Segment, Unit, Variant
>>> texts = ["red fish", "blue fish", "red fish blue fish"]
>>> stored = [(number, Unit((Variant("en", Segment(text)),))) for number, text in enumerate(texts, 1)]
>>> list(similar(stored, [["red", "fish"]], "en", 0.5))
[[(1.0, 1), (0.5, 3), (0.5, 2)]]
>>> list(containing(stored, ["fish", "blue"], "en")), list(holding(stored, ["blue", "red"], "en"))
([3], [3])
>>> stretches(stored, ["one", "red", "fish", "two"], "en")
[0, 3, 3, 3]
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from tm import bcp47
from tm.language import key_tokens
from tm.language.keys import letters, unaccented
from tm.store.tolerance import EPSILON
from tm.store.wildcards import fits, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tm.model import Unit

    Stored: TypeAlias = Iterable[tuple[int, Unit]]


def similar(
    stored: Stored, queries: Sequence[Sequence[str]], language: str, minimum: float
) -> Iterator[list[tuple[float, int]]]:
    """See ``tm.store.protocol.Store.similar``: each unit once, with the best of its variants."""
    texts = list(_texts(stored, language))
    for query in queries:
        best: dict[int, float] = {}
        name_of = names(query)
        spelled = letters(query)
        plain_query = query if name_of else [*map(unaccented, query)]
        for number, tokens in texts:
            is_spelled = spelled and not name_of and letters(tokens) == spelled
            base = 1.0 if is_spelled else likeness(plain_query, comparable(tokens, name_of))
            if base >= minimum - EPSILON:
                best[number] = max(base, best.get(number, 0.0))
        yield sorted(((base, number) for number, base in best.items()), reverse=True)


def containing(stored: Stored, query: Sequence[str], language: str) -> Iterator[int]:
    """See ``tm.store.protocol.Store.containing``."""
    numbers = (number for number, tokens in _texts(stored, language) if in_a_row(query, tokens))
    yield from sorted(set(numbers), reverse=True)


def holding(stored: Stored, query: Sequence[str], language: str) -> Iterator[int]:
    """See ``tm.store.protocol.Store.holding``."""
    numbers = (number for number, tokens in _texts(stored, language) if together(query, tokens))
    yield from sorted(set(numbers), reverse=True)


def words(stored: Stored, wildcard: str, language: str) -> list[str]:
    """See ``tm.store.protocol.Store.words``."""
    every = {token for _, tokens in _texts(stored, language) for token in tokens}
    return sorted(word for word in every if word[:1].isalnum() and fits(wildcard, word))


def stretches(stored: Stored, query: Sequence[str], language: str) -> list[int]:
    """See ``tm.store.protocol.Store.stretches``; this gives the longest from each place, whatever the
    seeds."""
    ends = list(range(len(query)))
    for _, tokens in _texts(stored, language):
        for place in range(len(query)):
            for start in range(len(tokens)):
                ends[place] = max(ends[place], place + _agreeing(query[place:], tokens[start:]))
    return ends


def comparable(tokens: Sequence[str], name_of: Mapping[str, str]) -> list[str]:
    """A text's tokens as they are compared: with the names that a query has for words, or without the accents
    that may be missing on capitals (``tm.memory.likeness`` looks).

    >>> comparable(["été", "pont"], {}), comparable(["été", "pont"], {"pont": "P"})
    (['ete', 'pont'], ['été', 'P'])
    """
    return [name_of.get(token, token) for token in tokens] if name_of else [*map(unaccented, tokens)]


def likeness(query: Sequence[str], tokens: Sequence[str]) -> float:
    """1 - Levenshtein / the longer length; of two empty texts 1.

    >>> likeness("the red fish swims".split(), "the blue fish swims".split())
    0.75
    """
    longer = max(len(query), len(tokens))
    return 1 - _distance(query, tokens) / longer if longer else 1.0


def in_a_row(query: Sequence[str], tokens: Sequence[str]) -> bool:
    """Whether the query's tokens stand one after another among a text's."""
    return any(all(map(fits, query, tokens[place:])) for place in range(len(tokens) - len(query) + 1))


def together(query: Sequence[str], tokens: Sequence[str]) -> bool:
    """Whether each of the query's tokens stands somewhere among a text's."""
    return all(any(fits(asked, token) for token in tokens) for asked in query)


def _texts(stored: Stored, language: str) -> Iterator[tuple[int, list[str]]]:
    """The number and the key tokens of each variant in the language, regions aside."""
    base = bcp47.base(language)
    for number, unit in stored:
        for variant in unit.variants:
            if bcp47.base(variant.language) == base:
                yield number, key_tokens(variant.segment, base)


def _distance(query: Sequence[str], tokens: Sequence[str]) -> int:
    """Levenshtein's: the fewest insertions, deletions and replacements that make one of the other."""
    row = list(range(len(tokens) + 1))
    for count, word in enumerate(query, 1):
        above, row = row, [count]
        for column, token in enumerate(tokens):
            row.append(min(above[column] + (word != token), above[column + 1] + 1, row[column] + 1))
    return row[-1]


def _agreeing(query: Sequence[str], tokens: Sequence[str]) -> int:
    """How many tokens are the same from the start of both."""
    count = 0
    for word, token in zip(query, tokens, strict=False):
        if word != token:
            break
        count += 1
    return count


def lengthen(ends: list[int], query: Sequence[str], tokens: list[str]) -> None:
    """Extend ``ends`` by the stretches of the query that stand in these tokens.

    >>> ends = [0, 1, 2, 3]
    >>> lengthen(ends, ["sous", "le", "pont", "neuf"], ["le", "pont", "sous"])
    >>> ends
    [1, 3, 2, 3]
    """
    positions: dict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(query):
        positions[token].append(position)
    before: dict[int, int] = {}  # for each query position that ends here, where its stretch began
    for token in tokens:
        starts = {position: before.get(position - 1, position) for position in positions.get(token, ())}
        for position, start in starts.items():
            ends[start] = max(ends[start], position + 1)
        before = starts
