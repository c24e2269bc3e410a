"""What holds for every format, and how one is found."""

import bz2
import gzip
import io
import lzma
import sys
from pathlib import Path

import pytest

from tm import formats
from tm.direction import Direction
from tm.errors import FormatError, MissingExtraError, OptionError
from tm.formats.packing import zstd
from tm.model import Annotation, Concept, Segment, Term, Unit, Variant

SAMPLES = Path(__file__).parent / "samples"
ALL = formats.formats()
READ_UNITS = [each for each in ALL if each.read_units]
WRITE_UNITS = [each for each in ALL if each.write_units]
READ_CONCEPTS = [each for each in ALL if each.read_concepts]
WRITE_CONCEPTS = [each for each in ALL if each.write_concepts]
READ_DOCUMENT = [each for each in ALL if each.read_document]
READERS = list(dict.fromkeys(READ_UNITS + READ_CONCEPTS + READ_DOCUMENT))

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


def by_name(each):
    return each.name


def texts(unit):
    return [(each.language, each.segment.text) for each in unit.variants]


@pytest.mark.parametrize(
    "kind", [each for each in WRITE_UNITS if each.read_units and not each.files], ids=by_name
)
@pytest.mark.parametrize("packed", ["", ".gz", ".bz2", ".xz", ".zst"])
def test_texts_come_back_from_every_format(kind, packed, tmp_path):
    path = tmp_path / f"memory{kind.extensions[0]}{packed}"
    assert formats.write_units(path, UNITS, direction=Direction("fr", "pt-BR")) == 2
    assert list(map(texts, formats.read_units(path))) == list(map(texts, UNITS))


def test_a_missing_file_is_said_when_it_is_read():
    with pytest.raises(FormatError, match=r"^nowhere\.tmx: no such file"):
        list(formats.read_units("nowhere.tmx"))


def test_every_name_and_extension_of_an_operation_is_one_formats():
    for operation in ("read_units", "write_units", "read_concepts", "write_concepts", "read_document"):
        able = [each for each in ALL if getattr(each, operation)]
        extensions = [extension for each in able for extension in each.extensions]
        assert len(set(extensions)) == len(extensions)
    assert len({each.name for each in ALL}) == len(ALL)


def test_an_unknown_extension_is_answered_with_the_known_ones_and_the_nearest(tmp_path):
    (tmp_path / "news.tmy").touch()
    with pytest.raises(
        OptionError, match=r"news\.tmy: units can be read from .*\.tmx.*; not \.tmy; did you mean \.tmx\?$"
    ):
        formats.read_units(tmp_path / "news.tmy")


def test_a_file_that_is_not_there_is_told_before_its_extension():
    with pytest.raises(FormatError, match=r"^news\.tmy: no such file or folder$"):
        formats.read_units("news.tmy")


def test_an_unknown_name_is_answered_with_the_known_ones_and_the_nearest():
    with pytest.raises(
        OptionError, match=r"a glossary can be written to .*tbx.*; not tbxx; did you mean tbx"
    ):
        formats.write_concepts("glossary", [], format="tbxx")


def test_stdin_and_stdout_are_read_and_written(monkeypatch, tmp_path, capfdbinary):
    formats.write_units("-", UNITS, format="tmx")
    written = capfdbinary.readouterr().out

    class Stdin:
        buffer = io.BytesIO(written)

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert list(formats.read_units("-", format="tmx")) == UNITS


def test_a_file_packed_under_a_plain_name_is_seen_through(tmp_path):
    path = tmp_path / "memory.tmx"
    formats.write_units(tmp_path / "memory.tmx.gz", UNITS)
    (tmp_path / "memory.tmx.gz").rename(path)
    assert list(formats.read_units(path)) == UNITS


def test_with_a_list_of_problems_the_units_of_packed_data_that_end_early_are_kept(tmp_path):
    path = tmp_path / "memory.tsv"
    rows = b"fr\tpt\n" + b"".join(b"Pont %d\tPonte %d\n" % (number, number) for number in range(2_000))
    path.write_bytes(gzip.compress(rows)[:-2_000])
    problems = []
    assert len(list(formats.read_units(path, problems=problems))) > 1_000
    assert "the gzip data end early" in str(problems[0])


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress, zstd().compress])
@pytest.mark.parametrize("size", [10, 100, 65_536])
def test_packed_files_one_behind_the_other_are_one(compress, size, tmp_path, monkeypatch):
    monkeypatch.setattr("tm.formats.packing.CHUNK", size)
    path = tmp_path / "pairs.tsv"
    path.write_bytes(
        compress(b"fr\tpt\n") + bytes(8) + compress(b"a\tb\n" * 40) + compress(b"c\td\n") + bytes(4)
    )
    assert len(list(formats.read_units(path))) == 41


def test_a_file_of_zstd_needs_a_package_before_python_3_14(tmp_path, monkeypatch):
    for name in ("backports.zstd", "compression.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError, match=r"^zstd needs .*pip install 'ponte-tm\[zstd\]'"):
        formats.write_units(tmp_path / "memory.tsv.zst", UNITS)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_fails_leaves_the_old_file_as_it_was(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text("old", encoding="utf-8")

    def units():
        yield UNITS[0]
        raise FormatError("torn", path="elsewhere.tsv")

    with pytest.raises(FormatError, match="torn"):
        formats.write_units(path, units())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
