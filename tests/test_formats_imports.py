"""Glossaries as people get them: other languages, orders, heads, encodings. Each is read as it is meant, or refused."""

import logging

import pytest

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import read_concepts, read_units
from tm.work.importing import import_terms

LONG_IATE = (
    "E_ID|E_DOMAINS|L_CODE|T_TERM|T_TYPE|T_RELIABILITY|T_EVALUATION\n"
    "3531|énergie|de|Windrad|Term|3|\n"
    "3531|énergie|es|aerogenerador|Term|4|Preferred\n"
    "3531|énergie|es|molino eólico|Term|2|Deprecated\n"
    "88|énergie|es|red|Term|1|\n"
    "88|énergie|de|Netz|Term|3|Admitted\n"
)
TABLES = {
    "IATE, a term a row": (
        ("de", "es"),
        LONG_IATE,
        [
            ("Windrad", "aerogenerador", "preferred"),
            ("Windrad", "molino eólico", "forbidden"),
            ("Netz", "red", "candidate"),
        ],
    ),
    "a term a row with names of languages": (
        ("it", "fr"),
        "Concept ID;Language;Term;Status\n1;Italian;chiave;Preferred\n1;French;clé;Obsolete\n2;French;écrou;\n2;Italian;dado;\n",
        [("chiave", "clé", "forbidden"), ("dado", "écrou", "candidate")],
    ),
    "memoQ with synonyms side by side": (
        ("en", "de"),
        (
            "Entry_ID;Entry_Note;English;Term_Info;German;Term_Info;German;Term_Info\n"
            "7;;wrench;CasePermissive;Schlüssel;CasePermissive;Engländer;CasePermissive;Forbidden\n"
            "8;;nut;;Mutter;;;\n"
        ),
        [
            ("wrench", "Schlüssel", "approved"),
            ("wrench", "Engländer", "approved"),
            ("nut", "Mutter", "approved"),
        ],
    ),
    "memoQ that forbids a synonym": (
        ("en", "de"),
        (
            "Entry_ID;English;Term_Info;German;Term_Info;German;Term_Info\n"
            "7;wrench;CasePermissive;Schlüssel;HalfPrefix;Engländer;CasePermissive HalfPrefix Forbidden\n"
        ),
        [("wrench", "Schlüssel", "approved"), ("wrench", "Engländer", "forbidden")],
    ),
    "DeepL with relevance": (
        ("de", "it"),
        "Mutter,dado,DE,IT,0.9\nSchraube,vite,DE,IT,0.4\n",
        [("Mutter", "dado", "approved"), ("Schraube", "vite", "approved")],
    ),
    "DeepL in Spanish and English": (
        ("es", "en"),
        "llave,wrench,ES,EN-GB\ntuerca,nut,ES,EN-GB\n",
        [("llave", "wrench", "approved"), ("tuerca", "nut", "approved")],
    ),
    "Google, the target first": (
        ("fr", "it"),
        "it,description,pos,fr\ndado,filettato,noun,écrou\n",
        [("écrou", "dado", "approved")],
    ),
    "names of languages in German": (
        ("de", "fr"),
        "Französisch;Bemerkung;Deutsch\nécrou;;Mutter\n",
        [("Mutter", "écrou", "approved")],
    ),
    "names with regions": (
        ("es-MX", "en-US"),
        "English (US)\tSpanish (Mexico)\nnut\ttuerca\n",
        [("tuerca", "nut", "approved")],
    ),
    "a status in French": (
        ("fr", "es"),
        "Français;Espagnol;Statut\nécrou;tuerca;approuvé\nvis;clavo;à éviter\nclé;llave;proposé\n",
        [("écrou", "tuerca", "approved"), ("vis", "clavo", "forbidden"), ("clé", "llave", "candidate")],
    ),
    "a status in Portuguese": (
        ("pt", "en"),
        "Português;Inglês;Estado\nporca;nut;Aprovado\nparafuso;nail;Não usar\n",
        [("porca", "nut", "approved"), ("parafuso", "nail", "forbidden")],
    ),
    "a status in German": (
        ("de", "en"),
        "Deutsch;Englisch;Status\nMutter;nut;Vorzugsbenennung\nSchraube;nail;unzulässig\n",
        [("Mutter", "nut", "preferred"), ("Schraube", "nail", "forbidden")],
    ),
    "Phrase, flags of each language": (
        ("en", "cs"),
        (
            "CID,en,en_forbidden,cs,cs_preferred,cs_forbidden,cs_status\n"
            "1,nut,FALSE,matka,TRUE,FALSE,Approved\n1,nut,FALSE,matice,FALSE,TRUE,Approved\n2,screw,FALSE,šroub,FALSE,FALSE,New\n"
        ),
        [("nut", "matka", "preferred"), ("nut", "matice", "forbidden"), ("screw", "šroub", "candidate")],
    ),
    "Phrase Strings": (
        ("en", "pl"),
        "term,case sensitive,translatable,description,en,pl\nnut,false,true,a part,nut,nakrętka\nAcme,true,false,,Acme,Acme\n",
        [("nut", "nakrętka", "approved"), ("Acme", "Acme", "do-not-translate")],
    ),
    "Crowdin with concepts": (
        ("en", "nl"),
        (
            "Concept ID,Concept Definition,Term [en],Status [en],Term [nl],Status [nl]\n4,part,nut,preferred,moer,preferred\n"
            "4,part,,,noot,obsolete\n"
        ),
        [("nut", "moer", "preferred"), ("nut", "noot", "forbidden")],
    ),
    "Lokalise in Danish": (
        ("en", "da"),
        (
            "term;description;casesensitive;translatable;forbidden;tags;en;en_description;da;da_description\n"
            "nut;a part;no;yes;no;;nut;;møtrik;\nnail;;no;yes;yes;;nail;;søm;\n"
        ),
        [("nut", "møtrik", "approved"), ("nail", "søm", "forbidden")],
    ),
    "Weblate with needs editing": (
        ("en", "sv"),
        (
            "location,source,target,id,fuzzy,context,translator_comments,developer_comments\n"
            ",nut,mutter,,,,,\n,screw,skruv,,True,,sure?,\n"
        ),
        [("nut", "mutter", "approved"), ("screw", "skruv", "candidate")],
    ),
    "a line with the separator and names": (
        ("it", "de"),
        "sep=|\nItaliano|Tedesco\ndado|Mutter\n",
        [("dado", "Mutter", "approved")],
    ),
    "two columns without a header": (
        ("es", "it"),
        "tuerca,dado\ntornillo,vite\n",
        [("tuerca", "dado", "approved"), ("tornillo", "vite", "approved")],
    ),
    "words that are codes of languages": (
        ("en", "es"),
        "sea,mar\nsky,cielo\n",
        [("sea", "mar", "approved"), ("sky", "cielo", "approved")],
    ),
    "two words that are languages too": (
        ("en", "es"),
        "polish,pulir\ndanish,pastel danés\n",
        [("polish", "pulir", "approved"), ("danish", "pastel danés", "approved")],
    ),
    "languages in brackets and beside words": (
        ("fr", "pt"),
        "Source (FR),PT term,pt-BR usage status\nécrou,porca,Do Not Use\n",
        [("écrou", "porca", "forbidden")],
    ),
    "what is not validated": (
        ("fr", "pt"),
        "Français;Portugais;Validé\nécrou;porca;non\nvis;parafuso;oui\nclou;prego;\n",
        [("écrou", "porca", "candidate"), ("vis", "parafuso", "approved"), ("clou", "prego", "candidate")],
    ),
    "what is deprecated": (
        ("en", "it"),
        "English term,Italian term,Deprecated\nnut,noce,true\nnut,dado,false\n",
        [("nut", "noce", "forbidden"), ("nut", "dado", "approved")],
    ),
    "a status under a head of its own": (
        ("en", "it"),
        "en,it,Verwendung\nnut,noce,verboten\nnut,dado,freigegeben\n",
        [("nut", "noce", "forbidden"), ("nut", "dado", "approved")],
    ),
    "a status without a header": (
        ("en", "it"),
        "nut,noce,forbidden\nnut,dado,approved\n",
        [("nut", "noce", "forbidden"), ("nut", "dado", "approved")],
    ),
    "what is not to be translated": (
        ("en", "it"),
        "en,it,DNT,Case sensitive\nAcme,Acme,yes,yes\nnut,dado,no,no\n",
        [("Acme", "Acme", "do-not-translate"), ("nut", "dado", "approved")],
    ),
    "a new status that is of no language": (
        ("en", "it"),
        "en,it,New Status\nnut,noce,Banned\nnut,dado,Allowed\n",
        [("nut", "noce", "forbidden"), ("nut", "dado", "approved")],
    ),
    "a flag behind the codes of the languages": (
        ("en", "fr"),
        "Source,Target,Source language,Target language,Forbidden\nnut,noix,en,fr,1\nnut,écrou,en,fr,0\n",
        [("nut", "noix", "forbidden"), ("nut", "écrou", "approved")],
    ),
    "a status behind the codes of the languages": (
        ("en", "fr"),
        "nut,noix,en,fr,forbidden\nnut,écrou,en,fr,approved\n",
        [("nut", "noix", "forbidden"), ("nut", "écrou", "approved")],
    ),
    "flags of Weblate": (
        ("en", "fr"),
        'source,target,flags\nAcme,Acme,"terminology,read-only"\nnut,noix,"terminology,forbidden"\n',
        [("Acme", "Acme", "do-not-translate"), ("nut", "noix", "forbidden")],
    ),
    "Transifex": (
        ("en", "fr"),
        "term,pos,comment,translation_fr,comment_fr\nnut,Noun,part,écrou,hé\n",
        [("nut", "écrou", "approved")],
    ),
    "Lingohub": (
        ("en", "fr"),
        "entryId,entryTranslatable,term,termLocale,termIsSource\n1,true,nut,en,true\n1,true,écrou,fr,false\n",
        [("nut", "écrou", "approved")],
    ),
    "a title above the table": (
        ("en", "it"),
        "Glossary of ironware,,\n,,\nEnglish,Italiano,Status\nnut,noce,avoid\n",
        [("nut", "noce", "forbidden")],
    ),
    "a forbidden flag that is no yes": (
        ("en", "fr"),
        "en,fr,forbidden\nnut,écrou,maybe\nscrew,vis,no\nnail,clou,oui\n",
        [("nut", "écrou", "candidate"), ("screw", "vis", "approved"), ("nail", "clou", "forbidden")],
    ),
}


def pairs(concepts, source):
    return [
        (concept.of(source)[0].text, term.text, term.status)
        for concept in concepts
        for term in concept.terms
        if term not in concept.of(source)
    ]


@pytest.mark.parametrize("kind", TABLES)
def test_the_table_of_another_program_in_other_languages_is_read_as_it_is_meant(tmp_path, kind):
    (source, target), text, meant = TABLES[kind]
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert pairs(read_concepts(tmp_path / "a.csv", direction=Direction(source, target)), source) == meant


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_the_encoding_of_a_glossary_of_another_program_is_found(tmp_path, encoding, delimiter):
    text = "Français;Deutsch;Statut\nécrou;Mutter;préféré\nclé;Schlüssel;à éviter\n".replace(";", delimiter)
    content = ("\ufeff" if encoding == "utf-16-le" else "") + text
    (tmp_path / "a.csv").write_bytes(content.encode(encoding))
    concepts = read_concepts(tmp_path / "a.csv", direction=Direction("fr", "de"))
    assert pairs(concepts, "fr") == [("écrou", "Mutter", "preferred"), ("clé", "Schlüssel", "forbidden")]


def test_a_flag_that_is_neither_yes_nor_no_is_named(tmp_path, caplog):
    (tmp_path / "a.csv").write_text("en,fr,forbidden\nnut,écrou,maybe\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        read_concepts(tmp_path / "a.csv")
    assert caplog.messages == [f"{tmp_path}/a.csv:2: status 'maybe' is not known; its terms are candidates"]


def test_a_term_a_row_keeps_its_ids_and_what_is_said_of_the_concept(tmp_path):
    (tmp_path / "a.csv").write_text(LONG_IATE, encoding="utf-8")
    first, second = read_concepts(tmp_path / "a.csv")
    assert (first.id, first.subject, second.id) == ("3531", "énergie", "88")


def test_a_table_of_several_directions_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("nut,écrou,EN,FR\nvis,screw,FR,EN\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.csv:2: rows of several directions \(en → fr, fr → en\)"):
        read_concepts(tmp_path / "a.csv")


def test_what_only_glossaries_have_keeps_a_table_a_glossary_when_it_is_converted(tmp_path):
    from tm.work.conversion import convert

    (tmp_path / "a.csv").write_text("en,it,Do not use\nnut,noce,x\nnut,dado,\n", encoding="utf-8")
    convert(tmp_path / "a.csv", tmp_path / "a.tbx")
    assert pairs(read_concepts(tmp_path / "a.tbx"), "en") == [
        ("nut", "noce", "forbidden"),
        ("nut", "dado", "approved"),
    ]


def test_a_term_a_row_without_a_concept_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("language,term\nen,nut\nfr,écrou\n", encoding="utf-8")
    with pytest.raises(FormatError, match="a column headed Concept ID was expected"):
        read_concepts(tmp_path / "a.csv", direction=Direction("en", "fr"))


def test_two_columns_of_the_language_asked_for_are_refused(tmp_path):
    (tmp_path / "a.csv").write_text("fr,fr,note\npont,viaduc,x\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.csv:1: two columns are headed fr"):
        read_concepts(tmp_path / "a.csv", direction=Direction("fr"))


def test_an_identifier_beside_two_columns_of_one_language_is_no_language(tmp_path):
    (tmp_path / "a.csv").write_text("id,fr,fr\n1,pont,viaduc\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.csv:1: two columns are headed fr"):
        list(read_units(tmp_path / "a.csv", direction=Direction("fr", "pt")))


@pytest.mark.parametrize(
    "header", ["concept\tstatus\tfr\tpt-BR", "concept\tstatus\tfr\tpt-BR\tnote", "id\tstatus\tes\ten"]
)
def test_the_header_of_a_glossary_without_rows_is_no_term(tmp_path, header):
    path = tmp_path / "glossary.tsv"
    path.write_text(f"{header}\n", encoding="utf-8")
    assert list(read_concepts(path)) == []


@pytest.mark.parametrize(
    "header", ["French (fr),Spanish (es)", "Term,Spanish [es-MX],Comment", "Português (pt_BR),Inglés (en)"]
)
def test_a_name_of_a_language_with_its_code_heads_a_column(tmp_path, header):
    (tmp_path / "a.csv").write_text(
        f"{header}\nrío,rivière,x\n".replace(",x", ",x" * header.count("Comment")), encoding="utf-8"
    )
    assert [concept.terms[0].text for concept in read_concepts(tmp_path / "a.csv")] == ["río"]


def test_two_rows_that_contradict_each_other_are_named_with_both_lines(tmp_path, caplog):
    path = tmp_path / "client.csv"
    rows = "seigle,centeio,approved", "four,forno,approved", "seigle,centeio,forbidden", "four,forno,approved"
    path.write_text("\n".join(("fr,pt-BR,status", *rows)), encoding="utf-8")
    done = import_terms(path, tmp_path / "glossary.tsv")
    assert done.contradictions == ("centeio is forbidden; line 2 says approved, which holds",)
    assert "client.csv:4: centeio is forbidden; line 2 says approved" in caplog.text


def test_third_languages_of_a_table_are_named(tmp_path, caplog):
    path = tmp_path / "client.csv"
    path.write_text("fr,pt-BR,en\nseigle,centeio,rye\n", encoding="utf-8")
    read_concepts(path)
    assert "left out the terms in en" in caplog.text


def test_what_crowdin_says_of_a_concept_holds_for_its_terms(tmp_path):
    path = tmp_path / "crowdin.csv"
    heads = "Concept ID,Concept Translatable,Term [fr],Status [fr],Term [pt-BR],Status [pt-BR]"
    rows = (
        "2,no,GitHub,preferred,GitHub,preferred",
        "4,no,Git,preferred,Gite,not recommended",
        "6,yes,sel,,sal,admitted",
    )
    path.write_text("\n".join((heads, *rows)), encoding="utf-8")
    statuses = [term.status for concept in read_concepts(path) for term in concept.of("pt-BR")]
    assert statuses == ["do-not-translate", "forbidden", "approved"]
