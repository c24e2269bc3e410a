"""TBX: statuses and contexts come back; what other programs write is read."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import Account, read_concepts, write_concepts
from tm.model import Concept, Context, Evidence, Status, Term
from tm.work.conversion import convert

SAMPLES = Path(__file__).parent / "samples/tbx"


def evidence(*contexts):
    return Evidence(contexts=contexts)


STATUSES: tuple[Status, ...] = Status.__args__
CONCEPT = Concept(
    "pont",
    (
        Term("pont", "fr", "approved", "noun", "masculine", "fullForm", "a < b"),
        Term(
            "ponte",
            "pt-BR",
            "preferred",
            evidence=evidence(
                Context("Le pont tient.", "A ponte resiste.", "pont.txt", 3),
                Context("Un pont.", "Uma ponte.", "pont.txt", 3),
                Context("Ponts !", "Pontes!"),
                Context("Le pont : fini.", "A ponte: pronta.", "c:pont.txt"),
            ),
        ),
        Term(
            "viaduto",
            "pt-BR",
            "forbidden",
            evidence=evidence(Context("Du pont.", "Do viaduto.", "pont.txt", 3)),
        ),
        Term(
            "bridge",
            "en",
            "candidate",
            "noun",
            evidence=evidence(Context("Les ponts.", "Bridges.", "pont.txt", 9)),
        ),
    ),
    definition="ouvrage",
    subject="génie civil",
    note="R&D",
)


VERSIONS = pytest.mark.parametrize("version", ["tbx", "tbx3"])


@VERSIONS
def test_a_concept_comes_back_with_its_statuses_and_contexts(version, tmp_path):
    write_concepts(tmp_path / "glossary.tbx", [CONCEPT], direction=Direction("fr", "pt-BR"), format=version)
    assert read_concepts(tmp_path / "glossary.tbx") == [CONCEPT]


@VERSIONS
@pytest.mark.parametrize("status", STATUSES)
def test_every_status_comes_back(status, version, tmp_path):
    concept = Concept("c", (Term("a", "fr", status), Term("b", "pt", status)))
    write_concepts(tmp_path / "glossary.tbx", [concept], format=version)
    assert read_concepts(tmp_path / "glossary.tbx") == [concept]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("rejected", "deprecatedTerm-admn-sts"),
        ("do-not-translate", "preferredTerm-admn-sts"),
        ("candidate", None),
    ],
)
def test_other_programs_see_a_status_they_know(status, said, tmp_path):
    path = tmp_path / "glossary.tbx"
    write_concepts(path, [Concept("c", (Term("a", "fr", status),))])
    assert etree.parse(path).findtext(".//termNote[@type='administrativeStatus']") == said


def test_each_part_stands_where_the_dtd_of_tbx_basic_wants_it(tmp_path):
    path = tmp_path / "glossary.tbx"
    write_concepts(path, [CONCEPT], direction=Direction("fr"))
    root = etree.parse(path).getroot()
    assert (root.tag, root.get("type"), root.get("{http://www.w3.org/XML/1998/namespace}lang")) == (
        "martif",
        "TBX-Basic",
        "fr",
    )
    assert [each.tag for each in root.find("martifHeader")] == ["fileDesc", "encodingDesc"]
    assert [each.tag for each in root.find(".//termEntry")] == [
        "descrip",
        "descrip",
        "note",
        *["langSet"] * 3,
    ]
    for tig in root.iter("tig"):
        tags = [each.tag for each in tig]
        assert tags[0] == "term"
        assert tags.count("term") == 1
        first_other = next((n for n, tag in enumerate(tags) if tag not in ("term", "termNote")), len(tags))
        assert "termNote" not in tags[first_other:]
    for group in root.iter("descripGrp"):
        assert [each.get("type") for each in group] in (["context"], ["context", "source"])


def test_the_version_of_2019_has_its_own_names_and_no_proper_nouns(tmp_path):
    path = tmp_path / "glossary.tbx"
    write_concepts(path, [Concept("c", (Term("Pont", "fr", part_of_speech="properNoun"),))], format="tbx3")
    root = etree.parse(path).getroot()
    space = "{urn:iso:std:iso:30042:ed-2}"
    assert (root.tag, root.get("type"), root.get("style")) == (f"{space}tbx", "TBX-Basic", "dca")
    names = [etree.QName(each).localname for each in root.find(f".//{space}conceptEntry").iter()]
    assert names == ["conceptEntry", "langSec", "termSec", "term", "termNote", "admin"]
    assert root.findtext(f".//{space}termNote") == "noun"


@pytest.mark.parametrize(
    ("said", "written"), [("properNoun", "properNoun"), ("interjection", "other"), ("", None)]
)
def test_a_part_of_speech_is_one_that_tbx_knows(said, written, tmp_path):
    path = tmp_path / "glossary.tbx"
    write_concepts(path, [Concept("c", (Term("a", "fr", "approved", said, "feminino", "locution"),))])
    notes = {each.get("type"): each.text for each in etree.parse(path).iter("termNote")}
    assert notes.pop("administrativeStatus") == "admittedTerm-admn-sts"
    assert notes == ({"partOfSpeech": written} if written else {})


def test_ids_are_what_xml_allows_and_none_is_used_twice(tmp_path):
    path = tmp_path / "glossary.tbx"
    write_concepts(path, [Concept(id_, (Term("a", "fr"),)) for id_ in ("1", "a b", "c1", "x", "x")])
    assert [each.id for each in read_concepts(path)] == ["c1", "ca_b", "c1-2", "x", "x-2"]


def test_concepts_without_terms_are_not_written(tmp_path):
    pont = Concept("2", (Term("pont", "fr"), Term(" \u00a0", "pt")))
    blank = Concept("3", (Term(" ", "fr"),))
    assert write_concepts(tmp_path / "glossary.tbx", [Concept("1", ()), pont, blank]) == 1
    assert [term.text for term in read_concepts(tmp_path / "glossary.tbx")[0].terms] == ["pont"]


@pytest.mark.parametrize("version", ["tbx", "tbx3"])
def test_a_glossary_without_concepts_is_refused_since_tbx_knows_none(version, tmp_path):
    (tmp_path / "glossary.tbx").write_text("old", encoding="utf-8")
    with pytest.raises(
        FormatError, match=r"glossary\.tbx: not written: no concept with a term; TBX wants one"
    ):
        write_concepts(tmp_path / "glossary.tbx", [], format=version)
    assert (tmp_path / "glossary.tbx").read_text(encoding="utf-8") == "old"


def test_the_standard_of_2019_is_read_in_the_style_with_names():
    (concept,) = read_concepts(SAMPLES / "basic2019-dct.tbx")
    assert (concept.id, concept.subject, concept.definition) == (
        "pont",
        "génie civil",
        "ouvrage qui franchit un obstacle",
    )
    assert concept.terms == (
        Term("pont", "fr", "approved", "noun", "masculine"),
        Term(
            "ponte",
            "pt-BR",
            "preferred",
            "noun",
            evidence=evidence(Context("Le pont tient.", "A ponte resiste.")),
        ),
        Term("viaduto", "pt-BR", "forbidden", kind="variant"),
    )


def _without_categories(concept):
    terms = tuple(replace(term, categories=()) for term in concept.terms)
    return replace(concept, terms=terms, categories=())


def _kept(concept):
    """The level, type and text of each data category that is kept."""
    everywhere = [
        (kept.language, kept)
        for kept in (*concept.categories, *(kept for term in concept.terms for kept in term.categories))
    ]
    return [(level, part.type, part.text) for level, kept in everywhere for part in (kept.parts or (kept,))]


def test_who_proposed_a_term_long_ago_is_no_status(tmp_path, caplog):
    path = tmp_path / "a.tbx"
    path.write_text(
        """<martif xml:lang="fr"><text><body><termEntry><langSet xml:lang="fr"><tig><term>pont</term><transacGrp>
<transac type="transactionType">proposal</transac><transacNote type="responsibility">Review</transacNote></transacGrp>
</tig></langSet></termEntry></body></text></martif>""",
        encoding="utf-8",
    )
    assert read_concepts(path)[0].terms[0].status == "approved"
    assert not caplog.messages


def test_a_space_that_does_not_break_stays_one(tmp_path):
    path, out = tmp_path / "a.tbx", tmp_path / "b.tbx"
    term = Term("pont", "fr", "approved", note="«\u00a0neuf\u00a0»")
    write_concepts(path, [Concept("c1", (term,))])
    write_concepts(out, read_concepts(path))
    assert read_concepts(out)[0].terms[0].note == term.note


def test_what_a_termbase_says_beyond_a_concept_comes_back_at_its_level(tmp_path):
    path, out = tmp_path / "a.tbx", tmp_path / "b.tbx"
    path.write_text(
        """<martif type="TBX" xml:lang="fr"><text><body><termEntry id="c1">
<descrip type="characteristic">dur</descrip><transacGrp><transac type="origination">crée</transac><date>2020</date></transacGrp>
<langSet xml:lang="fr"><descripGrp><descrip type="definition">Ouvrage d'art.</descrip><admin type="source">Atlas</admin></descripGrp>
<tig><term>pont</term><termNote type="geographicalUsage">CH</termNote><descrip type="reliabilityCode">9</descrip>
<descripGrp><descrip type="context">Le pont.</descrip><admin type="sourceIdentifier">s1</admin></descripGrp>
<termNote type="partOfSpeech">nom commun rare</termNote></tig></langSet>
<langSet xml:lang="pt"><descrip type="definition">Obra de arte.</descrip><note>vista</note><tig><term>ponte</term></tig></langSet>
</termEntry></body></text></martif>""",
        encoding="utf-8",
    )
    (concept,) = read_concepts(path)
    assert concept.definition == "Ouvrage d'art."
    assert _kept(concept) == [
        ("", "characteristic", "dur"),
        ("", "origination", "crée"),
        ("", "", "2020"),
        ("fr", "definition", "Ouvrage d'art."),
        ("fr", "source", "Atlas"),
        ("pt", "definition", "Obra de arte."),
        ("pt", "", "vista"),
        ("", "geographicalUsage", "CH"),
        ("", "reliabilityCode", "9"),
        ("", "sourceIdentifier", "s1"),
        ("", "partOfSpeech", "nom commun rare"),
    ]
    for version in ("tbx", "tbx3"):
        write_concepts(out, [concept], format=version)
        (again,) = read_concepts(out)
        assert sorted(_kept(again)) == sorted(_kept(concept))
        assert _without_categories(again) == _without_categories(concept)
        assert out.read_text(encoding="utf-8").count("Ouvrage d'art.") == 1


def test_a_file_that_has_no_place_for_data_categories_says_so(tmp_path):
    source = SAMPLES / "default2008-ntig.tbx"
    assert convert(source, tmp_path / "a.csv").lost["data categories of TBX"] == 1


def test_the_default_of_2008_is_read_with_its_groups():
    (concept,) = read_concepts(SAMPLES / "default2008-ntig.tbx")
    assert _without_categories(concept) == Concept(
        "pont",
        (
            Term("pont suspendu", "fr", "approved", "noun"),
            Term("ponte pênsil", "pt-BR", "approved", "noun", note="à conferir"),
        ),
        definition="ouvrage qui franchit un obstacle",
    )


def tbx(tmp_path, *entries):
    path = tmp_path / "glossary.tbx"
    path.write_text(
        '<martif xml:lang="fr"><text><body>\n' + "\n".join(entries) + "</body></text></martif>",
        encoding="utf-8",
    )
    return path


GOOD = '<termEntry><langSet xml:lang="fr"><tig><term>bon</term></tig></langSet></termEntry>'


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("<termEntry/>", "2:1: <termEntry> has no term"),
        (
            "<termEntry><langSet><tig><term>a</term></tig></langSet></termEntry>",
            "2:12: <langSet> has no xml:lang; TBX requires one",
        ),
        (
            '<termEntry><langSet xml:lang="fr"><tig><note>a</note></tig></langSet></termEntry>',
            "2:35: <tig> has no <term>; TBX requires one",
        ),
        (
            '<termEntry><langSet xml:lang="fr"><tig><term>R&D</term></tig></langSet></termEntry>',
            "2:49: not well-formed XML: a bare &",
        ),
        (
            "<termEntry>" + "<note>" * 101 + "</note>" * 101 + "</termEntry>",
            "2:588: elements nested more than 100 deep",
        ),
    ],
)
def test_a_faulty_entry_has_a_place_and_can_be_gone_past(entry, fault, tmp_path):
    path = tbx(tmp_path, entry, GOOD)
    with pytest.raises(FormatError) as raised:
        read_concepts(path)
    assert str(raised.value).startswith(f"{path}:{fault}")
    problems = []
    assert [each.terms[0].text for each in read_concepts(path, problems=problems)] == ["bon"]
    assert list(map(str, problems)) == [str(raised.value)]


def test_what_is_in_no_concept_is_kept_or_accounted_for():
    account = Account()
    (concept,) = read_concepts(SAMPLES / "default2008-ntig.tbx", account=account)
    assert not account.unread
    assert {kind for _, kind, _ in _kept(concept)} >= {"source", "transactionType"}


def test_a_file_of_the_kind_that_is_written_is_copied_with_what_is_not_understood(tmp_path):
    path, out = tmp_path / "a.tbx", tmp_path / "b.tbx"
    write_concepts(path, [CONCEPT])
    theirs = path.read_bytes().replace(
        b"</termEntry>", b'<xref type="x" target="u">\r\n</xref><theirs a="1"/></termEntry>'
    )
    path.write_bytes(theirs)
    assert convert(path, out).written == 1
    assert out.read_bytes() == theirs
    made_anew = convert(path, out, to_format="tbx3")
    assert made_anew.unread == {"theirs": 1}
    assert b"theirs" not in out.read_bytes()
    assert b'<xref type="x" target="u"></xref>' in out.read_bytes()


def test_another_xml_file_is_refused(tmp_path):
    path = tmp_path / "glossary.tbx"
    path.write_text("<tmx/>", encoding="utf-8")
    with pytest.raises(FormatError, match="the top element is <tmx>; a TBX file has <martif> or <tbx>"):
        read_concepts(path)


def test_a_value_that_is_none_is_left_out_and_said(tmp_path, caplog):
    path = tbx(
        tmp_path,
        '<termEntry><langSet xml:lang="fr"><tig><term>a</term><termNote type="partOfSpeech">sigle</termNote></tig></langSet></termEntry>',
    )
    assert read_concepts(path)[0].terms[0].part_of_speech == ""
    assert "glossary.tbx:2: partOfSpeech 'sigle' is not one of noun, verb" in caplog.text


def test_a_fault_before_the_top_element_can_be_gone_past(tmp_path):
    path = tmp_path / "a.tbx"
    entry = '<termEntry id="1"><langSet xml:lang="fr"><tig><term>pont</term></tig></langSet></termEntry>'
    path.write_bytes(f"<!-- créé -->\n<martif><text><body>{entry}</body></text></martif>".encode("latin-1"))
    problems = []
    [concept] = read_concepts(path, problems=problems)
    assert (concept.id, len(problems), problems[0].line) == ("1", 1, 1)
