"""The house: who may import whom, by room and by file, and what may be imported at start-up."""

import ast
import functools
import graphlib
import subprocess
import sys
from pathlib import Path

from tm.model import Segment, Unit, Variant
from tm.store import open_store

TM = Path(__file__).parent.parent / "tm"

FLOORS = [
    ["__main__"],
    ["cli", "api"],
    ["server"],
    ["work"],
    ["scoring", "cleaning", "checks", "pages"],
    ["memory", "terminology"],
    ["store"],
    ["alignment", "formats"],
    ["language", "vectors"],
    ["direction", "choices", "progress"],
    ["document"],
    ["model"],
    ["bcp47"],
    ["shelves"],
    ["files"],
    ["registry", "databases", "locks"],
    ["errors", "values"],
]
"""From the top of the house down: a room may import from lower floors only."""

MAY_ALSO = {("scoring", "checks"), ("scoring", "pages"), ("cleaning", "checks")}
"""Neighbours on a floor do not know each other, but for the score, which runs the checks and has a page,
and for cleaning, which asks some of the checks."""

FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}


def module(path):
    """The dotted name of a file of ``tm``."""
    parts = path.relative_to(TM.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in sorted(TM.rglob("*.py"))}


def statements(node, *, run_only):
    """All statements below one, on request without what stands under ``if TYPE_CHECKING``, which is never run."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            continue  # no statement stands in an expression
        if run_only and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from statements(child, run_only=run_only)


@functools.cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports(path, *, run_only=False):
    """All (line, module of ``tm``) that a file imports, also inside its functions.

    Args:
        path: the file.
        run_only: leave out what is imported for the type checker alone.
    """
    found = []
    for node in statements(parsed(path), run_only=run_only):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names if alias.name in MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tm":
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.append((node.lineno, full if full in MODULES else node.module))
    return found


def room_of(name):
    return [*name.split("."), ""][1]


def test_imports_go_downwards_only():
    wrong = []
    for path in sorted(TM.rglob("*.py")):
        room = room_of(module(path))
        for line, name in imports(path):
            other = room_of(name)
            if not room or other not in FLOOR or other == room or (room, other) in MAY_ALSO:
                continue
            if FLOOR[other] <= FLOOR[room]:
                wrong.append(f"{path.relative_to(TM.parent)}:{line}: {room} may not import tm.{other}")
    assert wrong == []


def test_no_file_imports_itself_by_way_of_others():
    graph = {
        name: {imported for _, imported in imports(path, run_only=True) if imported != name}
        for name, path in MODULES.items()
        if path.name != "__init__.py"  # a face hands on what its room has; it is no step of the way
    }
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        circle = " → ".join(error.args[1])
        raise AssertionError(f"a circle of files: {circle}") from None


def test_private_names_stay_in_their_room():
    wrong = [
        f"{path.relative_to(TM.parent)}:{line}: {name} is private to its room"
        for path in MODULES.values()
        for line, name in imports(path)
        if room_of(name) != room_of(module(path))
        and any(part.startswith("_") for part in name.split(".")[2:])
    ]
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


def test_a_look_up_loads_neither_numpy_nor_lxml(tmp_path, monkeypatch):
    monkeypatch.setattr("tm.store.index.LEAST", 1)
    pairs = [("Le vieux pont dort.", "A velha ponte dorme."), ("Un pont neuf", "Uma ponte nova")]
    path = tmp_path / "m.tm"
    with open_store(path, create=True) as store:
        store.add(Unit((Variant("fr", Segment(fr)), Variant("pt", Segment(pt)))) for fr, pt in pairs)
    texts = ["Le vieux pont dort.", "le pont", "vieux pont* 3", "Rien de pareil", "le vieux rien"]
    code = (
        "import sys; from tm.cli import group\n"
        f"for text in {texts}:\n"
        f"    group(['find', text, '-m', {str(path)!r}], standalone_mode=False)\n"
        "    loaded = {'numpy', 'lxml', 'rich'} & set(sys.modules)\n"
        "    if loaded: sys.exit(f'{text} loads {loaded}')"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr.replace("nothing at 70 percent or more\n", "")) == (0, "")
