"""Ponte: translation memory, terminology and scoring.

Two documents go in; a memory, a glossary and a score come out. The tour, in reading order:

``tm.model``        the nouns: segment, unit, bead, match, concept, term, finding, score
``tm.work.building``        the main job, which reads like the recipe it is
``tm.language``     what knows what a word and a sentence is
``tm.formats``      files to units, concepts and documents, and back
``tm.alignment``    two lists of segments to beads
``tm.memory``       units kept and found again
``tm.terminology``  aligned units to a glossary
``tm.scoring``      new translations against memory and glossary, with ``tm.checks``
``tm.cli``          the command
"""

__version__ = "0.1.0"
