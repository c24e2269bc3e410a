"""What every language's data do: they are found by its tag, in the form that is compared, and what they bring is used."""

import re

import pytest

from tm import bcp47
from tm.checks import run_checks
from tm.direction import Direction
from tm.language import tokens
from tm.language.languages import language_of
from tm.model import Pair, Segment

WORDS = ("elisions", "stop_words", "general_nouns", "general_adjectives", "linking", "doubles")
TABLES = ("contractions", "articles", "numerals", "scales", "months")


def found(check, source, target, languages):
    return run_checks([Pair(Segment(source), Segment(target))], Direction(*languages), only=[check])


def test_it_is_found_by_its_tag_in_whatever_region(data):
    assert bcp47.base(data.tag) == data.tag
    assert language_of(data.tag) is language_of(f"{data.tag}-001") is data


@pytest.mark.parametrize("name", [*WORDS, *TABLES])
def test_words_are_as_they_are_compared(data, name):
    assert [word for word in getattr(data, name) if word != word.casefold() or word != word.strip()] == []


def test_values_are_of_their_kind(data):
    assert all(parts and all(parts) for parts in data.contractions.values())
    assert set(data.articles.values()) <= {"masculine", "feminine", "neuter", "common", ""}
    assert all(value >= 0 for value in data.numerals.values())
    assert all(value > 1 for value in data.scales.values())
    assert set(data.months.values()) <= set(range(1, 13))
    re.compile(data.participle)


def test_an_elision_is_a_token_of_its_own(data):
    for elision in data.elisions:
        assert [token.text for token in tokens(f"{elision}’abc", data.tag)] == [f"{elision}’", "abc"]


def test_numbers_in_words_are_the_numbers(data):
    for word, value in data.numerals.items():
        assert found("number", f"{value}.", f"{word}.", ("en", data.tag)) == []
    for word, scale in data.scales.items():
        assert found("number", f"{3 * scale}.", f"3 {word}.", ("en", data.tag)) == []
    for word, number in data.months.items():
        assert found("number", f"5/{number}/2018", f"5 {word} 2018", ("en", data.tag)) == []


def test_words_that_may_stand_twice_are_no_finding(data):
    for word in data.doubles:
        assert found("doubled", "A.", f"{word} {word} abc", ("en", data.tag)) == []
    assert found("doubled", "A.", "xyz xyz abc", ("en", data.tag)) != []
