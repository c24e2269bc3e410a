"""Slides, sheets and pictures of Office files read and filled; what a file says twice is translated twice."""

import zipfile

import openpyxl
import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import fill, read_document, write_units
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.conversion import content_of
from tm.work.inputs import find_inputs
from tm.work.pretranslation import pretranslate_file

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = f'xmlns:a="{DRAWING}" xmlns:r="{OFFICE}" xmlns:p="p" xmlns:mc="mc" xmlns:w="{{}}"'.format(
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
)


def package(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return path


def relations(**targets):
    each = (
        f'<Relationship Id="{id_}" Type="{OFFICE}/{target.split("/")[1].rstrip("s")}" Target="{target}"/>'
        for id_, target in targets.items()
    )
    return f'<Relationships xmlns="r">{"".join(each)}</Relationships>'


def texts(path):
    return [
        (each.kind, omegat_tags.shown(Segment(each.text, each.codes)))
        for each in read_document(path).paragraphs
    ]


def filled(path, targets):
    given = (targets.get(text) for _, text in texts(path))
    out = path.with_name(f"filled{path.suffix}")
    fill(path, out, [None if each is None else Filling(omegat_tags.hidden(each), 100) for each in given])
    return out


def part(path, name):
    with zipfile.ZipFile(path) as opened:
        return opened.read(name).decode()


def paragraph(*runs):
    return "<a:p>" + "".join(f"<a:r>{look}<a:t>{text}</a:t></a:r>" for look, text in runs) + "</a:p>"


BOLD = '<a:rPr lang="fr" b="1"/>'
SLIDES = {
    "ppt/presentation.xml": f'<p:p {NAMES}><p:sldId id="1" r:id="b"/><p:sldId id="2" r:id="a"/></p:p>',
    "ppt/_rels/presentation.xml.rels": relations(a="slides/slide1.xml", b="slides/slide2.xml"),
    "ppt/slides/slide1.xml": f'<p:sld {NAMES}>{paragraph(("", "Fin"))}</p:sld>',
    "ppt/slides/slide2.xml": f"""<p:sld {NAMES}><p:sp><p:nvSpPr><p:cNvPr id="1" name="Titre 1"/><p:ph type="title"/></p:nvSpPr>
{paragraph(("", "Le "), (BOLD, "pont"), ("", " tient"))}</p:sp>
<p:pic><p:cNvPr id="2" name="Image" descr="Une vue"/></p:pic><p:pic><p:cNvPr id="3" descr="image.png"/></p:pic>
<a:tc>{paragraph(("", "Case"))}</a:tc>
<a:p><a:r><a:t>Page </a:t></a:r><a:fld type="slidenum"><a:t>2</a:t></a:fld><a:r><a:t> de dix</a:t></a:r></a:p></p:sld>""",
    "ppt/slides/_rels/slide2.xml.rels": relations(n="../notesSlides/notesSlide1.xml"),
    "ppt/notesSlides/notesSlide1.xml": f'<p:notes {NAMES}>{paragraph(("", "Dire bonjour"))}</p:notes>',
    "ppt/slideMasters/slideMaster1.xml": f"""<p:m {NAMES}><p:sp><p:ph type="title"/>{paragraph(("", "Cliquez ici"))}</p:sp>
<p:sp>{paragraph(("", "Confidentiel"))}</p:sp></p:m>""",
}  # fmt: skip


@pytest.fixture
def slides(tmp_path):
    return package(tmp_path / "a.pptx", SLIDES)


def test_slides_are_read_as_they_are_shown_with_their_notes(slides):
    assert texts(slides) == [
        ("heading", "Le <t0/>pont<t1/> tient"),
        ("text", "Une vue"),
        ("cell", "Case"),
        ("text", "Page <t0/> de dix"),
        ("note", "Dire bonjour"),
        ("text", "Fin"),
        ("text", "Confidentiel"),
    ]


def test_texts_of_slides_take_their_runs_and_get_no_attribute(slides):
    targets = {"Le <t0/>pont<t1/> tient": "A <t0/>ponte<t1/> fica ", "Une vue": "Uma vista", "Fin": "Fim"}
    out = filled(slides, targets)
    slide = part(out, "ppt/slides/slide2.xml")
    assert f'<a:t>A </a:t></a:r><a:r>{BOLD}<a:t>ponte</a:t></a:r><a:r><a:t> fica </a:t>' in slide  # fmt: skip
    assert 'descr="Uma vista"' in slide
    assert "<a:t>Fim</a:t>" in part(out, "ppt/slides/slide1.xml")
    assert part(out, "ppt/notesSlides/notesSlide1.xml") == SLIDES["ppt/notesSlides/notesSlide1.xml"]


def test_nothing_changes_where_nothing_or_the_same_is_put(slides):
    for targets in ({}, {text: text for _, text in texts(slides)}):
        assert filled(slides, targets).read_bytes() == slides.read_bytes()


def test_a_package_without_slides_is_refused_in_one_line(tmp_path):
    with pytest.raises(FormatError, match="no slides in it"):
        read_document(package(tmp_path / "a.pptx", {"other.xml": "<a/>"}))


# ------------------------------------------------------------------------------------------------- Word

BOX = "<w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p></w:txbxContent>"
LETTER = f"""<w:document {NAMES}><w:body><w:p><w:r><w:t>Le pont</w:t></w:r><w:r><w:drawing>
<docPr id="1" name="Image 1" descr="Une vue" title="Photo"/></w:drawing></w:r><w:r><mc:AlternateContent>
<mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice><mc:Fallback><w:pict><v alt="x"/>{BOX}</w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p></w:body></w:document>"""


def test_the_description_of_a_picture_is_a_text_and_a_text_box_is_translated_for_old_programs_too(tmp_path):
    path = package(tmp_path / "a.docx", {"word/document.xml": LETTER})
    assert [text for _, text in texts(path)] == ["Le pont", "Photo", "Une vue", "Encadré"]
    targets = {"Photo": "Foto", "Une vue": "Uma vista", "Encadré": "Caixa"}
    document = part(filled(path, targets), "word/document.xml")
    assert 'descr="Uma vista" title="Foto"' in document
    assert document.count("<w:t>Caixa</w:t>") == 2
    assert [text for _, text in texts(path.with_name("filled.docx"))] == [
        "Le pont",
        "Foto",
        "Uma vista",
        "Caixa",
    ]


CHART = """<c:chart xmlns:c="c"><c:tx><a:p xmlns:a="a"><a:r><a:t>Trafic</a:t></a:r></a:p></c:tx><c:strRef><c:strCache>
<c:pt idx="0"><c:v>Été</c:v></c:pt><c:pt idx="1"><c:v>2026</c:v></c:pt></c:strCache></c:strRef></c:chart>"""
DIAGRAM = '<d xmlns:a="a"><a:p><a:r><a:t>Étape</a:t></a:r></a:p></d>'
BESIDE = {
    "chart1": ("charts/chart1.xml", CHART),
    "diagramData": ("diagrams/data1.xml", DIAGRAM),
    "diagramDrawing": ("diagrams/drawing1.xml", DIAGRAM),
}


@pytest.mark.parametrize(
    ("file", "folder", "main"), [("a.docx", "word", "document2.xml"), ("a.pptx", "ppt", "slides/slide1.xml")]
)
def test_charts_and_diagrams_are_translated_in_what_programs_show_of_them(file, folder, main, tmp_path):
    related = "".join(
        f'<Relationship Id="{kind}" Type="x/{kind.rstrip("1")}" Target="/{folder}/{path}"/>'
        for kind, (path, _) in BESIDE.items()
    )
    at, _, name = main.rpartition("/")
    parts = {
        "_rels/.rels": f'<R><Relationship Id="a" Type="x/officeDocument" Target="/{folder}/{main}"/></R>',
        f"{folder}/{main}": f"<w:document {NAMES}><w:p><w:r><w:t>Oui</w:t></w:r></w:p></w:document>",
        f"{folder}/{at}/_rels/{name}.rels".replace("//", "/"): f"<R>{related}</R>",
        **{f"{folder}/{path}": content for path, content in BESIDE.values()},
    }
    path = package(tmp_path / file, parts)
    assert [text for _, text in texts(path)] == ["Oui", "Trafic", "Été", "Étape"]
    out = filled(path, {"Trafic": "Tráfego", "Été": "Verão", "Étape": "Etapa"})
    chart = part(out, f"{folder}/charts/chart1.xml").partition("\n")[2]
    assert chart == CHART.replace("Trafic", "Tráfego").replace("Été", "Verão")
    assert "Etapa" in part(out, f"{folder}/diagrams/drawing1.xml")


def test_a_page_held_in_a_word_document_is_said_to_be_left_out(tmp_path, caplog):
    held = '<R><Relationship Id="a" Type="x/aFChunk" Target="page.htm"/></R>'
    path = package(tmp_path / "a.docx", {"word/document.xml": LETTER, "word/_rels/document.xml.rels": held})
    assert texts(path)
    assert "a.docx: left out 1 document held in it" in caplog.text


TABLE = """<w:tbl><w:tblPr><w:tblCaption w:val="Ponts"/><w:tblDescription w:val="Des ponts."/></w:tblPr><w:tr><w:tc>
<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="Oui" w:value="o"/></w:dropDownList></w:sdtPr>
<w:sdtContent><w:r><w:t>Choix</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtPr><w:comboBox><w:listItem w:displayText="Non"/></w:comboBox></w:sdtPr><w:sdtContent>
<w:p><w:r><w:t>Autre</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
CORE = """<cp:p xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Guide</dc:title><dc:creator>Rui</dc:creator>
<cp:keywords>2026</cp:keywords><dc:description>made by a program</dc:description></cp:p>"""
SPOKEN = f"<p:cmLst {NAMES}><p:cm><p:text>À voir</p:text></p:cm><p:txBody>{paragraph(('', 'Déjà vu'))}</p:txBody></p:cmLst>"


def with_properties(main, parts):
    """A package that says of itself what it is about."""
    kinds = {"officeDocument": main, "metadata/core-properties": "core.xml"}
    related = "".join(
        f'<R Id="{number}" Type="x/{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(kinds.items())
    )
    return {"_rels/.rels": f"<Rs>{related}</Rs>", "core.xml": CORE, **parts}


@pytest.mark.parametrize(
    ("file", "parts", "expected"),
    [
        (
            "a.docx",
            with_properties(
                "word/document.xml",
                {
                    "word/document.xml": f"<w:document {NAMES}><w:body>{TABLE}</w:body></w:document>",
                    "word/comments.xml": f"<w:c {NAMES}><w:p><w:r><w:t>À voir</w:t></w:r></w:p></w:c>",
                    "word/_rels/document.xml.rels": '<R><r Id="a" Type="x/glossaryDocument" Target="blocks.xml"/></R>',
                    "word/blocks.xml": f"<w:g {NAMES}><w:p><w:r><w:t>Cliquez ici</w:t></w:r></w:p></w:g>",
                },
            ),
            "Ponts|Des ponts.|Choix|Oui|Non|Autre|À voir|Cliquez ici|Guide",
        ),
        (
            "a.pptx",
            with_properties(
                "ppt/presentation.xml",
                {
                    "ppt/slides/slide1.xml": SLIDES["ppt/slides/slide1.xml"],
                    "ppt/slides/_rels/slide1.xml.rels": '<R><r Id="a" Type="x/comments" Target="../comments/comment1.xml"/></R>',
                    "ppt/comments/comment1.xml": SPOKEN,
                },
            ),
            "Fin|À voir|Déjà vu|Guide",
        ),
        (
            "a.xlsx",
            with_properties(
                "xl/workbook.xml",
                {
                    "xl/workbook.xml": "<workbook/>",
                    "xl/threadedComments/threadedComment1.xml": '<T xmlns="t"><c><text>À voir</text></c></T>',
                },
            ),
            "À voir|Guide",
        ),
    ],
)
def test_comments_tables_choices_and_what_a_file_says_of_itself_come_back_translated(
    file, parts, expected, tmp_path
):
    path = package(tmp_path / file, parts)
    assert "|".join(text for _, text in texts(path)) == expected
    assert filled(path, {}).read_bytes() == path.read_bytes()
    out = filled(path, {text: f"x {text}" for _, text in texts(path)})
    assert [text for _, text in texts(out)] == [f"x {text}" for _, text in texts(path)]


# ------------------------------------------------------------------------------------------------- Excel

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = f"""<sst xmlns="{SHEET}"><si><t>Total</t></si><si><t>Le pont&#10; tient.</t></si><si><t>12 / 3</t></si>
<si><r><t xml:space="preserve">Il est </t></r><r><rPr><b/></rPr><t>vieux</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>"""
BOOK = {
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>',
    "xl/sharedStrings.xml": STRINGS,
    "xl/worksheets/sheet1.xml": f"""<worksheet xmlns="{SHEET}"><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Ici</t></is></c>
<c><f>SUM(T[Total])+T[[#This Row],[Total]]</f><v>3</v></c></worksheet>""",
    "xl/tables/table1.xml": f'<table xmlns="{SHEET}"><tableColumn id="1" name="Total"/></table>',
    "xl/comments1.xml": f'<comments xmlns="{SHEET}"><author>Rui</author><comment><text><t>À revoir</t></text></comment></comments>',
}


@pytest.fixture
def workbook(tmp_path):
    return package(tmp_path / "a.xlsx", BOOK)


def test_the_texts_of_a_workbook_are_read_and_no_numbers_nor_formulas(workbook):
    read = [text for _, text in texts(workbook)]
    assert read == ["Total", "Le pont", "tient.", "Il est <t0/>vieux", "Ici", "À revoir"]


def test_a_header_of_a_table_is_renamed_wherever_it_is_named(workbook):
    targets = {"Total": "Soma [€]", "tient.": "fica.", "Il est <t0/>vieux": "É <t0/>velha", "Ici": "Aqui"}
    out = filled(workbook, targets)
    assert "<t>Soma [€]</t>" in part(out, "xl/sharedStrings.xml").replace(' xml:space="preserve"', "")
    assert "Le pont\n fica." in part(out, "xl/sharedStrings.xml")
    assert 'name="Soma [€]"' in part(out, "xl/tables/table1.xml")
    assert "<f>SUM(T[Soma '[€']])+T[[#This Row],[Soma '[€']]]</f>" in part(out, "xl/worksheets/sheet1.xml")
    assert part(out, "xl/comments1.xml") == BOOK["xl/comments1.xml"]


def test_a_workbook_stays_the_same_where_nothing_or_the_same_is_put(workbook):
    for targets in ({}, {text: text for _, text in texts(workbook)}):
        assert filled(workbook, targets).read_bytes() == workbook.read_bytes()


def test_a_workbook_is_a_document_unless_it_is_a_table_of_units(workbook, tmp_path):
    assert content_of(workbook)[0] == "document"
    assert content_of(workbook, direction=Direction("fr", "pt"))[0] == "document"
    with open_store(":memory:", create=True) as store:
        units = [Unit((Variant("fr", Segment("Ici")), Variant("pt", Segment("Aqui"))))]
        store.add(units)
        assert pretranslate_file(workbook, tmp_path / "b.xlsx", store).filled == 1
        write_units(tmp_path / "table.xlsx", units)
        assert content_of(tmp_path / "table.xlsx")[0] == "units"
        with pytest.raises(OptionError, match="a table of units"):
            pretranslate_file(tmp_path / "table.xlsx", tmp_path / "c.xlsx", store)


PRICES = [["Article", "Prix"], ["Pont en bois", "12"], ["Pont en fer", "30 €"], ["Rive", "7"]]
TASKS = [["Tâche", "Responsable"], ["Ouvrir le pont", "Les ingénieurs"], ["Fermer la route", "La police"]]
WORDS = [["mer", "mar"], ["os", "osso"], ["fleuve", "rio"]]


@pytest.mark.parametrize(
    ("rows", "content"), [(PRICES, "document"), (TASKS, "document"), (WORDS, "units"), (WORDS[:1], "units")]
)
@pytest.mark.parametrize("direction", [Direction(), Direction("fr", "pt")])
def test_a_workbook_whose_second_column_is_no_translation_is_a_document(
    rows, content, direction, tmp_path, caplog
):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert content_of(tmp_path / "a.xlsx", direction=direction)[0] == content
    assert content == "units" or not caplog.text


def test_a_workbook_in_a_folder_of_documents_is_no_document(workbook):
    with pytest.raises(OptionError, match="holds no file that can be read"):
        find_inputs([workbook.parent], "read_document")
    assert find_inputs([workbook], "read_document").paths == [str(workbook)]
