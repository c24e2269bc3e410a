"""What a word can be: every reading, with or without its accents, and simplemma's dictionary among them."""

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tm.language.forms import COMMON, form_key
from tm.language.lemmas import commonest, dictionary_form, lemma
from tm.language.readings import ENCODING, Dictionary, common_words, has_readings, readings


def can_be(form, language, **options):
    return {tuple(reading) for reading in readings(form, language, **options)}


@pytest.mark.parametrize(
    ("form", "language", "noun", "verb"),
    [
        ("portes", "fr", "porte", "porter"),
        ("mise", "fr", "mise", "mettre"),
        ("marche", "fr", "marche", "marcher"),
        ("été", "fr", "été", "être"),
        ("contas", "pt", "conta", "contar"),
        ("animais", "pt", "animal", "animar"),
        ("vendas", "pt-BR", "venda", "vendar"),
    ],
)
def test_a_form_of_a_noun_and_of_a_verb_has_both_readings(form, language, noun, verb):
    assert can_be(form, language) >= {(noun, "NOUN"), (verb, "VERB")}


def test_a_word_that_is_a_noun_only_has_no_other_reading():
    assert can_be("boulangeries", "fr") == {("boulangerie", "NOUN")}


def test_function_words_have_their_own_readings():
    assert can_be("car", "fr") == {("car", "CCONJ"), ("car", "NOUN")}


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [("etats", "fr", "état"), ("oeufs", "fr", "œuf"), ("acoes", "pt", "ação"), ("papeis", "pt", "papel")],
)
def test_without_accents_words_are_found_by_their_plain_letters(form, language, expected):
    assert expected in {reading.lemma for reading in readings(form, language, accents=False)}


@pytest.mark.parametrize("form", ["", "a\0b", "橋", "zzz", "ecole"])
def test_what_no_source_has_has_no_reading(form):
    assert readings(form, "fr") == ()


def test_languages_without_a_file_have_none():
    assert [has_readings(tag) for tag in ("fr-CA", "de", "")] == [True, False, False]


def is_held(text):
    """Whether the file can hold a text: it has one byte for a letter."""
    return text.encode(ENCODING, "replace").decode(ENCODING) == text


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "pt", "es", "en"])
def test_the_dictionary_is_that_of_simplemma(language):
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    theirs = DEFAULT_DICTIONARY_FACTORY.get_dictionary(language)
    dictionary = Dictionary(language)
    held = [form for form in theirs if is_held(form) and is_held(theirs[form])]
    assert len(theirs) - len(held) <= 24  # Gdańsk, β-coronavirus
    assert len(dictionary) == len(held)
    assert [form for form in held if dictionary.get(form) != theirs[form]] == []


@pytest.mark.parametrize(
    ("form", "language"),
    [
        ("Chevaux", "fr"),
        ("structurées", "fr"),
        ("zyx", "fr"),
        ("papéis", "pt"),
        ("reordenadas", "pt"),
        ("zyxções", "pt"),
    ],
)
def test_lemmas_are_those_of_simplemma(form, language):
    import simplemma

    assert lemma(form, language) == simplemma.lemmatize(form.casefold(), lang=language).casefold()


@given(
    st.text("aáeéimnorstuçxk", min_size=1, max_size=9).map(str.casefold),
    st.sampled_from(["", "s", "ção", "ções", "amos", "aux", "tion", "tions", "ment"]),
    st.sampled_from(["fr", "pt"]),
)
@example("mar", "ie", "fr")
@example("fram", "ework", "pt")
@example("par", "is", "fr")
def test_words_that_no_dictionary_has_get_what_simplemma_gives_them(beginning, ending, language):
    import simplemma

    form = dictionary_form(beginning + ending, language)
    theirs = simplemma.lemmatize(beginning + ending, lang=language).casefold()
    assert form == theirs or (form is None and theirs == beginning + ending and theirs.endswith("s"))


def test_no_dictionary_is_unpacked_for_a_lemma():
    factory = "simplemma.strategies.dictionaries.dictionary_factory"
    code = (
        "from tm.language.lemmas import lemma\n"
        f"from {factory} import DEFAULT_DICTIONARY_FACTORY as factory\n"
        "print(lemma('canções', 'pt'), lemma('chevaux', 'fr'), factory._get_dictionary.cache_info().currsize)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["canção", "cheval", "0"]


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt"])
def test_the_common_words_kept_in_a_file_are_those_of_wordfreq(language):
    words = common_words(language)
    assert [*words] == commonest(language, COMMON)
    assert words == {word: form_key(word, language) for word in words}


def test_other_forms_are_found_without_the_lists_of_wordfreq():
    code = (
        "import sys; from tm.language.forms import common_forms, form_key;"
        "common_forms(form_key('sont', 'fr'), 'fr'); sys.exit('wordfreq' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_word_that_a_file_has_needs_no_simplemma():
    code = (
        "import sys\n"
        "from tm.language.forms import form_key, has_forms\n"
        "print(has_forms('pt'), form_key('arquivos', 'pt'), form_key('fichiers', 'fr'), 'simplemma' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["True", "arquivo", "fichier", "False"]


@pytest.mark.parametrize(
    ("form", "language", "lemma"),
    [("mice", "en", "mouse"), ("ratones", "es", "ratón"), ("lápices", "es", "lápiz"), ("baux", "fr", "bail")],
)
def test_plurals_are_known_in_each_language_that_has_a_file(form, language, lemma):
    assert lemma in {reading.lemma for reading in readings(form, language)}


@pytest.mark.parametrize(("form", "verb"), [("liste", "lister"), ("toque", "tocar"), ("pague", "pagar")])
def test_a_verb_that_is_rare_or_changes_its_letters_has_its_forms(form, verb):
    language = "fr" if verb == "lister" else "pt"
    assert (verb, "VERB") in can_be(form, language)
