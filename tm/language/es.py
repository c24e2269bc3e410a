"""Spanish. Its abbreviations are in ``rules.srx``, its letters in ``profiles.py``."""

from tm.language.languages import Language

SPANISH = Language(
    tag="es",
    contractions={"al": ("a", "el"), "del": ("de", "el")},
    articles={"el": "masculine", "la": "feminine", "los": "masculine", "las": "feminine"},
    months={
        "enero": 1,
        "febrero": 2,
        "marzo": 3,
        "abril": 4,
        "mayo": 5,
        "junio": 6,
        "julio": 7,
        "agosto": 8,
        "septiembre": 9,
        "octubre": 10,
        "noviembre": 11,
        "diciembre": 12,
    },
    doubles=frozenset({"muy"}),
)
