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
