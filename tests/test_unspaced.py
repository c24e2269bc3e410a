"""Words of scripts without spaces between them. The sentences are ours."""

import logging

import pytest

from tm.alignment.vocabulary import word_keys
from tm.direction import Direction
from tm.language import key_tokens, tokens, unspaced
from tm.language.unspaced import has_dictionaries, word_tokens
from tm.model import Pair, Segment
from tm.terminology.extraction import extract
from tm.terminology.sentences import term_key
from tm.work.kept_terms import check_languages


@pytest.fixture
def without_dictionaries(monkeypatch):
    monkeypatch.setattr(unspaced, "has_dictionaries", lambda: False)
    unspaced._cut.cache_clear()
    yield
    unspaced._cut.cache_clear()


@pytest.fixture
def dictionaries():
    pytest.importorskip("icu4py")
    unspaced._cut.cache_clear()


def cut(text, language=""):
    return " ".join(token.text for token in word_tokens(text, language))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("新しいプリンターを2台買った。", "ja", "新しい プリンター を 2 台 買っ た 。"),
        ("人々はPDFのファイルを開く", "ja", "人々 は PDF の ファイル を 開く"),
        ("这座城市的火车站", "zh-CN", "这座 城市 的 火车站"),
        ("我們的圖書館", "zh-TW", "我們 的 圖書館"),
        ("Le mot 图书馆 veut dire « bibliothèque ».", "fr", "Le mot 图书馆 veut dire « bibliothèque » ."),
    ],
)
def test_chinese_and_japanese_are_cut_into_their_likeliest_words(text, language, expected):
    assert cut(text, language) == expected


@pytest.mark.parametrize(
    "text",
    ["L’école 3,5 % !", "", "𠮷野家で食べる", "ក\u200bខ", "ｶﾞｽ", "々", "a々b", "ー", "ก็", "東京Tower3つ"],
)
def test_each_word_stands_where_it_says_and_no_letter_is_lost(text):
    cut_text = word_tokens(text, "ja")
    assert all(text[token.start : token.end] == token.text for token in cut_text)
    assert "".join(token.text for token in cut_text) == "".join(token.text for token in tokens(text, "ja"))


def test_where_no_language_is_named_kana_show_japanese():
    assert cut("大切な手紙") == cut("大切な手紙", "ja")


@pytest.mark.usefixtures("without_dictionaries")
def test_zero_width_spaces_show_words_where_there_is_no_dictionary():
    assert cut("បើក\u200bឯកសារ", "km") == "បើក ឯកសារ"
    assert cut("บ้าน", "th") == "บ้า น"


@pytest.mark.usefixtures("without_dictionaries")
def test_what_would_know_more_words_is_said_once_for_each_language(caplog):
    with caplog.at_level(logging.WARNING):
        check_languages(["th", "th", "ja", "fr"])
    assert [record.getMessage().partition(" ")[0] for record in caplog.records] == ["th"]
    assert "the extra [thai]" in caplog.text


@pytest.mark.usefixtures("dictionaries")
@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("เปิดแฟ้มและเครื่องพิมพ์", "th", "เปิด แฟ้ม และ เครื่องพิมพ์"),
        ("បើកឯកសារ", "km", "បើក ឯកសារ"),
        ("ເປີດໂຮງຮຽນ", "lo", "ເປີດ ໂຮງຮຽນ"),
    ],
)
def test_dictionaries_cut_the_other_scripts(text, language, expected, caplog):
    assert has_dictionaries()
    assert cut(text, language) == expected
    check_languages([language])
    assert not caplog.records


def test_the_index_still_has_each_character():
    assert key_tokens(Segment("図書館"), "ja") == ["図", "書", "館"]


def test_terms_are_whole_words():
    things = {"printer": "プリンター", "scanner": "スキャナー", "library": "図書館"}
    clauses = [
        ("The {} is new.", "{}は新しいです。"),
        ("Open the {}.", "{}を開きます。"),
        ("The {} is old.", "{}は古いです。"),
    ]
    pairs = [
        Pair(Segment(source.format(thing)), Segment(target.format(translation)))
        for source, target in clauses
        for thing, translation in things.items()
    ]
    concepts = extract(pairs, Direction("en", "ja"), least=0.1)
    assert {concept.terms[0].text: concept.terms[1].text for concept in concepts} == things


def test_an_approved_word_is_one_word():
    assert " " not in term_key("圖書館", "zh-TW")


@pytest.mark.usefixtures("dictionaries")
def test_the_aligner_counts_words_of_scripts_that_have_dictionaries():
    assert word_keys("เปิดแฟ้ม 3", "th") == ["เปิด", "แฟ้ม", "3"]


@pytest.mark.usefixtures("without_dictionaries")
def test_the_aligner_counts_a_letter_with_its_marks_where_there_is_no_dictionary():
    assert word_keys("แฟ้ม", "th") == ["แ", "ฟ้", "ม"]


def test_the_aligner_counts_characters_of_chinese_and_japanese():
    assert word_keys("人々はファイルを", "ja") == ["人", "々", *"はファイルを"]


def test_a_run_ends_where_the_script_changes():
    assert cut("図書館ก็", "ja") == "図書館 ก็"
