"""What translators read: concepts and alignments as HTML pages of one file each.

In go concepts or aligned texts, out comes a page as a string: no network, no clock, everything escaped, readable without
JavaScript, under a Content-Security-Policy that lets only the page's own style and script work. Start with ``page.py``.
"""

from tm.pages.alignment import alignment_page
from tm.pages.glossary import glossary_page

__all__ = ["alignment_page", "glossary_page"]
