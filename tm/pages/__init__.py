"""What translators read: concepts and alignments as HTML pages of one file each.

In: concepts or aligned texts. Out: a page as a string: no network, no clock, everything escaped, readable
without JavaScript, under a Content-Security-Policy that allows only the page's own style and script. Start
with ``page.py``.
"""

from tm.pages.alignment import alignment_page
from tm.pages.glossary import glossary_page

__all__ = ["alignment_page", "glossary_page"]
