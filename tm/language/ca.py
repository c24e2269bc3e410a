"""Catalan."""

from tm.language.languages import Language

CATALAN = Language(
    tag="ca",
    elisions=frozenset("d l m n s t".split()),
    contractions={
        "al": ("a", "el"),
        "als": ("a", "els"),
        "del": ("de", "el"),
        "dels": ("de", "els"),
        "pel": ("per", "el"),
        "pels": ("per", "els"),
    },
)
