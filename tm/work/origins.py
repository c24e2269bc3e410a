"""How units were made: the words for it, and which of them cost a match something."""

from __future__ import annotations

import difflib
import logging

from tm.choices import check_choice

log = logging.getLogger(__name__)

EDITED = "edited"
"""The origin of a unit whose text a person has changed or confirmed."""

PERSONS = (EDITED, "reviewed")
"""Origins by which a person vouches for a unit; they cost a match nothing."""

ORIGINS = ("imported", "aligned", "unreviewed", "machine")
"""How units were made; the last three cost a match something (docs/metrics.md). Other words cost none."""


def check_origin(origin: str) -> None:
    """Refuse a misspelt origin; one of somebody's own is allowed, and it is logged that it costs nothing.

    Raises:
        OptionError: it is nearly one of ours, which is named.

    >>> check_origin("machin")
    Traceback (most recent call last):
    tm.errors.OptionError: origin is 'machin'; one of these was expected: imported, aligned, unreviewed, machine; did you mean machine?
    >>> check_origin("reviewed")
    """
    if origin and origin not in (*ORIGINS, *PERSONS):
        if difflib.get_close_matches(origin.casefold(), ORIGINS, 1, 0.8):
            check_choice("origin", origin, ORIGINS)
        log.warning("origin %s: none of %s; it will cost a match nothing", origin, ", ".join(ORIGINS))
