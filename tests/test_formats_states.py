"""How far a translation has come, in the words of each format and vendor."""

import pytest

from tm.direction import Direction
from tm.formats import demands, read_units, states
from tm.formats.parts import parts, translations

HEAD_1 = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    ' xmlns:mq="MQXliff" xmlns:m="http://www.memsource.com/mxlf/2.0"><file source-language="fr" target-language="pt"'
    ' original="a" datatype="x"><body>'
)
HEAD_2 = (
    '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="pt"'
    ' xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0"><file id="f">'
)


def xliff_1(tmp_path, body):
    path = tmp_path / "a.xlf"
    path.write_text(f"{HEAD_1}{body}</body></file></xliff>", encoding="utf-8")
    return list(read_units(path))


def unit_1(attributes="", target="", text="Sal"):
    return f'<trans-unit id="1"{attributes}><source>Sel</source><target{target}>{text}</target></trans-unit>'


STATES_1 = [
    ("", "", "translated"),
    ("", ' state="new"', "untranslated"),
    ("", ' state="needs-translation"', "untranslated"),
    ("", ' state="needs-translation" state-qualifier="fuzzy-match"', "draft"),
    ("", ' state="needs-adaptation"', "draft"),
    ("", ' state="needs-review-translation"', "draft"),
    ("", ' state="translated"', "translated"),
    ("", ' state="translated" state-qualifier="mt-suggestion"', "translated"),
    ("", ' state="translated" state-qualifier="rejected-grammar"', "rejected"),
    ("", ' state-qualifier="mt-suggestion"', "draft"),
    ("", ' state="signed-off"', "reviewed"),
    ("", ' state="final"', "final"),
    ("", ' state="x-half-done"', "draft"),
    (' approved="yes"', "", "reviewed"),
    (' approved="no"', "", "translated"),
    (' approved="yes"', ' state="needs-translation"', "untranslated"),
    (' mq:status="NotStarted"', "", "untranslated"),
    (' mq:status="PartiallyEdited"', "", "draft"),
    (' mq:status="ManuallyConfirmed"', "", "translated"),
    (' mq:status="Proofread"', "", "reviewed"),
    (' mq:status="SomethingNew"', "", "draft"),
    (' m:confirmed="0"', "", "draft"),
    (' m:confirmed="1"', "", "translated"),
]


@pytest.mark.parametrize(("attributes", "target", "expected"), STATES_1)
def test_each_word_of_xliff_1_and_its_vendors_is_one_of_the_states(tmp_path, attributes, target, expected):
    (unit,) = xliff_1(tmp_path, unit_1(attributes, target))
    assert states.state_of(unit) == expected


def test_an_empty_target_is_untranslated_whatever_the_file_says(tmp_path):
    (unit,) = xliff_1(tmp_path, unit_1(target=' state="final"', text=" "))
    assert states.state_of(unit) == "untranslated"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", "translated"),
        (' state="initial"', "untranslated"),
        (' state="translated"', "translated"),
        (' state="reviewed"', "reviewed"),
        (' state="final"', "final"),
    ],
)
def test_the_states_of_xliff_2(tmp_path, state, expected):
    path = tmp_path / "a.xlf2"
    segment = f"<segment{state}><source>Sel</source><target>Sal</target></segment>"
    path.write_text(f'{HEAD_2}<unit id="1">{segment}</unit></file></xliff>', encoding="utf-8")
    assert [states.state_of(unit) for unit in read_units(path)] == [expected]


def sdl_unit(*states_of_segments):
    numbers = range(1, len(states_of_segments) + 1)
    sources, targets = (
        "".join(f'<mrk mtype="seg" mid="{number}">{word} {number}</mrk>' for number in numbers)
        for word in ("Sel", "Sal")
    )
    defined = "".join(
        f'<sdl:seg id="{number}"{conf and f" conf={chr(34)}{conf}{chr(34)}"}/>'
        for number, conf in zip(numbers, states_of_segments, strict=True)
    )
    return (
        f'<trans-unit id="u"><source>Sel</source><seg-source>{sources}</seg-source><target>{targets}</target>'
        f"<sdl:seg-defs>{defined}</sdl:seg-defs></trans-unit>"
    )


def test_each_segment_of_an_sdlxliff_has_its_own_state(tmp_path):
    confs = ("Translated", "Draft", "RejectedTranslation", "ApprovedSignOff", "", "ApprovedTranslation")
    (unit,) = xliff_1(tmp_path, sdl_unit(*confs))
    expected = ["translated", "draft", "rejected", "final", "untranslated", "reviewed"]
    assert [states.state_of(part) for part in parts(unit)] == expected
    assert [part.place.id for part in parts(unit)][:2] == ["u/1", "u/2"]
    assert states.state_of(unit) == "rejected"
    kept = [part.variants[1].segment.text for part in translations([unit])]
    assert kept == ["Sal 1", "Sal 4", "Sal 6"]


PO = """msgid ""
msgstr "Language: pt\\n"

msgid "a"
msgstr "b"

#, fuzzy
msgid "c"
msgstr "d"

msgid "e"
msgstr ""

msgid "f"
msgid_plural "g"
msgstr[0] "h"
msgstr[1] ""
"""


def test_the_states_of_a_catalogue(tmp_path):
    (tmp_path / "a.po").write_text(PO, encoding="utf-8")
    found = [states.state_of(unit) for unit in read_units(tmp_path / "a.po")]
    assert found == ["translated", "draft", "untranslated", "draft"]


def test_a_table_and_a_tmx_have_states_too(tmp_path):
    (tmp_path / "a.tsv").write_text("fr\tpt\tstate\na\tb\tfuzzy\nc\t\t\nd\te\tfinal\n", encoding="utf-8")
    assert [states.state_of(unit) for unit in read_units(tmp_path / "a.tsv")] == [
        "draft",
        "untranslated",
        "final",
    ]
    tuv = '<tuv xml:lang="fr"><seg>a</seg></tuv><tuv xml:lang="pt"><seg>{}</seg></tuv>'
    body = f"<tu>{tuv.format('')}</tu><tu><prop type='x-state'>fuzzy</prop>{tuv.format('b')}</tu>"
    (tmp_path / "a.tmx").write_text(f'<tmx version="1.4"><body>{body}</body></tmx>', encoding="utf-8")
    assert [states.state_of(unit) for unit in read_units(tmp_path / "a.tmx")] == ["untranslated", "draft"]


def test_a_form_of_white_space_is_no_translation(tmp_path):
    forms = 'msgid "{0}"\nmsgid_plural "{0}s"\nmsgstr[0] "{1}"\nmsgstr[1] " "\n\n'
    text = f'msgid "Salt"\nmsgstr " "\n\n{forms.format("Cup", " ")}{forms.format("Jar", "Pote")}'
    (tmp_path / "a.po").write_text(text, encoding="utf-8")
    units = read_units(tmp_path / "a.po", direction=Direction("en", "pt"))
    assert [states.state_of(unit) for unit in units] == ["untranslated", "untranslated", "draft"]


def test_limits_are_read_where_they_count_characters(tmp_path):
    attributes = (
        ' maxwidth="9" size-unit="char"',
        ' maxwidth="9"',
        ' maxwidth="9" size-unit="pixel"',
        ' size-unit="char"',
    )
    found = xliff_1(tmp_path, "".join(map(unit_1, attributes)))
    assert list(map(demands.maximum_length, found)) == [9, None, None, None]
    path = tmp_path / "a.xlf2"
    body = "".join(
        f'<unit id="{number}" slr:sizeRestriction="{size}"><segment><source>a</source></segment></unit>'
        for number, size in enumerate(("12", "2,30", "x"), 1)
    )
    path.write_text(f"{HEAD_2}{body}</file></xliff>", encoding="utf-8")
    assert list(map(demands.maximum_length, read_units(path))) == [12, 30, None]
    message = '{}\nmsgid "a{}"\nmsgstr ""\n\n'
    marks = ("#. max-length: 8", "#, c-format, max-length:7", "#. Maximum length = 6", "#. length 5")
    (tmp_path / "a.po").write_text(
        "".join(message.format(mark, number) for number, mark in enumerate(marks)), encoding="utf-8"
    )
    units = read_units(tmp_path / "a.po", direction=Direction("en", "pt"))
    assert list(map(demands.maximum_length, units)) == [8, 7, 6, None]
