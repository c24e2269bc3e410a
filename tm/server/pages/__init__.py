"""The pages for people, one file each; how a page is added stands in ``tm/server/__init__.py``.

``page.py`` says what a page is and makes its route. Start with ``home.py``.
"""

from tm.server.pages import home

PAGES = [home.PAGE]
"""All pages, in the order in which they are offered."""

__all__ = ["PAGES"]
