"""Is a corpus aligned on workers the same to the last byte, and how fast?

    python bench/workers.py PAIRS.tsv [--dask] [--time] [--share] [--first]

PAIRS.tsv is what ``bench/make_corpus.py`` makes (with ``--bad 1``, a document that cannot be read). ``tm
align --list`` is run without workers; in 1, 2 and 7 shards; again into the same folder; with two processes of
which one is killed on the way; and with ``--dask`` on a cluster of one worker, of two, and of two of which
one is killed. Each result is compared byte for byte. ``--time`` only compares one process with two: wall
time, which needs two idle cores, and the CPU time of the first process. ``--share`` does all in one process and
says how much of its CPU time each stage takes, and how much no worker can do: a busy machine tells that too.
``--first`` says after how much CPU time the first result of a run without workers is there, and how much memory it takes.
"""

import argparse
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import Executor, Future
from pathlib import Path

from tm.cli.terminal import table

HERE = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE)}
PYTHON = [sys.executable, "-m"]


def align(pairs, out, *options, while_running=None):
    """One run; its exit code, its notes, the seconds it took and those of the processors (our own children only)."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [*PYTHON, "tm", "align", "--list", pairs, "-o", str(out), "--to", "beads", *options]
    program = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    if while_running:
        threading.Thread(target=while_running, args=(program, out), daemon=True).start()
    notes = program.communicate()[1]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return program.returncode, notes, time.monotonic() - begin, processor


def contents(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


def half_done(out):
    """Wait until the first pass has begun."""
    while not list(Path(out, ".work").glob("*/shown-1")):
        time.sleep(0.05)


def children(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True)
    return [int(child) for child in listed.stdout.split()]


def kill_a_process(program, out):
    half_done(out)
    for server in children(program.pid):  # the server that forks workers is one of these
        for worker in children(server)[:1]:
            os.kill(worker, signal.SIGKILL)


class Cluster:
    """A scheduler of Dask and some workers."""

    def __init__(self, workers):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder = tempfile.mkdtemp()
        self.address = f"127.0.0.1:{port}"
        self.programs = [self._started("scheduler", "--host", "127.0.0.1", "--port", str(port))]
        while True:
            with socket.socket() as asked:
                if not asked.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        for _ in range(workers):
            options = "--nthreads", "1", "--no-nanny", "--local-directory", self.folder
            self.programs.append(self._started("worker", f"tcp://{self.address}", *options))

    def _started(self, kind, *options):
        command = [*PYTHON, f"distributed.cli.dask_{kind}", *options, "--no-dashboard"]
        return subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL)

    def kill_a_worker(self, _program, out):
        half_done(out)
        self.programs[-1].kill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in self.programs:
            program.kill()
            program.wait()
        shutil.rmtree(self.folder)


def compared(pairs, place, *, with_dask):
    """A row for each way to run: its name, its exit code, how many results are other ones, seconds."""
    _, notes, seconds, _ = align(pairs, place / "plain")
    plain = contents(place / "plain")
    rows = [("without workers", "", len(plain), "", seconds)]
    named = [line for line in notes.splitlines() if "this is a binary file" in line]
    print("named:", *named, sep="\n  ")

    def compare(label, out, *options, **more):
        code, notes, seconds, _ = align(pairs, out, *options, **more)
        result = contents(out)
        others = sum(plain.get(name) != result.get(name) for name in plain.keys() | result.keys())
        missing = sum(line not in notes for line in named)
        rows.append((label, code, len(result), others + missing, seconds))

    for shards in (1, 2, 7):
        compare(f"{shards} shards", place / str(shards), "--workers", "2", "--shards", str(shards))
    compare("7 shards, again", place / "7", "--workers", "2", "--shards", "7")
    compare(
        "a process killed", place / "killed", "--workers", "2", "--shards", "7", while_running=kill_a_process
    )
    for workers, is_killed in ((1, False), (2, False), (2, True)) if with_dask else ():
        label = f"Dask, {workers} workers{', one killed' * is_killed}"
        with Cluster(workers) as cluster:
            out, options = place / label, ("--workers", f"dask://{cluster.address}", "--shards", "7")
            compare(label, out, *options, while_running=cluster.kill_a_worker if is_killed else None)
    return rows


def timed(pairs, place):
    rows = []
    for workers in ("1", "2"):
        _, _, seconds, processor = align(pairs, place / workers, "--workers", workers)
        rows.append((f"{workers} workers", seconds, processor))
    return rows


class _Here(Executor):
    """Does the work of workers at once, in this process, and counts its CPU time by the name of the stage."""

    def __init__(self):
        self.seconds = Counter()

    def submit(self, function, thing):
        begin, future = time.process_time(), Future()
        future.set_result(function(thing))
        partial = function.function
        name = getattr(partial, "args", None) and partial.args[0]
        own = getattr(partial, "func", partial).__name__
        self.seconds[name if isinstance(name, str) and "/" not in name else own] += (
            time.process_time() - begin
        )
        return future


def shared(pairs, place, shards):
    """Print what takes the CPU time of a run."""
    from tm.work import workers
    from tm.work.aligning import align_files, read_list

    here = _Here()
    workers._processes = lambda _: here
    begin = time.process_time()
    align_files(read_list(pairs), place / "out", to_format="beads", workers="1", shard_count=shards)
    total = time.process_time() - begin
    alone = total - sum(here.seconds.values())
    rows = [*here.seconds.most_common(), ("no worker", alone), ("all", total)]
    shown = [(name, f"{seconds:.1f}", f"{seconds / total:.1%}") for name, seconds in rows]
    print(*table(shown, header=["stage", "CPU s", ""], right=(1, 2)), sep="\n")
    print(f"two workers against one, at best: {(alone + (total - alone) / 2) / total:.2f}")


def first_output(pairs, place):
    """Print when the first result is written, when the last one, and the memory."""
    out = place / "out"
    begun = []

    def wait(program, out):
        while program.poll() is None and not has_begun(out):
            time.sleep(0.05)
        fields = Path(f"/proc/{program.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        begun.append((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))

    _, _, _, processor = align(pairs, out, "--segmented", while_running=wait)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"first result after {begun[0]:.1f} s of CPU, the last after {processor:.1f} s; {memory:.0f} MB")


def has_begun(out):
    return out.is_dir() and any(path.suffix == ".beads" for path in out.iterdir())


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--share", action="store_true")
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--shards", type=int, default=0, help="of --share; 0 = by size")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.share:
            shared(arguments.pairs, Path(folder), arguments.shards)
            return 0
        if arguments.first:
            first_output(arguments.pairs, Path(folder))
            return 0
        if arguments.time:
            rows = timed(arguments.pairs, Path(folder))
            header = ["run", "wall s", "CPU s of the first process"]
            shown = [(label, f"{wall:.1f}", f"{cpu:.1f}") for label, wall, cpu in rows]
            print(*table(shown, header=header, right=(1, 2)), sep="\n")
            print(f"two against one: {rows[1][1] / rows[0][1]:.2f}")
            return 0
        rows = compared(arguments.pairs, Path(folder), with_dask=arguments.dask)
    header = ["run", "exit", "results", "other bytes", "wall s"]
    print(*table([(*row[:4], f"{row[4]:.1f}") for row in rows], header=header, right=(1, 2, 3, 4)), sep="\n")
    return int(any(row[3] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
