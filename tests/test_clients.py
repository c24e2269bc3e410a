"""Real programs read what we write: OmegaT fills a project from our memory and reads our glossary; Chromium shows our pages."""

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tm.build import build
from tm.formats import read_concepts, read_units

pytestmark = pytest.mark.client

ROOT = Path(__file__).parent.parent
OMEGAT = Path(os.environ.get("OMEGAT_JAR", "/usr/share/omegat/OmegaT.jar"))
FOLDERS = ("source", "target", "omegat", "tm/auto", "glossary", "dictionary", "conf")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    build([ROOT / "seeds"], folder)
    return folder


def java(*arguments):
    done = subprocess.run(
        ["java", "-Djava.awt.headless=true", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def project_file():
    settings = {
        **dict.fromkeys(
            ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir"),
            "__DEFAULT__",
        ),
        "source_lang": "FR",
        "target_lang": "PT-BR",
        "sentence_seg": "false",
        "support_default_translations": "true",
        "remove_tags": "false",
    }
    root = ET.Element("omegat")
    project = ET.SubElement(root, "project", version="1.0")
    for name, value in settings.items():
        ET.SubElement(project, name).text = value
    return ET.tostring(root, encoding="unicode")


def test_omegat_fills_every_segment_from_our_memory(out, tmp_path):
    for name in FOLDERS:
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "omegat.project").write_text(project_file(), encoding="utf-8")
    pairs = {}
    for unit in read_units(out / "memory.tmx"):
        pair = unit.pair("fr", "pt-BR")
        pairs.setdefault(pair.source.text, pair.target.text)
    (tmp_path / "source" / "job.txt").write_text("\n\n".join(pairs), encoding="utf-8")
    (tmp_path / "tm" / "auto" / "memory.tmx").write_bytes((out / "memory.tmx").read_bytes())
    java("-jar", OMEGAT, "--mode=console-translate", f"--config-dir={tmp_path / 'conf'}", tmp_path)
    translated = (tmp_path / "target" / "job.txt").read_text(encoding="utf-8").split("\n\n")
    assert translated == list(pairs.values())


def test_omegat_reads_our_glossaries(out):
    printed = java(
        "-cp",
        OMEGAT,
        ROOT / "tests/clients/ReadGlossaries.java",
        "FR",
        "PT-BR",
        out / "glossary.tbx",
        out / "glossary.utf8",
    )
    read = {tuple(line.split("\t")) for line in printed.splitlines()}
    for concept in read_concepts(out / "glossary.tsv"):
        wanted = (concept.of("fr")[0].text, concept.of("pt-BR")[0].text)
        assert {("glossary.tbx", *wanted), ("glossary.utf8", *wanted)} <= read


@pytest.mark.parametrize("page", ["glossary.html", "alignment.html"])
def test_chromium_shows_our_pages(out, tmp_path, page):
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path}", "--enable-logging=stderr", "--v=0",
         "--dump-dom", f"file://{out / page}"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "apprentissage en profondeur" in done.stdout
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
