"""Options and paths: ``--verbose``, ``/etc/hosts``, ``C:\\\\Windows``; what a command takes, or a system has.

A path that is an example (``/path/to/file``) is translated.

>>> for source, target in (
...     ("Utilisez --verbose.", "Use --detalhado."),
...     ("Ouvrez /etc/hosts.", "Abra /etc/anfitrioes."),
...     ("Ouvrez /chemin/vers/fichier.", "Abra /caminho/para/arquivo."),
...     ("Le pont --vieux-- et/ou 5 km/h", "A ponte --velha-- e/ou 5 km/h"),
... ):
...     print([(fault.message, fault.severity) for fault in NAMES.rules(Sides(source, target))])
[('option --verbose in the source, --detalhado in the translation', 'warning')]
[('path /etc/hosts in the source, /etc/anfitrioes in the translation', 'warning')]
[('path /chemin/vers/fichier in the source, /caminho/para/arquivo in the translation', 'info')]
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.syntaxes.syntax import BLANK, Fault, Sides, Syntax, difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Severity

_OTHERS = re.compile(r"\w+://\S+|<[^<>]*>|\w*\{[^{}]*\}\w*")
_OPTION = re.compile(r"(?<![^\s(\[\"'`«“,/=|])--[A-Za-z][\w-]*\w(?!-*--)(?![^\s-]*--)")
_PATH = re.compile(
    r"""(?<![\w./~<:\\}$*-]) (?<!\w[(\[]) (?: (?:~|\.\.?)?/(?:[\w.@+-]+/)*[\w.@+-]*\w/? | [A-Za-z]:\\[\w.\\ -]*\w ) (?![\w>])""",
    re.VERBOSE,
)
_EXAMPLE = re.compile(
    r"""(?<![^\W_]) (?: path | to | your | my | file | folder | dir(?:ectory)? | some(?:thing)? | example
      | chemin | vers | votre | mon | fichier | dossier | r[ée]pertoire | exemple
      | caminho | para | seu | meu | arquivo | ficheiro | pasta | exemplo
      | ruta | tu | mi | archivo | carpeta | ejemplo | pfad | zu | mein | datei | ordner | beispiel )(?![^\W_])""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of paths that stand for any."""


def _rules(sides: Sides) -> Iterator[Fault]:
    source, target = (
        _OTHERS.sub(lambda match: BLANK * len(match[0]), text) for text in (sides.source, sides.target)
    )
    for what, pattern in (("option", _OPTION), ("path", _PATH)):
        ours, theirs = (_found(pattern, text) for text in (source, target))
        missing, added = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
        lost, new = (
            [name for name in side if name in only] for side, only in ((ours, missing), (theirs, added))
        )
        if not lost:
            continue
        severity: Severity = "info" if all(map(_EXAMPLE.search, lost)) else "warning"
        places = [tuple(side[name] for name in names) for side, names in ((ours, lost), (theirs, new))]
        yield Fault(f"{what} {difference(lost, new)}", severity, places[0], places[1])


def _found(pattern: re.Pattern[str], text: str) -> dict[str, tuple[int, int]]:
    return {match[0]: match.span() for match in pattern.finditer(text) if _has_letters(match[0])}


def _has_letters(name: str) -> bool:
    return len(re.sub(r"[\W\d_]", "", name)) > 1


NAMES = Syntax(
    "names",
    "--option, /path: names that a command or a system has.",
    "name",
    ("--", "/", ":\\"),
    rules=_rules,
)
