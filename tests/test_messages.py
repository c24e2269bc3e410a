"""The words of the pages in other languages."""

import re
import runpy
from pathlib import Path

import polib
import pytest

from tm.pages.messages import LANGUAGES, messages, preferred

CATALOGUES = runpy.run_path(str(Path(__file__).parents[1] / "docs" / "make_catalogues.py"))
OTHERS = [tag for tag in LANGUAGES if tag != "en"]


@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_has_all_texts_of_the_pages_and_no_others(tag):
    kept = (CATALOGUES["LOCALE"] / f"{tag}.po").read_text(encoding="utf-8")
    assert kept == CATALOGUES["catalogue"](tag), "python docs/make_catalogues.py makes it anew"


@pytest.mark.parametrize("tag", OTHERS)
def test_all_texts_are_translated_with_the_same_names_in_braces(tag):
    for entry in polib.pofile((CATALOGUES["LOCALE"] / f"{tag}.po").read_text(encoding="utf-8")):
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        names = set(re.findall(r"\{\w+\}", entry.msgid_plural or entry.msgid))
        for form in forms:
            assert form, entry.msgid
            assert set(re.findall(r"\{\w+\}", form)) == names, entry.msgid


def test_nothing_in_the_words_of_a_script_ends_its_element():
    assert all("<" not in messages(tag).script for tag in LANGUAGES)


def test_a_browser_gets_the_language_that_it_wants_most_of_those_there_are():
    assert preferred("de;q=0.9, pt-PT;q=0.7, fr;q=0.8") == "fr"
    assert preferred("xx, *;q=0.5, nonsense;;;") == "en"
