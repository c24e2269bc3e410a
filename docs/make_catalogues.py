"""Bring the texts of templates and scripts into the catalogues of ``tm/pages/locale``.

Run ``python docs/make_catalogues.py``.

A text that is new stands there without a translation, one that no page has any more goes. A test fails when a
catalogue is stale or a text is not translated.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import polib

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


def texts() -> Iterator[tuple[str, str, str]]:
    """Each text of the pages, its form for many or "", and the file that has it."""
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


def catalogue(language: str) -> str:
    """The catalogue of a language as it should be, with the translations that it has."""
    path = LOCALE / f"{language}.po"
    old = {entry.msgid: entry for entry in polib.pofile(path.read_text("utf-8"))} if path.exists() else {}
    result = polib.POFile(wrapwidth=100)
    result.metadata = {"Language": language.replace("-", "_"), **HEADER}
    entries = {}
    for one, many, name in texts():
        if one not in entries:
            before = old.get(one)
            entries[one] = polib.POEntry(msgid=one, msgid_plural=many, msgstr=before.msgstr if before else "")
            if many:
                entries[one].msgstr_plural = (before and before.msgstr_plural) or {0: "", 1: ""}
        if (name, "") not in entries[one].occurrences:
            entries[one].occurrences.append((name, ""))
    result.extend(entries.values())
    return f"{result}\n"


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    for tag in ("fr", "pt-BR"):
        text = catalogue(tag)
        (LOCALE / f"{tag}.po").write_text(text, encoding="utf-8")
