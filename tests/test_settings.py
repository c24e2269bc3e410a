"""Settings files: whose word counts, and what is refused."""

import click
import pytest

from tm.cli import options, settings
from tm.errors import FormatError

VERBS = ["find", "score"]


@click.command("find")
@options.memory
@options.languages
@options.quiet
@click.option("--min", "minimum", type=int)
def find(**_):
    pass


@pytest.fixture
def said(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("TM_MEMORY", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config" / "tm").mkdir(parents=True)
    (tmp_path / "work").mkdir()

    def write_and_read(user="", beside="", arguments=()):
        (tmp_path / "config" / "tm" / "config.toml").write_text(user)
        (tmp_path / "work" / "tm.toml").write_text(beside)
        return settings.defaults(find, click.Context(find), list(arguments), VERBS)

    return write_and_read


def test_the_file_beside_the_memory_outranks_the_users_own(said):
    user, beside = 'source-lang = "fr"\ntarget-lang = "de"', 'target-lang = "pt-BR"'
    assert said(user, beside, ["-m", "work/news.tm"]) == {"source": "fr", "target": "pt-BR"}
    assert said(user, beside, ["-m", "elsewhere.tm"]) == {"source": "fr", "target": "de"}


def test_the_users_file_may_name_the_memory(said):
    assert said('memory = "work/news.tm"', "[find]\nmin = 80") == {
        "memory_path": ["work/news.tm"],
        "minimum": "80",
    }


def test_a_shared_option_may_be_set_for_all_verbs_and_a_table_for_one(said):
    assert said('quiet = true\n[score]\nfail-under = "chrf=60"\n[find]\nmin = 75') == {
        "minimum": "75",
        "quiet": True,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sorce-lang = 'fr'", "'sorce-lang' is no setting; did you mean source-lang"),
        ("[scor]\na = 1", "'scor' is no setting; did you mean score"),
        ("[find]\nmni = 1", "'mni' is no setting; did you mean min"),
        ("memory = ", "not a settings file"),
        ("[find]\nmin = [1]", r"config\.toml: min: \[1\] is no value; one text or number was expected"),
        ("[find]\nmin = true", "min: True is no value; one text or number"),
        ("memory = [[]]", "memory: .* is no value; texts were expected"),
        ("memory = 2020-01-01", "memory: .* is no value"),
        ('memory = "a\\u0000b"', "memory: .* is no value"),
        ("quiet = 7", "quiet: 7 is neither true nor false"),
    ],
)
def test_what_is_no_setting_is_refused_with_the_nearest(said, text, message):
    with pytest.raises(FormatError, match=message):
        said(text)
