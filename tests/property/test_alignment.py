"""The law of alignment: every segment stands in one bead, in order, whatever the texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.alignment import align_texts, sections
from tm.document import Text

LINE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", " ", ".", "Oui.", "12", "𝕬𝖇𝖈 😀", "Le chat dort.", "O gato dorme."]),
)


def covers(source, target):
    beads = align_texts([(Text(tuple(source), language="fr"), Text(tuple(target), language="pt"))])[0]
    assert [i for bead in beads for i in bead.source] == list(range(len(source)))
    assert [j for bead in beads for j in bead.target] == list(range(len(target)))
    assert all(bead.source or bead.target for bead in beads)
    assert all(0 <= bead.confidence <= 1 for bead in beads)
    return beads


@given(st.lists(LINE, max_size=12), st.lists(LINE, max_size=12))
def test_every_segment_stands_in_one_bead_in_order(source, target):
    covers(source, target)


@settings(max_examples=10)
@given(st.lists(LINE, min_size=1, max_size=12))
def test_a_text_is_aligned_with_itself_the_same_way_each_time(lines):
    assert covers(lines, lines) == covers(lines, lines)


@pytest.mark.parametrize(("rows", "columns"), [(120, 120), (1, 300), (300, 1), (20, 200)])
def test_identical_lines_come_to_an_end(monkeypatch, rows, columns):
    monkeypatch.setattr(sections, "CELLS", 12_000)
    covers(["Merci."] * rows, ["Obrigado."] * columns)


@pytest.mark.slow
def test_ten_thousand_identical_lines_come_to_an_end():
    covers(["."] * 10_000, ["."] * 10_000)


def test_a_line_of_a_quarter_of_a_megabyte_is_a_segment_like_any_other():
    line = "mot " * 65_000
    covers(["Début.", line, "Fin."], ["Início.", line, "Fim."])
