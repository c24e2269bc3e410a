"""The workbench: the pages for people, one file each; how a page is added stands in ``tm/server/__init__.py``.

``page.py`` says what a page is and makes its route. Each module has a ``PAGE``, and ``OPERATIONS`` for what its
script asks for beside ``/api/v1``. Start with ``search.py``.
"""

from tm.server.pages import alignment, job, memory, search, terms, terms_import

PAGES = [search.PAGE, memory.PAGE, terms.PAGE, alignment.PAGE, job.PAGE]
"""All pages, in the order in which they are offered."""

OPERATIONS = [
    *search.OPERATIONS,
    *terms.OPERATIONS,
    *terms_import.OPERATIONS,
    *alignment.OPERATIONS,
    *job.OPERATIONS,
]
"""What the scripts of the pages ask for, below ``/pages``."""

__all__ = ["OPERATIONS", "PAGES"]
