"""A pair of languages that is not there: one message and one exit code in every verb."""

import sys

import pytest

from tm.cli import main
from tm.formats import read_concepts, write_concepts
from tm.model import Segment, Unit, Variant
from tm.store import open_store

VERBS = {
    "find": ["find", "Le pain"],
    "find in the translations": ["find", "O pão", "--in", "target"],
    "find words": ["find", "pain", "--words"],
    "analyze": ["analyze", "job.txt"],
    "pretranslate": ["pretranslate", "job.txt", "-o", "out.txt"],
    "export": ["export", "out.tmx"],
    "stats": ["stats"],
    "stats of a file": ["stats", "memory.tmx"],
    "stats of a glossary": ["stats", "terms.tbx"],
    "terms extract": ["terms", "extract"],
    "terms extract from a file": ["terms", "extract", "memory.tmx"],
    "terms list": ["terms", "list", "--glossary", "terms.tbx"],
    "terms list of a table": ["terms", "list", "--glossary", "terms.csv"],
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TM_MEMORY", raising=False)
    with open_store("memory.tm", create=True) as store:
        store.add([Unit((Variant("fr", Segment("Le pain")), Variant("pt-BR", Segment("O pão"))))])
    (tmp_path / "job.txt").write_text("Le pain\n", encoding="utf-8")
    (tmp_path / "terms.csv").write_text("fr,pt-BR,status\npain,pão,approved\n", encoding="utf-8")
    write_concepts("terms.tbx", read_concepts("terms.csv"))
    monkeypatch.setattr(sys, "argv", ["tm", "export", "memory.tmx"])
    with pytest.raises(SystemExit):
        main()
    return tmp_path


def run(monkeypatch, capfd, *words):
    capfd.readouterr()
    monkeypatch.setattr(sys, "argv", ["tm", *words])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code, capfd.readouterr()


@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS)
def test_a_pair_that_is_not_there_is_one_message_and_exit_code_3(folder, monkeypatch, capfd, words):
    code, printed = run(monkeypatch, capfd, *words, "-s", "fr", "-t", "de")
    path = next((word for word in ("memory.tmx", "terms.tbx", "terms.csv") if word in words), "memory.tm")
    noun = {"terms.tbx": "concepts", "terms.csv": "terms"}.get(path, "units")
    assert printed.err == f"{path}: 0 of 1 {noun} are fr → de; found: fr, pt-BR\n"
    assert (code, printed.out) == (3, "")
    assert not (folder / "out.txt").exists()
    assert not (folder / "out.tmx").exists()


@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS)
def test_a_pair_that_is_there_in_another_region_is_fine(folder, monkeypatch, capfd, words):
    code, printed = run(monkeypatch, capfd, *words, "-s", "fr-CA", "-t", "pt")
    assert (code, "found:" in printed.err) == (0, False)
