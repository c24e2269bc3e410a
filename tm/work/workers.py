"""Where the stages of a verb are worked on: in this process, in several, or on a Dask cluster.

``working`` gives what is called like ``map``: a function and things in, results out in their order. A worker
that is killed costs its piece only, which another one does again; after ``ATTEMPTS`` the run ends with one
line. Functions and things go to other processes, so that they are top-level functions and plain values. There
they run in the folder of this process, where it is to be seen, and what they log is logged here.
At Ctrl-C the pieces that run are finished, and no further one is begun.

>>> with working("") as each:
...     list(each(len, ["ab", "c"]))
[2, 1]
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from tm import __version__
from tm.errors import MissingExtraError, OptionError, WorkerError
from tm.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from tm.progress import Progress
    from tm.shelves import Each

    T = TypeVar("T")
    R = TypeVar("R")

ATTEMPTS = 4
"""How often a piece is begun before a run gives up: what kills four workers will kill the fifth."""

DASK = ("dask://", "tcp://", "tls://")
"""How the address of a scheduler begins; ``dask://`` is ``tcp://``."""


def check_workers(workers: str) -> None:
    """Refuse what is neither a number of processes nor the address of a scheduler.

    Raises:
        OptionError: it is neither.

    >>> check_workers("2"), check_workers("dask://host:8786"), check_workers("")
    (None, None, None)
    >>> check_workers("many")
    Traceback (most recent call last):
    tm.errors.OptionError: 'many' workers: a number of processes was expected, or dask://HOST:8786
    """
    if (
        workers
        and not workers.startswith(DASK)
        and not (workers.isascii() and workers.isdigit() and int(workers))
    ):
        what = "a number of processes was expected, or dask://HOST:8786"
        raise OptionError(f"{workers!r} workers: {what}")


@contextlib.contextmanager
def working(workers: str, progress: Progress = unwatched) -> Iterator[Each]:
    """What applies a function to many things, as ``map`` does.

    Args:
        workers: "" for this process, a number of processes, or ``dask://HOST:PORT``.
        progress: takes the results of each stage as they come, and their number.

    Raises:
        OptionError: no such workers, or no scheduler answers.
        MissingExtraError: Dask is not installed.
    """
    check_workers(workers)
    if not workers:
        yield map
    elif workers.startswith(DASK):
        with _cluster(workers) as (executor, broken):
            yield watching(_Distributed(lambda: executor, broken), progress)
    else:
        from concurrent.futures.process import BrokenProcessPool

        with contextlib.ExitStack() as stack:
            opened = functools.partial(_processes, int(workers))
            distributed = _Distributed(lambda: stack.enter_context(opened()), (BrokenProcessPool,))
            yield watching(distributed, progress)


def watching(each: Each, progress: Progress) -> Each:
    """What applies functions as another does, and has the results of each stage watched.

    >>> list(watching(map, lambda steps, length: [length, *steps])(len, ["ab", "c"]))
    [2, 2, 1]
    """

    def watched(function: Callable[[T], R], things: Sequence[T], /) -> Iterable[R]:
        things = list(things)
        return progress(each(function, things), len(things))

    return watched


class _Distributed:
    """Applies functions by an executor; a broken one is replaced."""

    def __init__(self, opened: Callable[[], Executor], broken: tuple[type[Exception], ...]) -> None:
        """Open the first executor.

        Args:
            opened: opens one.
            broken: what a future raises when it is the executor that failed.
        """
        self._opened, self._broken = opened, broken
        self._executor = opened()

    def __call__(self, function: Callable[[T], R], things: Sequence[T], /) -> Iterable[R]:
        """The results in the order of the things; all are begun at once."""
        return self._results(_AsHere(function, os.getcwd()), things)

    def _results(self, function: _AsHere, things: Sequence[T]) -> Iterator[Any]:
        futures: dict[int, Future[tuple[Any, list[_Logged]]]] = {}
        for number in range(len(things)):
            for attempt in range(ATTEMPTS):
                try:
                    if attempt or not number:
                        self._begin(function, things, futures, number)
                    result, logged = futures.pop(number).result()
                    break
                except self._broken as error:
                    failure = error
                    self._executor = self._opened()
            else:
                what = "workers were killed over one piece of work again and again"
                raise WorkerError(f"{what}; give each more memory, or take fewer of them") from failure
            for name, level, message in logged:
                logging.getLogger(name).log(level, "%s", message)
            yield result

    def _begin(
        self,
        function: _AsHere,
        things: Sequence[T],
        futures: dict[int, Future[tuple[Any, list[_Logged]]]],
        number: int,
    ) -> None:
        """Begin all things from this number on that are not done."""
        for place in range(number, len(things)):
            if place not in futures or not _is_done(futures[place]):
                with _deaf():  # a process begun, not yet known to its executor, would be left behind
                    futures[place] = self._executor.submit(function, things[place])


_Logged: TypeAlias = tuple[str, int, str]
"""A line of the log: the name of the logger, the level, the message."""

_TURN = threading.Lock()
"""A worker with several threads takes one piece at a time: the folder is that of its whole process."""


@dataclass(frozen=True, slots=True)
class _AsHere:
    """A function that runs on a worker in this process's folder; it gives its result and what it logged.

    >>> _AsHere(len, os.getcwd())("abc")
    (3, [])
    """

    function: Callable[[Any], Any]
    folder: str

    def __call__(self, thing: object) -> tuple[Any, list[_Logged]]:
        """The result for one thing."""
        logged = _Log()
        logger = logging.getLogger("tm")
        with _TURN, contextlib.ExitStack() as stack:
            # another host may not have the folder; absolute paths serve all the same
            with contextlib.suppress(OSError):
                stack.enter_context(contextlib.chdir(self.folder))
            stack.callback(setattr, logger, "propagate", logger.propagate)
            stack.callback(logger.removeHandler, logged)
            logger.propagate = False
            logger.addHandler(logged)
            return self.function(thing), logged.lines


class _Log(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Logged] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        self.lines.append((record.name, record.levelno, record.getMessage()))


def _is_done(future: Future[R]) -> bool:
    """Whether there is a result."""
    return future.done() and not future.cancelled() and future.exception() is None


@contextlib.contextmanager
def _processes(count: int) -> Iterator[Executor]:
    """A pool of processes that begin without anything of this one; what is not begun at the end is not done."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["tm.work.aligning_shards"])
        _start_deaf()
    pool = ProcessPoolExecutor(count, mp_context=context)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _start_deaf() -> None:
    """Start the server of processes deaf to Ctrl-C, which a terminal sends to all: this process ends them."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # it would hear again
    with _deaf():
        forkserver.ensure_running()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Let Ctrl-C wait until this is done; what is started meanwhile never hears it.

    Another thread of this process may still take the signal, so that its handler waits too.
    """
    import signal

    heard: list[int] = []
    is_main = threading.current_thread() is threading.main_thread()
    # what is not Python's own handler could not be put back
    has_handler = is_main and signal.getsignal(signal.SIGINT) is not None
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number)) if has_handler else None
    has_mask = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if has_mask else set()
    try:
        yield
    finally:
        # the mask first: what the old handler raises at once must not leave this thread deaf
        if has_mask:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if has_handler:
            signal.signal(signal.SIGINT, handler)
        if heard:
            signal.raise_signal(signal.SIGINT)


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, tuple[type[Exception], ...]]]:
    """The executor of a Dask cluster whose workers have this package."""
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError("working on a Dask cluster", "dask") from error
    place = address.replace("dask://", "tcp://", 1)
    try:
        client = distributed.Client(place, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        what = "no scheduler answers; start one with: dask scheduler"
        raise OptionError(f"{address}: {what}") from error
    with client:
        executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        _check_version(executor, address)
        yield executor, (distributed.KilledWorker,)


def _check_version(executor: Executor, address: str) -> None:
    """Refuse workers that have another version of this package, or none."""
    try:
        version = executor.submit(_version, None).result(timeout=60)
    except (ImportError, AttributeError, TimeoutError) as error:
        what = "its workers cannot run this program; install the same version of ponte-tm there"
        raise OptionError(f"{address}: {what}, and start them with: dask worker") from error
    if version != __version__:
        raise OptionError(f"{address}: its workers have version {version}; {__version__} was expected")


def _version(_: None) -> str:
    return __version__
