"""An OmegaT project: made, brought up to date, and nothing of a person's touched."""

import re
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest

from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, OptionError
from tm.formats import read_units
from tm.language import omegat_tags
from tm.model import Annotation, Segment, Unit, Variant
from tm.store import open_store
from tm.work import omegat_segmentation
from tm.work.adding import add_files
from tm.work.exporting import export
from tm.work.omegat import found_documents, is_project, open_project
from tm.work.omegat_forms import Forms

DIRECTION = Direction("fr", "pt-BR")


@pytest.fixture
def project(tmp_path):
    made = open_project(tmp_path / "o", DIRECTION)
    made.make()
    return made


def test_a_project_has_what_omegat_needs_to_open_it(project):
    root = ET.parse(project.file).getroot()
    assert root.tag == "omegat"
    assert root.findtext("project/source_lang") == "FR"
    assert root.findtext("project/target_lang") == "PT-BR"
    names = sorted(path.relative_to(project.folder).as_posix() for path in project.folder.rglob("*"))
    assert names == ["dictionary", "glossary", "omegat", "omegat.project", "omegat/segmentation.conf",
                     "omegat/segmentation.srx", "source", "target", "tm", "tm/auto"]  # fmt: skip


def test_folders_that_the_project_file_names_are_used(project, tmp_path):
    content = project.file.read_text().replace("<tm_dir>__DEFAULT__", "<tm_dir>../memories")
    project.file.write_text(content.replace("<source_dir>__DEFAULT__", f"<source_dir>{tmp_path}/texts"))
    again = open_project(project.folder, UNDECIDED)
    assert again.memory.resolve() == tmp_path / "memories/auto/memory.tmx"
    assert again.source == tmp_path / "texts"


def test_rules_of_a_person_are_kept_and_ours_are_renewed(project, caplog):
    rules = project.folder / "omegat" / "segmentation.conf"
    ours = rules.read_bytes()
    rules.write_bytes(ours.replace(b"M\\.", b"N\\."))
    project.make()
    assert rules.read_bytes() == ours
    rules.write_text("<java/>")
    project.make()
    assert rules.read_text() == "<java/>"
    assert [re.sub(r".*/", "", message) for message in caplog.messages] == [
        "segmentation.conf: has rules of your own; kept"
    ]


def test_texts_of_the_project_are_kept(project, tmp_path, caplog):
    text = tmp_path / "a.txt"
    text.write_text("Oui.")
    assert project.take([text]) == 1
    assert project.take([text]) == 0
    text.write_text("Non.")
    assert project.take([text]) == 0
    assert (project.source / "a.txt").read_text() == "Oui."
    assert "differs from" in caplog.text


def test_documents_are_found_where_the_memory_is(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.docx").write_bytes(b"")
    assert found_documents(["in/a.docx", "b.docx"], [tmp_path / "in", tmp_path]) == [tmp_path / "in/a.docx"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<omegat", "1:1: not well-formed XML"),
        (
            '<?xml version="1.0" encoding="klingon"?><omegat/>',
            "1:1: the encoding that .*known .unknown encoding",
        ),
        ('<?xml version="1.0" encoding="big5"?><omegat/>', "1:1: the encoding that .* UTF-8 was expected"),
        ("<omegat/>", "no <project> in it"),
        ("<omegat><project><source_lang>FR</source_lang></project></omegat>", "<target_lang> names no lang"),
    ],
)
def test_a_project_file_that_is_none_is_refused(tmp_path, content, message):
    (tmp_path / "omegat.project").write_text(content)
    assert is_project(tmp_path)
    with pytest.raises(FormatError, match=message):
        open_project(tmp_path, UNDECIDED)


def test_a_project_keeps_its_languages(project):
    assert open_project(project.folder, Direction("fr-CA")).direction == DIRECTION
    with pytest.raises(OptionError, match="the project is fr → pt-BR, not fr → de"):
        open_project(project.folder, Direction("fr", "de"))


def test_the_rules_are_a_java_bean_and_srx():
    bean = ET.fromstring(omegat_segmentation.java_bean(omegat_segmentation.rules()))
    assert len(bean.findall(".//*[@class='org.omegat.core.segmentation.MapRule']")) == 9
    rules = omegat_segmentation.rules()[-1].rules[-1]
    assert rules.breaks
    assert re.match(r"\(\?U\)\[\.!\?", rules.before)


# ------------------------------------------------------------------------------------------- coming back

HEADER = '<header creationtool="OmegaT" segtype="sentence" srclang="FR-FR" o-tmf="OmegaT TMX"/>'


def saved(*pairs, notes=""):
    """What OmegaT keeps of a translator's work; codes are part of its texts."""
    units = (
        f'<tu>{notes}<tuv lang="FR-FR"><seg>{escape(source)}</seg></tuv><tuv lang="PT-BR" changeid="rui">'
        f"<seg>{escape(target)}</seg></tuv></tu>"
        for source, target in pairs
    )
    return f'<?xml version="1.0"?><tmx version="1.1">{HEADER}<body>{"".join(units)}</body></tmx>'


@pytest.fixture
def memory(tmp_path):
    """Aligned units, one with codes."""
    codes = omegat_tags.hidden("Le <t0/>pont<t1/> tient.").codes
    texts = [("Le pont tient.", "A ponte resiste.", codes), ("Oui.", "Sim.", ())]
    origin = (Annotation("prop", "aligned", "x-origin"), Annotation("prop", "Avant.", "x-previous"))
    with open_store(tmp_path / "m.tm", create=True) as store:
        store.add(
            Unit(
                (Variant("fr", Segment(source, codes)), Variant("pt", Segment(target, ()))),
                annotations=origin,
            )
            for source, target, codes in texts
        )
    return tmp_path / "m.tm"


def units_of(memory):
    with open_store(memory) as store:
        return [
            (omegat_tags.shown(pair.source), pair.target.text, unit.property("x-origin"))
            for unit in store.units()
            for pair in [unit.pair("fr", "pt")]
        ]


def test_what_comes_back_confirms_and_replaces_and_doubles_nothing(project, memory):
    work = saved(("Le <t0/>pont<t1/> tient.", "A ponte aguenta."), ("Oui.", "Sim."))
    project.saved.write_text(work, encoding="utf-8")
    added = add_files(memory, project.folder).added
    assert (added.added, added.replaced, added.confirmed) == (0, 1, 1)
    assert sorted(units_of(memory)) == [
        ("Le <t0/>pont<t1/> tient.", "A ponte aguenta.", ""),
        ("Oui.", "Sim.", ""),
    ]
    assert add_files(memory, project.folder).added.same == 2


def test_what_comes_back_is_kept_out_when_that_is_said(project, memory):
    project.saved.write_text(saved(("Oui.", "Pois.")), encoding="utf-8")
    assert add_files(memory, project.folder, on_same="keep").added.kept == 1


def test_only_the_work_of_the_translator_is_taken_from_a_project(project, memory, tmp_path):
    project.saved.write_text(saved(("Non.", "Não.")), encoding="utf-8")
    (project.source / "a.txt").write_text("Non.")
    for other in (project.memory, project.folder / "o-omegat.tmx"):
        other.write_text(saved(("Jamais.", "Nunca.")), encoding="utf-8")
    (tmp_path / "b.tmx").write_text(saved(("Peut-être.", "Talvez.")), encoding="utf-8")
    assert add_files(memory, tmp_path).added.added == 2
    assert [source for source, _, _ in units_of(memory)][2:] == ["Peut-être.", "Non."]


def test_a_project_without_translations_is_named(project, memory):
    with pytest.raises(FormatError, match=r"omegat/project_save\.tmx: not there yet; OmegaT makes it"):
        add_files(memory, project.folder)


def test_codes_in_any_file_of_omegat_are_codes(memory, tmp_path):
    (tmp_path / "o-omegat.tmx").write_text(saved(("Le <t0/>pont<t1/> tient.", "A ponte resiste.")))
    assert add_files(memory, tmp_path / "o-omegat.tmx").added.confirmed == 1


def test_an_alternative_translation_comes_with_its_place(project, memory):
    notes = '<prop type="file">a.docx</prop><prop type="prev">Avant &lt;t0/&gt;elle.</prop>'
    project.saved.write_text(saved(("Non.", "Não."), notes=notes), encoding="utf-8")
    add_files(memory, project.folder)
    with open_store(memory) as store:
        unit = list(store.units())[-1]
    assert (unit.property("x-document"), unit.property("x-previous")) == ("a.docx", "Avant elle.")


def test_the_memory_of_a_project_has_codes_as_omegat_shows_them(project, memory):
    export(f"omegat:{project.folder}", memory=memory)
    first = next(iter(read_units(project.memory)))
    assert first.variants[0].segment.text == "Le <t0/>pont<t1/> tient."


PAGE = "<p>Il <i>pleut</i> à verse. Le <b>pont</b> tient.</p><p>Le <b>pont</b> tient.</p>"


def test_a_sentence_is_one_unit_wherever_omegat_counts_its_codes_from(project, tmp_path):
    (project.source / "a.html").write_text(PAGE)
    codes = [omegat_tags.hidden(text) for text in ("Le <b0>pont</b0> tient.", "A <b0>ponte</b0> resiste.")]
    with open_store(tmp_path / "m.tm", create=True) as store:
        unit = Unit(tuple(Variant(tag, text) for tag, text in zip(("fr", "pt-BR"), codes, strict=True)))
        store.add([unit])
        assert [each.variants[1].segment.text for each in project.units(store.units())] == [
            "A <b1>ponte</b1> resiste.",
            "A <b0>ponte</b0> resiste.",
        ]
    project.saved.write_text(
        saved(("Le <b1>pont</b1> tient.", "A <b1>ponte</b1> aguenta.")), encoding="utf-8"
    )
    assert add_files(tmp_path / "m.tm", project.folder).added.replaced == 1


def test_codes_that_mean_nothing_are_in_omegat_alone():
    nothing, bold = omegat_tags.alone(0, "t", 0), omegat_tags.alone(3, "t", 1, "+b")
    forms = Forms([Segment("Le pont", (nothing, bold)), Segment("Oui.", (nothing,)), Segment("Oui.")])
    assert list(forms.shown(omegat_tags.hidden("Le <t0/>pont"), omegat_tags.hidden("A <t0/>ponte"))) == [
        ("<t0/>Le <t1/>pont", "A <t1/>ponte")
    ]
    assert list(forms.shown(Segment("Oui."), Segment("Sim."))) == [("<t0/>Oui.", "Sim."), ("Oui.", "Sim.")]
    assert forms.numbers(omegat_tags.hidden("<t0/>Oui.")) == {}


def test_a_text_that_cannot_be_read_is_said(project, caplog):
    (project.source / "a.docx").write_bytes(b"no zip")
    assert list(project.units([])) == []
    assert "OmegaT may show its codes otherwise" in caplog.text
