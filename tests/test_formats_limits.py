"""The limits of the formats: what just fits is read and written, one more is refused or cut."""

import pytest

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import read_concepts, read_units, write_units
from tm.formats._term_columns import parted
from tm.formats.authoring import Reading, encoded, text_languages
from tm.formats.languages import checked
from tm.language import detect
from tm.model import Annotation, Segment, Unit, Variant

TMX = '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr">{}</tuv></tu></body></tmx>'
XLIFF = (
    '<xliff version="1.2"><file source-language="fr" target-language="pt" original="a"><body>'
    '<trans-unit id="1"><source>{}</source></trans-unit></body></file></xliff>'
)


def source(path, content):
    path.write_text(content, encoding="utf-8")
    (unit,) = read_units(path)
    return unit.variants[0]


def attributes(count):
    return " ".join(f'a{number}="x"' for number in range(count))


@pytest.mark.parametrize(
    ("name", "template"),
    [("a.tmx", TMX.format("<seg><hi {}>pont</hi></seg>")), ("a.xlf", XLIFF.format("<g {}>pont</g>"))],
)
def test_an_element_has_at_most_200_attributes(name, template, tmp_path):
    codes = source(tmp_path / name, template.format(attributes(200))).segment.codes
    assert len(codes[0].attributes) == 200
    with pytest.raises(FormatError, match="more than 200 attributes"):
        source(tmp_path / name, template.format(attributes(201)))


def test_an_entity_stands_for_at_most_1000_characters(tmp_path):
    doctype = '<!DOCTYPE tmx [<!ENTITY long "{}">]>'
    content = TMX.format("<seg>&long;</seg>")
    text = source(tmp_path / "a.tmx", doctype.format("x" * 1000) + content).segment.text
    assert text == "x" * 1000
    with pytest.raises(FormatError, match="stands for more than 1000 characters"):
        source(tmp_path / "a.tmx", doctype.format("x" * 1001) + content)


@pytest.mark.parametrize(("groups", "is_read"), [(96, True), (97, False)])
def test_elements_of_a_termbase_are_nested_at_most_100_deep(groups, is_read, tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text(
        f"<martif><text><body><termEntry>{'<descripGrp>' * groups}{'</descripGrp>' * groups}"
        '<langSet xml:lang="fr"><tig><term>pont</term></tig></langSet></termEntry></body></text></martif>',
        encoding="utf-8",
    )
    if is_read:
        assert [term.text for concept in read_concepts(path) for term in concept.terms] == ["pont"]
    else:
        with pytest.raises(FormatError, match="elements nested more than 100 deep"):
            read_concepts(path)


def test_a_text_of_just_the_most_characters_is_no_fault(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats.tmx.MAX_CHARACTERS", 1_000)
    monkeypatch.setattr("tm.formats._xliff_reader.MAX_CHARACTERS", 1_000)
    for name, content in (("a.tmx", TMX.format("<seg>{}</seg>")), ("a.xlf", XLIFF)):
        assert len(source(tmp_path / name, content.format("x" * 1_000)).segment.text) == 1_000


def test_a_text_without_end_is_refused_whatever_codes_are_in_it(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats.tmx.MAX_CHARACTERS", 100_000)
    monkeypatch.setattr("tm.formats._xliff_reader.MAX_CHARACTERS", 100_000)
    for name, content in (("a.tmx", TMX.format("<seg>{}</seg>")), ("a.xlf", XLIFF)):
        with pytest.raises(FormatError, match="a text of more than 100000 characters"):
            source(tmp_path / name, content.format(f"{'x' * 1_000}<ph id='1'/>" * 400))


def test_a_term_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats.tbx.MAX_CHARACTERS", 100_000)
    term = f'<langSet xml:lang="fr"><tig><term>{"x" * 400_000}</term></tig></langSet>'
    (tmp_path / "a.tbx").write_text(
        f"<martif><text><body><termEntry>{term}</termEntry></body></text></martif>"
    )
    with pytest.raises(FormatError, match="a text of more than 100000 characters"):
        read_concepts(tmp_path / "a.tbx")


def pair(text):
    return Unit((Variant("fr", Segment(text)), Variant("pt", Segment("x"))))


def test_a_cell_of_just_the_most_characters_is_not_cut(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("tm.formats.xlsx.MAX_CELL", 10)
    write_units(tmp_path / "a.xlsx", [pair("x" * 10), pair("y" * 11), pair("z" * 12)])
    texts = [unit.variants[0].segment.text for unit in read_units(tmp_path / "a.xlsx")]
    assert texts == ["x" * 10, "y" * 10, "z" * 10]
    assert "cut 2 cells to 10 characters" in caplog.text


def test_a_sheet_of_just_the_most_rows_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats.xlsx.MAX_ROWS", 3)
    assert write_units(tmp_path / "a.xlsx", [pair("un"), pair("deux")]) == 2  # and the header
    with pytest.raises(FormatError, match="more than 3 rows"):
        write_units(tmp_path / "a.xlsx", [pair("un"), pair("deux"), pair("trois")])


@pytest.mark.parametrize(
    ("tag", "annotation"),
    [
        ('<prop type="client">Pont</prop>', Annotation("prop", "Pont", "client")),
        ('<prop xml:lang="fr">Pont</prop>', Annotation("prop", "Pont", "", (("xml:lang", "fr"),))),
        (
            '<prop xml:lang="fr" type="client">Pont</prop>',
            Annotation("prop", "Pont", "client", (("xml:lang", "fr"),)),
        ),
    ],
)
def test_only_the_attribute_type_of_a_property_is_its_type(tag, annotation, tmp_path):
    assert source(tmp_path / "a.tmx", TMX.format(f"{tag}<seg>un</seg>")).annotations == (annotation,)


LONG = "m" * 60


@pytest.mark.parametrize(
    ("name", "content", "quoted"),
    [
        ("a.tmx", TMX.format(f"<seg>un</seg>{LONG}"), 40),
        ("a.xlf", XLIFF.format("un").replace("1.2", LONG), 20),
        ("a.xlf", f"<{LONG}/>", 40),
        ("a.po", LONG, 40),
        ("a.po", f'{LONG} "un"', 40),
    ],
)
def test_a_fault_quotes_the_beginning_of_what_is_long(name, content, quoted, tmp_path):
    with pytest.raises(FormatError) as fault:
        source(tmp_path / name, content)
    assert "m" * quoted in str(fault.value)
    assert "m" * (quoted + 1) not in str(fault.value)


def test_a_notice_quotes_the_beginning_of_what_is_long(tmp_path, caplog):
    source(
        tmp_path / "a.tmx",
        TMX.format("<seg>un</seg>").replace('<tuv xml:lang="fr">', f'<tuv xml:lang="{LONG}">'),
    )
    (tmp_path / "a.tbx").write_text(
        '<martif><text><body><termEntry><langSet xml:lang="fr"><tig><term>pont</term>'
        f'<termNote type="termType">{LONG}</termNote></tig></langSet></termEntry></body></text></martif>',
        encoding="utf-8",
    )
    read_concepts(tmp_path / "a.tbx")
    assert len(caplog.messages) == 2
    for message in caplog.messages:
        assert f"'{'m' * 40}'" in message


def test_a_language_of_just_the_least_confidence_is_taken(monkeypatch):
    text = "Le pont est vieux, la rivière est calme."
    detection = detect(text)
    rows = [(1, [text])]
    monkeypatch.setattr("tm.formats._column_languages.LEAST_CONFIDENCE", detection.confidence)
    assert text_languages(rows, (0,), Reading("a.tsv")) == ["fr"]
    monkeypatch.setattr("tm.formats._column_languages.LEAST_CONFIDENCE", detection.confidence + 0.001)
    assert text_languages(rows, (0,), Reading("a.tsv")) == ["und"]


def test_what_was_replaced_is_counted_and_nothing_is_said_of_clean_texts(caplog):
    assert list(encoded(["pão", "un"], "a.txt")) == ["pão".encode(), b"un"]
    assert caplog.messages == []
    list(encoded(["a\0b", "c\0\0"], "a.txt"))
    assert caplog.messages == ["a.txt: 3 characters that no text can hold became U+FFFD"]


@pytest.mark.parametrize(
    ("target", "notices"),
    [("pt-BR", ["a.tmx: no pt-BR, but pt-PT, in 1 unit"]), ("pt", []), ("pt-PT", [])],
)
def test_another_variety_than_the_one_asked_for_is_told(target, notices, caplog):
    unit = Unit((Variant("fr", Segment("train")), Variant("pt-PT", Segment("comboio"))))
    assert list(checked([unit], Direction("fr", target), path="a.tmx")) == [unit]
    assert caplog.messages == notices


def test_a_head_as_long_as_a_text_is_not_tried_word_by_word():
    words = "status " * 200_000
    assert parted(words) == (words, "")
