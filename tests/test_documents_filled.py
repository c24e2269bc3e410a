"""Documents written again with translations in place of their texts, all else as it was."""

import zipfile

import pytest

from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, OptionError
from tm.formats import fill, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.conversion import convert
from tm.work.document_filling import WrittenDocument, write_document
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
        ("Resiste<t1/> a <t0/>ponte.", "Resiste<t0/> a <t1/>ponte."),
    ],
)
def test_the_runs_of_word_take_the_text_that_stands_between_the_same_codes(target, shown, tmp_path):
    out = filled(docx(tmp_path / "a.docx", BOLD), target)
    assert [text.replace(" ", " ") for text in texts(out)] == [shown]


def test_a_bold_word_stays_bold(tmp_path):
    out = filled(docx(tmp_path / "a.docx", BOLD), "A <t0/>ponte<t1/> resiste.")
    with zipfile.ZipFile(out) as package:
        assert run("ponte", "<w:b/>") in package.read("word/document.xml").decode()


NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
LINK = '<w:hyperlink w:anchor="a">{}</w:hyperlink>'
PLACE = '<w:bookmarkStart w:id="1"/>'


@pytest.mark.parametrize(
    ("runs", "target", "becomes"),
    [
        (
            run("Voir ") + PLACE + LINK.format(run("ce site")) + run(" et ") + run("la suite", "<w:b/>") + run("."),
            "Veja <t2/>o resto<t3/> e <t0/>este site<t1/>.",
            run("Veja ") + PLACE + run("o resto", "<w:b/>") + run(" e ") + LINK.format(run("este site")) + run("."),
        ),
        (
            run("Un") + NOTE.format(2) + run(" et deux") + NOTE.format(3) + run(" ici."),
            "Dois<t1/> e um<t0/> aqui.",
            run("Dois") + NOTE.format(3) + run(" e um") + NOTE.format(2) + run(" aqui."),
        ),
        (
            LINK.format(run("Oui ") + run("non ", "<w:b/>")) + run("ici"),
            "Aqui <t1/>sim <t0/>não",
            LINK.format(run("Aqui sim ") + run("não", "<w:b/>")) + run(""),
        ),
    ],
)  # fmt: skip
def test_runs_of_word_come_in_the_order_of_the_translation_where_they_can(runs, target, becomes, tmp_path):
    out = filled(docx(tmp_path / "a.docx", runs), target)
    with zipfile.ZipFile(out) as package:
        document = package.read("word/document.xml").decode()
    paragraph = document[document.index("<w:p>") + 5 : document.index("</w:p>")]
    assert paragraph.replace("<w:rPr/>", "<w:rPr></w:rPr>") == becomes


def field(result, instruction="PAGE"):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{run(result)}{mark('end')}"


FORMULA = "<w:oMath><w:r><w:t>x</w:t></w:r><w:r><w:t>=2</w:t></w:r></w:oMath>"


@pytest.mark.parametrize(
    ("runs", "target", "shown"),
    [
        (
            run("Page ") + field("1") + run(" sur ") + field("1"),
            "Página 1 de 1",
            "Página <t0/>1<t1/> de <t2/>1",
        ),
        (field("12") + run(" pages"), "12 páginas", "12<t0/> páginas"),
        (field("12") + run(" pages"), "Páginas", "12<t0/>Páginas"),
        (run("Page ") + field("12") + run(" ici"), "Aqui a 2", "Aqui a 2<t0/> 12"),
        (run("Page ") + field("12") + run(" ici"), "Aqui a <t0/>13<t1/>", "Aqui a <t0/>13"),
        (run("Soit ") + FORMULA + run(" ici"), "Seja x=2 aqui", "Seja <t0/>x<t1/>=2<t2/> aqui"),
        (run("Soit ") + FORMULA + run(" ici"), "Seja aqui", "Seja aqui<t0/> x<t1/>=2"),
        (run("Voir ") + field("ici", "HYPERLINK x") + run("."), "Ver.", "Ver."),
        (run("Le ") + f'<w:fldSimple w:instr="DATE">{run("1/2")}</w:fldSimple>', "Em 1/2", "Em <t0/>1/2"),
    ],
)
def test_what_word_works_out_keeps_its_place_or_stays_though_the_translation_lacks_its_codes(
    runs, target, shown, tmp_path
):
    assert texts(filled(docx(tmp_path / "a.docx", runs), target)) == [shown]


def test_a_footnote_stays_though_the_translation_does_not_have_it(tmp_path):
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    out = filled(docx(tmp_path / "a.docx", run("Le pont") + note + run(" tient.")), "A ponte resiste.")
    with zipfile.ZipFile(out) as package:
        assert "footnoteReference" in package.read("word/document.xml").decode()
    assert texts(out) == ["A ponte resiste."]


def test_a_comment_within_a_text_of_word_cuts_nothing_off(tmp_path):
    path = docx(tmp_path / "a.docx", run("Le <!-- or la -->pont"))
    assert texts(path) == ["Le pont"]
    assert texts(filled(path, "A ponte")) == ["A ponte"]


def test_a_damaged_part_without_text_stops_the_filling_and_leaves_no_document(tmp_path):
    path = docx(tmp_path / "a.docx", run("Le pont"), picture="<p>" + "bytes " * 20 + "</p>")
    with zipfile.ZipFile(path) as package:
        member = package.getinfo("word/picture.xml")
    data = bytearray(path.read_bytes())
    data[member.header_offset + 30 + len(member.filename)] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(FormatError, match=r"a\.docx: word/picture\.xml in it is damaged"):
        filled(path, "A ponte")
    assert [each.name for each in tmp_path.iterdir()] == ["a.docx"]


@pytest.mark.parametrize("character", ["\x0b", "\ud83d", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_replaced(character, tmp_path):
    path = docx(tmp_path / "a.docx", run("Le pont"))
    assert texts(filled(path, f"A{character}ponte")) == ["A\ufffdponte"]


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


def test_a_text_with_very_many_codes_is_filled_in_no_time(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>" + "<b>un</b> " * 2_000 + "</p>", encoding="utf-8")
    (text,) = texts(path)
    assert filled(path, text.replace("un", "um")).read_text(encoding="utf-8").count("<b>um</b>") == 2_000


def test_characters_that_xml_cannot_hold_are_replaced_in_documents_and_counted(tmp_path, caplog):
    path = docx(tmp_path / "a.docx", run("Le pont"))
    assert texts(filled(path, "A\x07 ponte\x0b")) == ["A\ufffd ponte\ufffd"]
    assert "a.docx: 2 characters that XML cannot hold became U+FFFD" in caplog.text


@pytest.mark.parametrize("begun", ["<a ", "<!--", '<a b="'])
def test_a_page_full_of_tags_that_never_end_is_read_at_once(begun, tmp_path):
    # Python's parser looks for the end of each up to the end of the page: of so many for hours.
    path = tmp_path / "a.html"
    path.write_text("<p>Le pont</p>" + begun * 50_000, encoding="utf-8")
    assert texts(path)[0] == "Le pont"
    path.write_text("<p>Le pont</p>1 &lt; 2 <3\n", encoding="utf-8")
    assert texts(path) == ["Le pont", "1 < 2 <3"]


def test_quotes_in_a_page_that_says_latin_1_are_those_that_browsers_show(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes('<meta charset="iso-8859-1"><p>L’été</p><p>“Non”</p>'.encode("windows-1252"))
    assert texts(path) == ["L’été", "“Non”"]
    out = filled(path, "O verão – não")
    assert out.read_bytes() == '<meta charset="iso-8859-1"><p>O verão – não</p><p>“Non”</p>'.encode(
        "windows-1252"
    )


def test_a_page_in_which_nothing_changes_is_the_same_bytes(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(encoding="utf-8"), encoding="utf-8", newline="")
    assert filled(path).read_bytes() == path.read_bytes()
    assert filled(path, *texts(path)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("page", "becomes"),
    [
        ("<p>Le <!-- vieux --> pont</p>", "<p>A ponte<!-- vieux --></p>"),
        ("<p>Le <svg><path d='x'/></svg> pont</p>", "<p>A ponte<svg><path d='x'/></svg></p>"),
        ("<p>Le <script>x(1 < 2)</script>pont</p>", "<p>A ponte<script>x(1 < 2)</script></p>"),
        ("<p>Le <?php echo 1 ?> pont.</p>", "<p>A ponte<?php echo 1 ?></p>"),
        ("<td>&nbsp;Le pont&nbsp;&#160;</td>", "<td>&nbsp;A ponte&nbsp;&#160;</td>"),
    ],
)
def test_what_stands_between_the_words_of_a_page_is_not_lost(page, becomes, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page)
    assert filled(path, "A ponte").read_text() == becomes


def test_what_stands_in_form_fields_is_a_text_of_its_own(tmp_path):
    path = tmp_path / "a.html"
    page = """<p>Votre <textarea placeholder="nom">un
deux</textarea> ici <input value="Rui"><input type=hidden value="x"></p>"""
    path.write_text(page)
    assert texts(path) == ["Votre", "nom", "un", "deux", "ici", "Rui"]
    out = filled(path, "O seu", "nome", "uma", "duas", "aqui", "Ana").read_text()
    assert (
        out
        == """<p>O seu <textarea placeholder="nome">uma
duas</textarea> aqui <input value="Ana"><input type=hidden value="x"></p>"""
    )


@pytest.mark.parametrize(
    ("page", "shown", "target", "becomes"),
    [
        (
            "<p>Soit <math><mi>x</mi></math> ici.</p>",
            ["Soit <m0/> ici."],
            "Aqui, seja <m0/>.",
            "<p>Aqui, seja <math><mi>x</mi></math>.</p>",
        ),
        (
            "<p>Voir <object><p>a</p></object> ici <script>x</script>.</p>",
            ["Voir <o0/> ici ."],
            "Veja",
            "<p>Veja<object><p>a</p></object><script>x</script></p>",
        ),
        ("<p><svg></svg> Ici <iframe></iframe></p>", ["Ici"], "Aqui", "<p><svg></svg> Aqui <iframe></iframe></p>"),
    ],
)  # fmt: skip
def test_a_formula_or_a_drawing_within_a_sentence_is_one_code(page, shown, target, becomes, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page)
    assert texts(path) == shown
    assert filled(path, target).read_text() == becomes


def test_the_texts_of_a_drawing_are_filled_in_it(tmp_path):
    path = tmp_path / "a.html"
    page = "<p>Voir <svg><title>Le pont</title><style>a</style><text>La <tspan>rive</tspan> ici</text></svg> là.</p>"
    path.write_text(page)
    assert texts(path) == ["Voir <s0/> là.", "Le pont", "La", "rive", "ici"]
    out = filled(path, "Ver <s0/> lá.", "A ponte", "A", "margem", "aqui").read_text()
    assert out == (
        "<p>Ver <svg><title>A ponte</title><style>a</style><text>A <tspan>margem</tspan> aqui</text></svg> lá.</p>"
    )


def test_choices_of_a_list_and_what_is_shown_without_scripts_are_blocks(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<p>Couleur <select><option>Noir<option value=b>Blanc</select></p><noscript>Rien</noscript>"
    )
    assert texts(path) == ["Couleur", "Noir", "Blanc", "Rien"]
    page = filled(path, "Cor", "Preto", "Branco", "Nada").read_text()
    assert page == "<p>Cor <select><option>Preto<option value=b>Branco</select></p><noscript>Nada</noscript>"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>Un <b translate=no>Ponte <i>x</i></b> ici.</p>", ["Un <b0/> ici."]),
        ("<p><span class='a notranslate'>Ponte</span></p><p>Oui</p>", ["Oui"]),
        ("<p translate='NO'>Ponte<p>Oui", ["Oui"]),
        ("<ul><li translate=no>Ponte<ul><li>x</ul><li>Oui</ul>", ["Oui"]),
        ("<p>Un <i translate=no>Ponte</p><p>Oui</p>", ["Un", "Oui"]),
        ("<table><tr><td translate=no>Ponte</table><p>Oui", ["Oui"]),
        ("<div translate=no>Ponte <p>x</p><div>y</div> z</div>Oui", ["Oui"]),
    ],
)
def test_what_is_not_to_be_translated_ends_where_its_element_does(page, shown, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page)
    assert texts(path) == shown
    out = filled(path, *(f"x {text}" for text in shown)).read_text()
    assert "Ponte" in out
    assert out.replace("x Un", "Un").replace("x Oui", "Oui") == page


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (
            "<div translate=no>Ponte <p translate=yes>Le <b>pont</b></p> x</div>Non",
            ["Le <b0>pont</b0>", "Non"],
        ),
        ("<p>Un <b translate=no>Ponte <i translate=yes>mot</i> x</b> ici.</p>", ["Un <b0/> ici.", "mot"]),
        ("<div translate=no>Ponte <p translate=YES>Oui</div>Non", ["Oui", "Non"]),
        (
            "<ul translate=no><li>Ponte<li translate=''>Oui<ul><li>a</ul><li>Ponte</ul>Non",
            ["Oui", "a", "Non"],
        ),
        ("<div translate=no><p translate=yes>a<p translate=yes>b<p>Ponte</div>c", ["a", "b", "c"]),
        ("<p translate=no>Ponte <img translate=yes alt='Oui'> <img alt='x'><p>Non", ["Oui", "Non"]),
        (
            "<section translate=no>x<div translate>a <b translate=no>Ponte <u translate=yes>b</u></b> c</div>y</section>",
            ["a <b0/> c", "b"],
        ),
        ("<html translate=no><body>Ponte<h1 translate=yes>Oui", ["Oui"]),
    ],
)
def test_what_is_to_be_translated_is_read_in_what_is_not(page, shown, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page)
    assert texts(path) == shown
    assert filled(path, *shown).read_text() == page
    out = filled(path, *(f"×{text}" for text in shown))
    assert "Ponte" in out.read_text()
    assert out.read_text().replace("×", "") == page.replace("'Oui'", '"Oui"')
    assert texts(out) == [f"×{text}" for text in shown]


def test_where_an_element_to_be_translated_ends_the_kind_of_the_text_is_that_around_it(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<ul translate=no><li translate=yes>Oui<li>Ponte</ul>Non")
    kinds = [(each.kind, each.text) for each in read_document(path).paragraphs]
    assert kinds == [("item", "Oui"), ("text", "Non")]


def test_each_line_of_a_verbatim_text_is_filled_in_its_place(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<pre>\n  le <b>pont</b> &amp; fer\n\n\tla rive</pre>fin")
    assert [each.line for each in read_document(path).paragraphs] == [2, 4, 4]
    assert filled(path, *texts(path)).read_text() == path.read_text()
    page = filled(path, "a <b0>ponte</b0> & aço", "a margem", None).read_text()
    assert page == "<pre>\n  a <b>ponte</b> &amp; aço\n\n\ta margem</pre>fin"


@pytest.mark.parametrize(
    "page",
    [
        "<p>un</b> pont</b> noir</p>",
        "<p>un</b></b> pont</p>",
        "<p>un</b> <b>pont</b></p>",
        "<p><font><font>un</font></font><br>pont</p>",
    ],
)
def test_end_tags_without_a_start_are_codes_of_their_own(page, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page)
    shown = texts(path)
    codes = [code.content.text for each in read_document(path).paragraphs for code in each.codes]
    assert len(set(codes)) == len(codes)
    out = filled(path, *(f"x{each}" for each in shown)).read_text()
    assert out.count("<") == page.count("<")
    assert texts(tmp_path / "filled.html") == [f"x{each}" for each in shown]


@pytest.mark.parametrize(
    ("tag", "language", "becomes"),
    [
        ("<html lang='fr' class=a>", "pt-BR", "<html lang='pt-BR' class=a>"),
        ('<html dir="ltr" xml:lang="fr" lang=fr>', "he", '<html dir="rtl" xml:lang="he" lang=he>'),
        ('<html lang="fr">', "ar", '<html lang="ar" dir="rtl">'),
        ("<html class=a>", "pt", "<html class=a>"),
    ],
)
def test_a_page_says_the_language_of_its_translation_once_something_is_translated(
    tag, language, becomes, tmp_path
):
    path, out = tmp_path / "a.html", tmp_path / "b.html"
    page = f"<!-- <html lang=x> -->{tag}<p>Oui <i lang=fr>bis</i>.</p>"
    path.write_text(page, encoding="utf-8")
    for fillings, expected in (
        ([None], page),
        (
            [Filling(Segment("Sim."), 100)],
            page.replace(tag, becomes).replace("Oui <i lang=fr>bis</i>.", "Sim."),
        ),
    ):
        fill(path, out, fillings, direction=Direction("fr", language))
        assert out.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("tag", "becomes"),
    [
        ("<img src='a'alt='Le pont'>", "<img src='a'alt=\"A ponte\">"),
        ("<img data-x=' alt=a ' ALT='Le pont'>", "<img data-x=' alt=a ' ALT=\"A ponte\">"),
        ("<img alt=l'eau>", '<img alt="A ponte">'),
    ],
)
def test_the_text_of_an_attribute_goes_where_it_was(tag, becomes, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(tag)
    assert filled(path, "A ponte").read_text() == becomes


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


# ------------------------------------------------------------------------------------------------- through XLIFF


@pytest.fixture
def guide(tmp_path):
    """A Word document of two paragraphs, and a memory that knows two of its three sentences."""
    path = docx(tmp_path / "guide.docx", run("Il pleut. ") + BOLD, run("Adieu."))
    store = open_store(":memory:", create=True)
    pairs = [("Il pleut.", "Chove."), ("Le <t0/>pont<t1/> tient.", "A <t0/>ponte<t1/> resiste.")]
    sides = [map(omegat_tags.hidden, pair) for pair in pairs]
    store.add([Unit((Variant("fr", source), Variant("pt", target))) for source, target in sides])
    yield path, store
    store.close()


@pytest.mark.parametrize("kind", ["xlf", "xlf2", "tmx"])
def test_a_document_comes_back_by_way_of_a_translator_as_it_does_from_the_memory(kind, guide, tmp_path):
    path, store = guide
    pretranslate_file(path, tmp_path / "direct.docx", store)
    filled_job = tmp_path / f"filled.{kind}"
    convert(path, tmp_path / "job.xlf", direction=UNDECIDED)
    pretranslate_file(tmp_path / "job.xlf", tmp_path / "job.pt.xlf", store)
    convert(tmp_path / "job.pt.xlf", filled_job)
    written = write_document(filled_job, path, tmp_path / "back.docx", UNDECIDED)
    assert written == WrittenDocument(filled=2, waiting=1, left_over=0)
    assert parts_that_differ(tmp_path / "direct.docx", tmp_path / "back.docx") == []


def test_translations_of_another_document_are_refused(tmp_path):
    other = docx(tmp_path / "other.docx", run("Bonjour."))
    (tmp_path / "job.tsv").write_text("fr\tpt\nIl neige.\tNeva.\n", encoding="utf-8")
    with pytest.raises(FormatError, match="has no translation of any segment of"):
        write_document(tmp_path / "job.tsv", other, tmp_path / "b.docx", UNDECIDED)
    assert not (tmp_path / "b.docx").exists()


def test_a_file_without_translations_is_told_from_one_of_another_document(guide, tmp_path):
    path, _ = guide
    convert(path, tmp_path / "job.xlf", direction=UNDECIDED)
    with pytest.raises(FormatError, match="nothing in it is translated"):
        write_document(tmp_path / "job.xlf", path, tmp_path / "b.docx", UNDECIDED)


def test_a_document_is_not_called_after_another_format(guide, tmp_path):
    path, _ = guide
    (tmp_path / "job.tsv").write_text("fr\tpt\nIl pleut.\tChove.\n", encoding="utf-8")
    with pytest.raises(OptionError, match=r"b\.odt: would be docx as .*guide\.docx is"):
        write_document(tmp_path / "job.tsv", path, tmp_path / "b.odt", UNDECIDED)


def test_a_document_is_not_written_over_the_one_it_translates(guide, tmp_path):
    path, _ = guide
    (tmp_path / "job.tsv").write_text("fr\tpt\nIl pleut.\tChove.\n", encoding="utf-8")
    with pytest.raises(OptionError, match="is the file that is read"):
        write_document(tmp_path / "job.tsv", path, path, UNDECIDED)


def test_converting_into_a_document_says_what_it_needs(tmp_path):
    (tmp_path / "job.tsv").write_text("fr\tpt\nIl pleut.\tChove.\n", encoding="utf-8")
    with pytest.raises(OptionError, match="say --skeleton DOCUMENT"):
        convert(tmp_path / "job.tsv", tmp_path / "a.docx")


def test_the_target_alone_says_which_text_of_a_table_is_the_translation(tmp_path):
    path = docx(tmp_path / "a.docx", run("La clé est là."))
    (tmp_path / "back.tsv").write_text("pt\tfr\nA chave está aí.\tLa clé est là.\n", encoding="utf-8")
    write_document(tmp_path / "back.tsv", path, tmp_path / "b.docx", Direction("", "pt"))
    assert texts(tmp_path / "b.docx") == ["A chave está aí."]
