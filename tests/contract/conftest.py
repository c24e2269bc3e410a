"""What every format, check, metric, language and store must do, those of other packages too.

The suites run over all that the registry finds: ours, those of the example package in ``tests/plugin``, which is put where
an installed one would be, and those of packages that are installed, so that their authors can run them. A test asks for a
kind by the name of its argument.
"""

import contextlib
import functools
import sys
from pathlib import Path

import pytest

from tm import registry
from tm.checks import checks
from tm.formats import formats
from tm.language.languages import Language, language_of
from tm.scoring import metrics
from tm.store import Backend

PLUGIN = Path(__file__).parent.parent / "plugin"


@contextlib.contextmanager
def installed():
    """The example package where Python looks for installed ones."""
    sys.path.insert(0, str(PLUGIN))
    _forget()
    try:
        yield
    finally:
        sys.path.remove(str(PLUGIN))
        _forget()


def _forget():
    registry.installed.cache_clear()
    language_of.cache_clear()


@pytest.fixture(autouse=True, scope="module")
def _example_package():
    with installed():
        yield


def _able(*operations):
    """The formats that can; what stands for several files has its own tests."""
    return [
        each
        for each in formats()
        if not each.files and all(getattr(each, operation) for operation in operations)
    ]


SERVED = ("postgresql",)
"""What needs a server of its own."""

KINDS = {
    "any_format": lambda: list(formats()),
    "writes_units": lambda: _able("write_units"),
    "units_format": lambda: _able("read_units", "write_units"),
    "concepts_format": lambda: _able("read_concepts", "write_concepts"),
    "reader": lambda: [
        *dict.fromkeys((*_able("read_units"), *_able("read_concepts"), *_able("read_document")))
    ],
    "written_and_read": lambda: list(
        dict.fromkeys((*_able("read_units", "write_units"), *_able("read_concepts", "write_concepts")))
    ),
    "check": lambda: list(checks().values()),
    "metric": lambda: list(metrics()),
    "data": lambda: [each for each in registry.listed("tm.language", Language) if each.tag],
    "backend": lambda: list(registry.listed("tm.store", Backend)),
}


def pytest_generate_tests(metafunc):
    for name in KINDS.keys() & set(metafunc.fixturenames):
        metafunc.parametrize(name, _marked(name))


@functools.cache
def _marked(name):
    """All of a kind, looked for once; those that need a server are for the client tests."""
    with installed():
        values = KINDS[name]()
    return [
        pytest.param(value, id=_name(value), marks=pytest.mark.client if _name(value) in SERVED else ())
        for value in values
    ]


def _name(value):
    return next(
        filter(None, (getattr(value, name, "") for name in ("key", "scheme", "tag", "name"))), "general"
    )
