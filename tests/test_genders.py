"""The gender of nouns and adjectives, from the language's own data."""

import pytest

from tm.language.genders import masculine, noun_gender, shown_gender

MASCULINE = {
    "fr": "moulinage comité silence musée incendie squelette four pain problème",
    "pt": "problema mapa dia pão caminho computador leite programa",
}
FEMININE = {
    "fr": "dureté page main boulangerie peau dent roue",
    "pt": "viagem mão tribo árvore rede capacidade lição cor",
}


@pytest.mark.parametrize("language", ["fr", "pt"])
@pytest.mark.parametrize(("words", "gender"), [(MASCULINE, "masculine"), (FEMININE, "feminine")])
def test_a_noun_has_its_gender(language, words, gender):
    assert {noun: noun_gender(noun, language) for noun in words[language].split()} == dict.fromkeys(
        words[language].split(), gender
    )


def test_nothing_is_said_of_a_language_without_a_file():
    assert noun_gender("Haus", "de") == noun_gender("", "fr") == noun_gender("mot", "") == ""


@pytest.mark.parametrize(
    ("language", "form", "gender", "other"),
    [
        ("fr", "dentée", "feminine", "denté"),
        ("fr", "pétri", "masculine", "pétri"),
        ("fr", "naturelle", "feminine", "naturel"),
        ("fr", "électrique", "", "électrique"),
        ("fr", "phylogénétique", "", "phylogénétique"),
        ("fr", "conteneurisée", "feminine", "conteneurisé"),
        ("pt", "filogenética", "feminine", "filogenético"),
        ("fr", "vieille", "feminine", "vieux"),
        ("pt", "elétrica", "feminine", "elétrico"),
        ("pt", "elétrico", "masculine", "elétrico"),
        ("pt", "solar", "", "solar"),
    ],
)
def test_an_adjective_shows_its_gender(language, form, gender, other):
    assert shown_gender(form, language) == gender
    assert masculine(form, language) == other
