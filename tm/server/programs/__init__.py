"""The protocols of other programs: one file each, which says which program speaks it and how it reads the answer.

In: requests as the programs send them. Out: answers as they read them. Each module has ``routes``; all look
texts up with ``lookup.py``. Start with ``tmserver.py``.
"""

from tm.server.programs import apertium, libre, mymemory, tmserver, tmserver_writing

ROUTES = [
    *tmserver.routes,
    *tmserver_writing.routes,
    *apertium.routes,
    *libre.routes,
    *mymemory.routes,
]
"""The routes of all protocols."""

__all__ = ["ROUTES"]
