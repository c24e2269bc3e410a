"""Texts and files to segments."""

import pytest

from tm.document import Document, Paragraph
from tm.errors import FormatError, OptionError
from tm.work.segmenting import document_of, segment, segment_file

RULES = """<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header cascade="no"/><body>
<languagerules><languagerule languagerulename="French">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule></languagerules>
<maprules><languagemap languagepattern="FR.*" languagerulename="French"/></maprules></body></srx>"""


def test_each_line_of_a_text_is_a_paragraph():
    text = segment("Le pont tient. Il est vieux.\n\n  Fin  \n", language="FR", name="pont")
    assert text.segments == ("Le pont tient.", "Il est vieux.", "Fin")
    assert (text.paragraphs, text.lines, text.language, text.name) == ((0, 0, 1), (1, 1, 3), "fr", "pont")


def test_an_empty_text_has_no_segments():
    assert segment("").segments == segment(" \n").segments == ()


def test_a_document_is_segmented_as_it_was_read():
    document = Document("a.md", (Paragraph("Le pont", 1, "heading"),), language="fr")
    assert segment(document).kinds == ("heading",)
    assert document_of("oui", "a", "fr") == Document("a", (Paragraph("oui", 1),), language="fr")


def test_an_extension_that_is_a_language_names_the_language(tmp_path):
    (tmp_path / "test.pt").write_text("Dr. Silva.\n", encoding="utf-8")
    assert segment_file(tmp_path / "test.pt").language == "pt"


def test_rules_of_an_srx_file_are_used_and_what_they_lack_is_logged(tmp_path, caplog):
    srx = tmp_path / "house.srx"
    srx.write_text(RULES, encoding="utf-8")
    assert segment("le pain ; le sel. Fin", language="fr", srx=srx).segments == ("le pain ;", "le sel. Fin")
    assert not caplog.messages
    assert segment("le pain ; le sel", language="de", srx=str(srx)).segments == ("le pain ; le sel",)
    assert caplog.messages == [f"{srx}: no rules for de; each paragraph is one segment"]


def test_what_cannot_be_used_is_refused(tmp_path):
    with pytest.raises(OptionError, match="'french' is not a language tag"):
        segment("oui", language="french")
    with pytest.raises(FormatError, match="no such file or folder"):
        segment_file(tmp_path / "absent.txt")
    with pytest.raises(OptionError, match="a document can be read from"):
        segment_file(__file__, format="tmx")
