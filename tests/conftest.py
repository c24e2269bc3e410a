"""The interpreter as the command sets it, and one way of drawing examples for the whole suite, whatever the machine
and its load."""

import faulthandler
import gc
import logging
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule
from _pytest.faulthandler import fault_handler_stderr_fd_key
from hypothesis import HealthCheck, settings

from tm.__main__ import GARBAGE

sys.path.insert(0, str(Path(__file__).parent))
import postgres_server

gc.set_threshold(GARBAGE)
# The programs that tests start, a hundred of them, are not compiled again each time.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded; two workers share the processors

MEMORY_DISK = Path("/dev/shm")
ROOM = 1 << 30  # bytes, ten times what the suite has there at a time
if MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > ROOM:
    # Files are brought to disk thousands of times, and no test takes the power away: a disk would only be waited for.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))

PATIENCE = 600  # seconds; a test that hangs does not fail by the clock, but the suite says where it stands
_watched = -PATIENCE  # when the watch was set

settings.register_profile(
    "suite",
    max_examples=20,  # half as many where one costs much; the profile "search" tries a law with more
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


def pytest_collection_finish():
    """What was imported and collected stays to the end: no collection of garbage looks through it again."""
    gc.freeze()


def pytest_runtest_setup(item):
    """A command that an earlier test made quiet in this process keeps no notice from a later one."""
    logging.getLogger("tm").setLevel(logging.NOTSET)
    _watch(item.config.stash[fault_handler_stderr_fd_key])


def _watch(stderr):
    """Have it printed where the process stands when it has stood there for PATIENCE, or a minute less.

    A clock for each test, as pytest's own ``faulthandler_timeout`` has, costs more than most of the tests.
    """
    global _watched
    if time.monotonic() > _watched + 60:
        _watched = time.monotonic()
        faulthandler.dump_traceback_later(PATIENCE, file=stderr)


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
