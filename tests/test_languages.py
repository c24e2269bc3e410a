"""The data of each language: numbers that count on, months in the order of the year, and what every file must keep to."""

import pytest

from tm import registry
from tm.language.languages import Language, language_of
from tm.language.text import fold

LANGUAGES = registry.offers("tm.language", Language)

CARDINALS = {
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"
    " dix-huit dix-neuf vingt",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete"
    " dezoito dezenove vinte",
}
ORDINALS = {
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "pt": "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
FORMS = {
    "fr": {
        1: "une première premiers premières",
        2: "second seconde",
        20: "vingts",
        30: "trente",
        40: "quarante",
        50: "cinquante",
        60: "soixante",
        70: "septante",
        80: "huitante octante",
        90: "nonante",
        100: "cent cents",
    },
    "pt": {
        1: "uma primeira primeiros primeiras",
        2: "duas segunda",
        3: "terceira",
        4: "quarta",
        5: "quinta",
        6: "sexta",
        7: "sétima",
        8: "oitava",
        9: "nona",
        10: "décima",
        14: "quatorze",
        16: "dezasseis",
        17: "dezassete",
        19: "dezanove",
        30: "trinta",
        40: "quarenta",
        50: "cinquenta",
        60: "sessenta",
        70: "setenta",
        80: "oitenta",
        90: "noventa",
        100: "cem cento",
        200: "duzentos duzentas",
        300: "trezentos trezentas",
        400: "quatrocentos quatrocentas",
        500: "quinhentos quinhentas",
        600: "seiscentos seiscentas",
        700: "setecentos setecentas",
        800: "oitocentos oitocentas",
        900: "novecentos novecentas",
    },
}
SCALES = {
    "fr": {
        "mille": 3,
        "milles": 3,
        "million": 6,
        "millions": 6,
        "milliard": 9,
        "milliards": 9,
        "billion": 12,
        "billions": 12,
    },
    "pt": {
        "mil": 3,
        "milhão": 6,
        "milhões": 6,
        "bilhão": 9,
        "bilhões": 9,
        "bilião": 12,
        "biliões": 12,
        "trilhão": 12,
        "trilhões": 12,
    },
}


@pytest.mark.parametrize("tag", ["fr", "pt"])
def test_number_words_count_on(tag):
    expected = {word: value for value, word in enumerate(CARDINALS[tag].split())}
    expected |= {word: value for value, word in enumerate(ORDINALS[tag].split(), 1)}
    expected |= {word: value for value, words in FORMS[tag].items() for word in words.split()}
    assert language_of(tag).numerals == expected


@pytest.mark.parametrize("tag", ["fr", "pt"])
def test_months_follow_each_other(tag):
    assert language_of(tag).months == {word: month for month, word in enumerate(MONTHS[tag].split(), 1)}


@pytest.mark.parametrize("tag", ["fr", "pt"])
def test_scales_are_powers_of_a_thousand(tag):
    assert language_of(tag).scales == {word: 10**power for word, power in SCALES[tag].items()}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag or "general")
def test_the_words_of_a_language_are_folded_and_its_contractions_are_of_words(language):
    words = [*language.stop_words, *language.numerals, *language.scales, *language.months, *language.doubles]
    assert [word for word in words if fold(word) != word] == []
    assert all(part for parts in language.contractions.values() for part in parts)
    assert all(gender in ("masculine", "feminine", "") for gender in language.articles.values())


def test_a_tag_of_any_region_has_the_data_of_its_language_and_an_unknown_one_the_general():
    assert language_of("pt-BR") is language_of("PT") is language_of("pt-PT")
    assert language_of("sw") is language_of("") is language_of("xx-XX")
    assert language_of("") == Language()


def test_nouns_have_capitals_in_german():
    assert [tag for tag in ("de", "lb", "fr", "en", "") if language_of(tag).capital_nouns] == ["de", "lb"]


@pytest.mark.parametrize(
    ("contracted", "parts"),
    [
        ("do", "de o"),
        ("nas", "em as"),
        ("pela", "por a"),
        ("aos", "a os"),
        ("às", "a as"),
        ("àquela", "a aquela"),
        ("numa", "em uma"),
        ("daqui", "de aqui"),
        ("disto", "de isto"),
    ],
)
def test_a_portuguese_contraction_stands_for_these_words(contracted, parts):
    assert language_of("pt").contractions[contracted] == tuple(parts.split())


@pytest.mark.parametrize(
    ("contracted", "parts"),
    [("dell'", "di l'"), ("alla", "a la"), ("sugli", "su gli"), ("dai", "da i"), ("nello", "in lo")],
)
def test_an_italian_contraction_stands_for_these_words(contracted, parts):
    assert language_of("it").contractions[contracted] == tuple(parts.split())
