"""The files of a verb: named ones, those of folders, and the bad ones among them."""

import pytest

from tm.errors import FormatError, OptionError, StoreError
from tm.files import read_lines
from tm.work.inputs import Rejects, find_inputs, line_files


@pytest.fixture
def folder(tmp_path):
    for name in (
        "pt/pain.po", "four.tsv", "logo.png", "~$pain.docx", ".~lock.pain.odt#", ".git/a.tsv", "note.txt", ".a.tsv"
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_gives_its_files_that_can_be_read_by_name(folder):
    inputs = find_inputs([folder], "read_units")
    assert [each.name for each in inputs.files] == ["four.tsv", "pt/pain.po"]
    assert [path.rpartition("/")[2] for path in inputs.passed_over] == ["logo.png", "note.txt"]
    both = find_inputs([folder], "read_units", "read_document")
    assert [each.name for each in both.files] == ["four.tsv", "note.txt", "pt/pain.po"]


def test_files_and_stdin_are_taken_as_they_are_named(folder):
    inputs = find_inputs([folder / "logo.png", "-", "absent.tsv"], "read_units")
    assert inputs.paths == [str(folder / "logo.png"), "-", "absent.tsv"]


def test_what_is_skipped_is_passed_over_without_a_word(folder):
    inputs = find_inputs([folder], "read_units", skip=lambda path: path.suffix in (".po", ".png"))
    assert ([each.name for each in inputs.files], len(inputs.passed_over)) == (["four.tsv"], 1)


def test_a_folder_without_any_file_that_can_be_read_says_so(tmp_path):
    (tmp_path / "logo.png").write_text("x")
    with pytest.raises(
        OptionError, match=r"holds no file that can be read; of no format that can be: .*logo\.png"
    ):
        find_inputs([tmp_path], "read_units")
    with pytest.raises(OptionError, match="no file is named"):
        find_inputs([], "read_units")


def test_extensions_are_languages_in_a_folder_only_where_there_are_two(tmp_path):
    (tmp_path / "corpus.fr").write_text("Le pain.\n")
    (tmp_path / "news.txt").write_text("Le four.\n")
    assert [each.name for each in find_inputs([tmp_path], "read_document").files] == ["news.txt"]
    (tmp_path / "corpus.pt").write_text("O pão.\n")
    assert [each.name for each in find_inputs([tmp_path], "read_document").files] == [
        "corpus.fr", "corpus.pt", "news.txt"
    ]  # fmt: skip


def test_one_bad_file_among_many_costs_only_itself():
    rejects, done = Rejects(3), []
    for path in "abc":
        with rejects.catch():
            if path == "b":
                raise FormatError("is empty", path=path)
            done.append(path)
    assert (done, [str(error) for error in rejects.errors]) == (["a", "c"], ["b: is empty"])


def test_when_all_files_are_bad_the_first_error_is_raised():
    rejects = Rejects(2)
    with rejects.catch():
        raise FormatError("is empty", path="a")
    with pytest.raises(FormatError, match="a: is empty"), rejects.catch():
        raise OptionError("b: of no format")


def test_a_fault_of_the_memory_is_no_fault_of_a_file():
    with pytest.raises(StoreError), Rejects(9).catch():
        raise StoreError("damaged")


def test_two_plain_texts_are_lines_that_translate_each_other():
    assert line_files(["a.txt", "b.pt"])
    assert not line_files(["a.txt", "b.pt"], "tsv")
    assert not line_files(["a.txt"])
    assert not line_files(["a.md", "b.md"])


def test_lines_are_kept_as_they_are(tmp_path):
    path = tmp_path / "a.fr"
    path.write_bytes("\ufeffun\r\n\n trois \n".encode())
    assert read_lines(path) == ["un", "", " trois "]
    path.write_bytes(b"un\ncaf\xe9")
    with pytest.raises(FormatError, match=":2: is not UTF-8"):
        read_lines(path)
