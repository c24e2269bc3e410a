r"""Escapes and line breaks: a text with another number of lines is shown otherwise.

>>> ESCAPES.messages(r"Nom :\nLieu :", r"Nome: Lugar:")
['\\n once in the source, not in the translation']
"""

from tm.checks.syntaxes import of_group

ESCAPES = of_group("escape", r"Escapes such as \n, and line breaks lost or added.")
