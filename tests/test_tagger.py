"""Lemmas, rates and parts of speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.language.lemmas import general_rate, is_acronym, lemma
from tm.language.tagger import has_tagger, tag


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        (("boulangerie", "boulangeries", "Boulangerie"), "fr"),
        (("vélo", "vélos"), "fr"),
        (("pneu", "pneus", "Pneus"), "pt-BR"),
        (("padeiro", "padeiros"), "pt-PT"),
        (("GPS", "GPSs"), "pt"),
        (("Haus", "Häuser"), "de"),
    ],
)
def test_the_forms_of_a_word_have_one_lemma(forms, language):
    assert len({lemma(form, language) for form in forms}) == 1


def test_a_language_without_a_dictionary_has_folded_words_for_lemmas_and_no_rates():
    assert lemma("Mkate", "zu") == "mkate"
    assert general_rate("mkate", "zu") == 0.0


def test_common_words_are_commoner_than_rare_ones():
    assert general_rate("maison", "fr") > 50 * general_rate("dérailleur", "fr") > 0


def test_a_word_in_capitals_is_an_acronym_and_a_name_is_none():
    assert [is_acronym(word) for word in ("TVA", "ONGs", "Lyon", "À")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Le/DET boulanger/NOUN pétrit/VERB la/DET pâte/NOUN dans/ADP un/DET grand/ADJ bol/NOUN ./PUNCT",
        ),
        ("fr", "Marie/PROPN répare/VERB souvent/ADV son/DET vieux/ADJ vélo/NOUN ./PUNCT"),
        ("pt", "O/DET juiz/NOUN leu/VERB a/DET sentença/NOUN da/ADP nova/ADJ lei/NOUN ./PUNCT"),
        ("pt-BR", "As/DET bicicletas/NOUN de/ADP corrida/NOUN são/AUX leves/ADJ ./PUNCT"),
    ],
)
def test_plain_sentences_are_tagged(language, sentence):
    pairs = [token.rsplit("/", 1) for token in sentence.split()]
    assert tag([[form for form, _ in pairs]], language) == [[expected for _, expected in pairs]]


def test_many_sentences_at_once_are_tagged_as_one_by_one():
    sentences = [["Bonjour", "!"], [], "Le train de nuit part à dix heures .".split(), ["Oui"]] * 3
    assert tag(sentences, "fr") == [tag([sentence], "fr")[0] for sentence in sentences]


@given(st.lists(st.lists(st.text(min_size=1, max_size=8), max_size=6), max_size=3))
def test_whatever_the_tokens_each_gets_a_tag(sentences):
    assert [len(tags) for tags in tag(sentences, "pt")] == [len(sentence) for sentence in sentences]


def test_only_languages_with_a_model_have_a_tagger():
    assert [has_tagger(language) for language in ("fr-CA", "pt", "de", "")] == [True, True, False, False]
