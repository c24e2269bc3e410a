"""Laws of documents that are filled: its own texts leave a document as it was; what is put in is read again."""

import zipfile
from dataclasses import replace
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import fill, find_format, formats, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment

MARK = "×"
PIECES = st.text(
    st.sampled_from(" \u00a0\u202f\t.,;:!?-–—«»&<>\"'’#*_`[](){}|\\/=~$%^1aeézÇ漢🜁\u2028"), max_size=12
)
PARAGRAPHS = st.lists(st.tuples(PIECES, PIECES, PIECES), min_size=1, max_size=3)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


def xml(paragraphs, around, pieces):
    """Paragraphs in XML: each of three pieces, the second one formatted."""
    return "".join(around.format(pieces.format(*map(escape, each))) for each in paragraphs)


def docx(paragraphs):
    plain, bold = "<w:r><w:t>{}</w:t></w:r>", "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    body = xml(paragraphs, "<w:p>{}</w:p>", plain + bold + plain)
    return {"word/document.xml": f'<w:document xmlns:w="{WORD}">{body}</w:document>'}


def dotx(paragraphs):
    """A Word document whose styles say a language."""
    said = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    return docx(paragraphs) | {"word/styles.xml": f'<w:styles xmlns:w="{WORD}">{said}</w:styles>'}


def pptx(paragraphs):
    plain, bold = "<a:r><a:t>{}</a:t></a:r>", '<a:r><a:rPr b="1"/><a:t>{}</a:t></a:r>'
    body = xml(paragraphs, "<a:p>{}</a:p>", plain + bold + plain)
    return {"ppt/slides/slide1.xml": f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}">{body}</p:sld>'}


def xlsx(paragraphs):
    plain, bold = "<r><t>{}</t></r>", "<r><rPr><b/></rPr><t>{}</t></r>"
    strings = xml(paragraphs, "<si>{}</si>", plain + bold + plain)
    return {"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>'}


def odt(paragraphs):
    body = xml(paragraphs, "<text:p>{}</text:p>", '{}<text:span text:style-name="b">{}</text:span>{}')
    spaces = {"office": "office", "style": "style", "text": "text", "fo": "xsl-fo-compatible"}
    names = " ".join(f'xmlns:{prefix}="{OPEN.format(space)}"' for prefix, space in spaces.items())
    return {"content.xml": f"<c {names}><office:automatic-styles/>{body}</c>"}


def ott(paragraphs):
    """A text of OpenDocument whose styles say a language."""
    said = '<style:text-properties fo:language="fr" fo:country="FR" fo:font-weight="bold"/>'
    style = f'<style:style style:name="b" style:family="text">{said}</style:style>'
    styles = f"<office:automatic-styles>{style}</office:automatic-styles>"
    return {"content.xml": odt(paragraphs)["content.xml"].replace("<office:automatic-styles/>", styles)}


def html(paragraphs):
    return '<html lang="fr">' + xml(paragraphs, "<p>{}</p>", "{}<b>{}</b>{}") + "</html>"


def epub(paragraphs):
    said = '<language xmlns="http://purl.org/dc/elements/1.1/">fr</language>'
    item, ref = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>', '<itemref idref="a"/>'
    return {
        "META-INF/container.xml": '<c><rootfile full-path="book.opf"/></c>',
        "book.opf": f'<package xmlns="http://www.idpf.org/2007/opf">{said}{item}<spine>{ref}</spine></package>',
        "a.xhtml": html(paragraphs),
    }


def markdown(paragraphs):
    return "\n\n".join("{}**{}**{}".format(*each) for each in paragraphs) + "\n"


def cues(paragraphs, head="", separator=","):
    time = f"00:00:01{separator}000 --> 00:00:02{separator}000"
    texts = ("{}<i>{}</i>\n{}".format(*each) for each in paragraphs)
    return head + "".join(f"{number}\n{time}\n{text}\n\n" for number, text in enumerate(texts, 1))


def vtt(paragraphs):
    return cues([tuple(map(escape, each)) for each in paragraphs], "WEBVTT\n\n", ".")


MAKERS = {
    ".docx": docx,
    ".dotx": dotx,
    ".pptx": pptx,
    ".xlsx": xlsx,
    ".odt": odt,
    ".ott": ott,
    ".epub": epub,
    ".html": html,
    ".md": markdown,
    ".srt": cues,
    ".vtt": vtt,
}
FORMATS = {".xlsx": "workbook"}


def test_every_document_that_can_be_filled_is_tried():
    names = {find_format(f"a{kind}", "fill", FORMATS.get(kind, "")).name for kind in MAKERS}
    documents = {each.name for each in formats() if each.fill and each.read_document and not each.is_by_line}
    assert names == documents


def written(folder, kind, paragraphs):
    path = folder / f"a{kind}"
    content = MAKERS[kind](paragraphs)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="")
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in content.items():
                package.writestr(name, part)
    return path


def texts(path, kind):
    """The texts of a document; none where it has none."""
    try:
        document = read_document(path, format=FORMATS.get(kind, ""))
    except FormatError as error:
        if "there is no text" not in str(error):
            raise
        return []
    return [Segment(each.text, each.codes) for each in document.paragraphs]


def filled(path, kind, targets):
    out = path.with_name(f"out{kind}")
    fillings = [Filling(target, 100) for target in targets]
    fill(path, out, fillings, format=FORMATS.get(kind, ""), direction=Direction("fr", "pt-BR"))
    return out


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=settings().max_examples // 2)
@given(PARAGRAPHS)
def test_nothing_and_its_own_texts_leave_a_document_as_it_was(kind, tmp_path_factory, paragraphs):
    path = written(tmp_path_factory.mktemp("law"), kind, paragraphs)
    for targets in ([], texts(path, kind)):
        assert filled(path, kind, targets).read_bytes() == path.read_bytes()


def marked(segment):
    """A text with a mark in front; its codes keep their words."""
    codes = tuple(replace(code, position=code.position + len(MARK)) for code in segment.codes)
    return Segment(MARK + segment.text, codes)


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=settings().max_examples // 2)
@given(PARAGRAPHS)
def test_what_is_put_into_a_document_is_read_again_with_its_codes(kind, tmp_path_factory, paragraphs):
    path = written(tmp_path_factory.mktemp("law"), kind, paragraphs)
    targets = list(map(marked, texts(path, kind)))
    read = texts(filled(path, kind, targets), kind)
    assert list(map(omegat_tags.shown, read)) == list(map(omegat_tags.shown, targets))
