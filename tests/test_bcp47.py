"""Language tags, written one way."""

from itertools import product
from string import ascii_lowercase, ascii_uppercase

import langcodes

from tm.bcp47 import canonical


def test_what_is_known_to_stay_is_what_langcodes_leaves_alone():
    assert canonical("") == ""
    languages = ["".join(letters) for letters in product(ascii_lowercase, repeat=2)]
    regions = [f"pt-{''.join(letters)}" for letters in product(ascii_uppercase, repeat=2)]
    for tag in [*languages, *regions, "und", "und-BR"]:
        assert canonical(tag) == langcodes.standardize_tag(tag)
