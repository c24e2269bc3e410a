"""Two braces: ``{{ name }}``, ``{{{html}}}``; i18next, Handlebars, Angular, Django and Jinja; ``$t(key)``.

White space inside does not count.

>>> [part.key for part in MUSTACHE.parts("{{ nom }} {{count, number}} $t(menu.open) {{- html}} {% if a %}")]
['{{nom}}', '{{count,number}}', '$t(menu.open)', '{{-html}}', '{%ifa%}']
"""

from __future__ import annotations

import re

from tm.language.syntaxes.syntax import Part, Syntax

_FIELD = re.compile(r"\{\{\{[^{}\n]+\}\}\}|\{\{[^{}\n]+\}\}|\$t\([^()\n]+\)|\{%[^{}\n]+%\}")


def _parts(text: str) -> list[Part]:
    return [Part("".join(match[0].split()), *match.span()) for match in _FIELD.finditer(text)]


MUSTACHE = Syntax(
    "mustache",
    "{{ name }}, $t(key), {% if %}: i18next, Handlebars, Angular, Django, Jinja.",
    "placeholder",
    ("{{", "$t(", "{%"),
    _parts,
    rank=15,
    flags=frozenset({"i18next", "i18next-interpolation", "angularjs-format", "automattic-components-format"}),
)
