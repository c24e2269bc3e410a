"""Files are written whole or not at all."""

import errno
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from tm import files
from tm.errors import FormatError, OptionError
from tm.formats import read_document, read_units


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_bytes(b"old")

    def interrupted():
        with files.writing(path) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_written_is_there(tmp_path):
    with files.writing(tmp_path / "a") as stream:
        stream.write(b"whole")
    assert (tmp_path / "a").read_bytes() == b"whole"


def test_an_error_names_the_file(tmp_path):
    missing = tmp_path / "missing" / "a"
    with (
        pytest.raises(FormatError, match="missing/a: cannot be written: no such file"),
        files.writing(missing),
    ):
        pass
    with pytest.raises(FormatError, match="b: no such file or folder"), files.reading(tmp_path / "b"):
        pass
    with pytest.raises(FormatError, match="this is a folder"), files.reading(tmp_path):
        pass


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    with files.writing(tmp_path / "link") as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with files.writing(pipe) as stream:
        stream.write(b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_folder_is_made_with_those_around_it_and_a_file_in_its_place_is_told(tmp_path):
    assert files.folder(tmp_path / "a/b").is_dir()
    assert files.folder(tmp_path / "a/b").is_dir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file/c"):
        with pytest.raises(FormatError, match="is a file; a folder was expected for the results"):
            files.folder(path)


def refuse(monkeypatch, method, error, *, path):
    """Let a method of Path fail for one path; root may read and write everything."""
    original = getattr(Path, method)

    def opened(self, *arguments, **options):
        if self == path:
            raise error
        return original(self, *arguments, **options)

    monkeypatch.setattr(Path, method, opened)


def test_an_old_file_that_may_not_be_read_is_replaced(tmp_path, monkeypatch):
    path = tmp_path / "secret.tsv"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        refuse(patched, "open", PermissionError(13, "Permission denied"), path=path)
        with files.writing(path) as stream:
            stream.write(b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("beginning", [b"SQLite format 3\0", b"SQLite format 3\0 and more"])
def test_a_memory_is_never_replaced_by_an_output(tmp_path, beginning):
    path = tmp_path / "news.tm"
    path.write_bytes(beginning)
    with pytest.raises(OptionError, match="is a memory and stays one"), files.writing(path):
        pass
    assert path.read_bytes() == beginning


def test_a_file_that_merely_begins_like_a_memory_is_replaced(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"SQLite format 3 is a file format")
    with files.writing(path) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new"


WRITER = """
import subprocess
import sys
from tm.files import writing
with writing(sys.argv[1]) as stream:
    stream.write(b"half of")
    stream.flush()
    print("begun", flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_process_left_aside_is_cleared_and_what_one_at_work_writes_is_not(tmp_path):
    path = tmp_path / "glossary.tsv"
    other = tmp_path / ".other.tsv.abcd1234.part"
    other.write_text("of another file", encoding="utf-8")
    begin = [sys.executable, "-c", WRITER, path]
    writers = [subprocess.Popen(begin, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    for writer in writers:
        assert writer.stdout.readline() == b"begun\n"
    writers[0].kill()
    writers[0].communicate()
    assert len(list(tmp_path.glob(".glossary.tsv.*.part"))) == 2
    again = subprocess.run([*begin], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert again.stderr == b""
    assert len(list(tmp_path.glob(".glossary.tsv.*.part"))) == 1
    writers[1].communicate()
    assert sorted(tmp_path.iterdir()) == [other, path]


def test_a_folder_is_not_replaced_by_a_file(tmp_path):
    with (
        pytest.raises(FormatError, match="cannot be written: this is a folder"),
        files.writing(tmp_path),
    ):
        pass


def test_the_old_file_keeps_its_permissions_and_a_new_one_has_the_usual_ones(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.touch()
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        for path in (old, new):
            with files.writing(path) as stream:
                stream.write(b"text")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(mask)
    assert [path.stat().st_mode & 0o7777 for path in (old, new)] == [0o640, 0o640]


def test_a_full_disk_is_told_in_one_line_and_the_old_file_stays(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with (
        pytest.raises(FormatError, match="a: cannot be written: no space left on device"),
        files.writing(path),
    ):
        raise OSError(28, "No space left on device")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"old")]


def test_an_error_without_words_of_the_system_keeps_its_own(tmp_path):
    with pytest.raises(FormatError, match="cannot be written: odd"), files.writing(tmp_path / "a"):
        raise OSError("Odd")


def test_a_fault_while_reading_is_told(tmp_path):
    path = tmp_path / "a"
    path.touch()
    with pytest.raises(FormatError, match="a: input/output error"), files.reading(path):
        raise OSError(5, "Input/output error")


@pytest.mark.parametrize("opening", [files.reading, files.writing])
def test_a_closed_pipe_elsewhere_is_no_fault_of_the_file(tmp_path, opening):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    path = pipe if opening is files.writing else tmp_path / "a"
    path.touch()
    with pytest.raises(BrokenPipeError), opening(path):
        raise BrokenPipeError
    os.close(reader)


def test_a_device_that_fails_is_told():
    with (
        pytest.raises(FormatError, match="/dev/full: cannot be written: no space"),
        files.writing("/dev/full") as s,
    ):
        s.write(b"text")


def test_a_dash_is_standard_input_and_output(monkeypatch):
    standard = SimpleNamespace(buffer=io.BytesIO(b"read"))
    monkeypatch.setattr("sys.stdin", standard)
    with files.reading("-") as stream:
        assert stream.read() == b"read"
    flushed = []
    written = io.BytesIO()
    monkeypatch.setattr(
        "sys.stdout",
        SimpleNamespace(buffer=SimpleNamespace(write=written.write, flush=lambda: flushed.append(1))),
    )
    with files.writing("-") as stream:
        stream.write(b"out")
    assert (written.getvalue(), flushed) == (b"out", [1])


def test_a_folder_that_cannot_be_made_or_written_to_is_told(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        refuse(patched, "mkdir", PermissionError(13, "Permission denied"), path=tmp_path / "b")
        with pytest.raises(FormatError, match="b: cannot be made: permission denied"):
            files.folder(tmp_path / "b")
    asked = []
    monkeypatch.setattr(os, "access", lambda path, mode: asked.append((path, mode)))
    with pytest.raises(FormatError, match="a folder where nothing may be written"):
        files.folder(tmp_path)
    assert asked == [(tmp_path, os.W_OK | os.X_OK)]


def test_many_write_one_file_at_once_and_none_takes_what_one_writes_for_a_leftover(tmp_path):
    path = tmp_path / "a.tsv"
    again = "for _ in range(20):\n    with writing(sys.argv[1]) as stream:\n        stream.write(b'all')\n"
    begin = [sys.executable, "-c", f"import sys\nfrom tm.files import writing\n{again}", path]
    writers = [subprocess.Popen(begin, stderr=subprocess.PIPE) for _ in range(4)]
    assert [writer.communicate()[1] for writer in writers] == [b""] * 4
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_stays_whoever_else_begins_it(tmp_path):
    path = tmp_path / "new.tm"
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda number: files.write_new(path, b"%d" % number), range(8))) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_written_where_a_file_has_one_name_only(tmp_path, monkeypatch):
    refuse(monkeypatch, "hardlink_to", PermissionError(1, "not permitted"), path=tmp_path / "new.tm")
    assert files.write_new(tmp_path / "new.tm", b"mine")
    assert not files.write_new(tmp_path / "new.tm", b"yours")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"mine"]


def synced(monkeypatch):
    """The names of what is synced and replaced, in order."""
    done = []
    sync, replace = os.fsync, Path.replace

    def fsync(handle):
        done.append(("sync", Path(os.readlink(f"/proc/self/fd/{handle}")).suffix))
        sync(handle)

    def replaced(self, target):
        done.append(("replace", self.suffix))
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replaced)
    return done


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="which file a handle is, is asked of Linux")
def test_a_power_cut_takes_no_file_that_was_written(tmp_path, monkeypatch):
    done = synced(monkeypatch)
    with files.writing(tmp_path / "a.tsv") as stream:
        stream.write(b"all")
    assert done == [("sync", ".part"), ("replace", ".part"), ("sync", "")]
    done.clear()
    files.write_new(tmp_path / "new.tm", b"all")
    assert done == [("sync", ".part"), ("sync", "")]
    done.clear()
    files.folder(tmp_path / "b" / "c")
    assert done == [("sync", "")] * 2


def test_a_folder_that_cannot_be_synced_is_told_and_one_that_knows_no_sync_is_not(tmp_path, monkeypatch):
    path, sync = tmp_path / "a", os.fsync

    def fsync(handle):
        if not os.fstat(handle).st_mode & 0o040000:
            return sync(handle)
        raise OSError(fsync.error, os.strerror(fsync.error))

    monkeypatch.setattr(os, "fsync", fsync)
    fsync.error = errno.EINVAL
    with files.writing(path) as stream:
        stream.write(b"old")
    fsync.error = errno.EIO
    with (
        pytest.raises(FormatError, match="a: cannot be written: input/output error"),
        files.writing(path) as stream,
    ):
        stream.write(b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_a_file_is_read_again_before_it_is_rewritten(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: files.rewrite(path, lambda old: old + b"x"), range(24)))
    assert path.read_bytes() == b"x" * 24
    before = path.stat().st_mtime_ns
    assert files.rewrite(path, bytes) == (b"x" * 24, b"x" * 24)
    assert path.stat().st_mtime_ns == before


def test_a_line_beyond_bounds_is_refused_before_the_rest_is_read(tmp_path):
    taken = []

    def pieces():
        for number in range(1_000):
            taken.append(number)
            yield b"x" * 1_000_000

    with pytest.raises(
        FormatError, match=r"^a\.txt:1: a line of more than 40 MB; break the text into lines$"
    ):
        list(files.short_lines(pieces(), "a.txt"))
    assert len(taken) == 41
    assert len(list(files.short_lines([b"x" * 30_000_000, b"\n", b"x" * 30_000_000], "a.txt"))) == 3


@pytest.mark.parametrize("name", ["long.txt", "long.md", "long.html"])
def test_a_document_and_lines_have_bounds(tmp_path, monkeypatch, name):
    monkeypatch.setattr(files, "LONGEST_LINE", 1_000_000)
    path = tmp_path / name
    path.write_bytes(b"x" * 3_000_000)
    for read in (read_document, files.read_lines, lambda path: list(read_units(path, format="po"))):
        with pytest.raises(FormatError, match="a line of more than 1 MB"):
            read(path)
