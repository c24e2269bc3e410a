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

ROOMS = ("errors.py",)
"""Whose sentences are translated."""

MADE_BY = re.compile(r"(\w*Error|error|fault|warning|Remark|refuse\w*|Damage|stage|Decision|Difference)$")
"""What is given a sentence."""

RETURNED_BY = ("reason", "nearest")
"""Functions whose value is one, or a part."""

NAMED = re.compile(r"_?(PHRASES|NEWER|DAMAGED|BY_BASELINE)$")
"""Values at the top of a file that hold some."""


def texts_of_library(root: Path) -> Iterator[tuple[str, str]]:
    """Each text and the file that has it."""
    for room in ROOMS:
        path = root / "tm" / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            name = file.relative_to(root).as_posix()
            for sentence in _sentences(ast.parse(file.read_text(encoding="utf-8"))):
                yield from ((part, name) for part in _parts(sentence))


def _parts(sentence: str) -> Iterator[str]:
    """The parts of a sentence that say something."""
    for part in re.split(r";\s+", sentence):
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", " ", part))
        if len("".join(words)) >= 4:
            yield part.strip()


def _sentences(tree: ast.Module) -> Iterator[str]:
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_maker(node.func) and node.args:
            yield from _spelt(_said(node), named)
        if isinstance(node, ast.FunctionDef) and node.name in RETURNED_BY:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value:
                    yield from _spelt(inner.value, named)
    for name, values in named.items():
        if NAMED.match(name):
            for node in itertools.chain.from_iterable(map(ast.walk, values)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                    yield node.value


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
            return node.id.strip("_")
        case ast.Attribute():
            return node.attr.strip("_")
        case ast.Call(args=[first, *_]):
            return _name(first)
        case ast.Call() | ast.Subscript() | ast.Starred() | ast.Await():
            return _name(getattr(node, "func", None) or node.value)
        case _:
            return "value"
