"""Ponte: translation memory, terminology and scoring.

Two documents go in; a memory, a glossary and a score come out. From Python::

    import tm

    tm.build("seeds", "out")
    with tm.Memory("out/memory.tm") as memory:
        memory.find("La nature exacte du projet reste un mystère.")

docs/python.md is the tour of these names, docs/architecture.md of the rooms below: ``tm.model`` (the nouns),
``tm.work`` (what a verb does), ``tm.language``, ``tm.formats``, ``tm.alignment``, ``tm.store``,
``tm.memory``, ``tm.terminology``, ``tm.checks``, ``tm.scoring``, ``tm.pages`` and ``tm.cli``.

Names are loaded when they are first used: ``import tm`` alone loads nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tm.api.functions import (
        AlignedPair,
        align,
        build,
        check,
        convert,
        extract,
        read,
        recognise,
        score,
        segment,
        write,
    )
    from tm.api.memory import Memory
    from tm.api.recogniser import Recogniser
    from tm.errors import FormatError, OptionError, StoreError, TMError
    from tm.model import Concept, Finding, Match, Pair, Segment, Term, Unit, Variant

__version__ = "0.2.0"

__all__ = [
    "AlignedPair",
    "Concept",
    "Finding",
    "FormatError",
    "Match",
    "Memory",
    "OptionError",
    "Pair",
    "Recogniser",
    "Segment",
    "StoreError",
    "TMError",
    "Term",
    "Unit",
    "Variant",
    "align",
    "build",
    "check",
    "convert",
    "extract",
    "read",
    "recognise",
    "score",
    "segment",
    "write",
]

_HOMES = {
    "tm.api.functions": "AlignedPair align build check convert extract read recognise score segment write",
    "tm.api.memory": "Memory",
    "tm.errors": "FormatError OptionError StoreError TMError",
    "tm.model": "Concept Finding Match Pair Segment Term Unit Variant",
    "tm.api.recogniser": "Recogniser",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, told above
    """Load a public name when it is first asked for."""
    import importlib

    if name not in _HOME_OF:
        raise AttributeError(f"module 'tm' has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(_HOME_OF[name]), name)
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*__all__, "__version__"])
