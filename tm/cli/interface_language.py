"""The command line's own words in the language of who reads them: English, French or Portuguese (Brazil).

``_`` gives a text in that language, ``_n`` one about a number; ``later`` marks a text that is given to ``_`` elsewhere.
All are English in the code; ``docs/make_catalogues.py`` brings them into the catalogues ``tm/pages/locale/command.*``.
In English no catalogue is read, and nothing is imported for it.

>>> _("{count} of {all}", count=3, all=7), _n("{count} unit", "{count} units", 1)
('3 of 7', '1 unit')
"""

from __future__ import annotations

import copy
import inspect
import os
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from tm.pages.messages import Messages

C = TypeVar("C", bound=click.Command)

ENGLISH = "en"

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where the system says its language, the first that is set."""

_TAGS = {"fr": "fr", "pt": "pt-BR", "en": ENGLISH, "c": ENGLISH, "posix": ENGLISH}
"""What each language that is asked for is answered in."""

_OF_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
"""The modules of click that have texts of their own."""


def interface_language() -> str:
    """The language that is asked for: by ``TM_LANGUAGE``, else by the system's settings, as gettext reads them.

    ``LANGUAGE`` names several, the most wanted first; it does not count where the system's language is C.
    """
    system = next(filter(None, (os.environ.get(name, "") for name in VARIABLES)), "")
    wanted = system if system in ("C", "POSIX") else os.environ.get("LANGUAGE") or system
    for name in (os.environ.get("TM_LANGUAGE") or wanted).split(":"):
        if language := offered_language(name):
            return language
    return ENGLISH


def offered_language(name: str) -> str:
    """The language of ours that a name of a language or a locale means, "" for none.

    >>> offered_language("pt_PT.UTF-8"), offered_language("fr"), offered_language("de")
    ('pt-BR', 'fr', '')
    """
    return _TAGS.get(name.replace("-", "_").partition("_")[0].partition(".")[0].lower(), "")


def _(text: str, /, **values: object) -> str:
    """The text in the reader's language, with the values put where their names stand in braces."""
    catalogue = _catalogue()
    text = catalogue.gettext(text) if catalogue else text
    return text.format(**values) if values else text


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """The text about a number, which stands there as ``{count}``.

    >>> _n("{count} unit of {all}", "{count} units of {all}", 0, all=7)
    '0 units of 7'
    """
    catalogue = _catalogue()
    text = catalogue.ngettext(one, many, count) if catalogue else one if count == 1 else many
    return text.format(count=count, **values)


def later(text: str) -> str:
    """The same text: it is shown elsewhere, by ``_``.

    >>> later("several translations")
    'several translations'
    """
    return text


def joined(*parts: str) -> str:
    """Parts of a line, as the language sets them apart.

    >>> joined("3 units", "", "2 drafts")
    '3 units; 2 drafts'
    """
    return _("; ").join(filter(None, parts))


def sentence(text: str) -> str:
    """A text that the library made (an error, a finding, a notice) in the reader's language, as far as it is known.

    >>> sentence("no such file or folder")
    'no such file or folder'
    """
    language = interface_language()
    if language == ENGLISH or not text:
        return text
    from tm.pages.sentences import in_language

    return in_language(text, language)


def _catalogue() -> Messages | None:
    """The catalogue of the command line; None in English."""
    language = interface_language()
    if language == ENGLISH:
        return None
    from tm.pages.messages import messages

    return messages(language, "command")


def speak_for_click() -> None:
    """Have click's own texts (usage, options, errors) from our catalogue from now on.

    click takes each text through ``_`` and ``ngettext`` in its modules, when it is shown.
    """
    import importlib

    for name in _OF_CLICK:
        module = importlib.import_module(f"click.{name}")
        for function, ours in (("_", _of_click), ("ngettext", _counted_by_click)):
            if hasattr(module, function):
                setattr(module, function, ours)


def _of_click(text: str) -> str:
    return _(text)


def _counted_by_click(one: str, many: str, count: int) -> str:
    catalogue = _catalogue()
    return catalogue.ngettext(one, many, count) if catalogue else one if count == 1 else many


def paragraphs(help_text: str) -> list[str]:
    r"""The paragraphs of a help text as the catalogues have them: each in one line, but for examples.

    >>> paragraphs("Look it\nup.\n\n\b\ntm find x\n\nShows\n  texts.")
    ['Look it up.', '\x08\ntm find x', 'Shows texts.']
    """
    parts = (part.strip("\n ") for part in inspect.cleandoc(help_text).split("\n\n"))
    return [part if part.startswith("\b") else " ".join(part.split()) for part in parts]


def localised(command: C) -> C:
    """The command with its help in the reader's language, a copy; in English itself."""
    if interface_language() == ENGLISH:
        return command
    local = copy.copy(command)
    local._help_option = None  # click keeps it, in the language that it was first asked in
    if local.help:
        local.help = "\n\n".join(map(_, paragraphs(local.help)))
    local.epilog = local.epilog and _(local.epilog)
    local.params = [_localised_parameter(parameter) for parameter in command.params]
    if isinstance(local, click.Group):
        local.commands = {name: localised(inner) for name, inner in local.commands.items()}
    return local


def _localised_parameter(parameter: click.Parameter) -> click.Parameter:
    local = copy.copy(parameter)
    if isinstance(local, click.Option):
        local.help = local.help and _(local.help)
        if isinstance(local.show_default, str):
            local.show_default = _(local.show_default)
    return local
