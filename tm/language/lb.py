"""Luxembourgish."""

from tm.language.languages import Language

LUXEMBOURGISH = Language(tag="lb", capital_nouns=True)
