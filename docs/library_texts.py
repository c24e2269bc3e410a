"""The sentences that the library makes, read from its code: what ``docs/make_catalogues.py`` has translated.

A sentence is what an error, a fault, a notice or a finding is made of: the first argument of a call in ``MADE_BY``, as it
stands there, or as it was given a name in the same file. Values in it get names:
``f"{path} has no {tag}"`` is "{path} has no {tag}". Its parts, between semicolons, are texts of their own.
"""

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = (
    "errors.py",
    "choices.py",
    "direction.py",
    "files.py",
    "locks.py",
    "checks",
    "language/syntaxes",
    "scoring",
    "memory",
    "store",
    "terminology",
    "alignment",
    "work",
    "formats",
)
"""Whose sentences are translated."""

MADE_BY = re.compile(
    r"(\w*Error|error|[fF]ault|warning|Remark|refuse\w*|Damage|stage|Decision|Difference|notice)$"
)
"""What is given a sentence."""

WHOLE = (
    "tm/checks/",
    "tm/language/syntaxes/",
    "tm/scoring/thresholds.py",
    "tm/scoring/jobs.py",
    "tm/store/inspection.py",
)
"""Where every text of several words is part of a sentence."""

PRIVATE = ("Syntax", "compile", "join", "split", "write_rows", "translate")
"""Calls whose texts are read by no user of a sentence."""

NOTED = (
    "units", "texts", "values", "links", "lines", "terms", "translations", "characters", "cells", "documents", "pages",
    "concepts", "pairs",
)  # fmt: skip
"""What ``tm.formats.notices`` counts."""

GLUED = (
    "longer", "shorter", "name", "acronym", "option", "path", "file", "link", "no mark", "once", "none", "not",
    "placeholder {items}", "inline code {items}", "tag {items}", "link {items}", "image {items}", "option {items}",
    "path {items}", "file {items}", "name {items}", "unit: {items}", "currency: {items}", "per cent: {items}",
    "minus: {items}", "number in words {items}", "date {items}", "time {items}", "count {items}", "role {items}",
    "term {term} must be {expected}", "term {term}", "{character} inside {word}", "{character} in the translation",
    "the space {places} may break", "{words}: {variety}, not {language}", "before {mark}", "{count} times",
    "{escape} once in the source, {times} in the translation", "waits for translation", "draft",
    "untranslated", "machine translation", "alignment", "codes", "not finished", "ignored by {rule}", "{count} unfinished: {parts}", "{count} waits for translation", "{count} wait for translation", "{count} draft", "{count} drafts", "{count} rejected", "change {number} ({file}): {units}", "{count} segments", "not {direction}", "drafts", "{name} is {figure}, more than {demand}", "{name} is {figure}, less than {demand}", "{name} could not be measured: {reason}", "Cyrillic", "Greek", "Latin", "words in <…>: {count}", "{keyword} is no keyword", "{keyword} is missing", "units", "concepts", "pairs", "texts",
    "it has no extension, so say which with {option}",
    "marks", "case", "white space", "typography", "numbers", "placeholders", "addresses", "names in code", "dates",
    "variety",
    "aligned",
    "machine",
    "unreviewed",
    "several translations",
    *(f"{{count}} {things[:end]}" for things in NOTED for end in (-1, None)),
)  # fmt: skip
"""Pieces that sentences are glued from, and words that stand in them as values."""

RETURNED_BY = ("reason", "nearest")
"""Functions whose value is one, or a part."""

NAMED = re.compile(r"_?(PHRASES|NEWER|DAMAGED|BY_BASELINE|DOUBLED)$")
"""Values at the top of a file that hold some."""


def texts_of_library(root: Path) -> Iterator[str]:
    """Each text."""
    yield from GLUED
    for room in ROOMS:
        path = root / "tm" / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            name = file.relative_to(root).as_posix()
            for sentence in _sentences(
                ast.parse(file.read_text(encoding="utf-8")), every=name.startswith(WHOLE)
            ):
                yield from _parts(sentence)


def _parts(sentence: str) -> Iterator[str]:
    """The parts of a sentence that say something."""
    numbers = itertools.count(1)
    sentence = re.sub(r"%[srd]|\{\}", lambda _: f"{{value{next(numbers)}}}", sentence)
    for part in re.split(r";\s+", sentence):
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", " ", part))
        if len("".join(words)) >= 4:
            yield part.strip()


def _sentences(tree: ast.Module, *, every: bool) -> Iterator[str]:
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_maker(node.func) and node.args:
            yield from _spelt(_said(node), named)
        if isinstance(node, ast.FunctionDef) and node.name in RETURNED_BY:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value:
                    yield from _spelt(inner.value, named)
    if every:
        yield from _all(tree)
    for name, values in named.items():
        if NAMED.match(name):
            for value in values:
                for node in value.values if isinstance(value, ast.Dict) else [value]:
                    yield from _spelt(node, {})


def _all(tree: ast.Module) -> Iterator[str]:
    """Each text of several words that is no documentation, pattern or description."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        name = ""
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if isinstance(node, ast.Expr) or name in PRIVATE or isinstance(node, ast.JoinedStr):
            skipped.update(map(id, ast.walk(node)))
        if isinstance(node, ast.JoinedStr | ast.Constant):
            for spelt in _spelt(node, {}):
                is_sql = spelt[:4].isupper()
                if " " in spelt.strip() and not is_sql and not re.search(r"[\\\n|]|\(\?", spelt):
                    yield spelt


def _is_maker(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return bool(MADE_BY.match(name))


def _said(call: ast.Call) -> ast.expr:
    """What a call says; of a notice of logging with its values put in."""
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and "%" in first.value:
        values = iter(call.args[1:])
        parts = re.split(r"%[sd]", first.value)
        pieces: list[ast.expr] = [ast.Constant(parts[0])]
        for part in parts[1:]:
            pieces += [ast.FormattedValue(next(values, ast.Name("value")), -1), ast.Constant(part)]
        return ast.JoinedStr(pieces)
    return first


def _spelt(node: ast.expr, named: dict[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
    """The sentences that an expression may be, with names in braces for values."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(_piece(piece) for piece in _numbered(node.values))
        case ast.IfExp():
            yield from _spelt(node.body, named, depth)
            yield from _spelt(node.orelse, named, depth)
        case ast.BinOp(op=ast.Add()):
            for left, right in itertools.product(
                list(_spelt(node.left, named, depth)) or [f"{{{_name(node.left)}}}"],
                list(_spelt(node.right, named, depth)) or [f"{{{_name(node.right)}}}"],
            ):
                yield left + right
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            for spelt in _spelt(text, named, depth):
                names = iter([_name(argument) for argument in node.args])
                yield re.sub(r"\{\}", lambda _, names=names: f"{{{next(names, 'value')}}}", spelt)
        case ast.Name() if depth < 2:
            for value in named.get(node.id, ()):
                yield from _spelt(value, named, depth + 1)


def _numbered(values: list[ast.expr]) -> list[tuple[ast.expr, str]]:
    """The pieces of a sentence with the names of its values, each once."""
    taken: set[str] = set()
    result = []
    for value in values:
        name = ""
        if isinstance(value, ast.FormattedValue):
            plain = _name(value.value)
            name = next(
                name
                for name in itertools.chain([plain], (f"{plain}{n}" for n in itertools.count(2)))
                if name not in taken
            )
            taken.add(name)
        result.append((value, name))
    return result


def _piece(piece: tuple[ast.expr, str]) -> str:
    value, name = piece
    return str(value.value) if isinstance(value, ast.Constant) else f"{{{name}}}"


def _name(node: ast.expr) -> str:
    """A name for a value: what it is called, or what is done to get it."""
    match node:
        case ast.Name():
            return node.id.strip("_").lower()
        case ast.Attribute():
            return node.attr.strip("_").lower()
        case ast.Call(func=ast.Name(id="map"), args=[_, values, *_]):
            return _name(values)
        case ast.Call(args=[first, *_]):
            return _name(first)
        case (
            ast.Call(func=ast.Attribute(value=value)) | ast.Subscript(value=value) | ast.Starred(value=value)
        ):
            return _name(value)
        case _:
            return "value"
