"""Inline codes of aligned texts: each code of a translation is one of its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.alignment import bead_units
from tm.document import Bead, Text
from tm.language import omegat_tags
from tm.model import Code, Segment


def word(*types, first=0):
    """Codes of a Word document that do this, one after each letter."""
    return tuple(
        omegat_tags.alone(position, "t", first + position, kind) for position, kind in enumerate(types)
    )


def unit(source, target):
    texts = (
        Text(("abcdef",), codes=(source,), language="fr"),
        Text(("uvwxyz",), codes=(target,), language="pt"),
    )
    (made,) = bead_units(*texts, [Bead((0,), (0,))])
    return [omegat_tags.shown(variant.segment) for variant in made.variants]


@pytest.mark.parametrize(
    ("source", "target", "shown"),
    [
        (word("+b", "-b", first=3), word("+b", "-b"), ["<t0/>a<t1/>bcdef", "<t0/>u<t1/>vwxyz"]),
        (word("note", "+b", "-b"), word("+b", "-b", "note"), ["<t0/>a<t1/>b<t2/>cdef", "<t1/>u<t2/>v<t0/>wxyz"]),
        (word("+b", "-b"), word("+i", "-i"), ["<t0/>a<t1/>bcdef", "<t0/>u<t1/>vwxyz"]),
        (word("", "+b", "-b"), word("+b", "-b"), ["a<t0/>b<t1/>cdef", "<t0/>u<t1/>vwxyz"]),
        (word("+b", "-b"), word("+b", "", "-b"), ["<t0/>a<t1/>bcdef", "<t0/>uv<t1/>wxyz"]),
        (word("+hyperlink", "-hyperlink"), word("+hyperlink"), ["<t0/>a<t1/>bcdef", "uvwxyz"]),
        ((), word("+b"), ["abcdef", "uvwxyz"]),
    ],
)  # fmt: skip
def test_codes_of_a_translation_count_as_in_its_source(source, target, shown):
    assert unit(source, target) == shown


def test_pairs_of_html_are_matched_whole():
    source = (omegat_tags.opening(0, "b", 2, "b"), omegat_tags.closing(3, "b", 2, "b"))
    target = (omegat_tags.opening(1, "s", 0, "b"), omegat_tags.closing(4, "s", 0, "b"))
    assert unit(source, target) == ["<b0>abc</b0>def", "u<b0>vwx</b0>yz"]


def test_codes_of_segments_of_several_paragraphs_are_counted_on():
    source = Text(("ab", "cd"), codes=(word("+b"), word("-b")), language="fr")
    target = Text(("uv wx",), codes=(word("+b", "-b"),), language="pt")
    (made,) = bead_units(source, target, [Bead((0, 1), (0,))])
    assert [omegat_tags.shown(each.segment) for each in made.variants] == [
        "<t0/>ab <t1/>cd",
        "<t0/>u<t1/>v wx",
    ]


def test_texts_without_codes_make_units_without():
    texts = Text(("a",), language="fr"), Text(("b",), language="pt")
    (made,) = bead_units(*texts, [Bead((0,), (0,))])
    assert [each.segment for each in made.variants] == [Segment("a"), Segment("b")]


TAGS = st.sampled_from(["<t0/>", "<t1/>", "<b2>", "</b2>", "<i3>", "</u4>", " ", "a", "<", ">", "<2>", "é"])


@given(st.lists(TAGS, max_size=12).map("".join))
def test_a_text_of_omegat_comes_back_as_it_was(text):
    assert omegat_tags.shown(omegat_tags.hidden(text)) == text


def test_codes_of_other_formats_are_numbered_after_those_of_omegat():
    codes = (Code(0, "open", "g"), omegat_tags.alone(1, "t", 4), Code(2, "alone", "x"), Code(3, "close", "g"))
    assert omegat_tags.shown(Segment("abc", codes)) == "<g5>a<t4/>b<x6/>c</g5>"
