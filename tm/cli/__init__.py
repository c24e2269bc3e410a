"""The command ``tm``: options in, one library call, lines out.

One file per verb in this room, loaded when its verb is called, so that ``tm --help`` needs only click.
The verbs print data on stdout and all else on stderr; errors of ``tm.errors`` become one line and an exit
code here.
Start with ``build.py``; ``options.py`` holds what several verbs share, ``terminal.py`` how lines are shown.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tm import __version__
from tm.cli.interface_language import ENGLISH, _, interface_language, localised, sentence, speak_for_click
from tm.errors import TMError, nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VERBS = {
    "build": "Documents to memory, TMX, glossary and pages: the main job.",
    "segment": "A text to one sentence a line.",
    "align": "Two texts to pairs of sentences.",
    "add": "Files into the memory.",
    "edit": "Change single units of the memory.",
    "remove": "Take single units out of the memory.",
    "clean": "Take the bad units out of a memory, or repair them.",
    "find": "Look a text up in the memory.",
    "analyze": "How much of a job the memory knows.",
    "pretranslate": "Fill a file from the memory.",
    "terms": "Extract a glossary and decide on its terms.",
    "check": "Find what is wrong with translations.",
    "score": "Score new translations against memory and glossary.",
    "convert": "One format to another.",
    "export": "The memory or the glossary to a file.",
    "serve": "Serve the memory to a browser and to programs.",
    "stats": "Count what a memory or a file holds.",
    "log": "The history of the memory, newest first.",
    "copy": "Copy a whole memory into a new one, of the same kind or another.",
    "undo": "Take back the last change of the memory.",
    "help": "Help on a command or a topic.",
}
"""Each verb with its first line of help, in the order of ``tm --help``; a test compares both."""


class _ReaderLeft(Exception):  # noqa: N818 - not a fault
    """The reader of our output left (tm … | head); click would make exit code 1 of a BrokenPipeError."""


class _Verbs(click.Group):
    """Loads ``tm.cli.VERB`` only when VERB is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The verbs, in the order of ``VERBS``."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The verb's command; a name that is none is answered with the nearest."""
        if cmd_name not in VERBS:
            hint = sentence(nearest(cmd_name, VERBS)) or "; " + _(
                "commands are: {names}", names=", ".join(VERBS)
            )
            ctx.fail(_("No such command {name!r}.", name=cmd_name).removesuffix(".") + hint)
        command: click.Command = importlib.import_module(f"tm.cli.{cmd_name}").command
        return localised(command)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs that begin so, without loading any; options of the group after a hyphen."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [
            CompletionItem(verb, help=_(first_line))
            for verb, first_line in VERBS.items()
            if verb.startswith(incomplete)
        ]

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's signature
        """As click does, in the reader's language."""
        if interface_language() == ENGLISH:
            return super().main(*args, **kwargs)
        speak_for_click()
        return click.Group.main(localised(self), *args, **kwargs)

    def invoke(self, ctx: click.Context) -> object:
        """As click does, but for a reader that left; what a verb returns is the exit code."""
        try:
            ctx.exit(super().invoke(ctx) or 0)
        except BrokenPipeError as error:
            raise _ReaderLeft from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb, with what the settings files say as its defaults."""
        import logging

        from tm.cli import settings, terminal

        logger = logging.getLogger("tm")
        logger.handlers = [terminal.Notes()]
        logger.setLevel(logging.WARNING)
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            ctx.default_map = {name: settings.defaults(command, ctx, rest, list(VERBS))}
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of verbs in ``tm --help``, made without loading any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(verb, _(first_line)) for verb, first_line in VERBS.items()])


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command's own help opens with an example: tm build --help",
)
@click.version_option(__version__, "--version", prog_name="tm")
def group() -> None:
    """Translation memory, terminology and scoring.

    \b
    tm build seeds/ -o out/       documents to memory, TMX, glossary and pages
    tm score new.tsv -m out/memory.tm --terms out/glossary.tbx

    Language: as the system's, or as TM_LANGUAGE says (en, fr, pt-BR).
    """


def main() -> NoReturn:
    """Run the command line and exit: 0 fine, 1 findings, 2 wrong usage, 3 unreadable input, 130 interrupted.

    ``tm.__main__.run`` does so in a process of its own.
    """
    # numpy's OpenBLAS starts a thread for each core, which costs 0.1 s of CPU; no matrix here is that large.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What whoever started us has closed (<&-, >&-) is empty, or takes all, for good.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    signal.signal(signal.SIGTERM, _end)  # so that half-written files are cleared away
    try:
        code = group(prog_name="tm", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.UsageError as error:
        place = error.ctx.command_path if error.ctx else "tm"
        what = error.format_message()
        end = "" if what.endswith((".", "?", "!", ")")) else "."
        code = _say(f"{place}: {what}{end} {_('See: {command} --help', command=place)}", 2)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except TMError as error:
        # What concerns a file begins with its name, so that an editor can jump there.
        code = _tell(error)
    except (KeyboardInterrupt, click.Abort):
        code = _say("tm: " + _("interrupted; what was committed stays, nothing is half-written"), 130)
    except (_ReaderLeft, BrokenPipeError):
        _abandon_stdout()
        code = 0
    except OSError as error:
        if error.filename is not None or _is_of_import(error):  # not a stream of ours
            raise
        _abandon_stdout()
        code = _say(
            "tm: " + _("stdout cannot be written: {reason}", reason=(error.strerror or str(error)).lower()), 3
        )
    sys.exit(code if isinstance(code, int) else 0)


def _is_of_import(error: OSError) -> bool:
    """Whether it came up while a module was read."""
    step = error.__traceback__
    while step and "importlib" not in step.tb_frame.f_code.co_filename:
        step = step.tb_next
    return step is not None


def _end(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def _abandon_stdout() -> None:
    """Point stdout elsewhere, so that the interpreter's last flush is quiet too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(error: TMError) -> int:
    from tm.cli.terminal import message

    return _say(f"tm: {message(error)}" if error.exit_code == 2 else message(error), error.exit_code)


def _say(line: str, code: int) -> int:
    from tm.cli.terminal import printable

    click.echo(printable(" ".join(line.split())), err=True)
    return code
