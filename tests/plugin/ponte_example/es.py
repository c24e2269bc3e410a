"""A language: Spanish, as far as an example needs it."""

from tm.language.languages import Language

SPANISH = Language(
    tag="es",
    contractions={"al": ("a", "el"), "del": ("de", "el")},
    stop_words=frozenset(
        "a al con de del el en es esta la las lo los no o para por que se su un una y".split()
    ),
    articles={"el": "masculine", "la": "feminine", "los": "masculine", "las": "feminine"},
    linking=frozenset("de a en para por con".split()),
    numerals={"cero": 0, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "diez": 10, "veinte": 20},
    scales={"mil": 1000},
    months={"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6},
    doubles=frozenset(["muy"]),
)
