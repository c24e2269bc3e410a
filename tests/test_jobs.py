"""New translations as the verbs take them."""

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.work.jobs import read_job

FRENCH = "Le pain est cuit.\nLe four est froid.\n"
PORTUGUESE = "O pão está assado.\nO forno está frio.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(job):
    return [(pair.source.text, pair.target.text) for pair in job.pairs]


@pytest.mark.parametrize("names", [("test.fr", "hyp.pt"), ("source.txt", "target.txt")])
def test_two_plain_texts_are_a_job_whatever_their_names(folder, names):
    for name, text in zip(names, (FRENCH, PORTUGUESE), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    job = read_job(list(names))
    assert (job.direction, job.files) == (Direction("fr", "pt"), 2)
    assert texts(job)[1] == ("Le four est froid.", "O forno está frio.")
    assert [(pair.document, pair.line) for pair in job.pairs] == [(names[1], 1), (names[1], 2)]


@pytest.mark.parametrize("names", [("a.txt", "z.txt"), ("z.txt", "a.txt")])
def test_the_two_texts_of_a_folder_are_a_job_whatever_their_order(folder, names):
    (folder / "job").mkdir()
    for name, text in zip(names, (FRENCH, PORTUGUESE), strict=True):
        (folder / "job" / name).write_text(text, encoding="utf-8")
    job = read_job(["job"])
    assert (job.direction, texts(job)[0][0]) == (Direction("fr", "pt"), "Le pain est cuit.")
    assert texts(read_job(["job"], known=["pt", "fr"]))[0][0] == "O pão está assado."


def test_texts_with_other_numbers_of_lines_are_refused(folder):
    (folder / "a.fr").write_text(FRENCH, encoding="utf-8")
    (folder / "a.pt").write_text("O pão está assado.\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.pt: 2 and 1 lines; a translation for each line was expected"):
        read_job(["a.fr", "a.pt"])


def test_a_folder_is_all_its_files_of_units_and_a_bad_one_costs_only_itself(folder):
    (folder / "loc").mkdir()
    (folder / "loc" / "a.tsv").write_text("fr\tpt\nOui.\tSim.\n", encoding="utf-8")
    (folder / "loc" / "b.tmx").write_text("<tmx>", encoding="utf-8")
    (folder / "loc" / "c.tsv").write_text("fr\tpt\nNon.\tNão.\n", encoding="utf-8")
    (folder / "loc" / "notes.txt").write_text("nothing to translate", encoding="utf-8")
    job = read_job(["loc"])
    assert texts(job) == [("Oui.", "Sim."), ("Non.", "Não.")]
    assert ([str(error).split(":")[0] for error in job.left_out], job.files) == (["loc/b.tmx"], 3)
    assert job.numbers_in_files() == [1, 1]


def test_a_folder_of_one_text_is_no_job(folder):
    (folder / "job").mkdir()
    (folder / "job" / "a.txt").write_text(FRENCH, encoding="utf-8")
    with pytest.raises(OptionError, match="job: holds no file that can be read"):
        read_job(["job"])


def test_the_memory_says_the_languages_that_the_job_does_not(folder):
    (folder / "a.tsv").write_text("Oui.\tSim.\nNon.\tNão.\n", encoding="utf-8")
    assert read_job(["a.tsv"], known=["de", "en"]).direction == Direction("de", "en")
    assert read_job(["a.tsv"], asked=Direction("fr", "pt"), known=["fr", "pt-BR"]).direction.target == "pt-BR"


def test_a_pair_of_languages_that_is_not_there_is_named_with_those_that_are(folder):
    (folder / "a.tsv").write_text("fr\tpt\nOui.\tSim.\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.tsv: 0 of 1 units are fr → de; found: fr, pt"):
        read_job(["a.tsv"], asked=Direction("fr", "de"))
