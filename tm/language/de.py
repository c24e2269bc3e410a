"""German. Its abbreviations are in ``rules.srx``, its letters in ``profiles.py``."""

from tm.language.languages import Language

GERMAN = Language(tag="de", capital_nouns=True)
