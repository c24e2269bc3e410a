"""How an answer of tm find looks on a terminal, and that it is plain text elsewhere."""

import io
import sys

import numpy as np
import pytest

from tm.cli import main
from tm.model import Segment, Unit, Variant
from tm.store import open_store


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """What tm find prints for a text, on a terminal of this kind or into a file."""
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add(
            Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))
            for source, target in [
                ("Le vieux pont est ouvert.", "A velha ponte está aberta."),
                ("Le quai est fermé.", "O cais está fechado."),
            ]
        )
    monkeypatch.delenv("NO_COLOR", raising=False)

    def find(text, *, terminal="", **environment):
        for name, value in {"TERM": terminal, **environment}.items():
            monkeypatch.setenv(name, value)
        stream = Terminal() if terminal else io.StringIO()
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "argv", ["tm", "find", text, "-m", str(tmp_path / "memory.tm")])
        with pytest.raises(SystemExit) as leaving:
            main()
        assert leaving.value.code == 0
        return stream.getvalue()

    return find


def test_a_terminal_shows_what_differs_in_colours(shown):
    text = shown("Le vieux pont est fermé.", terminal="xterm-256color")
    assert "\x1b[9;31mouvert" in text
    assert "\x1b[32mfermé" in text


@pytest.mark.parametrize(
    "environment", [{"terminal": "dumb"}, {"terminal": "xterm-256color", "NO_COLOR": "1"}, {}], ids=str
)
def test_no_colours_where_nobody_sees_or_wants_them(shown, environment):
    text = shown("Le vieux pont est fermé.", **environment)
    assert "\x1b" not in text
    assert "Le vieux pont est ouvert." in text


def test_the_phrase_that_was_looked_for_is_marked(shown):
    assert "Le \x1b[1mquai\x1b[0m est" in shown("quai", terminal="xterm-256color")
    assert "Le quai est fermé." in shown("quai")


@pytest.mark.parametrize(
    ("options", "said"), [([], "making the vectors of 2 texts, which are kept\n"), (["-q"], "")]
)
def test_that_many_vectors_are_made_is_said(tmp_path, monkeypatch, capsys, options, said):
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add(
            Unit((Variant("fr", Segment(text)), Variant("pt", Segment(text)))) for text in ("un", "deux")
        )
    np.savez(tmp_path / "x.npz", segments=["un", "deux", "trois"], vectors=np.eye(3))
    monkeypatch.setattr("tm.cli.find.MANY", 2)
    find = [
        "tm",
        "find",
        "un",
        "--meaning",
        "--vectors",
        str(tmp_path / "x.npz"),
        "-m",
        str(tmp_path / "memory.tm"),
    ]
    monkeypatch.setattr(sys, "argv", [*find, *options])
    with pytest.raises(SystemExit):
        main()
    printed = capsys.readouterr()
    assert printed.err == said
    assert printed.out.startswith("100  un\n")
