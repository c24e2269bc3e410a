"""Checks of what a file says beside its texts: states, plural forms, contexts, limits, places."""

import json
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tm.checks import run_checks
from tm.checks.plural_forms import form_pairs
from tm.checks.reporting import as_line
from tm.cli import group
from tm.direction import Direction
from tm.formats.plurals import single_number
from tm.model import Annotation, Finding, Pair, Place, Segment, Unit, Variant

XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n<file source-language="fr"'
    ' target-language="pt" original="a" datatype="x"><body>\n{}\n</body></file></xliff>\n'
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def check(name, content, *options):
        (tmp_path / name).write_text(content, encoding="utf-8")
        return CliRunner().invoke(group, ["check", name, *options])

    return check


def catalogue(language, *messages):
    return "\n\n".join([f'msgid ""\nmsgstr "Language: {language}\\n"', *messages]) + "\n"


def message(one, more, *forms):
    lines = [f'msgid "{one}"', f'msgid_plural "{more}"']
    return "\n".join([*lines, *(f'msgstr[{number}] "{form}"' for number, form in enumerate(forms))])


# ------------------------------------------------------------------------------------------------- places


def test_a_finding_names_its_line_its_unit_and_both_texts_in_every_form(run, tmp_path):
    content = catalogue("pt", 'msgctxt "jar"\nmsgid "%s spoons"\nmsgstr "colheres"')
    texts = "jar|%s spoons: %s spoons → colheres"
    shown = run("a.po", content, "--junit", "out.xml")
    assert shown.exit_code == 1
    line = f"a.po:5: error: placeholder %s of the source is not in the translation [placeholder] {texts}"
    assert shown.stdout.splitlines() == [line]
    assert line in ET.parse(tmp_path / "out.xml").getroot().findtext("testcase/failure")
    (annotation,) = run("a.po", content, "--github").stdout.splitlines()
    assert annotation.startswith("::error file=a.po,line=5,title=placeholder::")
    (finding,) = json.loads(run("a.po", content, "--json").stdout)["findings"]
    assert list(finding) == (
        "check severity message file line column id segment source target suggestion"
        " source_spans target_spans".split()
    )
    assert (finding["line"], finding["id"], finding["source"]) == (5, "jar|%s spoons", "%s spoons")


def test_two_files_of_lines_have_lines(run, tmp_path):
    (tmp_path / "source.txt").write_text("Oui.\nEn 2018.\n", encoding="utf-8")
    (tmp_path / "target.txt").write_text("Sim.\nEm 2008.\n", encoding="utf-8")
    shown = CliRunner().invoke(group, ["check", "source.txt", "target.txt", "-s", "fr", "-t", "pt"])
    assert shown.stdout.startswith("target.txt:2: error: number 2018")


def test_a_long_text_is_cut_in_a_line_and_whole_in_json(run):
    content = f"fr\tpt\n{'mot ' * 60}2018\t{'palavra ' * 30}2008\n"
    assert "…" in run("a.tsv", content, "--only", "number").stdout
    (finding,) = json.loads(run("a.tsv", content, "--only", "number", "--json").stdout)["findings"]
    assert finding["source"].endswith("2018")


def test_what_is_too_long_is_marked_in_json_and_in_sarif(run, tmp_path):
    body = '<trans-unit id="menu" maxwidth="4" size-unit="char"><source>Pain</source><target>Padaria</target></trans-unit>'
    shown = run("a b.xlf", XLIFF.format(body), "--json", "--sarif", "out.sarif")
    (finding,) = json.loads(shown.stdout)["findings"]
    assert (finding["check"], finding["source_spans"], finding["target_spans"]) == ("limit", [], [[4, 7]])
    (one,) = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["runs"]
    (result,) = one["results"]
    assert one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "limit"
    (place,) = result["locations"]
    assert place["logicalLocations"] == [{"fullyQualifiedName": "menu"}]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.xlf"},
        "region": {"startLine": 3, "startColumn": 1, "snippet": {"text": "Padaria"}},
    }
    assert result["properties"]["target_spans"] == [[4, 7]]


@given(
    before=st.text(alphabet="a \n\u00a0", max_size=150),
    mark=st.text(alphabet="bc", min_size=1, max_size=20),
    after=st.text(alphabet="a \n", max_size=150),
)
def test_a_line_shows_what_the_finding_is_about(before, mark, after):
    finding = Finding(
        "check", "error", "message", "a", 1, source="oui", target=before + mark + after,
        target_spans=((len(before), len(before) + len(mark)),),
    )  # fmt: skip
    plain = as_line(finding)
    marked = as_line(finding, lambda piece: f"*{piece[0]}*" if piece[1] else piece[0])
    assert f"*{mark}*" in marked
    assert plain == marked.replace("*", "")
    assert len(plain.partition("→ ")[2]) <= 100


# ------------------------------------------------------------------------------------------------- states


def unit(id_, source, target, attributes="", state=""):
    return f'<trans-unit id="{id_}"{attributes}><source>{source}</source><target{state}>{target}</target></trans-unit>'


def test_what_is_not_finished_is_counted_and_not_checked(run):
    body = [
        unit(1, "Le pain", "O pão"),
        unit(2, "Le levain repose ici", "Le levain repose ici", state=' state="needs-translation"'),
        unit(3, "50 g", "5 g", state=' state="needs-review-translation"'),
        unit(4, "10 g", "1 g", state=' state="translated" state-qualifier="rejected-grammar"'),
        unit(5, "Boulangerie de la rue", "Boulangerie de la rue", attributes=' translate="no"'),
        unit(6, "Le sel", "", state=' state="final"'),
    ]
    shown = run("a.xlf", XLIFF.format("\n".join(body)))
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == (
        "1 segment: 0 errors, 0 warnings; 4 unfinished: 2 wait for translation, 1 draft, 1 rejected\n"
    )
    fields = json.loads(run("a.xlf", XLIFF.format("\n".join(body)), "--json").stdout)
    counts = [fields[name] for name in ("segments", "waiting", "drafts", "rejected", "unfinished")]
    assert counts == [1, 2, 1, 1, 4]


def test_a_file_in_which_nothing_is_translated_yet_is_no_fault(run):
    shown = run("a.pot", 'msgid "Salt"\nmsgstr ""\n\nmsgid "Oil"\nmsgstr ""\n')
    assert shown.exit_code == 0
    assert "2 wait for translation" in shown.stderr
    assert run("a.pot", 'msgid "Salt"\nmsgstr ""\n', "--complete").exit_code == 1


# ------------------------------------------------------------------------------------------------- plural forms


def findings(run, language, *messages):
    fields = json.loads(run("a.po", catalogue(language, *messages), "-s", "en", "--json").stdout)
    return [
        (each["check"], each["source"], each["target"])
        for each in fields["findings"]
        if each["severity"] == "error"
    ]


@pytest.mark.parametrize(
    ("language", "one", "more", "forms"),
    [
        ("pt_BR", "%d egg in %s", "%d eggs in %s", ("Um ovo em %s", "%d ovos em %s")),
        (
            "fr",
            "{count} egg in {bowl}",
            "{count} eggs in {bowl}",
            ("Œuf dans {bowl}", "{count} œufs dans {bowl}"),
        ),
        ("de", "One egg", "%d eggs", ("%d Ei", "%d Eier")),
        ("de", "One egg", "%d eggs", ("1 Ei", "%d Eier")),
        ("ru", "%d egg", "%d eggs", ("%d яйцо", "%d яйца", "%d яиц")),
        ("ru", "One egg", "%d eggs", ("%d яйцо", "%d яйца", "%d яиц")),
        ("ja", "%d egg", "%d eggs", ("卵%d個",)),
        ("ar", "%d egg", "%d eggs", ("لا بيض", "بيضة", "بيضتان", "%d بيضات", "%d بيضة", "%d بيض")),
        ("pl", "%s egg", "%s eggs", ("jajko", "%s jajka", "%s jaj")),
    ],
)
def test_a_form_for_one_number_alone_may_spell_it(run, language, one, more, forms):
    assert findings(run, language, message(one, more, *forms)) == []


@pytest.mark.parametrize(
    ("language", "one", "more", "forms", "wrong"),
    [
        ("pt_BR", "%d egg in %s", "%d eggs in %s", ("%d ovo em %s", "%d ovos em "), [1]),
        ("pt_BR", "%d egg in %s", "%d eggs in %s", ("Um ovo", "%d ovos em %s"), [0]),
        ("fr", "%d egg", "%d eggs", ("Un œuf", "Des œufs"), [1]),
        ("ru", "%d egg", "%d eggs", ("Одно яйцо", "%d яйца", "%d яиц"), [0]),
        ("ru", "%d egg", "%d eggs", ("%d яйцо", "%d яйца", "яйца"), [2]),
        ("ja", "%d egg", "%d eggs", ("卵",), [0]),
        ("de", "%d egg", "%d eggs", ("%s Ei", "%d Eier"), [0]),
    ],
)
def test_a_form_for_several_numbers_needs_the_placeholders_of_its_source(
    run, language, one, more, forms, wrong
):
    found = findings(run, language, message(one, more, *forms))
    assert [target for check, _, target in found if check == "placeholder"] == [forms[each] for each in wrong]


def test_the_message_says_which_form(run):
    content = catalogue("pt", message("%d egg", "%d eggs", "%d ovo", "ovos"))
    assert "plural form 2: placeholder %d" in run("a.po", content, "-s", "en").stdout


def test_forms_of_one_message_are_not_inconsistent(run):
    content = catalogue("ru", message("%d egg", "%d eggs", "%d яйцо", "%d яйца", "%d яиц"))
    assert run("a.po", content, "-s", "en", "--only", "inconsistent").stdout == ""


def test_which_form_stands_for_one_number_alone():
    alone = {
        language: [single_number(language, form) for form in range(4)]
        for language in ("fr", "en", "ja", "ru", "pl", "sl", "ga", "lv", "ro", "mk")
    }
    assert alone == {
        "fr": [1, None, None, None],
        "en": [1, None, None, None],
        "ja": [None] * 4,
        "ru": [None] * 4,
        "pl": [1, None, None, None],
        "sl": [None] * 4,
        "ga": [1, 2, None, None],
        "lv": [None, None, 0, None],
        "ro": [1, None, None, None],
        "mk": [None] * 4,
    }


def test_a_pair_without_forms_is_its_only_form():
    pair = Pair(Segment("a"), Segment("b"))
    assert list(form_pairs(pair, "pt")) == [(pair, ())]


# ------------------------------------------------------------------------------------------------- contexts, limits


def test_the_same_text_in_two_contexts_may_be_translated_in_two_ways(run):
    contexts = [
        f'msgctxt "{name}"\nmsgid "Open"\nmsgstr "{text}"'
        for name, text in (("verb", "Abrir"), ("state", "Aberto"))
    ]
    assert run("a.po", catalogue("pt", *contexts), "-s", "en").stdout == ""
    twice = XLIFF.format(unit(1, "Ouvrir", "Abrir") + "\n" + unit(2, "Ouvrir", "Iniciar"))
    assert "a.xlf:4: warning: translated otherwise in line 3: Abrir" in run("a.xlf", twice).stdout
    named = twice.replace('id="1"', 'id="1" resname="menu"')
    assert run("a.xlf", named).stdout == ""


def test_a_mark_around_a_term_is_a_remark_and_no_code(run):
    marked = unit(1, 'Le <mrk mtype="term">sel</mrk>', "O sal") + unit(2, 'Le <g id="1">miel</g>', "O mel")
    (found,) = json.loads(run("a.xlf", XLIFF.format(marked), "--json").stdout)["findings"]
    assert (found["check"], found["id"]) == ("code", "2")


@pytest.mark.parametrize(("size", "expected"), [(5, []), (4, ["limit"])])
def test_a_target_longer_than_allowed_is_an_error(run, size, expected):
    body = unit(1, "Sel", "Sálvia"[:5], attributes=f' maxwidth="{size}" size-unit="char"')
    fields = json.loads(run("a.xlf", XLIFF.format(body), "--only", "limit", "--json").stdout)
    assert [each["check"] for each in fields["findings"]] == expected


def test_characters_of_a_limit_are_counted_after_composition():
    marked = Unit(
        (Variant("fr", Segment("e")), Variant("pt", Segment("e\u0301"))),
        annotations=(Annotation("prop", "1", "x-maximum-length"),),
        place=Place("a.xlf", 3),
    )
    pair = Pair(Segment("e"), Segment("e\u0301"), unit=marked)
    assert run_checks([pair], Direction("fr", "pt"), only=["limit"]) == []


def test_a_catalogue_in_another_language_than_the_first_is_named_unless_one_language_is_asked_for(
    tmp_path,
):
    def run(*arguments):
        return CliRunner().invoke(group, [*map(str, arguments)], prog_name="tm")

    for tag, text in (("fr", "Ouvrir %s"), ("pt_BR", "Abrir")):
        head = f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n'
        waiting = 'msgid "Quit"\nmsgstr ""\n'
        (tmp_path / f"{tag}.po").write_text(f'{head}\nmsgid "Open %s"\nmsgstr "{text}"\n\n{waiting}', "utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path}/pt_BR.po: 0 of 1 units are en → fr; found: en, pt-BR\n" in result.stderr
    assert "left out: 1 of 2 files" in result.stderr
    result = run("check", tmp_path, "-t", "fr")
    assert (result.exit_code, "left out" in result.stderr) == (0, False)
    assert "placeholder %s" in run("check", tmp_path, "-t", "pt-BR").stdout
