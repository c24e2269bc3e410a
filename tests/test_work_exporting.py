"""The memory and a glossary to files."""

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError, StoreError
from tm.formats import read_concepts, read_units, write_concepts
from tm.model import Concept, Segment, Term, Unit, Variant
from tm.store import open_store
from tm.work.exporting import Exported, export, export_glossary, export_memory

CONCEPT = Concept("1", (Term("fichier", "fr", "approved"), Term("arquivo", "pt-BR", "approved")))


def unit(**texts):
    return Unit(tuple(Variant(tag.replace("_", "-"), Segment(text)) for tag, text in texts.items()))


@pytest.fixture
def memory(tmp_path):
    path = tmp_path / "kitchen.tm"
    with open_store(path, create=True) as store:
        store.add([unit(fr="pain", pt_BR="pão"), unit(fr="fichier", pt_PT="ficheiro")])
    return path


def test_the_memory_goes_into_a_file_of_any_format(memory, tmp_path):
    out = tmp_path / "out.tsv"
    assert export(out, memory=memory) == [Exported(str(out), "units", 2)]
    assert [each.variants[0].segment.text for each in read_units(out)] == ["pain", "fichier"]


def test_an_open_memory_is_exported_too(memory, tmp_path):
    with open_store(memory) as store:
        assert export_memory(store, tmp_path / "out.tmx", direction=Direction("fr", "pt")).count == 2


def test_texts_in_other_varieties_are_left_out_and_counted(memory, tmp_path):
    (written,) = export(tmp_path / "out.tsv", memory=memory, variety="pt_br")
    assert (written.count, written.left_out) == (1, {"pt-PT": 1})
    with pytest.raises(FormatError, match=r"kitchen\.tm: no unit is in pt-AO; found: pt-BR, pt-PT$"):
        export(tmp_path / "none.tsv", memory=memory, variety="pt-AO")
    assert not (tmp_path / "none.tsv").exists()


def test_a_direction_that_is_not_there_is_refused_of_memory_and_glossary(memory, tmp_path):
    with pytest.raises(FormatError, match=r"kitchen\.tm: 0 of 2 units are fr → de; found: fr, pt-BR, pt-PT$"):
        export(tmp_path / "out.tsv", memory=memory, direction=Direction("fr", "de"))
    write_concepts(tmp_path / "terms.tbx", [CONCEPT])
    with pytest.raises(FormatError, match=r"terms\.tbx: 0 of 1 concepts are fr → de; found: fr, pt-BR$"):
        export(tmp_path / "out.csv", glossary=tmp_path / "terms.tbx", direction=Direction("fr", "de"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kitchen.tm", "terms.tbx"]


def test_a_glossary_is_written_from_a_file_or_from_concepts(tmp_path):
    csv, page = tmp_path / "terms.csv", tmp_path / "terms.html"
    assert export_glossary([CONCEPT], csv) == Exported(str(csv), "concepts", 1)
    assert export(page, glossary=csv, direction=Direction("fr", "pt")) == [Exported(str(page), "concepts", 1)]
    assert "<title>Glossary fr – pt</title>" in page.read_text(encoding="utf-8")


def test_what_waits_for_a_decision_is_not_published_in_tbx(tmp_path):
    waiting = Concept("2", (Term("puce", "fr"), Term("chip", "pt-BR", "rejected")))
    assert export_glossary([CONCEPT, waiting], tmp_path / "a.tbx").count == 1
    assert [each.terms for each in read_concepts(tmp_path / "a.tbx")] == [CONCEPT.terms]


def test_a_project_takes_memory_and_glossary(memory, tmp_path):
    csv = tmp_path / "terms.csv"
    export_glossary([CONCEPT], csv)
    written = export(f"omegat:{tmp_path / 'project'}", memory=memory, glossary=csv, variety="pt-BR")
    assert [(each.path.rpartition("project/")[2], each.count) for each in written] == [
        ("omegat.project", 1),
        ("tm/auto/memory.tmx", 1),
        ("glossary/glossary.utf8", 1),
    ]


def test_what_cannot_be_exported_is_refused(memory, tmp_path):
    with pytest.raises(OptionError, match=r"a\.html is for a glossary; say which one"):
        export("a.html", memory=memory)
    with pytest.raises(OptionError, match="'french' is not a language tag"):
        export(tmp_path / "a.tmx", memory=memory, variety="french")
    with pytest.raises(OptionError, match="did you mean tmx"):
        export(tmp_path / "a", memory=memory, format="tmxx")
    with pytest.raises(StoreError, match="no such memory"):
        export(tmp_path / "a.tmx", memory=tmp_path / "absent.tm")


def test_tbx_names_the_concepts_without_a_translation(tmp_path, caplog):
    (tmp_path / "g.tsv").write_text(
        "status\tes\ten\napproved\treloj\twatch\napproved\tpila\t\n", encoding="utf-8"
    )
    export_glossary(tmp_path / "g.tsv", tmp_path / "g.tbx")
    assert "left out 1 concept without a translation to offer" in caplog.text
