"""What files say at the edges of their formats: white space that is layout, texts in attributes, odd encodings."""

import zipfile

import pytest

from tm.errors import FormatError
from tm.formats import fill, read_document, read_units, write_units
from tm.formats.authoring import Filling
from tm.language.srx import read_rules
from tm.model import Segment

XLIFF = '<xliff version="1.2"><file source-language="fr" target-language="pt" original="a"{}><body>{}</body></file></xliff>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def units_of(path, content):
    path.write_text(content, encoding="utf-8")
    return list(read_units(path))


def paragraphs(path, content):
    path.write_text(content, encoding="utf-8")
    return [(each.kind, each.text) for each in read_document(path).paragraphs]


# ------------------------------------------------------------------------------------------------- XLIFF


def test_line_breaks_that_lay_a_unit_out_are_no_part_of_its_text(tmp_path):
    unit = '<trans-unit id="1"><source>\n   Il pleut\n   <g id="1">ici</g>.\n </source></trans-unit>'
    [read] = units_of(tmp_path / "a.xlf", XLIFF.format("", unit))
    segment = read.variants[0].segment
    assert (segment.text, [code.position for code in segment.codes]) == ("Il pleut ici.", [9, 12])


@pytest.mark.parametrize("level", ["file", "unit", "source"])
def test_white_space_is_kept_where_the_file_says_so(level, tmp_path):
    mark = {each: ' xml:space="preserve"' if each == level else "" for each in ("file", "unit", "source")}
    unit = f'<trans-unit id="1"{mark["unit"]}><source{mark["source"]}>un\n  deux</source></trans-unit>'
    [read] = units_of(tmp_path / "a.xlf", XLIFF.format(mark["file"], unit))
    assert read.variants[0].segment.text == "un\n  deux"


def test_a_nearer_default_outweighs_preserve_further_out(tmp_path):
    unit = '<trans-unit id="1" xml:space="default"><source>un\n  deux</source></trans-unit>'
    [read] = units_of(tmp_path / "a.xlf", XLIFF.format(' xml:space="preserve"', unit))
    assert read.variants[0].segment.text == "un deux"


@pytest.mark.parametrize(
    ("unit_mark", "text", "is_marked"),
    [
        ("", "dois  brancos", True),
        ("", "um branco", False),
        (' xml:space="preserve"', "dois  brancos", False),
    ],
)
def test_a_filled_target_says_where_its_blanks_must_stay(unit_mark, text, is_marked, tmp_path):
    unit = f'<trans-unit id="1"{unit_mark}><source>deux blancs</source></trans-unit>'
    (tmp_path / "a.xlf").write_text(XLIFF.format("", unit), encoding="utf-8")
    fill(tmp_path / "a.xlf", tmp_path / "b.xlf", [Filling(Segment(text), 100)])
    written = (tmp_path / "b.xlf").read_text(encoding="utf-8")
    assert ('<target xml:space="preserve"' in written) is is_marked
    assert next(read_units(tmp_path / "b.xlf")).variants[1].segment.text == text


@pytest.mark.parametrize("text", ["deux  blancs", "un blanc"])
@pytest.mark.parametrize("version", ["1.2", "2.0"])
def test_an_alternative_says_where_its_blanks_must_stay(version, text, tmp_path):
    file = XLIFF.format("", '<trans-unit id="1"><source>a</source></trans-unit>')
    if version == "2.0":
        segment = '<unit id="1"><segment id="s"><source>a</source></segment></unit>'
        file = (
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr" trgLang="pt">'
            f'<file id="f">{segment}</file></xliff>'
        )
    (tmp_path / "a.xlf").write_text(file, encoding="utf-8")
    fill(tmp_path / "a.xlf", tmp_path / "b.xlf", [Filling(Segment("b"), 80, source=Segment(text))])
    written = (tmp_path / "b.xlf").read_text(encoding="utf-8")
    space = ' xml:space="preserve"' if "  " in text else ""
    assert f"<source{space}>{text}</source><target>b</target>" in written


def test_what_is_translated_beside_a_picture_is_read(tmp_path):
    picture = (
        '<bin-unit id="p" mime-type="image/png"><bin-source><external-file href="p.png"/></bin-source>'
        '<trans-unit id="p-1"><source>La rive</source></trans-unit></bin-unit>'
    )
    [read] = units_of(tmp_path / "a.xlf", XLIFF.format("", picture))
    assert read.variants[0].segment.text == "La rive"


# ------------------------------------------------------------------------------------------------- TMX


@pytest.mark.parametrize("inside", ["<ph>x<seg>y</seg></ph>", "<b>x <seg>y</seg></b>", "<hi><tuv/></hi>"])
def test_structure_inside_a_segment_is_a_fault_with_its_place(inside, tmp_path):
    path = tmp_path / "a.tmx"
    with pytest.raises(FormatError, match=r":1:\d+: <(seg|tuv)> inside a <seg>"):
        units_of(
            path,
            '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr">'
            f"<seg>un {inside}</seg></tuv></tu></body></tmx>",
        )


def test_an_attribute_of_another_namespace_comes_back_with_its_declaration(tmp_path):
    [unit] = units_of(
        tmp_path / "a.tmx",
        '<tmx version="1.4" xmlns:own="urn:own"><header srclang="fr"/><body><tu own:level="2">'
        '<tuv xml:lang="fr"><seg>pont</seg></tuv></tu></body></tmx>',
    )
    assert unit.attributes == (("xmlns:own", "urn:own"), ("own:level", "2"))
    write_units(tmp_path / "b.tmx", [unit])
    assert '<tu xmlns:own="urn:own" own:level="2">' in (tmp_path / "b.tmx").read_text(encoding="utf-8")
    assert next(iter(read_units(tmp_path / "b.tmx"))).attributes == unit.attributes


# ------------------------------------------------------------------------------------------------- PO


def test_a_keyword_may_stand_alone_before_its_strings(tmp_path):
    [unit] = units_of(
        tmp_path / "pt.po",
        'msgid\n"un "\n"pont"\nmsgid_plural "des ponts"\nmsgstr[0]\n"uma ponte"\nmsgstr[1] "pontes"\n',
    )
    assert [variant.segment.text for variant in unit.variants] == ["un pont", "uma ponte"]


def test_a_keyword_without_a_string_is_still_a_fault(tmp_path):
    with pytest.raises(FormatError, match=r":2:1: 'msgstr' is no line of PO"):
        units_of(tmp_path / "pt.po", 'msgid "pont"\nmsgstr\n')


# ------------------------------------------------------------------------------------------------- documents


def test_texts_in_attributes_are_read_and_blocks_not_to_be_translated_are_not(tmp_path):
    page = (
        '<head><meta name="description" content="Un pont"><meta name="viewport" content="wide"></head>'
        '<body><p>Le fer <img src="p.png" alt="Une rive"/> tient.</p><input type="submit" value="Envoyer">'
        '<div translate="no"><div>Fero</div><p title="Fero">Fero</p></div>'
        '<p>Par <b translate="no">Fero</b>.</p></body>'
    )
    texts = [text for _, text in paragraphs(tmp_path / "a.html", page)]
    assert texts == ["Un pont", "Le fer  tient.", "Une rive", "Envoyer", "Par ."]


@pytest.mark.parametrize("tag", ["div", "pre", "table"])
def test_what_stands_before_a_block_not_to_be_translated_is_no_sentence_with_what_stands_behind(
    tag, tmp_path
):
    page = f'<body>Un pont<{tag} translate="no">Fero</{tag}>Une rive</body>'
    assert paragraphs(tmp_path / "a.html", page) == [("text", "Un pont"), ("text", "Une rive")]


def test_a_marked_section_that_is_none_is_a_comment_to_its_end(tmp_path):
    assert paragraphs(tmp_path / "a.html", "<p>Un <![X deux</p><p>Trois.</p>") == [
        ("text", "Un"),
        ("text", "Trois."),
    ]


def test_a_footnote_is_a_note_and_its_mark_no_part_of_a_word(tmp_path):
    text = "Le fer[^n] tient.\n\n[^n]: Forgé\n    ici.\n\n[lien]: https://example.org\n"
    assert paragraphs(tmp_path / "a.md", text) == [("text", "Le fer tient."), ("note", "Forgé ici.")]


@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_paragraphs_whose_mark_a_tracked_change_took_away_are_one(change, tmp_path):
    body = (
        f'<w:p><w:pPr><w:rPr><w:{change} w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Le fer </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>tient.</w:t></w:r></w:p>"
        f'<w:p><w:pPr><w:rPr><w:{change} w:id="2"/></w:rPr></w:pPr><w:r><w:t>Fin.</w:t></w:r></w:p>'
    )
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", document)
    assert [each.text for each in read_document(tmp_path / "a.docx").paragraphs] == ["Le fer tient.", "Fin."]


# ------------------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "base64", "undefined"])
def test_a_codec_that_is_no_encoding_of_files_is_refused(name, tmp_path):
    catalogue = (
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset={name}\\n"\n\nmsgid "été"\nmsgstr "verão"\n'
    )
    with pytest.raises(FormatError, match="unknown encoding"):
        units_of(tmp_path / "pt.po", catalogue)


@pytest.mark.parametrize("name", ["UF-8", "big5", "idna", "hex"])
def test_rules_in_an_encoding_that_is_not_known_are_refused_in_one_line(name, tmp_path):
    path = tmp_path / "own.srx"
    path.write_text(f'<?xml version="1.0" encoding="{name}"?><srx version="2.0"/>', encoding="utf-8")
    with pytest.raises(FormatError, match="1:1: the encoding that the file declares is not known"):
        read_rules(path)


# ------------------------------------------------------------------------------------------------- Wordfast

MEMORY = "%20240101~120000\t%AB\t%TU=1\t%FR-FR\t%Wordfast\t%PT-BR\t%\n20240102~101010\tAB\t0\tFR-FR\tOui.\tPT-BR\tSim.\n"


def test_a_memory_of_wordfast_is_no_glossary(tmp_path):
    from tm.formats import read_concepts

    (tmp_path / "a.txt").write_text(MEMORY, encoding="utf-16")
    with pytest.raises(FormatError, match="a Wordfast memory, no glossary; say --from wordfast"):
        list(read_concepts(tmp_path / "a.txt"))
    [unit] = read_units(tmp_path / "a.txt", format="wordfast")
    assert [(each.language, each.segment.text) for each in unit.variants] == [
        ("fr-FR", "Oui."),
        ("pt-BR", "Sim."),
    ]


@pytest.mark.parametrize(
    "line", ["pont\tponte\n", "%20240101~120000\t%A\n20240102~101010\tA\t0\tFR-FR\tOui.\n"]
)
def test_what_is_no_unit_of_wordfast_is_named_with_its_line(line, tmp_path):
    (tmp_path / "a.txt").write_text(line, encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.txt:[12]"):
        list(read_units(tmp_path / "a.txt", format="wordfast"))


def test_a_line_of_wordfast_without_texts_is_no_unit(tmp_path):
    empty = "20240102~101010\tAB\t0\tFR-FR\t\tPT-BR\t\n"
    (tmp_path / "a.txt").write_text(MEMORY + empty, encoding="utf-8")
    assert len(list(read_units(tmp_path / "a.txt", format="wordfast"))) == 1
