"""What each verb does with units that are not finished, or not to be translated."""

import json

import pytest
from click.testing import CliRunner

from tm.cli import group
from tm.formats import read_units

ROWS = [
    ("Le sel.", "O sal.", "translated"),
    ("Le poivre.", "", ""),
    ("Le sucre.", "O açúcar", "fuzzy"),
    ("La farine.", "A farinha.", "needs-review-translation"),
    ("L’huile.", "O óleo.", "final"),
    ("Le miel.", "O mel.", "who-knows"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = "".join("\t".join(row) + "\n" for row in [("fr", "pt", "state"), *ROWS])
    (tmp_path / "job.tsv").write_text(table, encoding="utf-8")
    units = "".join(
        f'<trans-unit id="{number}"><source>{source}</source><target state="{state or "new"}">{target}</target></trans-unit>'
        for number, (source, target, state) in enumerate(ROWS, 1)
    )
    locked = '<trans-unit id="7" translate="no"><source>Le beurre.</source><target>Le beurre.</target></trans-unit>'
    (tmp_path / "job.xlf").write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="fr"'
        f' target-language="pt" original="a" datatype="x"><body>{units}{locked}</body></file></xliff>',
        encoding="utf-8",
    )
    (tmp_path / "known.tsv").write_text(
        "fr\tpt\n" + "".join(f"{source}\tsabido\n" for source, *_ in ROWS), encoding="utf-8"
    )
    return tmp_path


def run(*arguments):
    shown = CliRunner().invoke(group, arguments)
    assert shown.exit_code == 0, shown.output
    return shown


@pytest.mark.parametrize("name", ["job.tsv", "job.xlf"])
def test_a_memory_takes_what_is_finished_from_any_format(folder, name):
    fields = json.loads(run("add", name, "-m", "m.tm", "--json").stdout)
    locked = name == "job.xlf"
    assert (fields["added"], fields["unfinished"]) == (2 + locked, 4)
    assert "left out: 1 untranslated, 3 drafts" in run("add", name, "-m", "other.tm").stdout


def test_what_is_not_to_be_translated_is_no_part_of_an_analysis(folder):
    run("add", "known.tsv", "-m", "m.tm")
    fields = json.loads(run("analyze", "job.xlf", "-m", "m.tm", "--json").stdout)
    assert sum(band["segments"] for band in fields["total"]["bands"]) == 6
    assert fields["total"]["unfinished"] == 4
    assert "4 unfinished: 1 waits for translation, 3 drafts" in run("analyze", "job.xlf", "-m", "m.tm").stderr


def test_pretranslation_replaces_guesses_and_leaves_what_somebody_wrote(folder):
    run("add", "known.tsv", "-m", "m.tm")
    run("pretranslate", "job.xlf", "-o", "out.xlf", "-m", "m.tm")
    filled = [unit.variants[1].segment.text for unit in read_units("out.xlf")]
    expected = ["O sal.", "sabido", "sabido", "A farinha.", "O óleo.", "O mel.", "Le beurre."]
    assert filled == expected
