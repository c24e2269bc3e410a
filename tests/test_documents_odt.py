"""OpenDocument files read and filled: paragraphs in reading order, and only texts change."""

import zipfile

import pytest

from tm.errors import FormatError
from tm.formats import fill, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment

NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        **{name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "table", "style")},
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "officeooo": "http://openoffice.org/2009/office",
    }.items()
)  # fmt: skip
CONTENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {names}><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties officeooo:rsid="0012"/></style:style>
</office:automatic-styles><office:body>
<text:tracked-changes><text:deletion><text:p>Supprimé</text:p></text:deletion></text:tracked-changes>
<text:h>Le <text:span text:style-name="T1">pont</text:span></text:h>
<text:p>Il <text:span text:style-name="T2">tient</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note</text:p></text:note-body></text:note> ici<office:annotation><text:p>Vraiment ?</text:p></office:annotation>.</text:p>
<text:p><draw:frame><draw:image/><svg:title>Une vue</svg:title></draw:frame>Nom<text:tab/>R&amp;D<text:line-break/>Page <text:page-number>3</text:page-number> de<text:s text:c="2"/>dix</text:p>
<text:list><text:list-item><text:p>Un point</text:p></text:list-item></text:list>
<table:table><table:table-cell><text:p>Case</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell></table:table>
</office:body></office:document-content>""".replace("{names}", NAMES)
STYLES = f"<s {NAMES}><text:p>Modèle</text:p><style:header><text:p>En tête</text:p></style:header></s>"
META = f"<m {NAMES}><dc:title>Guide</dc:title><dc:creator>Rui</dc:creator></m>"
TEXTS = [
    ("heading", "Le pont"),
    ("text", "Il <f0>tient</f0><t1/> ici<o2/>."),
    ("note", "Une note"),
    ("note", "Vraiment ?"),
    ("text", "Nom"),
    ("text", "R&D"),
    ("text", "Page <t0/> de dix"),
    ("text", "Une vue"),
    ("item", "Un point"),
    ("cell", "Case"),
    ("header", "En tête"),
    ("text", "Guide"),
]


@pytest.fixture
def guide(tmp_path):
    path = tmp_path / "guide.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, content in (("content", CONTENT), ("styles", STYLES), ("meta", META)):
            package.writestr(f"{name}.xml", content)
    return path


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


def test_all_that_a_reader_sees_is_read_and_nothing_that_a_program_works_out(guide):
    assert texts(guide) == TEXTS


def test_only_the_texts_change(guide):
    targets = {
        "Le pont": "A ponte",
        "Il <f0>tient</f0><t1/> ici<o2/>.": "Aqui<t1/> <f0>resiste</f0>  & fica.",
        "Une note": "Uma nota",
        "Une vue": "Uma vista",
        "Page <t0/> de dix": "De dez, <t0/>",
        "En tête": "Cabeçalho",
    }
    with zipfile.ZipFile(filled(guide, targets)) as package:
        assert package.infolist()[0].compress_type == zipfile.ZIP_STORED
        content, styles = (package.read(f"{name}.xml").decode() for name in ("content", "styles"))
        assert package.read("meta.xml").decode() == META
    note = CONTENT[CONTENT.index("<text:note>") : CONTENT.index("</text:note>") + 12]
    expected = CONTENT
    for before, after in [
        ('Le <text:span text:style-name="T1">pont</text:span>', 'A ponte<text:span text:style-name="T1"></text:span>'),
        (f'Il <text:span text:style-name="T2">tient</text:span>{note} ici',
         f'Aqui{note} <text:span text:style-name="T2">resiste</text:span> <text:s text:c="1"/>&amp; fica.'),
        ("Une note", "Uma nota"),
        ("Une vue", "Uma vista"),
        ('Page <text:page-number>3</text:page-number> de<text:s text:c="2"/>dix',
         "De dez, <text:page-number>3</text:page-number>"),
        ("</office:annotation>.", "</office:annotation>"),
    ]:  # fmt: skip
        assert before in expected
        expected = expected.replace(before, after)
    assert content == expected
    assert styles == STYLES.replace("En tête", "Cabeçalho")


def test_nothing_changes_where_nothing_or_the_same_is_put(guide):
    for targets in ({}, {text: text for _, text in TEXTS}):
        assert filled(guide, targets).read_bytes() == guide.read_bytes()


MORE = """<text:p>Un <text:ruby><text:ruby-base>mot</text:ruby-base><text:ruby-text>mo</text:ruby-text></text:ruby> ici.</text:p>
<text:p>Voir<text:alphabetical-index-mark text:string-value="Pont &amp; rive" text:key1='Fer'/> là.</text:p>
<text:p><text:placeholder>Votre nom</text:placeholder></text:p><text:index-title-template>Table</text:index-title-template>
<presentation:footer-decl>Pied</presentation:footer-decl><table:help-message table:title="Aide"><text:p>Un nombre</text:p></table:help-message>"""
MASTER = """<style:master-page><draw:frame presentation:class="title"><text:p>Cliquez</text:p></draw:frame>
<draw:frame><text:p>Devise</text:p></draw:frame><presentation:notes><text:p>Note</text:p></presentation:notes></style:master-page>"""


def test_entries_of_an_index_placeholders_and_what_a_master_shows_come_back_translated(tmp_path):
    path = tmp_path / "a.odp"
    names = f'{NAMES} xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", f"<c {names}>{MORE}</c>")
        package.writestr("styles.xml", f"<s {names}>{MASTER}</s>")
    read = [text for _, text in texts(path)]
    assert read == [
        "Un <t0><t1>mot</t1><t2>mo</t2></t0> ici.",
        "Voir<i0/> là.",
        "Pont & rive",
        "Fer",
        "Votre nom",
        "Table",
        "Pied",
        "Aide",
        "Un nombre",
        "Devise",
    ]
    assert filled(path, {text: text for text in read}).read_bytes() == path.read_bytes()
    out = filled(path, {"Voir<i0/> là.": "Ver<i0/> lá.", "Pont & rive": '"Ponte" & margem', "Devise": "Lema"})
    with zipfile.ZipFile(out) as package:
        mark = "<text:alphabetical-index-mark text:string-value={} text:key1='Fer'/>".format
        assert package.read("content.xml").decode() == (
            f"<c {names}>{MORE}</c>".replace(
                f"Voir{mark(chr(34) + 'Pont &amp; rive' + chr(34))} là",
                f"Ver{mark(chr(34) + '&quot;Ponte&quot; &amp; margem' + chr(34))} lá",
            )
        )
        assert ">Lema<" in package.read("styles.xml").decode()


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1"])
def test_a_part_in_another_encoding_comes_back_as_utf_8_and_says_so(encoding, tmp_path):
    path = tmp_path / "a.odt"
    declared = f'<?xml version="1.0" encoding="{encoding}"?><text:p {NAMES}>Été</text:p>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", declared.encode(encoding))
    assert texts(filled(path, {"Été": "œuf"})) == [("text", "œuf")]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<p>", "content.xml in it is not well-formed XML"),
        ("<!DOCTYPE p [<!ENTITY a 'b'>]><p>&a;</p>", "content.xml in it declares entities"),
        (None, "no content.xml in it"),
        ("<p/>", "there is no text in the document"),
    ],
)
def test_a_document_that_lies_is_refused_in_one_line(content, what, tmp_path):
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("other.xml" if content is None else "content.xml", content or "")
    with pytest.raises(FormatError, match=what):
        read_document(path)


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("odt", "content.xml"),
        ("docx", "word/document.xml"),
        ("pptx", "ppt/slides/slide1.xml"),
        ("xlsx", "xl/sharedStrings.xml"),
        ("epub", "META-INF/container.xml"),
    ],
)
def test_a_zip_that_lies_about_where_its_parts_are_is_refused_in_one_line(kind, part, tmp_path):
    path = tmp_path / f"a.{kind}"
    with zipfile.ZipFile(path, "w") as package:
        for name in (part, "xl/workbook.xml"):
            package.writestr(name, "<p>Le pont</p>")
    path.write_bytes(path.read_bytes()[9:])
    with pytest.raises(FormatError, match="in it is damaged") as raised:
        read_document(path, format="workbook" if kind == "xlsx" else "")
    assert "\n" not in str(raised.value)


def test_an_id_that_is_no_name_of_xml_is_no_reason_to_refuse_a_file(tmp_path):
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", CONTENT.replace("<text:h>", '<text:h xml:id="geo#1">'))
    assert read_document(path).paragraphs[0].text == "Le pont"
