r"""Fluent (``.ftl``), read and filled by the places that Mozilla's own parser, fluent.syntax, gives.

In: a file's bytes. Out: a unit for each text: a message, a term, an attribute (``key.attribute``), a variant
of a selection (``key[variant]``); or the file with translations in their place (``_strings``).

``_texts`` finds the texts. A placeable stays as it stands, as part of the text: ``{ $name }``. What the file
has as junk is a fault of its own place.

>>> from tm.formats.authoring import Reading
>>> file = b'hello = Bonjour { $name }\n    .title = Titre\n'
>>> units = FLUENT.read_units(iter([file]), Reading("fr/app.ftl"))
>>> [(unit.place.id, unit.variants[0].segment.text) for unit in units]
[('hello', 'Bonjour { $name }'), ('hello.title', 'Titre')]
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from tm.errors import MissingExtraError
from tm.formats import _strings
from tm.formats._format import Format
from tm.formats._strings import Entry, Scanned
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fluent.syntax import ast

    from tm.formats.authoring import Reading

_INDENT = "    "
_PLACEABLE = re.compile(r"\{[^{}]*\}")
_SIGN = re.compile(r"(\n *)([.*\[])")
"""What would begin an attribute or a variant at the beginning of a line."""


def _scan(text: str, reading: Reading) -> Scanned:
    try:
        from fluent.syntax import FluentParser, ast
    except ImportError as error:
        raise MissingExtraError("reading Fluent", "l10n") from error
    text = text.replace("\r\n", " \n")  # as long as before: the parser's places are those of the file
    line_of = _strings.line_finder(text)
    entries = []
    for entry in FluentParser(with_spans=True).parse(text).body:
        if isinstance(entry, ast.Junk):
            problem = entry.annotations[0] if entry.annotations else None
            what = problem.message if problem else "no message of Fluent"
            at = problem.span.start if problem and problem.span else 0
            reading.fault(f"{what}; key = text was expected", line_of(at))
        elif isinstance(entry, (ast.Message, ast.Term)):
            key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
            note = entry.comment.content or "" if entry.comment else ""
            named = [
                (key, entry.value),
                *((f"{key}.{each.id.name}", each.value) for each in entry.attributes),
            ]
            for name, pattern in named:
                for path, bare, at in _texts(text, name, pattern):
                    segment = Segment(_flat(bare))
                    entries.append(Entry(path, segment, at, at + len(bare), line_of(at), note))
    return Scanned(entries)


def _texts(text: str, key: str, pattern: ast.Pattern | None) -> Iterator[tuple[str, str, int]]:
    """The texts of a pattern with their keys and offsets; an indentation before one is none of it."""
    for path, start, end in _patterns(key, pattern):
        bare = text[start:end].strip(" \n")
        if bare.strip():
            yield path, bare, text.index(bare, start)


def _patterns(key: str, pattern: ast.Pattern | None) -> Iterator[tuple[str, int, int]]:
    """The parts of a pattern with their keys and offsets: all of it, or the variants it selects from."""
    from fluent.syntax import ast

    if pattern is None or pattern.span is None:
        return
    only = pattern.elements[0] if len(pattern.elements) == 1 else None
    selection = only.expression if isinstance(only, ast.Placeable) else None
    if not isinstance(selection, ast.SelectExpression):
        yield key, pattern.span.start, pattern.span.end
        return
    for variant in selection.variants:
        name = variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value
        yield from _patterns(f"{key}[{name}]", variant.value)


def _flat(written: str) -> str:
    r"""A text without the indentation of its lines.

    >>> _flat("un\n    deux\n      trois")
    'un\ndeux\n  trois'
    """
    first, break_, rest = written.partition("\n")
    return f"{first.rstrip()}{break_}{textwrap.dedent(rest)}"


def _written(target: Segment, entry: Entry, file: str) -> str:
    """A translation, indented; braces that are no placeable of the source, and signs of lines, are quoted."""
    known = set(_PLACEABLE.findall(entry.segment.text))
    pieces = re.split(f"({'|'.join(map(re.escape, known))})", target.text) if known else [target.text]
    text = "".join(piece if piece in known else re.sub(r"[{}]", r'{"\g<0>"}', piece) for piece in pieces)
    before = file[file.rfind("\n", 0, entry.start) + 1 : entry.start]
    lead = "" if before.strip() else "\n"
    end = "\r\n" if "\r\n" in file else "\n"
    return _SIGN.sub(r'\1{"\2"}', lead + text).removeprefix(lead).replace("\n", f"{end}{_INDENT}")


FLUENT = Format(
    "fluent",
    (".ftl",),
    "Fluent, the messages of Mozilla's programs",
    read_units=_strings.reader(_scan),
    fill=_strings.filler(_scan, _written),
    keyed=True,
)
