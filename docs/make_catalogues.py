"""Bring the texts of pages and of the command line into the catalogues of ``tm/pages/locale``.

Run ``python docs/make_catalogues.py``. Each language has two catalogues:

- ``fr.po``: the texts of templates and scripts.
- ``command.fr.po``: the help of the command line, what it prints (``_`` and ``_n`` in ``tm/cli``), and click's own texts.
- ``library.fr.po``: errors, notices and findings, which the library makes in English (``docs/library_texts.py``).

A text that is new stands there without a translation, one that changed a little keeps the one it had, marked fuzzy,
one that is nowhere any more goes. A test fails when a catalogue is stale or a text is not translated or fuzzy. Those of click are taken from the click that is installed here and
stay, whatever version is installed elsewhere.
"""

import ast
import difflib
import importlib.util
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import jinja2
import library_texts
import polib

from tm.cli import VERBS, group
from tm.cli.interface_language import paragraphs
from tm.pages.reasons import PHRASES

ROOT = Path(__file__).parents[1]
REASONS = "tm/pages/glossary_rows.js"
"""The script that shows why a pair of terms is in the glossary, in the phrases of ``tm/pages/reasons.py``."""

FOLDERS = [ROOT / "tm" / name for name in ("pages", "server", "cli", "work")]
LOCALE = ROOT / "tm" / "pages" / "locale"

CALL = re.compile(r'\b(tn?)\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?')
"""A text in a script: t("…"), or tn("… one", "… many", …)."""

TITLE = re.compile(r'\bPage\(\s*"[^"]*",\s*"[^"]*",\s*"([^"]*)"')
"""The title of a page of the server."""

WORD = re.compile(r"""^(?!\s*>>>).*\bgettext\((["'])(.+?)\1\)""", re.MULTILINE)
"""A text that a program takes from the catalogue; examples in its documentation take none."""

HEADER = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


Text = tuple[str, str, str]
"""A text, its form for many or "", and the file that has it."""


def texts_of_pages() -> Iterator[Text]:
    """Each text of the pages."""
    for path in sorted(itertools.chain.from_iterable(folder.rglob("*.*") for folder in FOLDERS)):
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8") if path.suffix in (".html", ".js", ".py") else ""
        if path.suffix == ".html":
            environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
            for _, function, message in environment.extract_translations(source, ("_", "counted")):
                one, many = message[:2] if function == "counted" else (message, "")
                if isinstance(one, tuple):
                    one = one[0]
                if one:
                    yield one, many, name
        if path.suffix == ".py":
            words = [match[1] for match in TITLE.finditer(source)]
            yield from ((text, "", name) for text in [*words, *(match[2] for match in WORD.finditer(source))])
        for match in CALL.finditer(source) if path.suffix == ".js" else ():
            yield match[2], match[3] if match[1] == "tn" else "", name
        if name == REASONS:
            phrases = dict.fromkeys(phrase for sides in PHRASES.values() for phrase in sides if phrase)
            yield from ((phrase, "", name) for phrase in phrases)


def texts_of_command() -> Iterator[Text]:
    """Each text of the command line: the help of all verbs, then what they print."""
    root = click.Context(group, info_name="tm")
    yield from _help(group, root)
    for verb in VERBS:
        command = group.get_command(root, verb)
        assert command is not None
        yield from _help(command, root)
    for path in sorted((ROOT / "tm" / "cli").glob("*.py")):
        for one, many in _marked(path):
            yield one, many, path.relative_to(ROOT).as_posix()


def _help(command: click.Command, parent: click.Context) -> Iterator[Text]:
    """The help of a command and of those below it, but for examples without a word of explanation."""
    for part in [*paragraphs(command.help or ""), command.epilog or ""]:
        if part and (not part.startswith("\b") or re.search(r"\S  ", part)):
            yield part, "", "help"
    context = click.Context(command, info_name=command.name, parent=parent)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help and parameter.name != "version":
            yield parameter.help, "", "help"
            if isinstance(parameter.show_default, str):
                yield parameter.show_default, "", "help"
    if isinstance(command, click.Group) and command is not group:
        for inner in command.list_commands(context):
            below = command.get_command(context, inner)
            assert below is not None
            yield from _help(below, context)


MARKS = {"_": 1, "_n": 2, "later": 1, "ngettext": 2}
"""What a text is given to, and how many forms of it."""


def _marked(path: Path) -> Iterator[tuple[str, str]]:
    """The texts that a program gives to ``_``, ``_n`` or ``later``, or click to ``_`` or ``ngettext``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            forms = [arg.value for arg in node.args[: MARKS[node.func.id]] if isinstance(arg, ast.Constant)]
            if len(forms) == MARKS[node.func.id]:
                yield forms[0], "".join(forms[1:])


def texts_of_click() -> Iterator[Text]:
    """Each text of the click that is installed."""
    spec = importlib.util.find_spec("click")
    assert spec
    assert spec.submodule_search_locations
    for path in sorted(Path(spec.submodule_search_locations[0]).glob("*.py")):
        yield from ((one, many, "click") for one, many in _marked(path))


def texts_of_library() -> Iterator[Text]:
    """Each sentence of the library."""
    yield from ((text, "", "library") for text in library_texts.texts_of_library(ROOT))


KINDS = {"": texts_of_pages, "command": texts_of_command, "library": texts_of_library}
"""The catalogues of a language, by the beginning of their names."""


def file_of(language: str, kind: str) -> Path:
    """The file of a catalogue."""
    return LOCALE / ".".join(filter(None, (kind, language, "po")))


def catalogue(language: str, kind: str, new: Iterable[Text] = ()) -> str:
    """The catalogue of a language as it should be, with the translations that it has.

    Args:
        language: its tag.
        kind: of ``KINDS``.
        new: more texts, besides those that come from click already.
    """
    path = file_of(language, kind)
    old = {entry.msgid: entry for entry in polib.pofile(path.read_text("utf-8"))} if path.exists() else {}
    result = polib.POFile(wrapwidth=100)
    result.metadata = {"Language": language.replace("-", "_"), **HEADER}
    of_click = [
        (entry.msgid, entry.msgid_plural, "click")
        for entry in old.values()
        if ("click", "") in entry.occurrences
    ]
    entries = {}
    for one, many, name in itertools.chain(KINDS[kind](), of_click, new):
        if one not in entries:
            before = old.get(one)
            entries[one] = polib.POEntry(msgid=one, msgid_plural=many, msgstr=before.msgstr if before else "")
            if many:
                entries[one].msgstr_plural = (before and before.msgstr_plural) or {0: "", 1: ""}
        if (name, "") not in entries[one].occurrences:
            entries[one].occurrences.append((name, ""))
    _keep_changed(entries, old)
    result.extend(entries.values())
    return f"{result}\n"


def _keep_changed(entries: dict[str, polib.POEntry], old: dict[str, polib.POEntry]) -> None:
    """Give a text that changed a little the translation that it had, marked for somebody to mend."""
    gone = {text: entry for text, entry in old.items() if text not in entries and entry.msgstr}
    for text, entry in entries.items():
        if not (text in old or entry.msgid_plural):
            for near in difflib.get_close_matches(text, gone, 1, 0.8):
                entry.msgstr = gone[near].msgstr
                entry.flags.append("fuzzy")
        elif text in old and old[text].fuzzy:
            entry.flags.append("fuzzy")


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    for tag in ("fr", "pt-BR"):
        for kind in KINDS:
            text = catalogue(tag, kind, texts_of_click() if kind == "command" else ())
            file_of(tag, kind).write_text(text, encoding="utf-8")
