"""How much of the house is tests, and how long are its modules and functions: python bench/house.py.

A line of code is one that has a token that is neither comment nor docstring. Tests are the files of ``tests``,
the pages of ``tests/commands`` that are run, and the examples in docstrings of ``tm``, which are run too (lines
from ``>>>`` to the next empty line).
"""

import ast
import io
import tokenize
from itertools import chain
from pathlib import Path

from tm.cli.terminal import table

HOUSE = Path(__file__).resolve().parent.parent
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def docstrings(tree):
    """The expressions that are only a text."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield node


def code_lines(text):
    """How many lines of a module say something to the computer."""
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for each in docstrings(ast.parse(text)):
        lines.difference_update(range(each.lineno, each.end_lineno + 1))
    return len(lines)


def example_lines(text):
    """How many lines of a module's docstrings are examples with what they print."""
    count = 0
    for each in docstrings(ast.parse(text)):
        within = False
        for line in each.value.value.splitlines():
            within = line.strip().startswith(">>>") or (within and bool(line.strip()))
            count += within
    return count


def modules(folder):
    return {path: path.read_text(encoding="utf-8") for path in sorted((HOUSE / folder).rglob("*.py"))}


def function_lengths(text):
    """Of each function the lines without its docstring."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = [each for each in docstrings(ast.Module(node.body[:1], [])) if each is node.body[0]]
            described = sum(each.end_lineno - each.lineno + 1 for each in first)
            yield node.end_lineno - node.lineno + 1 - described


def main():
    program, tests = modules("tm"), modules("tests")
    code = sum(map(code_lines, program.values()))
    tested = sum(map(code_lines, tests.values()))
    examples = sum(map(example_lines, program.values()))
    pages = sum(
        len(page.read_text(encoding="utf-8").splitlines()) for page in (HOUSE / "tests/commands").glob("*.md")
    )
    lengths = sorted((len(text.splitlines()) for text in program.values()), reverse=True)
    longest_first = sorted(chain.from_iterable(map(function_lengths, program.values())), reverse=True)
    rows = [
        ("modules", str(len(program))),
        ("lines of code", f"{code:,}"),
        ("lines of the tests", f"{tested:,}"),
        ("lines of examples in docstrings", f"{examples:,}"),
        ("lines of the pages of commands", f"{pages:,}"),
        ("tests to code, files of tests alone", f"{tested / code:.2f}"),
        ("tests to code, with examples and pages", f"{(tested + examples + pages) / code:.2f}"),
        ("lines of a module: half, 95 in 100, longest", ", ".join(map(str, _spread(lengths)))),
        ("lines of a function: half, 95 in 100, longest", ", ".join(map(str, _spread(longest_first)))),
    ]
    print(*table(rows), sep="\n")


def _spread(lengths):
    """Of lengths, longest first: the median, what 95 in 100 do not exceed, the longest."""
    return lengths[len(lengths) // 2], lengths[len(lengths) // 20], lengths[0]


if __name__ == "__main__":
    main()
