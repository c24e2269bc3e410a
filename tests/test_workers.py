"""Work on several processes and on a Dask cluster: the same bytes, also when workers are killed."""

import contextlib
import functools
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from killed_workers import killed_always, killed_once

from tm.cleaning import translation, washing
from tm.direction import UNDECIDED, Direction
from tm.errors import MissingExtraError, OptionError, WorkerError
from tm.shelves import FileShelf
from tm.store import open_store
from tm.terminology import blocks
from tm.work.adding import add_files
from tm.work.aligning import align_files
from tm.work.building import build
from tm.work.cleaning import clean_file
from tm.work.conversions import convert_files
from tm.work.extracting import extract_terms
from tm.work.inputs import Rejects
from tm.work.prepared_sources import prepared_on_workers
from tm.work.unit_sources import How, Sieve, sources
from tm.work.workers import _deaf, _Distributed, _processes, working

FRENCH = "La carte {0} est vieille.\nElle fut dessinée en 189{0}.\nPublicité\nLe pont tient, il a {0} ans.\n"
PORTUGUESE = "O mapa {0} é velho.\nFoi desenhado em 189{0}.\nA ponte aguenta, tem {0} anos.\n"


@pytest.fixture(scope="module")
def _pools():
    """Pools of one process and of two that these tests share: to start one takes as long as most of them."""
    with contextlib.ExitStack() as opened:
        start = functools.cache(lambda count: opened.enter_context(_processes(count)))
        yield lambda count: contextlib.nullcontext(start(count))


@pytest.fixture
def _kept_pools(_pools, monkeypatch):
    monkeypatch.setattr("tm.work.workers._processes", _pools)


kept_pools = pytest.mark.usefixtures("_kept_pools")
"""For what is worked on; a test that kills, or interrupts, has a pool of its own."""


@pytest.fixture
def pairs(tmp_path):
    """Eight pairs of documents, of which the fifth cannot be read."""
    paths = []
    for number in range(8):
        pair = tmp_path / f"{number}.fr.txt", tmp_path / f"{number}.pt.txt"
        for path, text in zip(pair, (FRENCH, PORTUGUESE), strict=True):
            path.write_text(text.format(number) * (number + 1), encoding="utf-8")
        paths.append(pair)
    paths[4][1].write_bytes(b"\0\1\2")
    return paths


def contents(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


@kept_pools
def test_processes_write_the_same_bytes_and_name_the_bad_document(pairs, tmp_path):
    plain = align_files(pairs, tmp_path / "plain", to_format="beads")
    for workers, shards in (("1", 1), ("2", 7)):
        out = tmp_path / workers
        aligned = align_files(pairs, out, to_format="beads", workers=workers, shard_count=shards)
        assert contents(out) == contents(tmp_path / "plain")
        assert [str(error) for error in aligned.left_out] == [str(error) for error in plain.left_out]
        assert (len(aligned.written), aligned.count, aligned.alignments) == (7, 8, ())


@kept_pools
@pytest.mark.slow
def test_a_second_run_does_only_what_is_missing(pairs, tmp_path):
    out = tmp_path / "out"

    def run(**more):
        return align_files(pairs, out, workers="1", shard_count=3, **more)

    run()
    first, times = contents(out), {path: path.stat().st_mtime_ns for path in out.iterdir() if path.is_file()}
    run()
    assert times == {path: path.stat().st_mtime_ns for path in out.iterdir() if path.is_file()}
    (out / "7.fr.tsv").unlink()
    run()
    assert contents(out) == first
    assert (out / "0.fr.tsv").stat().st_mtime_ns == times[out / "0.fr.tsv"]
    pairs[7][0].write_text(FRENCH.format(9), encoding="utf-8")
    run()
    assert contents(out) != first
    align_files(pairs, tmp_path / "plain")
    assert contents(out) == contents(tmp_path / "plain")


@kept_pools
@pytest.mark.slow
def test_batches_are_the_same_on_workers_and_a_second_run_makes_none_again(pairs, tmp_path, monkeypatch):
    monkeypatch.setattr("tm.work.alignment_batches.FIRST", 700)
    plain, many = tmp_path / "plain", tmp_path / "many"
    align_files(pairs, plain)
    for shards in (1, 2):
        align_files(pairs, many, workers="1", shard_count=shards)
        assert contents(many) == contents(plain)
    assert len(list((many / ".work").glob("run*"))) == 3
    times = {path: path.stat().st_mtime_ns for path in (many / ".work").glob("*/beads*")}
    align_files(pairs, many, workers="1", shard_count=2)
    assert times == {path: path.stat().st_mtime_ns for path in (many / ".work").glob("*/beads*")} != {}


@kept_pools
def test_other_pairs_of_the_same_files_are_aligned_anew(pairs, tmp_path):
    (first, second), (other, _) = pairs[:2]
    plain, out = tmp_path / "plain.tsv", tmp_path / "out.tsv"
    direction = Direction("fr", "pt")
    align_files([(first, second), (first, other)], out, direction=direction, workers="1")
    again = [(first, second), (other, first)]
    align_files(again, out, direction=direction, workers="1")
    align_files(again, plain, direction=direction)
    assert out.read_bytes() == plain.read_bytes()


@kept_pools
def test_other_vectors_in_the_same_file_are_other_evidence(pairs, tmp_path):
    texts = [line for path in pairs[0] for line in path.read_text(encoding="utf-8").splitlines()]
    file, plain, out = tmp_path / "v.npz", tmp_path / "plain.tsv", tmp_path / "out.tsv"
    for seed in (1, 2):
        vectors = np.random.default_rng(seed).normal(size=(len(texts), 8))
        np.savez(file, segments=np.array(texts), vectors=vectors)
        align_files(pairs[:1], out, vectors=str(file), workers="1")
    align_files(pairs[:1], plain, vectors=str(file))
    assert out.read_bytes() == plain.read_bytes()


@kept_pools
def test_folders_and_one_file_for_all_are_the_same_on_workers(pairs, tmp_path):
    del pairs[4:]
    for side, tag in ((0, "fr"), (1, "pt")):
        (tmp_path / tag).mkdir()
        for pair in pairs:
            pair[side].rename(tmp_path / tag / pair[side].name)
    folders = [(tmp_path / "fr", tmp_path / "pt")]
    for name, workers in (("plain.tmx", ""), ("many.tmx", "2")):
        aligned = align_files(folders, tmp_path / name, direction=Direction("fr", "pt-BR"), workers=workers)
        assert (len(aligned.matched), aligned.alone) == (4, ())
    assert (tmp_path / "plain.tmx").read_bytes() == (tmp_path / "many.tmx").read_bytes()


@kept_pools
def test_a_second_run_of_folders_reads_no_document(pairs, tmp_path, monkeypatch):
    for side, tag in ((0, "fr"), (1, "pt")):
        (tmp_path / tag).mkdir()
        for pair in pairs:
            pair[side].rename(tmp_path / tag / pair[side].name)

    def run():
        aligned = align_files([(tmp_path / "fr", tmp_path / "pt")], tmp_path / "out", workers="1")
        return aligned.matched, aligned.alone, aligned.written, [str(error) for error in aligned.left_out]

    first = run()
    assert len(first[3]) == 1
    monkeypatch.setattr("tm.work.aligning_shards.read_paragraphs", None)
    assert run() == first
    (tmp_path / "fr" / "0.fr.txt").write_text("Tout autre chose.", encoding="utf-8")
    with pytest.raises(TypeError):
        run()


@kept_pools
@pytest.mark.slow
def test_terms_and_clean_units_are_the_same_on_workers(tmp_path, monkeypatch):
    table = tmp_path / "pairs.tsv"
    rows = [
        f"Le four à pain {number} est ouvert.\tO forno de pão {number} está aberto." for number in range(160)
    ]
    rows[7] += " TODO"
    table.write_text("\n".join(["fr\tpt", *rows]) + "\n", encoding="utf-8")
    monkeypatch.setattr(blocks, "WHOLE", 50)
    monkeypatch.setattr(blocks, "LONGEST", 150)
    monkeypatch.setattr(washing, "AT_ONCE", 90)
    monkeypatch.setattr(translation, "AT_ONCE", 60)
    plain, many = (extract_terms([table], workers=workers) for workers in ("", "1"))
    assert plain.concepts == many.concepts != ()
    plain, many = (
        clean_file(table, tmp_path / f"clean{workers}.tsv", workers=workers) for workers in ("", "1")
    )
    assert plain == many
    assert plain.changes
    assert (tmp_path / "clean.tsv").read_bytes() == (tmp_path / "clean1.tsv").read_bytes()


@kept_pools
def test_a_build_on_workers_gives_the_same_files(pairs, tmp_path):
    paths = [path for pair in pairs[:4] for path in pair]
    for workers in ("", "1"):
        build(paths, tmp_path / f"built{workers}", workers=workers)
    plain, many = (contents(tmp_path / f"built{workers}") for workers in ("", "1"))
    assert plain.keys() == many.keys()
    assert [name for name in plain if plain[name] != many[name] and not name.endswith(".tm")] == []


@pytest.fixture
def tables(tmp_path):
    """Three tables, of which the second ends with a fault, and one in windows-1252."""
    folder = tmp_path / "tables"
    (folder / "old").mkdir(parents=True)
    (folder / "a.tsv").write_text("fr\tpt\noui\tsim\nnon\t\n", encoding="utf-8")
    (folder / "b.tsv").write_text("fr\tpt\nbon\tbom\nun\tdeux\ttrois\n", encoding="utf-8")
    (folder / "c.tmx.tsv").write_text("fr\tpt\noui\tsim\npain\tpão\n", encoding="utf-8")
    (folder / "old" / "d.csv").write_bytes("fr,pt\nété,verão\n".encode("windows-1252"))
    return folder


@kept_pools
def test_many_files_are_converted_to_the_same_bytes(tables, tmp_path, caplog, monkeypatch):
    monkeypatch.chdir(tmp_path)
    results = []
    for out, workers in (("plain", ""), ("many", "2")):
        done = convert_files(["tables"], out, to_format="tmx", workers=workers)
        assert [str(error) for error in done.rejected] == ["tables/b.tsv:3: 3 cells; the header has 2"]
        written = {path.name: path.read_bytes() for path in Path(out).rglob("*.tmx")}
        results.append((written, [each.written for each in done.done], caplog.messages))
        caplog.clear()
    assert results[0] == results[1]
    assert (len(results[0][0]), len(results[0][2])) == (3, 3)
    problems = []
    assert len(convert_files(["tables"], "all", to_format="tmx", workers="1", problems=problems).done) == 4
    assert [str(problem) for problem in problems] == ["tables/b.tsv:3: 3 cells; the header has 2"]


@kept_pools
def test_files_read_on_workers_make_the_same_memory(tables, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    memories = []
    for name, workers in (("plain.tm", ""), ("many.tm", "2")):
        for _ in range(2):
            addition = add_files(name, ["tables", "absent.tsv"], origin="machine", workers=workers)
        with open_store(name) as store:
            units = [(each.number, each.unit) for each in store.all_stored()]
        memories.append((addition.added, addition.read, [*map(str, addition.rejected)], units))
    assert memories[0] == memories[1]
    assert (addition.added.added, addition.added.same, len(units)) == (0, 4, 3)
    assert addition.unfinished == {"untranslated": 1}
    named = ["tables/b.tsv:3: 3 cells; the header has 2", "absent.tsv: no such file or folder"]
    assert [str(error) for error in addition.rejected] == named
    problems = []
    addition = add_files("all.tm", "tables", workers="1", direction=Direction("fr", "pt"), problems=problems)
    assert (addition.added.added, len(problems), addition.rejected) == (4, 1, ())
    assert not list(tmp_path.glob(".work-*"))


@kept_pools
def test_a_file_whose_units_nobody_takes_leaves_the_next_one_its_own_counts(tables, monkeypatch):
    monkeypatch.chdir(tables)
    each_source = sources(["a.tsv", "c.tmx.tsv"], How())
    sieves = [Sieve(UNDECIDED, name) for name, _ in each_source]
    with prepared_on_workers(each_source, How(), "", "1", "m.tm") as prepared:
        (_, passed_over), (_, read) = prepared
        passed_over(sieves[0])
        assert len([*read(sieves[1])]) == 2
    assert [(sieve.read, sieve.unfinished) for sieve in sieves] == [(2, {"untranslated": 1}), (2, {})]


def test_work_of_a_killed_process_is_done_by_another(tmp_path):
    with working("2") as each:
        names = list(each(killed_once, [f"{tmp_path}/{name}" for name in "abc"]))
    assert names == ["a", "b", "c"]
    with working("1") as each, pytest.raises(WorkerError, match="killed over one piece of work"):
        list(each(killed_always, ["a"]))


def test_what_workers_cannot_do_is_no_fault_of_a_file():
    rejects = Rejects(2)
    with pytest.raises(WorkerError), rejects.catch():
        raise WorkerError("workers were killed over one piece of work again and again")
    assert not rejects.errors


def test_what_is_not_begun_when_a_run_is_interrupted_is_not_done(tmp_path):
    things = [(str(tmp_path), number) for number in range(1000)]
    with pytest.raises(KeyboardInterrupt):
        _interrupted_after_the_first(things)
    assert len(list(tmp_path.iterdir())) < len(things)


def test_a_process_that_is_being_started_when_a_run_is_interrupted_is_known_to_its_executor():
    known = []

    class Starting:
        def submit(self, _function, thing):
            os.kill(os.getpid(), signal.SIGINT)
            known.append(thing)
            return Future()

    with pytest.raises(KeyboardInterrupt):
        list(_Distributed(Starting, ())(len, ["a", "b"]))
    assert known == ["a"]


def test_a_program_that_dies_of_an_interrupt_dies_of_one_that_comes_while_a_process_is_started():
    program = """
import os, signal
from tm.work.workers import _deaf
signal.signal(signal.SIGINT, signal.SIG_DFL)
with _deaf():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # as another thread, which hears it
    os.kill(os.getpid(), signal.SIGINT)
    print("not yet", flush=True)
print("never")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("not yet\n", -signal.SIGINT)


def test_an_interrupt_at_the_very_end_of_a_start_leaves_nobody_deaf(monkeypatch):
    put_back = signal.signal

    def interrupted(number, handler):
        put_back(number, handler)
        raise KeyboardInterrupt  # as the old handler does for what another thread has heard just now

    with pytest.raises(KeyboardInterrupt), _deaf():
        monkeypatch.setattr(signal, "signal", interrupted)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def _interrupted_after_the_first(things):
    with working("1") as each:
        next(iter(each(_note, things)))
        raise KeyboardInterrupt


def _note(thing):
    """Leave a file and hear Ctrl-C, as each process of a terminal does."""
    folder, number = thing
    os.kill(os.getpid(), signal.SIGINT)
    Path(folder, str(number)).touch()
    time.sleep(0.02)


def test_workers_that_are_not_there_are_named(monkeypatch):
    for workers in ("0", "two", "dask:host"):
        with pytest.raises(OptionError, match="a number of processes was expected"), working(workers):
            pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'ponte-tm\[dask\]'"), working("dask://host:1"):
        pass


def test_a_file_of_the_work_folder_that_runs_code_is_refused(tmp_path):
    (tmp_path / "texts").write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(Exception, match="is no result of a stage"):
        FileShelf(str(tmp_path)).get("texts")


# ------------------------------------------------------------------------------------------------- Dask


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and what starts its workers."""
    programs = []

    def start(*arguments):
        program = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], "--no-dashboard"],
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
        programs.append(program)
        return program

    import socket
    import time

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    for _ in range(300):
        with socket.socket() as asked:
            if not asked.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.1)
    address = f"127.0.0.1:{port}"

    def worker():
        return start("worker", f"tcp://{address}", "--nthreads", "1", "--local-directory", str(tmp_path))

    yield f"dask://{address}", worker
    for program in programs:
        program.kill()
        program.wait()


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_killed(cluster, pairs, tmp_path):
    address, start_worker = cluster
    align_files(pairs, tmp_path / "plain")
    first, _ = start_worker(), start_worker()

    def kill_one(steps, count):
        for number, step in enumerate(steps):
            if number == count // 2:
                first.kill()
            yield step

    out = tmp_path / "out"
    align_files(pairs, out, workers=address, shard_count=5, progress=kill_one)
    assert contents(out) == contents(tmp_path / "plain")
