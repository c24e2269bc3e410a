"""The face for Python: plain strings in, the nouns of ``tm.model`` out. ``import tm`` hands these names on.

Start with ``functions.py`` (one call for one job), then ``lookup.py`` (what is found in a memory),
``memory.py`` (units taken in and changed) and ``recogniser.py`` (a glossary for many texts).
``given.py`` turns what a caller gives (strings, tuples, paths) into the nouns. docs/python.md is the tour; a
test runs it.
"""
