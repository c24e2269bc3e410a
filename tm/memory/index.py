"""Which units are worth comparing: those that share enough tokens with the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.language import key_tokens
from tm.memory.records import variant_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence


def similar(
    connection: sqlite3.Connection, queries: Sequence[Sequence[str]], base: str, minimum: float
) -> Iterator[list[tuple[float, int]]]:
    """See ``tm.memory.store.Store.similar``."""
    from rapidfuzz.distance import Levenshtein

    stored = [
        (number, key_tokens(variant_of(tag, text, extra).segment, base))
        for number, tag, text, extra in connection.execute(
            "SELECT unit, tag, text, variant.extra FROM variant JOIN language ON language.id = language"
            " JOIN unit ON unit.id = unit WHERE base = ? AND removed IS NULL ORDER BY unit DESC",
            (base,),
        )
    ]
    for query in queries:
        hits: dict[int, float] = {}
        for number, tokens in stored:
            likeness = Levenshtein.normalized_similarity(query, tokens, score_cutoff=minimum)
            if likeness >= minimum:
                hits[number] = max(likeness, hits.get(number, 0.0))
        yield sorted(((likeness, number) for number, likeness in hits.items()), reverse=True)
