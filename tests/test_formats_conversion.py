"""One format to another, and what the other cannot hold."""

import json

import pytest
from click.testing import CliRunner

from tm.cli import group
from tm.cli.export import command as export
from tm.cli.stats import command as stats
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import Header, read_concepts, read_units, write_concepts, write_units
from tm.model import Annotation, Code, Concept, Context, Evidence, Segment, Term, Unit, Variant
from tm.store import open_store
from tm.work.conversion import convert, holds_glossary, plan
from tm.work.conversions import convert_files
from tm.work.losses import unit_features
from tm.work.recasting import concept_of, unit_of

UNIT = Unit(
    (
        Variant("fr", Segment("pont", (Code(0, "alone", "ph"),))),
        Variant("pt-BR", Segment("ponte")),
        Variant("en", Segment("bridge")),
    ),
    (("tuid", "7"), ("changeid", "ana")),
    (Annotation("note", "vérifié"), Annotation("prop", "x", "y")),
)
CONCEPT = Concept(
    "pont",
    (
        Term("pont", "fr", "approved"),
        Term("viaduto", "pt-BR", "forbidden"),
        Term(
            "ponte",
            "pt-BR",
            "preferred",
            note="n",
            evidence=Evidence(pair_count=3, contexts=(Context("a", "b"),)),
        ),
        Term("bridge", "en", "candidate"),
    ),
    definition="ouvrage",
    note="R&D",
)


@pytest.fixture
def memory(tmp_path):
    write_units(tmp_path / "memory.tmx", [UNIT], header=Header((("datatype", "html"),)))
    return tmp_path / "memory.tmx"


@pytest.fixture
def glossary(tmp_path):
    write_concepts(tmp_path / "glossary.tbx", [CONCEPT], direction=Direction("fr"))
    return tmp_path / "glossary.tbx"


def test_the_header_goes_along(memory, tmp_path):
    convert(memory, tmp_path / "copy.tmx.gz")
    copy = read_units(tmp_path / "copy.tmx.gz")
    assert dict(copy.header.attributes)["datatype"] == "html"
    assert list(copy) == [UNIT]


def test_what_a_table_cannot_hold_of_a_unit_is_counted(memory, tmp_path):
    done = convert(memory, tmp_path / "memory.csv")
    assert (done.kind, done.written, dict(done.lost)) == ("units", 1, {"inline codes": 1, "attributes": 1})
    assert convert(memory, tmp_path / "copy.tmx").lost == {}


def test_what_a_format_cannot_hold_of_a_concept_is_counted(glossary, tmp_path):
    assert convert(glossary, tmp_path / "glossary.csv").lost == {"more than two languages": 1}
    assert convert(glossary, tmp_path / "glossary.utf8").lost == {
        "more than two languages": 1,
        "statuses": 1,
        "contexts": 1,
        "definitions or subjects": 1,
        "ids": 1,
    }


def test_a_glossary_becomes_a_memory_of_its_first_usable_terms(glossary, tmp_path):
    done = convert(glossary, tmp_path / "glossary.tmx")
    (unit,) = read_units(tmp_path / "glossary.tmx")
    assert (done.kind, done.written) == ("units", 1)
    assert [(each.language, each.segment.text) for each in unit.variants] == [
        ("fr", "pont"),
        ("pt-BR", "ponte"),
        ("en", "bridge"),
    ]
    assert [each.text for each in unit.annotations] == ["R&D", "n"]


def test_a_concept_in_one_language_is_no_unit():
    assert unit_of(Concept("1", (Term("pont", "fr"), Term("ponte", "pt", "rejected")))) is None


def test_a_memory_becomes_a_glossary_of_approved_terms(memory, tmp_path):
    assert convert(memory, tmp_path / "memory.tbx").kind == "concepts"
    assert read_concepts(tmp_path / "memory.tbx")[0].terms == concept_of(UNIT, "c1").terms
    assert {term.status for term in concept_of(UNIT, "c1").terms} == {"approved"}


def test_units_become_no_glossary_under_the_name_of_a_plain_text(memory, tmp_path):
    out = tmp_path / "a.txt"
    with pytest.raises(OptionError, match=r"a\.txt: is the name of a plain text, .* --to omegat$"):
        convert(memory, out)
    assert not out.exists()
    assert convert(memory, out, to_format="omegat").kind == "concepts"


def test_a_table_is_a_glossary_by_its_columns(glossary, memory, tmp_path):
    convert(glossary, tmp_path / "glossary.tsv", direction=Direction("fr", "pt-BR"))
    convert(memory, tmp_path / "memory.tsv")
    assert holds_glossary(tmp_path / "glossary.tsv")
    assert not holds_glossary(tmp_path / "memory.tsv")
    assert convert(tmp_path / "glossary.tsv", tmp_path / "again.csv").kind == "concepts"
    assert convert(tmp_path / "memory.tsv", tmp_path / "again.csv").kind == "units"


def test_a_file_of_neither_kind_is_refused(memory, tmp_path):
    with pytest.raises(OptionError, match=r"memory\.png: units can be written to"):
        convert(memory, tmp_path / "memory.png")
    (tmp_path / "a.png").touch()
    with pytest.raises(OptionError, match=r"a\.png: units can be read from"):
        convert(tmp_path / "a.png", tmp_path / "memory.tmx")
    with pytest.raises(FormatError, match=r"^b\.png: no such file or folder$"):
        convert("b.png", tmp_path / "memory.png")


def test_a_memory_gets_from_a_file_for_translators_what_is_translated_each_under_a_name_of_its_own(
    tmp_path, caplog
):
    unit = '<trans-unit id="a b"><source>oui</source>{}</trans-unit>'
    body = "".join(
        f'<file source-language="fr" target-language="pt" original="{name}" datatype="plaintext"><body>{unit.format(target)}</body></file>'
        for name, target in (("a", "<target>sim</target>"), ("b", "<target>pois</target>"), ("c", ""))
    )
    path, out = tmp_path / "a.xlf", tmp_path / "a.tmx"
    path.write_text(f'<xliff version="1.2">{body}</xliff>', encoding="utf-8")
    assert convert(path, out).written == 2
    assert [unit.attributes for unit in read_units(out)] == [(("tuid", "a_b"),), (("tuid", "a_b-2"),)]
    assert caplog.messages == [f"{path}: left out 1 unit without a translation into another language"]


def test_faults_are_collected_when_asked_for(tmp_path):
    (tmp_path / "a.tsv").write_text("fr\tpt\na\tb\tc\nd\te\n", encoding="utf-8")
    problems = []
    assert convert(tmp_path / "a.tsv", tmp_path / "a.tmx", problems=problems).written == 1
    assert len(problems) == 1
    with pytest.raises(FormatError):
        convert(tmp_path / "a.tsv", tmp_path / "a.tmx")


def test_the_route_of_a_file_is_decided_before_anything_is_written(memory, glossary):
    routes = {
        (memory, "a.csv"): ("units", "units", False),
        (memory, "a.tbx"): ("units", "concepts", False),
        (memory, "a.tmx"): ("units", "units", False),
        (glossary, "a.tbx"): ("concepts", "concepts", True),
        (glossary, "a.tmx"): ("concepts", "units", False),
        ("a.xlf", "b.xlf"): ("units", "units", True),
        ("a.md", "b.xlf"): ("document", "units", False),
    }
    for (path, out), expected in routes.items():
        route = plan(path, out)
        assert (route.content, route.kind, route.is_kept) == expected
    with pytest.raises(OptionError, match="is a document; its glossary is made by tm terms extract"):
        plan("a.md", "b.tbx")


def test_many_files_go_into_a_folder_and_one_bad_one_is_left_out(memory, glossary, tmp_path):
    (tmp_path / "bad.tsv").write_text("fr\tpt\na\tb\tc\n", encoding="utf-8")
    (tmp_path / "~$bad.tsv").write_text("x")
    done = convert_files([tmp_path], tmp_path / "out", to_format="csv")
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == ["glossary.csv", "memory.csv"]
    assert [(each.kind, each.written) for each in done.done] == [("concepts", 1), ("units", 1)]
    assert (len(done.rejected), done.count) == (1, 3)
    with pytest.raises(OptionError, match="a folder for 2 files; say their format with --to"):
        convert_files([memory, glossary], tmp_path / "out")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "bad.tsv").write_text("x", encoding="utf-8")
    with pytest.raises(OptionError, match="a folder for one file; say their format with --to"):
        convert_files([tmp_path / "one"], tmp_path / "one.csv")
    with pytest.raises(FormatError, match="bad"):
        convert_files([tmp_path / "bad.tsv"], tmp_path / "bad.csv")


@pytest.mark.parametrize("name", ["out.tsv", "out.tmx", "out.xlf"])
def test_a_direction_that_no_unit_has_is_refused(memory, tmp_path, name):
    with pytest.raises(FormatError, match=r"memory\.tmx: 0 of 1 units are de → es; found: fr, pt-BR, en$"):
        convert(memory, tmp_path / name, direction=Direction("de", "es"))
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["out.tsv", "out.tbx", "out.tmx"])
def test_a_direction_that_no_concept_has_is_refused(glossary, tmp_path, name):
    with pytest.raises(
        FormatError, match=r"glossary\.tbx: 0 of 1 concepts are fr → de; found: fr, pt-BR, en$"
    ):
        convert(glossary, tmp_path / name, direction=Direction("fr", "de"))
    assert not (tmp_path / name).exists()


def run(command, *arguments):
    return CliRunner().invoke(
        command,
        list(map(str, arguments)),
        catch_exceptions=False,
        standalone_mode=False,
        **group.context_settings,
    )


@pytest.fixture
def store(memory, tmp_path):
    with open_store(tmp_path / "memory.tm", create=True) as opened:
        opened.add(read_units(memory))
    return tmp_path / "memory.tm"


def test_the_memory_goes_out_by_extension(store, tmp_path):
    result = run(export, tmp_path / "out.tmx", tmp_path / "out.csv", "-m", store, "-s", "fr", "-t", "pt-BR")
    assert result.output.splitlines() == [f"{tmp_path / name}: 1 unit" for name in ("out.tmx", "out.csv")]
    assert [each.language for each in next(read_units(tmp_path / "out.tmx")).variants] == [
        "fr",
        "pt-BR",
        "en",
    ]
    assert [each.language for each in next(read_units(tmp_path / "out.csv")).variants] == ["fr", "pt-BR"]


def test_a_variety_that_the_memory_has_nothing_of_is_refused(tmp_path):
    with open_store(tmp_path / "memory.tm", create=True) as opened:
        opened.add([Unit((Variant("fr", Segment("oui")), Variant("pt-BR", Segment("sim"))))])
    with pytest.raises(FormatError, match=r"memory\.tm: no unit is in pt-PT; found: pt-BR$"):
        run(export, tmp_path / "out.tmx", "-m", tmp_path / "memory.tm", "--variant", "pt-PT")
    assert not (tmp_path / "out.tmx").exists()


def test_the_memory_is_counted_without_a_file(store):
    counted = json.loads(run(stats, "-m", store, "--json").output)
    assert (counted["units"], counted["segments"], counted["languages"]) == (
        1,
        3,
        {"fr": 1, "pt-BR": 1, "en": 1},
    )


def test_a_document_is_counted_in_paragraphs_and_sentences(tmp_path):
    (tmp_path / "a.txt").write_text("Le pont tient. Il est vieux.\n\nLa ville est belle.\n", encoding="utf-8")
    counted = json.loads(run(stats, tmp_path / "a.txt", "--json").output)
    assert (counted["units"], counted["segments"], list(counted["languages"])) == (2, 3, ["fr"])


@pytest.mark.parametrize(
    ("variant", "unit", "features"),
    [
        ({}, {}, set()),
        ({}, {"attributes": (("tuid", "7"),)}, set()),
        ({}, {"annotations": (Annotation("note", "a"),)}, {"annotations"}),
        ({"annotations": (Annotation("note", "a"),)}, {}, {"annotations"}),
        ({}, {"attributes": (("changeid", "ana"),)}, {"attributes"}),
        ({"attributes": (("changeid", "ana"),)}, {}, {"attributes"}),
    ],
)
def test_what_stands_on_a_unit_or_on_a_side_of_it_is_a_feature(variant, unit, features):
    sides = (Variant("fr", Segment("pont"), **variant), Variant("pt", Segment("ponte")))
    assert unit_features(Unit(sides, **unit)) == features
