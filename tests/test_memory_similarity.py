"""The percent: each rule a labelled case in ``cases/percent.json``, with a comment; ``docs/metrics.md`` tells the same as prose."""

import json
from pathlib import Path

import pytest

from tm.direction import Direction
from tm.memory import Change, edits, likeness
from tm.memory.adaptation import adapted_numbers, with_ends
from tm.model import Code, Pair, Segment

CASES = json.loads((Path(__file__).parent / "cases" / "percent.json").read_text(encoding="utf-8"))


def segment(side):
    if isinstance(side, str):
        return Segment(side)
    codes = tuple(
        Code(position, kind, name, (("i", number),), Segment(content))
        for position, kind, name, content, number in side["codes"]
    )
    return Segment(side["text"], codes)


@pytest.mark.parametrize("case", CASES, ids=[case["comment"] for case in CASES])
def test_percent(case, request):
    if case["expect"] == "fail":
        request.applymarker(pytest.mark.xfail)
    found = likeness(segment(case["stored"]), segment(case["new"]), case["language"])
    assert (found.percent, dict(found.penalties)) == (case["percent"], case["penalties"])


def test_edits_tell_the_words_apart():
    found = edits(Segment("Fermez la vieille porte."), Segment("Ouvrez la porte !"), "fr")
    assert [(edit.operation, edit.stored, edit.new) for edit in found] == [
        ("replace", "Fermez ", "Ouvrez "),
        ("equal", "la ", "la "),
        ("delete", "vieille ", ""),
        ("equal", "porte", "porte "),
        ("replace", ".", "!"),
    ]


def numbers(*pairs):
    return [Change("number", stored, new) for stored, new in pairs]


def test_numbers_that_differ_are_edits_although_the_words_are_the_same():
    segments = Segment("Page 12."), Segment("Page 13.")
    assert [edit.operation for edit in edits(*segments, "fr")] == ["equal", "replace", "equal"]
    assert likeness(*segments, "fr").changes == (Change("number", "12", "13"),)


@pytest.mark.parametrize(
    ("source", "target", "changes", "expected"),
    [
        ("Page 12", "Página 12", [("12", "13")], "Página 13"),
        ("De 3 à 5", "De 3 a 5", [("3", "5"), ("5", "3")], "De 5 a 3"),
        ("1 000,5 km", "1.000,5 km", [("1 000,5", "2 500,7")], "2.500,7 km"),
        ("3,5 %", "3.5%", [("3,5", "4,25")], "4.25%"),
        ("3 et 3", "3 e 3", [("3", "4"), ("3", "4")], "4 e 4"),
    ],
)
def test_numbers_are_adapted_as_the_target_writes_them(source, target, changes, expected):
    pair = Pair(Segment(source), Segment(target))
    assert adapted_numbers(pair, numbers(*changes), Direction("fr", "pt-BR")) == Segment(expected)


def test_codes_move_with_the_numbers_before_them():
    codes = (Code(0, "open", "g"), Code(4, "close", "g"), Code(5, "alone", "x"))
    pair = Pair(Segment("1000 p"), Segment("1000 p", codes))
    moved = adapted_numbers(pair, numbers(("1000", "50")), Direction("fr", "pt")).codes
    assert [code.position for code in moved] == [0, 2, 3]


@pytest.mark.parametrize(
    ("source", "target", "changes"),
    [
        ("3 pages", "três páginas", [("3", "4")]),  # in words
        ("3 et 3", "3 e 3", [("3", "4")]),  # which of the two?
        ("3 et 3", "3 e 3", [("3", "4"), ("3", "5")]),  # likewise
        ("3 sur 3", "3 vezes", [("3", "4"), ("3", "4")]),  # one is missing
        ("5 km", "5 km", [("5", "2,5")]),  # how does the target write decimals?
        ("Page 12", "Página 12", []),  # nothing to adapt
    ],
)
def test_numbers_are_left_alone_where_it_is_not_certain(source, target, changes):
    assert (
        adapted_numbers(Pair(Segment(source), Segment(target)), numbers(*changes), Direction("fr", "pt-BR"))
        is None
    )


def test_numbers_that_have_not_changed_stay():
    pair = Pair(Segment("12 ponts et 3 rios"), Segment("12 pontes e 3 rios"))
    assert adapted_numbers(pair, numbers(("3", "4")), Direction("fr", "pt")).text == "12 pontes e 4 rios"


def test_a_number_with_separators_in_one_language_only_is_left_alone():
    pair = Pair(Segment("1 500 pages"), Segment("1500 páginas"))
    assert adapted_numbers(pair, numbers(("1 500", "1 600")), Direction("fr", "pt")) is None


def test_a_blank_text_gets_no_other_white_space():
    assert with_ends(Segment(" "), Segment("Fin."), Segment("Fin.\n")) == Segment(" ")
    assert with_ends(Segment("Fim."), Segment("Fin."), Segment("\n")) == Segment("Fim.")


def test_codes_stay_at_their_words_when_white_space_before_them_changes():
    code = Code(2, "alone", "x")
    proposal = with_ends(Segment("Fim.", (code,)), Segment("Fin."), Segment("  Fin."))
    assert (proposal.text, proposal.codes[0].position) == ("  Fim.", 4)
