"""How far a likeness may lie below the minimum and still count: shared by all code that compares tokens."""

EPSILON = 1e-9
"""So that 7 of 10 tokens are 0.7, whatever floating point makes of it."""

SLACK = 1e-4
"""rapidfuzz gets a cut-off lower by this much: rapidfuzz 3.14 rejects 2 of 5 tokens at a cut-off of 0.4 -
1e-9."""
