"""Files are written whole or not at all."""

import os

import pytest

from tm import files
from tm.errors import FormatError


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
