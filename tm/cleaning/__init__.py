"""Which units of a memory are bad, and which of them can be repaired. Start with ``washing.py``."""
