"""What checks need that no labelled segment shows: glossaries, codes, several segments; and tm check. The cases: contract/."""

import json
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner

from tm.checks import run_checks
from tm.cli import group
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.model import Code, Concept, Pair, Segment, Term
from tm.work.checking import check_files
from tm.work.jobs import read_job


def pair(source, target):
    return Pair(Segment(source), Segment(target))


def test_a_finding_says_where_it_is():
    there = Pair(Segment("En 2018."), Segment("Em 2008."), document="news.tsv", line=14)
    (finding,) = run_checks([pair("Oui.", "Sim."), there], Direction("fr", "pt"), only=["number"])
    assert (finding.file, finding.line, finding.segment) == ("news.tsv", 14, 2)


def test_a_direction_may_be_said_by_its_two_tags():
    pairs = [pair("Il reste 12 pages.", "Restam 13 páginas.")]
    assert run_checks(pairs, "fr", "pt-BR") == run_checks(pairs, Direction("fr", "pt-BR")) != []


def test_findings_come_in_the_order_of_segments():
    pairs = [pair("Le pont.", "A ponte"), pair("Le 5 mai.", "Em 6 de maio")]
    assert [(f.segment, f.check) for f in run_checks(pairs, Direction("fr", "pt"))] == [
        (1, "punctuation"),
        (2, "number"),
        (2, "punctuation"),
    ]


def test_a_misspelt_check_is_answered_with_the_nearest():
    with pytest.raises(OptionError, match="did you mean number"):
        run_checks([], only=["numbr"])


def test_a_safe_fix_is_the_whole_corrected_translation():
    fixes = {
        ("Ouvrez la porte.", "Abra a a porta."): "Abra a porta.",
        ("Nom : ", "Nome:"): "Nome: ",
        ("Ouvrir", "abrir"): "Abrir",
    }
    for texts, mended in fixes.items():
        suggestions = [
            f.suggestion for f in run_checks([pair(*texts)], Direction("fr", "pt")) if f.suggestion
        ]
        assert suggestions == [mended]


# ------------------------------------------------------------------------------------------------- codes


def bold(text, kind="bpt", content="<b>"):
    return Segment(text, (Code(0, "open", kind, content=Segment(content)), Code(len(text), "close", "ept")))


def test_inline_codes_are_compared_by_what_they_contain():
    assert run_checks([Pair(bold("le pont"), bold("a ponte"))], only=["code"]) == []
    (finding,) = run_checks([Pair(bold("le pont"), bold("a ponte", content="<i>"))], only=["code"])
    assert finding.message == "inline code <b> in the source, <i> in the translation"


def test_a_lost_inline_code_is_an_error():
    (finding,) = run_checks([Pair(bold("le pont"), Segment("a ponte"))], only=["code"])
    assert finding.severity == "error"
    assert "of the source is not in the translation" in finding.message


def test_codes_without_content_are_compared_by_their_number():
    one, other = (Segment("a", (Code(0, "alone", "x", (("id", number),)),)) for number in "12")
    assert run_checks([Pair(one, one)], only=["code"]) == []
    (finding,) = run_checks([Pair(one, other)], only=["code"])
    assert finding.message == "inline code <x 1> in the source, <x 2> in the translation"


# ------------------------------------------------------------------------------------------------- consistency


def test_the_same_source_translated_in_two_ways_is_a_warning_at_the_second():
    pairs = [pair("Ouvrir", "Abrir"), pair("Fermer", "Fechar"), pair("ouvrir", "Iniciar")]
    (finding,) = run_checks(pairs, Direction("fr", "pt"), only=["inconsistent"])
    assert (finding.segment, finding.message) == (3, "translated otherwise in segment 1: Abrir")


# ------------------------------------------------------------------------------------------------- terms


def concept(source, *targets, status="approved"):
    terms = [Term(text, "pt-BR", status=state) for text, state in targets]
    return Concept("1", (Term(source, "fr", status=status), *terms))


def term_findings(source, target, *concepts):
    return run_checks([pair(source, target)], Direction("fr", "pt-BR"), concepts=concepts, only=["term"])


def test_a_term_is_known_in_any_inflexion_on_both_sides():
    bridge = concept("pont mobile", ("ponte móvel", "approved"))
    assert term_findings("Les ponts mobiles s'ouvrent.", "As pontes móveis se abrem.", bridge) == []


def test_a_missing_term_is_a_warning_that_shows_what_stands_instead():
    learning = concept("apprentissage profond", ("aprendizado profundo", "approved"))
    (finding,) = term_findings("L'apprentissage profond.", "A aprendizagem profunda.", learning)
    assert finding.severity == "warning"
    assert finding.message == (
        "term apprentissage profond must be aprendizado profundo; found aprendizagem profunda"
    )


def test_a_forbidden_form_is_an_error():
    file = concept("fichier", ("arquivo", "preferred"), ("ficheiro", "forbidden"))
    (finding,) = term_findings("Ouvrez les fichiers.", "Abra os ficheiros.", file)
    assert (finding.severity, finding.message) == (
        "error",
        "term fichier must be arquivo; ficheiros is forbidden",
    )


def test_any_of_several_allowed_terms_will_do():
    car = concept("voiture", ("carro", "approved"), ("automóvel", "approved"))
    assert term_findings("La voiture.", "O automóvel.", car) == []


def test_a_term_that_stands_too_seldom_is_counted():
    bridge = Concept("1", (Term("pont", "fr"), Term("ponte", "pt", status="approved")))
    (finding,) = run_checks(
        [pair("Le pont, un pont.", "A ponte, ela.")], Direction("fr", "pt"), concepts=[bridge], only=["term"]
    )
    assert (finding.severity, finding.message) == ("info", "term pont: ponte stands 1 of 2 times")


def test_a_glossary_in_other_languages_names_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.tsv").write_text("fr\tpt-BR\nLe pont.\tO arco.\n", encoding="utf-8")
    (tmp_path / "other.tsv").write_text("de\ten\tstatus\nBrücke\tbridge\tapproved\n", encoding="utf-8")
    assert CliRunner().invoke(group, ["convert", "other.tsv", "other.tbx"]).exit_code == 0
    with pytest.raises(FormatError, match="0 of 1 concepts are fr → pt-BR; found: de, en"):
        check_files(["job.tsv"], glossary="other.tbx")
    (tmp_path / "names.tsv").write_text("fr\tstatus\nPont-Neuf\tdo-not-translate\n", encoding="utf-8")
    assert check_files(["job.tsv"], glossary="names.tsv").findings == ()


def test_a_term_not_to_be_translated_must_stand_as_it_is():
    name = Concept("1", (Term("Pont-Neuf", "fr", status="do-not-translate"),))
    assert term_findings("Le Pont-Neuf.", "A Pont-Neuf.", name) == []
    (finding,) = term_findings("Le Pont-Neuf.", "A Ponte Nova.", name)
    assert finding.severity == "error"


def test_rejected_terms_are_no_glossary():
    rejected = concept("pont", ("viaduto", "rejected"))
    assert term_findings("Le pont.", "A ponte.", rejected) == []


def test_a_term_that_stands_twice_must_be_rendered_twice():
    bridge = concept("pont", ("ponte", "approved"))
    assert len(term_findings("Un pont après un pont.", "Uma ponte depois de um viaduto.", bridge)) == 1


# ------------------------------------------------------------------------------------------------- the command


def run(*arguments):
    return CliRunner().invoke(group, ["check", *arguments])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    head = "fr\tpt-BR\n"
    (tmp_path / "a.tsv").write_text(head + "Le pont.\tA ponte.\nEn 2018.\tEm 2008.\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text(head + "La rive.\tA margem\n", encoding="utf-8")
    return tmp_path


def test_findings_are_lines_numbered_by_file(folder):
    shown = run("a.tsv", "b.tsv")
    assert shown.exit_code == 1
    assert shown.stdout == (
        "a.tsv:3: error: number 2018 in the source, 2008 in the translation [number] En 2018. → Em 2008.\n"
        "b.tsv:2: warning: ends with no mark, the source with . [punctuation] La rive. → A margem\n"
    )
    assert shown.stderr == "3 segments: 1 error, 1 warning\n"


def test_warnings_fail_nothing(folder):
    assert run("b.tsv").exit_code == 0


def test_json_holds_every_finding(folder):
    fields = json.loads(run("a.tsv", "b.tsv", "--json").stdout)
    assert (fields["schema"], fields["segments"]) == (1, 3)
    assert [(each["check"], each["file"], each["segment"]) for each in fields["findings"]] == [
        ("number", "a.tsv", 2),
        ("punctuation", "b.tsv", 1),
    ]


def test_junit_names_every_check_that_was_run(folder):
    run("a.tsv", "--only", "number,space", "--junit", "out.xml")
    suite = ET.parse(folder / "out.xml").getroot()
    assert [(case.get("name"), len(case)) for case in suite] == [("number", 1), ("space", 0)]


def test_what_xml_cannot_hold_does_not_break_junit(folder):
    (folder / "a.tsv").write_text("fr\tpt-BR\nEn 2018.\tEm \x01 2008.\n", encoding="utf-8")
    shown = run("a.tsv", "--only", "number", "--junit", "out.xml")
    assert shown.exit_code == 1
    assert ET.parse(folder / "out.xml").getroot().get("failures") == "1"


def test_a_glossary_is_used(folder):
    (folder / "terms.tsv").write_text("fr\tpt-BR\npont\tviaduto\n", encoding="utf-8")
    assert "term pont must be viaduto" in run("a.tsv", "--terms", "terms.tsv").stdout


def test_a_unit_without_translation_waits_and_is_no_fault(folder):
    (folder / "a.tsv").write_text("fr\tpt-BR\nOui.\tSim.\nNon.\t\n", encoding="utf-8")
    shown = run("a.tsv")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == "1 segment: 0 errors, 0 warnings; 1 unfinished: 1 waits for translation\n"
    assert run("a.tsv", "--complete").exit_code == 1


def test_a_table_without_units_is_answered(folder):
    (folder / "a.tsv").write_text("", encoding="utf-8")
    failure = run("a.tsv").exception
    assert isinstance(failure, FormatError)
    assert str(failure) == "a.tsv: holds no units"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "fr\tpt-BR\nNon.\t\n"),
        ("a.csv", "fr,pt-BR\nNon.,\n"),
        ("a.jsonl", '{"translation": {"fr": "Non.", "pt-BR": ""}}\n'),
    ],
)
def test_a_table_in_which_nothing_is_translated_yet_waits_whole(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")
    shown = run(name)
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == "0 segments: 0 errors, 0 warnings; 1 unfinished: 1 waits for translation\n"


def test_a_catalogue_with_obsolete_messages_alone_has_nothing_to_check(folder):
    (folder / "a.po").write_text('#~ msgid "Non %s."\n#~ msgstr "Não."\n', encoding="utf-8")
    shown = run("a.po")
    assert (shown.exit_code, shown.stderr) == (0, "0 segments: 0 errors, 0 warnings\n")


@pytest.mark.parametrize(("known", "tags"), [((), ("fr", "pt-BR")), (("pt-BR", "fr"), ("fr", "pt-BR"))])
def test_a_language_that_is_given_leaves_the_other_one(folder, known, tags):
    (folder / "a.tsv").write_text("pt-BR\tfr\nSim.\tOui.\n", encoding="utf-8")
    job = read_job(["a.tsv"], asked=Direction("fr"), known=known)
    assert job.direction == Direction(*tags)
    assert [each.source.text for each in job.pairs] == ["Oui."]


def test_the_region_comes_from_the_memory_where_the_job_has_none(folder):
    (folder / "a.tsv").write_text("fr\tpt\nOui.\tSim.\n", encoding="utf-8")
    assert read_job(["a.tsv"], known=["fr", "pt-BR"]).direction.target == "pt-BR"


def test_the_name_of_one_check_is_a_name_and_not_letters():
    pairs = [Pair(Segment("En 2018."), Segment("Em 2008. "))]
    findings = run_checks(pairs, Direction("fr", "pt"), only="number")
    assert [finding.check for finding in findings] == ["number"]
