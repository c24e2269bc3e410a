"""What a document that is filled says of its language: the texts that were put in, and no other."""

import re
import zipfile

import pytest

from tm.direction import UNDECIDED, Direction
from tm.formats import fill, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.work.document_filling import write_document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def package(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/") + ".xml", content)
    return path


def docx(path, *paragraphs):
    body = "".join(f"<w:p>{each}</w:p>" for each in paragraphs)
    said = '<w:lang w:val="fr-FR" w:eastAsia="ja-JP"/>'
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{said}</w:rPr></w:rPrDefault></w:docDefaults>"
    return package(
        path,
        word__document=f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        word__styles=f'<w:styles xmlns:w="{WORD}">{defaults}</w:styles>',
    )


def filled(path, *targets, into="pt-BR"):
    given = [each and Filling(omegat_tags.hidden(each), 100) for each in targets]
    out = path.with_name(f"filled{path.suffix}")
    fill(path, out, given, direction=Direction("fr", into))
    return out


def part(path, name):
    with zipfile.ZipFile(path) as opened:
        return opened.read(f"{name}.xml").decode()


def run(text, look=""):
    return f"<w:r>{look and f'<w:rPr>{look}</w:rPr>'}<w:t>{text}</w:t></w:r>"


def test_runs_of_word_that_are_filled_say_the_language_of_the_translation(tmp_path):
    path = docx(tmp_path / "a.docx", run("oui"), run("non", '<w:b/><w:lang w:val="fr-FR"/>'), run("fin"))
    body = part(filled(path, "sim", "não"), "word/document")
    assert run("sim", '<w:lang w:val="pt-BR"/>') in body
    assert run("não", '<w:b/><w:lang w:val="pt-BR"/>') in body
    assert run("fin") in body


def test_a_run_says_its_language_before_what_the_standard_has_behind_it(tmp_path):
    path = docx(tmp_path / "a.docx", run("oui", "<w:b/><w:specVanish/>"))
    body = part(filled(path, "sim"), "word/document")
    assert run("sim", '<w:b/><w:lang w:val="pt-BR"/><w:specVanish/>') in body


@pytest.mark.parametrize(
    ("targets", "said"), [(("sim", "não"), "pt-BR"), (("sim", None), "fr-FR"), (("oui", "non"), "fr-FR")]
)
def test_a_word_document_says_its_language_where_all_of_it_is_filled(targets, said, tmp_path):
    path = docx(tmp_path / "a.docx", run("oui"), run("non"))
    styles = part(filled(path, *targets), "word/styles")
    assert f'<w:lang w:val="{said}" w:eastAsia="ja-JP"/>' in styles


@pytest.mark.parametrize(("into", "key"), [("ja", "eastAsia"), ("ar", "bidi"), ("fa", "bidi")])
def test_other_writing_has_its_own_attribute_in_word(into, key, tmp_path):
    path = docx(tmp_path / "a.docx", run("oui"))
    assert run("x", f'<w:lang w:val="{into}" w:{key}="{into}"/>') in part(
        filled(path, "x", into=into), "word/document"
    )


def test_own_texts_change_no_language(tmp_path):
    path = docx(tmp_path / "a.docx", run("oui"), run("non"))
    assert filled(path, "oui", "non").read_bytes() == path.read_bytes()


def test_no_language_is_said_where_none_is_known(tmp_path):
    path = docx(tmp_path / "a.docx", run("oui"))
    out = filled(path, "sim", into="")
    assert run("sim") in part(out, "word/document")
    assert part(out, "word/styles") == part(path, "word/styles")


@pytest.mark.parametrize(
    ("tag", "said"),
    [("PT_br", '<w:lang w:val="pt-BR"/>'), ("und", ""), ("klingonese", "")],
)
def test_a_document_of_a_file_of_translations_says_its_language_as_a_tag_or_not_at_all(tag, said, tmp_path):
    path = docx(tmp_path / "a.docx", run("oui"))
    unit = '<trans-unit id="1"><source>oui</source><target>sim</target></trans-unit>'
    languages = f'source-language="fr" target-language="{tag}"'
    file = f'<file original="a" datatype="plaintext" {languages}><body>{unit}</body></file>'
    (tmp_path / "a.xlf").write_text(f'<xliff version="1.2">{file}</xliff>')
    out = tmp_path / "out.docx"
    write_document(tmp_path / "a.xlf", path, out, UNDECIDED)
    assert run("sim", said) in part(out, "word/document")


def test_a_formula_says_no_language(tmp_path):
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{math}"><m:r><m:t>x</m:t></m:r></m:oMath>'
    path = docx(tmp_path / "a.docx", run("Soit ") + formula + run(" noir"))
    (text,) = [each.text for each in read_document(path).paragraphs]
    body = part(filled(path, text.replace("Soit", "Seja")), "word/document")
    assert "<m:r><m:t>x</m:t></m:r>" in body


def test_runs_of_slides_that_are_filled_say_the_language_and_have_no_fault_in_spelling(tmp_path):
    texts = '<a:p><a:r><a:rPr lang="fr-FR" err="1" b="1"/><a:t>oui</a:t></a:r></a:p><a:p><a:r><a:t>non</a:t></a:r></a:p>'
    slide = f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}">{texts}<a:p><a:r><a:rPr lang="fr-FR"/><a:t>fin</a:t></a:r></a:p></p:sld>'
    path = package(tmp_path / "a.pptx", ppt__slides__slide1=slide)
    new = part(filled(path, "sim", "não"), "ppt/slides/slide1")
    runs = re.findall(r"<a:rPr([^>]*)/><a:t>(\w+)", new)
    assert runs == [(' lang="pt-BR" b="1"', "sim"), (' lang="pt-BR"', "não"), (' lang="fr-FR"', "fin")]


def test_a_cell_says_no_language(tmp_path):
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{sheet}"><si><r><t>oui</t></r></si></sst>'
    path = package(tmp_path / "a.xlsx", xl__workbook="<workbook/>", xl__sharedStrings=strings)
    out = path.with_name("out.xlsx")
    fill(
        path,
        out,
        [Filling(omegat_tags.hidden("sim"), 100)],
        format="workbook",
        direction=Direction("fr", "pt"),
    )
    assert "<si><r><t>sim</t></r></si>" in part(out, "xl/sharedStrings")


NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for prefix, space in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
    )
)
SAID = '<style:text-properties fo:language="{}" fo:country="{}" style:language-asian="none"/>'


FRENCH = SAID.format("fr", "FR")


def odt(path, body, styles=FRENCH):
    return package(
        path,
        content=f"<c {NAMES}><office:automatic-styles/>{body}</c>",
        styles=f"<s {NAMES}><office:automatic-styles></office:automatic-styles>{styles}</s>",
    )


def test_a_text_of_open_document_that_is_filled_stands_in_a_span_of_its_language(tmp_path):
    path = odt(tmp_path / "a.odt", "<text:p>oui</text:p><text:p>fin</text:p>")
    content = part(out := filled(path, "sim"), "content")
    style = '<style:style style:name="Ponte_pt-BR" style:family="text"><style:text-properties fo:language="pt" fo:country="BR"/>'
    assert content.count(style) == 1
    assert (
        '<text:p><text:span text:style-name="Ponte_pt-BR">sim</text:span></text:p><text:p>fin</text:p>'
        in content
    )
    assert part(out, "styles") == part(path, "styles")
    again = part(filled(out, "sim, sim"), "content")
    assert again.count(style) == 1


def test_an_open_document_says_its_language_where_all_of_it_is_filled(tmp_path):
    foreign = SAID.format("en", "GB") + SAID.format("zxx", "none")
    path = odt(tmp_path / "a.odt", f"{foreign}<text:p>oui</text:p>")
    out = filled(path, "sim")
    assert part(out, "styles") == part(path, "styles").replace(
        SAID.format("fr", "FR"), SAID.format("pt", "BR")
    )
    assert part(out, "content") == part(path, "content").replace(
        SAID.format("en", "GB"), SAID.format("pt", "BR")
    ).replace("oui", "sim")


def test_a_language_without_a_country_and_of_other_writing_is_said_in_open_document(tmp_path):
    said = '<style:text-properties style:rfc-language-tag="fr-x-a" fo:language="fr" style:language-complex="he" style:country-complex="IL"/>'
    out = filled(odt(tmp_path / "a.odt", "<text:p>oui</text:p>", said), "x", into="ar")
    expected = '<style:text-properties fo:country="none" fo:language="ar" style:language-complex="ar" style:country-complex="none"/>'
    assert expected in part(out, "styles")


def test_formatting_that_runs_on_in_the_next_line_is_not_cut_by_a_language(tmp_path):
    body = '<text:p>un <text:span text:style-name="B">mot<text:tab/>noir</text:span></text:p><text:p>fin</text:p>'
    out = filled(odt(tmp_path / "a.odt", body), "uma <f0>palavra", "preta")
    assert '<text:p>uma <text:span text:style-name="B">palavra<text:tab/>' in part(out, "content")
    assert [each.text for each in read_document(out).paragraphs] == ["uma palavra", "preta", "fin"]


def test_a_cell_of_an_open_sheet_stays_plain_text(tmp_path):
    body = "<office:spreadsheet><text:p>oui</text:p><text:p>fin</text:p></office:spreadsheet>"
    assert "<text:p>sim</text:p>" in part(filled(odt(tmp_path / "a.ods", body), "sim"), "content")


def test_own_texts_change_no_language_of_an_open_document(tmp_path):
    path = odt(tmp_path / "a.odt", "<text:p>oui</text:p>")
    assert filled(path, "oui").read_bytes() == path.read_bytes()
