"""Glossaries of other programs: statuses and columns are read as they are meant there."""

import logging

import pytest

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import read_concepts, read_units

TBX = """<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX" xml:lang="fr"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="a"><langSet xml:lang="fr"><tig><term>vis</term></tig></langSet>
<langSet xml:lang="pt"><tig><term>parafuso</term>{}</tig></langSet></termEntry>
</body></text></martif>
"""


def read(tmp_path, name, text, **options):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_concepts(path, **options)


def pairs(concepts):
    return [
        (concept.terms[0].text, term.text, term.status)
        for concept in concepts
        for term in concept.terms
        if term.language != concept.terms[0].language
    ]


def term_note(category, word):
    return TBX.format(f'<termNote type="{category}">{word}</termNote>')


# ------------------------------------------------------------------------------------------- statuses


@pytest.mark.parametrize(
    ("category", "word", "status"),
    [
        ("administrativeStatus", "forbidden", "forbidden"),
        ("administrativeStatus", "obsolete", "forbidden"),
        ("administrativeStatus", "supersededTerm-admn-sts", "forbidden"),
        ("administrativeStatus", "Not recommended", "forbidden"),
        ("administrativeStatus", "Preferred", "preferred"),
        ("administrativeStatus", "proposed", "candidate"),
        ("normativeAuthorization", "deprecatedTerm", "forbidden"),
        ("normativeAuthorization", "standardizedTerm", "preferred"),
        ("processStatus", "unprocessed", "candidate"),
        ("processStatus", "finalized", "approved"),
        ("Status", "Do not use", "forbidden"),
        ("forbidden", "true", "forbidden"),
        ("Do not use", "yes", "forbidden"),
        ("forbidden", "false", "approved"),
        ("forbidden", "peut-être", "candidate"),
        ("Approved", "no", "candidate"),
        ("preferred", "TRUE", "preferred"),
        ("Usage", "Deprecated", "forbidden"),
        ("Term evaluation", "Under discussion", "candidate"),
        ("customerSubset", "New", "approved"),
        ("reliabilityCode", "1", "candidate"),
        ("reliabilityCode", "3", "approved"),
    ],
)
def test_the_status_of_a_termbase_is_read_as_it_is_meant(tmp_path, category, word, status):
    assert pairs(read(tmp_path, "a.tbx", term_note(category, word))) == [("vis", "parafuso", status)]


def test_a_status_that_is_not_known_is_a_candidate_and_named(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        concepts = read(tmp_path, "a.tbx", term_note("administrativeStatus", "peut-être"))
    assert pairs(concepts) == [("vis", "parafuso", "candidate")]
    assert caplog.messages[0].endswith(
        "a.tbx:5: administrativeStatus 'peut-être' is not known; the term is a candidate"
    )


def test_an_empty_term_is_left_out_with_its_line(tmp_path, caplog):
    empty = '<langSet xml:lang="de"><ntig><termGrp><term/></termGrp></ntig></langSet>\n</termEntry>'
    with caplog.at_level(logging.WARNING):
        concepts = read(tmp_path, "a.tbx", TBX.format("").replace("</termEntry>", empty))
    assert pairs(concepts) == [("vis", "parafuso", "approved")]
    assert caplog.messages[0].endswith("a.tbx:5: a term is empty; left out")


# ------------------------------------------------------------------------------------------- tables


TABLES = {
    "deepl": ("écrou,porca,FR,PT-BR\nvis,parafuso,FR,PT-BR\n", ["approved", "approved"]),
    "deepl with a header": (
        "source,target,source_lang,target_lang\nécrou,porca,FR,PT-BR\nvis,parafuso,FR,PT-BR\n",
        ["approved", "approved"],
    ),
    "google": ("en,fr,pt-BR,pos\nnut,écrou,porca,noun\nscrew,vis,parafuso,noun\n", ["approved", "approved"]),
    "microsoft": ("Source Term,Translation\nécrou,porca\nvis,parafuso\n", ["approved", "approved"]),
    "weblate": (
        "location,source,target,id,fuzzy,context\n,écrou,porca,,True,\n,vis,parafuso,,,\n",
        ["candidate", "approved"],
    ),
    "crowdin": (
        (
            "Term [fr],Description [fr],Term [pt-BR],Status [pt-BR]\nécrou,,porca,preferred\n"
            "vis,à bois,parafuso,not recommended\n"
        ),
        ["preferred", "forbidden"],
    ),
    "lokalise": (
        "term;description;translatable;forbidden;pt;pt_description\nécrou;;no;no;porca;\nvis;;yes;yes;parafuso;\n",
        ["do-not-translate", "forbidden"],
    ),
    "memoq": (
        (
            "Entry_ID;Entry_Note;French;French_Def;Term_Info;Portuguese_Brazil;Portuguese_Brazil_Def;Term_Info\n"
            "1;;écrou;;CasePermissive;porca;;CasePermissive\n2;;vis;;CasePermissive;parafuso;;Forbidden\n"
        ),
        ["approved", "forbidden"],
    ),
    "multiterm": (
        "French;French Status;Portuguese;Portuguese Status\nécrou;Preferred;porca;New\nvis;;parafuso;Obsolete\n",
        ["candidate", "forbidden"],
    ),
    "spreadsheet": (
        "sep=;\nFrançais;Português (Brasil)\nécrou;porca\nvis;parafuso\n",
        ["approved", "approved"],
    ),
}


@pytest.mark.parametrize("program", TABLES)
def test_the_table_of_another_program_is_read_as_it_is_meant(tmp_path, program):
    text, statuses = TABLES[program]
    concepts = read(tmp_path, "a.csv", text, direction=Direction("fr", "pt"))
    words = [("écrou", "porca"), ("vis", "parafuso")]
    assert pairs(concepts) == [(*pair, status) for pair, status in zip(words, statuses, strict=True)]


def test_what_crowdin_says_of_each_language_goes_to_its_term(tmp_path):
    text = "Term [fr],Part of Speech [fr],Description [fr],Term [pt],Gender [pt],Type [pt]\nvis,noun,à bois,parafuso,m,full form\n"
    [concept] = read(tmp_path, "a.csv", text)
    source, target = concept.terms
    assert (concept.definition, source.part_of_speech) == ("à bois", "noun")
    assert (target.gender, target.kind, target.part_of_speech) == ("masculine", "fullForm", "")


def test_an_unknown_status_in_the_table_of_another_program_is_a_candidate_and_named(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        concepts = read(tmp_path, "a.csv", "fr,pt,status\nvis,parafuso,peut-être\n")
    assert pairs(concepts) == [("vis", "parafuso", "candidate")]
    assert caplog.messages == [
        f"{tmp_path}/a.csv:2: status 'peut-être' is not known; its terms are candidates"
    ]


def test_a_wide_table_without_languages_is_refused_with_its_columns(tmp_path):
    with pytest.raises(
        FormatError, match=r"a\.csv:1: no two languages among the columns: Nom, Équivalent, Déf, X"
    ):
        read(
            tmp_path, "a.csv", "Nom,Équivalent,Déf,X\nvis,parafuso,bois,x\n", direction=Direction("fr", "pt")
        )


def test_two_columns_whose_languages_nobody_knows_are_not_made_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Source Term,Target Term\nnet,rede\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"say it with -s and -t \(columns: Source Term, Target Term\)"):
        list(read_units(path))
    [unit] = read_units(path, direction=Direction("en", "pt"))
    assert [variant.segment.text for variant in unit.variants] == ["net", "rede"]


def test_the_units_of_a_deepl_table_have_its_languages_and_no_notes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("vis,parafuso,FR,PT-BR\n", encoding="utf-8")
    [unit] = read_units(path)
    assert [variant.language for variant in unit.variants] == ["fr", "pt-BR"]
    assert unit.annotations == ()


def test_a_fault_below_a_line_with_the_separator_has_its_own_line(tmp_path):
    with pytest.raises(FormatError, match=r"a\.csv:4: "):
        read(
            tmp_path, "a.csv", "sep=;\nconcept;fr;pt;status\n1;vis;parafuso;approved\n2;écrou;porca;aproved\n"
        )
