"""Safe suggestions: what they must not do to a text, and that a file keeps every other byte."""

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tm.checks import run_checks
from tm.checks.check import Job, Translation, examine
from tm.checks.fixing import fixed_translation
from tm.cli import group
from tm.direction import Direction
from tm.formats import write_units
from tm.formats.notation import JSON, LINES, PO, TSV, XML, Change, changed, separated
from tm.language.protected import spans
from tm.model import Pair, Segment, Unit, Variant

words = st.lists(
    st.sampled_from(
        "Ouvrir a a a porta, sim : não ? %s {name} <b> </b> &nbsp; &amp; http://a.b/c « … \" “ ' ( ) 10 000 1,5 --force"
        " C’Ã©tait «non» não» Onde? 3:00 PM %H:%M \u00a0 \u200b аberto ,, ..".split(" ")
    ),
    max_size=8,
)
texts = st.builds(lambda parts, joint: joint.join(parts), words, st.sampled_from([" ", "  ", ""]))
directions = st.sampled_from([("fr", "pt-BR"), ("pt", "fr"), ("en", "fr"), ("", "")])


def kept(text, language):
    return [text[start:end] for start, end in spans(text, language)]


@settings(max_examples=4 * settings().max_examples)
@given(source=texts, target=texts, languages=directions)
@example("Nom : ", "nome  :  sim", ("fr", "pt-BR"))
def test_a_fix_removes_findings_adds_none_changes_no_code_and_is_done_at_once(source, target, languages):
    translation = Translation(Pair(Segment(source), Segment(target)), Direction(*languages))
    fixed = fixed_translation(translation)
    again = Translation(Pair(Segment(source), Segment(fixed.text)), Direction(*languages))
    assert fixed_translation(again).findings == ()
    before, after = (
        Counter((finding.check, finding.severity) for finding in examine(Job([each])))
        for each in (translation, again)
    )
    assert after <= before
    assert before.total() - after.total() >= len(fixed.findings)
    assert kept(target, languages[1]) == kept(fixed.text, languages[1])


characters = st.text(alphabet="a ,;\t\n\"\\&<>|é'", max_size=12)


def written(notation, text):
    return {
        XML: lambda: f"<seg>{XML.encoded(text)}</seg>",
        PO: lambda: f'msgstr "{PO.encoded(text)}"',
        JSON: lambda: json.dumps({"t": text}),
    }[notation]()


@pytest.mark.parametrize("notation", [XML, PO, JSON], ids=["XML", "PO", "JSON"])
@given(old=characters.filter(bool), new=characters)
def test_a_text_changed_in_place_is_what_the_format_would_write(notation, old, new):
    text, done = changed(written(notation, old), notation, [Change(old, new, 1)])
    assert done == {0}
    decoded = "".join(character for character, _, _ in notation.decoded(text))
    assert f"\0{new}\0" in f"\0{decoded}\0"


@pytest.mark.parametrize(
    ("notation", "file", "old", "new", "mended"),
    [
        (TSV, 'a\t"b ""c""  d"\n', 'b "c"  d', 'b "c" d', 'a\t"b ""c"" d"\n'),
        (TSV, 'a\t"b" c  d\r\n', '"b" c  d', '"b" c d', 'a\t"b" c d\r\n'),
        (LINES, "oui\r\nnon  \r\n", "non  ", "non", "oui\r\nnon\r\n"),
        (separated(";"), 'a;"b;  ""c"""\r\n', 'b;  "c"', 'b; "c"', 'a;"b; ""c"""\r\n'),
        (separated(","), "a  a,b\n", "a  a", "a a", "a a,b\n"),
        (XML, "<t>a  <ph>  </ph>b &#xe9;</t>", "a  b é", "a b é", "<t>a <ph>  </ph>b &#xe9;</t>"),
        (XML, "<t><![CDATA[a  &b]]></t>", "a  &b", "a &b", "<t><![CDATA[a &b]]></t>"),
        (PO, 'msgstr ""\n"a  "\n"b\\n"\n', "a  b\n", "a b\n", 'msgstr ""\n"a "\n"b\\n"\n'),
        (JSON, '{"a": "a  \\u00e9\\ud83c\\udf5e"}', "a  é🍞", "a é🍞", '{"a": "a \\u00e9\\ud83c\\udf5e"}'),
    ],
)
def test_only_what_differs_is_written_anew(notation, file, old, new, mended):
    assert changed(file, notation, [Change(old, new, 1)]) == (mended, {0})


def test_a_part_of_a_text_is_not_the_text():
    assert changed("<t>a  b c</t>", XML, [Change("a  b", "a b", 1)]) == ("<t>a  b c</t>", set())


# ------------------------------------------------------------------------------------------------- files

XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="fr"'
    ' target-language="pt" original="a" datatype="x"><body>\r\n<!-- a  b -->\r\n'
    '<trans-unit id="1"  approved="yes"><source>L&#xE0; &amp; <g id="1">ici</g>.</source>'
    '<target  state="translated">Lá{0} &amp; <g id="1">cá{0} e  lá</g>.</target></trans-unit>'
    '<trans-unit id="2" translate="no"><source>oui</source><target>sim{1}</target></trans-unit>'
    "</body></file></xliff>"
)
XLIFF2 = (
    '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="pt"'
    ' xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><file id="f"><unit id="u">'
    '<mtc:matches><mtc:match ref="#s"><source>Oui</source><target>Sim{1} sim</target></mtc:match></mtc:matches>'
    '<segment id="s"><source>Oui</source><target>Sim{0} sim</target></segment>'
    "</unit></file></xliff>"
)
TMX = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"'
    ' adminlang="en" srclang="fr" datatype="plaintext"/><body>'
    '<tu><tuv xml:lang="pt"><seg>A{0} <bpt i="1">&lt;b></bpt>casa<ept i="1">&lt;/b></ept></seg></tuv>'
    '<tuv xml:lang="fr"><seg>La <bpt i="1">&lt;b></bpt>maison<ept i="1">&lt;/b></ept></seg></tuv></tu>'
    '<tu><tuv xml:lang="fr"><seg>Oui{1} oui</seg></tuv><tuv xml:lang="pt"><seg>Sim{1} sim</seg></tuv></tu>'
    "</body></tmx>"
)
PO_FILE = (
    '# a  b\nmsgid ""\nmsgstr "Language: pt\\n"\n\nmsgid "The bridge\\n"\nmsgstr ""\n"A{0} ponte "\n"longa\\n"\n\n'
    'msgid "%d house"\nmsgid_plural "%d houses now"\nmsgstr[0] "%d casa{0} agora"\nmsgstr[1] "%d casas{0} agora"\n\n'
    '#, fuzzy\nmsgid "Yes"\nmsgstr "Sim{1} sim"\n\n#~ msgid "No"\n#~ msgstr "Não{1} não"\n'
)


@pytest.mark.parametrize(
    ("name", "template", "options"),
    [
        ("a.xlf", XLIFF, ()),
        ("b.xlf", XLIFF2, ()),
        ("c.tmx", TMX, ("-s", "fr", "-t", "pt")),
        ("d.tsv", 'fr\tpt\nOui.\tSim,{0} sim.\n"La ""rue"""\t"A{0} ""rua"""\n', ()),
        ("e.csv", 'fr;pt\r\n"La\r\nrue";"A{0} rua;\r\naqui"\r\nOui.;Sim,{0} sim.\r\n', ()),
        (
            "f.jsonl",
            '{{"translation": {{"pt":"\\u00c9{0} sim","fr":"Oui"}}, "x": 1.50}}\n',
            ("-s", "fr", "-t", "pt"),
        ),
        ("g.po", PO_FILE, ("-s", "en")),
    ],
)
def test_only_the_fixed_texts_change_and_a_second_time_nothing(
    tmp_path, monkeypatch, name, template, options
):
    monkeypatch.chdir(tmp_path)
    wrong, right = (template.format(spaces, " ").encode() for spaces in (" ", ""))
    right = right.replace(b"e  l", b"e l")
    (tmp_path / name).write_bytes(wrong)
    command = ["check", name, *options, "--only", "space", "--fix"]
    shown = CliRunner().invoke(group, [*command, "--dry-run"])
    assert (tmp_path / name).read_bytes() == wrong
    assert shown.stdout.startswith(f"--- a/{name}\n+++ b/{name}\n@@")
    assert "would be fixed" in shown.stderr
    shown = CliRunner().invoke(group, command)
    assert (tmp_path / name).read_bytes() == right, shown.output
    assert "not written" not in shown.stderr
    CliRunner().invoke(group, command)
    assert (tmp_path / name).read_bytes() == right


def test_lines_and_other_encodings_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.fr").write_bytes(b"Oui.\r\nNon.\r\n")
    (tmp_path / "a.pt").write_bytes("Sim,  é.\r\nNão.\r\n".encode("utf-8-sig"))
    CliRunner().invoke(group, ["check", "a.fr", "a.pt", "-s", "fr", "-t", "pt", "--fix", "--only", "space"])
    assert (tmp_path / "a.pt").read_bytes() == "Sim, é.\r\nNão.\r\n".encode("utf-8-sig")
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?>' + XLIFF.format(" ", "")
    (tmp_path / "b.xlf").write_bytes(latin.encode("latin-1"))
    CliRunner().invoke(group, ["check", "b.xlf", "--fix", "--only", "space"])
    assert (tmp_path / "b.xlf").read_bytes() == latin.replace("á  ", "á ").replace("e  l", "e l").encode(
        "latin-1"
    )


def test_what_cannot_be_written_is_named_and_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    unit = Unit((Variant("fr", Segment("Oui.")), Variant("pt", Segment("Sim,  sim."))))
    write_units("a.xlsx", [unit])
    before = (tmp_path / "a.xlsx").read_bytes()
    shown = CliRunner().invoke(group, ["check", "a.xlsx", "--fix", "--only", "space", "--json"])
    fields = json.loads(shown.stdout)
    assert (fields["fixed"], [each["check"] for each in fields["left"]]) == ([], ["space"])
    assert "xlsx files cannot be changed in place" in shown.stderr
    assert (tmp_path / "a.xlsx").read_bytes() == before


def test_what_is_ignored_is_not_fixed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = "fr\tpt\nOui.\tSim,  sim.\n"
    (tmp_path / "a.tsv").write_text(content, encoding="utf-8")
    CliRunner().invoke(group, ["check", "a.tsv", "--fix", "--ignore", "check=space"])
    assert (tmp_path / "a.tsv").read_text(encoding="utf-8") == content
    assert run_checks([Pair(Segment("Oui."), Segment("Sim,  sim."))], only=["space"])
