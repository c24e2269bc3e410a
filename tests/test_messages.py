"""The words of the pages in other languages."""

import functools
import json
import re
import runpy
import sys
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner

from tm.checks import run_checks
from tm.cli import VERBS, group
from tm.direction import Direction
from tm.document import Bead, Text
from tm.model import Pair, Segment
from tm.pages import alignment_page
from tm.pages.messages import LANGUAGES, messages, preferred
from tm.pages.sentences import in_language

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))  # what the script imports stands beside it
CATALOGUES = runpy.run_path(str(Path(__file__).parents[1] / "docs" / "make_catalogues.py"))
OTHERS = [tag for tag in LANGUAGES if tag != "en"]
KINDS = list(CATALOGUES["KINDS"])
# The texts of a kind are collected once for all languages.
CATALOGUES["KINDS"].update(
    {kind: functools.cache(lambda texts=texts: [*texts()]) for kind, texts in CATALOGUES["KINDS"].items()}
)
NAME = re.compile(r"\{\w+(?:![a-z])?\}|%\(\w+\)s")
OPTION = re.compile(rf"--[a-z][a-z-]+|\btm (?:{'|'.join(VERBS)})\b|\bTM_[A-Z]+")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_has_all_texts_and_no_others(tag, kind):
    kept = polib.pofile(CATALOGUES["file_of"](tag, kind).read_text(encoding="utf-8"))
    wanted = polib.pofile(CATALOGUES["catalogue"](tag, kind))
    texts = [{(entry.msgid, entry.msgid_plural) for entry in entries} for entries in (kept, wanted)]
    assert texts[0] ^ texts[1] == set(), "python docs/make_catalogues.py makes it anew"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tag", OTHERS)
def test_all_texts_are_translated_with_the_same_names_in_braces(tag, kind):
    for entry in polib.pofile(CATALOGUES["file_of"](tag, kind).read_text(encoding="utf-8")):
        assert not entry.fuzzy, entry.msgid
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
        for english, other in pairs:
            assert other, english
            assert {*NAME.findall(other)} >= {*NAME.findall(english)}, english
            assert {*NAME.findall(other)} <= {*NAME.findall(entry.msgid + entry.msgid_plural)}, english


@pytest.mark.parametrize("tag", OTHERS)
def test_help_names_the_same_options_and_commands_in_every_language(tag):
    for english, other in messages(tag, "command").texts.items():
        assert sorted(OPTION.findall(english)) == sorted(OPTION.findall(other)), english


def test_nothing_in_the_words_of_a_script_ends_its_element():
    assert all("<" not in messages(tag).script for tag in LANGUAGES)


def test_a_browser_gets_the_language_that_it_wants_most_of_those_there_are():
    assert preferred("de;q=0.9, pt-PT;q=0.7, fr;q=0.8") == "fr"
    assert preferred("xx, *;q=0.5, nonsense;;;") == "en"


def test_a_page_of_one_file_is_in_the_language_that_was_asked_for():
    texts = Text(("Il pleut.",), language="fr"), Text((), language="pt-BR")
    page = alignment_page([(*texts, [Bead((0,), (), 0.9)])], title="Chuva", language="pt-BR")
    assert '<html lang="pt-BR"' in page
    assert "1 sem equivalente" in page


@pytest.mark.parametrize(
    ("given", "system", "expected"),
    [
        (["--language", "fr"], "pt_BR.UTF-8", "fr"),
        ([], "pt_BR.UTF-8", "pt-BR"),
        ([], "de_AT.UTF-8", "en"),
        ([], "C.UTF-8", "en"),
    ],
)
def test_a_page_speaks_the_language_of_the_system_unless_another_is_asked_for(
    tmp_path, given, system, expected
):
    (tmp_path / "g.tsv").write_text("fr\tpt\nfour\tforno\n", encoding="utf-8")
    page = tmp_path / "g.html"
    arguments = ["export", str(page), "--terms", str(tmp_path / "g.tsv"), *given]
    environment = {"TM_LANGUAGE": "", "LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": system}
    result = CliRunner().invoke(group, arguments, env=environment, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert f'<html lang="{expected}"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", OTHERS)
def test_what_checks_find_is_said_in_every_language(tag):
    """The findings of all cases: none has more than a word of English left."""
    cases = json.loads((Path(__file__).parent / "cases" / "checks.json").read_text(encoding="utf-8"))
    english = re.compile(r"\b(the|is|are|source|translation|stands|before|after|inside|number|placeholder)\b")
    for case in cases:
        languages = Direction(*case.get("languages", ["fr", "pt-BR"]))
        pair = Pair(Segment(case["source"]), Segment(case["target"]))
        for finding in run_checks([pair], languages, only=[case["check"]]):
            own = set(english.findall(in_language(finding.message, tag)))
            assert own <= {*english.findall(f"{pair.source.text} {pair.target.text}"), "source"}, (
                finding.message
            )


def test_a_sentence_with_a_semicolon_in_its_value_is_known():
    assert in_language("the entity &amp ; x; is broken", "pt-BR") == "a entidade &amp ; x; está quebrada"


def test_what_no_text_fits_stays_in_english():
    assert in_language("this is a folder; and now to something else", "fr").endswith(
        "; and now to something else"
    )
    assert in_language("this is a folder", "en") == "this is a folder"


def test_the_page_of_a_score_says_findings_in_its_language(tmp_path):
    (tmp_path / "job.tsv").write_text("fr\tpt\nEn 2018.\tEm 2008.\n", encoding="utf-8")
    page = tmp_path / "score.html"
    arguments = ["score", "job.tsv", "-m", "m.tm", "--html", str(page), "--language", "pt-BR"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        CliRunner().invoke(group, ["add", "job.tsv", "-m", "m.tm"], catch_exceptions=False)
        CliRunner().invoke(group, arguments, catch_exceptions=False)
    assert "número 2018 na origem, 2008 na tradução" in page.read_text(encoding="utf-8")
