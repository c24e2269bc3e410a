"""Damaged files: each reader gives what it can, or one of our own errors, whatever the damage.

``pytest tests/test_fuzz.py --fuzz 1000`` reads a thousand times as many; ``bench/fuzz.py`` reads millions.
"""

from itertools import islice

import damage
import pytest

from tm import formats
from tm.errors import TMError

ROUNDS = 12
"""The damaged files that are made of one sample in an ordinary run."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", damage.samples())
def test_a_damaged_file_is_read_filled_or_refused_in_one_line(name, request):
    rounds = ROUNDS * request.config.getoption("--fuzz")
    for number, content in enumerate(islice(damage.damages(name, 0), rounds)):
        try:
            said = damage.outcome(name, content, go_on=number % 2 == 0, fill=number % 3 == 0)
        except Exception as error:
            raise AssertionError(content) from error
        assert "\n" not in said, content


def test_what_a_reader_raises_beside_our_errors_is_one_line(tmp_path, monkeypatch):
    def broken(_chunks, _reading):
        raise IndexError("no\nsuch item")

    path = tmp_path / "a.jsonl"
    path.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(
        formats.finding, "look_up", lambda *_: formats.authoring.Format("x", (".x",), "", broken)
    )
    with pytest.raises(
        TMError, match=r"a\.jsonl: cannot be read by a fault of ours \(IndexError: no such item\); please"
    ):
        list(formats.read_units(path))
