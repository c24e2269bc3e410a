"""TMX: nothing is lost on the way in and out, and a fault has a place."""

import dataclasses
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm import __version__
from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import Header, _tmx_plain, _values, read_units, write_units
from tm.model import Annotation, Code, Concept, DataCategory, Segment, Term, Unit, Variant

EVERYTHING = Path(__file__).parent / "samples/tmx/everything.tmx"
HEAD = '<tmx version="1.4"><header srclang="fr"/><body>\n'
UNIT = '<tu><tuv xml:lang="fr"><seg>{}</seg></tuv><tuv xml:lang="pt"><seg>x</seg></tuv></tu>\n'
FOOT = "</body></tmx>\n"


def tmx(tmp_path, *segments, before="", foot=FOOT, encoding="utf-8"):
    path = tmp_path / "news.tmx"
    path.write_bytes((before + HEAD + "".join(map(UNIT.format, segments)) + foot).encode(encoding))
    return path


def sources(path, **options):
    return [unit.variants[0].segment.text for unit in read_units(path, **options)]


def segment(text, *codes):
    return Segment(text, codes)


# ------------------------------------------------------------------------------------------------- what is read


def test_everything_a_unit_says_is_kept():
    unit, empty = read_units(EVERYTHING)
    assert unit.attributes == (
        ("tuid", "1"),
        ("creationdate", "20240102T030405Z"),
        ("srclang", "fr"),
        ("datatype", "html"),
    )
    assert unit.annotations == (
        Annotation("note", "première"),
        Annotation("prop", "pont.html", "x-document"),
        Annotation("note", "segunda", "", (("xml:lang", "pt-BR"),)),
    )
    french, portuguese, english = unit.variants
    assert french.attributes == (("changeid", "ana"), ("seg/xml:space", "preserve"))
    assert french.annotations == (Annotation("prop", "oui", "relu"),)
    assert (portuguese.language, english.language) == ("pt_BR", "EN")
    assert english.segment == segment("The bridge <holds> \r🌉")
    assert [each.segment for each in empty.variants] == [Segment(""), Segment("")]


@pytest.mark.parametrize("kind", [Annotation, Code, Concept, DataCategory, Segment, Term, Unit, Variant])
def test_values_made_quickly_are_the_frozen_ones(kind):
    arguments = ["x"] * len(dataclasses.fields(kind))
    quick = getattr(_values, kind.__name__.lower())(*arguments)
    assert type(quick) is kind
    assert (quick, hash(quick)) == (kind(*arguments), hash(kind(*arguments)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(quick, dataclasses.fields(kind)[0].name, "y")


def test_codes_stand_beside_the_text():
    french = next(read_units(EVERYTHING)).variants[0].segment
    assert french.text == "  Le pont  de Éditions du Pont tient. "
    alt = segment(
        '<img alt="vue du pont"/>',
        Code(10, "open", "sub", (("type", "alt"),)),
        Code(17, "open", "hi", (("type", "term"),)),
        Code(21, "close", "hi"),
        Code(21, "close", "sub"),
    )
    assert french.codes == (
        Code(5, "open", "bpt", (("i", "1"), ("x", "1"), ("type", "bold")), segment("<b>")),
        Code(9, "close", "ept", (("i", "1"),), segment("</b>")),
        Code(10, "alone", "ph", (("x", "2"),), alt),
        Code(10, "alone", "it", (("pos", "begin"), ("x", "3")), segment("<i>")),
        Code(31, "alone", "ut", (), segment("{\\f1}")),
    )


def test_the_header_survives_but_for_the_tool(tmp_path):
    before = read_units(EVERYTHING)
    write_units(tmp_path / "out.tmx", before)
    after = read_units(tmp_path / "out.tmx")
    assert after.header.content == before.header.content
    assert len(after.header.content) == 3
    ours = {"creationtool": "Ponte", "creationtoolversion": __version__}
    assert dict(after.header.attributes) == dict(before.header.attributes) | ours


def test_a_unit_comes_back_exactly(tmp_path):
    units = list(read_units(EVERYTHING))
    write_units(tmp_path / "out.tmx", units)
    again = list(read_units(tmp_path / "out.tmx"))
    assert [unit.variants[1].language for unit in again] == ["pt-BR", "pt-BR"]
    assert [
        (u.attributes, u.annotations, [(v.segment, v.attributes, v.annotations) for v in u.variants])
        for u in again
    ] == [
        (u.attributes, u.annotations, [(v.segment, v.attributes, v.annotations) for v in u.variants])
        for u in units
    ]


def test_codes_that_do_not_pair_are_kept_and_said(tmp_path, caplog):
    path = tmx(tmp_path, '<ept i="7"/>seul <bpt i="7"/><bpt i="7"/>', '<bpt i="1"/>deux<ept i="1"/>')
    write_units(tmp_path / "out.tmx", read_units(path))
    assert list(read_units(tmp_path / "out.tmx")) == list(read_units(path))
    assert "bpt and ept do not pair in 1 text; kept" in caplog.text


def test_every_odd_unit_is_counted(tmp_path):
    path = tmp_path / "odd.tmx"
    path.write_text(
        f'{HEAD}<tu><tuv xml:lang="fr"/></tu><tu/><tu></tu>{UNIT.format("oui")}{FOOT}', encoding="utf-8"
    )
    problems = []
    assert sources(path, problems=problems) == ["oui"]
    assert len(problems) == 3


def test_elements_that_tmx_does_not_know_mark_the_text(tmp_path):
    path = tmx(tmp_path, "un <b class='x'>gros</b> mot")
    assert next(read_units(path)).variants[0].segment == segment(
        "un gros mot", Code(3, "open", "b", (("class", "x"),)), Code(7, "close", "b")
    )
    write_units(tmp_path / "out.tmx", read_units(path))
    text = (tmp_path / "out.tmx").read_text(encoding="utf-8")
    assert '<bpt i="1" type="b">&lt;b class="x"&gt;</bpt>gros<ept i="1">&lt;/b&gt;</ept>' in text


def test_a_prefix_before_the_names_changes_nothing(tmp_path):
    path = tmp_path / "news.tmx"
    path.write_text(
        '<t:tmx xmlns:t="urn:x" version="1.4"><t:header/><t:body><t:tu><t:tuv xml:lang="fr"><t:seg>a<t:ph>b</t:ph></t:seg></t:tuv>'
        "</t:tu></t:body></t:tmx>",
        encoding="utf-8",
    )
    assert next(read_units(path)).variants[0].segment == segment(
        "a", Code(1, "alone", "ph", (), segment("b"))
    )


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("windows-1252", "windows-1252"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("utf-16", "utf-16-be"),
        ("utf-8", "utf-16"),
        ("shift_jis", "shift_jis"),
        ("utf-32", "utf-32"),
    ],
)
def test_the_encoding_is_found(declared, written, tmp_path):
    text = "日本" if declared == "shift_jis" else "élève"
    path = tmx(tmp_path, text, before=f'<?xml version="1.0" encoding="{declared}"?>\n', encoding=written)
    assert sources(path) == [text]


def test_utf8_declared_as_latin1_is_read_as_utf8_and_said(tmp_path, caplog):
    path = tmx(tmp_path, "élève", before='<?xml version="1.0" encoding="ISO-8859-1"?>\n')
    assert sources(path) == ["élève"]
    assert "declares iso8859-1 but is UTF-8" in caplog.text


def test_a_tag_that_is_none_is_kept_and_said_with_its_line(tmp_path, caplog):
    path = tmp_path / "news.tmx"
    path.write_text(f'{HEAD}<tu><tuv xml:lang="french"><seg>a</seg></tuv></tu>{FOOT}', encoding="utf-8")
    assert next(read_units(path)).variants[0].language == "french"
    assert caplog.messages == [f"{path}:2: 'french' is no language tag; kept as it is"]


# ------------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("segment_text", "fault"),
    [
        ("R&D", "2:{}: not well-formed XML: a bare &; write &amp;"),
        ("a < b", "2:{}: not well-formed XML: a bare <; write &lt;"),
        ("a\x0bb", "2:{}: XML does not allow the character U+000B; take it out"),
        ("&eacute;", "2:{}: the entity &eacute; is not defined; write the character itself"),
        ("<ph>", "2:{}: not well-formed XML: mismatched tag"),
        ("a</seg><seg>b", "2:{}: a second <seg> in one <tuv>; each language has one"),
        ("<hi>" * 101 + "</hi>" * 101, "2:{}: elements nested more than 100 deep"),
    ],
)
def test_a_fault_has_a_line_and_a_reason(segment_text, fault, tmp_path):
    path = tmx(tmp_path, segment_text)
    with pytest.raises(FormatError) as raised:
        sources(path)
    assert str(raised.value) == f"{path}:{fault.format(raised.value.column)}"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<tu><tuv><seg>a</seg></tuv></tu>", "2:5: <tuv> has no xml:lang; TMX 1.4b requires one"),
        ('<tu><tuv xml:lang="fr"/></tu>', "2:25: <tuv> has no <seg>; TMX requires one"),
        ("<tu></tu>", "2:5: <tu> has no <tuv>; TMX requires one"),
        ('<tu>b<tuv xml:lang="fr"><seg>a</seg></tuv></tu>', "2:43: text outside <seg>: 'b'"),
        ("<tu><tu></tu></tu>", "2:5: <tu> in <tu>; TMX has none there"),
    ],
)
def test_a_unit_that_is_none_has_a_place(body, fault, tmp_path):
    path = tmp_path / "news.tmx"
    path.write_text(HEAD + body + FOOT, encoding="utf-8")
    with pytest.raises(FormatError) as raised:
        list(read_units(path))
    assert str(raised.value) == f"{path}:{fault}"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "1:1: the file is empty"),
        ("<html/>", "1:1: the top element is <html>; a TMX file has <tmx>"),
        ('<tmx version="2.0"/>', "1:1: TMX version '2.0'; 1.1 to 1.4b are read"),
        (
            HEAD + UNIT.format("a") + "<tu>",
            "3:1: not well-formed XML: no element found; 1 units were read before",
        ),
    ],
)
def test_what_is_no_tmx_is_refused(content, fault, tmp_path):
    path = tmp_path / "news.tmx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError) as raised:
        list(read_units(path))
    assert fault.split(":", 2)[2] in str(raised.value)
    assert str(raised.value).startswith(f"{path}:{fault.split(':')[0]}:")


def test_bytes_that_are_not_utf8_are_named(tmp_path):
    path = tmx(tmp_path, "élève", encoding="latin-1")
    with pytest.raises(FormatError, match=r":2:\d+: byte 0xE9 is not UTF-8"):
        sources(path)


def test_reading_goes_on_at_the_next_unit_when_problems_are_collected(tmp_path):
    path = tmx(tmp_path, "un", "R&D", "deux", "a < b", "&x;", "trois")
    problems = []
    assert sources(path, problems=problems) == ["un", "deux", "trois"]
    assert [problem.line for problem in problems] == [3, 5, 6]


@pytest.mark.parametrize("size", range(1, 40))
def test_a_fault_is_gone_past_wherever_the_pieces_of_the_file_end(size, tmp_path, monkeypatch):
    path = tmx(tmp_path, "un", "R&D", "deux", "é\x0b", "trois")
    whole = []
    assert sources(path, problems=whole) == ["un", "deux", "trois"]
    pieces, start = [], 0
    content = path.read_bytes()
    while start < len(content):
        pieces.append(content[start : start + size])
        start += size
    monkeypatch.setattr("tm.formats._bytes.at_least", lambda _, rest: (next(rest), rest))
    monkeypatch.setattr("tm.formats._bytes.chunks", lambda *_: iter(pieces))
    problems = []
    assert sources(path, problems=problems) == ["un", "deux", "trois"]
    assert [(p.line, p.column) for p in problems] == [(p.line, p.column) for p in whole]


# ------------------------------------------------------------------------------------------------- attacks


def doctype(*declarations):
    return f"<!DOCTYPE tmx [{''.join(declarations)}]>\n"


def test_small_entities_are_expanded(tmp_path):
    path = tmx(tmp_path, "chez &nom;", before=doctype('<!ENTITY p "Pont"><!ENTITY nom "&p; &#38; Fils">'))
    with pytest.raises(FormatError):  # the replacement text has a bare & of its own
        sources(path)
    path = tmx(tmp_path, "chez &nom;", before=doctype('<!ENTITY p "Pont"><!ENTITY nom "&p; et Fils">'))
    assert sources(path) == ["chez Pont et Fils"]


@pytest.mark.parametrize(
    "declarations",
    [
        ['<!ENTITY a "' + "x" * 1001 + '">'],
        [
            '<!ENTITY a0 "ha">',
            *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)),
            '<!ENTITY a "&a9;">',
        ],
    ],
)
def test_entities_that_grow_are_refused_where_they_are_declared(declarations, tmp_path):
    path = tmx(tmp_path, "&a;", before=doctype(*declarations))
    with pytest.raises(FormatError, match=r":1:\d+: the entity &a\d*; stands for more than 1000 characters"):
        sources(path)


def test_an_external_entity_is_an_error_and_never_fetched(tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = tmx(tmp_path, "A &x; B", before=doctype(f'<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">'))
    with pytest.raises(
        FormatError, match=r":3:\d+: the entity &x; is in another file, which is never fetched"
    ):
        sources(path)


def test_a_dtd_is_never_fetched_and_its_entities_are_not_lost_in_silence(tmp_path):
    path = tmx(tmp_path, "fini", before='<!DOCTYPE tmx SYSTEM "http://localhost:1/none.dtd">\n')
    assert sources(path) == ["fini"]
    path = tmx(tmp_path, "&eacute;", before='<!DOCTYPE tmx SYSTEM "http://localhost:1/none.dtd">\n')
    with pytest.raises(FormatError, match="&eacute; is not defined in this file, and a DTD is never fetched"):
        sources(path)


def test_a_text_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats.tmx.MAX_CHARACTERS", 100_000)
    with pytest.raises(FormatError, match="a text of more than 100000 characters"):
        sources(tmx(tmp_path, "x" * 300_000))


# ------------------------------------------------------------------------------------------------- what is written


def written(tmp_path, *units, **options):
    path = tmp_path / "out.tmx"
    write_units(path, units, **options)
    return path.read_text(encoding="utf-8")


def unit(*texts, attributes=(), annotations=()):
    variants = tuple(
        Variant(tag, text if isinstance(text, Segment) else Segment(text)) for tag, text in texts
    )
    return Unit(variants, attributes, annotations)


def test_a_new_header_has_all_that_tmx_requires(tmp_path):
    text = written(tmp_path, unit(("fr", "a"), ("pt", "b")), direction=Direction("fr"))
    assert (
        f'<header creationtool="Ponte" creationtoolversion="{__version__}" segtype="sentence" o-tmf="Ponte" adminlang="en"'
        ' srclang="fr" datatype="plaintext">' in text
    )


def test_a_unit_without_the_source_language_says_so(tmp_path):
    text = written(
        tmp_path, unit(("fr-FR", "a"), ("pt", "b")), unit(("en", "a"), ("pt", "b")), direction=Direction("fr")
    )
    assert text.count('srclang="*all*"') == 1


def test_notes_stand_before_the_texts(tmp_path):
    text = written(
        tmp_path, unit(("fr", "a"), annotations=(Annotation("note", "n"), Annotation("prop", "p", "t")))
    )
    assert (
        '<tu>\n<note>n</note>\n<prop type="t">p</prop>\n<tuv xml:lang="fr"><seg>a</seg></tuv>\n</tu>' in text
    )


def test_what_xml_cannot_hold_is_replaced_and_counted(tmp_path, caplog):
    text = written(tmp_path, unit(("fr", "a\x00b\ud800c\uffff"), ("pt", "R&D <b>")))
    assert "<seg>a\ufffdb\ufffdc\ufffd</seg>" in text
    assert "<seg>R&amp;D &lt;b&gt;</seg>" in text
    assert caplog.messages == [f"{tmp_path / 'out.tmx'}: 3 characters that XML cannot hold became U+FFFD"]


@pytest.mark.parametrize(
    ("codes", "content"),
    [
        (
            [Code(0, "open", "g"), Code(1, "close", "g")],
            '<bpt i="1" type="g">&lt;g&gt;</bpt>a<ept i="1">&lt;/g&gt;</ept>b',
        ),
        (
            [
                Code(0, "open", "bpt", (("id", "7"),), Segment("<b>")),
                Code(1, "close", "ept", (("id", "7"),), Segment("</b>")),
            ],
            '<bpt i="1" type="bpt">&lt;b&gt;</bpt>a<ept i="1">&lt;/b&gt;</ept>b',
        ),
        ([Code(1, "alone", "ph", (("id", "7"),))], 'a<ph type="ph">&lt;ph id="7"/&gt;</ph>b'),
        ([Code(1, "alone", "x", (("id", "7"),))], 'a<ph type="x">&lt;x id="7"/&gt;</ph>b'),
        ([Code(1, "open", "g")], 'a<it pos="begin" type="g">&lt;g&gt;</it>b'),
        (
            [Code(0, "open", "sub"), Code(2, "close", "sub")],
            '<bpt i="1" type="sub">&lt;sub&gt;</bpt>ab<ept i="1">&lt;/sub&gt;</ept>',
        ),
        ([Code(1, "close", "hi")], 'a<it pos="end" type="hi">&lt;/hi&gt;</it>b'),
        (
            [
                Code(0, "open", "bpt", (("i", "1"),)),
                Code(0, "open", "g"),
                Code(1, "close", "g"),
                Code(2, "close", "ept", (("i", "1"),)),
            ],
            '<bpt i="1"/><bpt i="2" type="g">&lt;g&gt;</bpt>a<ept i="2">&lt;/g&gt;</ept>b<ept i="1"/>',
        ),
        (
            [Code(0, "open", "hi"), Code(0, "open", "g"), Code(1, "close", "hi"), Code(2, "close", "g")],
            '<it pos="begin" type="hi">&lt;hi&gt;</it><bpt i="1" type="g">&lt;g&gt;</bpt>a<it pos="end" type="hi">&lt;/hi&gt;</it>b<ept i="1">&lt;/g&gt;</ept>',
        ),
    ],
)
def test_codes_of_other_formats_become_tmx(codes, content, tmp_path):
    text = written(tmp_path, unit(("fr", Segment("ab", tuple(codes))), ("pt", "x")))
    assert f"<seg>{content}</seg>" in text
    assert len(list(read_units(tmp_path / "out.tmx"))) == 1


@pytest.mark.parametrize(
    ("tag", "language"), [("pt_BR", "pt-BR"), ("", "und"), ("Langue d’oc", "x-Langue-d-oc")]
)
def test_a_language_is_written_as_xml_wants_it(tag, language, tmp_path):
    assert f'<tuv xml:lang="{language}">' in written(tmp_path, unit((tag, "a"), ("pt", "b")))


def test_attributes_of_a_namespace_declared_elsewhere_stay_readable(tmp_path):
    text = written(tmp_path, unit(("fr", "a"), attributes=(("tuid", "1"), ("tool:key", "v"), ("é à", "w"))))
    assert '<tu tuid="1" tool.key="v" é.à="w">' in text


def test_a_header_without_required_attributes_gets_them(tmp_path):
    text = written(tmp_path, unit(("fr", "a")), header=Header((("datatype", "xml"),)))
    assert 'srclang="*all*" datatype="xml">' in text


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.WARNING)


# ------------------------------------------------------------------------------------------------- the short way

PIECES = st.sampled_from(
    [
        '<tu><tuv xml:lang="fr"><seg>Le pont</seg></tuv><tuv xml:lang="pt"><seg>A ponte</seg></tuv></tu>',
        ('\n<tu tuid="1" b=""><prop type="x">é</prop> <note>à</note>\n<tuv xml:lang="pt" c="d"><note>n</note><seg>\n</seg></tuv>'
        '<tuv xml:lang="fr"><seg></seg></tuv></tu>'),
        '<tu><tuv xml:lang="fr"><seg>R&amp;D</seg></tuv><tuv xml:lang="pt"><seg>P<ph/>D</seg></tuv></tu>\n',
        '<tu><tuv xml:lang="fr"><seg>seul</seg></tuv></tu>',
        '<tu><tuv xml:lang="de"><seg>Ä</seg></tuv><tuv xml:lang="pt"><seg>\uffe9\u2028</seg></tuv></tu>',
        "<!-- </tu> -->", "<!--<tu>", "-->", "</tu>", "<tu>", "<tu/>", "\r\n", "é", "\u00a0", "&#233;", "<![CDATA[</tu>]]>", "\0",
        '<tu a="1" a="2"><tuv xml:lang="fr"><seg>a</seg></tuv><tuv xml:lang="pt"><seg>b</seg></tuv></tu>',
        '<tu><tuv xml:lang="fr" lang="fr"><seg>a</seg></tuv><tuv xml:lang="pt"><seg>b\rc</seg></tuv></tu>',
        '<tu><tuv xml:lang="fr"><seg>\ufffe</seg></tuv><tuv xml:lang="pt"><seg>b</seg></tuv></tu>',
        '<tu><tuv xml:lang="fr"><seg>\udce9</seg></tuv><tuv xml:lang="pt"><seg>b</seg></tuv></tu>',
        '<tu><tuv xml:lang="fr"><seg>]]></seg></tuv><tuv xml:lang="pt"><seg>b</seg></tuv></tu>',
    ]
)  # fmt: skip


def outcome(path, *, recover):
    problems = [] if recover else None
    read = []
    try:
        read.extend(read_units(path, problems=problems))
    except FormatError as error:
        return read, [str(error)]
    return read, list(map(str, problems or ()))


@given(pieces=st.lists(PIECES, max_size=12), size=st.integers(1, 400), recover=st.booleans())
def test_plain_units_are_read_the_short_way_as_by_expat(tmp_path_factory, pieces, size, recover):
    path = tmp_path_factory.getbasetemp() / "plain.tmx"
    # The first unit makes the languages known, without which the short way is never taken.
    body = "".join(['<tu><tuv xml:lang="fr"><seg/></tuv><tuv xml:lang="pt"><seg/></tuv></tu>', *pieces])
    path.write_bytes(f'<tmx version="1.4"><body>{body}</body></tmx>'.encode("utf-8", "surrogateescape"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tm.formats.packing.CHUNK", size)
        patch.setattr("tm.formats._bytes.at_least", lambda _, chunks: (next(chunks, b""), chunks))
        short = outcome(path, recover=recover)
        patch.setattr("tm.formats._tmx_plain.take", lambda piece, start, line, *_: (start, line))
        assert short == outcome(path, recover=recover)


def test_most_units_of_a_plain_memory_go_the_short_way(tmp_path, monkeypatch):
    write_units(
        tmp_path / "memory.tmx", [unit(("fr", "Le pont"), ("pt-BR", str(number))) for number in range(50)]
    )
    plain_units, taken = _tmx_plain.take, []

    def take(piece, start, line, path, languages, units):
        before = len(units)
        end = plain_units(piece, start, line, path, languages, units)
        taken.extend(units[before:])
        return end

    monkeypatch.setattr(_tmx_plain, "take", take)
    assert list(read_units(tmp_path / "memory.tmx"))[1:] == taken
    assert len(taken) == 49
