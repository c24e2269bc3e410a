"""The house: who may import whom, and what may be imported at start-up."""

import ast
import subprocess
import sys
from pathlib import Path

TM = Path(__file__).parent.parent / "tm"

FLOORS = [
    ["__main__"],
    ["cli"],
    ["build"],
    ["scoring", "checks", "pages"],
    ["memory", "terminology"],
    ["alignment", "formats"],
    ["language"],
    ["model"],
    ["bcp47"],
    ["files"],
    ["registry"],
    ["errors"],
]
"""From the top of the house down: a room may import from lower floors only."""

MAY_ALSO = {("scoring", "checks"), ("scoring", "pages")}
"""Neighbours on a floor do not know each other, but for the score, which runs the checks and has a page."""

FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}


def imports(path):
    """Each (line, room) that a module imports from ``tm``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "tm":
            names = [f"tm.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "tm" and len(parts) > 1 and parts[1] in FLOOR:
                yield node.lineno, parts[1]


def test_imports_go_downwards_only():
    wrong = []
    for path in sorted(TM.rglob("*.py")):
        room = path.relative_to(TM).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for line, other in imports(path):
            if other != room and FLOOR[other] <= FLOOR[room] and (room, other) not in MAY_ALSO:
                wrong.append(f"{path.relative_to(TM.parent)}:{line}: {room} may not import tm.{other}")
    assert wrong == []


def test_every_room_stands_on_a_floor():
    rooms = {
        path.name.removesuffix(".py")
        for path in TM.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__", "py.typed"} == set(FLOOR)


def test_help_loads_neither_numpy_nor_lxml():
    code = (
        "import sys; from tm.cli import group; group(['--help'], standalone_mode=False);"
        "sys.exit(','.join({'numpy', 'lxml', 'sacrebleu', 'rich', 'jinja2'} & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
