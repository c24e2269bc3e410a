"""Strings of software: read by their keys, joined with those of another language, filled in place."""

from dataclasses import replace

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import Filling, fill, read_units
from tm.model import Segment
from tm.store import open_store
from tm.work.adding import add_files
from tm.work.jobs import read_job

NESTED = '{\n  "$schema": "x",\n  "menu": {"open": "Ouvrir {name}", "size": 12, "days": ["lundi", "mardi"]},\n  "q": "un \\"mot\\""\n}\n'
WEBEXT = '{"hi": {"message": "Bonjour $NAME$", "description": "greets", "placeholders": {"name": {"content": "$1"}}}}'
ARB = '{"@@locale": "fr", "hi": "Bonjour {name}", "@hi": {"description": "greets", "placeholders": {"name": {}}}}'
ANDROID = r"""<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <!-- greets -->
    <string name="hi">L\'ami <b>cher</b> %1$s &amp; co</string>
    <!-- <string name="old">Vieux</string> -->
    <string name="url" translatable="false">http://x</string>
    <string name="same">@string/hi</string>
    <string name="left"><xliff:g id="n" example="3">%2$d</xliff:g> fichiers\nici</string>
    <plurals name="items"><item quantity="one">%d pain</item><item quantity="other">%d pains</item></plurals>
    <string-array name="days"><item>lundi</item></string-array>
    <string name="html"><![CDATA[<i>neuf</i>]]></string>
    <color name="c">#fff</color>
</resources>
"""
PROPERTIES = "# greets\nhi = Bonjour {0} \\u00e9t\\u00e9,\\\n     ami\n\nempty=\nb\\ c: deux\\nlignes\n"
FLUENT = """### app
# greets
hi = Bonjour { $name }
    et bienvenue
    .title = Titre
items = { $n ->
    [one] un pain
   *[other] { $n } pains
 }
-brand = Ponte
"""
FILES = {
    "fr.json": (
        NESTED,
        {"menu.open": "Ouvrir {name}", "menu.days.0": "lundi", "menu.days.1": "mardi", "q": 'un "mot"'},
    ),
    "_locales/fr/messages.json": (WEBEXT, {"hi": "Bonjour $NAME$"}),
    "app.arb": (ARB, {"hi": "Bonjour {name}"}),
    "values-fr/strings.xml": (
        ANDROID,
        {
            "hi": "L'ami cher %1$s & co",
            "left": "%2$d fichiers\nici",
            "items.one": "%d pain",
            "items.other": "%d pains",
            "days.0": "lundi",
            "html": "neuf",
        },
    ),
    "app_fr.properties": (PROPERTIES, {"hi": "Bonjour {0} été,ami", "b c": "deux\nlignes"}),
    "fr/app.ftl": (
        FLUENT,
        {
            "hi": "Bonjour { $name }\net bienvenue",
            "hi.title": "Titre",
            "items[one]": "un pain",
            "items[other]": "{ $n } pains",
            "-brand": "Ponte",
        },
    ),
}


def written(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())
    return path


@pytest.mark.parametrize("name", FILES)
def test_each_text_has_its_key_its_language_and_what_is_said_to_translators(tmp_path, name):
    content, texts = FILES[name]
    units = list(read_units(written(tmp_path, name, content)))
    assert {unit.place.id: unit.variants[0].segment.text for unit in units} == texts
    assert {unit.variants[0].language for unit in units} == {"fr"}
    assert {unit.property("x-identifier") for unit in units} == set(texts)
    notes = {unit.place.id: note.text for unit in units for note in unit.annotations if note.name == "note"}
    assert notes.get("hi", "") == ("greets" if "greets" in content else "")
    assert all(content.splitlines()[unit.place.line - 1].strip() for unit in units)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", FILES)
def test_texts_as_their_own_translations_and_nothing_give_the_same_bytes(tmp_path, name, end):
    path = written(tmp_path, name, FILES[name][0].replace("\n", end))
    out = tmp_path / "out"
    own = [Filling(unit.variants[0].segment, 100) for unit in read_units(path)]
    for fillings in ([], own):
        assert fill(path, out, fillings) == 0
        assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_what_is_put_there_is_read_there_and_nothing_else_differs(tmp_path, name):
    path = written(tmp_path, name, FILES[name][0])
    out = written(tmp_path, f"out/{name}", "")
    before = list(read_units(path))
    text = f'Olá "é" l\'um\n{"{0} " if "properties" in name else ""}😀'
    fill(path, out, [Filling(Segment(text), 100)])
    after = list(read_units(out))
    assert after[0].variants[0].segment.text == text
    assert [unit.variants for unit in after[1:]] == [unit.variants for unit in before[1:]]
    kept = set(path.read_text().splitlines()) - set(out.read_text().splitlines())
    assert len(kept) <= 2


def test_markup_and_placeholders_of_android_stand_in_the_translation(tmp_path):
    path, out = written(tmp_path, "values-fr/strings.xml", ANDROID), tmp_path / "out.xml"
    hi = next(iter(read_units(path))).variants[0].segment
    codes = tuple(replace(code, position=at) for code, at in zip(hi.codes, (2, 9), strict=True))
    target = Segment("O querido amigo %1$s", codes)
    fill(path, out, [Filling(target, 100), Filling(Segment("aqui há %2$d\nficheiros"), 100)])
    text = out.read_text()
    assert "O <b>querido</b> amigo %1$s</string>" in text
    assert (
        r'<string name="left">aqui há <xliff:g id="n" example="3">%2$d</xliff:g>\nficheiros</string>' in text
    )


def test_a_file_of_properties_with_escapes_goes_on_with_escapes(tmp_path):
    path, out = written(tmp_path, "app_fr.properties", PROPERTIES), tmp_path / "out.properties"
    fill(path, out, [Filling(Segment("Olá {0}"), 100)])
    assert b"hi = Ol\\u00e1 {0}\n\nempty=" in out.read_bytes()


def test_braces_that_are_no_placeable_are_quoted_in_fluent(tmp_path):
    path, out = written(tmp_path, "fr/app.ftl", FLUENT), tmp_path / "out.ftl"
    fill(path, out, [Filling(Segment("{ $name }, {x}"), 100)])
    assert 'hi = { $name }, {"{"}x{"}"}\n    .title' in out.read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_that_begins_on_a_line_of_its_own_keeps_its_place_in_fluent(tmp_path, end):
    file = "a =\n\n    oui\n     ou\n    .t =\n        non\n"
    path, out = written(tmp_path, "fr/app.ftl", file.replace("\n", end)), tmp_path / "out.ftl"
    assert [unit.variants[0].segment.text for unit in read_units(path)] == ["oui\nou", "non"]
    fill(path, out, [Filling(Segment("sim\nou"), 100), Filling(Segment("não"), 100)])
    expected = file.replace("oui\n     ou", "sim\n    ou").replace("non", "não")
    assert out.read_bytes().decode() == expected.replace("\n", end)


def test_signs_that_begin_a_line_are_quoted_in_fluent(tmp_path):
    path, out = written(tmp_path, "fr/app.ftl", "a = oui\nb =\n    non\n"), tmp_path / "out.ftl"
    fill(path, out, [Filling(Segment("[sim]\n[ou] *\n .não"), 100), Filling(Segment("*não*"), 100)])
    assert out.read_text() == 'a = [sim]\n    {"["}ou] *\n     {"."}não\nb =\n    {"*"}não*\n'
    assert [unit.place.id for unit in read_units(out, format="fluent")] == ["a", "b"]


def test_two_languages_become_units_by_their_keys(tmp_path):
    french = written(tmp_path, "fr.json", '{"a": "oui", "b": "non", "c": "si"}')
    portuguese = written(tmp_path, "pt-BR.json", '{"b": "não", "a": "sim"}')
    with open_store(":memory:", create=True) as store:
        addition = add_files(store, [french, portuguese])
        assert addition.added.added == 2
        assert addition.unfinished == {"untranslated": 1}
        assert {stored.unit.property("x-identifier") for stored in store.all_stored()} == {"a", "b"}
    job = read_job([french, portuguese])
    assert [(pair.source.text, pair.target.text) for pair in job.pairs] == [
        ("oui", "sim"),
        ("non", "não"),
        ("si", ""),
    ]
    assert job.pairs[0].document == str(portuguese)


def test_a_folder_is_joined_file_by_file_and_what_has_one_language_is_passed_over(tmp_path):
    for language, bread in (("fr", "pain"), ("pt-BR", "pão")):
        written(tmp_path, f"{language}/shop.json", f'{{"x": "{bread}"}}')
        written(tmp_path, f"{language}/help.json", f'{{"x": "le {bread}"}}')
    written(tmp_path, "package.json", '{"name": "shop"}')
    with open_store(":memory:", create=True) as store:
        addition = add_files(store, tmp_path)
        pairs = {
            tuple(variant.segment.text for variant in stored.unit.variants) for stored in store.all_stored()
        }
    assert pairs == {("pain", "pão"), ("le pain", "le pão")}
    assert not addition.rejected


def test_two_files_in_one_language_are_refused_with_what_was_found(tmp_path):
    paths = [written(tmp_path, f"{name}/fr.json", '{"a": "oui"}') for name in ("a", "b")]
    with (
        open_store(":memory:", create=True) as store,
        pytest.raises(OptionError, match="strings in two languages"),
    ):
        add_files(store, paths)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.json", '{"a": "oui",}', r"a\.json:1:13: no JSON: "),
        ("a.json", '["oui"]', "an object with keys and texts was expected"),
        ("a.json", "[" * 100_000, "nested too deep|no JSON"),
        ("a.json", f'{{"a": {"1" * 10_000}}}', "a number of too many digits"),
        ("a.xml", "<resources><string>", r"a\.xml:1:\d+: not well-formed: .*line 1$"),
        ("a.xml", "<martif/>", "the root is <martif>; <resources> of Android was expected"),
        ("a.ftl", "hello\n", r"a\.ftl:1: Expected token"),
        ("a.ftl", "a = " + "{" * 5_000, "nested too deep"),
    ],
)
def test_what_is_broken_is_one_line(tmp_path, name, content, what):
    path = written(tmp_path, name, content)
    with pytest.raises(FormatError, match=what):
        list(read_units(path, direction=Direction("fr")))


def test_a_broken_escape_of_properties_is_read(tmp_path):
    path = written(tmp_path, "a.properties", "a=\\u00zz\n")
    assert [unit.place.id for unit in read_units(path)] == ["a"]


# ------------------------------------------------------------------------------------------- plurals


PLURALS = {
    "values-fr/strings.xml": (
        (
            '<resources>\n  <plurals name="d">\n    <item quantity="one">jour</item>\n    <item quantity="few"/>\n'
            '    <item quantity="other">jours</item>\n  </plurals>\n</resources>\n'
        ),
        '    <item quantity="many">дней</item>\n    <item quantity="other">дней</item>\n',
    ),
    "fr.arb": (
        '{"@@locale": "fr", "d": "{n, plural,\\n  =1{jour} other{jours l\'{n}\'}}"}',
        '{"@@locale": "fr", "d": "{n, plural,\\n  =1{jour} few{дней} many{дней} other{дней}}"}',
    ),
    "fr.json": (
        '{\n  "d_one": "jour",\n  "d_other": "jours",\n  "reason_other": "autre"\n}',
        '  "d_few": "дней",\n  "d_many": "дней",\n  "d_other": "дней",\n  "reason_other": "autre"\n}',
    ),
    "fr/app.ftl": (
        "d =\n    { $n ->\n        [one] jour\n       *[other] jours\n    }\n",
        "        [one] jour\n        [few] дней\n        [many] дней\n       *[other] дней\n    }\n",
    ),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", PLURALS)
def test_a_plural_takes_the_forms_of_the_target_language_that_the_file_lacks(tmp_path, name, end):
    content, expected = (text.replace("\n", end) for text in PLURALS[name])
    path, out = written(tmp_path, name, content), tmp_path / "out"
    units = list(read_units(path))
    fillings = [Filling(Segment("дней"), 100) if "other" in unit.place.id and "reason" not in unit.place.id else None
                for unit in units]  # fmt: skip
    assert fill(path, out, fillings, direction=Direction("fr", "ru")) == 1
    assert expected in out.read_bytes().decode()
    assert fill(path, out, fillings, direction=Direction("fr", "de")) == 1
    assert len(out.read_text().split("дней")) == 2


def test_a_message_of_icu_is_parted_where_it_selects_and_whole_where_not(tmp_path):
    nested = "{g, select, female {{n, plural, one{elle} other{elles}}} other {ils}}"
    texts = {
        "a": nested,
        "b": "Il y a {n, plural, one{un} other{des}} pains",
        "c": "{n, plural, one{un}",
        "d": "{n}",
    }
    path = written(tmp_path, "fr.json", str(texts).replace("'", '"'))
    found = {unit.place.id: unit.variants[0].segment.text for unit in read_units(path)}
    assert found == {
        "a[female][one]": "elle",
        "a[female][other]": "elles",
        "a[other]": "ils",
        **{key: text for key, text in texts.items() if key != "a"},
    }


# ------------------------------------------------------------------------------------------- edges


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_key_of_properties_may_run_on_in_the_next_line(tmp_path, end):
    file = "# no \\\nlong\\\n   key = un\\\n   deux\n\na\\\\\\\n\\\nb:c\n".replace("\n", end)
    path, out = written(tmp_path, "a_fr.properties", file), tmp_path / "out.properties"
    units = list(read_units(path))
    assert [(unit.place.id, unit.variants[0].segment.text) for unit in units] == [
        ("longkey", "undeux"),
        ("a\\b", "c"),
    ]
    fill(path, out, [Filling(unit.variants[0].segment, 100) for unit in units])
    assert out.read_bytes() == path.read_bytes()
    fill(path, out, [Filling(Segment("três"), 100), Filling(Segment("d"), 100)])
    assert out.read_bytes().decode() == file.replace(f"un\\{end}   deux", r"tr\u00eas").replace(":c", ":d")


def test_half_a_character_is_replaced_where_it_is_read_and_where_it_is_written(tmp_path, caplog):
    path = written(tmp_path, "fr.json", '{"a": "\\ud83d", "b": "\\ud83d\\ude00"}')
    assert [unit.variants[0].segment.text for unit in read_units(path)] == ["\ufffd", "😀"]
    path, out = written(tmp_path, "values-fr/strings.xml", ANDROID), tmp_path / "out.xml"
    fill(path, out, [Filling(Segment("a\ud83d\x01"), 100)])
    assert '<string name="hi">a\ufffd\ufffd</string>' in out.read_text("utf-8")
    assert caplog.messages[-1].endswith("strings.xml: 2 characters that XML cannot hold became U+FFFD")


def test_an_empty_translation_of_fluent_is_quoted(tmp_path):
    path, out = written(tmp_path, "fr/app.ftl", "a = oui\nb =\n    non\n"), tmp_path / "out.ftl"
    fill(path, out, [Filling(Segment(""), 100), Filling(Segment(" "), 100)])
    assert out.read_text() == 'a = {""}\nb =\n    {""}\n'


def test_a_letter_that_the_encoding_of_a_file_has_not_is_a_reference_in_xml_and_makes_others_utf_8(tmp_path):
    path, out = tmp_path / "strings.xml", tmp_path / "out.xml"
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?>\n<resources><string name="a">été</string></resources>\n'
    )
    path.write_bytes(text.encode("iso-8859-1"))
    fill(path, out, [Filling(Segment("été 3 €"), 100)])
    assert out.read_bytes().decode("iso-8859-1") == text.replace("été", "été 3 &#8364;")
    path, out = tmp_path / "Localizable.strings", tmp_path / "out.strings"
    path.write_bytes('"a" = "été";\n'.encode("iso-8859-1"))
    fill(path, out, [Filling(Segment("été 3 €"), 100)], encoding="iso-8859-1")
    assert out.read_text(encoding="utf-8") == '"a" = "été 3 €";\n'


def test_a_comment_of_android_is_about_one_string_or_all_items_of_one_list(tmp_path):
    text = (
        '<resources><!-- bread --><plurals name="n"><item quantity="one">pain</item><item quantity="other">pains</item>'
        '</plurals><!-- door --><string name="a">porte</string><string name="b">mur</string></resources>'
    )
    (tmp_path / "strings.xml").write_text(text, encoding="utf-8")
    units = read_units(tmp_path / "strings.xml")
    notes = [[each.text for each in unit.annotations if each.name == "note"] for unit in units]
    assert notes == [["bread"], ["bread"], ["door"], []]


@pytest.mark.parametrize("name", ["strings.xml", "Localizable.strings"])
def test_an_empty_file_of_strings_is_refused_at_its_beginning(name, tmp_path):
    (tmp_path / name).write_text(" \n", encoding="utf-8")
    with pytest.raises(FormatError, match=r":1:1: the file is empty; strings were expected"):
        list(read_units(tmp_path / name))


@pytest.mark.parametrize("encoding", ["windows-1251", "UTF-16", "UTF-8"])
def test_strings_in_xml_are_read_and_written_in_the_encoding_that_they_declare(tmp_path, encoding):
    path, out = tmp_path / "values-uk" / "strings.xml", tmp_path / "out.xml"
    path.parent.mkdir()
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<resources><string name="a">Міст</string></resources>\n'
    path.write_bytes(text.encode(encoding))
    (unit,) = read_units(path, format="android")
    assert unit.variants[0].segment.text == "Міст"
    assert fill(path, out, [Filling(Segment("A ponte está só"), 100)], format="android") == 1
    written = out.read_bytes().decode(encoding)
    assert written.startswith(text.partition("Міст")[0])
    (unit,) = read_units(out, format="android")
    assert unit.variants[0].segment.text == "A ponte está só"


def test_a_root_of_android_in_a_comment_is_none(tmp_path):
    path = tmp_path / "strings.xml"
    path.write_text("<!-- <resources> -->\n" + ANDROID.partition("?>\n")[2], encoding="utf-8")
    assert "left" in {unit.place.id for unit in read_units(path, format="android")}


def test_what_stands_verbatim_in_a_list_of_properties_is_text_too(tmp_path):
    path, out = tmp_path / "a.stringsdict", tmp_path / "out.stringsdict"
    other = "<key>other</key><string><![CDATA[%d <jours>]]> &amp; plus</string>"
    text = f"<plist><dict><key>days</key><dict><key>n</key><dict>{other}</dict></dict></dict></plist>"
    path.write_text(text, encoding="utf-8")
    (unit,) = read_units(path)
    assert unit.variants[0].segment.text == "%d <jours> & plus"
    assert fill(path, out, [Filling(Segment("%d <dias> & mais"), 100)]) == 1
    assert out.read_text(encoding="utf-8") == text.replace(
        "<![CDATA[%d <jours>]]> &amp; plus", "%d &lt;dias&gt; &amp; mais"
    )


def test_a_large_file_of_strings_is_filled_in_time_that_grows_with_it(tmp_path):
    # Each text asked whether the file has escapes, all of it: ten times as many took a hundred times as long.
    path, out = tmp_path / "fr.json", tmp_path / "pt.json"
    path.write_text("{" + ",".join(f'"k{number}":"un"' for number in range(10_000)) + "}", encoding="utf-8")
    assert fill(path, out, [Filling(Segment("um"), 100)] * 10_000) == 10_000
