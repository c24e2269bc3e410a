"""A language: Galician, as far as an example needs it."""

from tm.language.languages import Language

GALICIAN = Language(
    tag="gl",
    contractions={"ao": ("a", "o"), "do": ("de", "o")},
    stop_words=frozenset("a ao as con da de do e en o os ou para por que se un unha".split()),
    articles={"o": "masculine", "a": "feminine", "os": "masculine", "as": "feminine"},
    linking=frozenset("de a en para por con".split()),
    numerals={"cero": 0, "dous": 2, "tres": 3, "catro": 4, "cinco": 5, "dez": 10, "vinte": 20},
    scales={"mil": 1000},
    months={"xaneiro": 1, "febreiro": 2, "marzo": 3, "abril": 4, "maio": 5, "xuño": 6},
    doubles=frozenset(["moi"]),
)
