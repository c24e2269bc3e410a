"""Single units changed and taken out: which are meant, what becomes of them, and what is looked in."""

import random

import pytest

from tm.direction import Direction
from tm.errors import OptionError
from tm.memory import find as find_matches
from tm.model import Annotation, Code, Segment, Unit, Variant
from tm.store import open_store
from tm.store.where import parsed_where
from tm.work import editing
from tm.work.alteration import Alteration, altered, sides, with_text
from tm.work.answers import find
from tm.work.editing import Selection, edit_units, put_back, remove_units, selected


def unit(source, target, origin="", author="", **properties):
    properties |= {"origin": origin} if origin else {}
    annotations = tuple(Annotation("prop", text, f"x-{name}") for name, text in properties.items())
    attributes = (("creationid", author),) if author else ()
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))), attributes, annotations)


@pytest.fixture
def store():
    with open_store(":memory:", create=True) as store:
        store.add(
            [
                unit("Le chat dort.", "O gato dorme.", "aligned", confidence="0.8"),
                unit("Le chat dort.", "O gato está morto.", "machine"),
                unit("L’école est fermée.", "A escola está fechada.", author="rui"),
                unit("Bonjour", "Olá"),
            ],
            name="a.tsv",
        )
        yield store


def targets(store):
    return {each.number: each.unit.variants[1].segment.text for each in store.all_stored()}


def numbers(units):
    return [each.number for each in units]


# ------------------------------------------------------------------------------------------- which are meant


def test_units_are_named_by_numbers_by_texts_and_by_conditions(store):
    assert numbers(selected(store, Selection(numbers=(4, 2, 4)))) == [4, 2]
    assert numbers(selected(store, Selection(source="Bonjour"))) == [4]
    assert numbers(selected(store, Selection(target="O gato dorme."))) == [1]
    assert numbers(selected(store, Selection(source="Le chat dort.", target="O gato está morto."))) == [2]
    assert numbers(selected(store, Selection(source="Le chat dort.", where="origin=machine"))) == [2]
    assert numbers(selected(store, Selection(where="text=chat"))) == [1, 2]
    assert numbers(selected(store, Selection(numbers=(1, 2), where="origin=machine"))) == [2]


def test_a_text_that_differs_in_writing_only_names_a_unit_when_no_other_does(store):
    assert numbers(selected(store, Selection(source="l'école est fermée."))) == [3]
    store.add([unit("l'école est fermée.", "a escola")], on_same="both")
    assert numbers(selected(store, Selection(source="l'école est fermée."))) == [5]


@pytest.mark.parametrize("is_quick", [True, False])
def test_units_are_looked_up_by_texts_with_words_and_without(store, monkeypatch, is_quick):
    """Equal texts are found at once, or by a search where a memory lacks what finds them, or a text has no words."""
    store.add([unit("!", "!"), unit("Le chat dort !", "O gato dorme!")])
    monkeypatch.setattr(editing, "is_exact", lambda _: is_quick)
    texts = [("Le chat dort.", ""), ("!", ""), ("le chien", ""), ("Le chat dort !", "O gato dorme!")]
    units = editing.having_each(store, texts, Direction("fr", "pt-BR"))
    assert [[each.unit.variants[0].segment.text for each in of_text] for of_text in units] == [
        ["Le chat dort.", "Le chat dort."],
        ["!"],
        [],
        ["Le chat dort !"],
    ]


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(), "which units? numbers (tm find --details), texts, or conditions were expected"),
        (Selection(numbers=(1, 99)), "99 is the number of no unit, or of none any more"),
        (Selection(numbers=(98, 99)), "98, 99 are the numbers of no units"),
        (Selection((1,), "Bonjour"), "by numbers or by texts, not by both"),
        (Selection(source="Le chat dort."), "2 units are 'Le chat dort.'; give the number of one: 1 (Le chat dort. ="),
        (Selection(source="Le chat"), "no unit is 'Le chat'; the nearest: "),
        (Selection(source="zzz", target="yyy"), "no unit is 'zzz = yyy'"),
        (Selection(where="authr=x"), "did you mean author?"),
    ],
)  # fmt: skip
def test_what_names_no_unit_or_several_is_refused_with_their_numbers(store, selection, message):
    with pytest.raises(OptionError) as raised:
        remove_units(store, selection)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(store) == 4


# ------------------------------------------------------------------------------------------- what becomes of them


def test_what_was_taken_out_is_told_and_comes_back(store):
    removed = remove_units(store, Selection(where="text=chat"), date="2026-11-28T10:00:00Z")
    assert [change.before.number for change in removed.changes] == [1, 2]
    assert [(change.action, change.name) for change in store.log()][-1] == ("remove", "2 units: text=chat")
    assert targets(store) == {3: "A escola está fechada.", 4: "Olá"}
    store.undo()
    assert len(store) == 4


def test_what_a_person_took_out_stays_away_when_it_is_aligned_again(store):
    remove_units(store, Selection((1,)))
    assert store.add([unit("Le chat dort.", "O gato dorme.", "aligned")]).barred == 1
    edit_units(store, Selection((4,)), Alteration(target="Oi"))
    assert store.add([unit("Bonjour", "Olá", "aligned")]).barred == 1


def test_an_edited_unit_is_a_persons_and_nothing_is_taken_off_it(store):
    edited = edit_units(
        store,
        Selection((1,)),
        Alteration(target="O gato dorme mesmo.", author="ana"),
        date="2026-11-28T10:00:00Z",
    )
    (change,) = edited.changes
    assert (change.number, change.before.unit.variants[1].segment.text) == (5, "O gato dorme.")
    (stored,) = store.stored([5])
    assert (stored.author, stored.origin, stored.changed, stored.file) == (
        "ana",
        "edited",
        "2026-11-28",
        "a.tsv",
    )
    assert stored.unit.property("x-confidence") == ""
    remove_units(store, Selection((2,)))
    assert find_matches(store, "Le chat dort.", Direction("fr", "pt"))[0].percent == 100


def test_to_give_the_same_text_confirms_what_a_machine_made(store):
    assert edit_units(store, Selection((2,)), Alteration(target="O gato está morto.")).changes[0].number == 5
    assert store.stored([5])[0].origin == "edited"
    again = edit_units(store, Selection((4,)), Alteration(target="Olá"))
    assert (again.changes, again.unchanged) == ((), (4,))


def test_a_note_an_origin_and_an_author_are_changed_alone():
    noted = Unit((Variant("fr", Segment("oui")),), (), (Annotation("note", "vieux"),))
    new, _ = altered(noted, Alteration(note="neuf"), date="2026-11-28T10:00:00Z")
    assert [(each.name, each.text) for each in new.annotations] == [("note", "neuf")]
    assert new.attributes == (("changedate", "20261128T100000Z"),)
    assert altered(noted, Alteration(note=""))[0].annotations == ()
    assert altered(noted, Alteration(origin="machine"))[0].property("x-origin") == "machine"
    assert altered(noted, Alteration(author="rui"))[0].attributes == (("changeid", "rui"),)


def test_the_author_of_a_variant_is_brought_up_to_date_where_it_stands():
    variant = Variant("pt", Segment("sim"), (("changeid", "ana"), ("changedate", "20200101T000000Z")))
    new, _ = altered(
        Unit((Variant("fr", Segment("oui")), variant)),
        Alteration(target="Sim", author="rui"),
        date="2026-11-28",
    )
    assert new.variants[1].attributes == (("changeid", "rui"), ("changedate", "20261128"))


def test_of_several_translations_the_one_that_is_asked_for_is_changed():
    three = Unit(tuple(Variant(tag, Segment(tag)) for tag in ("en", "fr", "pt")), (("srclang", "fr"),))
    new, _ = altered(three, Alteration("oui", "sim"), Direction("", "pt"))
    assert [each.segment.text for each in new.variants] == ["en", "oui", "sim"]
    with pytest.raises(OptionError, match="en, fr, pt; say which translation is meant with -t"):
        altered(three, Alteration(target="sim"))
    with pytest.raises(OptionError, match="not in de"):
        altered(three, Alteration(target="ja"), Direction("", "de"))


def test_an_empty_text_an_empty_edit_and_a_misspelt_origin_are_refused(store):
    with pytest.raises(OptionError, match="a text is empty; to take the unit out: tm remove"):
        edit_units(store, Selection((1,)), Alteration(target=" "))
    with pytest.raises(OptionError, match="nothing to change"):
        edit_units(store, Selection((1,)), Alteration())
    with pytest.raises(OptionError, match="did you mean machine"):
        edit_units(store, Selection((1,)), Alteration(origin="machin"))


def test_a_dry_run_says_what_would_be_and_does_nothing(store):
    edited = edit_units(store, Selection((4,)), Alteration(target="Oi"), dry_run=True)
    assert [(change.number, change.after.variants[1].segment.text) for change in edited.changes] == [
        (5, "Oi")
    ]
    assert len(remove_units(store, Selection((4,)), dry_run=True).changes) == 1
    assert (targets(store)[4], len(store.log())) == ("Olá", 1)


def test_who_comes_second_is_told_and_overwrites_nothing(tmp_path):
    path = tmp_path / "a.tm"
    with open_store(path, create=True) as one, open_store(path) as other:
        one.add([unit("Oui", "Não")])
        (seen,) = other.stored([1])
        edit_units(one, Selection((1,)), Alteration(target="Sim"))
        late, _ = altered(seen.unit, Alteration(target="Pois"))
        assert put_back(other, [(seen, late, 0)]).gone == (1,)
        assert targets(other) == {2: "Sim"}


# ------------------------------------------------------------------------------------------- inline codes


def coded(text, *codes):
    return Segment(text, tuple(Code(position, kind, name) for position, kind, name in codes))


@pytest.mark.parametrize(
    ("old", "text", "codes", "left_out"),
    [
        (coded("un mot", (0, "open", "b"), (6, "close", "b")), "deux phrases", [0, 12], 0),
        (coded("le mot clé", (3, "open", "b"), (6, "close", "b")), "le beau mot clé", [8, 11], 0),
        (coded("le mot clé", (3, "open", "b"), (6, "close", "b")), "le terme clé", [3, 8], 0),
        (coded("un gros mot", (4, "open", "b"), (11, "close", "b")), "une autre phrase", [], 2),
        (coded("avant après", (6, "alone", "br")), "avant et après", [], 1),
        (coded("avant après", (6, "alone", "br")), "juste avant après", [12], 0),
        (coded("oui", (3, "alone", "x"), (3, "close", "b")), "non", [3, 3], 0),
    ],
)
def test_codes_stay_where_their_place_is_certain(old, text, codes, left_out):
    new, lost = with_text(old, text)
    assert (new.text, [code.position for code in new.codes], lost) == (text, codes, left_out)


# ------------------------------------------------------------------------------------------- find where


def test_find_gives_the_best_of_the_units_that_are_meant():
    chance = random.Random(3)
    words = "pont ponte rive quai rue vieux neuf".split()
    units = [
        unit(" ".join(chance.choices(words, k=4)), str(number), author=chance.choice(["ana", "rui"]))
        for number in range(300)
    ]
    where = parsed_where("author=rui number>20")
    with open_store(":memory:", create=True) as all_units, open_store(":memory:", create=True) as some:
        all_units.add(units, on_same="both")
        some.add([each.unit for each in all_units.all_stored() if where.admits(each)], on_same="both")
        for query in (" ".join(chance.choices(words, k=4)) for _ in range(30)):
            (answer,) = answers = find([all_units], query, where=where.text, minimum=50, limit=4)
            (expected,) = find([some], query, minimum=50, limit=4)
            assert [(match.percent, match.target) for match in answer.matches] == [
                (match.percent, match.target) for match in expected.matches
            ]
            assert all(where.admits(answers.stored(match)) for match in answer.matches)


@pytest.mark.parametrize("kind", ["text", "words", "regex"])
def test_what_is_left_out_of_a_look_up_is_counted(store, kind):
    answers = find([store], "chat", Direction("fr", "pt"), kind=kind, where="origin=machine")
    (answer,) = answers
    assert [passage.number for passage in answer.passages] == [2]
    assert answers.not_meant == (3 if kind == "regex" else 1)


def test_an_edit_knows_the_source_by_a_language_without_its_region():
    unit = Unit(
        (Variant("pt-PT", Segment("o forno")), Variant("fr", Segment("le four"))), (("srclang", "pt"),)
    )
    assert sides(unit) == (0, 1)
    assert sides(Unit(unit.variants, (("srclang", "fr-CA"),))) == (1, 0)
