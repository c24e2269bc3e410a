"""Two documents, folders and lists of them, as tm add and tm align take them."""

import pytest
from click.testing import CliRunner

from tm.cli import group
from tm.errors import FormatError, OptionError
from tm.formats import read_units
from tm.store import open_store

FRENCH = (
    "Le vieux pont est ouvert en 2018.\nLe quai est fermé depuis trois jours.\nLa rivière monte encore.\n"
)
PORTUGUESE = "A velha ponte está aberta em 2018.\nO cais está fechado há três dias.\nO rio ainda sobe.\n"


def tm(*words):
    return CliRunner().invoke(group, list(map(str, words)))


@pytest.fixture
def documents(tmp_path):
    """Two folders with two documents each."""
    for folder, text in (("fr", FRENCH), ("pt", PORTUGUESE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pont.txt").write_text(text, encoding="utf-8")
        lines = "".join(reversed(text.splitlines(keepends=True)))
        (tmp_path / folder / "quai.txt").write_text(lines, encoding="utf-8")
    return tmp_path


def targets(units):
    return [unit.variants[1].segment.text for unit in units]


def test_two_documents_are_aligned_and_added(documents):
    memory = documents / "memory.tm"
    result = tm("add", documents / "fr" / "pont.txt", documents / "pt" / "pont.txt", "-m", memory, "-q")
    assert result.exit_code == 0, result.output
    with open_store(memory) as store:
        assert targets(store.units()) == PORTUGUESE.splitlines()
        assert [unit.property("x-origin") for unit in store.units()] == ["aligned"] * 3


def test_one_document_alone_cannot_be_added(documents):
    result = tm("add", documents / "fr" / "pont.txt", "-m", documents / "memory.tm")
    assert isinstance(result.exception, OptionError)
    assert "two of them were expected" in str(result.exception)
    assert not (documents / "memory.tm").exists()


def test_two_documents_in_one_language_are_refused(documents):
    paths = [documents / "fr" / name for name in ("pont.txt", "quai.txt")]
    result = tm("add", *paths, "-m", documents / "memory.tm")
    assert isinstance(result.exception, OptionError)
    assert "are both in fr" in str(result.exception)


def test_two_folders_are_aligned_file_by_file(documents):
    out = documents / "out.tmx"
    result = tm("align", documents / "fr", documents / "pt", "-o", out, "-q")
    assert result.exit_code == 0, result.output
    written = {unit.variants[0].segment.text: unit.variants[1].segment.text for unit in read_units(out)}
    assert written == dict(zip(FRENCH.splitlines(), PORTUGUESE.splitlines(), strict=True))


def test_a_list_names_the_pairs(documents):
    rows = [f"{documents / 'fr' / name}\t{documents / 'pt' / name}\n" for name in ("quai.txt", "pont.txt")]
    pairs, out = documents / "pairs.tsv", documents / "out.tmx"
    pairs.write_text("".join(rows), encoding="utf-8")
    result = tm("align", "--list", pairs, "-o", out, "-q")
    assert result.exit_code == 0, result.output
    assert targets(read_units(out))[:3] == PORTUGUESE.splitlines()[::-1]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [("one\n", 1, "two paths"), ("a\tb\nc\n", 2, "two paths"), ("\n", None, "names no files")],
)
def test_a_list_that_is_none_is_told_with_its_line(documents, content, line, what):
    pairs = documents / "pairs.tsv"
    pairs.write_text(content, encoding="utf-8")
    result = tm("align", "--list", pairs)
    assert isinstance(result.exception, FormatError)
    assert str(result.exception).startswith(f"{pairs}:{line}: " if line else f"{pairs}: ")
    assert what in str(result.exception)


def test_a_list_and_files_together_are_a_wrong_usage(documents):
    (documents / "pairs.tsv").write_text("a\tb\n", encoding="utf-8")
    assert tm("align", "a.txt", "b.txt", "--list", documents / "pairs.tsv").exit_code == 2
    assert tm("align", "a.txt").exit_code == 2


def test_the_documents_of_a_folder_are_in_the_language_that_they_tell_together(documents):
    (documents / "fr" / "titre.txt").write_text("Restaurant Casa da Ponte.\n", encoding="utf-8")
    (documents / "pt" / "titre.txt").write_text("Restaurante Casa da Ponte.\n", encoding="utf-8")
    out = documents / "out.tmx"
    assert tm("align", documents / "fr", documents / "pt", "-o", out, "-q").exit_code == 0
    units = list(read_units(out))
    assert len(units) == 7
    assert {tuple(each.language for each in unit.variants) for unit in units} == {("fr", "pt")}
