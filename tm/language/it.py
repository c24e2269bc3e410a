"""Italian."""

from tm.language.languages import Language

ITALIAN = Language(
    tag="it",
    elisions=frozenset(
        """
        all bell c ch coll com d dall dell gl grand l m mezz n nell nessun neanch pover quand quant
        quell quest s sant senz sull t tutt un v vent
        """.split()
    ),
    contractions={
        f"{joined}{ending}": (preposition, article)
        for joined, preposition in (("a", "a"), ("da", "da"), ("de", "di"), ("ne", "in"), ("su", "su"))
        for ending, article in (
            ("l", "il"),
            ("llo", "lo"),
            ("lla", "la"),
            ("i", "i"),
            ("gli", "gli"),
            ("lle", "le"),
            ("ll'", "l'"),
        )
    },
    months={
        "gennaio": 1,
        "febbraio": 2,
        "marzo": 3,
        "aprile": 4,
        "maggio": 5,
        "giugno": 6,
        "luglio": 7,
        "agosto": 8,
        "settembre": 9,
        "ottobre": 10,
        "novembre": 11,
        "dicembre": 12,
    },
)
