"""XLIFF 1.2 and 2.x: read, written anew, filled."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm import formats
from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import Filling, states
from tm.formats.filling import fitted
from tm.formats.parts import parts, translations
from tm.model import Annotation, Code, Segment, Unit, Variant

SAMPLES = Path(__file__).parent / "samples" / "xliff"
SEGMENTED, TWO = SAMPLES / "segmented.xlf", SAMPLES / "two.xlf"
START = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
    '<file source-language="fr" target-language="pt" original="a" datatype="plaintext"><body>\n'
)
END = "</body></file></xliff>\n"


def read(path, **options):
    return list(formats.read_units(path, **options))


def file(tmp_path, body, name="a.xlf"):
    path = tmp_path / name
    path.write_text(START + body + END, encoding="utf-8")
    return path


def unit(number, source="Oui", target="Sim"):
    return f'<trans-unit id="{number}"><source>{source}</source><target>{target}</target></trans-unit>\n'


def texts(unit):
    return [each.segment.text for each in unit.variants]


def codes(segment):
    return [(code.position, code.kind, code.name) for code in segment.codes]


def prop(name, text):
    return Annotation("prop", text, name)


# ------------------------------------------------------------------------------------------------- reading


def test_a_file_that_names_no_target_language_has_not_that_of_the_file_before(tmp_path):
    path = tmp_path / "a.xlf"
    german = START.replace('target-language="pt"', 'target-language="de"') + unit(1, target="Ja")
    second = START.partition("\n")[2].replace(' target-language="pt"', "") + unit(1)
    path.write_text(f"{german}</body></file>\n{second}{END}", encoding="utf-8")
    assert [each.variants[1].language for each in read(path)] == ["de", "und"]
    asked = read(path, direction=Direction("fr", "pt"))
    assert [each.variants[1].language for each in asked] == ["de", "pt"]


def test_a_trans_unit_is_a_unit_with_its_name_notes_and_state():
    intro = read(SEGMENTED, direction=Direction(target="pt"))[1]
    assert texts(intro) == ["Le pont tient. Il est vieux.", "A ponte resiste. "]
    assert [each.language for each in intro.variants] == ["fr", "pt"]
    assert intro.attributes == (("tuid", "p1"),)
    assert intro.annotations == (
        Annotation("note", "Vérifier l’âge."),
        prop("x-document", "pont.html"),
        prop("x-identifier", "intro"),
        prop("x-state", "needs-translation"),
        prop("x-origin", "unreviewed"),
    )


def test_what_must_not_be_translated_says_so():
    logo, intro, lines = read(SEGMENTED)
    assert [each.property("x-translate") for each in (logo, intro, lines)] == ["no", "", ""]
    assert lines.property("x-approved") == "yes"


def test_a_marked_source_is_parted_into_its_segments():
    first, second = parts(read(SEGMENTED)[1])
    assert (texts(first), texts(second)) == (["Le pont tient.", "A ponte resiste."], ["Il est vieux."])
    assert codes(second.variants[0].segment) == [(7, "open", "g"), (12, "close", "g")]
    assert second.attributes == (("tuid", "p1/1"),)


def test_a_segment_of_version_2_is_a_unit_with_its_original_data():
    first, second = read(TWO)
    assert (texts(first), texts(second)) == (["Le pont tient.", "A ponte resiste."], ["Il est vieux."])
    assert [code.content for code in first.variants[0].segment.codes] == [Segment("<b>"), Segment("</b>")]
    assert codes(second.variants[0].segment) == [(7, "alone", "ph"), (12, "alone", "cp")]
    assert [each.property("x-state") for each in (first, second)] == ["final", ""]
    assert [dict(each.attributes)["tuid"] for each in (first, second)] == ["u1/s1", "u1/2"]
    assert first.annotations[0] == Annotation("note", "En haut de la page.")


def test_native_codes_hold_what_stands_in_them(tmp_path):
    path = file(
        tmp_path,
        unit(1, '<bpt id="1">&lt;a title="<sub>Oui</sub>"></bpt>ici<ept id="1">&lt;/a></ept><bx id="2"/>'),
    )
    segment = read(path)[0].variants[0].segment
    assert (segment.text, codes(segment)) == (
        "ici",
        [(0, "open", "bpt"), (3, "close", "ept"), (3, "open", "bx")],
    )
    inside = segment.codes[0].content
    assert (inside.text, codes(inside)) == ('<a title="Oui">', [(10, "open", "sub"), (13, "close", "sub")])


def test_an_empty_target_is_no_translation(tmp_path):
    path = file(
        tmp_path, unit(1, target=" ") + '<trans-unit id="2"><source>Non</source><target/></trans-unit>\n'
    )
    assert list(map(texts, read(path))) == [["Oui"], ["Non"]]


def test_targets_that_wait_for_a_translator_stay_out_of_a_memory(tmp_path):
    body = "".join(
        unit(number).replace("<target>", f'<target state="{state}">')
        for number, state in enumerate(["new", "needs-translation", "needs-review-translation", "final"])
    )
    kept = list(translations(read(file(tmp_path, body))))
    assert [(each.property("x-state"), each.property("x-origin")) for each in kept] == [
        ("final", ""),
    ]


def test_a_prefix_of_the_namespace_makes_no_difference(tmp_path):
    path = tmp_path / "a.xlf"
    path.write_text(
        '<x:xliff version="1.2" xmlns:x="urn:oasis:names:tc:xliff:document:1.2"><x:file source-language="fr"'
        ' target-language="pt" original="a" datatype="x"><x:body><x:trans-unit id="1"><x:source>a<x:g id="1">b</x:g>'
        "</x:source><x:target>c</x:target></x:trans-unit></x:body></x:file></x:xliff>",
        encoding="utf-8",
    )
    found = read(path)[0]
    assert (texts(found), codes(found.variants[0].segment)) == (
        ["ab", "c"],
        [(1, "open", "g"), (2, "close", "g")],
    )


def test_elements_of_others_are_gone_past(tmp_path):
    body = (
        '<trans-unit id="1"><source>Oui</source><my:a xmlns:my="m"><my:source>x</my:source><source>y</source></my:a>'
        "<alt-trans><source>a</source><target>b</target></alt-trans></trans-unit>"
    )
    assert list(map(texts, read(file(tmp_path, body)))) == [["Oui"]]


def test_what_is_in_no_unit_is_accounted_for(tmp_path):
    proposed = (
        "<alt-trans><source>Oui</source><target>Pois</target></alt-trans>"
        "<alt-trans><target><g id='1'/></target><note>vieux</note></alt-trans><alt-trans><target> </target></alt-trans>"
    )
    path = file(tmp_path, unit(1).replace("</trans-unit>", f"{proposed}<count-group name='a'/></trans-unit>"))
    account = formats.Account()
    assert [texts(each) for each in read(path, account=account)] == [["Oui", "Sim"]]
    assert account.candidates == 2
    assert account.unread == {"alt-trans": 3, "count-group": 1}
    assert account.languages == ["fr", "pt"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (unit(1, "R&D"), ":3:31: not well-formed XML: a bare &"),
        ('<trans-unit id="1">\n<target>x</target></trans-unit>', ":4:19: a unit or segment without <source>"),
        (unit(1, "a</source><source>b"), ":3:38: a second <source>"),
        (unit(1, '<g id="1">' * 200 + "</g>" * 200), "elements nested more than 100 deep"),
        (unit(1, "&nbsp;"), ":3:28: the entity &nbsp; is not defined"),
    ],
)
def test_a_fault_is_told_with_its_place(body, message, tmp_path):
    with pytest.raises(FormatError, match=message):
        read(file(tmp_path, body))


def test_another_top_element_and_another_version_are_refused(tmp_path):
    path = tmp_path / "a.xlf"
    path.write_text("<html/>", encoding="utf-8")
    with pytest.raises(FormatError, match=":1:1: the top element is <html>; an XLIFF file has <xliff>"):
        read(path)
    path.write_text('<xliff version="3.0"/>', encoding="utf-8")
    with pytest.raises(FormatError, match=r"XLIFF version '3\.0'; 1\.0 to 2\.2 are read"):
        read(path)


def test_entities_neither_explode_nor_fetch(tmp_path):
    for entity, message in (
        ('<!ENTITY a "0123456789"><!ENTITY b "' + "&a;" * 200 + '">', "stands for more than 1000 characters"),
        ('<!ENTITY b SYSTEM "file:///etc/hostname">', "is in another file, which is never fetched"),
    ):
        path = tmp_path / "a.xlf"
        path.write_text(f"<!DOCTYPE xliff [{entity}]>{START}{unit(1, '&b;')}{END}", encoding="utf-8")
        with pytest.raises(FormatError, match=message):
            read(path)


def test_with_a_list_of_problems_reading_goes_on_at_the_next_unit(tmp_path):
    path = file(tmp_path, f"<group>{unit(1)}{unit(2, 'R&D')}{unit(3)}</group>{unit(4)}")
    problems = []
    assert [dict(each.attributes)["tuid"] for each in read(path, problems=problems)] == ["1", "3", "4"]
    assert [each.line for each in problems] == [4]


# ------------------------------------------------------------------------------------------------- writing

characters = st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\t\n\r<>&\"']")
words = st.text(characters, max_size=6)
names = st.text(st.characters(categories=("Ll",), max_codepoint=127), min_size=1, max_size=6)


@st.composite
def segments(draw, version):
    """Text with pairs, single codes and native ones, as the version has them."""
    pieces, codes = [draw(words.filter(str.strip))], []
    for number in range(draw(st.integers(0, 3))):
        kind, at, id_ = (
            draw(st.sampled_from("pair alone native".split())),
            sum(map(len, pieces)),
            (("id", f"i{number}"),),
        )
        native = Segment(draw(names))
        inner = draw(words)
        if kind == "pair":
            name = "g" if version == 1 else "pc"
            codes += [Code(at, "open", name, id_), Code(at + len(inner), "close", name)]
        elif kind == "alone":
            codes.append(Code(at, "alone", "x" if version == 1 else "ph", id_))
        else:
            reference = (("dataRef", f"d{native.text}"),) if version == 2 else ()
            codes.append(Code(at, "alone", "ph", (*id_, *reference), native))
        pieces.append(inner)
    return Segment("".join(pieces), tuple(codes))


@st.composite
def units(draw, version):
    target = draw(st.none() | segments(version))
    allowed = ["", "final", "translated", *(["new", "needs-l10n"] if version == 1 else ["initial", "fuzzy"])]
    state = draw(st.sampled_from(allowed)) if target else ""
    said = {
        "x-document": draw(st.sampled_from(["", "a.txt", "b & c.txt"])),
        "x-identifier": draw(st.sampled_from(["", "intro", "a<b"])),
        "x-translate": draw(st.sampled_from(["", "no"])),
    }
    return Unit(
        (Variant("fr", draw(segments(version))), *([Variant("pt-BR", target)] if target else [])),
        (),
        (
            *(Annotation("note", each) for each in draw(st.lists(words, max_size=2))),
            *(prop("x-pivot", each) for each in draw(st.lists(words, max_size=1))),
            *(prop(name, text) for name, text in said.items() if text),
            *states.described(state),
        ),
    )


def sorted_notes(unit):
    """Notes come first in 1.2, properties in 2.0."""
    return sorted(unit.annotations, key=lambda each: (each.name, each.type))


def check_law(path, written):
    formats.write_units(path, written, direction=Direction("fr", "pt-BR"))
    back = read(path)
    assert [each.variants for each in back] == [each.variants for each in written]
    assert list(map(sorted_notes, back)) == list(map(sorted_notes, written))


@given(st.lists(units(1), max_size=4))
def test_what_is_written_in_version_1_is_read_back(tmp_path_factory, written):
    check_law(tmp_path_factory.mktemp("xliff") / "a.xlf", written)


@given(st.lists(units(2), max_size=4))
def test_what_is_written_in_version_2_is_read_back(tmp_path_factory, written):
    check_law(tmp_path_factory.mktemp("xliff") / "a.xliff2", written)


@pytest.mark.parametrize("name", ["a.xlf", "a.xliff2"])
def test_codes_of_other_formats_become_those_of_xliff(name, tmp_path):
    segment = Segment(
        "abc",
        (
            Code(0, "open", "bpt", (("i", "1"), ("type", "bold")), Segment("<b>")),
            Code(1, "close", "ept", (("i", "1"),), Segment("</b>")),
            Code(1, "open", "hi"),
            Code(2, "close", "hi"),
            Code(2, "alone", "it", (("pos", "begin"),), Segment("<i>")),
            Code(3, "close", "odd"),
        ),
    )
    path = tmp_path / name
    formats.write_units(path, [Unit((Variant("fr", segment), Variant("pt", segment)))])
    for variant in read(path)[0].variants:
        found = variant.segment.codes
        assert variant.segment.text == "abc"
        assert [(code.position, code.kind) for code in found] == [
            (code.position, code.kind) for code in segment.codes
        ]
        assert [code.content for code in found] == [code.content for code in segment.codes]


def test_what_xliff_and_tmx_call_differently_is_renamed(tmp_path):
    code = Code(
        0,
        "alone",
        "it",
        (("pos", "begin"),),
        Segment("<i>", (Code(0, "open", "sub", (("type", "alt"),)), Code(1, "close", "sub"))),
    )
    written = Unit((Variant("fr", Segment("Oui", (code,))), Variant("pt", Segment("Sim", (code,)))))
    formats.write_units(tmp_path / "a.xlf", [written])
    assert '<it pos="open" id="c1"><sub ctype="x-alt">&lt;</sub>i&gt;</it>Oui' in (
        tmp_path / "a.xlf"
    ).read_text(encoding="utf-8")
    formats.write_units(tmp_path / "a.tmx", read(tmp_path / "a.xlf"))
    assert '<it pos="begin"><sub ctype="x-alt">&lt;</sub>i&gt;</it>Oui' in (tmp_path / "a.tmx").read_text(
        encoding="utf-8"
    )


def test_sub_outside_native_code_becomes_another_element(tmp_path):
    segment = Segment("Oui", (Code(0, "open", "sub"), Code(3, "close", "sub")))
    formats.write_units(tmp_path / "a.xlf", [Unit((Variant("fr", segment),))])
    assert '<source><g id="c1" ctype="x-sub">Oui</g></source>' in (tmp_path / "a.xlf").read_text(
        encoding="utf-8"
    )


def test_units_without_a_source_are_counted(tmp_path, caplog):
    both = [
        Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim")))),
        Unit((Variant("de", Segment("ja")),)),
    ]
    assert formats.write_units(tmp_path / "a.xlf", both) == 1
    assert "left out 1 unit" in caplog.text


# ------------------------------------------------------------------------------------------------- filling


@pytest.mark.parametrize("sample", [SEGMENTED, TWO])
def test_a_file_filled_with_nothing_is_the_same_to_the_byte(sample, tmp_path):
    out = tmp_path / "out.xlf"
    assert formats.fill(sample, out, []) == 0
    assert out.read_bytes() == sample.read_bytes()


def test_a_filled_target_says_state_percent_and_origin_in_version_1(tmp_path):
    out = tmp_path / "out.xlf"
    code = (Code(3, "open", "g", (("id", "1"),)), Code(8, "close", "g"))
    fillings = [
        None,
        None,
        Filling(Segment("Ela velha.", code), 85, "m.tm", Segment("Elle est vieille.")),
        None,
    ]
    assert formats.fill(SEGMENTED, out, fillings, direction=Direction(target="pt-BR")) == 1
    old, new = SEGMENTED.read_text(encoding="utf-8"), out.read_text(encoding="utf-8")
    target = (
        '<target state="needs-translation" state-qualifier="fuzzy-match"><mrk mtype="seg" mid="0">A ponte resiste.</mrk>'
        ' <mrk mtype="seg" mid="1">Ela<g id="1"> velh</g>a.</mrk></target>'
    )
    proposal = (
        '<alt-trans mid="1" match-quality="85%" origin="m.tm"><source>Elle est vieille.</source>'
        '<target>Ela<g id="1"> velh</g>a.</target></alt-trans>'
    )
    assert target in new
    assert proposal in new
    gone = new.replace(proposal, "").replace(' target-language="pt-BR"', "")
    start, end = old.index('<target state="needs-translation">'), old.index("</target>") + len("</target>")
    assert gone.replace(target, old[start:end]).split() == old.split()


def test_a_filled_segment_says_state_percent_and_origin_in_version_2(tmp_path):
    out = tmp_path / "out.xlf"
    assert (
        formats.fill(
            TWO, out, [None, Filling(Segment("É velha."), 100, "m.tm", Segment("Elle est vieille."))]
        )
        == 1
    )
    text = out.read_text(encoding="utf-8")
    filled = read(out)[1]
    assert texts(filled) == ["Il est vieux.", "É velha."]
    assert filled.property("x-state") == "translated"
    id_ = dict(filled.attributes)["tuid"].removeprefix("u1/")
    assert (
        f'<mtc:match ref="#{id_}" matchQuality="100" origin="m.tm"><source>Elle est vieille.</source>' in text
    )
    assert read(out)[0] == read(TWO)[0]


def test_a_file_in_another_encoding_is_filled_as_utf8(tmp_path):
    path, out = tmp_path / "a.xlf", tmp_path / "out.xlf"
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>\n' + START + unit(1, "été", "") + END
    path.write_bytes(text.encode("latin-1"))
    assert formats.fill(path, out, [Filling(Segment("verão 🌉"), 100)]) == 1
    assert out.read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert texts(read(out)[0]) == ["été", "verão 🌉"]


@given(st.lists(segments(1), min_size=1, max_size=3), st.data())
def test_every_part_takes_its_filling_and_nothing_else_changes(tmp_path_factory, sources, data):
    folder = tmp_path_factory.mktemp("fill")
    path, out = folder / "a.xlf", folder / "b.xlf"
    formats.write_units(
        path, [Unit((Variant("fr", source),)) for source in sources], direction=Direction("fr", "pt")
    )
    fillings = [data.draw(st.none() | words.filter(str.strip)) for _ in sources]
    formats.fill(path, out, [text and Filling(Segment(text), 100) for text in fillings])
    before, after = read(path), read(out)
    assert [each.variants[0] for each in after] == [each.variants[0] for each in before]
    assert [texts(each)[1:] for each in after] == [[text] if text else [] for text in fillings]


def test_converting_xliff_to_xliff_keeps_what_is_not_understood(tmp_path):
    from tm.work.conversion import convert

    done = convert(SEGMENTED, tmp_path / "out.xlf")
    assert (done.written, done.lost) == (3, {})
    assert (tmp_path / "out.xlf").read_bytes() == SEGMENTED.read_bytes()


def test_codes_take_the_places_of_the_sources_own():
    g = (Code(0, "open", "g", (("id", "1"),)), Code(1, "close", "g"), Code(1, "alone", "x", (("id", "2"),)))
    theirs = (
        Code(0, "open", "bpt", (("i", "9"),), Segment("<b>")),
        Code(2, "close", "ept", (("i", "9"),), Segment("</b>")),
        Code(2, "open", "bpt", (("i", "8"),), Segment("<i>")),
    )
    assert fitted(Segment("ab", theirs), Segment("a", g)).codes == (
        Code(0, "open", "g", (("id", "1"),)),
        Code(2, "close", "g"),
    )
