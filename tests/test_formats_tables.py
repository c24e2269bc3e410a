"""Tables: units and glossaries as TSV, CSV and OmegaT's; the decision file."""

import csv
from pathlib import Path

import pytest

from tm import bcp47
from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import (
    Filling,
    fill,
    glossary_direction,
    read_concepts,
    read_units,
    write_concepts,
    write_units,
)
from tm.model import Annotation, Concept, Context, Evidence, Segment, Term, Unit, Variant

SAMPLES = Path(__file__).parent / "samples/tables"


def pair(source, target, *annotations, attributes=()):
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))), attributes, annotations)


def texts(units):
    return [[(each.language, each.segment.text) for each in unit.variants] for unit in units]


def table(tmp_path, content, name="table.tsv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return path


# ------------------------------------------------------------------------------------------------- units


def test_named_columns_say_the_languages_and_the_properties():
    first, second = read_units(SAMPLES / "units.tsv")
    assert first == pair(
        "Le pont tient.",
        "A ponte resiste.",
        Annotation("prop", "pont.txt", "x-document"),
        Annotation("prop", "3", "x-line"),
        Annotation("note", "vérifié"),
    )
    assert second.pair("fr", "pt").target.text == '"Ele disse sim."'
    assert (second.pair("fr", "pt").document, second.pair("fr", "pt").line) == ("pont.txt", 4)


def test_two_columns_without_header_are_source_and_target_in_the_languages_found():
    units = list(read_units(SAMPLES / "pairs.tsv"))
    assert [bcp47.base(each.language) for each in units[0].variants] == ["fr", "pt"]
    assert [unit.variants[0].segment.text[:12] for unit in units] == ["Le pont tien", "Les ouvriers"]


def test_the_callers_languages_go_before_those_found():
    units = read_units(SAMPLES / "pairs.tsv", direction=Direction("fr-CA", "pt-PT"))
    assert [each.language for each in next(units).variants] == ["fr-CA", "pt-PT"]


def test_columns_in_one_language_are_not_taken_for_a_pair(tmp_path, caplog):
    path = table(tmp_path, "les ponts de la ville\tles maisons de la ville\n")
    assert [each.language for each in next(read_units(path)).variants] == ["fr", "und"]
    assert "the language of column 2 is not clear; say it with -s and -t" in caplog.text


def test_columns_beyond_the_second_are_notes(tmp_path):
    unit = next(read_units(table(tmp_path, "a\tb\tc\td\n"), direction=Direction("fr", "pt")))
    assert unit.annotations == (Annotation("note", "c"), Annotation("note", "d"))


def test_source_and_target_are_names_of_columns_too(tmp_path):
    path = table(tmp_path, "ID,Target,Source\n7,ponte,pont\n", "table.csv")
    (unit,) = read_units(path, direction=Direction("fr", "pt"))
    assert unit.attributes == (("tuid", "7"),)
    assert unit.pair("fr", "pt").source.text == "pont"


@pytest.mark.parametrize(
    ("head", "languages"),
    [
        ("Français;Português", ["fr", "pt"]),
        ("French;Portuguese (Brazil)", ["fr", "pt-BR"]),
        ("Fransk;portugués de Portugal", ["fr", "pt-PT"]),
        ("FRANCAIS;português brasileiro", ["fr", "pt-BR"]),
        ("Source;Deutsch", ["fr", "de"]),
        ("fr;Canadian French", ["fr", "fr-CA"]),
    ],
)
def test_names_of_languages_are_a_header(head, languages, tmp_path):
    path = table(tmp_path, f'\ufeff{head}\n"Le four; chaud et la pâte qui lève";x\n', "names.csv")
    (unit,) = read_units(path)
    assert [variant.language for variant in unit.variants] == languages


def test_a_language_and_its_name_in_another_one_are_a_term_and_its_translation(tmp_path):
    path = table(tmp_path, "French\tFrancês\nGerman\tAlemão\nPolish the shoes\tEngraxe os sapatos\n")
    assert len(list(read_units(path, direction=Direction("en", "pt")))) == 3


def test_a_quotation_mark_is_no_separator(tmp_path):
    path = table(tmp_path, 'sep="\nfr"pt\noui"sim\n', "a.csv")
    with pytest.raises(FormatError, match="one column"):
        list(read_units(path))


def test_an_excel_file_in_french_is_read(caplog):
    assert texts(read_units(SAMPLES / "semicolons-cp1252.csv")) == [
        [("fr", "élève"), ("pt-BR", "aluno à vista")],
        [("fr", 'dit "oui"; puis part'), ("pt-BR", 'disse "sim"; depois parte')],
    ]
    assert "not UTF-8, read as windows-1252" in caplog.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_encoding_and_the_separator_of_a_csv_are_found(encoding, delimiter, tmp_path):
    path = table(tmp_path, f"fr{delimiter}pt\r\nélève{delimiter}aluno\r\n", "table.csv", encoding)
    assert texts(read_units(path)) == [[("fr", "élève"), ("pt", "aluno")]]


@pytest.mark.parametrize("name", ["a.tsv", "a.csv"])
def test_lines_may_end_with_a_carriage_return_alone(name, tmp_path):
    mark = "\t" if name == "a.tsv" else ";"
    path = table(tmp_path, f"fr{mark}pt-BR\rOui{mark}Sim\rNon{mark}Não\r", name)
    assert list(read_units(path)) == [pair("Oui", "Sim"), pair("Non", "Não")]


def test_an_encoding_that_is_given_counts(tmp_path):
    path = table(tmp_path, "fr\tpl\npont\tśluza\n", encoding="iso-8859-2")
    assert texts(read_units(path, encoding="latin2")) == [[("fr", "pont"), ("pl", "śluza")]]


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64"])
def test_an_encoding_that_is_none_is_refused(encoding):
    with pytest.raises(FormatError, match=f"unknown encoding '{encoding}'"):
        list(read_units(SAMPLES / "units.tsv", encoding=encoding))


def test_bytes_that_the_encoding_lacks_have_a_line(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_bytes(b"fr\tpt\na\tb\n\xe9\tc\n")
    with pytest.raises(FormatError, match=r"table\.tsv:3:1: byte 0xE9 is not utf-8"):
        list(read_units(path, encoding="utf-8"))


def test_a_quoted_line_of_dialogue_keeps_its_quotes(tmp_path):
    path = table(tmp_path, 'fr\tpt\n"Bonjour !"\t"Olá!"\n"Il parle\t"Ele fala\nencore"\tainda"\n')
    assert [unit.variants[0].segment.text for unit in read_units(path)] == [
        '"Bonjour !"',
        '"Il parle',
        'encore"',
    ]


def test_a_cell_that_a_spreadsheet_quoted_is_unquoted(tmp_path):
    path = table(tmp_path, 'fr\tpt\n"Il dit ""oui"""\t"Ele diz ""sim"""\n')
    assert texts(read_units(path)) == [[("fr", 'Il dit "oui"'), ("pt", 'Ele diz "sim"')]]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.tsv", "fr\tpt\na\tb\tc\n", "2: 3 cells; the header has 2"),
        ("a.tsv", "a\tb\n\nc\n", "3: one column; source and target were expected"),
        ("a.tsv", "seul\n", "1: one column; source and target were expected, with a tab"),
        ("a.csv", 'fr,pt\na,"b\nc\nd,e\n', "2: a quotation mark is never closed"),
        ("a.csv", 'fr,pt\na,b\n"a"b,c\n', "3: "),
    ],
)
def test_a_faulty_row_has_a_line(name, content, fault, tmp_path):
    with pytest.raises(FormatError) as raised:
        list(read_units(table(tmp_path, content, name), direction=Direction("fr", "pt")))
    assert str(raised.value).startswith(f"{tmp_path / name}:{fault}")


def test_faulty_rows_are_gone_past_when_problems_are_collected(tmp_path):
    problems = []
    path = table(tmp_path, "fr\tpt\na\tb\tc\nd\te\n")
    assert texts(read_units(path, problems=problems)) == [[("fr", "d"), ("pt", "e")]]
    assert [problem.line for problem in problems] == [2]


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats._rows.MAX_CHARACTERS", 100_000)
    with pytest.raises(FormatError, match="this is no table"):
        list(read_units(table(tmp_path, "x" * 300_000)))


def test_what_a_spreadsheet_would_run_is_guarded_in_csv(tmp_path):
    formulas = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "plain"]
    path = tmp_path / "units.csv"
    write_units(path, [pair(formula, "x") for formula in formulas])
    with path.open(encoding="utf-8", newline="") as stream:
        cells = [row[0] for row in csv.reader(stream)][1:]
    assert [cell[0] in "=+-@\r" for cell in cells] == [False] * 8
    assert [unit.variants[0].segment.text for unit in read_units(path)] == formulas


def test_the_columns_are_the_languages_asked_for_and_what_the_units_say(tmp_path, caplog):
    units = [
        pair(
            "a",
            "b",
            Annotation("prop", "aligned", "x-origin"),
            Annotation("prop", "v", "Domain"),
            attributes=(("tuid", "1"),),
        ),
        Unit((Variant("en", Segment("c")), Variant("fr", Segment("d")))),
    ]
    path = tmp_path / "units.tsv"
    assert write_units(path, units, direction=Direction("pt-BR", "fr")) == 1
    assert path.read_text(encoding="utf-8") == "pt-BR\tfr\ttuid\torigin\tprop:Domain\nb\ta\t1\taligned\tv\n"
    assert "left out 1 unit without text in these languages" in caplog.text
    assert next(read_units(path)).annotations == units[0].annotations


def test_all_languages_are_columns_when_none_is_asked_for(tmp_path):
    units = [pair("a", "b"), Unit((Variant("en", Segment("c")), Variant("fr", Segment("d"))))]
    path = tmp_path / "units.csv"
    assert write_units(path, units) == 2
    assert path.read_bytes() == b"fr,pt-BR,en\r\na,b,\r\nd,,c\r\n"


def test_what_only_late_units_say_is_told(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("tm.formats._unit_rows.LOOKAHEAD", 1)
    write_units(tmp_path / "units.tsv", [pair("a", "b"), pair("c", "d", Annotation("note", "n"))])
    assert "left out 1 value of notes or properties that none of the first units has" in caplog.text


@pytest.mark.parametrize("name", ["a.tsv", "a.csv", "a.jsonl", "a.xlsx", "a.parquet"])
def test_a_second_text_in_one_language_has_no_column_and_is_told(tmp_path, caplog, name):
    texts = ("fr", "pont"), ("pt", "ponte"), ("pt", "viaduto")
    unit = Unit(tuple(Variant(language, Segment(text)) for language, text in texts))
    assert write_units(tmp_path / name, [unit]) == 1
    (read,) = read_units(tmp_path / name)
    assert [each.segment.text for each in read.variants] == ["pont", "ponte"]
    assert f"{name}: left out 1 text beside another in the same language" in caplog.text


def test_a_line_break_in_tsv_becomes_a_space_and_is_told(tmp_path, caplog):
    write_units(tmp_path / "units.tsv", [pair("a\r\nb", "c\td")])
    assert texts(read_units(tmp_path / "units.tsv")) == [[("fr", "a b"), ("pt-BR", "c d")]]
    assert "a line break or tab became a space in 2 cells; CSV keeps them" in caplog.text


# ------------------------------------------------------------------------------------------------- glossaries

PUCE = Concept(
    "puce",
    (
        Term("puce", "fr", "approved", "noun", "feminine"),
        Term("microprocesseur", "fr", "candidate", "noun", note="synonyme"),
        Term(
            "chip",
            "pt-BR",
            "preferred",
            "noun",
            "masculine",
            note="=attention",
            evidence=Evidence(
                7, 6, 5, 0.934, (), (Context("La puce chauffe.", "O chip esquenta.", "a.txt", 3),)
            ),
        ),
        Term("chips", "pt-BR", "forbidden", "noun"),
    ),
    definition="petit circuit",
    subject="informatique",
)
PILE = Concept("pile", (Term("pile", "fr", "candidate"), Term("pilha", "pt-BR", "rejected")))
ALONE = Concept("alone", (Term("sans traduction", "fr", "do-not-translate", kind="phrase"),), note="à voir")


@pytest.mark.parametrize("name", ["glossary.tsv", "glossary.csv"])
def test_the_decision_file_comes_back_whole(name, tmp_path):
    path = tmp_path / name
    assert write_concepts(path, [PUCE, PILE, ALONE], direction=Direction("fr", "pt-BR")) == 3
    assert read_concepts(path) == [PUCE, PILE, ALONE]


def test_the_decision_file_has_the_columns_agreed_on(tmp_path):
    path = tmp_path / "glossary.tsv"
    write_concepts(path, [PILE], direction=Direction("fr", "pt-BR"))
    assert path.read_text(encoding="utf-8").split("\n") == [
        "concept\tstatus\tfr\tpt-BR\tpart_of_speech\tgender\tkind\tcount\tconfidence\tdocument\tline\tsource_context\ttarget_context\tnote",
        "pile\trejected\tpile\tpilha" + "\t" * 10,
        "",
    ]


def test_what_a_person_wrote_into_the_decision_file_is_read():
    pont, pile = read_concepts(SAMPLES / "decisions.tsv")
    assert [(term.text, term.status) for term in pont.terms] == [
        ("pont", "approved"),
        ("ponte", "preferred"),
        ("viaduto", "forbidden"),
        ("passarela", "approved"),
    ]
    assert pont.of("pt")[0].evidence == Evidence(
        pair_count=3, confidence=0.93, contexts=(Context("Le pont tient.", "A ponte resiste."),)
    )
    assert pont.of("pt")[2].note == "ajouté à la main"
    assert [(term.text, term.status) for term in pile.terms] == [("pile", "candidate"), ("pilha", "rejected")]


def test_rows_without_a_concept_get_ids_of_their_own(tmp_path):
    path = table(
        tmp_path,
        "concept\tstatus\tfr\tpt\n1\tapproved\ta\tb\n\tapproved\tc\td\n2\tapproved\te\tf\n\t\tg\th\n",
    )
    assert [(c.id, c.terms[1].text, c.terms[1].status) for c in read_concepts(path)] == [
        ("1", "b", "approved"),
        ("3", "d", "approved"),
        ("2", "f", "approved"),
        ("4", "h", "candidate"),
    ]


def test_a_table_of_terms_without_statuses_is_approved(tmp_path):
    (concept,) = read_concepts(table(tmp_path, "pont\tponte\tgénie civil\n"), direction=Direction("fr", "pt"))
    assert [(term.text, term.language, term.status) for term in concept.terms] == [
        ("pont", "fr", "approved"),
        ("ponte", "pt", "approved"),
    ]
    assert concept.terms[1].note == "génie civil"


def test_the_wanted_languages_are_chosen_among_many_columns(tmp_path):
    path = table(tmp_path, "en\tpt-BR\tfr\nbridge\tponte\tpont\n")
    (concept,) = read_concepts(path, direction=Direction("fr", "pt"))
    assert [(term.text, term.language) for term in concept.terms] == [("pont", "fr"), ("ponte", "pt-BR")]
    with pytest.raises(FormatError, match=r": 0 of 1 terms are in de; found: en, pt-BR, fr$"):
        read_concepts(path, direction=Direction("de"))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            "1\tok\ta\tb\t1",
            "2: status 'ok' is none of candidate, approved, preferred, rejected, forbidden, do-not-translate",
        ),
        ("1\tapproved\ta\tb\tmany", "2: count 'many' is no number"),
        ("1\tapproved\ta\tb\t-1", "2: count '-1' is no number"),
        ("1\tapproved\ta\tb\t1\t1.2", "2: confidence '1.2' is no number from 0 to 1"),
        ("1\tapproved\ta\tb\t1\tnan", "2: confidence 'nan' is no number from 0 to 1"),
        (
            "1\tapproved\ta\tb\t1\t\tok",
            "2: source_status 'ok' is none of candidate, approved, preferred, rejected, forbidden, do-not-translate",
        ),
        ("1\tapproved\t\t\t1", "2: no term in either language"),
    ],
)
def test_a_decision_that_is_none_has_a_line(row, fault, tmp_path):
    path = table(tmp_path, f"concept\tstatus\tfr\tpt\tcount\tconfidence\tsource_status\n{row}\n")
    with pytest.raises(FormatError) as raised:
        read_concepts(path)
    assert str(raised.value) == f"{path}:{fault}"
    problems = []
    assert read_concepts(path, problems=problems) == []
    assert len(problems) == 1


def test_terms_in_a_third_language_are_told(tmp_path, caplog):
    concept = Concept("1", (Term("pont", "fr"), Term("ponte", "pt"), Term("bridge", "en")))
    write_concepts(tmp_path / "glossary.tsv", [concept])
    assert "left out 1 term in other languages than fr and pt" in caplog.text


def test_the_languages_of_a_glossary_are_those_of_its_first_terms():
    assert glossary_direction([PUCE]) == Direction("fr", "pt-BR")
    assert glossary_direction([PUCE], direction=Direction(target="fr")) == Direction("pt-BR", "fr")
    assert glossary_direction([]) == Direction("und", "und")


@pytest.mark.parametrize("first", ["mer\tmar", "son\tsom", "ton\ttom", "si\tse", "fin\tfim", "an\tano"])
@pytest.mark.parametrize("asked", [Direction(), Direction("fr", "pt")])
def test_a_first_row_of_short_words_is_no_header(tmp_path, first, asked):
    rows = "la rive gauche du fleuve\ta margem esquerda do rio\nun pain de seigle\tum pão de centeio\n"
    (concept, *_) = read_concepts(table(tmp_path, f"{first}\n{rows}", "a.tsv"), direction=asked)
    assert [term.text for term in concept.terms] == first.split("\t")


@pytest.mark.parametrize("head", ["fr\tpt", "de\ten", "no\tda", "es\tla", "oc\tca", "fra\tpor", "pt\tmwl"])
def test_codes_over_texts_that_say_little_are_a_header(tmp_path, head):
    concepts = read_concepts(table(tmp_path, f"{head}\nOK\tOK\nX2\tX2\n", "a.tsv"))
    assert all(term.text in ("OK", "X2") for concept in concepts for term in concept.terms)


def test_omegats_glossary_has_no_header_and_comments():
    concepts = read_concepts(SAMPLES / "omegat.tab", direction=Direction("fr", "pt"))
    assert [[term.text for term in concept.terms] for concept in concepts] == [
        ["pont", "ponte"],
        ["culée", "encontro"],
    ]
    assert concepts[0].terms[1].note == "génie civil"


def test_omegat_is_offered_what_may_be_used_only(tmp_path, caplog):
    path = tmp_path / "glossary.utf8"
    assert write_concepts(path, [PUCE, PILE, ALONE], direction=Direction("fr", "pt-BR")) == 1
    assert path.read_text(encoding="utf-8") == (
        "puce\tchip\t[preferred] =attention\nmicroprocesseur\tchip\t[preferred] =attention\n"
    )
    assert "left out 2 concepts without a translation to offer" in caplog.text


@pytest.mark.parametrize("status", ["candidate", "approved", "preferred", "do-not-translate"])
@pytest.mark.parametrize("name", ["glossary.utf8", "glossary.txt"])
def test_a_status_comes_back_from_omegats_comments(tmp_path, status, name):
    path, source = tmp_path / name, "candidate" if status == "candidate" else "approved"
    terms = Term("puce", "fr", source), Term("chip", "pt-BR", status, note="[sic] de silício")
    write_concepts(path, [Concept("1", terms)], direction=Direction("fr", "pt-BR"))
    assert read_concepts(path, direction=Direction("fr", "pt-BR"))[0].terms == terms


def test_a_line_of_omegats_glossary_without_a_tab_has_a_place(tmp_path):
    with pytest.raises(FormatError, match=r"glossary\.utf8:2: a source and a target term were expected"):
        read_concepts(table(tmp_path, "a\tb\nc\n", "glossary.utf8"), direction=Direction("fr", "pt"))


# ------------------------------------------------------------------------------------------------- filling

FILLINGS = [Filling(Segment("Sim; claro."), 100, "m.tm"), None, Filling(Segment("Não."), 80)]


def filled(tmp_path, name, content, **options):
    path, out = tmp_path / name, tmp_path / f"out-{name}"
    path.write_bytes(content.encode())
    assert fill(path, out, FILLINGS, **options) == 2
    return out.read_bytes().decode()


def test_a_filled_table_says_percent_and_origin_in_columns(tmp_path):
    table = "id\tfr\tpt-BR\n1\tOui.\n\t\t\n2\tEh.\tÉ.\n3\tNon.\t\n"
    assert filled(tmp_path, "a.tsv", table) == (
        "id\tfr\tpt-BR\tmatch\tmatch-origin\n1\tOui.\tSim; claro.\t100\tm.tm\n\t\t\n2\tEh.\tÉ.\n3\tNon.\tNão.\t80\t\n"
    )


def test_a_filled_table_keeps_its_separator_and_its_columns(tmp_path):
    table = "match;source;target\r\n;Oui.;\r\n5;Eh.;É.\r\n;Non.;\r\n"
    assert filled(tmp_path, "a.csv", table) == (
        'match;source;target;match-origin\r\n100;Oui.;"Sim; claro.";m.tm\r\n5;Eh.;É.\r\n80;Non.;Não.;\r\n'
    )


def test_a_table_without_header_is_filled_and_not_marked(tmp_path):
    table = "Oui.\t\nEh.\tÉ.\nNon.\t\n"
    assert filled(tmp_path, "a.tsv", table) == "Oui.\tSim; claro.\nEh.\tÉ.\nNon.\tNão.\n"


def test_the_column_of_the_language_asked_for_is_filled(tmp_path):
    table = "pt-PT\tfr\tpt-BR\nA\tOui.\t\nB\tEh.\tÉ.\nC\tNon.\t\n"
    rows = filled(tmp_path, "a.tsv", table, direction=Direction(target="pt-BR")).split("\n")
    assert [row.split("\t")[:3] for row in rows[1:4]] == [
        ["A", "Oui.", "Sim; claro."],
        ["B", "Eh.", "É."],
        ["C", "Non.", "Não."],
    ]


def test_lines_are_filled_and_keep_their_ends(tmp_path):
    assert filled(tmp_path, "a.txt", "  Oui.\r\n\r\nEh.\rNon.") == "  Sim; claro.\r\n\r\nEh.\rNão."


@pytest.mark.parametrize(
    ("column", "context"), [("source_context", ("Le pont.", "")), ("target_context", ("", "A ponte."))]
)
def test_a_term_with_a_context_in_one_language_keeps_it(column, context, tmp_path):
    path = tmp_path / "terms.tsv"
    path.write_text(f"fr\tpt\t{column}\npont\tponte\t{''.join(context)}\n", encoding="utf-8")
    (concept,) = read_concepts(path)
    assert concept.terms[1].evidence.contexts == (Context(*context),)


def test_terms_of_two_columns_whose_languages_are_not_clear_are_both_there(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("x9,y9\n77,mm\n", encoding="utf-8")
    assert [[term.text for term in concept.terms] for concept in read_concepts(path)] == [
        ["x9", "y9"],
        ["77", "mm"],
    ]


def test_the_target_alone_is_the_last_column(tmp_path):
    texts = Variant("pt", Segment("Sim.")), Variant("fr", Segment("Oui.")), Variant("es", Segment("Sí."))
    write_units(tmp_path / "a.tsv", [Unit(texts)], direction=Direction("", "pt"))
    assert (tmp_path / "a.tsv").read_text(encoding="utf-8").splitlines()[0] == "fr\tes\tpt"
