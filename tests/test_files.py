"""Files are written whole or not at all."""

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
