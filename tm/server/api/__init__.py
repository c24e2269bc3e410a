"""Our own protocol, ``/api/v1``: one file for each kind of thing asked about.

In: requests that fit the schemas. Out: JSON that fits them, too. Each module has ``OPERATIONS``; ``openapi.py``
describes them all. Start with ``search.py``.
"""

from tm.server.api import jobs, search, terms, texts, units

OPERATIONS = (*search.OPERATIONS, *units.OPERATIONS, *terms.OPERATIONS, *texts.OPERATIONS, *jobs.OPERATIONS)
"""All operations of the API."""

PREFIX = "/api/v1"

__all__ = ["OPERATIONS", "PREFIX"]
