r"""Fluent (``.ftl``), read and filled by the places that Mozilla's own parser, fluent.syntax, gives.

In: a file's bytes. Out: a unit for each text: a message, a term, an attribute (``key.attribute``), a variant
of a selection (``key[variant]``); or the file with translations in their place (``_strings``).

``_parts`` finds the texts. A placeable stays as it stands, as part of the text: ``{ $name }``. What the file
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
from typing import TYPE_CHECKING, NamedTuple

from tm.errors import MissingExtraError
from tm.formats import _strings
from tm.formats._format import Format
from tm.formats._strings import Entry, Forms, Scanned
from tm.language import plural_categories
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fluent.syntax import ast

    from tm.formats._strings import Write
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
    file, text = (
        text,
        text.replace("\r\n", " \n"),
    )  # as long as before: the parser's places are those of the file
    line_of = _strings.line_finder(text)
    entries = []
    try:
        body = FluentParser(with_spans=True).parse(text).body
    except RecursionError as error:
        raise reading.error("is nested too deep; messages of Fluent were expected") from error
    for entry in body:
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
                for part in _parts(name, pattern, file):
                    bare = text[part.start : part.end].strip(" \n")
                    at = text.find(bare, part.start)
                    if bare:
                        segment, end = Segment(_flat(bare)), at + len(bare)
                        entries.append(Entry(part.key, segment, at, end, line_of(at), note, (), part.forms))
    return Scanned(entries)


class _Part(NamedTuple):
    """A part of a pattern: its key, its offsets, and the other forms of the plural whose last one it is."""

    key: str
    start: int
    end: int
    forms: Forms | None = None


def _parts(key: str, pattern: ast.Pattern | None, file: str, forms: Forms | None = None) -> Iterator[_Part]:
    """All of a pattern, or the variants it selects from."""
    from fluent.syntax import ast

    if pattern is None or pattern.span is None:
        return
    only = pattern.elements[0] if len(pattern.elements) == 1 else None
    selection = only.expression if isinstance(only, ast.Placeable) else None
    if not isinstance(selection, ast.SelectExpression):
        yield _Part(key, pattern.span.start, pattern.span.end, forms)
        return
    forms = _forms(selection, file)
    for variant in selection.variants:
        yield from _parts(f"{key}[{_name(variant)}]", variant.value, file, forms if variant.default else None)


def _name(variant: ast.Variant) -> str:
    from fluent.syntax import ast

    return variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value


def _forms(selection: ast.SelectExpression, file: str) -> Forms | None:
    """The forms of a plural, before the one for all other numbers; None where other things are selected."""
    names = [_name(variant) for variant in selection.variants]
    first, last = selection.variants[0], selection.variants[-1]
    if (
        not {*names} - {*plural_categories.ALL} <= {name for name in names if name.isdecimal()}
        or len(names) < 2
    ):
        return None
    assert first.span is not None
    assert last.span is not None
    blank = _strings.blank_before(file, last.span.start)
    before = _strings.blank_before(file, first.span.start)
    return Forms(frozenset(names), last.span.start - len(blank), f"{before}[", "] ", "")


def _flat(written: str) -> str:
    r"""A text without the indentation of its lines.

    >>> _flat("un\n    deux\n      trois")
    'un\ndeux\n  trois'
    """
    first, break_, rest = written.partition("\n")
    return f"{first.rstrip()}{break_}{textwrap.dedent(rest)}"


def _writer(file: str) -> Write:
    """What writes texts, indented; braces that are no placeable of the source, and signs of lines, are quoted.

    An empty one is a quoted nothing, without which there would be no message.
    """
    end = "\r\n" if "\r\n" in file else "\n"

    def write(target: Segment, entry: Entry) -> str:
        """The text behind its sign of equality, or below it."""
        if not target.text.strip():
            return '{""}'
        known = set(_PLACEABLE.findall(entry.segment.text))
        pieces = re.split(f"({'|'.join(map(re.escape, known))})", target.text) if known else [target.text]
        text = "".join(piece if piece in known else re.sub(r"[{}]", r'{"\g<0>"}', piece) for piece in pieces)
        before = file[file.rfind("\n", 0, entry.start) + 1 : entry.start]
        lead = "" if before.strip() else "\n"
        return _SIGN.sub(r'\1{"\2"}', lead + text).removeprefix(lead).replace("\n", f"{end}{_INDENT}")

    return write


FLUENT = Format(
    "fluent",
    (".ftl",),
    "Fluent, the messages of Mozilla's programs",
    read_units=_strings.reader(_scan),
    fill=_strings.filler(_scan, _writer),
    keyed=True,
)
