"""What a written number may mean: grouped, decimal, Roman, multiplied by a word."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.checks.numbers import NUMBERS
from tm.direction import Direction
from tm.language.number_signs import readings
from tm.language.numerals import GROUPED, roman_value

FRENCH_PORTUGUESE = Direction("fr", "pt")


@pytest.mark.parametrize(
    ("written", "meanings"),
    [
        ("0", {"0"}),
        ("007", {"7"}),
        ("10 000", {"10000"}),
        ("10.000", {"10000", "10"}),
        ("3,500", {"3500", "3.5"}),
        ("3,50", {"3.5"}),
        ("1.00", {"1"}),
        ("0.500", {"0.5"}),
        ("1234.567", {"1234.567"}),
        ("1.000,50", {"1000.5"}),
        ("1,234.500", {"1234.5"}),
        ("1.234.567", {"1234567"}),
        ("1.234.567,890", {"1234567.89"}),
        ("1,23,45,678.5", {"12345678.5"}),
        ("3.10.1", set()),
        ("1234.567.890", set()),
        ("10'000,5", {"10000.5"}),
    ],
)
def test_a_written_number_has_these_meanings(written, meanings):
    assert {number.amount for number in readings(written)} == set(map(Fraction, meanings))


@given(st.integers(0, 10**12), st.sampled_from(" .,'’\u00a0\u2009\u202f"))
def test_a_number_in_groups_of_three_is_found_whole_and_means_itself(number, mark):
    written = f"{number:,}".replace(",", mark)
    assert number in {reading.amount for reading in readings(written)}
    if number >= 1000:
        assert re.fullmatch(GROUPED, written)


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_decimals_mean_the_same_with_a_point_and_a_comma(whole, hundredths):
    one, other = readings(f"{whole}.{hundredths:02}"), readings(f"{whole},{hundredths:02}")
    assert [number.amount for number in one] == [number.amount for number in other]


@pytest.mark.parametrize("text", ["10 0000", "1000 000", "10  000", "10-000"])
def test_other_digits_are_no_groups(text):
    assert not re.fullmatch(GROUPED, text)


def roman(number):
    signs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    written = ""
    for value, sign in signs:
        written += number // value * sign
        number %= value
    return written


@given(st.integers(1, 3999), st.sampled_from(["", "e", "er", "ª", "º"]))
def test_a_roman_numeral_means_what_was_written(number, ending):
    assert roman_value(roman(number) + ending) == number


@pytest.mark.parametrize("word", ["", "e", "Il", "IIII", "VV", "IC", "Mur", "xx", "DIX-SEPT"])
def test_other_words_are_no_roman_numerals(word):
    assert roman_value(word) is None


# ------------------------------------------------------------------------------------------------- the check


@pytest.mark.parametrize(
    ("source", "target", "is_same"),
    [
        ("Les années 90.", "Os anos 1990.", True),
        ("Les années 1990.", "Os anos 90.", True),
        ("Les années 90.", "Os anos 1890.", True),
        ("Les années 10.", "Os anos 2010.", True),
        ("Les années 90.", "Os anos 2190.", False),
        ("Les années 90.", "Os anos 1991.", False),
        ("Les années 990.", "Os anos 1990.", False),
        ("Les années 90.", "Os anos 19990.", False),
    ],
)
def test_a_year_may_be_written_with_two_digits(source, target, is_same):
    assert (NUMBERS.messages(source, target, FRENCH_PORTUGUESE) == []) == is_same


def severities(source, target):
    from tm.checks import run_checks
    from tm.model import Pair, Segment

    pairs = [Pair(Segment(source), Segment(target))]
    return [finding.severity for finding in run_checks(pairs, FRENCH_PORTUGUESE, only=["number"])]


def test_a_number_that_is_only_missing_or_only_added_is_a_warning_and_one_for_another_an_error():
    assert severities("Il a 20 clés.", "Tem chaves.") == ["warning"]
    assert severities("Il a 21 clés.", "Tem chaves.") == ["warning"]
    assert severities("Il a des clés.", "Tem 20 chaves.") == ["warning"]
    assert severities("Il a 3 clés.", "Tem 4 chaves.") == ["error"]
    assert severities("Il a 3 clés de 21.", "Tem chaves.") == ["warning"]
    assert severities("Jusqu'à la 1.6.", "Até hoje.") == ["warning"]
    assert severities("Il a des clés.", "Tem 21 chaves.") == ["warning"]
    assert severities("Il est à 100 % en bois.", "É todo de madeira.") == ["warning"]
    assert severities("Le MP3.", "O som.") == severities("Il vaut 0.", "É nulo.") == ["info"]
    assert severities("De 0 à 23 heures.", "Em 24 horas.") == ["warning"]


def test_a_number_that_stands_less_often_is_an_info_unless_a_word_stands_for_it():
    message = "number 5 stands more often in the source than in the translation"
    assert NUMBERS.messages("5 ou 5 clés.", "5 chaves.", FRENCH_PORTUGUESE) == [message]
    assert NUMBERS.messages("5 ou 5 clés.", "5 ou cinco chaves.", FRENCH_PORTUGUESE) == []
    assert NUMBERS.messages("5 clés.", "5 ou 5 chaves.", FRENCH_PORTUGUESE) == []


def test_only_the_first_of_them_is_told():
    assert len(NUMBERS.messages("5, 5, 6 et 6.", "5 e 6.", FRENCH_PORTUGUESE)) == 1


def test_a_list_without_spaces_may_be_written_with_them():
    assert NUMBERS.messages("(1,2)", "(1, 2)", FRENCH_PORTUGUESE) == []
    assert NUMBERS.messages("(1, 2)", "(1,2)", FRENCH_PORTUGUESE) == []


def test_a_word_and_a_roman_numeral_translate_each_other_once():
    assert NUMBERS.messages("Tome un.", "Tomo I.", FRENCH_PORTUGUESE) == []
    assert NUMBERS.messages("Tome un, page 1.", "Tomo I, página.", FRENCH_PORTUGUESE) != []
    assert NUMBERS.messages("Page 1.", "Página I.", FRENCH_PORTUGUESE) == []
