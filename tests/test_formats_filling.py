"""Files filled with translations: only what is filled changes."""

import difflib

import pytest

from tm.direction import Direction
from tm.formats import Filling, fill, formats
from tm.model import Segment

CATALOGUE = """# Équipe de traduction
msgid ""
msgstr ""
"Language: pt_BR\\n"
"Content-Type: text/plain; charset={charset}\\n"

#: src/depart.c:788 src/depart.c:795
#: src/depart.c:804
#, c-format
msgid "Le serveur"
msgstr ""

#. the colour of the door
#, fuzzy, no-wrap
#| msgid "Porte"
msgctxt "maison"
msgid   "La porte"
msgstr "A porta"

#~ msgid "Ancien"
#~ msgstr "Antigo"
"""
FILES = {
    "a.po": CATALOGUE,
    "a.tsv": "id\tfr\tpt-BR\n1\tLe serveur\t\n\t\t\n2\tLa clé\tA chave\n",
    "a.csv": 'sep=;\n"id";"fr";"pt-BR"\n"1";"Le serveur\nprincipal";""\n\n"2";"La clé";"A chave"\n',
    "a.txt": "  Le serveur\n\nLa clé\t\n",
}
ENCODINGS = ["utf-8", "utf-8-sig", "windows-1252", "utf-16"]


def filled(tmp_path, name, content, fillings):
    path, out = tmp_path / name, tmp_path / f"out-{name}"
    path.write_bytes(content)
    count = fill(path, out, fillings)
    return count, out.read_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", FILES)
def test_nothing_filled_gives_the_same_bytes(tmp_path, name, encoding, end):
    content = FILES[name].replace("{charset}", encoding.removesuffix("-sig")).replace("\n", end)
    data = content.encode(encoding)
    assert filled(tmp_path, name, data, []) == (0, data)
    last = data.rstrip() if encoding != "utf-16" else data
    assert filled(tmp_path, name, last, []) == (0, last)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.po", CATALOGUE.replace("{charset}", "iso-2022-jp")),
        ("a.html", '<meta charset="iso-2022-jp"><p>Le serveur</p>'),
        *(("a.txt", "Le serveur\n"), ("a.md", "# Le serveur\n"), ("a.json", '{"a": "Le serveur"}\n')),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nLe serveur\n"),
    ],
)
def test_nothing_filled_gives_the_same_bytes_where_an_encoding_has_several_for_a_text(
    tmp_path, name, content
):
    shift_to_ascii = b"\x1b(B"  # which a text in ASCII needs not, and may have
    path, out = tmp_path / name, tmp_path / f"out-{name}"
    path.write_bytes(content.encode("ascii", "ignore").replace(b"serveur", shift_to_ascii + b"serveur"))
    assert fill(path, out, [], encoding="iso-2022-jp") == 0
    assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", FILES)
def test_an_encoding_with_a_mark_may_be_given_by_name(tmp_path, name, encoding):
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    data = (mark + FILES[name].replace("{charset}", "UTF-8")).encode(encoding)
    path, out = tmp_path / name, tmp_path / f"out-{name}"
    path.write_bytes(data)
    assert fill(path, out, [], encoding=encoding.removesuffix("-be")) == 0
    assert out.read_bytes() == data


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.po", CATALOGUE.replace("{charset}", "UTF-16")),
        ("a.html", '<meta charset="utf-16"><p>Le serveur</p>'),
    ],
)
def test_what_can_be_read_byte_by_byte_is_no_utf_16_whatever_it_declares(tmp_path, name, content):
    data = content.encode("ascii", "ignore")
    assert filled(tmp_path, name, data, []) == (0, data)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", FILES)
def test_only_the_lines_of_what_is_filled_differ(tmp_path, name, encoding):
    content = FILES[name].replace("{charset}", encoding.removesuffix("-sig"))
    count, out = filled(
        tmp_path, name, content.encode(encoding), [Filling(Segment("O servidor é"), 100, "m.tm"), None]
    )
    assert count == 1
    changes = [
        line
        for line in difflib.unified_diff(
            content.splitlines(), out.decode(encoding).splitlines(), n=0, lineterm=""
        )
        if not line.startswith(("---", "+++", "@@"))
    ]
    assert (
        changes
        == {
            "a.po": ["+# 100 % m.tm", '-msgstr ""', '+msgstr "O servidor é"'],
            "a.tsv": [
                "-id\tfr\tpt-BR",
                "-1\tLe serveur\t",
                "+id\tfr\tpt-BR\tmatch\tmatch-origin",
                "+1\tLe serveur\tO servidor é\t100\tm.tm",
            ],
            "a.csv": [
                '-"id";"fr";"pt-BR"',
                '-"1";"Le serveur',
                '-principal";""',
                "+id;fr;pt-BR;match;match-origin",
                '+1;"Le serveur',
                '+principal";O servidor é;100;m.tm',
            ],
            "a.txt": ["-  Le serveur", "+  O servidor é"],
        }[name]
    )


def test_a_text_in_latin_1_may_end_with_an_accent(tmp_path):
    assert filled(tmp_path, "a.txt", b"La cl\xe9", [Filling(Segment("Pão"), 100)]) == (1, b"P\xe3o")
    assert filled(tmp_path, "a.tsv", b"fr\tpt\nLa cl\xe9", []) == (0, b"fr\tpt\nLa cl\xe9")


def test_a_catalogue_whose_encoding_lacks_a_character_becomes_utf_8_and_says_so(tmp_path):
    data = CATALOGUE.replace("{charset}", "ISO-8859-1").encode("latin-1")
    _, out = filled(tmp_path, "a.po", data, [Filling(Segment("œuf"), 100)])
    text = out.decode()
    assert "charset=UTF-8" in text
    assert 'msgstr "œuf"' in text


def test_the_flag_of_a_guess_goes_and_the_others_stay(tmp_path):
    data = CATALOGUE.replace("{charset}", "UTF-8").encode()
    _, out = filled(
        tmp_path, "a.po", data, [Filling(Segment("O servidor"), 80), Filling(Segment("Porta"), 100)]
    )
    text = out.decode()
    assert '#: src/depart.c:804\n#, fuzzy, c-format\nmsgid "Le serveur"\nmsgstr "O servidor"\n' in text
    assert '#, no-wrap\n#| msgid "Porte"\nmsgctxt "maison"\nmsgid   "La porte"\nmsgstr "Porta"\n' in text


def test_a_template_that_is_filled_gets_its_language_and_the_rule_of_its_plurals(tmp_path):
    template = (
        'msgid ""\nmsgstr ""\n"Language: \\n"\n"Content-Type: text/plain; charset=CHARSET\\n"\n'
        '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n\nmsgid "One"\nmsgid_plural "Many"\n'
        'msgstr[0] ""\nmsgstr[1] ""\n'
    )
    path, out = tmp_path / "pt_BR.pot", tmp_path / "pt_BR.po"
    path.write_text(template, encoding="utf-8")
    assert fill(path, out, [Filling(Segment("Um"), 100), Filling(Segment("Muitos"), 100)]) == 2
    text = out.read_text(encoding="utf-8")
    assert '"Language: pt_BR\\n"' in text
    assert "nplurals=2; plural=(n > 1);" in text
    assert "charset=UTF-8" in text


def test_a_message_with_more_plural_forms_than_translations_is_fuzzy(tmp_path):
    catalogue = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n\nmsgid "day"\nmsgid_plural "days"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    for language, is_fuzzy in (("ru", True), ("fr", False)):
        path, out = tmp_path / f"{language}.po", tmp_path / "out.po"
        path.write_text(catalogue.format(language), encoding="utf-8")
        assert fill(path, out, [Filling(Segment("A"), 100), Filling(Segment("B"), 100)]) == 2
        assert ("#, fuzzy" in out.read_text(encoding="utf-8")) is is_fuzzy


# ------------------------------------------------------------------------------------------- every format


SAMPLES = {
    "xliff": '<xliff version="1.2">\n<file  original="a" source-language="fr" target-language="pt"><body>\n'
    "<trans-unit id='1'><source>oui &#233;</source><target/></trans-unit></body></file></xliff>\n",
    "xliff2": '<xliff version="2.0" srcLang="fr" trgLang="pt"><file id="f"><unit id="1"><segment>\n'
    "<source>oui</source></segment><ignorable><source> </source></ignorable></unit></file></xliff>",
    "po": CATALOGUE.replace("{charset}", "UTF-8"),
    "tsv": FILES["a.tsv"],
    "csv": FILES["a.csv"],
    "text": FILES["a.txt"],
    "json": '{"a" :\t"oui", "b": ["n\\u006fn"]}',
    "android": '<resources>\n<string  name="a">l\\\'été</string>\n</resources>',
    "properties": "a : oui\\\n  non\n",
    "fluent": "a =\n    oui { $x }\n",
    "xcstrings": '{"sourceLanguage" : "fr","strings":{"oui" : {}}}',
    "strings": '/* x */ "a"="oui";',
    "stringsdict": "<plist><dict><key>a</key><dict><key>n</key><dict><key>other</key><string>%d</string></dict></dict></dict></plist>",
    "html": "<html lang=fr><body><p>Oui<br>non &eacute;</body>",
    "markdown": "# Oui\n\n* non\n  si\n",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\noui\nnon\n\n",
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\noui\n",
}
OF_OFFICE = {"docx", "pptx", "workbook", "odt", "epub"}
"""Those that are packed; tests of their own fill them."""


def test_every_format_that_can_be_filled_is_tried():
    assert {each.name for each in formats() if each.fill} == {*SAMPLES, *OF_OFFICE}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_filled_gives_the_same_bytes_in_every_format(tmp_path, name, end):
    form = next(each for each in formats() if each.name == name)
    path, out = tmp_path / f"fr{form.extensions[0]}", tmp_path / "out"
    path.write_bytes(SAMPLES[name].replace("\n", end).encode())
    assert fill(path, out, [], format=name, direction=Direction("fr", "pt")) == 0
    assert out.read_bytes() == path.read_bytes()
