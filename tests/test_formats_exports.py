"""Glossaries as other programs export them: every pair, in its languages, with the status that the program tells."""

import logging
import runpy
from pathlib import Path

import pytest

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import read_concepts, read_units

EXPORTS = runpy.run_path(str(Path(__file__).parent.parent / "bench" / "glossary_exports.py"))
FLAVOURS = list(EXPORTS["flavours"]())
FRENCH = EXPORTS["rows_of"](EXPORTS["FRENCH"], "french")


@pytest.mark.parametrize("flavour", FLAVOURS, ids=[flavour.program for flavour in FLAVOURS])
def test_every_pair_of_an_export_is_there_in_its_languages_with_its_status(tmp_path, flavour):
    assert EXPORTS["outcome"](flavour, tmp_path) == ""


def test_an_export_with_other_separators_quotes_and_empty_columns_is_the_same(tmp_path):
    varied = [
        one for flavour in FLAVOURS[::5] for one in EXPORTS["varied"](flavour) if ".xlsx" not in one.file
    ]
    assert [one.program for one in varied if EXPORTS["outcome"](one, tmp_path)] == []


def workbook(path, *sheets):
    path.write_bytes(EXPORTS["workbook_of"](*sheets))
    return path


def test_the_sheet_with_the_table_is_read_and_those_under_the_same_heads(tmp_path, caplog):
    other = ("Notes", [["Nom", "Date"], ["Rui", "2024"]])
    sheets = (
        ("Lisez-moi", EXPORTS["COVER"]),
        ("A", FRENCH[:3]),
        other,
        ("B", [["Suite"], *FRENCH[:1], FRENCH[3]]),
    )
    path = workbook(tmp_path / "a.xlsx", *sheets)
    with caplog.at_level(logging.WARNING):
        concepts = read_concepts(path)
    assert [concept.terms[0].text for concept in concepts] == ["mer", "four à pain", "pâte"]
    assert caplog.messages == [f"{path}: only the sheet A is read; not Lisez-moi, Notes"]


@pytest.mark.parametrize(
    ("title", "languages"),
    [("FR → PT_BR", ["fr", "pt-BR"]), ("DE-PT", ["fr", "pt"]), ("Feuil1", ["fr", "pt"])],
)
def test_the_name_of_a_sheet_says_languages_unless_its_texts_say_others(tmp_path, title, languages):
    rows = [
        ["le pont sur la rivière", "a ponte sobre o rio"],
        ["la rive et le moulin", "a margem e o moinho"],
    ]
    [first, _] = read_units(workbook(tmp_path / "a.xlsx", (title, rows)))
    assert [variant.language for variant in first.variants] == languages


def test_a_workbook_without_two_columns_is_refused(tmp_path):
    with pytest.raises(FormatError, match="one column; source and target were expected"):
        list(read_units(workbook(tmp_path / "a.xlsx", ("A", [["oui"], ["non"]]))))


def test_what_each_language_says_under_the_same_head_goes_to_its_term(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("note,gender,fr,note,gender,pt\nsalée,f,mer,salgado,m,mar\n", encoding="utf-8")
    [concept] = read_concepts(path)
    assert [(term.note, term.gender) for term in concept.terms] == [
        ("salée", "feminine"),
        ("salgado", "masculine"),
    ]


def test_a_column_of_terms_is_the_source_that_is_asked_for(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("term,es,pt\nmer,mar,mar\n", encoding="utf-8")
    [concept] = read_concepts(path, direction=Direction("fr", "pt"))
    assert [(term.language, term.text) for term in concept.terms] == [("fr", "mer"), ("pt", "mar")]


def test_what_is_said_in_french_is_kept_and_columns_without_a_place_are_named(tmp_path, caplog):
    path = tmp_path / "a.csv"
    path.write_text(
        "FR (source);Genre (FR);Termo em português;Gênero (PT);Exemplo (PT);Classe grammaticale;Remarque;Créé par;Vide\n"
        "mer;féminin;mar;masculino;O mar é azul.;nom;salée;rui;\n",
        encoding="utf-8",
    )
    with caplog.at_level(logging.WARNING):
        [concept] = read_concepts(path)
    sea, mar = concept.terms
    assert (sea.gender, mar.gender, mar.part_of_speech, mar.note) == (
        "feminine",
        "masculine",
        "noun",
        "salée",
    )
    assert mar.evidence.contexts[0].target == "O mar é azul."
    assert caplog.messages == [f"{path}: left out the columns créé par; a glossary has no place for them"]


def test_a_list_of_blocked_terms_is_refused_with_its_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ID,Term,Note,Locales,Preferred Terms\n1,pâte,non,pt-BR,massa\n", encoding="utf-8")
    with pytest.raises(
        FormatError, match="no two languages among the columns: ID, Term, Note, Locales, Preferred Terms"
    ):
        read_concepts(path, direction=Direction("fr", "pt"))
