"""Excel workbooks and Word documents."""

import sys
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.errors import FormatError, MissingExtraError, OptionError
from tm.formats import find_format, read_concepts, read_document, read_units, write_concepts, write_units
from tm.language import omegat_tags
from tm.model import Annotation, Concept, Context, Evidence, Segment, Term, Unit, Variant

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def unit(source, target, *annotations):
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))), (), annotations)


def package(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return path


# ------------------------------------------------------------------------------------------------- workbooks


def test_a_formula_stays_the_text_that_it_was(tmp_path):
    path = tmp_path / "memory.xlsx"
    texts = ["=1+1", "+33 1", "-5", "@SUM(A1)", "007", "1e5", "vrai", "2024-01-01", " espaces  ", "l’« été »"]
    write_units(path, [unit(text, text) for text in texts])
    cells = [cell for row in openpyxl.load_workbook(path)["Ponte"].iter_rows(min_row=2) for cell in row]
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    assert [each.variants[0].segment.text for each in read_units(path)] == texts


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1)
    | st.from_regex(r"\A_x000D_x?[\r\n]?\Z")
)
def test_any_text_comes_back_from_a_cell(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    write_units(path, [unit(f"{text}.", f"x{text}y")])
    assert list(read_units(path)) == [unit(f"{text}.", f"x{text}y")]


def test_properties_and_notes_have_columns_of_their_own(tmp_path):
    told = unit("Le pont", "A ponte", Annotation("prop", "pont.txt", "x-document"), Annotation("note", "vu"))
    write_units(tmp_path / "memory.xlsx", [told, unit("La rive", "A margem")])
    sheet = openpyxl.load_workbook(tmp_path / "memory.xlsx").active
    assert next(sheet.iter_rows(values_only=True)) == ("fr", "pt-BR", "document", "note")
    assert next(read_units(tmp_path / "memory.xlsx")) == told


def test_a_glossary_comes_back_with_its_decisions(tmp_path):
    evidence = Evidence(pair_count=3, confidence=0.93, contexts=(Context("Le pont.", "A ponte."),))
    concept = Concept(
        "pont", (Term("pont", "fr"), Term("ponte", "pt-BR", "rejected", note="=non", evidence=evidence))
    )
    write_concepts(tmp_path / "glossary.xlsx", [concept])
    assert read_concepts(tmp_path / "glossary.xlsx") == [concept]


def test_a_workbook_of_a_person_is_read_as_text_from_its_first_sheet(tmp_path, caplog):
    book = openpyxl.Workbook()
    book.active.append(["fr", "pt-BR", "note", "line", "price", "date", "checked"])
    book.active.append([])
    book.active.append(["Le pont", "A ponte", None, 3, 1.5, date(2024, 3, 1), True])
    book.active.append(["La rive", "A margem", "", 4.0, 0.1 + 0.2])
    book.create_sheet("Notes").append(["vu par Rui"])
    book.create_sheet("Feuil3")
    book.save(tmp_path / "mine.xlsx")
    first, second = read_units(tmp_path / "mine.xlsx")
    assert [each.text for each in first.annotations] == ["3", "1.5", "2024-03-01", "TRUE"]
    assert [each.text for each in second.annotations] == ["4", "0.3"]
    assert caplog.messages == [f"{tmp_path / 'mine.xlsx'}: only the first sheet is read; not Notes"]


def test_the_row_of_a_fault_is_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["fr", "pt-BR"])
    book.active.append([])
    book.active.append(["a", "b", "c"])
    book.save(tmp_path / "mine.xlsx")
    with pytest.raises(FormatError, match=r"mine\.xlsx:3: 3 cells; the header has 2"):
        list(read_units(tmp_path / "mine.xlsx"))


def test_a_cell_has_an_end_and_so_has_a_sheet(tmp_path, caplog, monkeypatch):
    write_units(tmp_path / "long.xlsx", [unit("a" * 40_000, "b")])
    assert len(next(read_units(tmp_path / "long.xlsx")).variants[0].segment.text) == 32_767
    assert "cut 1 cell to 32767 characters" in caplog.text
    monkeypatch.setattr("tm.formats.xlsx.MAX_ROWS", 2)
    with pytest.raises(FormatError, match=r"many\.xlsx: more than 2 rows.*; write TSV"):
        write_units(tmp_path / "many.xlsx", [unit("a", "b")] * 2)


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"],
)
@pytest.mark.parametrize("content", [None, b"", b"<a", b"<a/>", b"\xff"])
def test_a_damaged_workbook_is_refused_or_read_but_never_a_traceback(part, content, tmp_path):
    write_units(tmp_path / "memory.xlsx", [unit("a", "b")])
    with zipfile.ZipFile(tmp_path / "memory.xlsx") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts = {name: data if name != part else content for name, data in parts.items()}
    path = package(
        tmp_path / "damaged.xlsx", {name: data for name, data in parts.items() if data is not None}
    )
    assert outcome(path).startswith((f"{path}: ", "0 units", "1 unit"))


def outcome(path):
    try:
        return f"{len(list(read_units(path)))} units"
    except FormatError as error:
        return str(error)


def test_without_openpyxl_the_command_that_installs_it_is_told(tmp_path, monkeypatch):
    write_units(tmp_path / "memory.xlsx", [unit("a", "b")])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'ponte-tm\[office\]'"):
        list(read_units(tmp_path / "memory.xlsx"))


def test_a_zip_that_grows_beyond_reason_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats.packing.FREE_EXPANSION", 100_000)
    path = package(tmp_path / "bomb.docx", {"word/document.xml": b" " * 1_000_000})
    with pytest.raises(FormatError, match="expands more than 200 times"):
        read_document(path)


# ------------------------------------------------------------------------------------------------- documents


def docx(path, body, **others):
    parts = {"document": f"<w:body>{body}</w:body>", **others}
    return package(
        path,
        {f"word/{name}.xml": f'<w:{name} xmlns:w="{WORD}" xmlns:m="m">{content}</w:{name}>' for name, content in parts.items()},
    )  # fmt: skip


def test_a_word_document_is_read_block_by_block(tmp_path):
    body = """
    <w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Le pont</w:t></w:r></w:p>
    <w:p><w:r><w:t xml:space="preserve">Il </w:t></w:r><w:hyperlink><w:r><w:t>ti</w:t></w:r></w:hyperlink><w:r><w:t>ent</w:t>
      <w:tab/><w:t>bien.</w:t><w:br/><w:t>Très bien.</w:t><w:instrText>PAGE</w:instrText></w:r></w:p>
    <w:p><w:r><w:t xml:space="preserve"> </w:t></w:r></w:p>
    <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>une pile</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="Liste"/></w:pPr><w:r><w:t>une arche</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="Liste"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>sans puce</w:t></w:r></w:p>
    <w:tbl><w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>rive</w:t></w:r></w:p></w:tc>
      <w:tc><w:p><w:r><w:t>margem</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
    <w:p><w:ins><w:r><w:t>nouveau</w:t></w:r></w:ins><w:del><w:r><w:delText>ancien</w:delText></w:r></w:del>
      <w:moveFrom><w:r><w:t>ailleurs</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>
      <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve"> et vu</w:t></w:r></w:p>
    <w:p><w:r><w:t>autour</w:t><m:AlternateContent><m:Choice><w:txbxContent><w:p><w:r><w:t>cadre</w:t></w:r></w:p></w:txbxContent></m:Choice>
      <m:Fallback><w:txbxContent><w:p><w:r><w:t>cadre</w:t></w:r></w:p></w:txbxContent></m:Fallback></m:AlternateContent></w:r></w:p>
    <w:sdt><w:sdtContent><w:p><w:r><w:t>champ</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
    styles = """
    <w:style w:styleId="Normal"><w:name w:val="Normal"/></w:style>
    <w:style w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
    <w:style w:styleId="Liste"><w:name w:val="Ma liste"/><w:basedOn w:val="Base"/></w:style>
    <w:style w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:styleId="Rond"><w:name w:val="Rond"/><w:basedOn w:val="Rond"/></w:style>"""
    footnotes = """<w:footnote w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>
    <w:footnote><w:p><w:r><w:footnoteRef/><w:t>Une note.</w:t></w:r></w:p></w:footnote>"""
    document = read_document(docx(tmp_path / "pont.docx", body, styles=styles, footnotes=footnotes))
    assert [(each.kind, each.text) for each in document.paragraphs] == [
        ("heading", "Le pont"),
        ("text", "Il tient"),
        ("text", "bien."),
        ("text", "Très bien."),
        ("item", "une pile"),
        ("item", "une arche"),
        ("text", "sans puce"),
        ("cell", "rive"),
        ("cell", "margem"),
        ("text", "nouveau et vu"),
        ("text", "autour"),
        ("text", "cadre"),
        ("text", "champ"),
        ("note", "Une note."),
    ]
    assert [each.line for each in document.paragraphs][:5] == [1, 2, 2, 2, 4]


def run(text, look="", around="{}"):
    return around.format(f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>')


NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
LINK = "<w:hyperlink>{}</w:hyperlink>"


@pytest.mark.parametrize(
    ("runs", "shown", "types"),
    [
        (run("Le ") + run("pont", "<w:b/>") + run(" tient."), "Le <t0/>pont<t1/> tient.", ["+b", "-b"]),
        (run("Voir ") + run("ici", around=LINK) + run("."), "Voir <t0/>ici<t1/>.", ["+hyperlink", "-hyperlink"]),
        (run("Un pont") + NOTE + run(" tient."), "Un pont<t0/> tient.", ["footnoteReference"]),
        (run("Il ti") + run("ent."), "Il ti<t0/>ent.", [""]),
        (run("Tout est gras.", "<w:b/>"), "Tout est gras.", []),
        (NOTE + run(" ", "<w:b/>") + run(" Au bord ") + run(" ", "<w:b/>") + NOTE, "Au bord", []),
        (run("un-deux").replace("-", "</w:t><w:noBreakHyphen/><w:t>"), "un\u2011deux", []),
        (run("à") + run("  deux  ", "<w:b w:val='0'/>") + run("espaces"), "à<t0/>  deux  <t1/>espaces", ["", ""]),
    ],
)  # fmt: skip
def test_codes_stand_where_omegat_has_them(runs, shown, types, tmp_path):
    (paragraph,) = read_document(docx(tmp_path / "a.docx", f"<w:p>{runs}</w:p>")).paragraphs
    assert omegat_tags.shown(Segment(paragraph.text, paragraph.codes)) == shown
    assert [dict(code.attributes).get("type", "") for code in paragraph.codes] == types


def test_codes_are_counted_from_the_beginning_of_each_line(tmp_path):
    body = f"<w:p>{run('a')}{run('b')}<w:r><w:br/></w:r>{run('c')}{run('d')}</w:p>"
    paragraphs = read_document(docx(tmp_path / "a.docx", body)).paragraphs
    assert [each.codes[0].content.text for each in paragraphs] == ["<t0/>", "<t0/>"]


def test_notes_headers_and_footers_come_after_the_text_in_the_order_of_their_numbers(tmp_path):
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    table = f"<w:tbl><w:tr><w:tc>{paragraph('en-tête 10')}</w:tc></w:tr></w:tbl>"
    parts = {"footer1": paragraph("pied"), "header10": table, "header2": paragraph("en-tête 2"),
             "endnotes": paragraph("fin"), "footnotes": paragraph("bas"), "comments": paragraph("remarque")}  # fmt: skip
    document = read_document(docx(tmp_path / "a.docx", paragraph("texte"), **parts))
    assert [(each.kind, each.text) for each in document.paragraphs] == [
        ("text", "texte"),
        ("note", "bas"),
        ("note", "fin"),
        ("note", "remarque"),
        ("header", "en-tête 2"),
        ("header", "en-tête 10"),
        ("footer", "pied"),
    ]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"a.xml": "<a/>"}, "no word/document.xml in it; a Word document has one"),
        ({"word/document.xml": "<a>"}, "word/document.xml in it is not well-formed XML: "),
        ({"word/document.xml": "<a/>"}, "there is no text in the document"),
        ({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "word/document.xml in it declares entities"),
    ],
)  # fmt: skip
def test_what_is_no_word_document_says_so(parts, fault, tmp_path):
    with pytest.raises(FormatError) as raised:
        read_document(package(tmp_path / "a.docx", parts))
    assert fault in str(raised.value)
    assert str(raised.value).startswith(str(tmp_path / "a.docx"))


def test_an_old_or_locked_file_is_named_as_such(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(FormatError, match="an old Office, or one with a password"):
        read_document(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("name", "parts", "what"),
    [
        ("a.odt", {"META-INF/manifest.xml": "<m><encryption-data/></m>"}, "has a password"),
        ("a.epub", {"META-INF/rights.xml": "<r/>"}, "copy-protected"),
    ],
)
def test_a_document_that_nobody_may_read_is_named_as_such(name, parts, what, tmp_path):
    with pytest.raises(FormatError, match=what):
        read_document(package(tmp_path / name, parts))


def test_a_document_that_is_not_read_says_what_to_save_it_as(tmp_path):
    (tmp_path / "a.rtf").write_text("{}")
    with pytest.raises(OptionError, match=r"\.rtf is not read; save it as \.docx first"):
        find_format(tmp_path / "a.rtf", "read_document")


def test_damaged_bytes_of_a_package_are_refused(tmp_path):
    path = docx(tmp_path / "a.docx", "<w:p><w:r><w:t>Le pont</w:t></w:r></w:p>")
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(FormatError, match="is damaged"):
        read_document(path)
    (tmp_path / "cut.docx").write_bytes(data[:80])
    with pytest.raises(FormatError, match="whose end is missing"):
        read_document(tmp_path / "cut.docx")
    (tmp_path / "no.docx").write_bytes(b"Le pont")
    with pytest.raises(FormatError, match="no package of a document"):
        read_document(tmp_path / "no.docx")
