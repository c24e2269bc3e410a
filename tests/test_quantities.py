"""Quantities: read in one language and written in another they are equal; with another digit they are not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.checks import run_checks
from tm.checks.length import LENGTH
from tm.checks.number_format import NUMBER_FORMAT
from tm.checks.numbers import NUMBERS
from tm.checks.punctuation import PUNCTUATION
from tm.direction import Direction
from tm.language.number_signs import Number, Signs, signs_of
from tm.language.quantities import quantities
from tm.language.quantities.clocks import clocks
from tm.language.quantities.comparison import compared, differences
from tm.language.quantities.months import months_of
from tm.language.quantities.units import ratio
from tm.language.quantities.words import spoken
from tm.model import Pair, Segment

FRENCH_PORTUGUESE = Direction("fr", "pt-BR")
ENGLISH_FRENCH = Direction("en", "fr")
ENGLISH_PORTUGUESE = Direction("en", "pt-BR")
LANGUAGES = st.sampled_from(["fr", "pt-BR", "pt-PT", "en", "es", "es-MX", "de", "de-CH", "cs", "pl", "ja"])
UNITS = st.sampled_from(["", " km", " kg", "\u00a0%", " €", " °C", " MB", " m²"])


def kinds(source, target, direction=FRENCH_PORTUGUESE):
    return [each.kind for each in differences(source, target, direction)]


def amounts(text, language):
    return [
        sorted(value for value in each.values if not isinstance(value, tuple))
        for each in quantities(text, language)
    ]


# ------------------------------------------------------------------------------------------------------ laws


def written(whole, decimals, language):
    number = Number("", str(whole), decimals, Signs(decimals and ".", "," if whole >= 1000 else ""))
    return number.written(signs_of(language))


@given(st.integers(0, 10**9), st.text("0123456789", max_size=4), UNITS, LANGUAGES, LANGUAGES)
def test_a_quantity_written_in_two_languages_is_equal(whole, decimals, unit, one, other):
    source, target = (f"({written(whole, decimals, language)}{unit})" for language in (one, other))
    assert differences(source, target, Direction(one, other)) == []


@given(st.integers(10, 10**9), UNITS, LANGUAGES, LANGUAGES, st.data())
def test_with_another_digit_it_is_not_equal(whole, unit, one, other, data):
    digits = str(whole)
    at = data.draw(st.integers(0, len(digits) - 1))
    digit = data.draw(st.sampled_from([each for each in "123456789" if each != digits[at]]))
    changed = int(digits[:at] + digit + digits[at + 1 :])
    if {whole % 100, changed % 100} == {whole, changed} & {whole % 100, changed % 100} or 1800 <= max(
        whole, changed
    ) < 2100:
        return  # the years 90 and 1990
    source, target = f"({written(whole, '', one)}{unit})", f"({written(changed, '', other)}{unit})"
    assert [each.kind for each in differences(source, target, Direction(one, other))] == ["number"]


def in_words(number, tens, units, teens, links):
    """A number below a hundred in words, the long way round."""
    if number < 20:
        return teens[number]
    rest = number % 10
    return tens[number // 10] + (links + units[rest] if rest else "")


ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
ENGLISH += " seventeen eighteen nineteen"
PORTUGUESE = "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis"
PORTUGUESE += " dezessete dezoito dezenove"
TENS = {
    "en": "- - twenty thirty forty fifty sixty seventy eighty ninety",
    "pt": "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
}
HUNDREDS = (
    "- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos".split()
)


def english(number):
    words, tens = ENGLISH.split(), TENS["en"].split()
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            rest = f" {english(number % scale)}" if number % scale else ""
            return f"{english(number // scale)} {name}{rest}"
    if number >= 100:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{words[number // 100]} hundred{rest}"
    return in_words(number, tens, words, words, "-")


def portuguese(number):
    words, tens = PORTUGUESE.split(), TENS["pt"].split()
    if number == 100:
        return "cem"
    for scale, names in (
        (10**9, ("bilhão", "bilhões")),
        (10**6, ("milhão", "milhões")),
        (1000, ("mil", "mil")),
    ):
        if number >= scale:
            count = number // scale
            before = "" if (scale, count) == (1000, 1) else f"{portuguese(count)} "
            rest = f" e {portuguese(number % scale)}" if number % scale else ""
            return f"{before}{names[count > 1]}{rest}"
    if number > 100:
        rest = f" e {portuguese(number % 100)}" if number % 100 else ""
        return HUNDREDS[number // 100] + rest
    return in_words(number, tens, words, words, " e ")


@given(st.integers(0, 10**9))
def test_a_number_in_words_is_the_number(number):
    assert [word.value for word in spoken(english(number), "en")] == [number]
    assert [word.value for word in spoken(portuguese(number), "pt")] == [number]


# --------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("soixante-dix", 70),
        ("soixante et onze", 71),
        ("soixante-dix-huit", 78),
        ("quatre-vingts", 80),
        ("quatre-vingt-un", 81),
        ("quatre-vingt-quinze", 95),
        ("nonante-neuf", 99),
        ("deux cent un", 201),
        ("mille neuf cent quatre-vingt-quatre", 1984),
        ("dix-neuf cents", 1900),
        ("trois cent mille", 300_000),
        ("deux milliards cinq cents millions", 2_500_000_000),
        ("vingt et unième", 21),
        ("deux centième", 200),
    ],
)
def test_french_numbers_count_by_twenty(words, value):
    assert [word.value for word in spoken(words, "fr")] == [value]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("treinta y cinco", 35),
        ("doscientas veintiuna", 221),
        ("tres mil millones", 3 * 10**9),
        ("un millón cien", 10**6 + 100),
    ],
)
def test_spanish_numbers(words, value):
    assert [word.value for word in spoken(words, "es")] == [value]


def test_words_that_only_stand_beside_each_other_are_several_numbers():
    assert [word.value for word in spoken("deux, trois", "fr")] == [2, 3]
    assert [word.value for word in spoken("dois e três", "pt")] == [2, 3]
    assert [word.value for word in spoken("three and four", "en")] == [3, 4]
    assert spoken("deux", "tlh") == []


@pytest.mark.parametrize(
    ("text", "language", "hours"),
    [
        ("14 h 30", "fr", {14.5}),
        ("14h30", "pt", {14.5}),
        ("14:30", "de", {14.5}),
        ("2:30 PM", "en", {14.5}),
        ("12:30 a.m.", "en", {0.5}),
        ("2h30 da tarde", "pt", {14.5}),
        ("2 pm", "en", {14.0}),
        ("2:30", "en", {2.5, 14.5}),
    ],
)
def test_a_time_is_so_many_hours_after_midnight(text, language, hours):
    (time,) = clocks(text, language)
    assert {seconds / 3600 for seconds in time.seconds} == hours


def test_ratios_and_addresses_are_no_times():
    assert clocks("1:100, 10:75, 192.168.10:80, 25:30", "fr") == []


def test_units_are_compared_within_a_dimension():
    assert ratio("GiB", "MiB") == 1024
    assert ratio("kg", "h") is None


@pytest.mark.parametrize("tag", ["fr", "pt", "en", "es", "de", "pl", "ru", "cs", "fi", "el", "ar"])
def test_every_month_has_a_name(tag):
    assert set(months_of(tag).values()) == set(range(1, 13))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("3 millions d'euros", "fr", [[3_000_000]]),
        ("10 mil milhões", "pt", [[10 * 10**9]]),
        ("2½ kg", "en", [[Fraction(5, 2)]]),
        ("1,23,456", "hi", [[123_456]]),
        ("XIXe siècle", "fr", [[19]]),
        ("10–20", "fr", [[10], [20]]),
        ("10 m2", "pt", [[10]]),
        ("%50 indirim", "tr", [[50]]),
        ("%0.1fs", "en", []),
    ],
)
def test_amounts_are_exact(text, language, expected):
    assert amounts(text, language) == expected


# ------------------------------------------------------------------------------------------------ comparison


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("vingt et une personnes", "21 pessoas"),
        ("le quinzième jour", "o 15º dia"),
        ("−5 °C", "-5 °C"),
        ("au moins 5 octets", "pelo menos 5 bytes"),
        ("moins 5 °C", "-5 °C"),
        ("20 %", "vinte por cento"),
        ("5 Mo", "5 MB"),
        ("du 3 au 5 mars", "de 3 de março a 5 de março"),
        ("16/08/1988", "16 de agosto de 1988"),
        ("Ve arrondissement", "quinto distrito"),
        ("les deux ont 5 ans", "ambos têm 5 anos"),
        ("un couple (2)", "um par (2)"),
        ("1 500 €", "R 1.500 €"),
        ("90 min", "1,5 h"),
        ("à 14 h", "às 14:00"),
        ("12 mars", "12/3"),
        ("un pain", "1 pão"),
        ("0,1,2", "0,1,2"),
        ("08/16/1988", "08/16/1988"),
        ("le 1\\ :sup:`er` juillet 2006", "em 1º de julho de 2006"),
        ("Un disque de 7″", 'Um disco de 7"'),
    ],
)
def test_these_are_the_same(source, target):
    assert kinds(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("50 km", "50 m", "unit"),
        ("50 km.", "50.", "unit"),
        ("100 €", "R$ 100", "currency"),
        ("100 €.", "100.", "currency"),
        ("20 % des gens", "20 das pessoas", "per cent"),
        ("-5 °C", "5 °C", "minus"),
        ("5 °C", "5 °F", "unit"),
        ("3 mars 2020", "3 de maio de 2020", "date"),
        ("03/05/2020", "05/03/2020", "date"),
        ("14 h 30", "15h30", "time"),
        ("version 3.10", "versão 3.1", "number"),
        ("trois places", "quatro lugares", "word"),
        ("siècle XIX", "século XX", "word"),
        ("1/2", "1/3", "number"),
        ("5, 5", "5", "count"),
        ("neuf places", "oito lugares", "word"),
    ],
)
def test_these_differ(source, target, kind):
    assert kinds(source, target) == [kind]


def test_the_afternoon_is_not_the_night():
    assert kinds("3:30 PM", "3 h 30", ENGLISH_FRENCH) == ["time"]
    assert kinds("3:30 PM", "15 h 30", ENGLISH_FRENCH) == []


def test_dates_are_in_the_order_of_their_languages():
    assert kinds("March 12, 2018", "12/03/2018", ENGLISH_PORTUGUESE) == []
    assert kinds("June 1st", "1º/6", ENGLISH_PORTUGUESE) == []
    assert kinds("03/12/2018", "12/03/2018", Direction("en-US", "pt-BR")) == []
    assert kinds("03/12/2018", "03/12/2018", Direction("en-US", "pt-BR")) == ["date"]


def test_equal_quantities_are_paired_by_unit_first():
    pairs = compared("5 km, 5 kg", "5 kg, 5 km", FRENCH_PORTUGUESE).pairs
    assert [(one.text, other.text) for one, other in pairs] == [("5 km", "5 km"), ("5 kg", "5 kg")]


def test_nothing_is_said_of_texts_without_quantities():
    assert compared("Le pain est cuit.", "O pão está assado.", FRENCH_PORTUGUESE) == ([], [])


# ---------------------------------------------------------------------------------------------------- checks


def test_numbers_in_code_are_compared_digit_by_digit():
    assert NUMBERS.messages("``f(5)``", "``f(6)``", FRENCH_PORTUGUESE) == [
        "number 5 in the source, 6 in the translation"
    ]
    assert NUMBERS.messages("Ajoutez ``5``.", "Adicione 5.", FRENCH_PORTUGUESE) == []
    assert NUMBERS.messages("%1 sur %2", "1% de %2", FRENCH_PORTUGUESE) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("3,5 m", "3.5 m", "3.5 is written 3,5 in pt-BR"),
        ("10 000 gens", "10,000 pessoas", "10,000 is written 10.000 in pt-BR"),
        ("1 234,5 €", "1,234.5 €", "1,234.5 is written 1.234,5 in pt-BR"),
    ],
)
def test_a_number_with_the_signs_of_another_language_is_a_warning_with_the_right_one(source, target, message):
    assert NUMBER_FORMAT.messages(source, target, FRENCH_PORTUGUESE) == [message]
    pair = Pair(Segment(source), Segment(target))
    (finding,) = run_checks([pair], FRENCH_PORTUGUESE, only=["number", "numberformat"])
    mended = Pair(pair.source, Segment(finding.suggestion))
    assert run_checks([mended], FRENCH_PORTUGUESE, only=["number", "numberformat"]) == []


def test_versions_and_what_may_be_one_stay_alone():
    assert NUMBER_FORMAT.messages("Version 3.10", "Versão 3.10", FRENCH_PORTUGUESE) == []
    assert NUMBER_FORMAT.messages("Python 3.10", "Python 3.10", ENGLISH_PORTUGUESE) == []
    assert NUMBER_FORMAT.messages("wait 2.5 s", "espere 2.5 s", ENGLISH_PORTUGUESE) == [
        "2.5 is written 2,5 in pt-BR"
    ]


def test_a_space_that_breaks_is_an_info_where_others_do_not():
    assert NUMBER_FORMAT.messages("10,000 m", "10 000 m", ENGLISH_FRENCH) == []
    pair = Pair(Segment("10,000 m: 5"), Segment("10 000 m\u00a0: 5"))
    (finding,) = run_checks([pair], ENGLISH_FRENCH, only=["numberformat"])
    assert (finding.severity, finding.suggestion) == ("info", "10\u202f000 m\u00a0: 5")


@given(
    st.integers(1000, 10**7),
    st.sampled_from(["en", "fr", "pt-BR", "de", "es"]),
    st.sampled_from([".", ",", " "]),
)
def test_a_suggestion_is_right(number, language, mark):
    target = f"{number:,}".replace(",", mark) + " kg"
    pair = Pair(Segment(f"{number} kg"), Segment(target))
    for finding in run_checks([pair], Direction("cs", language), only=["numberformat"]):
        mended = Pair(pair.source, Segment(finding.suggestion))
        assert run_checks([mended], Direction("cs", language), only=["number", "numberformat"]) == []


def test_other_checks_know_what_a_number_in_words_and_a_time_are():
    assert LENGTH.messages("quatre-vingt-dix jours", "90 dias", FRENCH_PORTUGUESE) == []
    assert LENGTH.messages("quatre-vingt-dix jours de repos", "90", FRENCH_PORTUGUESE) != []
    assert PUNCTUATION.messages("at 12:15 a.m.", "à 0 h 15", ENGLISH_FRENCH) == []
    assert PUNCTUATION.messages("at noon.", "à midi", ENGLISH_FRENCH) != []


@pytest.mark.parametrize("text", ["{}", "{},5", "1/{}", "1.{}.2", "-{}", "{} kg"])
def test_a_row_of_digits_of_any_length_is_compared(text):
    long, other = text.format("1" * 5_000), text.format("1" * 4_999 + "2")
    pair = Pair(Segment(long), Segment(long))
    assert run_checks([pair], Direction("fr", "pt-BR"), only=["number", "numberformat"]) == []
    assert NUMBERS.messages(long, other, FRENCH_PORTUGUESE) != []
