"""Terms found in aligned sentences, and found again in running text."""

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.direction import Direction
from tm.model import Concept, Pair, Segment, Term
from tm.terminology import extract, recognise, term_pairs
from tm.terminology.candidates import is_noun_phrase, phrases
from tm.terminology.entries import is_name, prominence
from tm.terminology.sentences import analyse, share_names, term_key
from tm.work.building import build

SEEDS = Path(__file__).parent.parent / "seeds"
BREAD = Path(__file__).parent / "samples" / "terms" / "bread.tsv"


def pairs(*rows):
    return [Pair(Segment(one), Segment(other), "page.txt", line) for line, (one, other) in enumerate(rows, 1)]


def rows_of(path):
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.fixture(scope="module")
def bread():
    return extract(pairs(*rows_of(BREAD)), Direction("fr", "pt-BR"))


def texts(concepts, target="pt"):
    return {
        (one.text, other.text)
        for concept in concepts
        for one, other in term_pairs(concept, Direction("fr", target))
    }


# ------------------------------------------------------------------------------------------------- extraction


@pytest.mark.parametrize(
    "pair",
    [
        ("farine de blé", "farinha de trigo"),
        ("four à sole", "forno de lastro"),
        ("gaz carbonique", "gás carbônico"),
        ("mie alvéolée", "miolo alveolado"),
        ("pétrin mécanique", "amassadeira mecânica"),
        ("pétrissage", "sova"),
        ("pâte à pain", "massa de pão"),
        ("réseau de gluten", "rede de glúten"),
        ("taux d'hydratation", "taxa de hidratação"),
    ],
    ids=" = ".join,
)
def test_sixteen_sentences_are_enough_for_their_terms(bread, pair):
    assert pair in texts(bread)


def test_the_best_come_first(bread):
    best = [
        (is_name(concept), -prominence(concept.terms[0], concept.of("pt")[0].evidence)) for concept in bread
    ]
    assert best == sorted(best)
    assert bread[0].of("pt")[0].evidence.confidence > 0.9


def test_a_term_has_evidence_with_its_place(bread):
    term = next(t for concept in bread for t in concept.of("pt") if t.text == "miolo alveolado")
    assert (term.evidence.source_count, term.evidence.target_count, term.evidence.pair_count) == (2, 2, 2)
    assert {context.line for context in term.evidence.contexts} == {15, 16}
    assert all("mie alvéolée" in context.source for context in term.evidence.contexts)
    log_odds = math.log(term.evidence.confidence / (1 - term.evidence.confidence))
    assert sum(value for _, value in term.evidence.reasons) == pytest.approx(log_odds, abs=0.01)


def test_an_acronym_in_brackets_joins_its_full_form(bread):
    concept = next(c for c in bread if c.terms[0].text == "taux d'hydratation")
    assert [(t.text, t.kind) for t in concept.terms] == [
        ("taux d'hydratation", "fullForm"),
        ("TH", "acronym"),
        ("taxa de hidratação", "fullForm"),
        ("TH", "acronym"),
    ]


@pytest.mark.parametrize(
    ("french", "portuguese", "full_form", "acronym"),
    [
        (
            "Un indice de qualité par couleur normalisée (IQCN) sert au tri.",
            "Um índice de qualidade por cor normalizada (IQCN) serve para a triagem.",
            ("indice de qualité par couleur normalisée", "índice de qualidade por cor normalizada"),
            "IQCN",
        ),
        (
            "Le TMHF (taux moyen d'humidité de la farine) monte.",
            "O TMHF (teor médio de humidade da farinha) sobe.",
            ("taux moyen d'humidité de la farine", "teor médio de humidade da farinha"),
            "TMHF",
        ),
    ],
)
def test_a_full_form_is_listed_with_its_acronym_however_long_it_is(french, portuguese, full_form, acronym):
    concepts = extract([Pair(Segment(french), Segment(portuguese))], Direction("fr", "pt"))
    concept = next(concept for concept in concepts if concept.terms[0].text == full_form[0])
    assert [term.text for term in concept.terms] == [full_form[0], acronym, full_form[1], acronym]


@pytest.mark.parametrize(
    ("french", "portuguese", "joined", "listed"),
    [
        (
            "Les droits et obligations du fermier figurent au bail.",
            "Os direitos e obrigações do fazendeiro constam do contrato.",
            ("droits et obligations", "direitos e obrigações"),
            True,
        ),
        (
            "Les termes et conditions sont affichés.",
            "Os termos e condições estão afixados.",
            ("termes et conditions", "termos e condições"),
            True,
        ),
        (
            "Le pain et le levain sont pesés.",
            "O pão e o fermento são pesados.",
            ("pain et le levain", "pão e o fermento"),
            False,
        ),
    ],
)
def test_two_nouns_that_share_an_article_are_one_term(french, portuguese, joined, listed):
    concepts = extract([Pair(Segment(french), Segment(portuguese))], Direction("fr", "pt"))
    assert (joined in {(concept.terms[0].text, concept.terms[1].text) for concept in concepts}) == listed


def test_articles_tell_the_gender(bread):
    genders = {term.text: term.gender for concept in bread for term in concept.terms}
    assert (genders["four à sole"], genders["massa de pão"]) == ("masculine", "feminine")


def test_a_common_word_loses_the_capital_of_the_sentence(bread):
    assert not any(term.text.startswith("Façonnage") for concept in bread for term in concept.terms)


def test_the_same_sentences_give_the_same_glossary(bread):
    assert extract(pairs(*rows_of(BREAD)), Direction("fr", "pt-BR")) == bread


def test_nothing_in_nothing_out():
    assert extract([], Direction("fr", "pt")) == []
    assert extract(pairs(("", "O guidão."), ("Le guidon.", "")), Direction("fr", "pt")) == []


def test_names_are_kept_whole():
    found = texts(
        extract(
            pairs(
                ("Le Tour de Lombardie passe par Bergame.", "O Tour de Lombardie passa por Bergamo."),
                ("Anna Kiesenhofer court pour Roland.", "Anna Kiesenhofer corre pela Roland."),
                ("Anna Kiesenhofer a gagné.", "Anna Kiesenhofer venceu."),
            ),
            Direction("fr", "pt"),
        )
    )
    assert ("Anna Kiesenhofer", "Anna Kiesenhofer") in found
    assert ("Kiesenhofer", "Kiesenhofer") not in found


def test_sentences_that_do_not_translate_each_other_give_little():
    shifted = [(one, other) for (one, _), (_, other) in zip(rows_of(BREAD), rows_of(BREAD)[5:], strict=False)]
    sure = [
        t
        for c in extract(pairs(*shifted), Direction("fr", "pt"))
        for t in c.of("pt")
        if t.evidence.confidence > 0.8
    ]
    assert len(sure) <= 2


def test_an_approved_translation_teaches_the_aligner():
    rows = pairs(("Le juge casse le jugement.", "O juiz anula a sentença."))
    decided = [
        Concept("1", (Term("jugement", "fr", status="approved"), Term("sentença", "pt", status="approved")))
    ]
    assert ("jugement", "sentença") in texts(extract(rows, Direction("fr", "pt"), decided=decided))


def test_languages_without_a_tagger_work_too():
    found = {
        (one.text, other.text)
        for concept in extract(
            pairs(
                ("The front derailleur moves the chain.", "Der Umwerfer bewegt die Kette."),
                ("Clean the chain before the front derailleur.", "Reinigen Sie die Kette vor dem Umwerfer."),
                ("A worn chain damages the sprocket.", "Eine abgenutzte Kette beschädigt das Ritzel."),
                ("The sprocket is made of steel.", "Das Ritzel ist aus Stahl."),
            ),
            Direction("en", "de"),
        )
        for one, other in term_pairs(concept, Direction("en", "de"))
    }
    assert {("chain", "Kette"), ("sprocket", "Ritzel"), ("derailleur", "Umwerfer")} <= found


# ------------------------------------------------------------------------------------------------- candidates


def found_phrases(text, language="fr"):
    sentence = analyse([text], language)[0]
    return {sentence.surface(*span) for span in phrases(sentence) if is_noun_phrase(sentence, *span)}


def test_noun_phrases_hold_noun_phrases():
    assert {"pompe à vélo", "pompe", "vélo"} <= found_phrases("La pompe à vélo est cassée.")


def test_a_term_does_not_begin_or_end_with_a_function_word():
    found = found_phrases("Le tribunal de première instance statue sur la demande des parties.")
    assert "tribunal de première instance" in found
    assert not any(phrase.split()[-1] in ("de", "la", "sur") for phrase in found)


def test_months_are_no_terms():
    assert not any("mars" in phrase for phrase in found_phrases("La course commence fin mars."))


def test_a_participle_with_a_complement_is_a_verb():
    assert "cadre soudé" in found_phrases("Un cadre soudé pèse moins.")
    assert "cadre soudé" not in found_phrases("Un cadre soudé par un artisan pèse moins.")


def test_what_is_written_alike_with_a_capital_is_a_name():
    one, other = share_names(
        analyse(["La revue Bike and Road paraît."], "fr")[0],
        analyse(["A revista Bike and Road sai."], "pt")[0],
    )
    assert one.classes[2:5] == other.classes[2:5] == "PPP"


@given(st.text(max_size=60))
def test_whatever_the_text_it_can_be_analysed(text):
    sentence = analyse([text], "fr")[0]
    assert len(sentence.classes) == len(sentence.lemmas) == len(sentence.starts)
    assert all(sentence.surface(*span).strip() for span in phrases(sentence))


# ------------------------------------------------------------------------------------------------- recognition


def concept(id_, fr, *pt):
    return Concept(id_, (Term(fr, "fr"), *(Term(each, "pt") for each in pt)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Les chambres à air sont neuves.", ["chambres à air"]),
        ("CHAMBRE À AIR", ["CHAMBRE À AIR"]),
        ("l’ordonnance d’un juge", ["ordonnance d’un juge"]),
        ("Il change d'air.", []),
        ("la chambre, à l'air", []),
    ],
)
def test_terms_are_recognised_in_any_form(text, found):
    glossary = [
        concept("1", "chambre à air", "câmara de ar"),
        concept("2", "ordonnance de juge", "despacho de juiz"),
    ]
    assert [text[o.start : o.end] for o in recognise(text, glossary, "fr")] == found


def test_contractions_do_not_hide_a_term():
    glossary = [concept("1", "pression des pneus", "pressão dos pneus")]
    text = "A pressão do pneu, na pressão de pneus"
    assert [text[o.start : o.end] for o in recognise(text, glossary, "pt-BR")] == [
        "pressão do pneu",
        "pressão de pneus",
    ]


def test_the_longest_term_wins():
    glossary = [concept("1", "frein", "freio"), concept("2", "frein à disque", "freio a disco")]
    found = recognise("Les freins à disque et le frein", glossary, "fr")
    assert [(o.concept.id, o.start) for o in found] == [("2", 4), ("1", 26)]


def test_concepts_with_one_term_in_common_are_all_recognised():
    glossary = [concept("1", "selle", "selim"), concept("2", "siège", "selim")]
    assert [o.concept.id for o in recognise("O selim", glossary, "pt")] == ["1", "2"]


def test_rejected_terms_are_not_looked_for_and_forbidden_ones_are():
    glossary = [
        Concept("1", (Term("guidon", "fr"), Term("guidão", "pt"), Term("volante", "pt", status="forbidden"))),
        Concept("2", (Term("roue", "fr", status="rejected"), Term("roda", "pt"))),
    ]
    assert [o.term.status for o in recognise("O volante", glossary, "pt")] == ["forbidden"]
    assert recognise("La roue", glossary, "fr") == []


def test_a_glossary_that_changed_is_prepared_anew():
    glossary = [concept("1", "pédale", "pedal")]
    assert recognise("La pédale", glossary, "fr")
    glossary[0] = concept("1", "selle", "selim")
    assert not recognise("La pédale", glossary, "fr")


@given(st.text(alphabet="aà eé'’-.PAIRE", max_size=40))
def test_occurrences_do_not_overlap(text):
    glossary = [concept("1", "paire", "par"), concept("2", "air", "ar"), concept("3", "a", "b")]
    found = recognise(text, glossary, "fr")
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(term_key(text[o.start : o.end], "fr") == term_key(o.term.text, "fr") for o in found)


# ------------------------------------------------------------------------------------------------- the seeds


def test_the_terms_of_the_seeds_are_found(tmp_path):
    built = build([SEEDS], tmp_path)
    assert {
        ("grand modèle de langage", "modelo de linguagem grande"),
        ("LLM", "LLM"),
        ("apprentissage en profondeur", "aprendizado profundo"),
        ("unité de traitement graphique", "unidade de processamento gráfico"),
        ("puissance de calcul", "poder de computação"),
    } <= texts(built.concepts, "pt-BR")


def test_a_function_word_that_is_the_plural_of_a_noun_here_has_its_lemma():
    sentence = analyse(["uma árvore de nós"], "pt")[0]
    assert (sentence.classes[3], sentence.lemmas[3]) == ("N", "nó")
