"""From a segment to its matches: context, several translations, origins, several memories."""

import importlib
from dataclasses import replace

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.memory import Query, anywhere, concordance, find, find_all, searched, subsegments
from tm.model import Annotation, Code, Segment, Unit, Variant
from tm.store import index as index_module
from tm.store import open_store


def unit(source, target, *, date="", **properties):
    return Unit(
        (Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))),
        (("changedate", date),) if date else (),
        tuple(Annotation("prop", text, f"x-{name}") for name, text in properties.items()),
    )


@pytest.fixture
def memory(request):
    def fill(*units, on_same="both"):
        store = open_store(":memory:", create=True)
        request.addfinalizer(store.close)
        store.add(units, on_same=on_same)
        return store

    return fill


def found(store, text, **options):
    options = {"minimum": 50, **options}
    matches = find(store, Segment(text), Direction("fr", "pt"), **options)
    return [(match.percent, match.target) for match in matches]


def test_a_direction_may_be_said_by_its_two_tags(memory):
    store = memory(unit("Non", "Não"))
    by_tags, by_value = find(store, "Non", "fr", "pt-BR"), find(store, "Non", Direction("fr", "pt-BR"))
    assert by_tags == by_value != []
    assert list(find_all(store, [Segment("Non")], "fr", "pt-BR", with_edits=True)) == [by_value]


def test_matches_come_best_first(memory):
    store = memory(
        unit("Ouvrir la porte", "Abrir a porta"),
        unit("ouvrir le fichier", "abrir o arquivo"),
        unit("Non", "Não"),
    )
    assert found(store, "Ouvrir le fichier") == [(99, "abrir o arquivo")]
    assert found(store, "Ouvrir le fichier", minimum=30) == [(99, "abrir o arquivo"), (33, "Abrir a porta")]
    assert found(store, "Ouvrir le fichier", minimum=100) == []


def test_the_limit_keeps_the_best(memory):
    store = memory(*(unit(f"un deux trois {word}", word) for word in ("a", "b", "c")))
    assert found(store, "un deux trois c", limit=1) == [(100, "c")]
    assert [percent for percent, _ in found(store, "un deux trois c", limit=2)] == [100, 75]


def test_a_penalty_can_take_a_match_below_the_minimum(memory):
    store = memory(unit("UN deux trois quatre", "x"))
    assert found(store, "un deux trois cinq", minimum=75) == []
    assert found(store, "un deux trois cinq", minimum=74) == [(74, "x")]


def test_a_penalty_can_put_a_better_base_behind(memory):
    store = memory(unit("UN 1 2 3 a b c d", "alike"), unit("un 4 5 6 a b x y", "fewer words"))
    matches = find(store, Segment("un 4 5 6 a b c y"), Direction("fr", "pt"), minimum=50, limit=1)
    assert [(match.percent, match.target) for match in matches] == [(87, "fewer words")]


def test_context_makes_101_and_102(memory):
    store = memory(unit("Oui.", "Sim.", previous="Ça va ?", context="dialog.yes"))
    assert found(store, "Oui.") == [(100, "Sim.")]
    assert found(store, "Oui.", previous="ça va\u00a0?") == [(101, "Sim.")]
    assert found(store, "Oui.", identifier="dialog.yes") == [(101, "Sim.")]
    assert found(store, "Oui.", previous="Ça va ?", identifier="dialog.yes") == [(102, "Sim.")]
    assert found(store, "Oui.", previous="Non.", identifier="dialog.no") == [(100, "Sim.")]
    assert found(store, "oui.", previous="Ça va ?") == [(99, "Sim.")]


def test_a_missing_context_never_counts(memory):
    assert found(memory(unit("Oui.", "Sim.")), "Oui.", previous="", identifier="") == [(100, "Sim.")]


def test_several_translations_of_the_same_text_are_99_newest_first(memory):
    store = memory(unit("Ouvrir", "Abrir"), unit("Ouvrir", "Aberto"))
    assert found(store, "Ouvrir") == [(99, "Aberto"), (99, "Abrir")]
    store = memory(
        unit("Ouvrir", "Abrir", date="20240101T000000Z"), unit("Ouvrir", "Aberto", date="20230101T000000Z")
    )
    assert found(store, "Ouvrir") == [(99, "Abrir"), (99, "Aberto")]
    match = find(store, Segment("Ouvrir"), Direction("fr", "pt"))[0]
    assert match.penalties == (("several translations", 1),)


def test_the_context_decides_between_several_translations(memory):
    store = memory(unit("Ouvrir", "Abrir", context="menu"), unit("Ouvrir", "Aberto", context="state"))
    assert found(store, "Ouvrir", identifier="menu") == [(101, "Abrir"), (99, "Aberto")]
    store = memory(unit("Ouvrir", "Abrir", context="menu"), unit("Ouvrir", "Abra", context="menu"))
    assert [percent for percent, _ in found(store, "Ouvrir", identifier="menu")] == [99, 99]


def test_units_with_the_same_texts_show_once(memory):
    store = memory(unit("Oui.", "Sim.", previous="A ?"), unit("Oui.", "Sim.", previous="B ?"))
    assert found(store, "Oui.", previous="B ?") == [(101, "Sim.")]
    assert found(store, "Oui.") == [(100, "Sim.")]


def test_penalties_by_origin_come_last(memory):
    store = memory(unit("Oui.", "Sim.", origin="aligned", previous="A ?"))
    match = find(store, Segment("Oui."), Direction("fr", "pt"), previous="A ?")[0]
    assert (match.percent, match.base, match.penalties) == (100, 100, (("aligned", 1),))
    store = memory(unit("Oui.", "Sim.", origin="machine"))
    assert found(store, "OUI.") == [(89, "Sim.")]


def test_an_origin_does_not_hide_that_there_are_several_translations(memory):
    store = memory(unit("Ouvrir", "Abrir", origin="aligned"), unit("Ouvrir", "Aberto"))
    assert found(store, "Ouvrir") == [(99, "Aberto"), (98, "Abrir")]


def pairs_of(store, text, source, target, **options):
    matches = find(store, Segment(text), Direction(source, target), minimum=50, **options)
    return [(match.percent, match.target, match.penalties) for match in matches]


def two(source_tag, source, target_tag, target, **properties):
    properties = tuple(Annotation("prop", text, f"x-{name}") for name, text in properties.items())
    return Unit((Variant(source_tag, Segment(source)), Variant(target_tag, Segment(target))), (), properties)


def test_another_variety_is_never_100_whatever_the_context(memory):
    european = two("fr", "Ouvrir le fichier", "pt-PT", "Abrir o ficheiro", previous="Menu", id="m1")
    store = memory(european)
    assert pairs_of(store, "Ouvrir le fichier", "fr", "pt-BR") == [
        (98, "Abrir o ficheiro", (("variety", 2),))
    ]
    in_context = {"previous": "Menu", "identifier": "m1"}
    assert pairs_of(store, "Ouvrir le fichier", "fr", "pt-BR", **in_context)[0][0] == 99
    for asked in ("pt", "pt-PT"):
        assert pairs_of(store, "Ouvrir le fichier", "fr", asked) == [(100, "Abrir o ficheiro", ())]
    assert pairs_of(store, "Ouvrir un fichier", "fr", "pt-BR")[0][0] == 64


def test_a_text_without_region_serves_every_region(memory):
    assert pairs_of(memory(two("fr", "Oui", "pt", "Sim")), "Oui", "fr", "pt-BR") == [(100, "Sim", ())]


def test_another_variety_is_no_second_translation(memory):
    store = memory(
        two("fr", "Ouvrir le fichier", "pt-BR", "Abrir o arquivo"),
        two("fr", "Ouvrir le fichier", "pt-PT", "Abrir o ficheiro"),
        two("fr", "Ouvrir le fichier", "pt-PT", "Abre o ficheiro"),
    )
    assert pairs_of(store, "Ouvrir le fichier", "fr", "pt-BR") == [
        (100, "Abrir o arquivo", ()),
        (98, "Abre o ficheiro", (("variety", 2),)),
        (98, "Abrir o ficheiro", (("variety", 2),)),
    ]
    several = ("several translations", 1)
    assert pairs_of(store, "Ouvrir le fichier", "fr", "pt-PT") == [
        (99, "Abre o ficheiro", (several,)),
        (99, "Abrir o ficheiro", (several,)),
        (98, "Abrir o arquivo", (("variety", 2),)),
    ]


def test_a_text_of_the_asked_variety_goes_before_an_equal_percent_of_another(memory):
    store = memory(
        two("fr", "ouvrir le\u00a0fichier", "pt-BR", "abrir o arquivo"),
        two("fr", "Ouvrir le fichier", "pt-PT", "Abrir o ficheiro"),
    )
    assert [match[:2] for match in pairs_of(store, "Ouvrir le fichier", "fr", "pt-BR")] == [
        (98, "abrir o arquivo"),
        (98, "Abrir o ficheiro"),
    ]


def test_the_source_in_another_variety_counts_only_beside_the_asked_one(memory):
    british = two("en-GB", "First floor", "pt-BR", "Primeiro andar")
    american = two("en-US", "First floor", "pt-BR", "Térreo")
    assert pairs_of(memory(british), "First floor", "en-US", "pt-BR") == [(100, "Primeiro andar", ())]
    assert pairs_of(memory(british, american), "First floor", "en-GB", "pt-BR") == [
        (100, "Primeiro andar", ()),
        (99, "Térreo", (("variety", 1),)),
    ]


def test_a_translation_that_is_its_source_goes_last_among_equals(memory):
    store = memory(unit("Paramètres", "Configurações"), unit("Paramètres", "Paramètres"))
    assert found(store, "Paramètres") == [(99, "Configurações"), (99, "Paramètres")]
    assert found(store, "Paramètres", limit=1) == [(99, "Configurações")]
    assert found(store, "Paramètres avancés", limit=1) == [(50, "Configurações")]
    assert found(memory(unit("Menu", "Menu")), "Menu") == [(100, "Menu")]
    store = memory(unit("12 %", "12%"), unit("12 %", "12 %"))
    assert found(store, "12 %") == [(99, "12 %"), (99, "12%")]


def test_numbers_are_adapted_and_never_100(memory):
    match = find(memory(unit("Page 12", "Página 12")), Segment("Page 13"), Direction("fr", "pt"))[0]
    assert (match.percent, match.target, match.adapted) == (98, "Página 13", True)
    assert match.pair.target.text == "Página 12"


def test_units_without_the_target_language_are_passed_over(memory):
    only_french = Unit((Variant("fr", Segment("Oui.")), Variant("en", Segment("Yes."))))
    assert found(memory(only_french, unit("Pas du tout", "Nada")), "Oui.") == []


FRENCH_TO_GERMAN = Direction("fr", "de")


@pytest.mark.parametrize(
    "search",
    [
        lambda store: find(store, Segment("Oui."), FRENCH_TO_GERMAN),
        lambda store: list(concordance(store, "oui", FRENCH_TO_GERMAN)),
        lambda store: list(anywhere(store, "oui", FRENCH_TO_GERMAN)),
        lambda store: list(searched(store, "oui", FRENCH_TO_GERMAN)),
        lambda store: list(subsegments(store, "oui et non", FRENCH_TO_GERMAN)),
    ],
)
def test_a_memory_without_the_languages_says_which_it_has(memory, search):
    stores = [memory(unit("Oui.", "Sim."), unit("Non.", "Não.")), memory(unit("Si.", "Sim."))]
    with pytest.raises(FormatError, match="0 of 3 units are fr → de; found: fr, pt-BR"):
        search(stores)


def test_an_empty_memory_has_no_matches_in_any_language(memory):
    assert find(memory(), Segment("Oui."), FRENCH_TO_GERMAN) == []


@pytest.mark.parametrize("minimum", [0, 0.7, 103, 170, -5])
def test_a_minimum_that_is_no_percent_is_refused(memory, minimum):
    with pytest.raises(OptionError, match="a percent from 1 to 102 was expected"):
        found(memory(unit("Oui.", "Sim.")), "Oui.", minimum=minimum)


@pytest.mark.parametrize("minimum", [1, 100])
def test_the_least_and_the_greatest_minimum_are_taken(memory, minimum):
    assert found(memory(unit("Oui.", "Sim.")), "Oui.", minimum=minimum) == [(100, "Sim.")]


def test_regions_fall_back(memory):
    store = memory(
        Unit((Variant("FR-CA", Segment("Fin de semaine")), Variant("pt_br", Segment("Fim de semana"))))
    )
    assert found(store, "Fin de semaine") == [(100, "Fim de semana")]


def test_the_variant_that_serves_the_language_is_the_one_compared(memory):
    both = Unit(
        (
            Variant("fr-CA", Segment("Courriel reçu")),
            Variant("fr", Segment("E-mail reçu")),
            Variant("pt", Segment("E-mail recebido")),
        )
    )
    assert found(memory(both), "Courriel reçu", minimum=60) == []
    assert find(memory(both), Segment("Courriel reçu"), Direction("fr-CA", "pt"))[0].percent == 100


def test_codes_count(memory):
    store = open_store(":memory:", create=True)
    bold = Segment("Texte gras", (Code(6, "open", "g"), Code(10, "close", "g")))
    store.add([Unit((Variant("fr", bold), Variant("pt", Segment("Texto em negrito"))))])
    assert find(store, bold, Direction("fr", "pt"))[0].percent == 100
    assert find(store, Segment("Texte gras"), Direction("fr", "pt"))[0].percent == 98
    store.close()


def test_several_memories_are_searched_as_one(memory):
    mine, theirs = memory(unit("Ouvrir", "Abrir")), memory(unit("Ouvrir", "Aberto"), unit("ouvrir", "abrir"))
    assert found([mine, theirs], "Ouvrir", limit=9) == [(99, "Abrir"), (99, "Aberto"), (99, "abrir")]
    assert found([mine, theirs], "Ouvrir", limit=2) == [(99, "Abrir"), (99, "Aberto")]


def test_many_queries_are_answered_as_each_alone(memory, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 10)
    words = "un deux trois quatre cinq six".split()
    texts = [f"{a} {b} {c}" for a in words for b in words for c in words]
    store = memory(*(unit(text, text.upper()) for text in texts[::3]))
    store.add([unit("sept huit", "x")])
    segments = [Segment(text) for text in [*texts[::2], "", "sept huit neuf"]]
    many = list(find_all(store, segments, Direction("fr", "pt"), minimum=60, limit=3))
    assert many == [find(store, segment, Direction("fr", "pt"), minimum=60, limit=3) for segment in segments]
    assert sum(map(len, many)) > 200


def test_queries_carry_their_context(memory):
    store = memory(unit("Oui.", "Sim.", context="yes"))
    queries = [Query(Segment("Oui."), identifier="yes"), Segment("Oui.")]
    assert [
        [match.percent for match in some] for some in find_all(store, queries, Direction("fr", "pt"))
    ] == [
        [101],
        [100],
    ]


def test_a_concordance_says_where_the_phrase_stands(memory):
    store = memory(
        unit("Ouvrez l’école.", "Abra a escola.", document="a.txt", line="3"),
        unit("L'École est ouverte", "A escola está aberta", previous="x"),
        unit("L'École est ouverte", "A escola está aberta", previous="y"),
        unit("École de l'art", "Escola de arte"),
    )
    found = list(concordance(store, "l'école", Direction("fr", "pt")))
    assert list(map(marked, found)) == [["L'École"], ["l’école"]]
    assert (found[1].pair.document, found[1].pair.line) == ("a.txt", 3)
    assert list(concordance(store, " ", Direction("fr", "pt"))) == []
    assert [
        each.pair.target.text for each in concordance([store, store], "escola de", Direction("pt", "fr"))
    ] == ["École de l'art"]


def marked(passage):
    return [passage.pair.source.text[start:end] for start, end in passage.places]


def test_a_word_with_an_asterisk_stands_for_all_that_begin_so(memory, monkeypatch):
    units = [
        unit("L’intelligence des pieuvres", "A inteligência dos polvos"),
        unit("Un intellectuel et des pieuvres", "Um intelectual e polvos"),
        unit("Int * des pieuvres", "Int * dos polvos"),
        unit("La pieuvre", "O polvo"),
    ]
    for least in (1000, 2):
        monkeypatch.setattr(index_module, "LEAST", least)
        store = memory(*units)

        def found(look, text, store=store):
            return [marked(passage) for passage in look(store, text, Direction("fr", "pt"))]

        assert found(concordance, "Intell* des") == [["intelligence des"]]
        assert found(concordance, "pieuvre*") == [["pieuvre"], ["pieuvres"], ["pieuvres"], ["pieuvres"]]
        assert found(concordance, "int * des") == [["Int * des"]]
        assert found(anywhere, "pieuvre* intell*") == [
            ["intellectuel", "pieuvres"],
            ["intelligence", "pieuvres"],
        ]
        assert found(anywhere, "pieuvres l'intell*") == [["L’", "intelligence", "pieuvres"]]
        assert found(anywhere, "baleine* pieuvres") == found(anywhere, "") == []


def test_a_number_is_found_as_that_number(memory):
    store = memory(unit("Page 10 sur 12", "Página 10 de 12"), unit("Page 3 sur 10", "Página 3 de 10"))
    assert [marked(passage) for passage in concordance(store, "page 10", Direction("fr", "pt"))] == [
        ["Page 10"]
    ]
    assert [marked(passage) for passage in anywhere(store, "12 page", Direction("fr", "pt"))] == [
        ["Page", "12"]
    ]
    assert list(anywhere(store, "11", Direction("fr", "pt"))) == []


def parts_of(store, text):
    return [
        (
            text[part.start : part.end],
            *marked(part.passage),
            part.passage.pair.target.text,
        )
        for part in subsegments(store, text, Direction("fr", "pt"))
    ]


def test_parts_of_a_text_are_found_the_longest_first(memory):
    store = memory(
        unit("Le pont tournant est fermé", "A ponte giratória está fechada"),
        unit("Il pleut sur le PONT", "Chove na ponte"),
        unit("Sur la rive de la Loire", "Na margem do Loire"),
    )
    assert parts_of(store, "Hier il pleut, le pont tournant et la rive brillent") == [
        ("le pont tournant", "Le pont tournant", "A ponte giratória está fechada"),
        ("il pleut", "Il pleut", "Chove na ponte"),
        ("la rive", "la rive", "Na margem do Loire"),
    ]


def test_function_words_and_the_whole_text_are_no_parts(memory):
    store = memory(unit("Il est de la ville", "É da cidade"))
    assert parts_of(store, "Un homme de la mer") == []
    assert parts_of(store, "de la ville") == []
    assert parts_of(store, "") == []


def test_parts_are_the_same_from_the_index_and_from_texts(memory, monkeypatch):
    words = "pont rive quai phare digue".split()
    units = [unit(f"{a} {b} {c}", f"{a}{b}{c}") for a in words for b in words for c in words][::7]
    text = "pont quai rive phare digue pont rive rive quai"
    expected = parts_of(memory(*units), text)
    monkeypatch.setattr(index_module, "LEAST", 4)
    assert parts_of(memory(*units), text) == expected
    assert len(expected) > 2


def test_a_regular_expression_is_searched_in_the_texts(memory):
    store = memory(unit("Port 8080", "Porta 8080"), unit("Port libre", "Porta livre"))
    assert [each.pair.target.text for each in searched(store, r"\b\d{4}$", Direction("fr", "pt"))] == [
        "Porta 8080"
    ]
    with pytest.raises(OptionError, match="no regular expression"):
        list(searched(store, "(", Direction("fr", "pt")))


def test_a_regular_expression_without_end_is_given_up(memory, monkeypatch):
    monkeypatch.setattr(importlib.import_module("tm.memory.concordance"), "SECONDS", 0.05)
    with pytest.raises(OptionError, match="takes too long"):
        list(searched(memory(unit("a" * 60 + "b", "x")), r"(a|aa)+$", Direction("fr", "pt")))


def test_a_search_has_one_limit_however_many_texts_take_a_little(memory, monkeypatch):
    concordance = importlib.import_module("tm.memory.concordance")
    monkeypatch.setattr(concordance, "SEARCH_SECONDS", 0.0)
    store = memory(*(unit(f"Port {number}", "Porta") for number in range(3)))
    monkeypatch.setattr(concordance, "USUAL_SECONDS", 60.0)
    assert len(list(searched(store, "Port", Direction("fr", "pt")))) == 3
    monkeypatch.setattr(concordance, "USUAL_SECONDS", 0.0)
    with pytest.raises(OptionError, match="'Port' takes too long on the texts of the memory"):
        list(searched(store, "Port", Direction("fr", "pt")))


def test_where_a_part_has_gone_from_the_memory_shorter_ones_are_found(memory):
    store = memory(unit("le vieux pont", "a velha ponte"), unit("il dort encore", "ele ainda dorme"))
    store.add([unit("le vieux pont dort encore", "a velha ponte ainda dorme")])
    text = "Sous le vieux pont dort encore un chat"

    def parts():
        return [text[part.start : part.end] for part in subsegments(store, text, Direction("fr", "pt"))]

    assert parts() == ["le vieux pont dort encore"]
    store.undo()
    assert parts() == ["le vieux pont", "dort encore"]


def test_matches_without_edits_are_the_same_but_for_the_edits(memory):
    store = memory(unit("Page 12", "Página 12"), unit("la page", "a página"), unit("Page 3", "Página 3"))
    queries = [Segment("Page 7"), Segment("la page"), Segment("rien")]
    with_edits = list(find_all(store, queries, Direction("fr", "pt"), limit=5))
    without = list(find_all(store, queries, Direction("fr", "pt"), limit=5, with_edits=False))
    assert [len(matches) for matches in without] == [2, 1, 0]
    assert all(not match.edits for matches in without for match in matches)
    assert [[replace(match, edits=()) for match in matches] for matches in with_edits] == without
    assert without[0][0].target == "Página 7"


def test_units_that_are_gone_are_passed_over_among_others_that_are_fetched_with_them(memory):
    store = memory(unit("un pont neuf", "a"))
    store.add([unit("un pont vieux", "b")])
    store.undo()
    store.add([unit("un pont bas", "c")])
    assert found(store, "un pont long", limit=5) == [(66, "c"), (66, "a")]


def test_programs_of_the_first_edition_open_a_store_from_here():
    from tm import memory
    from tm.store import open_store

    assert memory.open_store is open_store


def test_among_equals_the_text_with_the_asked_region_goes_before_one_without_region():
    with open_store(":memory:", create=True) as store:
        for tag, text in (("pt-PT", "Abrir ficheiro"), ("pt-BR", "Abrir arquivo"), ("pt", "Abrir")):
            store.add([Unit((Variant("fr", Segment("Ouvrir")), Variant(tag, Segment(text))))], on_same="both")
        matches = find(store, Segment("Ouvrir"), Direction("fr", "pt-BR"))
    assert [match.target for match in matches] == ["Abrir arquivo", "Abrir", "Abrir ficheiro"]
