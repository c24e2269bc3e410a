"""``tm serve``: the memory for people in a browser and for programs over HTTP."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tm.cli import options, terminal
from tm.cli.clock import now
from tm.cli.interface_language import _
from tm.cli.values import File, WholeNumber
from tm.errors import MissingExtraError, OptionError

if TYPE_CHECKING:
    from tm.direction import Direction

LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""Addresses at which only programs of this machine reach a server."""


@click.command("serve")
@options.memories
@options.terms("The glossary; decisions made in the browser are written into it.")
@options.direction
@click.option(
    "--port",
    type=WholeNumber(0, 65535),
    default=8765,
    show_default=True,
    metavar="N",
    help="The port; 0 takes one that is free.",
)
@click.option("--open", "opens", is_flag=True, help="Show the first page in a browser.")
@click.option("--listen", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--tokens", type=File(), metavar="FILE", default="", help="Who may ask: NAME ROLE TOKEN on a line."
)
@click.option("--host-name", "hosts", metavar="NAME", multiple=True, help="A name that the server has, too.")
@click.option("--programs-write", is_flag=True, help="Let programs of the tmserver protocol write.")
@options.author("Who writes here.")
@click.option("--access-log", is_flag=True, help="A line of JSON on stderr for each request.")
@options.quiet
def command(
    memory_path: tuple[str, ...],
    glossary: str,
    asked: Direction,
    port: int,
    opens: bool,
    listen: str,
    tokens: str,
    hosts: tuple[str, ...],
    programs_write: bool,
    author: str,
    access_log: bool,
    quiet: bool,
) -> None:
    """Serve the memory to a browser and to programs.

    \b
    tm serve -m out/memory.tm --terms out/glossary.tsv --open
    tm serve -m news.tm --listen 0.0.0.0 --host-name tm.example.org --tokens tokens

    The memories are searched as one; what is added or changed goes into the first. Without --listen only this
    machine reaches the server, and nobody needs a token. Elsewhere everybody needs one: a line of the file has a
    name, a role (read; decide: also on terms; write: also into the memory) and the token, and nobody but its owner
    may read the file (chmod 600). Weblate, OmegaT, Okapi and others are told the address as docs/server.md says.
    Ctrl-C ends the server; what was acknowledged is on disk.
    """
    try:
        from tm.server.running import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "tm":
            raise
        raise MissingExtraError("tm serve", "web") from error
    from tm.server.callers import TokenFile
    from tm.server.settings import Settings
    from tm.work.glossary_file import open_glossary

    if not tokens and (listen not in LOOPBACK or hosts):
        raise OptionError(_("whoever comes from elsewhere needs a token; name their file with --tokens FILE"))
    if glossary and os.path.exists(glossary):
        open_glossary(glossary, asked)  # a file that is none is refused now, not when a page asks for it
    settings = Settings(
        memories=memory_path,
        now=now,
        glossary=glossary,
        direction=asked,
        author=author,
        tokens=TokenFile(tokens) if tokens else (),
        hosts=hosts if listen in LOOPBACK else (listen, *hosts),
        programs_write=programs_write,
    )
    if access_log:
        _log_to_stderr()

    def started(port: int) -> None:
        """Say where the server is."""
        address = f"http://{f'[{listen}]' if ':' in listen else listen}:{port}/"
        if not quiet:
            terminal.note(
                _(
                    "serving {memories} at {address}; Ctrl-C ends it",
                    memories=", ".join(memory_path),
                    address=address,
                )
            )
            if glossary and not os.path.exists(glossary):
                terminal.note(_("{file}: no such file yet; the first decision makes it", file=glossary))
        if opens:
            click.launch(address)

    run(settings, listen, port, started)


def _log_to_stderr() -> None:
    """Let the access log be seen."""
    import logging

    logger = logging.getLogger("tm.server.access")
    logger.addHandler(logging.StreamHandler())
    logger.setLevel(logging.INFO)
    logger.propagate = False
