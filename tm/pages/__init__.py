"""What translators read: concepts and alignments as HTML pages of one file each.

In: concepts or aligned texts. Out: a page as a string: no network, no clock, everything escaped, readable
without JavaScript, under a Content-Security-Policy that allows only the page's own style and script. Start
with ``page.py``. ``messages.py`` has the words of pages and of the command line in other languages.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.pages.alignment import alignment_page
    from tm.pages.glossary import glossary_page

__all__ = ["alignment_page", "glossary_page"]


def __getattr__(name: str) -> object:
    """Load a page when it is first asked for: the command line in other languages needs the words alone."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{name.removesuffix('_page')}"), name)
    globals()[name] = value
    return value
