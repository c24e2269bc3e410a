"""Syntaxes of placeholders and markup, one file each: how to find them, and what a translation must keep.

In: a source and its translation. Out: faults, each with its places in both; or the placeholders of one text.
A new syntax is one file with one ``Syntax`` value. Start with ``syntax.py``, then ``comparison.py``.
"""

from tm.language.syntaxes.comparison import chosen_syntaxes, faults, parts, syntaxes
from tm.language.syntaxes.syntax import Fault, Part, Sides, Syntax, blanked

__all__ = ["Fault", "Part", "Sides", "Syntax", "blanked", "chosen_syntaxes", "faults", "parts", "syntaxes"]
