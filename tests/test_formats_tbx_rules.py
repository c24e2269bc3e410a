"""What TBX forbids, found with its place."""

import pytest

from tm.formats import standard_faults, write_concepts
from tm.model import Concept, Context, Evidence, Term
from tm.work.conversion import faults

HEAD = '<tbx type="TBX-Basic" style="{style}" xml:lang="fr" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:b="basic"><tbxHeader><fileDesc><sourceDesc/></fileDesc></tbxHeader><text><body>\n'
FOOT = "\n</body></text></tbx>"
ENTRY = '<conceptEntry id="c1">{concept}<langSec xml:lang="fr">{language}<termSec><term>pont</term>{term}</termSec></langSec>{after}</conceptEntry>'


def told(tmp_path, entry, style="dca"):
    path = tmp_path / "glossary.tbx"
    path.write_text(HEAD.format(style=style) + entry + FOOT, encoding="utf-8")
    return [str(fault).removeprefix(f"{path}:") for fault in standard_faults(path)]


@pytest.mark.parametrize("version", ["tbx", "tbx3"])
def test_what_we_write_keeps_to_the_standard(version, tmp_path):
    evidence = Evidence(contexts=(Context("Le pont tient.", "A ponte resiste.", "pont.txt", 3),))
    terms = (
        Term("pont", "fr", "approved", "noun", "masculine", "fullForm", "R&D"),
        Term("ponte", "pt-BR", "do-not-translate", "properNoun", "feminine", evidence=evidence),
        Term("viaduto", "pt-BR", "rejected", "conjunction", kind="slang"),
    )
    concept = Concept("1", terms, definition="ouvrage", subject="génie civil", note="n")
    write_concepts(tmp_path / "glossary.tbx", [concept], format=version)
    assert faults(tmp_path / "glossary.tbx") == []


@pytest.mark.parametrize(
    ("place", "content", "fault"),
    [
        ("concept", '<descrip type="context">a</descrip>', "context at the concept; it stands at the term"),
        ("language", '<descrip type="subjectField">a</descrip>', "subjectField at the language; it stands at the concept"),
        ("term", '<descrip type="definition">a</descrip>', "definition at the term; it stands at the concept or language"),
        ("after", "<note>a</note>", "<note> after <langSec>; what is said of the whole stands before it"),
        ("after", "<langSec><termSec><term>a</term></termSec></langSec>", "<langSec> has no xml:lang; TBX requires one"),
        ("term", '<termNote type="partOfSpeech">nom</termNote>', "partOfSpeech 'nom' is none of noun, verb"),
        ("term", '<termNote type="administrativeStatus">ok</termNote>', "administrativeStatus 'ok' is none of preferredTerm"),
        ("term", "<b:termType>acronym</b:termType>", "<b:termType> in a file of the style dca"),
    ],
)  # fmt: skip
def test_what_stands_in_a_wrong_place_or_says_what_cannot_be_said(place, content, fault, tmp_path):
    parts = {"concept": "", "language": "", "term": "", "after": "", place: content}
    (found,) = told(tmp_path, ENTRY.format(**parts))
    assert found.startswith("2:")
    assert fault in found


def test_each_style_has_its_own_elements(tmp_path):
    parts = {"concept": "", "language": "", "after": "", "term": "<b:termType>acronym</b:termType>"}
    assert told(tmp_path, ENTRY.format(**parts), style="dct") == []
    parts["term"] = '<termNote type="termType">acronym</termNote>'
    (found,) = told(tmp_path, ENTRY.format(**parts), style="dct")
    assert found.startswith("2:72: <termNote> in a file of the style dct")


def test_a_term_is_there_and_comes_first(tmp_path):
    entry = '<conceptEntry><langSec xml:lang="fr"><termSec>{}</termSec></langSec></conceptEntry>'
    assert told(tmp_path, entry.format("<note/>")) == ["2:38: <termSec> has no <term>; TBX requires one"]
    assert told(tmp_path, entry.format("<note/><term>a</term>")) == [
        "2:47: <note> before <term>, which comes first"
    ]


def test_a_body_without_concepts_is_a_fault(tmp_path):
    assert told(tmp_path, "") == ["1:163: no concept; TBX requires one"]


def test_units_that_cannot_be_read_are_all_told(tmp_path):
    (tmp_path / "a.tsv").write_text("fr\tpt\na\tb\tc\nd\te\nf\tg\th\n", encoding="utf-8")
    assert [each.line for each in faults(tmp_path / "a.tsv")] == [2, 4]
