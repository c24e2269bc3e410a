"""Placeholders: ``%s``, ``{name}``, ICU messages; a program fills them in, and fails without them.

>>> PLACEHOLDERS.messages("%s pages de {titre}", "{titulo} tem %s páginas")
['placeholder {titre} in the source, {titulo} in the translation']
"""

from tm.checks.syntaxes import of_group

PLACEHOLDERS = of_group("placeholder", "Placeholders such as %s, {name}, ICU messages lost, added or broken.")
