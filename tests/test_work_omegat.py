"""An OmegaT project: made, brought up to date, and nothing of a person's touched."""

import re
from xml.etree import ElementTree as ET

import pytest

from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, OptionError
from tm.work import omegat_segmentation
from tm.work.omegat import found_documents, is_project, open_project

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
    assert len(bean.findall(".//*[@class='org.omegat.core.segmentation.MapRule']")) == 8
    rules = omegat_segmentation.rules()[-1].rules[-1]
    assert rules.breaks
    assert re.match(r"\(\?U\)\[\.!\?", rules.before)
