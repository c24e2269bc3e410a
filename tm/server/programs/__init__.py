"""The protocols of other programs: one file each, which says which program speaks it and how it reads the answer.

In: requests as the programs send them. Out: answers as they read them. Each module has ``routes``; all look
texts up with ``lookup.py``. Start with ``tmserver.py``.
"""

from tm.server.programs import tmserver

ROUTES = [*tmserver.routes]
"""The routes of all protocols."""

__all__ = ["ROUTES"]
