"""The interpreter as the command sets it, and one way of drawing examples for the whole suite, whatever the machine
and its load."""

import gc
import logging
import os
import sys
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import HealthCheck, settings

from tm.__main__ import GARBAGE

sys.path.insert(0, str(Path(__file__).parent))
import postgres_server

gc.set_threshold(GARBAGE)
# The programs that tests start, a hundred of them, are not compiled again each time.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded; two workers share the processors

settings.register_profile(
    "suite",
    max_examples=20,  # a law that 20 cases do not break is tried with more by the profile "search"
    deadline=None,  # no test depends on the clock
    derandomize=True,  # the same examples every time; pytest --hypothesis-profile=search draws others
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", settings.get_profile("suite"), derandomize=False, max_examples=500)
settings.load_profile("suite")


def pytest_addoption(parser):
    parser.addoption(
        "--fuzz", type=int, default=1, help="how many times as many damaged files tests/test_fuzz.py reads"
    )
    parser.addoption("--faults", type=int, default=1, help="how many times as often tests/faults tries each")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path):
    """The examples to run are those of the program; a file of tests is not searched for any."""
    collectors = yield
    return [each for each in collectors if not isinstance(each, DoctestModule)]


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server for the whole session, which keeps nothing when the machine fails."""
    if not postgres_server.programs():
        pytest.skip("no PostgreSQL server program on this machine")
    with postgres_server.running("fsync=off") as server:
        yield server


@pytest.fixture(autouse=True)
def _all_notices():
    """A command that an earlier test made quiet in this process keeps no notice from a later one."""
    logging.getLogger("tm").setLevel(logging.NOTSET)


@pytest.fixture(scope="session", autouse=True)
def _no_dictionaries():
    """No test depends on the dictionaries that are installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tm.alignment.dictionaries.FOLDERS", ())
        yield


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """No test writes into the cache of who runs it, or speaks their language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("TM_LANGUAGE", "en")
        yield
