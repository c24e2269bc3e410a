"""The index of a memory that grows while it is read: what was read stays, and nothing is missed."""

import random
from itertools import count

import pytest

from tm.memory import find, find_all
from tm.model import Segment, Unit, Variant
from tm.store import Texts, kept_arrays, open_store, plain, run_table, sqlite, variants
from tm.store import index as index_module
from tm.store.wildcards import Prefix

WORDS = "pont rive quai phare digue môle été école".split()


def unit(source, target="x"):
    return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))


def numbered(chance, number):
    return unit(" ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 5))), f"texto {number}")


def longest(ends):
    """Beginning and end of the stretches of several tokens that lie in no longer one."""
    return [(start, end) for start, end in enumerate(ends) if end > max((start + 1, *ends[:start]))]


def answers(store, queries):
    """What a store says to queries in every way."""
    return (
        [[round(likeness, 6) for likeness, _ in hits] for hits in store.similar(queries, "fr", 0.5)],
        [[number for _, number in hits] for hits in store.similar(queries, "fr", 0.5)],
        [[number for _, number in hits] for query in queries for hits in store.similar([query], "fr", 0.6)],
        [[*store.containing(query, "fr")] for query in queries],
        [[*store.holding(query, "fr")] for query in queries],
        store.words(Prefix("p"), "fr"),
        [longest(store.stretches(query, "fr", range(len(query)))) for query in queries],
    )


def reference(store, queries):
    """The same by comparing with every text."""
    stored = [*enumerate(store.units(), 1)]
    near = [*plain.similar(stored, queries, "fr", 0.5)]
    return (
        [[round(likeness, 6) for likeness, _ in hits] for hits in near],
        [[number for _, number in hits] for hits in near],
        [[number for _, number in hits] for hits in plain.similar(stored, queries, "fr", 0.6)],
        [[*plain.containing(stored, query, "fr")] for query in queries],
        [[*plain.holding(stored, query, "fr")] for query in queries],
        plain.words(stored, Prefix("p"), "fr"),
        [longest(plain.stretches(stored, query, "fr")) for query in queries],
    )


@pytest.mark.parametrize(("many", "compared"), [(1, 0), (1, 30), (10_000, 0)])
def test_a_store_that_stays_open_finds_what_others_add_as_if_it_were_opened_anew(
    tmp_path, monkeypatch, many, compared
):
    monkeypatch.setattr(index_module, "LEAST", 7)
    monkeypatch.setattr(variants, "RUN", 40)
    monkeypatch.setattr(index_module, "MANY", many)
    monkeypatch.setattr(kept_arrays, "MANY", many)
    monkeypatch.setattr(kept_arrays, "COMPARED", compared)
    chance, numbers = random.Random(many + compared), count()
    queries = [[chance.choice(WORDS) for _ in range(chance.randint(1, 4))] for _ in range(6)]
    path = tmp_path / "memory.tm"
    with open_store(path, create=True) as writer, open_store(path) as reader:
        for _ in range(22):
            writer.add([numbered(chance, next(numbers)) for _ in range(chance.choice((1, 1, 2, 9)))])
            assert answers(reader, queries) == reference(writer, queries)


def test_after_one_more_unit_only_that_one_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 50)
    path, read = tmp_path / "memory.tm", []
    between = variants.between
    monkeypatch.setattr(
        variants, "between", lambda connection, *place: read.append(place) or between(connection, *place)
    )
    with open_store(path, create=True) as writer, open_store(path) as reader:
        writer.add([unit(f"un mot {'a' * n}") for n in range(1, 60)])
        writer.add([unit("deux mots")])
        query = ["deux", "mots"]
        for store_of in (reader.similar, lambda query, base, _: [reader.holding(query[0], base)]):
            [*map(list, store_of([query], "fr", 0.5))]
        read.clear()
        writer.add([unit("deux mots !")])
        (hits,) = reader.similar([query], "fr", 0.5)
        assert {61, 60} <= {number for _, number in hits}
        assert read == [(60, 61, "fr")]
        (hits,) = reader.similar([query], "fr", 0.5)
        assert read == [(60, 61, "fr")]


def test_equal_texts_are_found_by_their_letters_as_by_a_search(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 20)
    chance, numbers = random.Random(5), count()
    texts = [" ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 3))) for _ in range(30)] + [
        "!",
        "?",
    ]
    with open_store(tmp_path / "memory.tm", create=True) as store:
        for _ in range(4):
            store.add([unit(chance.choice(texts), f"texto {next(numbers)}") for _ in range(15)])
            segments = [Segment(text) for text in texts]
            by_letters = [*find_all(store, segments, "fr", "pt", minimum=100, limit=9)]
            by_search = [*find_all(store, segments, "fr", "pt", minimum=99, limit=99)]
            for one, other in zip(by_letters, by_search, strict=True):
                best = [match.number for match in other if match.percent >= 100]
                assert [match.number for match in one] == best[:9]


def test_a_memory_of_an_early_version_has_no_letters_and_is_searched(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 2)
    path = tmp_path / "memory.tm"
    with open_store(path, create=True) as store:
        store.add([unit("un pont"), unit("un quai"), unit("une rive")])
        store._connection.execute("DELETE FROM run WHERE base LIKE '% letters'")
        store._connection.execute("UPDATE kept SET runs = 2, seal = seal(units, present, changes, 2)")
    with open_store(path) as store:
        assert store.exact(Texts([Segment("un quai")], "fr"), "fr") == [None]
        assert [match.number for match in find(store, "un quai", "fr", "pt", minimum=100)] == [2]


def test_units_that_an_interrupted_addition_left_are_indexed_by_who_searches_first(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "INTERRUPTED", 5)
    path = tmp_path / "memory.tm"
    with monkeypatch.context() as interrupted, open_store(path, create=True) as store:
        interrupted.setattr(sqlite.SQLiteStore, "_grow", lambda *_: None)
        store.add([unit(f"un mot {'a' * n}") for n in range(1, 10)])
    with open_store(path) as store:
        assert len(store) == 9
        assert run_table.waiting(store._connection) == (0, 9)
        assert [match.number for match in find(store, "un mot aaa", "fr", "pt", minimum=99)] == [3]
        assert run_table.waiting(store._connection) == (9, 9)
