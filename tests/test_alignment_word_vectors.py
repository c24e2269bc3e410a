"""What vectors of single words teach an alignment."""

import numpy as np
import pytest

from tm.alignment import align_texts, word_vectors
from tm.alignment.passes import Taught, align_shards, beads_of
from tm.document import Text
from tm.shelves import FileShelf, MemoryShelf
from tm.vectors.remembering import Remembering
from tm.vectors.small import units

FRENCH = "pain four neige loup table porte route livre chant pierre vent lune".split()
CZECH = "chleba pec sníh vlk stůl dveře cesta kniha zpěv kámen vítr měsíc".split()


class Words:
    """A model that knows what single words mean, and nothing of sentences."""

    name = "words"

    def __init__(self, has_words=True):
        self.has_words, self.asked = has_words, []

    def parts(self, texts):
        self.asked += texts
        rows = np.zeros((len(texts), len(FRENCH)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for column in (FRENCH, CZECH):
                if text in column:
                    row[column.index(text)] = 1
        return rows

    def directions(self, parts):
        return units(parts)


def texts():
    """Two words in each line; both texts lack other lines of the whole."""
    lines = [range(n, n + 2) for n in range(0, 12, 2)]
    source = [" ".join(FRENCH[n] for n in line) for k, line in enumerate(lines) if k != 1]
    target = [" ".join(CZECH[n] for n in line) for k, line in enumerate(lines) if k != 4]
    return Text(tuple(source), language="fr"), Text(tuple(target), language="cs")


def beads(model):
    return [(bead.source, bead.target) for bead in align_texts([texts()], model=model)[0]]


RIGHT = [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), (3,)), ((3,), ()), ((4,), (4,))]


def test_words_that_a_model_knows_align_a_text_too_short_to_teach_them():
    assert beads(Words()) == RIGHT
    assert beads(Words(has_words=False)) != RIGHT


def test_a_model_without_single_words_is_asked_for_segments_alone():
    model = Words(has_words=False)
    beads(model)
    assert set(model.asked) == {segment for text in texts() for segment in text.segments}


def test_words_are_encoded_once_for_all_runs_with_a_file(tmp_path):
    first, second = (Words() for _ in range(2))
    for model in (first, second):
        assert beads(Remembering(model, tmp_path / "words.parts")) == RIGHT
    assert {"pain", "chleba", "pain four"} < set(first.asked)
    assert second.asked == []


def test_shards_of_any_size_have_the_same_words(tmp_path):
    def run(shards, shelf):
        shelves = [shelf(number) for number in range(shards)]
        for place in shelves:
            place.put("texts", [texts()] * (4 // shards))
        align_shards(shelves, shelf("run"), Taught((), ("fr", "cs")), opened=Words)
        return [beads for place in shelves for beads in beads_of(place)]

    whole = run(1, lambda _: MemoryShelf())
    assert whole == run(4, lambda number: FileShelf(f"{tmp_path}/{number}"))


def test_an_empty_text_has_no_words():
    model = Words()
    (found,) = align_texts([(Text(()), Text(("chleba",), language="cs"))], model=model)
    assert [(bead.source, bead.target) for bead in found] == [((), (0,))]


@pytest.mark.parametrize("rows", [3, 500])
def test_a_margin_is_the_cosine_less_those_of_the_nearest(monkeypatch, rows):
    monkeypatch.setattr(word_vectors, "ROWS", rows)
    random = np.random.default_rng(1)
    source, target = (units(random.normal(size=(count, 6)).astype(np.float32)) for count in (20, 30))
    cosines = source @ target.T
    nearest = [
        np.sort(each, axis=1)[:, -word_vectors.NEAREST :].mean(axis=1) for each in (cosines, cosines.T)
    ]
    expected = cosines - (nearest[0][:, None] + nearest[1]) / 2
    found = [np.concatenate(column) for column in zip(*word_vectors.margins(source, target), strict=True)]
    places = np.nonzero(expected > word_vectors.LEAST)
    assert [column.tolist() for column in found[:2]] == [place.tolist() for place in places]
    assert found[2] == pytest.approx(expected[places], abs=1e-5)


def test_the_likenesses_of_a_word_leave_half_for_other_translations():
    class Same(Words):
        def parts(self, texts):
            return np.array([[1, 0, 0] if len(text) > 1 else [0, 1, 0] for text in texts], dtype=np.float32)

    source = ["vent", *"abcdefghijklmnop"]
    found = word_vectors.alike((source, ["vítr", *"abcdefghijklmnop"]), Same)
    assert found.sums().max() <= word_vectors.SHARE
    assert found.transposed().sums().max() <= word_vectors.SHARE + 1e-9
    assert found.at(np.array([0]), np.array([0])) == pytest.approx(word_vectors.SHARE)
