"""Terms of texts in one language, and glossaries without translations."""

import pytest

from tm.cli import terms
from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import read_concepts, write_concepts
from tm.model import Concept, Pair, Segment, Term
from tm.terminology import one_language, termhood
from tm.terminology.glossary import published
from tm.terminology.one_language import extract_terms
from tm.work.extracting import extract_terms as extract_from_files

TEXT = """Le four à pain est vieux. Les fours à pain chauffent vite.
Un indice de qualité par couleur normalisée (IQCN) sert au tri.
Le boulanger règle la température du four à pain.
"""


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "manuel.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def pairs(*texts):
    return [
        Pair(Segment(text), Segment("x"), document="a.txt", line=line) for line, text in enumerate(texts, 1)
    ]


def test_each_term_stands_once_with_its_evidence():
    concepts = extract_terms(pairs("Les fours à pain chauffent.", "Voici un four à pain."), "fr")
    terms = [term for concept in concepts for term in concept.terms]
    assert len({term.text for term in terms}) == len(terms)
    (term,) = (term for term in terms if term.text == "four à pain")
    assert (term.language, term.gender, term.part_of_speech) == ("fr", "masculine", "noun")
    assert term.evidence.pair_count == 2
    assert {(context.target, context.document) for context in term.evidence.contexts} == {("", "a.txt")}


def test_an_acronym_is_a_term_of_its_full_form():
    text = "La taxe de séjour (TDS) augmente et la TDS rapporte."
    (concept,) = (c for c in extract_terms(pairs(text, text), "fr", least=0.0) if len(c.terms) > 1)
    assert [(term.text, term.kind) for term in concept.terms] == [
        ("taxe de séjour", "fullForm"),
        ("TDS", "acronym"),
    ]


def test_a_language_without_a_tagger_has_terms_too():
    texts = pairs("The derailleur needs oil.", "A derailleur is a part of the bicycle.")
    assert "derailleur" in {term.text for c in extract_terms(texts, "en", least=0.0) for term in c.terms}


def test_a_document_is_a_text_in_one_language(text):
    extracted = extract_from_files([text])
    assert extracted.is_one_language
    assert (extracted.direction, extracted.pair_count) == (Direction("fr"), 4)
    assert extracted.terms[0][0].text == "four à pain"
    assert {pair[1].text for pair in extracted.terms} == {""}


def test_a_document_of_another_language_is_left_out_among_several(text, caplog):
    (text.parent / "b.txt").write_text("O forno de pão é velho. A massa está pronta para assar.", "utf-8")
    (text.parent / "c.txt").write_text("Le pétrin est neuf. La boulangère prend le pétrin.", "utf-8")
    extracted = extract_from_files([text, text.parent / "b.txt", text.parent / "c.txt"])
    assert "forno" not in {pair[0].text for pair in extracted.terms}
    assert "pétrin" in {pair[0].text for pair in extracted.terms}
    assert "b.txt: left out: is pt" in caplog.text


@pytest.mark.parametrize(("asked", "warned"), [("fr", True), ("en", False), ("en-GB", False), ("", False)])
def test_a_text_that_is_surely_in_another_language_is_named(tmp_path, caplog, asked, warned):
    path = tmp_path / "bread.txt"
    path.write_text("The baker shapes the dough and puts the loaves into the oven.\n" * 3, encoding="utf-8")
    extract_from_files([path], asked=Direction(asked))
    assert ("bread.txt: is en by its words" in caplog.text) is warned
    assert len(caplog.records) == warned


def test_two_texts_with_a_segment_a_line_are_still_translations(tmp_path):
    (tmp_path / "a.fr").write_text("Le four à pain est vieux.\n", "utf-8")
    (tmp_path / "a.pt").write_text("O forno de pão é velho.\n", "utf-8")
    extracted = extract_from_files([tmp_path / "a.fr", tmp_path / "a.pt"])
    assert not extracted.is_one_language


def test_a_text_without_letters_has_no_language(tmp_path):
    (tmp_path / "a.txt").write_text("12 34\n", "utf-8")
    with pytest.raises(FormatError):
        extract_from_files([tmp_path / "a.txt"])


@pytest.mark.parametrize("name", ["terms.tsv", "terms.csv", "terms.xlsx", "terms.tbx"])
def test_a_glossary_without_translations_is_read_back(text, tmp_path, name):
    concepts = list(extract_from_files([text]).concepts)
    assert write_concepts(tmp_path / name, concepts, direction=Direction("fr")) == len(concepts)
    again = read_concepts(tmp_path / name)
    assert [[term.text for term in c.terms] for c in again] == [[t.text for t in c.terms] for c in concepts]
    assert again[0].terms[0].gender == "masculine"


def test_what_is_published_of_a_glossary_in_one_language_is_that_language():
    rye, bread = Concept("1", (Term("seigle", "fr"),)), Concept("2", (Term("pain", "fr", "rejected"),))
    assert published([rye, bread]) == [rye]


def test_the_help_says_from_which_confidence_terms_are_listed():
    (option,) = (each for each in terms.extract.params if each.name == "min_confidence")
    assert (
        f"[default: by the texts, {termhood.LEAST} or more; in one language {one_language.LEAST}]"
        in option.help
    )


def test_an_english_genitive_is_a_form_of_its_noun():
    sentences = "The knife's blade is sharp.", "A knife cuts the dough.", "The knife’s handle is old."
    found = {
        term.text: term.evidence.pair_count
        for one in extract_terms(pairs(*sentences), "en")
        for term in one.terms
    }
    assert (found["knife"], "knife's" in found) == (3, False)
