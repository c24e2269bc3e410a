"""Books read in the order of their chapters, and filled."""

import zipfile

import pytest

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import fill, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.pretranslation import pretranslate_file

PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="c"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    "OEBPS/book.opf": """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>Le pont</dc:title><dc:language>fr_FR</dc:language><dc:creator>Rui</dc:creator></metadata>
<manifest><item id="b" href="deux.xhtml" media-type="application/xhtml+xml"/><item id="a" href="un%C3%A9.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="i" href="i.png" media-type="image/png"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>""",
    "OEBPS/deux.xhtml": '<html lang="fr"><body><p>Fin.</p></body></html>',
    "OEBPS/uné.xhtml": '<?xml version="1.0"?><!DOCTYPE html><html xmlns="x"><head><title/></head><body><h1>Un</h1><p>Le <i>pont</i> &amp; <br/>tient.</p></body></html>',
    "OEBPS/toc.ncx": '<!DOCTYPE ncx PUBLIC "-" "ncx.dtd"><ncx><navLabel><text>Un</text></navLabel></ncx>',
}


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in PARTS.items():
            written.writestr(
                name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return path


def texts(path):
    return [omegat_tags.shown(Segment(each.text, each.codes)) for each in read_document(path).paragraphs]


def filled(path, *targets):
    fillings = [None if target is None else Filling(omegat_tags.hidden(target), 100) for target in targets]
    out = path.with_name("filled.epub")
    fill(path, out, fillings)
    return out


def test_a_book_is_read_in_the_order_of_its_chapters(book):
    assert texts(book) == ["Un", "Le <i0>pont</i0> &<br1/>", "tient.", "Fin.", "Un", "Le pont"]
    assert read_document(book).language == "fr-FR"


def test_only_the_texts_change_and_the_type_of_the_book_comes_first(book):
    out = filled(book, None, "A <i0>ponte</i0> <&<br1/>", None, None, "Um")
    with zipfile.ZipFile(out) as written:
        content = {name: written.read(name).decode() for name in written.namelist()}
        assert written.infolist()[0].compress_type == zipfile.ZIP_STORED
    chapter = PARTS["OEBPS/uné.xhtml"].replace("Le <i>pont</i> &amp; <br/>", "A <i>ponte</i> &lt;&amp;<br/>")
    contents = PARTS["OEBPS/toc.ncx"].replace("Un", "Um")
    assert content == PARTS | {"OEBPS/uné.xhtml": chapter, "OEBPS/toc.ncx": contents}
    assert list(content) == list(PARTS)


def test_nothing_changes_where_nothing_or_the_same_is_put(book):
    assert filled(book).read_bytes() == book.read_bytes()
    assert filled(book, *texts(book)).read_bytes() == book.read_bytes()


HALVES = "<p>Un <i>pont. Une rive. Un fleuve</i> ici.</p>"


@pytest.mark.parametrize(
    ("known", "becomes"),
    [
        (
            {"Un <i0>pont.": "Uma <i0>ponte.", "Un fleuve</i0> ici.": "Um rio</i0> aqui."},
            "<p>Uma <i>ponte. Une rive. Um rio</i> aqui.</p>",
        ),
        ({"Un <i0>pont.": "Ponte."}, "<p>Ponte.<i> Une rive. Un fleuve</i> ici.</p>"),
        ({"Un fleuve</i0> ici.": "Rio."}, "<p>Un <i>pont. Une rive. </i>Rio.</p>"),
        (
            {"Un <i0>pont.": "Ponte.", "Un fleuve</i0> ici.": "Rio."},
            "<p>Ponte. Une rive. Rio.</p>",
        ),
    ],
)
@pytest.mark.parametrize("are_of_omegat", [True, False])
def test_a_pair_that_reaches_over_sentences_keeps_what_stands_in_the_others(
    known, becomes, are_of_omegat, tmp_path
):
    path, out = tmp_path / "a.html", tmp_path / "b.html"
    path.write_text(HALVES)
    sides = [[omegat_tags.hidden(text) for text in pair] for pair in known.items()]
    if not are_of_omegat:
        sides = [[with_halves(segment) for segment in pair] for pair in sides]
    with open_store(":memory:", create=True) as store:
        store.add([Unit((Variant("fr", source), Variant("pt", target))) for source, target in sides])
        pretranslate_file(path, out, store, Direction("fr", "pt"))
    assert out.read_text() == becomes


def with_halves(segment):
    """The segment with codes as a document has them: each half of a pair says that it is one."""
    make = {True: omegat_tags.closing, False: omegat_tags.opening}
    codes = (make["/" in code.content.text](code.position, "i", 0) for code in segment.codes)
    return Segment(segment.text, tuple(codes))


def test_a_character_that_xml_cannot_hold_does_no_harm(book):
    given = [f"\x01{text}" for text in texts(book)]
    assert texts(filled(book, *given)) == [text.replace("\x01", "\ufffd") for text in given]


def test_a_package_without_a_book_is_refused_in_one_line(tmp_path):
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("mimetype", "application/epub+zip")
    with pytest.raises(FormatError, match="no book in it"):
        read_document(path)


def test_a_book_says_the_language_of_its_translation(book):
    out = book.with_name("pt.epub")
    fill(book, out, [None] * 3 + [Filling(Segment("Fim."), 100)], direction=Direction("fr", "pt-BR"))
    assert read_document(out).language == "pt-BR"
    with zipfile.ZipFile(out) as opened:
        assert (
            opened.read("OEBPS/deux.xhtml").decode() == '<html lang="pt-BR"><body><p>Fim.</p></body></html>'
        )
        assert "fr_FR" not in opened.read("OEBPS/book.opf").decode()


def test_a_chapter_is_read_and_written_in_the_encoding_that_it_declares(book):
    declared = '<?xml version="1.0" encoding="windows-1250"?><html><body><p>Řeka</p></body></html>'
    with zipfile.ZipFile(book, "w") as written:
        for name, content in PARTS.items():
            is_chapter = name == "OEBPS/deux.xhtml"
            written.writestr(name, declared.encode("windows-1250") if is_chapter else content)
    assert "Řeka" in texts(book)
    out = filled(book, *[{"Řeka": "O rio não"}.get(text) for text in texts(book)])
    with zipfile.ZipFile(out) as package:
        content = package.read("OEBPS/deux.xhtml")
    assert content == declared.replace("Řeka", "O rio n&#227;o").encode("windows-1250")
