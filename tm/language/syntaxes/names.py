"""Options, paths, private names: ``--verbose``, ``/etc/hosts``, ``_name``; what a command takes, or a system
has.

A path that is an example (``/path/to/file``) is translated, and so may be the name of a file by itself. A
folder of the user (``~/Images``) has a name in each language, and a path of one name alone may be none
(*N°/Action*).

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

from tm.language.keys import EXTENSIONS
from tm.language.syntaxes.syntax import BLANK, Fault, Sides, Syntax, difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Severity

_OTHERS = re.compile(r"\w+://\S+|<[^<>]*>|\w*\{[^{}]*\}\w*")
_OPTION = re.compile(
    r"(?<![^\s(\[\"'`«“,/=|])(?<![\w)]`)(?:--[A-Za-z][\w-]*\w(?!-*--)(?![^\s-]*--)|-[A-Za-z](?![\w$-]|[.'’]\w))",
)
_FILE = re.compile(
    rf"(?<![\w./~<>:\\}}$@\ufffc-])(?:[\w.+-]+/)*[\w+-][\w.+-]*\.(?:{EXTENSIONS})(?![\w/]|\.\w)"
)
_PATH = re.compile(
    r"""(?<![^\s(\[\"'`«“‘,=|—–]) (?<!\w[(\[]) (?: (?:~|\.\.?)?/(?:[\w.@+-]+/)*[\w.@+-]*\w/? | [A-Za-z]:\\[\w.\\ -]*\w ) (?![\w>])""",
    re.VERBOSE,
)
_PRIVATE = re.compile(r"(?<!\w)__?(?P<name>[A-Za-z]\w{2,})(?!\w)", re.ASCII)
_KEY = re.compile(r"(?<=[a-z])_[a-z](?!\w*_)")
_MENU = re.compile(r"(?:/_?[A-Z][\w.]*)+/?")
"""A path of names with capitals: of a menu (``/File/Save``), or a folder that is shown in each language."""
_EXAMPLE = re.compile(
    r"""(?<![^\W_]) (?: foo(?:bar)? | path | to | your | my | file | folder | dir(?:ectory)? | some(?:thing)? | example
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
    for what, pattern in (("option", _OPTION), ("path", _PATH), ("file", _FILE)):
        ours, theirs = (_found(pattern, text) for text in (source, target))
        missing, added = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
        lost, new = (
            [name for name in side if name in only] for side, only in ((ours, missing), (theirs, added))
        )
        if not lost:
            continue
        likely = [name for name in lost if not _EXAMPLE.search(name) and not _may_be_translated(what, name)]
        severity: Severity = "warning" if likely else "info"
        places = [tuple(side[name] for name in names) for side, names in ((ours, lost), (theirs, new))]
        yield Fault(f"{what} {difference(lost, new)}", severity, places[0], places[1])
    yield from _bared(source, target)


def _bared(source: str, target: str) -> Iterator[Fault]:
    """The fault of a name with an underscore before it that stands without in the translation.

    Where the translation has an underscore inside a word, or each side has one underscore, both have an
    access key.
    """
    if _KEY.search(target) or source.count("_") == target.count("_") == 1:
        return
    for match in _PRIVATE.finditer(source):
        bare = re.search(rf"(?<!\w){match['name']}(?!\w)", target)
        if bare and not re.search(rf"(?<!\w){match[0]}(?!\w)", target):
            message = f"name {match[0]} in the source, {bare[0]} in the translation"
            yield Fault(message, "warning", (match.span(),), (bare.span(),))
            return


def _may_be_translated(what: str, name: str) -> bool:
    """Whether it is a file by itself, a folder of the user, a path of a menu, of one name or with accents."""
    if what == "file":
        return "/" not in name
    is_of_people = name.startswith("~") or name.count("/") == 1 or not name.isascii() or _MENU.fullmatch(name)
    return what == "path" and bool(is_of_people)


def _found(pattern: re.Pattern[str], text: str) -> dict[str, tuple[int, int]]:
    return {match[0]: match.span() for match in pattern.finditer(text) if _has_letters(match[0])}


def _has_letters(name: str) -> bool:
    return len(re.sub(r"[\W\d_]", "", name)) > (not name.startswith("-"))


NAMES = Syntax(
    "names",
    "--option, /path, _name: names that a command, a system or a program has.",
    "name",
    (" -", "--", "`-", "/", ":\\", "_", "."),
    rules=_rules,
)
