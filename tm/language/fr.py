"""French."""

from tm.language.languages import Language

FRENCH = Language(
    tag="fr",
    elisions=frozenset("l d j m n s t c qu jusqu lorsqu puisqu quoiqu quelqu presqu".split()),
    contractions={"du": ("de", "le"), "des": ("de", "les"), "au": ("à", "le"), "aux": ("à", "les")},
)
