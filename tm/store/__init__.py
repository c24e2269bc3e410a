"""Units kept, and the candidates for a text found among them.

In: units from files and alignments. Out: the same units in order, and by number the units like a given text.
Start with ``protocol.py`` (what a memory can do). ``sqlite.py`` keeps the units in one file, ``addition.py``
decides what a new unit means for the stored ones, ``index.py`` finds the units that are worth comparing.
"""

from tm.store.addresses import Backend, open_store, renew
from tm.store.protocol import Added, Change, OnSame, Store
from tm.store.stored import Stored
from tm.store.texts import Texts
from tm.store.wildcards import OneOf, Prefix, Unaccented, UnaccentedPrefix, fits

__all__ = [
    "Added",
    "Backend",
    "Change",
    "OnSame",
    "OneOf",
    "Prefix",
    "Store",
    "Stored",
    "Texts",
    "Unaccented",
    "UnaccentedPrefix",
    "fits",
    "open_store",
    "renew",
]
