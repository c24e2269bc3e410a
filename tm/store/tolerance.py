"""How far a likeness may lie below the least one and still count: shared by all that compare tokens."""

EPSILON = 1e-9
"""So that 7 of 10 tokens are 0.7, whatever floating point makes of it."""

SLACK = 1e-4
"""What rapidfuzz's own cut-off is set lower by: rapidfuzz 3.14 does not take 2 of 5 for 0.4 - 1e-9."""
