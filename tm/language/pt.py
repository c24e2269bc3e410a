"""Portuguese, both varieties."""

from tm.language.languages import Language

PORTUGUESE = Language(
    tag="pt",
    elisions=frozenset({"d"}),
)
