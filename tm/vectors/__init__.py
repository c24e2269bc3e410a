"""Sentence vectors: texts as rows of numbers, which point the same way where texts mean the same.

Everything works without them. They help to align free translations (``tm.alignment.likeness``) and find units by
what they mean. ``models`` is the door for whatever makes vectors; ``encoder`` opens up the small model of the
extra ``[vectors]``; ``small`` keeps a number of a vector in one byte.
"""

from __future__ import annotations

from tm.vectors.models import Embed, Model, Plain, check_languages, opened, opener, unknown_languages

__all__ = ["Embed", "Model", "Plain", "check_languages", "opened", "opener", "unknown_languages"]
