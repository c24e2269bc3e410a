"""What every store does: keeps what it is given, finds it again as comparing with everything does, takes it back."""

import random
import threading
from dataclasses import replace

import pytest

from tm.direction import Direction
from tm.errors import OptionError, StoreError
from tm.language import key_tokens
from tm.memory import concordance, find
from tm.model import Annotation, Code, Segment, Unit, Variant
from tm.store import Added, OneOf, Prefix, Unaccented, UnaccentedPrefix, open_store, plain


@pytest.fixture
def address(backend, tmp_path, request):
    if backend.scheme == "postgresql":
        return request.getfixturevalue("postgres").address(tmp_path.name[-40:])
    return f"{backend.scheme}:{tmp_path / 'memory.tm'}"


@pytest.fixture
def store(address):
    with open_store(address, create=True) as store:
        yield store


def unit(source, target, source_language="fr", target_language="pt-BR", **properties):
    annotations = tuple(Annotation("prop", text, f"x-{name}") for name, text in properties.items())
    return Unit(
        (Variant(source_language, Segment(source)), Variant(target_language, Segment(target))),
        annotations=annotations,
    )


RICH = Unit(
    (
        Variant(
            "FR-fr",
            Segment(
                "Tournez la  clé.\u00a0\n",
                (
                    Code(8, "open", "bpt", (("i", "1"), ("x", "2")), Segment("<b>")),
                    Code(10, "close", "ept", (("i", "1"),), Segment("</b>", (Code(2, "alone", "sub"),))),
                    Code(16, "alone", "ph"),
                ),
            ),
            (("creationid", "ana"), ("changedate", "20240102T030405Z")),
            (Annotation("note", "vue", attributes=(("xml:lang", "fr"),)), Annotation("prop", "1", "x-a")),
        ),
        Variant("pt_BR", Segment("Gire a chave\x00 e\u0301.")),
        Variant("fr-CA", Segment("")),
    ),
    (("tuid", "7"), ("srclang", "fr-FR")),
    (Annotation("prop", "b", "x-b"), Annotation("note", "primeira"), Annotation("prop", "b", "x-b")),
)


def test_what_is_added_is_read_back_in_order(address):
    units = [RICH, unit("Oui.", "Sim."), Unit((Variant("", Segment("sans langue")),)), unit("Non.", "Não.")]
    with open_store(address, create=True) as store:
        assert store.add(units) == Added(added=4)
    with open_store(address) as store:
        assert list(store.units()) == units
        assert len(store) == 4
        assert store.languages() == {"FR-fr": 1, "pt_BR": 1, "fr-CA": 1, "fr": 2, "pt-BR": 2, "": 1}


def test_keep_leaves_another_translation_out(store):
    store.add([unit("Ouvrir", "Abrir")])
    assert store.add([unit("Ouvrir", "Aberto"), unit("Fermer", "Fechar")]) == Added(added=1, kept=1)
    assert [each.variants[1].segment.text for each in store.units()] == ["Abrir", "Fechar"]


def test_replace_puts_it_in_the_old_ones_place(store):
    store.add([unit("Ouvrir", "Abrir"), unit("Fermer", "Fechar")])
    assert store.add([unit("Ouvrir", "Aberto")], on_same="replace") == Added(replaced=1, gone=1)
    assert sorted(each.variants[1].segment.text for each in store.units()) == ["Aberto", "Fechar"]
    assert len(store) == 2
    assert store.languages() == {"fr": 2, "pt-BR": 2}


def test_both_keeps_both(store):
    store.add([unit("Ouvrir", "Abrir")])
    assert store.add([unit("Ouvrir", "Aberto")], on_same="both") == Added(added=1)


def test_several_translations_in_one_file_are_all_kept(store):
    assert store.add([unit("Ouvrir", "Abrir"), unit("Ouvrir", "Aberto")]) == Added(added=2)


def test_other_contexts_languages_cases_and_numbers_are_other_sources(store):
    store.add([unit("Ouvrir", "Abrir", context="bouton")])
    others = [
        unit("Ouvrir", "Aberto", previous="Fichier"),
        unit("Ouvrir", "Aberto", context="menu"),
        unit("Ouvrir", "Abra", target_language="pt-PT"),
        unit("ouvrir", "aberto"),
        unit("Ouvrir 1", "Abrir 1"),
        unit("Ouvrir 2", "Abrir 2"),
    ]
    assert store.add(others) == Added(added=6, apart=("pt-BR", "pt-PT"))


def test_composed_and_decomposed_accents_are_the_same_source(store):
    store.add([unit("\u00e9t\u00e9", "verão")])
    assert store.add([unit("e\u0301te\u0301", "verão")]) == Added(same=1)


def test_what_is_taken_back_makes_a_store_forget_its_dry_runs(store):
    store.add([unit("Oui", "Sim")])
    assert store.add([unit("Non", "Não")], dry_run=True) == Added(added=1)
    store.undo()
    assert store.add([unit("Non", "Não"), unit("Oui", "Sim")], dry_run=True) == Added(added=2)


def test_dry_runs_count_on_each_other_as_additions_do(address):
    with open_store(address, create=True) as store:
        first, second = [unit("Neuf", "Novo")], [unit("Neuf", "Nove"), unit("Neuf", "Novo")]
        assert store.add(first, dry_run=True) == Added(added=1)
        assert store.add(second, dry_run=True) == Added(same=1, kept=1)
        assert store.add(second, dry_run=True, on_same="replace") == Added(added=1, same=1)
        assert store.add(second[:1], dry_run=True, on_same="replace") == Added(replaced=1, gone=1)
        assert store.add(first) == Added(added=1)
        assert store.add(second, dry_run=True) == Added(same=1, kept=1)


def test_an_origin_that_is_asked_for_goes_before_that_of_the_units(store):
    units = [unit("Oui", "Sim"), unit("Non", "Não", origin="aligned", document="a.txt")]
    store.add(units, origin="machine")
    assert [each.property("x-origin") for each in store.units()] == ["machine", "machine"]
    assert [each.property("x-document") for each in store.units()] == ["", "a.txt"]


def test_the_history_says_what_came_and_undo_takes_it_back(store):
    store.add([unit("Oui", "Sim"), unit("Ouvrir", "Abrir")], name="a.tmx", date="2024-01-01")
    store.add([unit("Ouvrir", "Aberto"), unit("Non", "Não")], name="b.tmx", on_same="replace")
    assert [(c.number, c.date, c.action, c.name, c.added, c.removed) for c in store.log()] == [
        (1, "2024-01-01", "add", "a.tmx", 2, 0),
        (2, "", "add", "b.tmx", 2, 1),
    ]
    assert store.undo().name == "b.tmx"
    assert [each.variants[1].segment.text for each in store.units()] == ["Sim", "Abrir"]
    assert store.languages() == {"fr": 2, "pt-BR": 2}
    assert store.undo().name == "a.tmx"
    assert (len(store), store.languages(), store.undo()) == (0, {}, None)
    assert [change.action for change in store.log()] == ["add", "add", "undo", "undo"]


def test_only_the_change_that_is_meant_is_taken_back(store):
    store.add([unit("Oui", "Sim")], name="a.tmx")
    store.add([unit("Non", "Não")], name="b.tmx")
    assert (store.undo(change=1), store.undo(change=3), len(store)) == (None, None, 2)
    assert store.undo(change=2).name == "b.tmx"
    assert store.undo(change=1).name == "a.tmx"
    assert store.undo(change=1) is None
    assert [change.action for change in store.log()] == ["add", "add", "undo", "undo"]


def test_what_was_undone_can_be_added_again(store):
    store.add([unit("Oui", "Sim")])
    store.undo()
    assert store.add([unit("Oui", "Sim")]) == Added(added=1)


def test_notes_are_kept(address):
    with open_store(address, create=True) as store:
        assert store.note("built") == ""
        store.set_note("built", "a")
        store.set_note("built", "b")
    with open_store(address) as store:
        assert store.note("built") == "b"


def test_a_unit_of_the_same_texts_is_kept_once_whatever_is_chosen(store):
    units = [RICH, unit("Oui.", "Sim."), unit("Oui.", "Pois é.")]
    store.add(units)
    for on_same in ("keep", "replace", "both"):
        assert store.add(units, on_same=on_same) == Added(same=3)
    assert list(store.units()) == units


def test_a_unit_without_a_text_is_refused_by_its_number(store):
    with pytest.raises(ValueError, match="unit 2 has no text"):
        store.add([unit("Oui", "Sim"), Unit(())])
    assert store.add([unit("Oui", "Sim")]) == Added(added=1)


def test_a_choice_that_there_is_not_is_refused(store):
    store.add([unit("Oui", "Sim")])
    with pytest.raises(
        OptionError, match="'Keep'; one of these was expected: keep, replace, both; did you mean keep"
    ):
        store.add([unit("Oui", "Claro")], on_same="Keep")
    assert [each.variants[1].segment.text for each in store.units()] == ["Sim"]


def test_a_dry_run_counts_what_the_addition_does_and_changes_nothing(store):
    store.add([unit("Ouvrir", "Abrir")])
    units = [unit("Ouvrir", "Abrir"), unit("Ouvrir", "Aberto"), unit("Oui", "Sim"), unit("Oui", "Sim")]
    before = store.log()
    assert store.add(units, dry_run=True) == Added(added=1, same=2, kept=1)
    assert (len(store), store.log()) == (1, before)
    assert store.add(units) == Added(added=1, same=2, kept=1)


def test_what_a_name_no_longer_says_goes_out_and_comes_back(store):
    store.add([unit("Oui", "Sim"), unit("Non", "Não")], name="a.tmx")
    store.add([unit("Oui", "Sim"), unit("Peut-être", "Talvez")], name="b.tmx")
    added = store.add([unit("Non", "Não"), unit("Jamais", "Nunca")], name="a.tmx", supersede=True)
    assert added == Added(added=1, same=1, superseded=1)
    assert sorted(each.variants[1].segment.text for each in store.units()) == ["Nunca", "Não", "Talvez"]
    store.undo()
    assert sorted(each.variants[1].segment.text for each in store.units()) == ["Não", "Sim", "Talvez"]


def test_an_addition_that_was_cut_off_can_be_made_again(store):
    units = [unit("Ouvrir", "Abrir"), unit("Ouvrir", "Aberto"), unit("Fermer", "Fechar")]

    def broken():
        yield units[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(broken())
    store.add(units)
    assert list(store.units()) == units


def test_what_was_acknowledged_is_there_for_others(address):
    seen = []
    with open_store(address, create=True) as store:

        def acknowledge(count):
            with open_store(address) as other:
                seen.append((count, len(other)))

        store.add([unit(str(number), "x") for number in range(5)], acknowledge=acknowledge)
    assert seen[-1] == (5, 5)
    assert all(count <= there for count, there in seen)


def test_nothing_to_add_writes_no_history(store):
    assert store.add([]) == Added()
    assert (store.log(), store.undo()) == ([], None)


def test_a_memory_that_is_not_there_is_made_only_when_that_is_asked_for(address):
    with pytest.raises(StoreError, match="no such memory") as raised:
        open_store(address)
    assert "\n" not in str(raised.value)
    open_store(address, create=True).close()
    with open_store(address) as store:
        assert (len(store), store.languages(), list(store.units()), store.name != "") == (0, {}, [], True)


def test_numbers_are_those_of_units_in_order_of_arrival_and_of_none_that_is_gone(store):
    store.add([unit("Oui", "Sim")])
    store.add([unit("Oui et non", "Sim e não")])
    store.add([unit("Oui", "Claro")], on_same="replace")
    numbers = list(store.containing(["oui"], "fr"))
    texts = [each.variants[1].segment.text for each in store.fetch(numbers)]
    assert texts == ["Claro", "Sim e não"]
    assert store.fetch([*numbers, 10_000]) == store.fetch(numbers)


def test_a_stored_unit_knows_its_number_and_what_brought_it(store):
    store.add([unit("Oui", "Sim"), unit("Ouvrir", "Abrir")], name="a.tmx", date="2024-01-01")
    store.add([unit("Ouvrir", "Aberto")], name="b.tmx", date="2024-02-01", on_same="replace")
    yes, opened = store.all_stored()
    assert [(each.change, each.file, each.date) for each in (yes, opened)] == [
        (1, "a.tmx", "2024-01-01"),
        (2, "b.tmx", "2024-02-01"),
    ]
    assert [yes.unit, opened.unit] == list(store.units())
    assert store.stored([opened.number, 10_000, yes.number]) == [opened, yes]
    store.undo()
    assert store.stored([opened.number]) == []


# ------------------------------------------------------------------------------------------------- the same unit


def pairs_of(store):
    return sorted(
        (*(each.segment.text for each in kept.variants), kept.variants[0].language) for kept in store.units()
    )


def test_a_tag_without_region_is_the_same_language_as_one_with_a_region(store):
    store.add([unit("Ouvrez.", "Abra."), unit("Oui.", "Sim.", "fr-FR")])
    back = [unit("Ouvrez.", "Abra.", "FR-FR", "PT-BR"), unit("Oui.", "Sim.", "fr", "pt")]
    assert store.add(back) == Added(same=2)
    assert store.languages() == {"fr": 1, "pt-BR": 2, "fr-FR": 1}
    assert store.add([unit("Ouvrez.", "Abram.", "fr-FR", "pt")]) == Added(kept=1)
    assert store.add([unit("Ouvrez.", "Abram.", "fr-FR", "pt")], on_same="replace") == Added(
        replaced=1, gone=1
    )


def test_two_regions_of_a_language_are_kept_apart_and_that_is_said(store):
    store.add([unit("Oui.", "Sim.", "fr-FR")])
    assert store.add([unit("Oui.", "Sim.", "fr-CA")]) == Added(added=1, apart=("fr-CA", "fr-FR"))
    assert store.add([unit("Oui.", "Claro.", "fr-CA")], on_same="replace") == Added(
        replaced=1, gone=1, apart=("fr-CA", "fr-FR")
    )
    assert pairs_of(store) == [("Oui.", "Claro.", "fr-CA"), ("Oui.", "Sim.", "fr-FR")]


def test_beside_two_regions_a_tag_without_one_takes_no_place_but_is_not_doubled(store):
    store.add([unit("Oui.", "Sim.", "fr-FR"), unit("Oui.", "Claro.", "fr-CA")])
    assert store.add([unit("Oui.", "Sim.", "fr")]).same == 1
    new = [unit("Oui.", "Pois.", "fr", "pt")]
    assert store.add(new, on_same="replace") == Added(added=1, apart=("fr", "fr-CA", "fr-FR"))
    assert len(store) == 3


def test_another_script_is_another_language(store):
    store.add([unit("Oui.", "是的。", target_language="zh-Hans"), unit("Oui.", "Да.", target_language="sr")])
    others = [
        unit("Oui.", "是的。", target_language="zh-Hant"),
        unit("Oui.", "Da.", target_language="sr-Latn"),
    ]
    assert store.add(others) == Added(added=2)
    assert store.add([unit("Oui.", "是的。", target_language="zh-Hant-TW")]) == Added(same=1)


def test_a_unit_without_context_replaces_those_with_any_and_undo_brings_them_back(store):
    store.add([unit("Ouvrez.", "Abra.", previous="Posez."), unit("Ouvrez.", "Abram.", context="menu")])
    new = [unit("Ouvrez.", "Abra a tampa.")]
    assert store.add(new) == Added(kept=1)
    assert store.add(new, on_same="replace") == Added(replaced=1, gone=2)
    assert pairs_of(store) == [("Ouvrez.", "Abra a tampa.", "fr")]
    store.undo()
    assert pairs_of(store) == [("Ouvrez.", "Abra.", "fr"), ("Ouvrez.", "Abram.", "fr")]


def test_a_unit_with_context_is_the_same_as_one_without_and_gives_it_the_context(store):
    store.add([unit("Fermer", "Fechar")])
    assert store.add([unit("Fermer", "Fechar", context="menu")]) == Added(updated=1)
    assert store.add([unit("Fermer", "Encerrar", context="menu")]) == Added(kept=1)
    assert store.add([unit("Fermer", "Encerrar", context="session")]) == Added(added=1)
    assert store.add([unit("Fermer", "Fechar"), unit("Fermer", "Encerrar")]) == Added(same=2)


def test_what_the_file_says_too_is_not_replaced(store):
    store.add([unit("Ouvrez.", "Abra.", previous="Posez."), unit("Ouvrez.", "Abram.", context="menu")])
    assert store.add([unit("Ouvrez.", "Abra."), unit("Ouvrez.", "Abram.")], on_same="replace") == Added(
        same=2
    )
    assert store.add([unit("Ouvrez.", "Abra.")], on_same="replace") == Added(replaced=1, gone=1)
    assert pairs_of(store) == [("Ouvrez.", "Abra.", "fr")]


@pytest.mark.parametrize("units", [
    [unit("Oui", "Sim"), unit("Oui", "Sim", context="menu"), unit("Oui", "Sim", "fr-FR"), unit("Oui", "Pois")],
    [unit("Oui", "Sim", "fr-FR"), unit("Oui", "Sim", "fr-CA"), unit("Oui", "Sim", "fr"), unit("Oui", "Pois", "fr")],
])  # fmt: skip
@pytest.mark.parametrize("on_same", ["keep", "replace", "both"])
def test_what_one_file_says_in_several_contexts_and_regions_is_all_kept(store, units, on_same):
    assert store.add(units, on_same=on_same).added == 4
    assert store.add(units, on_same=on_same).same == 4
    assert list(store.units()) == units


@pytest.mark.parametrize("on_same", ["keep", "replace", "both"])
def test_a_better_origin_confirms_and_a_worse_one_changes_nothing(store, on_same):
    machine = unit("Oui", "Sim", origin="machine", document="a.txt")
    store.add([machine])
    assert store.add([unit("Oui", "Sim", origin="aligned")], on_same=on_same) == Added(confirmed=1)
    assert store.add([unit("Oui", "Sim")], on_same=on_same) == Added(confirmed=1)
    assert store.add([machine], on_same=on_same) == Added(same=1)
    (kept,) = store.units()
    assert (kept.property("x-origin"), kept.property("x-document")) == ("", "a.txt")
    store.undo()
    assert [each.property("x-origin") for each in store.units()] == ["aligned"]


def test_newer_dates_and_notes_are_taken_and_the_rest_stays(store):
    def of(date, *notes, **properties):
        pair = unit("Oui", "Sim", **properties)
        return replace(
            pair, attributes=(("changedate", date),), annotations=(*pair.annotations, *map(note, notes))
        )

    def note(text):
        return Annotation("note", text)

    store.add([of("20250101T000000Z", "vu", client="a", line="3")])
    newer = of("20260101T000000Z", "revu", client="b")
    assert store.add([newer]) == Added(updated=1)
    (kept,) = store.units()
    assert dict(kept.attributes) == {"changedate": "20260101T000000Z"}
    assert [each.text for each in kept.annotations] == ["b", "3", "revu"]
    for old in (
        newer,
        of("20250101T000000Z", "vu", client="a", line="3"),
        of("20240101T000000Z", client="c"),
    ):
        assert store.add([old]) == Added(same=1)
    store.undo()
    assert [dict(each.attributes) for each in store.units()] == [{"changedate": "20250101T000000Z"}]


def test_files_that_say_the_same_with_other_notes_settle_after_one_addition_each(store):
    files = [[unit("Oui", "Sim", client=name, number=name)] for name in "abc"]
    assert [store.add(units) for units in files] == [Added(added=1), Added(updated=1), Added(updated=1)]
    for units in files * 2:
        assert store.add(units) == Added(same=1)


def test_numbers_that_a_file_counts_with_and_other_documents_are_no_news(store):
    def of(number, document):
        pair = unit("Oui", "Sim", line=number, document=document, confidence=f"0.{number}")
        return replace(pair, attributes=(("tuid", number),))

    store.add([of("1", "a.txt")])
    assert store.add([of("2", "a.txt")]) == Added(same=1)
    assert store.add([of("1", "b.txt")]) == Added(same=1)


def test_many_contexts_of_one_source_are_told_apart(store):
    units = [unit("Oui", "Sim", previous=str(number)) for number in range(40)]
    assert store.add(units) == Added(added=40)
    assert store.add(units) == Added(same=40)
    assert store.add([unit("Oui", "Sim")]) == Added(same=1)
    assert store.add([unit("Oui", "Pois", previous="7")], on_same="replace") == Added(replaced=1, gone=1)
    assert store.add([unit("Oui", "Claro")], on_same="replace") == Added(replaced=1, gone=40)


# ------------------------------------------------------------------------------------------- single units


def numbered(store):
    return {each.number: each.unit.variants[1].segment.text for each in store.all_stored()}


def test_a_unit_is_taken_out_by_its_number_and_comes_back(store):
    store.add([unit("Oui", "Sim"), unit("Oui", "Não"), unit("Ouvrir", "Abrir")], name="a.tmx")
    assert store.remove([2, 2, 99], name="Oui = Não", date="2024-01-01") == [2]
    assert (numbered(store), store.languages()) == ({1: "Sim", 3: "Abrir"}, {"fr": 2, "pt-BR": 2})
    change = store.log()[-1]
    assert (change.action, change.name, change.date) == ("remove", "Oui = Não", "2024-01-01")
    assert (change.added, change.removed, change.finished) == (0, 1, True)
    assert [match.pair.target.text for match in find(store, "Oui", Direction("fr", "pt-BR"))] == ["Sim"]
    assert store.undo().action == "remove"
    assert (numbered(store), store.languages()) == (
        {1: "Sim", 2: "Não", 3: "Abrir"},
        {"fr": 3, "pt-BR": 3},
    )


def test_an_edited_unit_gets_a_number_of_its_own_and_keeps_its_file(store):
    store.add([unit("Oui", "Não", note="vu"), unit("Ouvrir", "Abrir")], name="a.tmx", date="2024-01-01")
    assert store.edit({1: unit("Oui", "Sim", note="vu")}, name="Oui = Sim", date="2024-02-01") == {1: 3}
    (edited,) = store.stored([3])
    assert (edited.file, edited.date, edited.change) == ("a.tmx", "2024-02-01", 2)
    assert (edited.unit, store.fetch([1])) == (unit("Oui", "Sim", note="vu"), [])
    assert [match.number for match in find(store, "Oui", Direction("fr", "pt-BR"))] == [3]
    change = store.log()[-1]
    assert (change.action, change.added, change.removed, change.finished) == ("edit", 1, 1, True)
    assert store.edit({3: unit("Oui", "Pois", note="vu")}) == {3: 4}
    assert [each.file for each in store.stored([4])] == ["a.tmx"]
    store.undo()
    store.undo()
    assert numbered(store) == {1: "Não", 2: "Abrir"}


def test_an_edit_that_changes_nothing_or_finds_nothing_writes_no_history(store):
    store.add([unit("Oui", "Sim")])
    assert store.edit({1: unit("Oui", "Sim"), 7: unit("Non", "Não")}) == {1: 1}
    assert store.edit({}) == {}
    assert store.remove([7]) == []
    assert len(store.log()) == 1


def test_a_unit_edited_into_another_one_takes_its_place_too(store):
    store.add([unit("Oui", "Sim", origin="machine"), unit("Oui", "Não"), unit("Oui", "Pois")])
    assert store.edit({2: unit("Oui", "Sim"), 3: unit("Oui", "Sim")}) == {2: 4, 3: 4}
    assert numbered(store) == {4: "Sim"}
    assert (store.log()[-1].added, store.log()[-1].removed) == (1, 3)
    store.undo()
    assert numbered(store) == {1: "Sim", 2: "Não", 3: "Pois"}


def test_a_unit_that_was_to_stay_and_goes_out_for_its_like_has_the_number_of_that_one(store):
    store.add([unit("Oui", "Não"), unit("Oui", "Sim")], on_same="both")
    assert store.edit({1: unit("Oui", "Sim"), 2: unit("Oui", "Sim")}) == {1: 3, 2: 3}
    assert numbered(store) == {3: "Sim"}


def test_an_edit_takes_units_out_too_in_one_change(store):
    store.add([unit("Oui", "Não"), unit("Ouvrir", "Abrir"), unit("Un", "Um")])
    assert store.edit({1: unit("Oui", "Sim"), 2: None, 9: None}) == {1: 4, 2: 0}
    assert (numbered(store), store.log()[-1].removed) == ({3: "Um", 4: "Sim"}, 2)
    store.undo()
    assert store.edit({2: None}) == {2: 0}
    assert numbered(store) == {1: "Não", 3: "Um"}


def test_a_dry_run_of_an_edit_or_a_removal_changes_nothing(store):
    store.add([unit("Oui", "Não"), unit("Ouvrir", "Abrir")])
    assert store.edit({1: unit("Oui", "Sim"), 9: unit("x", "y")}, dry_run=True) == {1: 3}
    assert store.remove([2, 9], dry_run=True) == [2]
    assert (numbered(store), len(store.log())) == ({1: "Não", 2: "Abrir"}, 1)


def test_a_unit_without_a_text_is_no_edit(store):
    store.add([unit("Oui", "Não")])
    with pytest.raises(ValueError, match="has no text"):
        store.edit({1: Unit(())})
    assert numbered(store) == {1: "Não"}


def test_of_two_who_edit_the_same_unit_the_second_is_told(address):
    with open_store(address, create=True) as one, open_store(address) as other:
        one.add([unit("Oui", "Não"), unit("Ouvrir", "Abrir")])
        assert one.edit({1: unit("Oui", "Sim")}) == {1: 3}
        assert other.edit({1: unit("Oui", "Pois"), 2: unit("Ouvrir", "Abra")}) == {2: 4}
        assert one.remove([2, 3]) == [3]
        assert numbered(other) == {4: "Abra"}


def aligned(source, target, **properties):
    return unit(source, target, origin="aligned", document="a.txt", **properties)


@pytest.mark.parametrize("dry_run", [True, False])
def test_what_a_person_removed_or_mended_stays_away_when_documents_are_aligned_again(store, dry_run):
    units = [aligned("Oui.", "Não."), aligned("Non.", "Sim.", previous="Oui."), aligned("Si.", "Sim.")]
    store.add(units, name="a.txt = b.txt")
    store.remove([1])
    store.edit({2: unit("Non.", "Não.", previous="Oui.")})
    units[1] = aligned("Non.", "Sim.", previous="Oui !")
    again = {"name": "a.txt = b.txt", "supersede": True, "dry_run": dry_run}
    assert store.add(units, **again) == Added(same=1, barred=2)
    assert sorted(each.variants[1].segment.text for each in store.units()) == ["Não.", "Sim."]


def test_a_persons_file_brings_back_what_was_removed(store):
    store.add([aligned("Oui.", "Sim."), aligned("Non.", "Não.")])
    store.remove([1, 2])
    assert store.add([unit("Oui.", "Sim.")]) == Added(added=1)
    assert store.add([aligned("Non.", "Não.")], origin="imported") == Added(added=1)
    assert store.add([aligned("Oui.", "Sim."), aligned("Non.", "Não.")]) == Added(same=2)


def test_what_was_removed_in_one_context_may_stand_in_another_where_it_was_left(store):
    store.add([aligned("Oui.", "Sim.", previous="Un."), aligned("Oui.", "Sim.", previous="Deux.")])
    store.remove([1])
    again = [aligned("Oui.", "Sim.", previous=previous) for previous in ("Un.", "Deux.", "Trois.")]
    assert store.add(again) == Added(added=1, same=1, barred=1)


def test_a_removal_that_was_undone_keeps_nothing_away(store):
    store.add([aligned("Oui.", "Sim.")])
    store.remove([1])
    store.undo()
    assert store.add([aligned("Oui.", "Sim.")]) == Added(same=1)
    store.undo()
    assert store.add([aligned("Oui.", "Sim.")]) == Added(added=1)


def test_what_came_by_another_way_and_was_confirmed_is_not_superseded(store):
    store.add([aligned("Oui.", "Sim."), aligned("Non.", "Não.")], name="a.txt = b.txt")
    store.add([unit("Oui.", "Sim.")], name="mine.tsv")
    assert store.add([aligned("Si.", "Sim.")], name="a.txt = b.txt", supersede=True) == Added(
        added=1, superseded=1
    )
    assert sorted(each.variants[0].segment.text for each in store.units()) == ["Oui.", "Si."]


# ------------------------------------------------------------------------------------------------- the search

WORDS = "pont ponte rive quai".split()


def texts(chance, count, longest):
    return [" ".join(chance.choices(WORDS, k=chance.randrange(longest + 1))) for _ in range(count)]


@pytest.fixture
def compared(store):
    """A store of some 60 units, the same as pairs of number and unit, and queries."""
    chance = random.Random(7)
    units = [
        Unit(
            (
                Variant(chance.choice(["fr", "fr-CA", "pt"]), Segment(text)),
                Variant("fr", Segment(f"{text} pont")),
            )
        )
        for text in texts(chance, 60, 6)
    ]
    store.add(units, on_same="both")
    numbered = list(enumerate(store.units(), 1))
    return store, numbered, [key_tokens(Segment(text), "fr") for text in texts(chance, 30, 7)]


@pytest.mark.parametrize("minimum", [0.3, 0.5, 0.75, 1.0])
@pytest.mark.parametrize("tag", ["fr", "fr-BE", "pt", "de"])
def test_what_is_similar_is_what_comparing_with_everything_finds(compared, minimum, tag):
    store, stored, queries = compared
    units = dict(stored)
    found = store.similar(queries, tag, minimum)
    for hits, expected in zip(found, plain.similar(stored, queries, tag, minimum), strict=True):
        assert [base for base, _ in hits] == pytest.approx([base for base, _ in expected])
        assert [store.fetch([number])[0] for _, number in hits] == [units[number] for _, number in expected]


@pytest.mark.parametrize("tag", ["fr", "pt-BR", "de"])
def test_a_phrase_and_words_are_found_where_comparing_with_everything_finds_them(compared, tag):
    store, stored, queries = compared
    units = dict(stored)
    for query in [*queries, [Prefix("pon")], [Prefix("r"), "quai"], ["quai", Prefix("pon")]]:
        for search, oracle in ((store.containing, plain.containing), (store.holding, plain.holding)):
            found = list(dict.fromkeys(search(query, tag)))
            assert store.fetch(found) == [units[number] for number in oracle(stored, query, tag)]


WILDCARDS = [
    Prefix("pon"),
    Prefix(""),
    Unaccented("ponte"),
    Unaccented("quâi"),
    UnaccentedPrefix("pónt"),
    OneOf("1", ["quai", "pont", "gare"]),
]


@pytest.fixture(params=[50, 1100])
def accented(store, request):
    """A store of units some of whose words differ in accents only, and the same as pairs."""
    chance = random.Random(8)
    words = "pont ponte ponté pônte p\u0323onte quai quaï rive".split()
    store.add(
        [
            unit(" ".join(chance.choices(words, k=chance.randrange(1, 5))), "x", number=str(number))
            for number in range(request.param)
        ],
        on_same="both",
    )
    return store, list(enumerate(store.units(), 1))


def test_words_are_those_that_a_wildcard_stands_for(accented):
    store, stored = accented
    for wildcard in [*WILDCARDS[:-1], "rive"]:
        assert store.words(wildcard, "fr-CA") == plain.words(stored, wildcard, "fr")
    assert store.words(Unaccented("pont"), "de") == []


def test_wildcards_are_found_where_comparing_with_everything_finds_them(accented):
    store, stored = accented
    for query in [[one] for one in WILDCARDS] + [[one, "rive"] for one in WILDCARDS]:
        for search, oracle in ((store.containing, plain.containing), (store.holding, plain.holding)):
            assert list(search(query, "fr")) == list(oracle(stored, query, "fr"))


def test_what_is_similar_by_one_of_several_words_is_what_comparing_with_everything_finds(accented):
    store, stored = accented
    bridge, quay = OneOf("1", ["pont", "ponte", "ponté"]), OneOf("2", ["quai", "quaï"])
    queries = [[bridge], [quay, "rive"], [bridge, quay, bridge], ["gare", "rive", quay, bridge]]
    for minimum in (0.3, 0.5, 0.75, 1.0):
        found = list(store.similar(queries, "fr", minimum))
        for hits, expected in zip(found, plain.similar(stored, queries, "fr", minimum), strict=True):
            assert [number for _, number in hits] == [number for _, number in expected]
            assert [base for base, _ in hits] == pytest.approx([base for base, _ in expected])


def test_none_is_missing_where_words_of_two_tokens_differ_in_accents_only(accented):
    store, stored = accented
    first, second = OneOf("1", ["ponte", "pont"]), OneOf("2", ["ponté", "quaï"])
    queries = [[first, second], [second, first, "rive"], [second, second, first], ["quai", second]]
    for minimum in (0.3, 0.5, 0.75, 1.0):
        found = list(store.similar(queries, "fr", minimum))
        for hits, expected in zip(found, plain.similar(stored, queries, "fr", minimum), strict=True):
            likeness = {number: base for base, number in hits}
            assert all(likeness[number] > base - 1e-9 for base, number in expected)


def maximal(ends, seeds):
    """The stretches of two tokens and more that have a seed and are not within another one."""
    some = {(start, end) for start, end in enumerate(ends) if end - start > 1}
    whole = {(a, b) for a, b in some if not any((c, d) != (a, b) and c <= a and b <= d for c, d in some)}
    return {(a, b) for a, b in whole if any(a <= seed < b for seed in seeds)}


def test_the_longest_stretches_are_those_of_trying_all(compared):
    store, stored, queries = compared
    for query in queries:
        seeds = list(range(0, len(query), 2))
        ends = store.stretches(query, "fr", seeds)
        assert len(ends) == len(query)
        assert maximal(ends, seeds) == maximal(plain.stretches(stored, query, "fr"), seeds)


def test_the_memory_answers_from_it(store):
    store.add(
        [
            unit("Le pont est ouvert.", "A ponte está aberta."),
            unit("Le quai est fermé.", "O cais está fechado."),
        ]
    )
    (match, *_) = find(store, Segment("Le pont est ouvert."), Direction("fr", "pt-BR"))
    assert (match.percent, match.pair.target.text) == (100, "A ponte está aberta.")
    assert store.stored([match.number])[0].unit == match.unit
    assert match.memory == store.name
    assert [passage.pair.target.text for passage in concordance(store, "quai", Direction("fr", "pt-BR"))] == [
        "O cais está fechado."
    ]


def test_a_store_made_in_one_thread_may_be_used_and_closed_in_it(address):
    counts = []

    def work():
        with open_store(address, create=True) as store:
            store.add([unit("Oui", "Sim")])
            counts.append(len(store))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert counts == [1]
