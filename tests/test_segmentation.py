"""Sentences: our own rules on cases with commentary, the SRX engine against a plain one, files of either version, faults."""

import itertools
import json
import re
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tm.document import Document, Paragraph
from tm.errors import FormatError
from tm.language import read_rules, segment, segmentation
from tm.language.icu import python_expression
from tm.language.srx import Rule, Rules, own_rules
from tm.model import Code

HERE = Path(__file__).parent
SAMPLES = HERE / "samples" / "srx"
CASES = json.loads((HERE / "cases" / "segmentation.json").read_text(encoding="utf-8"))


def document(*paragraphs, language=""):
    return Document(
        "a.txt", tuple(Paragraph(text, 2 * n + 1) for n, text in enumerate(paragraphs)), language=language
    )


def cut(text, language="fr", rules=None):
    return list(segment(document(text), language=language, rules=rules).segments)


def rules_of(*rules, language=".*"):
    return Rules("own.srx", {"list": rules}, ((language, "list"),), cascade=True)


def srx(rules="", *, header='<header segmentsubflows="yes" cascade="no"/>', pattern=".*"):
    return (
        f'<srx version="2.0" xmlns="http://www.lisa.org/srx20">{header}<body><languagerules>\n'
        f'<languagerule languagerulename="L">\n{rules}\n</languagerule></languagerules>\n'
        f'<maprules><languagemap languagepattern="{pattern}" languagerulename="L"/></maprules></body></srx>'
    )


@pytest.fixture
def read(tmp_path):
    def read_text(content):
        path = tmp_path / "r.srx"
        path.write_text(content, encoding="utf-8")
        return read_rules(path)

    return read_text


# ------------------------------------------------------------------------------------------------- our rules


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[pytest.mark.xfail(strict=True)] if case["expect"] == "fail" else [])
        for case in CASES
    ],
    ids=lambda case: case["text"][:40],
)
def test_a_case_is_cut_where_it_has_a_bar(case):
    whole = case["text"].replace("|", "")
    assert cut(whole, case["language"]) == [part.strip() for part in case["text"].split("|")]


PIECES = st.lists(
    st.sampled_from(
        [
            "Oui",
            "non",
            "M",
            "3",
            "p",
            " ",
            "  ",
            "\u00a0",
            ".",
            "!",
            "?",
            "…",
            "»",
            "«",
            '"',
            "(",
            ")",
            "-",
            "。",
        ]
    ),
    min_size=1,
    max_size=30,
).map("".join)


@given(
    st.lists(PIECES.filter(str.strip), min_size=1, max_size=4),
    st.sampled_from(["fr", "pt", "en", "ja", "xx"]),
)
def test_segments_in_order_are_the_paragraphs_but_for_white_space_between(paragraphs, language):
    text = segment(document(*paragraphs), language=language)
    assert len(text.segments) == len(text.paragraphs) == len(text.lines)
    for number, paragraph in enumerate(paragraphs):
        mine = [s for s, p in zip(text.segments, text.paragraphs, strict=True) if p == number]
        assert mine, "every paragraph has a segment"
        assert re.fullmatch(r"\s*" + r"\s*".join(map(re.escape, mine)) + r"\s*", paragraph)
        assert all(part == part.strip() != "" for part in mine)
    assert list(text.lines) == [2 * number + 1 for number in text.paragraphs]


@pytest.mark.parametrize("piece", ["a. ", " ", '"', ".", ". »", "！", "A. B. ", "(", "1.", "[1]", "x"])
def test_a_long_paragraph_comes_to_an_end(piece):
    text = "A" + piece * (40_000 // len(piece))  # an expression that backtracks would need hours
    assert "".join(cut(text)).replace(" ", "") == text.replace(" ", "")


def test_the_language_is_the_callers_else_the_documents_else_the_texts():
    pages = document("Le chat dort. Il rêve.", language="pt-BR")
    assert segment(pages, language="fr").language == "fr"
    assert segment(pages).language == "pt-BR"
    assert segment(document("Le chat dort sur le lit.")).language == "fr"


def test_a_document_without_text_is_a_text_without_segments():
    assert segment(Document("empty.txt", ())).segments == ()


def test_our_rules_serve_every_language_and_some_languages_better():
    rules = own_rules()
    assert rules.notes == ()
    assert rules.of("fr-CA") == rules.of("fr") != rules.of("sw") == rules.of("")
    assert rules.of("fro") == rules.of("sw"), "Old French is not French"


# ------------------------------------------------------------------------------------------------- the engine


def plain_breaks(text, rules):
    """SRX as its specification reads: at each place, in order, the first rule that fits decides."""
    places = []
    for place in range(1, len(text)):
        for rule in rules:
            ends_here = any(
                regex.compile(rule.before, regex.V1).fullmatch(text, start, place)
                for start in range(place + 1)
            )
            if ends_here and regex.compile(rule.after, regex.V1).match(text, place):
                places += [place] if rule.breaks else []
                break
    return places


EXPRESSIONS = ["", "a", "b+", r"\.", r"\s", "[ab]", r"\.\s", "(?:a|ab)", r"a\.?"]
RULES = st.builds(Rule, st.booleans(), st.sampled_from(EXPRESSIONS), st.sampled_from(EXPRESSIONS))


@given(st.text("ab. ", min_size=1, max_size=8), st.lists(RULES, max_size=5))
def test_the_engine_does_what_the_specification_says(text, rules):
    places = [0, *plain_breaks(text, rules), len(text)]
    pieces = [text[i:j].strip() for i, j in itertools.pairwise(places)]
    assert cut(text, rules=rules_of(*rules)) == [piece for piece in pieces if piece]


def test_a_language_without_rules_is_not_cut():
    assert cut("One. Two.", "en", rules_of(Rule(True, r"\.", ""), language="fr")) == ["One. Two."]


@pytest.mark.parametrize(
    "rule", [Rule(True, "", r"(?:\w|\w\w)*!", 7, 3), Rule(False, r"!(?:\w|\w\w)*", "", 7, 3)]
)
def test_a_rule_that_would_search_for_ever_is_stopped_and_named(rule, monkeypatch):
    monkeypatch.setattr(segmentation, "SECONDS", 0.1)
    rules = rules_of(Rule(False, "x", "y", 5, 1), rule, Rule(True, "a", "a", 9, 1))
    with pytest.raises(FormatError, match=r"^own\.srx:7:3: this rule takes too long"):
        cut("a" * 200, rules=rules)


def test_rules_that_take_too_long_only_together_are_named_by_the_first():
    rules = rules_of(Rule(True, "a", "b", 4, 2), Rule(False, "b", "a", 8, 2))
    error = segmentation._splitter(rules, "fr")._hostile("ab")
    assert str(error) == "own.srx:4:2: the rules together take too long on this text"


def test_the_time_limit_grows_with_the_text():
    assert [segmentation.time_limit(length) for length in (0, 99_999, 100_000, 250_000)] == [
        2.0,
        2.0,
        4.0,
        6.0,
    ]


def test_a_paragraph_without_rules_that_fit_is_one_segment_without_the_spaces_around_it():
    assert cut("  Un deux.  ", rules=rules_of(Rule(True, "x", "y"))) == ["Un deux."]
    assert cut("   ", rules=rules_of(Rule(True, " ", " "))) == []


def test_segments_know_their_paragraph_its_line_and_its_kind():
    paragraphs = (Paragraph("Un. Deux.", 3, "heading"), Paragraph(" ", 5), Paragraph("Trois.", 8, "item"))
    text = segment(Document("a.txt", paragraphs, language="fr"))
    assert text.segments == ("Un.", "Deux.", "Trois.")
    assert (text.paragraphs, text.lines) == ((0, 0, 2), (3, 3, 8))
    assert (text.kinds, text.language, text.name) == (("heading", "heading", "item"), "fr", "a.txt")


# ------------------------------------------------------------------------------------------------- files


def test_srx_1_is_read_with_its_encoding_its_doctype_and_the_first_map_that_fits():
    rules = read_rules(SAMPLES / "v1.srx")
    assert cut("Ver pág. 3; fim. Sim!", "pt-BR", rules) == ["Ver pág. 3; fim.", "Sim!"]
    assert cut("A; b. C", "fr", rules) == ["A;", "b. C"]


def test_srx_2_cascades_and_breaks_where_nothing_else_is_said():
    rules = read_rules(SAMPLES / "v2.srx")
    assert cut("L'art. 3. Fin.", "fr", rules) == ["L'art. 3.", "Fin."]
    assert cut("L'art. 3. Fin.", "ca", rules) == ["L'art.", "3.", "Fin."]


def test_what_a_file_asks_for_and_we_do_not_do_is_said():
    notes = read_rules(SAMPLES / "v2.srx").notes
    assert [note.split(":", 1)[1] for note in (note.replace(str(SAMPLES), "") for note in notes)] == [
        "5: oneSegmentIncludesAll is not supported; white space between segments is left out",
        "6: <rangeRule> is not supported; the whole text is segmented",
    ]


@pytest.mark.parametrize(
    ("icu", "fits", "fails"),
    [
        (r"(?i)etc\.", "ETC.", "et."),
        (r"((?i)jan|feb)\.", "FEB.", "mar."),
        (r"(?U)\bé\w+", "été", "ete"),
        (r"(?iU-d:A)b", "ab", "aB"),
        (r"\p{Lu}\P{Lu}", "Éa", "ÉA"),
        (r"\p{IsLu}\p{javaLowerCase}", "Ab", "aB"),
        (r"a++b", "aab", "b"),
        (r"(?>a|ab)c", "ac", "abc"),
        (r"\h\R", "\u00a0\r\n", "\n\n"),
        (r"\H\V", "ab", "a\n"),
        (r"\Qa.b\E+", "a.bb", "axb"),
        (r"\x{3002}\u3002", "。。", "。."),
        (r"[\x3002\xff0e]", "．", "f"),
        (r"[\p{Po}-[,]]", ";", ","),
        (r"[\p{L}&&[^a]]", "b", "a"),
        (r"[[:alpha:]]-\d", "a-1", "1-1"),
        (r"a\Z", "a", "b"),
        (r"(?<x>a)\e", "a\x1b", "ae"),
    ],
)
def test_icu_expressions_mean_what_they_mean(icu, fits, fails):
    pattern = regex.compile(python_expression(icu), regex.V1)
    assert pattern.fullmatch(fits)
    assert not pattern.fullmatch(fails)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "r.srx:1:1: not well-formed XML: no element found"),
        ("<srx>\n<body></srx>", "r.srx:2:9: not well-formed XML: mismatched tag"),
        ("<tmx version='1.4'/>", 'r.srx:1:1: this is <tmx version="1.4">; SRX 1.0 or 2.0 was expected'),
        ('<srx version="2.0"/>', "r.srx:1:1: no <languagemap>"),
        (srx("\n<rule><beforebreak>(a</beforebreak></rule>"), "r.srx:4:7: wrong regular expression '(a'"),
        (srx("<rule><afterbreak>\\p{No such}</afterbreak></rule>"), "r.srx:3:7: wrong regular expression"),
        (srx(f"<rule><afterbreak>{'(' * 9000}</afterbreak></rule>"), "r.srx:3:7: wrong regular expression"),
        (srx(f"<rule><afterbreak>{'a' * 100_001}</afterbreak></rule>"), "r.srx:3:7: an expression of 100001"),
        (
            srx(r"<rule><beforebreak>(a)\1</beforebreak></rule>"),
            r"r.srx:3:7: '(a)\\1' refers back to a group",
        ),
        (srx(pattern="("), "r.srx:5:11: wrong regular expression '('"),
        (srx().replace('"L"/>', '"M"/>'), "r.srx:5:11: there are no rules named 'M'; there are: L"),
        (srx().replace(' languagerulename="L">', ">"), "r.srx:2:1: <languagerule> has no languagerulename"),
        ("<srx version='2.0'>" + "<a>" * 60, "elements 50 deep"),
        (
            '<!DOCTYPE srx [<!ENTITY a "'
            + "a" * 50_000
            + '">]><srx version="2.0"><x>&a;&a;&a;&a;&a;</x></srx>',
            "more than 200000 characters",
        ),
    ],
)
def test_a_broken_file_is_refused_with_the_place_and_the_reason(read, content, said):
    with pytest.raises(FormatError) as fault:
        read(content)
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_file_that_is_not_there_is_said_so():
    with pytest.raises(FormatError, match="no such file"):
        read_rules("nowhere.srx")


# ------------------------------------------------------------------------------------------------- the seeds


@pytest.mark.parametrize(
    ("name", "language", "titles"),
    [
        ("000_0ca37edf7db833c1.txt", "fr", ["À mi-parcours", "Publicité"]),
        ("004_b4824e2bc52a60be.txt", "pt-BR", ["meio da jornada"]),
    ],
)
def test_the_seeds_are_twenty_one_segments_each(name, language, titles):
    lines = (HERE.parent / "seeds" / name).read_text(encoding="utf-8").splitlines()
    text = segment(document(*(line for line in lines if line.strip())))
    assert (len(text.segments), text.language) == (21, language)
    assert [part for part in text.segments if not part.endswith(".")] == titles


def test_a_paragraph_of_codes_and_spaces_is_no_segment():
    paragraphs = Paragraph(" ", 1, codes=(Code(0, "alone", "img"),)), Paragraph("Oui.", 2)
    text = segment(Document("a.txt", paragraphs), language="fr")
    assert (text.segments, text.codes) == (("Oui.",), ((),))
