"""What every format does: gives back what it was given, refuses the rest in one line, the same way each time."""

import contextlib
import gzip
import lzma

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm import formats
from tm.direction import Direction
from tm.errors import FormatError
from tm.model import Annotation, Concept, Segment, Term, Unit, Variant

FR_PT = Direction("fr", "pt-BR")
UNITS = [
    Unit(
        (Variant("fr", Segment("Le pont tient.")), Variant("pt-BR", Segment("A ponte resiste."))),
        (("tuid", "1"),),
        (Annotation("prop", "pont.txt", "x-document"), Annotation("note", "vérifié")),
    ),
    Unit((Variant("fr", Segment("« R&D » <b>")), Variant("pt-BR", Segment('"P&D" <b> 🌉')))),
]
CONCEPTS = [
    Concept("pont", (Term("pont", "fr", "approved"), Term("ponte", "pt-BR", "approved", note="a < b"))),
    Concept("culée", (Term("culée", "fr", "approved"), Term("encontro", "pt-BR", "approved"))),
]
BROKEN = {
    "empty": b"",
    "zeros": bytes(200),
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01",
    "bom": b"\xef\xbb\xbf",
    "packed badly": gzip.compress(b"a" * 1000)[:-9],
    "packed badly by xz": lzma.compress(b"a" * 1000)[:-9],
    "bomb": gzip.compress(b" " * 1_000_000, 9),
    "bomb of xz": lzma.compress(b" " * 1_000_000),
    "open": b"<",
    "quote": b'fr,pt\n"a,b\n',
}


def texts(unit):
    return [(each.language, each.segment.text) for each in unit.variants]


def test_it_says_what_it_is(any_format):
    kind = any_format
    assert kind.name == kind.name.lower().replace(" ", "")
    assert all(end == end.lower() and end.startswith(".") for end in kind.extensions)
    assert kind.summary
    assert "\n" not in kind.summary
    assert all(kind in formats.formats_of(f"file{end.upper()}.gz") for end in kind.extensions)
    operations = ("read_units", "write_units", "read_concepts", "write_concepts", "read_document")
    assert any(getattr(kind, operation) for operation in operations)
    assert formats.look_up("file", next(o for o in operations if getattr(kind, o)), kind.name) is kind


@pytest.mark.parametrize("packed", ["", ".gz", ".xz"])
def test_texts_come_back(units_format, packed, tmp_path):
    path = tmp_path / f"memory{units_format.extensions[0]}{packed}"
    assert formats.write_units(path, UNITS, direction=FR_PT) == 2
    assert list(map(texts, formats.read_units(path, direction=FR_PT))) == list(map(texts, UNITS))


def test_units_come_back_although_nobody_says_the_languages(units_format, tmp_path):
    path = tmp_path / f"memory{units_format.extensions[0]}"
    assert formats.write_units(path, UNITS) == 2
    read = [texts(unit) for unit in formats.read_units(path)]
    assert [[text for _, text in unit] for unit in read] == [
        [text for _, text in texts(unit)] for unit in UNITS
    ]
    assert all(language for unit in read for language, _ in unit)


def accepts(kind, broken, folder):
    """Whether this is none of the format's business: an empty table is a table, and any text a plain document."""
    path = folder / "accepted"
    if broken in ("empty", "bom") and kind.write_units:
        formats.write_units(path, [], format=kind.name)
        return path.read_bytes() == b""
    if broken in ("empty", "bom") and kind.write_concepts:
        with contextlib.suppress(FormatError):
            formats.write_concepts(path, [], format=kind.name)
            return path.read_bytes() == b""
    if broken in ("open", "quote") and kind.read_document:
        path.write_bytes(b"a")
        with contextlib.suppress(FormatError):
            return bool(formats.read_document(path, format=kind.name).paragraphs)
    return False


def read(path, kind):
    """All that a format can read from a file."""
    if kind.read_units:
        list(formats.read_units(path, format=kind.name, direction=Direction("fr", "pt")))
    if kind.read_concepts:
        formats.read_concepts(path, format=kind.name, direction=Direction("fr", "pt"))
    if kind.read_document:
        formats.read_document(path, format=kind.name)


@pytest.fixture
def small_bombs(monkeypatch):
    monkeypatch.setattr("tm.formats.packing.FREE_EXPANSION", 100_000)


def test_terms_come_back_from_every_format(concepts_format, tmp_path):
    path = tmp_path / f"glossary{concepts_format.extensions[0]}"
    assert formats.write_concepts(path, CONCEPTS, direction=Direction("fr", "pt-BR")) == 2
    read = formats.read_concepts(path, direction=Direction("fr", "pt-BR"))
    assert [concept.terms for concept in read] == [concept.terms for concept in CONCEPTS]


def test_the_same_units_give_the_same_bytes(writes_units, tmp_path):
    paths = [tmp_path / name / f"memory{writes_units.extensions[0]}.gz" for name in "ab"]
    for path in paths:
        path.parent.mkdir()
        formats.write_units(path, UNITS)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_nothing_to_write_gives_a_file_that_is_read_as_nothing_or_none_at_all(written_and_read, tmp_path):
    path = tmp_path / f"none{written_and_read.extensions[0]}"
    write = formats.write_units if written_and_read.write_units else formats.write_concepts
    try:
        write(path, [], direction=Direction("fr", "pt-BR"))
    except FormatError:
        assert list(tmp_path.iterdir()) == []
        return
    read = formats.read_units if written_and_read.read_units else formats.read_concepts
    assert list(read(path, format=written_and_read.name)) == []


@pytest.mark.usefixtures("small_bombs")
@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_refused_in_one_line_that_names_it(reader, broken, tmp_path):
    path = tmp_path / f"broken{reader.extensions[0]}"
    path.write_bytes(BROKEN[broken])
    if accepts(reader, broken, tmp_path):
        read(path, reader)
        return
    with pytest.raises(FormatError) as raised:
        read(path, reader)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.usefixtures("small_bombs")
@pytest.mark.parametrize("broken", ["png", "packed badly", "packed badly by xz", "bomb", "bomb of xz"])
def test_what_is_no_text_is_never_accepted(reader, broken, tmp_path):
    path = tmp_path / "broken"
    path.write_bytes(BROKEN[broken])
    with pytest.raises(FormatError):
        read(path, reader)


@pytest.mark.parametrize("character", ["\ud83c", "\0"], ids=["half a character", "U+0000"])
def test_what_no_text_can_hold_is_kept_or_replaced_and_counted(writes_units, character, tmp_path, caplog):
    path = tmp_path / f"memory{writes_units.extensions[0]}"
    half = Unit((Variant("fr", Segment(f"pont {character}")), Variant("pt-BR", Segment("ponte"))))
    formats.write_units(path, [half], format=writes_units.name)
    if writes_units.read_units:
        (unit,) = formats.read_units(path, format=writes_units.name, direction=FR_PT)
        if texts(unit)[0][1].encode("utf-8", "replace") == half.variants[0].segment.text.encode(
            "utf-8", "replace"
        ):
            return
        assert ascii(texts(unit)[0][1]) == ascii("pont \ufffd")
    assert "1 " in caplog.text
    assert "U+FFFD" in caplog.text


@settings(max_examples=settings().max_examples // 2)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(any_format, tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    try:
        read(path, any_format)
    except FormatError as error:
        assert str(path) in str(error)  # noqa: PT017 - most bytes are refused, some are fine


@given(drawn=st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=3))
def test_what_was_made_of_any_text_can_be_read(units_format, tmp_path_factory, drawn):
    path = tmp_path_factory.getbasetemp() / "made"
    units = [Unit((Variant("fr", Segment(a)), Variant("pt-BR", Segment(b)))) for a, b in drawn]
    with contextlib.suppress(FormatError):  # a table with nothing in it is none
        written = formats.write_units(path, units, format=units_format.name, direction=FR_PT)
        assert len(list(formats.read_units(path, format=units_format.name, direction=FR_PT))) <= written


def test_a_writer_that_fails_leaves_the_old_file(writes_units, tmp_path):
    path = tmp_path / f"memory{writes_units.extensions[0]}"
    path.write_text("old", encoding="utf-8")

    def units():
        yield UNITS[0]
        raise FormatError("torn", path="elsewhere.tsv")

    with pytest.raises(FormatError, match="torn"):
        formats.write_units(path, units(), format=writes_units.name)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
