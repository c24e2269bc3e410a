"""Documents written again with translations in place of their texts, all else as it was."""

import zipfile

import pytest

from tm.formats import fill, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.pretranslation import pretranslate_file

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(path, *paragraphs, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return path


def texts(path):
    document = read_document(path)
    return [omegat_tags.shown(Segment(each.text, each.codes)) for each in document.paragraphs]


def filled(path, *targets):
    fillings = [None if target is None else Filling(omegat_tags.hidden(target), 100) for target in targets]
    out = path.with_name(f"filled{path.suffix}")
    fill(path, out, fillings)
    return out


def parts_that_differ(one, other):
    with zipfile.ZipFile(one) as before, zipfile.ZipFile(other) as after:
        assert before.namelist() == after.namelist()
        return [name for name in before.namelist() if before.read(name) != after.read(name)]


BOLD = run("Le ") + run("pont", "<w:b/>") + run(" tient.")


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("A <t0/>ponte<t1/> resiste.", "A <t0/>ponte<t1/> resiste."),
        (
            "A ponte<t1/> resiste.",
            "A ponte<t0/> resiste.",
        ),  # what has no text is no piece of the line any more
        ("A ponte resiste.", "A ponte resiste."),
        ("Resiste<t1/> a <t0/>ponte.", "Resiste a <t0/>ponte."),
    ],
)
def test_the_runs_of_word_take_the_text_that_stands_between_the_same_codes(target, shown, tmp_path):
    out = filled(docx(tmp_path / "a.docx", BOLD), target)
    assert [text.replace(" ", " ") for text in texts(out)] == [shown]


def test_a_bold_word_stays_bold(tmp_path):
    out = filled(docx(tmp_path / "a.docx", BOLD), "A <t0/>ponte<t1/> resiste.")
    with zipfile.ZipFile(out) as package:
        assert run("ponte", "<w:b/>") in package.read("word/document.xml").decode()


def test_a_footnote_stays_though_the_translation_does_not_have_it(tmp_path):
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    out = filled(docx(tmp_path / "a.docx", run("Le pont") + note + run(" tient.")), "A ponte resiste.")
    with zipfile.ZipFile(out) as package:
        assert "footnoteReference" in package.read("word/document.xml").decode()
    assert texts(out) == ["A ponte resiste."]


def test_parts_in_which_nothing_changes_are_the_same_bytes(tmp_path):
    header = f'<w:hdr xmlns:w="{WORD}"><w:p>{run("En tête")}</w:p></w:hdr>'
    path = docx(tmp_path / "a.docx", run("Oui."), BOLD, header1=header)
    assert parts_that_differ(path, filled(path, None, None, None)) == []
    assert parts_that_differ(path, filled(path, *texts(path))) == []
    assert parts_that_differ(path, filled(path, "Sim.", None, None)) == ["word/document.xml"]
    assert parts_that_differ(path, filled(path, None, None, "Cabeçalho")) == ["word/header1.xml"]


def test_each_sentence_of_a_paragraph_is_filled_and_one_that_is_not_known_stays(tmp_path):
    path = docx(
        tmp_path / "a.docx",
        run("Il pleut. ") + run("Le ", "") + run("pont", "<w:b/>") + run(" tient. Adieu."),
    )
    pairs = [("Il pleut.", "Chove."), ("Le <t0/>pont<t1/> tient.", "A <t0/>ponte<t1/> resiste.")]
    with open_store(":memory:", create=True) as store:
        store.add(
            [
                Unit((Variant("fr", omegat_tags.hidden(source)), Variant("pt", omegat_tags.hidden(target))))
                for source, target in pairs
            ]
        )
        done = pretranslate_file(path, tmp_path / "b.docx", store)
    assert (done.segments, done.filled) == (3, 2)
    assert texts(tmp_path / "b.docx") == ["Chove. <t0/>A <t1/>ponte<t2/> resiste. Adieu."]


def test_a_filled_document_read_again_has_nothing_left_to_fill(tmp_path):
    path = docx(tmp_path / "a.docx", run("Il pleut."))
    with open_store(":memory:", create=True) as store:
        store.add([Unit((Variant("fr", Segment("Il pleut.")), Variant("pt", Segment("Il pleut."))))])
        pretranslate_file(path, tmp_path / "b.docx", store)
    assert parts_that_differ(path, tmp_path / "b.docx") == []


# ------------------------------------------------------------------------------------------------- HTML

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="{encoding}"><title>Le pont</title>
<style>p {{ color: red }}</style></head><body>
<!-- rien -->
<P class=a>
  Le <B>pont</B> &amp; la&nbsp;rive <img src="p.png" alt='Une rive'>.<br>Il tient.
</P>
<pre>  x = 1
</pre><input placeholder=Nom></body></html>
"""
TARGETS = {
    "Le pont": "A ponte",
    "Le <b0>pont</b0> & la\xa0rive <i1>.<br2>": "A <b0>ponte</b0> & a\xa0margem “<i1>”.<br2>",
    "Il tient.": "Ela resiste.",
    "Une rive": 'Uma "margem"',
    "Nom": "Nome",
}


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_a_page_changes_in_its_texts_alone(encoding, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.format(encoding=encoding).encode(encoding))
    out = filled(path, *[TARGETS.get(text) for text in texts(path)])
    expected = PAGE.format(encoding=encoding)
    for before, after in [
        ("<title>Le pont", "<title>A ponte"),
        ("Le <B>pont</B> &amp; la&nbsp;rive <img src=\"p.png\" alt='Une rive'>.",
         'A <B>ponte</B> &amp; a\xa0margem “<img src="p.png" alt="Uma &quot;margem&quot;">”.'),
        ("Il tient.", "Ela resiste."),
        ("placeholder=Nom", 'placeholder="Nome"'),
    ]:  # fmt: skip
        assert before in expected
        expected = expected.replace(before, after)
    assert out.read_bytes() == expected.encode(encoding, "xmlcharrefreplace")
    assert texts(out)[:3] == ["A ponte", TARGETS[texts(path)[1]], "Ela resiste."]


def test_a_page_in_which_nothing_changes_is_the_same_bytes(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(encoding="utf-8"), encoding="utf-8", newline="")
    assert filled(path).read_bytes() == path.read_bytes()
    assert filled(path, *texts(path)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("target", "markup"),
    [
        ("A ponte.", 'A ponte.<img src="p.png">'),  # a pair goes, an image stays
        ("<i1>A <b0>ponte</b0>.", '<img src="p.png">A <b>ponte</b>.'),
        ("A </b0>ponte<b0> <i1>.", 'A ponte <img src="p.png">.'),
        ("A <b0>pon<i1>te.", 'A pon<img src="p.png">te.'),
    ],
)
def test_markup_is_whole_whatever_codes_a_translation_has(target, markup, tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<p>Le <b>pont</b> <img src="p.png"> tient.</p>', encoding="utf-8")
    assert filled(path, target).read_text(encoding="utf-8") == f"<p>{markup}</p>"
