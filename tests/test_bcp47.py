"""Language tags, written one way."""

from itertools import product
from string import ascii_lowercase, ascii_uppercase

import langcodes
from hypothesis import given
from hypothesis import strategies as st

from tm.bcp47 import base, canonical, choose, is_tag


def test_what_is_known_to_stay_is_what_langcodes_leaves_alone():
    assert canonical("") == ""
    languages = ["".join(letters) for letters in product(ascii_lowercase, repeat=2)]
    regions = [f"pt-{''.join(letters)}" for letters in product(ascii_uppercase, repeat=2)]
    for tag in [*languages, *regions, "und", "und-BR"]:
        assert canonical(tag) == langcodes.standardize_tag(tag)


TAGS = st.sampled_from(
    ["fr", "FR", "fr-CA", "fr_FR", "pt", "pt-BR", "PT-br", "pt-PT", "zh-Hans", "odd tag", ""]
)


@given(TAGS)
def test_a_canonical_tag_stays(tag):
    assert canonical(canonical(tag)) == canonical(tag)


@given(TAGS, st.lists(TAGS, max_size=4))
def test_the_same_language_serves_and_the_nearest_tag_first(tag, available):
    def distance(candidate):
        if canonical(candidate) == canonical(tag):
            return 0
        if base(candidate) != base(tag):
            return 3
        return 1 if canonical(candidate) == base(candidate) else 2

    nearest = min(available, key=distance, default=None)
    expected = nearest if nearest is not None and distance(nearest) < 3 else None
    assert choose(tag, available) == expected


def test_a_tag_must_be_well_formed_and_its_language_exist():
    assert [is_tag(tag) for tag in ("pt_BR", "zh-Hans-CN", "xx-BR", "p", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_spaces_around_a_tag_do_not_matter():
    assert canonical(" PT-br ") == "pt-BR"
