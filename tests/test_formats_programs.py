"""Glossaries for other programs: what each can hold comes back, the rest is named, and nothing is approved by nobody."""

import logging
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.direction import Direction
from tm.formats import formats, read_concepts, write_concepts
from tm.model import Concept, Term
from tm.work.importing import import_terms

FR_PT = Direction("fr", "pt-BR")
TABLES = ("deepl", "google", "microsoft", "phrase", "lokalise", "weblate-csv", "crowdin", "memoq", "iate")
TERMBASES = ("weblate", "termweb", "multiterm-tbx", "iate-tbx", "multiterm")
PROGRAMS = (*TABLES, *TERMBASES)
HOLDS = {kind.name: kind.holds_of_terms for kind in formats()}

BAKERY = [
    Concept(
        "c-four",
        (
            Term("four à pain", "fr", "approved", "noun", "masculine"),
            Term("four", "fr", "approved", "noun"),
            Term("forno a lenha", "pt-BR", "preferred", "noun", "masculine", "fullForm", note="o melhor"),
            Term("forno de pão", "pt-BR", "approved", "noun"),
            Term("fogão", "pt-BR", "forbidden", "noun", note="é outra coisa"),
        ),
        definition="où l'on cuit le pain",
        subject="boulangerie",
        note="vu par Rui",
    ),
    Concept("c-git", (Term("GitHub", "fr", "approved"), Term("GitHub", "pt-BR", "do-not-translate"))),
    Concept(
        "c-pib", (Term("PIB", "fr", "approved"), Term("PIB", "pt-BR", "approved", "noun", kind="acronym"))
    ),
    Concept("c-levain", (Term("levain", "fr"), Term("fermento", "pt-BR"))),
    Concept("c-pate", (Term("pâte", "fr"), Term("macarrão", "pt-BR", "forbidden"))),
    Concept(
        "c-qte", (Term("grande quantité", "fr", "rejected"), Term("grande quantidade", "pt-BR", "rejected"))
    ),
]


def came_back(name, concepts, path):
    path = written(name, path)
    write_concepts(path, concepts, format=name, direction=FR_PT)
    return read_concepts(path, direction=FR_PT)


def written(name, path):
    """Where a program's file stands."""
    return path.with_suffix(".xml" if name == "multiterm" else ".tbx" if name in TERMBASES else ".csv")


def statuses(concepts):
    """The status of each translation."""
    return {
        (source.text, target.text): target.status
        for concept in concepts
        for source in concept.of("fr")
        for target in concept.of("pt-BR")
    }


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_term_is_approved_by_nobody_in_another_program(tmp_path, name):
    read = statuses(came_back(name, BAKERY, tmp_path / "a.csv"))
    before = statuses(BAKERY)
    accepted = ("approved", "preferred", "do-not-translate")
    assert read
    assert [
        pair for pair, status in read.items() if status in accepted and before[pair] not in accepted
    ] == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_program_has_a_word_for_comes_back(tmp_path, name):
    read, before = statuses(came_back(name, BAKERY, tmp_path / "a.csv")), statuses(BAKERY)
    keeps = {
        "phrase": ("do-not-translate",),
        "lokalise": ("do-not-translate", "forbidden"),
        "weblate-csv": ("candidate",),
        "crowdin": ("preferred", "approved", "forbidden", "candidate"),
        "memoq": ("approved", "forbidden"),
        "weblate": ("preferred", "approved", "forbidden", "do-not-translate"),
        "termweb": ("preferred", "approved", "forbidden", "candidate"),
        "multiterm-tbx": ("preferred", "approved", "forbidden", "candidate", "do-not-translate"),
        "multiterm": ("preferred", "approved", "forbidden", "candidate", "do-not-translate"),
        "iate-tbx": ("preferred", "approved", "forbidden", "candidate"),
        "iate": ("preferred", "approved", "forbidden", "candidate"),
    }
    kept = {pair: status for pair, status in before.items() if status in keeps.get(name, ())}
    if name == "lokalise":  # a term has one row there
        kept = {pair: status for pair, status in kept.items() if pair[1] != "fogão"}
    assert {pair: read.get(pair) for pair in kept} == kept


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_left_out_is_named(tmp_path, name, caplog):
    with caplog.at_level(logging.WARNING):
        read = statuses(came_back(name, BAKERY, tmp_path / "a.csv"))
    said = "\n".join(caplog.messages)
    lost = {target for (_, target), status in statuses(BAKERY).items() if status != "rejected"}
    lost -= {target for _, target in read}
    assert [text for text in lost if text not in said] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_concept_without_the_second_language_is_counted(tmp_path, name, caplog):
    salt = Concept("c-sel", (Term("sel", "fr", "approved"), Term("salt", "en", "approved")))
    with caplog.at_level(logging.WARNING):
        write_concepts(tmp_path / "a.csv", [BAKERY[2], salt], format=name, direction=FR_PT)
    assert f"{tmp_path}/a.csv: left out 1 concept without a translation to offer" in caplog.messages


def test_crowdin_keeps_all_but_what_is_not_to_be_translated(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        read = came_back("crowdin", BAKERY, tmp_path / "a.csv")
    git = read[1].terms[1]
    assert (git.text, git.status) == ("GitHub", "preferred")
    assert (
        f"{tmp_path}/a.csv: wrote 1 term that must not be translated as preferred: GitHub" in caplog.messages
    )
    assert [*read[:1], *read[2:]] == [BAKERY[0], *BAKERY[2:5]]


def test_iate_has_a_term_a_row(tmp_path):
    read = came_back("iate", BAKERY, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[:3] == [
        "E_ID|E_DOMAINS|L_CODE|T_TERM|T_TYPE|T_RELIABILITY|T_EVALUATION",
        "c-four|boulangerie|fr|four à pain|Term|3|Admitted",
        "c-four|boulangerie|fr|four|Term|3|Admitted",
    ]
    assert [concept.id for concept in read] == [concept.id for concept in BAKERY[:5]]
    assert [term.text for term in read[0].terms] == [term.text for term in BAKERY[0].terms]


def test_memoq_has_synonyms_side_by_side_and_numbers(tmp_path):
    read = came_back("memoq", BAKERY, tmp_path / "a.csv")
    head, first, *_ = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith(
        "Entry_ID;Entry_Subject;Entry_Note;French_Def;French;Term_Info;French;Term_Info;Portuguese_Brazil_Def;"
    )
    assert first.startswith("1;boulangerie;vu par Rui;où l'on cuit le pain;four à pain;CasePermissive;four;")
    four = read[0]
    assert (four.definition, four.subject, four.note) == ("où l'on cuit le pain", "boulangerie", "vu par Rui")
    assert [term.status for term in four.terms] == ["approved"] * 4 + ["forbidden"]


def test_deepl_has_no_header_and_codes_in_capitals(tmp_path):
    came_back("deepl", BAKERY, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[
        0
    ] == "four à pain,forno a lenha,FR,PT-BR"


def test_multiterm_has_fields_and_numbers(tmp_path):
    read = came_back("multiterm", BAKERY, tmp_path / "a.xml")
    assert [concept.terms for concept in read] == [concept.terms for concept in BAKERY[:5]]
    assert [concept.id for concept in read] == ["1", "2", "3", "4", "5"]
    assert (read[0].definition, read[0].subject, read[0].note) == (
        BAKERY[0].definition,
        BAKERY[0].subject,
        BAKERY[0].note,
    )


def test_columns_that_a_concept_has_no_place_for_are_named_in_a_table_with_a_term_a_row(tmp_path, caplog):
    rows = "E_ID;L_CODE;T_TERM;Client;Example;Empty\n1;fr;pont;Rail;Le pont.;\n1;pt;ponte;;A ponte.;\n"
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    assert len(read_concepts(tmp_path / "a.csv")) == 1
    assert "a.csv: left out the columns Client, Example; a glossary has no place for them" in caplog.text


def test_multiterm_has_one_group_of_a_language_wherever_its_terms_stand(tmp_path):
    terms = [
        Term(text, language, "approved")
        for text, language in (("pont", "fr"), ("ponte", "pt"), ("viaduc", "fr"))
    ]
    write_concepts(tmp_path / "a.xml", [Concept("1", tuple(terms))], format="multiterm")
    assert (tmp_path / "a.xml").read_text(encoding="utf-8").count('<language type="French"') == 1


MULTITERM = """<mtf><conceptGrp><concept>12</concept><system type="entryClass">1</system>
<languageGrp><language type="German" lang="DE"/><termGrp><term>Mutter</term>
<descripGrp><descrip type="Part of Speech">Noun</descrip></descripGrp>
<descripGrp><descrip type="Status">Preferred</descrip></descripGrp></termGrp></languageGrp>
<languageGrp><language type="Spanish (Mexico)"/><termGrp><term>tuerca</term>
<descripGrp><descrip type="Gender">f</descrip></descripGrp>
<descripGrp><descrip type="Usage note">de hierro</descrip></descripGrp></termGrp>
<termGrp><term>rosca</term><descripGrp><descrip type="Status">Do not use</descrip></descripGrp></termGrp></languageGrp>
</conceptGrp></mtf>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_multiterm_xml_is_read_with_its_fields(tmp_path, encoding):
    path = tmp_path / "a.xml"
    path.write_bytes(f'<?xml version="1.0" encoding="{encoding.upper()}"?>\n{MULTITERM}'.encode(encoding))
    [concept] = read_concepts(path)
    assert concept.id == "12"
    assert concept.terms == (
        Term("Mutter", "de", "preferred", "noun"),
        Term("tuerca", "es-MX", "approved", gender="feminine", note="de hierro"),
        Term("rosca", "es-MX", "forbidden"),
    )


def test_a_status_of_a_whole_entry_is_that_of_its_terms(tmp_path):
    text = MULTITERM.replace(
        "<concept>12</concept>", '<concept>12</concept><system type="status">new</system>'
    )
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    [concept] = read_concepts(tmp_path / "a.xml")
    assert [term.status for term in concept.terms] == ["preferred", "candidate", "forbidden"]


def test_weblate_has_an_entry_for_each_pair(tmp_path):
    read = came_back("weblate", BAKERY, tmp_path / "a.tbx")
    assert [(concept.id, *[term.text for term in concept.terms]) for concept in read[:3]] == [
        ("c-four", "four à pain", "forno a lenha"),
        ("c-four-2", "four à pain", "forno de pão"),
        ("c-four-3", "four à pain", "fogão"),
    ]
    assert 'administrativeStatus">forbidden<' in (tmp_path / "a.tbx").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["termweb", "multiterm-tbx", "iate-tbx"])
def test_a_termbase_keeps_all_but_what_is_not_to_be_translated(tmp_path, name):
    read = [
        replace(concept, terms=tuple(replace(term, categories=()) for term in concept.terms))
        for concept in came_back(name, BAKERY, tmp_path / "a.tbx")
    ]
    assert [*read[:1], *read[2:]] == [BAKERY[0], *BAKERY[2:5]]


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_program_was_given_changes_nothing_when_it_is_imported_again(tmp_path, name):
    glossary = tmp_path / "glossary.tsv"
    write_concepts(glossary, BAKERY, direction=FR_PT)
    before = glossary.read_bytes()
    path = written(name, tmp_path / "a.csv")
    write_concepts(path, BAKERY, format=name, direction=FR_PT)
    imported = import_terms(path, glossary)
    assert imported.conflicts == ()
    assert glossary.read_bytes() == before


def test_a_semicolon_inside_quotes_parts_no_cells(tmp_path):
    bread = [Concept("1", (Term("pain", "fr", "approved"), Term("pão; broa", "pt-BR", "approved")))]
    assert statuses(came_back("deepl", bread, tmp_path / "a.csv")) == {("pain", "pão; broa"): "approved"}


def test_a_table_with_a_term_a_row_may_have_no_rows(tmp_path):
    nothing = [Concept("1", (Term("grange", "fr", "approved"), Term("celeiro", "pt-BR", "rejected")))]
    assert came_back("iate", nothing, tmp_path / "a.csv") == []


texts = (
    st.text(st.sampled_from("abcdé -'\";,|=œ"), min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split()))
    .filter(len)
)


@st.composite
def glossaries(draw):
    words = draw(st.lists(texts, min_size=4, max_size=10, unique_by=str.casefold))
    status = st.sampled_from(["candidate", "approved", "preferred", "forbidden", "rejected"])
    return [
        Concept(
            str(number + 1), (Term(f"x{source}", "fr", "approved"), Term(f"y{target}", "pt-BR", draw(status)))
        )
        for number, (source, target) in enumerate(zip(words[::2], words[1::2], strict=False))
    ]


@given(glossaries(), st.sampled_from(PROGRAMS))
def test_what_a_program_was_given_comes_back_the_same_and_goes_out_the_same(tmp_path_factory, glossary, name):
    path = tmp_path_factory.mktemp("programs") / "a.csv"
    before = statuses(glossary)
    if name in TERMBASES and not set(before.values()) & {"approved", "preferred", "forbidden"}:
        return  # TBX knows no empty glossary
    read = came_back(name, glossary, path)
    for pair, status in statuses(read).items():
        if "statuses" in HOLDS[name]:
            assert status == before[pair]
        assert status not in ("approved", "preferred") or before[pair] in ("approved", "preferred")
    path = written(name, path)
    first = path.read_bytes()
    write_concepts(path, read, format=name, direction=FR_PT)
    assert path.read_bytes() == first
