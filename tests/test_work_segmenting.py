"""Texts and files to segments."""

import pytest

from tm.document import Document, Paragraph
from tm.errors import FormatError, OptionError
from tm.language.wrapping import unwrapped
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


WRAPPED = """\
Il était une fois un roi qui avait
trois filles. La plus jeune était
belle comme le jour. Le roi l'aimait
plus que tout.
Un soir, un étranger frappa à la
porte du château. Il demanda du pain.
"""


def test_wrapped_lines_are_seen_and_said_and_may_be_read_either_way(tmp_path, caplog):
    path = tmp_path / "roi.txt"
    path.write_text(WRAPPED, encoding="utf-8")
    text = segment_file(path, language="fr")
    assert (len(text.segments), text.paragraphs, text.lines) == (5, (0, 0, 0, 1, 1), (1, 1, 1, 5, 5))
    assert "its lines are wrapped at 37 characters" in caplog.text
    assert len(segment_file(path, language="fr", lines="paragraph").segments) == 9
    path.write_text("Un chat\ndort.\n", encoding="utf-8")
    assert segment_file(path, language="fr", lines="wrapped").segments == ("Un chat dort.",)
    with pytest.raises(OptionError, match="no way to read lines"):
        segment_file(path, lines="wrap")


@pytest.mark.parametrize(
    "text",
    [
        "sur l'étang\nla lune dort\nun crapaud chante dans la nuit claire\npuis se tait\nle vent\n",
        "- pain\n- lait\n- beurre salé de Bretagne\n- du sel fin\n- eau\n",
        "La mer est calme ce soir.\nLe port dort.\nOn entend le phare qui tourne.\nPersonne ne vient.\n",
    ],
)
def test_poems_lists_and_a_paragraph_a_line_are_not_taken_for_wrapped(tmp_path, text):
    path = tmp_path / "poème.txt"
    path.write_text(text, encoding="utf-8")
    assert len(segment_file(path, language="fr").segments) == len(text.splitlines())


def test_a_hyphen_before_a_small_letter_in_a_circle_parts_no_word(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Un exem-\nⓐ reste.\n", encoding="utf-8")
    assert segment_file(path, language="fr", lines="wrapped").segments == ("Un exem- ⓐ reste.",)


LETTER = """\
> Le pont de la vieille ville reste fermé
> jusqu'au printemps. Les piétons prennent
> le bac, qui part toutes les heures.
>
> Personne ne sait encore ce que coûtera
> la réparation.
Voilà ce que disait la mairie au début
de l'hiver. Depuis, le bac est en panne.
"""


def test_lines_that_an_e_mail_quotes_are_put_together_without_the_marks(tmp_path):
    path = tmp_path / "lettre.txt"
    path.write_text(LETTER, encoding="utf-8")
    assert segment_file(path, language="fr").segments == (
        "Le pont de la vieille ville reste fermé jusqu'au printemps.",
        "Les piétons prennent le bac, qui part toutes les heures.",
        "Personne ne sait encore ce que coûtera la réparation.",
        "Voilà ce que disait la mairie au début de l'hiver.",
        "Depuis, le bac est en panne.",
    )


def test_a_quoted_line_of_spaces_alone_is_an_empty_one():
    lines = ("> Le pont de la vieille ville est", ">  ", "> fermé.", ">  ")
    document = Document("lettre.txt", tuple(Paragraph(text, number) for number, text in enumerate(lines, 1)))
    assert [each.line for each in unwrapped(document).paragraphs] == [1, 3]


HYPHENATED = """\
La cons-
truction avance, la pein-
ture attend et le char-
pentier dort. Il se demande, dit-
il, pourquoi. Il dit que oui.
"""


def test_words_are_put_together_where_a_document_hyphenates_but_not_what_are_two(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(HYPHENATED, encoding="utf-8")
    assert segment_file(path, language="fr", lines="wrapped").segments == (
        "La construction avance, la peinture attend et le charpentier dort.",
        "Il se demande, dit-il, pourquoi.",
        "Il dit que oui.",
    )
