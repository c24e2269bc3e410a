"""Long work, done by a process of its own: looked at while it runs, cancelled at any point, fetched when it is done.

A process, since a thread that computes would keep the look-ups of everybody else waiting, and could not be
stopped. What it writes on the way lies in a folder of its job, which goes with it; a result is kept in a file that
has no name, so that nothing is left behind, even by a kill. The process itself is ``tm.server.worker``.

1. ``Jobs.begin`` puts a ``Job`` into the queue. A thread takes it and starts its process (``Job.run``).
2. The process says where it stands, line by line (``Job.heard``): ``{"done": 3, "total": 12}``; where it fails, why:
   ``{"error": "…"}``.
3. ``Jobs.drop`` kills the process, and forgets the job. The oldest of many results are forgotten likewise.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tm.server.threads import BusyError

if TYPE_CHECKING:
    from typing import IO

    from tm.server.callers import Caller
    from tm.server.settings import Settings

State = Literal["waiting", "running", "done", "failed", "cancelled"]
"""Where a job stands."""

RESULT = "result.json"
"""The file of a job's folder into which the process writes what it gives."""

MOST_WAITING, MOST_KEPT = 16, 32
"""Jobs that may wait, and ended jobs whose results are kept."""

MOST_BYTES = 128 << 20
"""Bytes of all that the waiting jobs are told, their files among it."""


def order(operation: str, values: dict[str, Any], settings: Settings, caller: Caller) -> bytes:
    """What a worker is told, in one line: an operation's name, its values, and what it must know of the server."""
    direction = settings.direction
    told = {
        "operation": operation,
        "values": values,
        "memories": settings.memories,
        "glossary": settings.glossary,
        "direction": [direction.source, direction.target],
        "caller": [caller.name, caller.role],
        "now": settings.now(),
    }
    return json.dumps(told).encode() + b"\n"


class Job:
    """Work that one process does.

    Attributes:
        number: nobody can guess it.
        operation: the name of what it does.
        caller: the name of who began it.
        began: when, as ISO 8601 has it.
        state: where it stands.
        done: steps that are done.
        total: how many there are; 0 = nobody knows yet.
        error: why it failed, in one line; "" = it did not.

    >>> job = Job("align", "ana", "2026-11-28T10:00:00Z", b"")
    >>> job.heard({"done": 3, "total": 12})
    >>> job.state, job.done, job.total
    ('waiting', 3, 12)
    """

    def __init__(self, operation: str, caller: str, began: str, order: bytes) -> None:
        """Keep what is to be done, see ``order``."""
        self.number = secrets.randbelow(1 << 48) + 1
        self.operation, self.caller, self.began = operation, caller, began
        self.state: State = "waiting"
        self.done, self.total, self.error = 0, 0, ""
        self._order = order
        self._process: subprocess.Popen[bytes] | None = None
        self._result: IO[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many bytes wait with it."""
        return len(self._order)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "cancelled")

    def run(self) -> None:
        """Do it, in a process; returns at its end."""
        try:
            with tempfile.TemporaryDirectory(prefix="ponte-", ignore_cleanup_errors=True) as folder:
                self._run(folder)
        except OSError as error:  # no room for a folder, no process to be had
            self.heard({"error": f"no process for it: {(error.strerror or str(error)).lower()}"})

    def _run(self, folder: str) -> None:
        process = self._begun(folder)
        if not process:
            return
        try:
            self._listen(process)
        finally:  # also where it tells what nobody understands
            process.kill()
            process.wait()
            self._end(Path(folder, RESULT))

    def _begun(self, folder: str) -> subprocess.Popen[bytes] | None:
        """The process; None when the job was cancelled before."""
        with self._lock:
            if self.is_over:
                return None
            self.state = "running"
            command = [sys.executable, "-m", "tm.server.worker", folder]
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
            return self._process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Hand over what is to be done, and hear what is told, until the process closes its end."""
        assert process.stdin
        assert process.stdout
        order, self._order = self._order, b""
        with process.stdout, process.stdin:
            with contextlib.suppress(OSError):  # it has ended: what it says, or does not say, tells why
                process.stdin.write(order)
                process.stdin.flush()
            for line in process.stdout:
                self.heard(json.loads(line))
            process.kill()  # before its stdin is closed, whereupon it takes its folder away, and the result with it

    def heard(self, told: dict[str, Any]) -> None:
        """Take what the process tells."""
        with self._lock:
            if self.is_over:
                return
            if "error" in told:
                self.state, self.error = "failed", told["error"]
            else:
                self.done, self.total = told["done"], told["total"]

    def _end(self, result: Path) -> None:
        with self._lock:
            if self.is_over:
                return
            try:
                self._result = result.open("rb")
                self.state, self.done = "done", self.total
            except OSError:
                self.state, self.error = "failed", "the process ended before the work did"

    def cancel(self) -> bool:
        """Stop it; False when it was over already."""
        with self._lock:
            if self.is_over:
                return False
            self.state, self._order = "cancelled", b""
            if self._process:
                self._process.kill()
            return True

    def result(self) -> bytes:
        """What it gives, as JSON; empty as long as it is not done."""
        with self._lock:
            if not self._result:
                return b""
            self._result.seek(0)
            return self._result.read()

    def forget(self) -> None:
        """Stop it, and let the result go."""
        self.cancel()
        with self._lock:
            if self._result:
                self._result.close()
                self._result = None


class Jobs:
    """The jobs of a server."""

    def __init__(self, at_once: int) -> None:
        """Nothing runs yet; at most so many will at the same time."""
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="job")
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()

    def begin(self, job: Job) -> None:
        """Let a job wait for its turn.

        Raises:
            BusyError: too many wait.
        """
        with self._lock:
            waiting = [other for other in self._jobs.values() if other.state == "waiting"]
            size = sum(other.size for other in (job, *waiting))
            if len(waiting) >= MOST_WAITING or (waiting and size > MOST_BYTES):
                raise BusyError("too many jobs wait; try again soon")
            over = [other for other in self._jobs.values() if other.is_over]
            for oldest in over[: max(len(over) - MOST_KEPT + 1, 0)]:
                self._jobs.pop(oldest.number).forget()
            self._jobs[job.number] = job
            self._pool.submit(job.run)

    def of(self, caller: str) -> list[Job]:
        """The jobs that somebody began, the newest first."""
        with self._lock:
            return [job for job in self._jobs.values() if job.caller == caller][::-1]

    def drop(self, number: int) -> None:
        """Cancel a job that is not over, and forget it; nothing where it is forgotten already."""
        with self._lock:
            job = self._jobs.pop(number, None)
        if job:
            job.forget()

    def close(self) -> None:
        """Stop all of them, those that wait first, so that none begins; returns when no process is left."""
        for number in list(self._jobs)[::-1]:
            self.drop(number)
        self._pool.shutdown()
