"""Options that several verbs share, under one name, one short form and one help line each."""

from __future__ import annotations

import functools
import logging
import os
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from tm.cli.interface_language import interface_language, offered_language
from tm.cli.values import (
    Choice,
    File,
    LanguageTag,
    Names,
    Share,
    WholeNumber,
    readable_formats,
    writable_formats,
)
from tm.direction import parsed

F = TypeVar("F", bound=Callable[..., Any])


_ADDRESS = re.compile(rf"[a-z][a-z0-9+]+://[^/]*(?:/[^{os.pathsep}]*)?|[^{os.pathsep}]+")


def named_memories(text: str) -> list[str]:
    """The memories that a variable of the environment names: paths and addresses, with the system's sign between them.

    >>> named_memories(os.pathsep.join(["a.tm", "postgresql://ana@host:5432/db?memory=b", "c.tm"]))
    ['a.tm', 'postgresql://ana@host:5432/db?memory=b', 'c.tm']
    """
    return _ADDRESS.findall(text)


class _Memory(click.Path):
    """A path or an address of a memory."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """Those of ``$TM_MEMORY``."""
        return named_memories(rv)


def bring_up_to_date(memories: Iterable[str], *, quiet: bool) -> None:
    """Bring memories of an older version up to date, with a bar, before a verb opens them."""
    from tm.cli import terminal

    for path in memories:
        if ":" not in path and not os.path.exists(path):
            continue
        from tm.store import renew

        renew(path, functools.partial(terminal.progress, quiet=quiet))


def _up_to_date(ctx: click.Context, _parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    bring_up_to_date(value, quiet=bool(ctx.params.get("quiet")))
    return value


def _the_first(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> str:
    if len(value) > 1:
        logging.getLogger("tm").warning(f"{value[0]}: the first of {len(value)} memories is taken")
    (first,) = _up_to_date(ctx, parameter, value[:1])
    return first


def _memory_option(help_text: str, callback: Callable[..., object] = _up_to_date) -> Callable[[F], F]:
    return click.option(
        "-m",
        "--memory",
        "memory_path",
        metavar="PATH",
        type=_Memory(readable=False),  # said by the memory itself, as of any file
        multiple=True,
        envvar="TM_MEMORY",
        default=["memory.tm"],
        show_default=True,
        show_envvar=True,
        help=help_text,
        callback=callback,
    )


memory = _memory_option("The memory; of several the first.", callback=_the_first)
memories = _memory_option("The memory; give it again to search several.")
memories_all = _memory_option("The memory; give it again for the units of several.")
source_language = click.option(
    "-s",
    "--source-lang",
    "source",
    type=LanguageTag(),
    help="Source language [default: from the files, else detected].",
)
target_language = click.option(
    "-t",
    "--target-lang",
    "target",
    type=LanguageTag(),
    help="Target language [default: from the files, else detected].",
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")


def _silence(_: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    if value:
        logging.getLogger("tm").setLevel(logging.ERROR)
    return value


quiet = click.option(
    "-q", "--quiet", is_flag=True, is_eager=True, callback=_silence, help="Only data and errors."
)
verbose = click.option("-v", "--verbose", is_flag=True, help="Say how things were decided.")


class _PageLanguage(Choice):
    """A language of the pages; another region or spelling of one is one, too (pt, fr_CA)."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The language as the pages name it."""
        return super().convert(offered_language(value) or value, param, ctx)


page_language = click.option(
    "--language",
    type=_PageLanguage(["en", "fr", "pt-BR"]),
    envvar="TM_LANGUAGE",
    default=interface_language,
    show_default="the system's",
    show_envvar=True,
    help="Language of the pages.",
)
from_format = click.option(
    "--from",
    "from_format",
    type=Names(readable_formats),
    metavar="FORMAT",
    default="",
    help="Format of the input [default: by its extension].",
)
to_format = click.option(
    "--to",
    "to_format",
    type=Names(writable_formats),
    metavar="FORMAT",
    default="",
    help="Format of the output [default: by its extension].",
)
encoding = click.option(
    "--encoding", metavar="NAME", default="", help="Of the input, e.g. windows-1252 [default: found]."
)
lines = click.option(
    "--lines",
    type=Choice(["auto", "paragraph", "wrapped"]),
    default="auto",
    help="Of a plain text: each is a paragraph, or they are wrapped at a width [default: as they look].",
)
recover = click.option(
    "--recover", is_flag=True, help="Go on after a fault, at the next unit; exit code 3 all the same."
)


def is_said(*names: str) -> bool:
    """Whether one of these options stands on the command line, and not in the environment or the settings alone."""
    context = click.get_current_context()
    return any(context.get_parameter_source(name) == ParameterSource.COMMANDLINE for name in names)


def minimum(highest: int, help_text: str) -> Callable[[F], F]:
    """The least percent of a match, from 1."""
    return click.option(
        "--min",
        "minimum",
        type=WholeNumber(1, highest),
        default=70,
        show_default=True,
        metavar="PERCENT",
        help=help_text,
    )


def min_confidence(default: float | None, help_text: str) -> Callable[[F], F]:
    """The least confidence of a result, 0–1."""
    return click.option("--min-confidence", type=Share(), default=default, metavar="P", help=help_text)


def glossary_file(_: click.Context, _parameter: click.Parameter, value: str) -> str:
    """A glossary's file; of a memory on a server the one that this host has of its glossary."""
    if "://" not in value:
        return value
    from tm.work.shared_glossary import local_glossary

    return os.fspath(local_glossary(value))


def terms(help_text: str) -> Callable[[F], F]:
    """A glossary file, or a memory on a server, which has one."""
    return click.option(
        "--terms",
        "glossary",
        type=File(),
        metavar="GLOSSARY",
        default="",
        help=help_text,
        callback=glossary_file,
    )


def where(function: F) -> F:
    """Which units of a memory are meant; given again, both must hold."""
    return click.option(
        "--where",
        metavar="CONDITIONS",
        multiple=True,
        callback=lambda _, _parameter, values: " ".join(values),
        help='Only units of which this holds, e.g. "author=rui date>=2020" (tm help where).',
    )(function)


def author(help_text: str) -> Callable[[F], F]:
    """Who makes a change, for the history."""
    return click.option(
        "--author", metavar="NAME", default="", envvar="TM_AUTHOR", show_envvar=True, help=help_text
    )


yes = click.option("--yes", is_flag=True, help="More than one unit is meant: ask nothing.")


def reports(function: F) -> F:
    """The ways to print and write findings beside lines."""
    github = click.option(
        "--github", "as_github", is_flag=True, help="Print annotations for a GitHub workflow instead."
    )
    junit = click.option("--junit", type=File(), metavar="PATH", help="Also write JUnit XML.")
    sarif = click.option("--sarif", type=File(), metavar="PATH", help="Also write SARIF 2.1.0.")
    return as_json(github(junit(sarif(function))))


def limit(help_text: str, default: int | None = None) -> Callable[[F], F]:
    """How many results at most."""
    return click.option(
        "-n",
        "--limit",
        type=WholeNumber(1),
        default=default,
        show_default=True,
        metavar="N",
        help=help_text,
    )


vectors = click.option(
    "--vectors",
    metavar="MODEL",
    default="",
    help='Sentence vectors as further evidence: "use" (the model of the extra [vectors]), an .npz file, or a '
    "sentence-transformers model.",
)
dictionary = click.option(
    "--dictionary",
    metavar="FILE",
    default="auto",
    help='A dictionary, which teaches words: a table of two columns, or the .index of one for dictd; "auto" takes '
    'those of FreeDict that are installed, "none" takes none.',
    show_default=True,
)


def _workers(_: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Who works, if that is said so that it means something; also where one file needs no help."""
    if value:
        from tm.work.workers import check_workers

        check_workers(value)
    return value


workers = click.option(
    "--workers",
    metavar="N|ADDRESS",
    default="",
    callback=_workers,
    help="Work in N processes, or on a Dask cluster: dask://HOST:8786.",
)
shards = click.option(
    "--shards",
    "shard_count",
    type=WholeNumber(1),
    metavar="N",
    help="Cut the work into N pieces [default: by the size of the files].",
)


def languages(function: F) -> F:
    """Both language options."""
    return source_language(target_language(function))


def direction(function: Callable[..., Any]) -> Callable[..., Any]:
    """Both language options as one ``asked: Direction``; a side that is not said is ""."""

    @functools.wraps(function)
    def with_direction(*, source: str | None, target: str | None, **given: Any) -> Any:  # noqa: ANN401
        """Call the verb with the direction."""
        return function(asked=parsed(source or "", target or ""), **given)

    return languages(with_direction)
