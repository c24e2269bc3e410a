"""Writes the list of files at the end of docs/architecture.md from their first lines: ``python docs/make_map.py``.

A test fails when the list is stale.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
MARK = "## Every file, by what it says of itself\n"


def page() -> str:
    """The whole page: what a person wrote, then the list."""
    written = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    lines = [
        MARK,
        "Made by `docs/make_map.py` from the files' first sentences; do not edit below this line.",
        "",
    ]
    rooms = [ROOT / "tm", *sorted(path.parent for path in ROOT.glob("tm/*/__init__.py"))]
    for room in rooms:
        lines += [f"### `{room.relative_to(ROOT)}/`", ""]
        files = [path for path in sorted(room.glob("*.py")) if path.name != "__init__.py"]
        lines += [f"- `{path.name}`: {first_sentence(path)}" for path in files]
        lines.append("")
    return written + "\n".join(lines)


def first_sentence(path: Path) -> str:
    """What a module says first, on one line."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    summary = " ".join(docstring.split("\n\n")[0].split())
    return summary.replace("``", "`")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
