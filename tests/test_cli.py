"""What holds for every verb of the command."""

import runpy
from pathlib import Path

import click
import pytest

from tm.cli import VERBS, group

ROOT_CONTEXT = click.Context(group, info_name="tm")


@pytest.mark.parametrize("verb", VERBS)
def test_the_list_of_verbs_says_what_the_verb_says_of_itself(verb):
    command = group.get_command(ROOT_CONTEXT, verb)
    assert command.help.split("\n")[0] == VERBS[verb]


@pytest.mark.parametrize("verb", VERBS)
def test_help_opens_with_an_example(verb):
    command = group.get_command(ROOT_CONTEXT, verb)
    after_the_first_line = command.help.split("\n", 1)[1]
    assert after_the_first_line.lstrip().startswith("\b\n"), (
        "an example block comes right after the first line"
    )
    assert f"tm {verb}" in after_the_first_line.split("\n\n")[0]


def test_docs_cli_md_is_what_help_says():
    docs = Path(__file__).parent.parent / "docs"
    page = runpy.run_path(str(docs / "make_cli.py"))["page"]()
    assert (docs / "cli.md").read_text(encoding="utf-8") == page, "run: python docs/make_cli.py"
