"""From which language into which: one place decides, whatever the verb."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm import bcp47
from tm.direction import UNDECIDED, Direction, decided, decided_for_documents, not_there, parsed
from tm.errors import OptionError

TAGS = ["fr", "pt-BR", "pt", "en", "de", "FR", "pt_PT", "es-MX"]
tags = st.lists(st.sampled_from(TAGS), max_size=4)
asked = st.builds(Direction, *[st.sampled_from(["", "fr", "pt-BR", "en", "de"])] * 2)


@given(asked, tags, tags)
def test_what_is_asked_for_is_never_changed(asked, in_file, in_memory):
    direction = decided(asked, in_file, in_memory)
    assert not asked.source or direction.source == asked.source
    assert not asked.target or direction.target == asked.target


@given(tags, tags)
def test_a_direction_that_is_found_has_two_languages(in_file, in_memory):
    direction = decided(UNDECIDED, in_file, in_memory)
    assert not direction.is_known or direction.source != direction.target


@given(st.permutations(["fr", "pt-BR"]), st.permutations(["fr", "pt"]))
def test_the_order_of_french_and_portuguese_texts_does_not_matter(order, memory_order):
    assert decided_for_documents(UNDECIDED, order) == Direction("fr", "pt-BR")
    assert bcp47.base(decided_for_documents(UNDECIDED, order, memory_order).source) == memory_order[0]


@pytest.mark.parametrize(
    ("asked", "texts", "memory", "expected"),
    [
        (UNDECIDED, ["en", "pt"], [], "en → pt"),
        (UNDECIDED, ["pt", "en"], [], "pt → en"),
        (Direction(target="fr"), ["pt", "fr"], [], "pt → fr"),
        (Direction("pt"), ["fr", "pt"], [], "pt → fr"),
        (UNDECIDED, ["en", "de"], ["de", "en"], "de → en"),
        (UNDECIDED, ["pt-BR", "fr"], ["en", "es"], "fr → pt-BR"),
        (UNDECIDED, ["pt-BR", "fr"], ["en", "pt"], "fr → pt-BR"),
        (UNDECIDED, ["pt-BR", "pt-PT"], [], "pt-BR → pt-PT"),
        (UNDECIDED, ["fr"], [], "fr → ?"),
        (UNDECIDED, [], [], "? → ?"),
    ],
)
def test_texts_are_translated_as_the_memory_does_then_from_french_then_in_order(
    asked, texts, memory, expected
):
    assert str(decided_for_documents(asked, texts, memory)) == expected


@pytest.mark.parametrize(
    ("asked", "in_file", "in_memory", "expected"),
    [
        (UNDECIDED, ["en", "fr"], ["fr", "en"], "en → fr"),
        (UNDECIDED, ["de"], ["fr", "pt"], "fr → pt"),
        (UNDECIDED, ["fr"], ["pt", "fr"], "fr → pt"),
        (Direction(target="fr-CA"), [], ["fr", "pt"], "pt → fr-CA"),
        (Direction("pt-BR"), ["pt-BR", "pt-PT"], [], "pt-BR → pt-PT"),
    ],
)
def test_a_file_goes_before_the_memory_unless_the_memory_lacks_its_languages(
    asked, in_file, in_memory, expected
):
    assert str(decided(asked, in_file, in_memory)) == expected


def test_tags_are_taken_in_any_spelling_and_what_is_none_is_refused():
    assert parsed("FRA", "pt_br") == Direction("fr", "pt-BR")
    assert parsed() == UNDECIDED
    for wrong in ("klingonese", "French"):
        with pytest.raises(OptionError, match="not a language tag; write it like"):
            parsed(target=wrong)
    with pytest.raises(OptionError, match="both fr; two were expected"):
        parsed("fr", "FR")


def test_a_direction_that_is_not_there_is_one_message_and_one_exit_code():
    error = not_there(Direction("fr", "de"), 3, ["fr", "fr", "pt_br"], path="news.tm", noun="concepts")
    assert (str(error), error.exit_code) == ("news.tm: 0 of 3 concepts are fr → de; found: fr, pt-BR", 3)
    assert str(not_there(UNDECIDED, 1, [])) == "is in no known language; say the languages with -s and -t"
