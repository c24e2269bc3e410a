"""The nouns: what they are when nothing is said about them, and the few things that they work out themselves."""

import pytest

from tm.document import Bead, Document, Paragraph, Text
from tm.model import (
    Annotation,
    Concept,
    Evidence,
    Finding,
    Match,
    Pair,
    Place,
    Score,
    Segment,
    Term,
    Unit,
    Variant,
)


def unit(*languages, **properties):
    return Unit(
        tuple(Variant(language, Segment(f"text in {language}")) for language in languages),
        annotations=tuple(Annotation("prop", text, f"x-{name}") for name, text in properties.items()),
    )


def test_what_is_not_said_is_not_known():
    assert Evidence() == Evidence(0, 0, 0, 0.0, (), ())
    assert (Pair(Segment("a"), Segment("b")).document, Pair(Segment("a"), Segment("b")).line) == ("", 0)
    assert (Place("a").line, Place("a").column, Place("a").id) == (0, 0, "")
    assert (Paragraph("a", 1).kind, Document("a", ()).encoding, Document("a", ()).language) == (
        "text",
        "utf-8",
        "",
    )
    assert (Text(()).paragraphs, Text(()).lines, Text(()).kinds, Text(()).language) == ((), (), (), "")
    assert Bead((0,), (0,)).confidence == 1.0
    assert (Term("a", "fr").status, Term("a", "fr").evidence) == ("candidate", None)
    assert (Finding("a", "error", "b").line, Finding("a", "error", "b").segment) == (0, 0)
    assert (Finding("a", "error", "b").file, Finding("a", "error", "b").suggestion) == ("", None)
    assert (Score("a", 1.0).segments, Score("a", 1.0).low, Score("a", 1.0).high) == (0, None, None)
    pair = Pair(Segment("a"), Segment("b"))
    assert not Match(Unit(()), pair, 100, 100).adapted


def test_a_place_without_a_line_is_its_path():
    assert (str(Place("a.po")), str(Place("a.po", 1)), str(Place("a.po", 3, 7))) == (
        "a.po",
        "a.po:1",
        "a.po:3",
    )


@pytest.mark.parametrize(
    ("source", "target", "texts"),
    [
        ("fr", "pt-BR", ("text in fr-FR", "text in pt")),
        ("pt", "fr", ("text in pt", "text in fr-FR")),
        ("fr", "de", None),
        ("de", "fr", None),
        ("fr", "fr-CA", None),
    ],
)
def test_a_unit_is_a_pair_of_two_different_variants(source, target, texts):
    pair = unit("fr-FR", "pt").pair(source, target)
    assert (pair and (pair.source.text, pair.target.text)) == texts


@pytest.mark.parametrize(("written", "line"), [("12", 12), ("0", 0), ("", 0), ("12a", 0), ("-1", 0)])
def test_a_pair_knows_its_document_and_its_line_where_that_is_a_number(written, line):
    pair = unit("fr", "pt", document="a.txt", line=written).pair("fr", "pt")
    assert (pair.document, pair.line) == ("a.txt", line)


def test_a_property_is_the_first_of_its_type_and_a_note_is_none():
    annotations = (
        Annotation("note", "a note", "x-a"),
        Annotation("prop", "first", "x-a"),
        Annotation("prop", "second", "x-a"),
    )
    assert Unit((), annotations=annotations).property("x-a") == "first"
    assert Unit((), annotations=annotations).property("x-b") == ""


def test_units_that_differ_in_their_place_are_equal():
    assert Unit((), place=Place("a", 1)) == Unit((), place=Place("b", 2))


def test_a_bead_is_written_with_three_decimals():
    assert str(Bead((), (4, 5), 0.5)) == "[]:[4,5]:0.500"


def test_the_terms_of_a_concept_are_those_of_the_nearest_tag():
    concept = Concept("1", (Term("a", "pt-PT"), Term("b", "pt-BR"), Term("c", "pt-BR"), Term("d", "fr")))
    assert [term.text for term in concept.of("pt-BR")] == ["b", "c"]
    assert [term.text for term in concept.of("pt")] == ["a"]
    assert concept.of("de") == ()
