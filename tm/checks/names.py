"""Options and paths: what a command takes and what a system has is not translated.

>>> NAMES.messages("Avec --force.", "Com --força.")
['option --force in the source, --força in the translation']
"""

from tm.checks.syntaxes import of_group

NAMES = of_group("name", "Options and paths lost or changed.")
