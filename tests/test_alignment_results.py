"""Beads written, read and made into units."""

import pytest

from tm.alignment import bead_lines, bead_units, read_beads
from tm.document import Bead, Text
from tm.errors import FormatError

SOURCE = Text(("Un.", " Deux ", "", "Trois."), lines=(3, 4, 6, 8), language="fr", name="a.txt")
TARGET = Text(("Um. Dois.", "Três."), language="pt", name="b.txt")


def test_beads_are_read_as_they_were_written(tmp_path):
    beads = [Bead((0, 1), (0,), 0.5), Bead((2,), (), 0.25), Bead((), (1,), 0.125)]
    path = tmp_path / "x.beads"
    path.write_bytes(bead_lines(beads))
    assert read_beads(path) == beads


def test_a_line_that_is_no_bead_is_named(tmp_path):
    path = tmp_path / "x.beads"
    path.write_text("# ours\n[0]:[0]\n0-0\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"x\.beads:3: '0-0' is not a bead; write \[0,1\]:\[0\]:0\.9"):
        read_beads(path)


def test_units_join_the_segments_of_a_side_and_say_where_they_stood():
    unit, last = bead_units(SOURCE, TARGET, [Bead((0, 1), (0,), 0.9), Bead((2,), ()), Bead((3,), (1,), 0.8)])
    pair = unit.pair("fr", "pt")
    assert (pair.source.text, pair.target.text, pair.line, pair.document) == (
        "Un. Deux",
        "Um. Dois.",
        3,
        "a.txt",
    )
    assert (unit.property("x-origin"), unit.property("x-confidence")) == ("aligned", "0.900")
    assert (unit.property("x-previous"), last.property("x-previous")) == ("", "Un. Deux")


def test_beads_without_text_on_both_sides_are_no_units():
    assert list(bead_units(SOURCE, TARGET, [Bead((2,), (1,)), Bead((0,), ()), Bead((), (0,))])) == []


def test_the_same_beads_give_the_same_units():
    beads = [Bead((0,), (0,), 0.9)]
    assert list(bead_units(SOURCE, TARGET, beads)) == list(bead_units(SOURCE, TARGET, beads))
