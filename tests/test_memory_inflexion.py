"""Other forms of the words: what they are, the second figure, and passages without accents and by form."""

import subprocess
import sys
from itertools import product
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.direction import Direction
from tm.language import key_tokens
from tm.language.forms import beginning, common_forms, form_key
from tm.language.readings import common_words
from tm.memory import anywhere, concordance, find, find_inflected
from tm.memory.inflexion import figure
from tm.model import Annotation, Segment, Unit, Variant
from tm.store import index, open_store, postings


def unit(source, target="…", language="fr", origin=""):
    annotations = (Annotation("prop", origin, "x-origin"),) if origin else ()
    return Unit(
        (Variant(language, Segment(source)), Variant("pt-BR", Segment(target))), annotations=annotations
    )


@pytest.fixture
def memory():
    def filled(*sources, language="fr", copies=0):
        fillers = [
            f"rien {number}" for number in range(copies)
        ]  # with more than 1,000 all units are in a run
        store.add([unit(source, language=language) for source in (*fillers, *sources)], on_same="both")
        return store

    with open_store(":memory:", create=True) as store:
        yield filled


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "fichier fichiers"),
        ("fr", "sélectionner sélectionnez sélectionné sélectionnées"),
        ("fr", "fermé fermée fermés"),
        ("fr", "gérer gère gérons"),
        ("fr", "cheval chevaux"),
        ("fr", "être est sont"),
        ("fr", "aller va vont"),
        ("fr", "le la les l'"),
        ("pt", "arquivo arquivos"),
        ("pt", "selecionar selecionado selecionadas"),
        ("pt", "ação ações"),
        ("pt", "ser é são"),
        ("pt-BR", "excluir excluiu"),
        ("es", "archivo archivos"),
        ("es", "imagen imágenes"),
        ("es", "seleccionar seleccionada"),
        ("en", "file files"),
        ("en", "delete deletes deleted"),
        ("en", "be is are"),
        ("de", "datei dateien"),
        ("de", "haus häuser"),
    ],
)
def test_forms_of_one_word_have_one_key(language, words):
    assert len({form_key(word, language) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "fermer ferme fermier"), ("fr", "pêcheur pécheur"), ("fr", "2018 2019"), ("xx", "mot mots")],
)
def test_other_words_have_other_keys(language, words):
    assert len({form_key(word, language) for word in words.split()}) == len(words.split())


@pytest.mark.parametrize(
    ("language", "stored", "new"),
    [
        ("fr", "Supprimer le fichier sélectionné", "Supprimer les fichiers sélectionnés"),
        ("fr", "Sélectionner un élément", "Sélectionnez un élément"),
        ("fr", "L'école est fermée", "Les écoles sont fermées"),
        ("pt", "Excluir o arquivo selecionado", "Excluir os arquivos selecionados"),
        ("es", "Eliminar el archivo seleccionado", "Eliminar los archivos seleccionados"),
        ("en", "Delete the selected file", "Deletes the selected files"),
        ("de", "Die Datei wird geöffnet", "Die Dateien werden geöffnet"),
    ],
)
@pytest.mark.parametrize("copies", [0, 1100])
def test_a_unit_is_found_by_other_forms_of_its_words(memory, language, stored, new, copies):
    direction = Direction(language, "pt-BR") if language != "pt" else Direction("pt", "pt-BR")
    store = memory(stored, "Tout à fait autre chose", language=language, copies=copies)
    (match,) = find_inflected(store, new, direction)
    assert (match.pair.source.text, match.percent) == (stored, 94)
    assert match.base < 94
    assert match.edits


@pytest.mark.parametrize("many", [0, 1 << 30])
def test_words_that_differ_in_accents_only_hide_no_unit(memory, monkeypatch, many):
    monkeypatch.setattr(postings, "MANY_BYTES", many)
    store = memory("Ce pécheur là a un pêcheur à lui", copies=1100)
    for text in ("Ces pécheurs là ont un pêcheur à lui", "Ces pécheurs là ont des pêcheurs à lui"):
        (match,) = find_inflected(store, text, Direction("fr", "pt-BR"), minimum=90)
        assert match.percent == 94


def test_a_match_by_its_words_is_none_by_their_forms(memory):
    store = memory("Supprimer le fichier", "Supprimer les fichiers")
    direction = Direction("fr", "pt-BR")
    assert [match.pair.source.text for match in find(store, "Supprimer les fichiers", direction)] == [
        "Supprimer les fichiers"
    ]
    inflected = find_inflected(store, "Supprimer les fichiers", direction)
    assert [match.pair.source.text for match in inflected] == ["Supprimer le fichier"]


def test_what_costs_a_match_something_costs_an_inflected_one_as_much():
    with open_store(":memory:", create=True) as store:
        store.add([unit("Fermer le fichier", "Fechar o arquivo", origin="machine")])
        (match,) = find_inflected(store, "Fermez les fichiers", Direction("fr", "pt-BR"))
    assert (match.percent, match.penalties) == (84, (("machine", 10),))


def test_the_best_come_first_and_the_newest_of_equals(memory):
    store = memory("Fermer le fichier", "Fermer un fichier", "Fermons ce fichier", "Fermons des fichiers")
    matches = find_inflected(store, "Fermez les fichiers", Direction("fr", "pt-BR"), minimum=60)
    assert [(match.percent, match.pair.source.text) for match in matches] == [
        (94, "Fermer le fichier"),
        (66, "Fermons des fichiers"),
        (66, "Fermons ce fichier"),
        (66, "Fermer un fichier"),
    ]
    assert find_inflected(store, "Fermez les fichiers", Direction("fr", "pt-BR"), limit=1) == matches[:1]


@pytest.mark.parametrize("text", ["", "12", "…", "Ouvrez"])
def test_nothing_is_found_without_lemmas_or_words(memory, text):
    store = memory("Ouvrir", "12 pages", language="xx")
    assert find_inflected(store, text, Direction("xx", "pt-BR")) == []


FORMS = "fichier fichiers fermer fermé ferme fermez sont est a à le les l'école 12 ! xyz".split()
TEXTS = st.lists(st.sampled_from(FORMS), min_size=1, max_size=6).map(" ".join)


@given(
    st.lists(TEXTS, min_size=1, max_size=8, unique=True),
    TEXTS,
    st.sampled_from([40, 50, 70, 85]),
    st.sampled_from([0, 1 << 30]),
)
def test_every_unit_that_reaches_the_minimum_is_found(sources, text, minimum, many):
    direction = Direction("fr", "pt-BR")
    with (
        patch.multiple(index, LEAST=3),
        patch.multiple(postings, MANY_BYTES=many),
        open_store(":memory:", create=True) as store,
    ):
        store.add([unit(source) for source in sources])
        matches = find_inflected(store, text, direction, minimum=minimum, limit=20)
        shown = {match.pair.source.text for match in find(store, text, direction, minimum=minimum, limit=20)}
    penalised = {match.pair.source.text: sum(amount for _, amount in match.penalties) for match in matches}
    for source in sources:
        likeness = figure(Segment(source), Segment(text), "fr")
        if source in penalised:
            assert likeness - penalised[source] >= minimum
            assert source not in shown
        elif source not in shown and any(key[:1].isalpha() for key in key_tokens(Segment(text), "fr")):
            assert likeness < minimum + 5  # what penalties may take


ALL_WORDS = {
    "es": "es son fue fueron ser era él ella los puente puentes puerto abrir abierto abiertos ir va vamos".split(),
    "de": "ist sind war wird werden die der datei dateien geöffnet öffnen brücke brücken gehen ging gut besser".split(),
    "en": "is was be are file files opened open bridge bridges brought bring go went better good men man".split(),
}


@pytest.mark.parametrize("language", ALL_WORDS)
def test_forms_of_a_word_have_the_same_beginning(language):
    words = {*ALL_WORDS[language], *common_words(language)}
    for word in words:
        assert {beginning(other, language) for other in common_forms(form_key(word, language), language)} <= {
            beginning(word, language)
        }
    for one, other in product(ALL_WORDS[language], repeat=2):
        if form_key(one, language) == form_key(other, language):
            assert beginning(one, language) == beginning(other, language)


@given(st.data(), st.sampled_from([40, 50, 70, 85]), st.sampled_from([*ALL_WORDS]))
def test_looking_at_beginnings_first_hides_nothing(data, minimum, language):
    some = st.lists(st.sampled_from(ALL_WORDS[language]), min_size=1, max_size=5).map(" ".join)
    sources, text = data.draw(st.lists(some, min_size=1, max_size=6, unique=True)), data.draw(some)
    direction = Direction(language, "pt-BR")
    found = []
    for told in (True, False):
        with (
            patch.multiple(index, LEAST=3),
            patch("tm.memory.inflexion.is_told_by_beginnings", lambda _, told=told: told),
            patch("tm.memory.concordance.is_told_by_beginnings", lambda _, told=told: told),
            open_store(":memory:", create=True) as store,
        ):
            store.add([unit(source, language=language) for source in sources])
            matches = find_inflected(store, text, direction, minimum=minimum, limit=20)
            found.append(([*map(str, matches)], [*map(str, concordance(store, text, direction))]))
    assert found[0] == found[1]


def test_no_dictionary_is_loaded_where_no_form_can_be():
    code = (
        "import sys; from tm.direction import Direction; from tm.model import Segment, Unit, Variant\n"
        "from tm.memory import concordance, find_inflected; from tm.store import open_store\n"
        "store = open_store(':memory:', create=True)\n"
        "store.add([Unit((Variant('de', Segment('Xa ya')), Variant('pt', Segment('x'))))])\n"
        "asked = store, 'Zona buena rot', Direction('de', 'pt')\n"
        "sys.exit(bool(find_inflected(*asked) or list(concordance(*asked)) or 'simplemma' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ------------------------------------------------------------------------------------------------- passages


def texts(passages):
    return [(passage.by, passage.pair.source.text) for passage in passages]


@pytest.mark.parametrize("copies", [0, 1100])
def test_passages_come_as_typed_then_without_accents_then_by_form(memory, copies):
    store = memory("Les écoles", "ECOLE PRIMAIRE", "L'école", "Une école", "L'écolier", copies=copies)
    direction = Direction("fr", "pt-BR")
    assert texts(concordance(store, "école", direction)) == [
        ("words", "Une école"),
        ("words", "L'école"),
        ("accents", "ECOLE PRIMAIRE"),
        ("forms", "Les écoles"),
    ]
    assert texts(concordance(store, "ecole", direction)) == [
        ("words", "ECOLE PRIMAIRE"),
        ("accents", "Une école"),
        ("accents", "L'école"),
        ("forms", "Les écoles"),
    ]
    assert texts(concordance(store, "école", direction, by=("words",))) == [
        ("words", "Une école"),
        ("words", "L'école"),
    ]


def test_a_phrase_is_found_in_other_forms(memory):
    store = memory("Les fichiers ouverts sont là", "ouvert le fichier")
    direction = Direction("fr", "pt-BR")
    (passage,) = concordance(store, "fichier ouvert", direction)
    assert [passage.pair.source.text[start:end] for start, end in passage.places] == ["fichiers ouverts"]
    assert texts(anywhere(store, "fichier ouvert", direction)) == [
        ("words", "ouvert le fichier"),
        ("forms", "Les fichiers ouverts sont là"),
    ]


def test_a_beginning_is_found_without_accents(memory):
    store = memory("Également", "égalité", "egal", "Le cœur")
    assert texts(concordance(store, "coeur", Direction("fr", "pt-BR"))) == [("accents", "Le cœur")]
    assert texts(concordance(store, "egal*", Direction("fr", "pt-BR"))) == [
        ("words", "egal"),
        ("accents", "égalité"),
        ("accents", "Également"),
    ]


def test_numbers_are_those_that_were_typed(memory):
    store = memory("12 écoles", "13 écoles")
    assert texts(concordance(store, "12 école", Direction("fr", "pt-BR"))) == [("forms", "12 écoles")]
