"""A query's answer joins matches, passages, parts and terms; options that make no sense are refused."""

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.model import Concept, Segment, Term, Unit, Variant
from tm.work.answers import find
from tm.work.memories import direction_in, open_memories, sources_in


def unit(source, target, languages=("fr", "pt-BR")):
    return Unit(
        tuple(Variant(tag, Segment(text)) for tag, text in zip(languages, (source, target), strict=True))
    )


@pytest.fixture
def store():
    with open_memories([":memory:"], create=True) as (store,):
        store.add(
            [
                unit("Le pain est prêt.", "O pão está pronto."),
                unit("Préchauffez le four à 220 °C.", "Preaqueça o forno a 220 °C."),
            ]
        )
        yield store


def test_an_answer_has_matches_then_other_passages_then_parts(store):
    whole, phrase, parts = find(
        store, ["Le pain est prêt.", "le four", "Mettez le pain au four à 220 °C vite."]
    )
    assert ([match.percent for match in whole.matches], whole.passages, whole.parts) == ([100], (), ())
    assert (phrase.matches, len(phrase.passages), phrase.parts) == ((), 1, ())
    assert (parts.matches, parts.passages) == ((), ())
    assert [parts.query[part.start : part.end] for part in parts.parts] == ["four à 220 °C", "le pain"]


def test_a_text_alone_a_segment_and_many_texts_are_queries(store):
    for queries in ("Le pain est prêt.", Segment("Le pain est prêt."), ["Le pain est prêt."]):
        assert [answer.matches[0].percent for answer in find(store, queries)] == [100]
    assert list(find(store, [])) == []


def test_queries_are_a_stream(store):
    def texts():
        yield from ["le four", "le pain"]

    assert [len(answer.passages) for answer in find(store, texts())] == [1, 1]


def test_the_other_side_is_searched_with_the_glossary_turned_round(store, tmp_path):
    glossary = tmp_path / "glossary.csv"
    glossary.write_text("four,forno\n", encoding="utf-8")
    answers = find(store, "Ligue o forno.", Direction("fr", "pt-BR"), side="target", glossary=glossary)
    assert str(answers.direction) == "pt-BR → fr"
    (answer,) = answers
    assert [term.term.text for term in answer.terms] == ["forno"]


def test_words_in_any_order_and_expressions_give_passages_alone(store):
    (words,) = find(store, "220 préchauff*", kind="words")
    (expression,) = find(store, r"\bp\w+t\.", kind="regex", limit=1)
    assert [len(answer.passages) for answer in (words, expression)] == [1, 1]
    assert not words.matches


def test_terms_of_concepts_are_marked(store):
    bread = Concept("1", (Term("pain", "fr"), Term("pão", "pt")))
    (answer,) = find(store, "Deux pains", glossary=[bread])
    assert [(term.start, term.end) for term in answer.terms] == [(5, 10)]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"minimum": 0.7}, r"minimum is 0\.7; a percent from 1 to 100"),
        ({"minimum": 170}, "minimum is 170"),
        ({"minimum": True}, "minimum is True"),
        ({"limit": 0}, "limit is 0; a whole number of 1 or more"),
        ({"side": "middle"}, "side is 'middle'; .*source, target"),
        ({"kind": "exact"}, "kind is 'exact'; .*text, words, regex"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_before_the_work(store, option, message):
    with pytest.raises(OptionError, match=message):
        find(store, "Le pain", **option)


def test_a_pair_that_no_memory_has_is_refused(store):
    with pytest.raises(FormatError, match=r":memory:: 0 of 2 units are fr → de; found: fr, pt-BR"):
        find(store, "Le pain", Direction("fr", "de"))


def test_a_memory_without_the_languages_is_passed_over_and_logged(store, caplog):
    with open_memories([":memory:"], create=True) as (english,):
        english.add([unit("bread", "Brot", ("en", "de"))])
        assert direction_in([store, english]) == Direction("fr", "pt-BR")
        assert [record.getMessage() for record in caplog.records] == [
            ":memory:: passed over; it has no units fr → pt-BR"
        ]
        assert sources_in([store, english], "pt") == ["fr", "en", "de"]
        (answer,) = find([store, english], "bread", Direction("en", "de"))
    assert answer.matches[0].target == "Brot"


def test_several_memories_are_searched_as_one(store):
    with open_memories([":memory:"], create=True) as (second,):
        second.add([unit("Le pain est prêt.", "O pão já está pronto.")])
        (answer,) = find([second, store], "Le pain est prêt.")
    assert {match.target for match in answer.matches} == {"O pão está pronto.", "O pão já está pronto."}


def test_without_a_memory_there_is_nothing_to_open():
    with pytest.raises(OptionError, match="no memory is named"), open_memories([]):
        pass
