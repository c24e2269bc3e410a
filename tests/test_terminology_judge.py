"""The judge of terms: its trees against a plain walk, its features against counts by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.direction import Direction
from tm.model import Pair, Segment
from tm.terminology import features
from tm.terminology.dictionary import dictionary_of
from tm.terminology.extraction import gather, texts_of
from tm.terminology.trees import Forest

# Two trees: "column 0 above 1.5? then: column 1 above 0.5?", and a single leaf.
FOREST = Forest(
    ("one", "other"),
    np.array([0, 5]),
    np.array([0, -1, 1, -1, -1, -1]),
    np.array([1.5, 0.0, 0.5, 0.0, 0.0, 0.0]),
    np.array([1, 1, 3, 3, 4, 5]),
    np.array([0.25, -1.0, 1.5, 1.0, 2.0, -0.5]),
)


def walked(row):
    """The log-odds of one row, step by step."""
    total = 0.0
    for root in FOREST.roots:
        node = root
        while FOREST.columns[node] >= 0:
            node = FOREST.children[node] + (row[FOREST.columns[node]] > FOREST.bounds[node])
        total += FOREST.values[node]
    return total


ROWS = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=6)


@given(ROWS)
def test_log_odds_are_those_of_a_walk_down_each_tree(rows):
    assert FOREST.log_odds(np.array(rows)).tolist() == pytest.approx([walked(row) for row in rows])


@given(ROWS)
def test_shares_and_roots_add_up_to_the_log_odds(rows):
    shares = FOREST.shares(np.array(rows)).sum(1) + FOREST.values[FOREST.roots].sum()
    assert shares.tolist() == pytest.approx(FOREST.log_odds(np.array(rows)).tolist())


def test_a_forest_outlives_its_file():
    again = Forest.from_bytes(FOREST.to_bytes())
    rows = np.array([[1.0, 0.0], [2.0, 0.0], [2.0, 1.0]])
    assert again.names == FOREST.names
    assert again.log_odds(rows).tolist() == [-1.5, 0.5, 1.5]


def test_a_dictionary_answers_from_both_sides():
    there, back = dictionary_of("fr", "pt-BR"), dictionary_of("pt-BR", "fr")
    assert there.translates(["four"], ["forno"]).tolist() == [True]
    assert back.translates(["forno"], ["four"]).tolist() == [True]
    assert back.translates(["four"], ["forno"]).tolist() == [False]
    assert there.speech(["zzz"], "fr") == [""]


def test_features_are_counted_by_hand():
    pairs = [
        Pair(Segment("Le four à pain chauffe."), Segment("O forno de pão aquece.")),
        Pair(Segment("Un four neuf."), Segment("Um forno novo.")),
    ]
    direction = Direction("fr", "pt")
    gathering, *sentences = gather(pairs, direction)
    rows = features.matrix(gathering.phrase_pairs, texts_of(gathering, *sentences, direction))
    row = dict(
        zip(features.names(), rows[list(gathering.phrase_pairs).index(("four", "forno"))], strict=True)
    )
    assert (row["count"], row["source: count"], row["source: words"]) == (1.0, 1.0, 1.0)
    assert (row["source: before: an article"], row["source: before: another word"]) == (0.5, 0.5)
    assert row["source: behind: a linking preposition"] == 0.5
    assert row["free"] == 0.0
    assert row["in the dictionary"] == row["first words in the dictionary"] == 1.0


def test_each_feature_has_a_name_of_its_own():
    assert len(set(features.names())) == len(features.names())
