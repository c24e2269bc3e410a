"""Quantities: the numbers, dates, times, measures and sums of money of a text, by what they come to.

In: a text and its language. Out: its ``Quantity`` values; of two texts, what only one of them has, or has
otherwise (``differences``). Start with ``reading.py``.
"""

from tm.language.quantities.quantity import Quantity
from tm.language.quantities.reading import quantities

__all__ = ["Quantity", "quantities"]
