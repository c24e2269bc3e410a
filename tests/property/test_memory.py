"""Laws of the memory: nothing is lost, 100 is equality and nothing else, and the fast search finds what the plain one finds."""

import math
from itertools import pairwise, product
from unittest.mock import patch

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tm.direction import Direction
from tm.language import key_tokens, nfc, word_count, words
from tm.language.keys import WORDS, keyed, letters
from tm.memory import anywhere, concordance, edits, find, find_all, likeness
from tm.memory.similarity import most_alike, same
from tm.model import Annotation, Code, Segment, Unit, Variant
from tm.store import (
    Prefix,
    Unaccented,
    UnaccentedPrefix,
    compounds,
    open_store,
    plain,
    postings,
    run_table,
    stretches,
    tables,
)
from tm.store import index as index_module
from tm.store import variants as variants_module
from tm.store.encoder import LONGEST, Encoder
from tm.store.index import hashed
from tm.store.lexicon import Lexicon
from tm.store.queries import Words

attributes = st.lists(st.tuples(st.text(min_size=1, max_size=5), st.text(max_size=5)), max_size=2).map(tuple)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
kinds = st.sampled_from(["open", "close", "alone"])


def segments_of(texts, contents):
    """Segments with codes anywhere in their text."""

    @st.composite
    def draw_segment(draw):
        text = draw(texts)
        codes = draw(
            st.lists(
                st.builds(
                    Code, st.integers(0, len(text)), kinds, st.sampled_from("gx"), attributes, contents
                ),
                max_size=3,
            )
        )
        return Segment(text, tuple(sorted(codes, key=lambda code: code.position)))

    return draw_segment()


annotations = st.lists(
    st.builds(Annotation, st.sampled_from(["note", "prop"]), texts, st.text(max_size=5), attributes),
    max_size=2,
).map(tuple)
segments = segments_of(texts, st.none() | segments_of(texts, st.none()))
units = st.builds(
    Unit,
    st.lists(
        st.builds(Variant, st.sampled_from(["fr", "FR-ca", "pt_BR", ""]), segments, attributes, annotations),
        min_size=1,
        max_size=3,
    ).map(tuple),
    attributes,
    annotations,
)


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(units, max_size=3))
def test_what_is_added_is_read_back(given_units):
    with open_store(":memory:", create=True) as store:
        added = store.add(given_units, on_same="both")
        read = list(store.units())
        assert added.added + added.same == len(given_units)
        assert len(read) == added.added
        assert all(unit in given_units for unit in read)
        assert store.add(given_units) == type(added)(same=len(given_units))


def same_units(texts):
    """Units that differ in little: in regions, contexts, origins, dates and notes."""

    def made(source, target, regions, properties, date):
        languages = [f"{language}{region}" for language, region in zip(("fr", "pt"), regions, strict=True)]
        variants = zip(languages, (source, target), strict=True)
        notes = tuple(Annotation("prop", text, f"x-{name}") for name, text in properties if text)
        attributes = (("changedate", date),) if date else ()
        return Unit(tuple(Variant(tag, Segment(text)) for tag, text in variants), attributes, notes)

    properties = st.tuples(
        st.tuples(st.just("previous"), st.sampled_from(["", "", "A", "B"])),
        st.tuples(st.just("context"), st.sampled_from(["", "", "k"])),
        st.tuples(st.just("origin"), st.sampled_from(["", "aligned", "machine", "imported"])),
        st.tuples(st.just("client"), st.sampled_from(["", "", "m", "n"])),
    )
    regions = st.tuples(st.sampled_from(["", "", "-FR", "-CA"]), st.sampled_from(["", "", "-BR"]))
    dates = st.sampled_from(["", "2025", "2026"])
    return st.lists(
        st.builds(made, st.sampled_from(texts), st.sampled_from("xyz"), regions, properties, dates),
        max_size=6,
    )


@settings(max_examples=settings().max_examples // 2)
@given(
    same_units("ab"),
    same_units("ab"),
    same_units("abc"),
    st.sampled_from(["keep", "replace", "both"]),
    st.booleans(),
)
def test_a_dry_run_counts_what_the_addition_does_and_undo_takes_it_back(
    before, removed, units, on_same, supersede
):
    batch = tables.BATCH
    tables.BATCH = 2
    try:
        with open_store(":memory:", create=True) as store:
            store.add(removed, name="b.tsv", on_same="both")
            store.remove(range(1, len(removed) + 1))
            store.add(before, name="a.tsv", on_same="both")
            kept, languages = list(store.units()), store.languages()
            asked = {"name": "a.tsv", "on_same": on_same, "supersede": supersede}
            said = store.add(units, dry_run=True, **asked)
            assert (list(store.units()), store.languages()) == (kept, languages)
            changes = len(store.log())
            assert said == store.add(units, **asked)
            counted = said.added + said.same + said.replaced + said.kept
            assert counted + said.confirmed + said.updated + said.barred == len(units)
            if len(store.log()) > changes:
                store.undo()
            assert (list(store.units()), store.languages()) == (kept, languages)
    finally:
        tables.BATCH = batch


@settings(max_examples=settings().max_examples // 2)
@given(same_units("ab"), same_units("ab"), st.sampled_from(["keep", "both"]))
def test_a_file_added_again_changes_nothing(before, units, on_same):
    with open_store(":memory:", create=True) as store:
        store.add(before)
        store.add(units, on_same=on_same)
        if len({unit.property("x-origin") for unit in units}) > 1:
            store.add(
                units, on_same=on_same
            )  # what a person says without a context confirms what came behind it
        kept = list(store.units())
        again = store.add(units, on_same=on_same)
        assert again.written == 0
        assert list(store.units()) == kept


# ------------------------------------------------------------------------------------------------- percent

writing = st.text("aAéÉ1 2.,'’«\u00a0-\u0301\u200b", max_size=12)


@given(segments_of(writing, st.none()), segments_of(writing, st.none()))
@example(Segment("a\u200b"), Segment("a"))
@example(Segment("\x02"), Segment("1"))
def test_100_is_equality_and_nothing_else(one, other):
    found = likeness(one, other, "fr")
    assert (found.percent == 100) == same(one, other)
    assert likeness(one, one, "fr").percent == 100
    if found.percent == 100:
        assert nfc(one.text) == nfc(other.text)
        assert found.penalties == ()


@given(segments_of(writing, st.none()), segments_of(writing, st.none()))
def test_95_and_more_is_equal_words_and_nothing_else(one, other):
    found = likeness(one, other, "fr")
    assert (found.percent >= 95) == (key_tokens(one, "fr") == key_tokens(other, "fr"))
    assert 0 <= found.percent <= 100
    assert found.percent <= found.base


names = st.lists(
    st.sampled_from(["mot", "Mot", "3", "12", "%s", "a.py", "e-mail", ",", "!", "(", " "]), max_size=6
).map("".join)


@given(segments_of(names | writing, st.none()), segments_of(names | writing, st.none()))
@example(Segment("« %s »."), Segment("%d"))
def test_no_percent_is_above_the_most_that_is_seen_before_comparing(one, other):
    if not same(one, other) and letters(key_tokens(one, "fr")) == letters(key_tokens(other, "fr")):
        assert likeness(one, other, "fr").percent <= most_alike(one, other, "fr")


@given(segments_of(writing, st.none()), segments_of(writing, st.none()))
def test_the_base_is_the_distance_of_the_keys(one, other):
    mine, theirs = key_tokens(one, "fr"), key_tokens(other, "fr")
    longer = max(len(mine), len(theirs))
    distance = Levenshtein.distance(mine, theirs)
    assert likeness(one, other, "fr").base == (100 * (longer - distance) // longer if longer else 100)


@given(writing, writing)
def test_the_edits_joined_are_the_two_texts(one, other):
    parts = edits(Segment(one), Segment(other), "fr")
    assert "".join(edit.stored for edit in parts) == one
    assert "".join(edit.new for edit in parts) == other
    assert all((edit.operation == "equal") != (after.operation == "equal") for edit, after in pairwise(parts))


markup = st.lists(
    st.sampled_from(
        [
            "http://",
            "www.",
            "l'",
            "rock'",
            "n'",
            "ʼ",
            "b",
            "12@",
            "x.y",
            "%s",
            "3 000",
            "{a}",
            "_3",
            " ",
            "<b c>",
            "&amp;",
        ]
    )
).map("".join)


@given(markup | writing, st.sampled_from(["fr", "en"]))
def test_keys_are_the_keys_of_the_tokens(text, language):
    keyed_tokens = keyed(text, language)
    keys = [token.key for token in keyed_tokens if token.kind in WORDS]
    assert key_tokens(Segment(text), language) == (keys or [token.key for token in keyed_tokens])
    assert word_count(text, language) == len(words(text, language))


@given(
    st.lists((markup | writing | texts).map(Segment) | segments_of(writing, st.none())),
    st.sampled_from(["fr", "en", "th", "und"]),
)
def test_many_segments_are_encoded_as_each_by_itself(segments, language):
    encoder = Encoder(language)
    for some in (segments[:2], segments):
        coded = {place: segment for place, segment in enumerate(some) if segment.codes}
        lengths, tokens, all_letters = encoder([segment.text for segment in some], coded)
        keys = [key_tokens(segment, language) for segment in some]
        assert lengths.tolist() == [len(each) for each in keys]
        assert tokens.tolist() == [hashed(key, language) for each in keys for key in each]
        assert all_letters.tolist() == [*map(compounds.of_keys, keys)]
    assert encoder.hashes.keys() == {key for segment in segments for key in key_tokens(segment, language)}


def test_stretches_with_the_same_hash_are_told_apart():
    words = ["".join(letters) for letters in product("ab", repeat=8)]
    with patch("tm.store.encoder._MIXING", np.uint64(1)):
        assert Encoder("fr")(words, {})[1].tolist() == [hashed(word, "fr") for word in words]


@given(st.lists(st.text("ab0😀", min_size=1, max_size=LONGEST + 9)))
def test_long_stretches_are_encoded_as_all_others(words):
    text = " ".join(words)
    keys = key_tokens(Segment(text), "fr")
    assert Encoder("fr")([text], {})[1].tolist() == [hashed(key, "fr") for key in keys]


# ------------------------------------------------------------------------------------------------- search

few_words = st.lists(st.sampled_from("a b c d".split()), max_size=7).map(" ".join)
percents = st.integers(30, 100)


def numbered(store):
    """The units of a memory from which nothing went out, with their numbers."""
    return list(enumerate(store.units(), 1))


def alike(store, query, minimum):
    """What must be found, by comparing the query with everything."""
    tokens = query.split()
    found = []
    for unit in store.units():
        stored = unit.variants[0].segment.text.split()
        longer = max(len(tokens), len(stored))
        distance = Levenshtein.distance(tokens, stored)
        if (longer - distance) * 100 >= minimum * longer:
            found.append(unit)
    return found


@settings(max_examples=settings().max_examples // 2)
@given(
    st.lists(few_words, min_size=1, max_size=14, unique=True),
    st.lists(few_words, min_size=1, max_size=4),
    percents,
    st.integers(0, 14),
)
@example(["", "a"], ["", "b"], 50, 0)
@example(["a a"], ["a a a a a"], 40, 0)  # where rapidfuzz's own cut-off errs
@example(["a a a b"], ["a a b b"], 75, 0)
def test_the_search_finds_what_comparing_with_everything_finds(stored, queries, minimum, first):
    least, run, many = index_module.LEAST, variants_module.RUN, index_module.MANY
    text_bytes, many_bytes = postings.TEXT, postings.MANY_BYTES
    index_module.LEAST, variants_module.RUN = 3, 5
    try:
        with open_store(":memory:", create=True) as store:
            for part in (stored[:first], stored[first:]):
                store.add(Unit((Variant("fr", Segment(text)), Variant("pt", Segment("x")))) for text in part)
            assert (run_table.waiting(store._connection)[0] > 0) == (len(stored) >= 3)
            keys = [query.split() for query in queries]
            ways = [(1, 1, 0), *product([100], [0, 1, 1000], [0, many_bytes])]
            for index_module.MANY, postings.TEXT, postings.MANY_BYTES in ways:
                found = list(store.similar(keys, "fr", minimum / 100))
                reference = plain.similar(numbered(store), keys, "fr", minimum / 100)
                for hits, expected in zip(found, reference, strict=True):
                    assert [number for _, number in hits] == [number for _, number in expected]
                for query, hits in zip(queries, found, strict=True):
                    assert sorted(hits, reverse=True) == hits
                    assert {unit.variants[0].segment.text for unit in store.fetch([n for _, n in hits])} == {
                        unit.variants[0].segment.text for unit in alike(store, query, minimum)
                    }
                    for base, number in hits:
                        text = store.fetch([number])[0].variants[0].segment.text.split()
                        assert math.isclose(base, Levenshtein.normalized_similarity(query.split(), text))
    finally:
        index_module.LEAST, variants_module.RUN, index_module.MANY = least, run, many
        postings.TEXT, postings.MANY_BYTES = text_bytes, many_bytes


odd_words = st.lists(
    st.sampled_from(
        "mot clé mot-clé motclé MOTCLE Cle l'eau leau 3 5 +5 covid-19 covid19 %s {x} a_b() , . … &Mot m&ot".split()
    ),
    max_size=5,
).map(" ".join)
odd_segments = segments_of(odd_words, st.none())


@given(st.lists(st.lists(odd_segments | segments_of(texts, st.none()), max_size=4), max_size=3))
@example(
    [[Segment("10 000 mots"), Segment(""), Segment('<a href="x"> b'), Segment("", (Code(0, "open", "b"),))]]
)
def test_texts_read_chunk_by_chunk_have_the_numbers_of_their_key_tokens(jobs):
    lexicon = Lexicon("fr")
    for job in jobs:
        queries, letters_of_texts = lexicon.read(job)
        words_of_job = Words([key_tokens(segment, "fr") for segment in job])
        expected = words_of_job.hashed("fr")
        assert queries.lengths.tolist() == expected.lengths.tolist()
        assert queries.hashes.tolist() == expected.hashes.tolist()
        assert queries.tokens.tolist() == expected.tokens.tolist()
        assert letters_of_texts == words_of_job.letters()


@settings(max_examples=settings().max_examples // 2)
@given(
    st.lists(odd_segments, min_size=1, max_size=14),
    st.lists(odd_segments, min_size=1, max_size=4),
    st.sampled_from([30, 50, 70, 95, 100]),
    st.integers(0, 14),
)
@example([Segment("mot clé"), Segment("un"), Segment("deux")], [Segment("motclé")], 95, 0)
@example([Segment("CLE 3")], [Segment("clé 5")], 95, 9)
def test_every_percent_is_found_that_comparing_with_everything_finds(stored, queries, minimum, first):
    least, run, many, text_bytes = index_module.LEAST, variants_module.RUN, index_module.MANY, postings.TEXT
    index_module.LEAST, variants_module.RUN = 3, 5
    direction = Direction("fr", "pt")
    try:
        with open_store(":memory:", create=True) as store:
            for part in (stored[:first], stored[first:]):
                units = [Unit((Variant("fr", segment), Variant("pt", Segment("x")))) for segment in part]
                store.add(units, on_same="both")
            kept = [unit.variants[0].segment for unit in store.units()]
            for index_module.MANY, postings.TEXT in ((1, 1), (100, 0), (100, 1000)):
                found = find_all(store, queries, direction, minimum=minimum, limit=99)
                for query, matches in zip(queries, found, strict=True):
                    percents = {each: likeness(each, query, "fr").percent for each in kept}
                    wanted = {each: percent for each, percent in percents.items() if percent >= minimum}
                    assert {match.pair.source: match.percent for match in matches} == wanted
                keys = [key_tokens(query, "fr") for query in queries]
                hits = list(store.similar(keys, "fr", minimum / 100))
                for some, others in zip(
                    hits, plain.similar(numbered(store), keys, "fr", minimum / 100), strict=True
                ):
                    assert [(round(base, 9), number) for base, number in some] == [
                        (round(base, 9), number) for base, number in others
                    ]
    finally:
        index_module.LEAST, variants_module.RUN, index_module.MANY = least, run, many
        postings.TEXT = text_bytes


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(few_words, min_size=1, max_size=14, unique=True), few_words.filter(bool))
def test_a_phrase_is_found_wherever_it_stands(stored, phrase):
    least, run = index_module.LEAST, variants_module.RUN
    index_module.LEAST, variants_module.RUN = 3, 5
    try:
        with open_store(":memory:", create=True) as store:
            store.add(Unit((Variant("fr", Segment(text)), Variant("pt", Segment("x")))) for text in stored)
            found = [
                passage.pair.source.text
                for passage in concordance(store, phrase.upper(), Direction("fr", "pt"))
            ]
            assert found == [text for text in reversed(stored) if f" {phrase} " in f" {text} "]
            tokens = phrase.split()
            assert list(store.containing(tokens, "fr")) == list(
                plain.containing(numbered(store), tokens, "fr")
            )
    finally:
        index_module.LEAST, variants_module.RUN = least, run


@given(
    st.lists(
        st.lists(st.sampled_from("a ab abc b ba".split()), max_size=5).map(" ".join), max_size=14, unique=True
    ),
    st.lists(st.sampled_from("a ab abc b a* ab* b*".split()), min_size=1, max_size=3),
)
def test_words_are_found_wherever_they_stand(stored, wanted):
    def fits(text):
        return all(
            any(word == token or (token[-1] == "*" and word.startswith(token[:-1])) for word in text.split())
            for token in wanted
        )

    least, run = index_module.LEAST, variants_module.RUN
    index_module.LEAST, variants_module.RUN = 3, 5
    try:
        with open_store(":memory:", create=True) as store:
            store.add(Unit((Variant("fr", Segment(text)), Variant("pt", Segment("x")))) for text in stored)
            found = [
                passage.pair.source.text
                for passage in anywhere(store, " ".join(wanted), Direction("fr", "pt"))
            ]
            assert found == [text for text in reversed(stored) if fits(text)]
            tokens = [Prefix(token[:-1]) if token[-1] == "*" else token for token in wanted]
            for search, reference in ((store.holding, plain.holding), (store.containing, plain.containing)):
                assert list(search(tokens, "fr")) == list(reference(numbered(store), tokens, "fr"))
    finally:
        index_module.LEAST, variants_module.RUN = least, run


accented = st.text("aàâeéěoOœ\u0302\u0323nñ가각ᄀ", max_size=5)


@given(st.lists(accented, max_size=14), st.sampled_from([Prefix, Unaccented, UnaccentedPrefix]), accented)
def test_the_words_of_a_wildcard_are_found_wherever_they_stand(stored, wildcard, word):
    least, run = index_module.LEAST, variants_module.RUN
    index_module.LEAST, variants_module.RUN = 3, 5
    try:
        with open_store(":memory:", create=True) as store:
            store.add(Unit((Variant("fr", Segment(text)), Variant("pt", Segment("x")))) for text in stored)
            wanted = wildcard("".join(key_tokens(Segment(word), "fr")))
            assert store.words(wanted, "fr") == plain.words(numbered(store), wanted, "fr")
    finally:
        index_module.LEAST, variants_module.RUN = least, run


def maximal(ends):
    """The stretches of two tokens and more that are not within another one."""
    some = [(start, end) for start, end in enumerate(ends) if end - start > 1]
    return {(a, b) for a, b in some if not any((c, d) != (a, b) and c <= a and b <= d for c, d in some)}


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(few_words, min_size=1, max_size=14, unique=True), few_words, st.sets(st.sampled_from("abcd")))
def test_the_longest_stretches_are_those_of_trying_all(stored, query, seeds):
    tokens = query.split()
    places = [place for place, token in enumerate(tokens) if token in seeds]
    standing = [
        max(
            end
            for end in range(start, len(tokens) + 1)
            if end == start or any(f" {' '.join(tokens[start:end])} " in f" {text} " for text in stored)
        )
        for start in range(len(tokens))
    ]
    wanted = {(a, b) for a, b in maximal(standing) if any(a <= place < b for place in places)}
    # Few units, without a run; numpy; places looked up, gone through, searched for one by one.
    for least, *ways in (
        (100, 0, 0, 0),
        (3, 0, 0, 0),
        (3, 1 << 40, 0, 0),
        (3, 1 << 40, 99, 0),
        (3, 1 << 40, 99, 99),
    ):
        with (
            patch.multiple(index_module, LEAST=least),
            patch.multiple(variants_module, RUN=5),
            patch.multiple(stretches, **dict(zip(("MANY", "PROBE", "SEARCH"), ways, strict=True))),
            open_store(":memory:", create=True) as store,
        ):
            store.add(Unit((Variant("fr", Segment(text)), Variant("pt", Segment("x")))) for text in stored)
            found = maximal(store.stretches(tokens, "fr", places))
            assert maximal(plain.stretches(numbered(store), tokens, "fr")) == maximal(standing)
            assert {(a, b) for a, b in found if any(a <= place < b for place in places)} == wanted


@given(
    st.lists(st.tuples(writing, st.sampled_from("xyz")), min_size=1, max_size=8),
    writing,
    st.integers(1, 100),
    st.integers(1, 3),
)
def test_the_best_matches_are_those_of_comparing_with_everything(stored, query, minimum, limit):
    with open_store(":memory:", create=True) as store:
        store.add(
            (Unit((Variant("fr", Segment(text)), Variant("pt", Segment(target)))) for text, target in stored),
            on_same="both",
        )
        everything = find(store, Segment(query), Direction("fr", "pt"), minimum=1, limit=99)
        wanted = [match for match in everything if match.percent >= minimum][:limit]
        assert find(store, Segment(query), Direction("fr", "pt"), minimum=minimum, limit=limit) == wanted
        assert (
            next(find_all(store, [Segment(query)], Direction("fr", "pt"), minimum=minimum, limit=limit))
            == wanted
        )
        best = max(likeness(unit.variants[0].segment, Segment(query), "fr").percent for unit in store.units())
        if best not in (0, 100):
            assert everything[0].percent == best
