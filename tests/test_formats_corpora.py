"""Corpora: two texts line by line, links of OPUS with their documents, Parquet."""

import bz2
import gzip
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tm import formats
from tm.direction import Direction
from tm.errors import FormatError, MissingExtraError, OptionError
from tm.model import Annotation, Segment, Unit, Variant
from tm.work.conversion import convert
from tm.work.conversions import convert_files

PAIRS = [("Le pont\ntient.", "A ponte\u2028resiste."), ("Oui.", "Sim."), ("Seul.", "")]


def unit(source, target, *notes):
    variants = (Variant("fr", Segment(source)), Variant("pt-BR", Segment(target)))
    return Unit(
        tuple(variant for variant in variants if variant.segment.text),
        annotations=(
            Annotation("prop", "0.930", "x-confidence"),
            *(Annotation("note", note) for note in notes),
        ),
    )


UNITS = [unit(*pair) for pair in PAIRS]
LINKS = """<?xml version="1.0"?>
<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
<cesAlign version="1.0">
<linkGrp targType="s" fromDoc="fr/a.xml.gz" toDoc="pt_br/a.xml.gz">
<link xtargets="1;1 2" id="SL0" certainty="0.4"/><link xtargets="2;" id="SL1"/>
</linkGrp>
<linkGrp targType="s" fromDoc="fr/b.xml" toDoc="pt_br/b.xml"><link xtargets="1;1"/></linkGrp>
</cesAlign>"""


def texts(path, **more):
    return [[variant.segment.text for variant in each.variants] for each in formats.read_units(path, **more)]


# ------------------------------------------------------------------------------------------- two texts


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_units_become_lines_of_two_texts_and_lines_units(ending, tmp_path, caplog):
    path = tmp_path / f"c.fr-pt{ending}"
    assert formats.write_units(path, UNITS) == 2
    assert [file.name for file in sorted(tmp_path.iterdir())] == [f"c.fr{ending}", f"c.pt{ending}"]
    assert texts(path) == [["Le pont tient.", "A ponte resiste."], ["Oui.", "Sim."]]
    said = [line.partition(": ")[2] for line in caplog.messages]
    assert said == [
        "left out 1 unit without text in both languages",
        "1 unit had a break of a line, which is a space now",
    ]
    assert convert(path, tmp_path / "c.tsv", direction=Direction("fr", "pt-BR")).written == 2
    assert (tmp_path / "c.tsv").read_text(encoding="utf-8").splitlines()[0] == "fr\tpt-BR"


def test_two_texts_are_found_under_the_names_of_opus_and_packed_otherwise(tmp_path):
    for tag, text in (("fr", "oui\n\nnon"), ("pt", "sim\n\n\n")):
        (tmp_path / f"c.fr-pt.{tag}.gz").write_bytes(gzip.compress(text.encode()))
    assert texts(tmp_path / "c.fr-pt") == [["oui", "sim"], ["non"]]
    assert texts(tmp_path / "c.fr-pt", format="bitext") == [["oui", "sim"], ["non"]]
    (tmp_path / "c.fr-pt.pt.gz").write_bytes(b"sim\n\nnon\nfim\n")
    with pytest.raises(FormatError, match=r"pt\.gz:4: one line more than .*fr\.gz"):
        texts(tmp_path / "c.fr-pt")
    with pytest.raises(OptionError, match=r"whose languages nothing says; name it like corpus\.fr-pt"):
        texts(tmp_path / "c.bitext")
    with pytest.raises(FormatError, match=r"d\.fr: no such file"):
        convert(tmp_path / "d.fr-pt", tmp_path / "d.tsv")


def test_a_language_in_a_region_is_no_pair_of_languages():
    assert formats.language_of_extension("test.pt-br") == "pt-BR"
    assert formats.language_of_extension("test.fr-pt") == ""


# ------------------------------------------------------------------------------------------- OPUS


@pytest.fixture
def opus(tmp_path):
    """Links of two pairs of documents, the first cut into words, the second missing."""
    for tag, words in (
        ("fr", [["Le", "pont", "."], ["Oui", "."]]),
        ("pt_br", [["A", "ponte", "."], ["Sim", "."]]),
    ):
        folder = tmp_path / "xml" / tag
        folder.mkdir(parents=True)
        sentences = "".join(
            f'<s id="{number}">{"".join(f"<w>{word}</w>" for word in each)}</s>'
            for number, each in enumerate(words, 1)
        )
        (folder / "a.xml.gz").write_bytes(gzip.compress(f"<text><p>{sentences}</p></text>".encode()))
    links = tmp_path / "fr-pt_br.xml"
    links.write_text(LINKS, encoding="utf-8")
    return links


def test_links_of_opus_are_units_with_what_the_links_say(opus, caplog):
    problems = []
    (read,) = formats.read_units(opus, problems=problems)
    assert [(each.language, each.segment.text) for each in read.variants] == [
        ("fr", "Le pont ."),
        ("pt-BR", "A ponte . Sim ."),
    ]
    assert (read.property("x-certainty"), read.property("x-document"), read.place.line) == (
        "0.4",
        "fr/a.xml.gz",
        5,
    )
    assert [problem.what for problem in problems] == [
        "the document fr/b.xml is not there; it was expected beside the links"
    ]
    assert caplog.messages[0].endswith("left out 1 link without a text on both sides")
    with pytest.raises(FormatError, match=r"fr-pt_br\.xml:7: the document fr/b\.xml is not there"):
        list(formats.read_units(opus))


def test_documents_are_found_that_are_packed_otherwise_than_the_links_say(opus):
    for packed in list(opus.parent.glob("xml/*/a.xml.gz")):
        packed.with_suffix(".bz2").write_bytes(bz2.compress(gzip.decompress(packed.read_bytes())))
        packed.unlink()
    (unit,) = formats.read_units(opus, problems=[])
    assert unit.variants[1].segment.text == "A ponte . Sim ."


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_an_xml_is_one_of_links_by_its_content_too(ending, pack, opus, tmp_path):
    links = tmp_path / f"links.xml{ending}"
    links.write_bytes(pack(opus.read_bytes()))
    assert formats.find_format(links, "read_units").name == "opus"
    links.write_bytes(pack(opus.read_bytes())[:10] + b"\xff" * 50)
    assert formats.find_format(links, "read_units").name == "android"
    assert formats.find_format(tmp_path / "strings.xml", "read_units").name == "android"
    opus.write_text("<resources/>", encoding="utf-8")
    with pytest.raises(FormatError, match="links were expected, which begin with <cesAlign>"):
        list(formats.read_units(opus))
    for name in ("/etc/a.xml", "../a.xml", ""):
        opus.write_text(LINKS.replace("fr/a.xml.gz", name), encoding="utf-8")
        with pytest.raises(FormatError, match="is outside of the corpus"):
            list(formats.read_units(opus))


def test_a_corpus_of_opus_is_written_and_read_back(tmp_path):
    path = tmp_path / "c.fr-pt.xml.gz"
    assert formats.write_units(path, UNITS, direction=Direction("fr", "pt")) == 2
    assert [file.name for file in sorted(tmp_path.iterdir())] == [
        "c.fr-pt.xml.gz",
        "c.fr.xml.gz",
        "c.pt-BR.xml.gz",
    ]
    read = list(formats.read_units(path))
    assert [each.property("x-certainty") for each in read] == ["0.930", "0.930"]
    assert [each.variants[1].language for each in read] == ["pt-BR", "pt-BR"]
    with pytest.raises(OptionError, match="links to stdout would have no documents"):
        formats.write_units("-", UNITS, format="opus")
    with pytest.raises(OptionError, match="two languages were expected"):
        formats.write_units(tmp_path / "c.ces", UNITS[2:])
    (tmp_path / "text.xml").write_text('<cesAlign><linkGrp fromDoc="a.xml" toDoc="a.xml"/></cesAlign>')
    (tmp_path / "a.xml").write_text("<text/>")
    with pytest.raises(FormatError, match=r"in which language a\.xml is, nothing says"):
        list(formats.read_units(tmp_path / "text.xml"))


def test_a_corpus_of_opus_without_units_has_its_two_documents_all_the_same(tmp_path):
    path = tmp_path / "c.fr-pt.xml"
    assert formats.write_units(path, [], direction=Direction("fr", "pt")) == 0
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["c.fr-pt.xml", "c.fr.xml", "c.pt.xml"]
    assert list(formats.read_units(path)) == []


# ------------------------------------------------------------------------------------------- Parquet


def test_scores_are_numbers_in_parquet_and_come_back_as_they_were(tmp_path):
    path = tmp_path / "c.parquet"
    units = [unit("oui", "sim", "a", "b"), unit("non", "não")]
    units.append(Unit(units[0].variants, annotations=(Annotation("prop", "high", "x-confidence"),)))
    formats.write_units(path, units)
    table = pq.read_table(path)
    assert table.column_names == ["fr", "pt-BR", "confidence", "note", "note_2"]
    assert table["confidence"].type == pa.string()  # one is none
    formats.write_units(path, units[:2])
    assert pq.read_table(path)["confidence"].to_pylist() == [0.93, 0.93]
    assert list(formats.read_units(path)) == units[:2]


def test_data_sets_of_others_are_read_from_parquet(tmp_path):
    path = tmp_path / "d.parquet"
    pq.write_table(
        pa.table({"translation": [{"fr": "un", "pt": "um"}], "score": [1.5], "numbers": [[1]]}), path
    )
    (read,) = formats.read_units(path)
    assert (texts(path), read.property("x-score"), read.property("x-numbers")) == (
        [["un", "um"]],
        "1.5",
        "[1]",
    )
    sentences = {"a": ["Le pont de la rivière est vieux."], "b": ["A ponte do rio é velha e bonita."]}
    pq.write_table(pa.table(sentences), path)
    assert [each.language for each in next(iter(formats.read_units(path))).variants] == ["fr", "pt"]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(FormatError, match=r"d\.parquet: no Parquet file, or a damaged one: "):
        list(formats.read_units(path))


def test_parquet_needs_an_extra(tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("pyarrow")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"^Parquet needs .*pip install 'ponte-tm\[arrow\]'$"):
        formats.write_units(tmp_path / "c.parquet", UNITS)
    (tmp_path / "a.tsv").write_text("fr\tpt\num\tdois\ttrês\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("fr\tpt\noui\tsim\n", encoding="utf-8")
    with pytest.raises(MissingExtraError, match=r"^Parquet needs "):
        convert_files([tmp_path / "a.tsv", tmp_path / "b.tsv"], tmp_path / "out", to_format="parquet")


# ------------------------------------------------------------------------------------------- shards and scores


def test_units_go_into_files_of_one_size_and_older_files_are_named(tmp_path, caplog):
    table, out = tmp_path / "c.tsv", tmp_path / "s.fr-pt"
    formats.write_units(table, [unit(f"Pont {number}.", f"Ponte {number}.") for number in range(5)])
    for size, files in ((2, 3), (4, 2)):
        done = convert(table, out, shard_size=size)
        assert (done.written, done.files) == (5, files)
    assert texts(tmp_path / "s-00002.fr-pt") == [["Pont 4.", "Ponte 4."]]
    assert caplog.messages[-1].endswith(
        "s-00003.fr-pt: is of an earlier run, which had more files; delete it"
    )
    assert convert(tmp_path / "s-00001.fr-pt", tmp_path / "t.jsonl", shard_size=9).files == 1
    with pytest.raises(OptionError, match="stdout is one file"):
        convert(table, "-", to_format="tsv", shard_size=2)
    with pytest.raises(OptionError, match="a glossary is one file"):
        convert(table, tmp_path / "c.tbx", shard_size=2)
