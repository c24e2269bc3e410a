"""Terms in running text: a suite of sentences with the terms marked in them, and what a glossary shows."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tm.direction import Direction
from tm.model import Concept, Evidence, Pair, Segment, Term
from tm.terminology import Recogniser, recognise
from tm.terminology.use import term_uses

GROUPS = json.loads((Path(__file__).parent / "cases" / "recognition.json").read_text("utf-8"))
"""Terms, with texts in which they are marked by [ ] where they stand."""


def concepts(terms, language):
    return [Concept(str(number), (Term(text, language),)) for number, text in enumerate(terms)]


def places(marked):
    """A text without its marks, and the places between them."""
    text, spans = "", []
    for piece in re.split(r"(\[.*?\])", marked):
        if piece.startswith("["):
            spans.append((len(text), len(text) + len(piece) - 2))
        text += piece.strip("[]")
    return text, spans


def scores(groups):
    """Precision and recall."""
    right = given = asked = 0
    for group in groups:
        recogniser = Recogniser(concepts(group["terms"], group["language"]), group["language"])
        for text, expected in map(places, group["texts"]):
            given_here = [(term.start, term.end) for term in recogniser.recognise(text)]
            right += len(set(given_here) & set(expected))
            given += len(given_here)
            asked += len(expected)
    return right / given, right / asked


def test_there_are_more_than_five_hundred_cases():
    assert sum(len(group["texts"]) for group in GROUPS) > 500


@pytest.mark.parametrize(
    ("half", "precision", "recall"),
    [
        ("first", 0.99, 0.99),
        ("second", 0.99, 0.99),
        ("third", 0.99, 0.99),
        ("fourth", 0.99, 0.995),
        ("fifth", 0.99, 0.995),
        ("sixth", 0.98, 0.99),
        ("seventh", 0.985, 0.985),
    ],
)
def test_terms_are_found_where_they_stand_and_nowhere_else(half, precision, recall):
    reached = scores([group for group in GROUPS if group["half"] == half])
    assert reached >= (precision, recall)
    assert reached[1] >= recall


def test_adjectives_may_stand_inside_a_term_if_that_is_asked_for():
    bread = concepts(["pain au levain"], "fr")
    text = "Des pains blancs au levain."
    assert Recogniser(bread, "fr").recognise(text) == []
    (term,) = Recogniser(bread, "fr", inserted=1).recognise(text)
    assert text[term.start : term.end] == "pains blancs au levain"


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("réseau neuronal profond", "Un [réseau neuronal très profond] apprend."),
        ("base de données", "Une [base partagée de données] est créée."),
    ],
)
def test_adverbs_and_participles_are_adjectives_inside_a_term(term, text):
    text, expected = places(text)
    (found,) = Recogniser(concepts([term], "fr"), "fr", inserted=1).recognise(text)
    assert ([(found.start, found.end)], found.inserted) == (expected, 1)


def test_other_words_than_adjectives_do_not_stand_inside_a_term():
    recogniser = Recogniser(concepts(["pain au levain"], "fr"), "fr", inserted=2)
    assert recogniser.recognise("Un pain cuit le matin au levain.") == []


FINDER = """
from tm.model import Concept, Term
from tm.terminology import Recogniser
eye = Concept("1", (Term("œil", "fr"), Term("yeux", "fr")))
print([found.term.text for found in Recogniser([eye], "fr").recognise("Les yeux")])
"""


def test_the_same_term_of_a_concept_is_found_in_every_process():
    found = {
        subprocess.check_output([sys.executable, "-c", FINDER], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in "123"
    }
    assert len(found) == 1


def test_a_name_in_code_is_found_as_it_is_written():
    recogniser = Recogniser(concepts(["config.json"], "fr"), "fr")
    assert len(recogniser.recognise("Ouvrez config.json, puis Config et json.")) == 1


def test_a_translation_is_read_kindly_but_for_forbidden_terms():
    fair = Concept("1", (Term("vente", "fr"), Term("venda", "pt"), Term("conta", "pt", status="forbidden")))
    pair = Pair(Segment("La vente."), Segment("Que ele venda, conta ela."))
    (use,) = term_uses(pair, [fair], Direction("fr", "pt"))
    assert (use.kept, use.forbidden) == (1, ())


def test_a_term_is_read_at_its_own_words_wherever_they_stand_in_it():
    recogniser = Recogniser(concepts(["la ferme", "crise du SRAS"], "fr"), "fr")
    text = "Elle ferme, la ferme, la crise du SRAS, la crise du sras."
    assert [text[term.start : term.end] for term in recogniser.recognise(text)] == ["ferme", "crise du SRAS"]


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("fr", "entraînement", "L'[entrainement] est long."),
        ("fr", "événement", "Deux [évènements] ont lieu."),
        ("pt", "econômico", "O crescimento [económico] parou."),
        ("fr", "calculateur quantique", "Une [calculatrice quantique] tourne."),
        ("pt", "autorretrato", "O [auto-retrato] sumiu."),
        ("en", "data set", "The [dataset] is small."),
    ],
)
def test_a_word_is_one_in_all_its_spellings(language, term, text):
    text, expected = places(text)
    occurrences = Recogniser(concepts([term], language), language).recognise(text)
    assert [(term.start, term.end) for term in occurrences] == expected


def test_a_term_that_is_said_to_be_a_noun_is_none_behind_an_adverb_of_degree():
    (end,) = [Concept("1", (Term("fin", "fr", part_of_speech="noun"),))]
    assert Recogniser([end], "fr").recognise("Un sable très fin.") == []
    assert len(Recogniser([end], "fr").recognise("La fin du film.")) == 1


def test_no_article_stands_where_a_hyphen_ties_a_term():
    recogniser = Recogniser(concepts(["tire-bouchon"], "fr"), "fr")
    assert recogniser.recognise("Il tire le bouchon.") == []
    assert len(recogniser.recognise("Un tire bouchon, des tire-bouchons.")) == 2


def test_a_participle_that_no_dictionary_has_is_one_behind_be():
    recogniser = Recogniser(concepts(["cozido"], "pt"), "pt")
    assert recogniser.recognise("O arroz foi cozido demais.") == []
    assert len(recogniser.recognise("O cozido leva legumes.")) == 1


def candidate(number, source, target):
    return Concept(number, (Term(source, "fr"), Term(target, "pt", evidence=Evidence(2, 2, 2, 0.9))))


def approved(number, source, target):
    return Concept(number, (Term(source, "fr"), Term(target, "pt", status="approved")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La pâte à pain de seigle repose.", ["1", "3", "4"]),
        ("Le pain de seigle et la pâte à pain.", ["4", "1", "3"]),
        ("Du seigle, une pâte.", ["2", "3"]),
    ],
)
def test_a_candidate_that_nobody_decided_on_hides_no_decided_term(text, found):
    """At its beginning, inside it, and across its end."""
    glossary = [
        candidate("1", "pâte à pain", "massa de pão"),
        candidate("2", "seigle", "centeio"),
        approved("3", "pâte", "massa"),
        approved("4", "pain de seigle", "pão de centeio"),
    ]
    assert [occurrence.concept.id for occurrence in recognise(text, glossary, "fr")] == found


def test_a_decided_term_hides_shorter_ones_also_beside_candidates():
    glossary = [
        approved("1", "pâte à pain", "massa de pão"),
        approved("2", "pain", "pão"),
        candidate("3", "pâte", "massa"),
        candidate("4", "table", "mesa"),
    ]
    found = recognise("La pâte à pain est sur la table.", glossary, "fr")
    assert [occurrence.concept.id for occurrence in found] == ["1", "4"]


def test_a_term_whose_other_translation_was_rejected_is_still_a_candidate():
    loaf = candidate("1", "pâte à pain", "massa de pão")
    rejected = Term("pasta de pão", "pt", status="rejected", evidence=Evidence(1, 1, 1, 0.2))
    loaf = replace(loaf, terms=(*loaf.terms, rejected))
    found = recognise("La pâte à pain", [loaf, approved("2", "pâte", "massa")], "fr")
    assert [occurrence.concept.id for occurrence in found] == ["1", "2"]


def test_a_decided_term_in_a_candidate_is_asked_of_the_translation_too():
    glossary = [candidate("1", "pâte à pain", "massa de pão"), approved("2", "pâte", "massa")]
    pair = Pair(Segment("La pâte à pain lève."), Segment("A pasta de pão cresce."))
    uses = term_uses(pair, glossary, Direction("fr", "pt"))
    assert [(use.term, use.wanted, use.kept, use.severity) for use in uses] == [
        ("pâte à pain", 1, 0, "info"),
        ("pâte", 1, 0, "warning"),
    ]
