"""Access keys: ``&File``, ``_Open``; a menu without them cannot be reached by keys.

>>> ACCELERATORS.messages("&Ouvrir", "Abrir")
['access key of &O is not in the translation']
"""

from tm.checks.syntaxes import of_group

ACCELERATORS = of_group("accelerator", "Access keys such as &File, _Open lost.")
