"""Markup in the text: tags, links, code; without it a page looks otherwise, or leads elsewhere.

>>> MARKUP.messages("Un <b>grand</b> pont", "Uma <b>grande ponte")
['tag </b> of the source is not in the translation']
"""

from tm.checks.syntaxes import of_group

MARKUP = of_group("markup", "Tags, Markdown, BBCode, reStructuredText lost, added or broken.")
