"""Laws of the formats: what is written is read back."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from tm import formats
from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import Header, read_concepts, read_units, write_concepts, write_units
from tm.model import Annotation, Code, Concept, Context, Evidence, Segment, Term, Unit, Variant

XML_TEXT = st.text(
    st.one_of(
        st.sampled_from("\t\n\r &<>\"'’é=\u00a0\u2028]"),
        st.characters(min_codepoint=0x20, max_codepoint=0xFFFD, exclude_categories=["Cs"]),
        st.characters(min_codepoint=0x10000),
    ),
    max_size=20,
)
NAMES = st.text(string.ascii_letters, min_size=1, max_size=6)
ATTRIBUTES = st.dictionaries(
    NAMES.filter(lambda name: name not in ("lang", "type", "i", "id", "pos")), XML_TEXT, max_size=3
).map(lambda found: tuple(found.items()))
ANNOTATIONS = st.lists(
    st.one_of(
        st.builds(Annotation, st.just("note"), XML_TEXT, st.just(""), ATTRIBUTES),
        st.builds(Annotation, st.just("prop"), XML_TEXT, XML_TEXT, ATTRIBUTES),
    ),
    max_size=3,
).map(tuple)


@st.composite
def segments(draw, depth=2):
    """A text with any of TMX's codes at any places; pairs of ``hi`` are well nested by construction."""
    text = draw(XML_TEXT)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    codes = [draw(codes_at(place, depth)) for place in places]
    if len(places) > 1 and draw(st.booleans()):
        codes = [Code(places[0], "open", "hi", draw(ATTRIBUTES)), *codes, Code(places[-1], "close", "hi")]
    return Segment(text, tuple(codes))


@st.composite
def codes_at(draw, place, depth):
    kind, name = draw(
        st.sampled_from(
            [("open", "bpt"), ("close", "ept"), ("alone", "it"), ("alone", "ph"), ("alone", "ut")]
        )
    )
    content = draw(segments(depth - 1)) if depth and draw(st.booleans()) else Segment("")
    required = {"bpt": (("i", "1"),), "ept": (("i", "1"),), "it": (("pos", "begin"),)}.get(name, ())
    return Code(
        place, kind, name, (*required, *draw(ATTRIBUTES)), content if content != Segment("") else None
    )


VARIANTS = st.builds(
    Variant, st.sampled_from(["fr", "pt-BR", "FR-CA", "x-pont"]), segments(), ATTRIBUTES, ANNOTATIONS
)
UNITS = st.builds(Unit, st.lists(VARIANTS, min_size=1, max_size=3).map(tuple), ATTRIBUTES, ANNOTATIONS)
HEADERS = st.builds(Header, ATTRIBUTES, ANNOTATIONS)


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(UNITS, max_size=2), HEADERS)
def test_tmx_gives_back_whatever_xml_can_hold(tmp_path_factory, units, header):
    path = tmp_path_factory.mktemp("law") / "memory.tmx"
    assert write_units(path, units, header=header) == len(units)
    read = read_units(path)
    assert list(read) == units
    assert read.header.content == header.content
    assert set(header.attributes) <= set(read.header.attributes) | {
        (name, value) for name, value in header.attributes if name.startswith("creationtool")
    }


ANY_TEXT = st.text(
    st.one_of(st.sampled_from('\0\x04\x0b\r\n\\"<&]>#\x85\ud800\udfff\uffff\u2028\u202e'), st.characters()),
    max_size=8,
)
TEXT_WRITERS = [each for each in formats.formats() if each.name in ("tmx", "xliff", "xliff2", "po", "jsonl")]


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT), max_size=4), st.sampled_from(TEXT_WRITERS))
def test_a_file_made_of_any_text_can_be_read(tmp_path_factory, drawn, kind):
    path = tmp_path_factory.mktemp("law") / "any"
    units = [
        Unit(
            (Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))),
            annotations=(Annotation("note", note), Annotation("prop", context, "x-msgctxt")),
        )
        for source, target, note, context in drawn
    ]
    written = write_units(path, units, format=kind.name, direction=Direction("fr", "pt-BR"))
    assert len(list(read_units(path, format=kind.name))) == written


CELLS = XML_TEXT.filter(lambda text: text.strip())
FLAT = CELLS.map(lambda text: " ".join(text.split()) or "x")
PAIRS = st.builds(
    lambda source, target, document, note: Unit(
        (Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))),
        annotations=(Annotation("prop", document, "x-document"), Annotation("note", note)),
    ),
    CELLS,
    CELLS,
    CELLS,
    CELLS,
)


@given(st.lists(PAIRS, max_size=4))
def test_csv_gives_back_any_text(tmp_path_factory, units):
    path = tmp_path_factory.mktemp("law") / "memory.csv"
    write_units(path, units)
    assert list(read_units(path)) == units


@given(st.lists(st.tuples(FLAT, FLAT), max_size=4))
def test_tsv_gives_back_any_text_of_one_line(tmp_path_factory, pairs):
    path = tmp_path_factory.mktemp("law") / "memory.tsv"
    units = [Unit((Variant("fr", Segment(a)), Variant("pt-BR", Segment(b)))) for a, b in pairs]
    write_units(path, units)
    assert list(read_units(path)) == units


STATUSES = st.sampled_from(
    ["candidate", "approved", "preferred", "rejected", "forbidden", "do-not-translate"]
)
CONTEXTS = st.lists(
    st.builds(Context, FLAT, FLAT, st.sampled_from(["", "a.txt", "b:c.txt"]), st.integers(0, 99)),
    min_size=1,
    max_size=3,
)


def terms(language, *, with_evidence):
    evidence = (
        st.builds(lambda contexts: Evidence(contexts=tuple(contexts)), CONTEXTS)
        if with_evidence
        else st.none()
    )
    term = st.builds(
        Term,
        FLAT,
        st.just(language),
        STATUSES,
        st.sampled_from(["noun", "verb", "properNoun"]),
        st.sampled_from(["", "masculine", "other"]),
        st.sampled_from(["", "acronym", "phrase"]),
        st.one_of(st.just(""), FLAT),
        evidence,
    )
    return st.lists(term, min_size=1, max_size=3, unique_by=lambda each: each.text)


@st.composite
def concepts(draw):
    sources, targets = draw(terms("fr", with_evidence=False)), draw(terms("pt-BR", with_evidence=True))
    texts = (draw(st.one_of(st.just(""), FLAT)) for _ in range(3))
    return Concept("c", (*sources, *targets), *texts)


@given(concepts())
def test_tbx_gives_back_a_concept_with_statuses_and_contexts(tmp_path_factory, concept):
    path = tmp_path_factory.mktemp("law") / "glossary.tbx"
    write_concepts(path, [concept], direction=Direction("fr", "pt-BR"))
    assert read_concepts(path) == [concept]


def best_context_only(term):
    """What a row of a table can hold of the evidence."""
    return Evidence(contexts=term.evidence.contexts[:1]) if term.evidence else None


@settings(max_examples=settings().max_examples // 2)
@given(concepts(), st.sampled_from([".tsv", ".csv"]))
def test_a_glossary_table_gives_back_a_concept(tmp_path_factory, concept, extension):
    path = tmp_path_factory.mktemp("law") / f"glossary{extension}"
    write_concepts(path, [concept], direction=Direction("fr", "pt-BR"))
    (read,) = read_concepts(path)
    assert (read.id, read.definition, read.subject, read.note) == (
        "c",
        concept.definition,
        concept.subject,
        concept.note,
    )
    assert [
        (t.text, t.language, t.status, t.part_of_speech, t.gender, t.kind, t.note) for t in read.terms
    ] == [(t.text, t.language, t.status, t.part_of_speech, t.gender, t.kind, t.note) for t in concept.terms]
    assert [t.evidence for t in read.terms] == [best_context_only(t) for t in concept.terms]


@given(st.binary(max_size=200), st.sampled_from(formats.formats()))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content, kind):
    path = tmp_path_factory.mktemp("law") / "any"
    path.write_bytes(content)
    for read, able in (
        (lambda: list(read_units(path, format=kind.name, direction=Direction("fr", "pt"))), kind.read_units),
        (lambda: read_concepts(path, format=kind.name, direction=Direction("fr", "pt")), kind.read_concepts),
        (lambda: formats.read_document(path, format=kind.name), kind.read_document),
    ):
        try:
            _ = able and read()
        except FormatError as error:
            assert str(path) in str(error)  # noqa: PT017 - most bytes are refused, some are fine
