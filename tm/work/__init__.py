"""What a verb does: one library call each, values in, values out; the command line, Python and a server call
the same.

Start with ``building.py`` (two documents to a memory, a glossary and pages: it is the recipe), then
``jobs.py`` (new translations as any verb takes them) and ``memories.py`` (the memories that a verb looks
into).
"""
