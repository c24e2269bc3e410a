"""German. Its abbreviations are in ``rules.srx``, its letters in ``profiles.py``."""

from tm.language.languages import Language

GERMAN = Language(
    tag="de",
    months={
        "januar": 1,
        "februar": 2,
        "märz": 3,
        "april": 4,
        "mai": 5,
        "juni": 6,
        "juli": 7,
        "august": 8,
        "september": 9,
        "oktober": 10,
        "november": 11,
        "dezember": 12,
    },
    capital_nouns=True,
)
