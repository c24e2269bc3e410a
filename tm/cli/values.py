"""What options and arguments may be: the nearest is named when one is misspelt, and a shell completes them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import click

from tm import bcp47
from tm.cli.interface_language import _, joined, sentence
from tm.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

COMMON = ("de", "en", "es", "fr", "it", "nl", "pl", "pt-BR", "pt-PT", "ru", "zh")
"""Languages that a shell offers; any other may be written."""


def _beginning(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


class Choice(click.Choice[str]):
    """One of some words; of a misspelt one the nearest is named."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse another word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            hint = sentence(nearest(value, map(str, self.choices)).removeprefix("; "))
            raise click.BadParameter(joined(error.message.removesuffix("."), hint), ctx, param) from None


class WholeNumber(click.IntRange):
    """A whole number of a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Refuse what is none in the words of a person."""
        try:
            int(value)
        except ValueError:
            self.fail(_("{value} is no whole number", value=repr(value)), param, ctx)
        return super().convert(value, param, ctx)


class Share(click.FloatRange):
    """A number from 0 to 1."""

    def __init__(self) -> None:
        """With both ends."""
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Refuse what is none in the words of a person."""
        try:
            float(value)
        except ValueError:
            self.fail(_("{value} is no number from 0 to 1", value=repr(value)), param, ctx)
        return super().convert(value, param, ctx)


class _Completed(click.ParamType[str], ABC):
    """A value that a shell completes."""

    @abstractmethod
    def completions(self, incomplete: str) -> list[CompletionItem]:
        """What it may become."""

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The same, whatever the command."""
        return self.completions(incomplete)


class LanguageTag(_Completed):
    """A BCP 47 tag in any spelling, given on in ours."""

    name = "tag"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is no language; of a language's name its tag is named."""
        if not bcp47.is_tag(value):
            from tm.formats import language_of_name

            tag = language_of_name(value)
            hint = _("did you mean {name}?", name=tag) if tag else _("write it like fr or pt-BR.")
            self.fail(joined(_("{value} is not a language tag", value=repr(value)), hint), param, ctx)
        return bcp47.canonical(value)

    def completions(self, incomplete: str) -> list[CompletionItem]:
        """Common languages."""
        return _beginning(COMMON, incomplete)


class File(_Completed):
    """A file or a folder, or an address in its place: the verb itself says what is wrong with it."""

    name = "path"

    def completions(self, incomplete: str) -> list[CompletionItem]:
        """What the shell finds."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


class Names(_Completed):
    """Names with commas between; the verb itself says which it does not know.

    Args:
        known: gives those that a shell offers.
    """

    name = "names"

    def __init__(self, known: Callable[[], Iterable[str]]) -> None:
        """Nothing is loaded before a shell asks."""
        self.known = known

    def completions(self, incomplete: str) -> list[CompletionItem]:
        """The names that the last of those given may become.

        >>> shown = Names(lambda: ["number", "name", "term"]).completions("term,n")
        >>> [item.value for item in shown]
        ['term,number', 'term,name']
        """
        before, comma, last = incomplete.rpartition(",")
        return _beginning((before + comma + name for name in self.known()), before + comma + last)


def readable_formats() -> list[str]:
    """The formats of ``--from``.

    >>> "tmx" in readable_formats()
    True
    """
    from tm.formats import formats

    return [form.name for form in formats() if form.read_units or form.read_concepts or form.read_document]


def writable_formats() -> list[str]:
    """The formats of ``--to``.

    >>> "tbx" in writable_formats()
    True
    """
    from tm.formats import formats

    return [form.name for form in formats() if form.write_units or form.write_concepts]


def check_names() -> list[str]:
    """The checks of ``--only``.

    >>> "number" in check_names()
    True
    """
    from tm.checks import checks

    return list(checks())


def fault_kinds() -> list[str]:
    """The kinds of faults that ``tm clean`` looks for.

    >>> "mojibake" in fault_kinds()
    True
    """
    from tm.cleaning.fault import KINDS

    return list(KINDS)
