"""An error is one line that begins with its place, as far as the place is known."""

import pytest

from tm.errors import FormatError, MissingExtraError, OptionError, StoreError, TMError


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ({}, "no unit"),
        ({"path": "a.tmx"}, "a.tmx: no unit"),
        ({"path": "-"}, "<stdin>: no unit"),
        ({"path": "a.tmx", "line": 0}, "a.tmx:0: no unit"),
        ({"path": "a.tmx", "line": 3, "column": 1}, "a.tmx:3:1: no unit"),
        ({"path": "a.tmx", "line": 3, "column": 0}, "a.tmx:3:0: no unit"),
        ({"path": "a.tmx", "column": 7}, "a.tmx: no unit"),
        ({"line": 3}, "3: no unit"),
    ],
)
def test_what_is_known_of_the_place_is_said(place, line):
    assert str(FormatError("no unit", **place)) == line


def test_what_a_file_says_cannot_break_the_line():
    assert (
        str(FormatError("columns: a\r\nb, \x1b[31mc\u2028d", path="a.csv")) == "a.csv: columns: a b,  [31mc d"
    )


def test_a_wrong_choice_exits_with_2_and_what_cannot_be_read_with_3():
    codes = {
        kind: kind.exit_code for kind in (TMError, FormatError, StoreError, OptionError, MissingExtraError)
    }
    assert codes == {TMError: 3, FormatError: 3, StoreError: 3, OptionError: 2, MissingExtraError: 2}
