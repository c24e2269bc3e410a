"""Dictionaries that teach the aligner words: tables, and those for dictd as FreeDict has them."""

import gzip
import itertools
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tm.alignment import align_texts, dictionaries
from tm.alignment.dictionaries import Dictionary, believed, fitting
from tm.alignment.lexicon import from_cognates
from tm.alignment.options import Options
from tm.alignment.sparse import table
from tm.cli import group
from tm.document import Text
from tm.errors import FormatError

ARTICLES = {
    "Berg": "Berg /bɛʁk/ <n, masc>\n1. montagne, mont\ngroße Erhebung\n2. mine\nSchacht\n",
    "See": "See /zeː/\nlac; mer\n",
}
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def written_by_dictd(value):
    digits = ""
    while value or not digits:
        value, digit = divmod(value, 64)
        digits = DIGITS[digit] + digits
    return digits


@pytest.fixture
def german(tmp_path):
    """A German–French dictionary, as Debian's packages lay it."""
    content, index = b"", "00databaseshort\tA\tA\n"
    for word, article in ARTICLES.items():
        place = f"{written_by_dictd(len(content))}\t{written_by_dictd(len(article.encode()))}"
        index += f"{word.lower()}\t{place}\n{word.upper()}\t{place}\n"
        content += article.encode()
    (tmp_path / "freedict-deu-fra.index").write_text(index, encoding="utf-8")
    (tmp_path / "freedict-deu-fra.dict.dz").write_bytes(gzip.compress(content))
    return tmp_path / "freedict-deu-fra.index"


def test_what_both_texts_have_is_taken_from_an_index_and_its_articles(german):
    words = ["berg", "berge", "seele", "sees", "12"], ["montagn", "lac", "mine", "minette"]
    found = list(fitting([Dictionary(str(german))], words))
    assert sorted(found) == sorted(itertools.product(["berg", "berge"], ["mine", "minette", "montagn"]))


def test_a_dictionary_of_the_other_direction_is_turned(german):
    found = fitting([Dictionary(str(german), turned=True)] * 2, (["lac"], ["see"]))
    assert list(found) == [("lac", "see")]


def test_articles_that_are_not_packed_are_read_too(german):
    packed = german.with_suffix(".dict.dz")
    german.with_suffix(".dict").write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    assert list(fitting([Dictionary(str(german))], (["see"], ["mer"]))) == [("see", "mer")]


def test_installed_dictionaries_are_of_either_direction(german, monkeypatch):
    monkeypatch.setattr(dictionaries, "FOLDERS", (str(german.parent), str(german.parent / "none")))
    assert dictionaries.installed(("de-CH", "fr")) == [Dictionary(str(german))]
    assert dictionaries.installed(("fr", "de")) == [Dictionary(str(german), turned=True)]
    assert dictionaries.installed(("fr", "pt")) == dictionaries.installed(("", "fr")) == []


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("words.tsv", "Berg\tmont\nSee lac\n", "words.tsv:2: has no tab"),
        ("freedict-deu-fra.index", "berg\tA\n", "deu-fra.index:1: is no line of an index"),
        ("freedict-deu-fra.index", "berg\tA\té\n", "deu-fra.index:1: is no line of an index"),
        ("freedict-deu-fra.dict.dz", "", "deu-fra.dict.dz: is not a packed dictionary"),
    ],
)
def test_a_damaged_dictionary_is_named_with_its_line(german, name, content, place):
    path = german.parent / name
    path.write_text(content, encoding="utf-8")
    if name.endswith(".dz"):
        path.write_bytes(b"\x1f\x8b\x08\x00damaged")
    with pytest.raises(FormatError) as caught:
        list(fitting([Dictionary(str(path))], (["berg"], ["mont"])))
    assert place in str(caught.value)


GERMAN = ("Der Hund schläft gern.", "Der Berg ruft heute.", "Die Katze trinkt viel.", "Ein See liegt dort.")
FRENCH = ("Le chat boit beaucoup.", "Un lac se trouve là.")


def test_a_dictionary_tells_which_sentence_is_translated(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("# German, French\nKatze\tchat\ntrinken\tboit\tx\nSee\tlac\n", encoding="utf-8")
    pair = Text(GERMAN, language="de"), Text(FRENCH, language="fr")
    beads = align_texts([pair], dictionaries=[Dictionary(str(path))])[0]
    assert [(bead.source, bead.target) for bead in beads if bead.target] == [((2,), (0,)), ((3,), (1,))]


def test_what_a_dictionary_says_counts_less_the_more_the_texts_can_teach():
    shares = [believed(segments, Options()) for segments in (1, 100, 10_000)]
    assert 1.0 > shares[0] > 0.9 > shares[1] > 0.3 > shares[2] > 0.2


def test_a_dictionary_takes_no_more_from_what_is_not_in_it_than_it_is_believed():
    frequencies, one = np.array([0.5, 0.5]), np.array([0])
    nothing = from_cognates(table(one[:0], one[:0], np.zeros(0), (2, 2)), frequencies)
    taught = from_cognates(table(one, one, np.array([0.8]), (2, 2)), frequencies)
    mixed = taught.partly(0.25, nothing)
    assert mixed.rest.tolist() == pytest.approx([1 - 0.25 * 0.8, 1.0])
    assert (mixed.known.sums() + mixed.rest).tolist() == pytest.approx([1.0, 1.0])


def test_the_command_says_which_dictionaries_it_used_and_how_much_they_cover(german, tmp_path, monkeypatch):
    monkeypatch.setattr(dictionaries, "FOLDERS", (str(german.parent),))
    paths = [str(tmp_path / name) for name in ("a.de.txt", "a.fr.txt")]
    for path, lines in zip(paths, (GERMAN, FRENCH), strict=True):
        Path(path).write_text("\n".join(lines), encoding="utf-8")
    command = ["align", *paths, "-s", "de", "-t", "fr", "-o", str(tmp_path / "a.tsv")]
    used = CliRunner().invoke(group, command)
    assert "6% of the words of the source and 10% of the target stand in freedict-deu-fra\n" in used.output
    unused = CliRunner().invoke(group, [*command, "--dictionary", "none"])
    assert "freedict" not in unused.output
