"""The words of the pages in the languages of those who read them: gettext catalogues in ``locale``.

A page is written in English; ``fr.po`` and ``pt-BR.po`` have each of its texts in another language.
``preferred`` chooses a language by what a browser asks for, ``messages`` gives a language's texts: to
templates by its functions ``gettext`` and ``ngettext``, to scripts as JSON. ``docs/make_catalogues.py`` brings the
texts of templates and scripts into the catalogues, and those of the command line into ``command.*.po``.

>>> messages("pt-BR").gettext("approved"), messages("fr").ngettext("{number} concept", "{number} concepts", 0)
('aprovado', '{number} concept')
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENGLISH = "en"

LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "fr": "Français", "pt-BR": "Português"}
"""The languages of the pages, each by its own name."""

_RANGE = re.compile(r"\s*([A-Za-z]{2,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([0-9.]+))?\s*")
"""A language that a browser asks for, and how much it is wanted (0–1)."""

_SCRIPT = ".js "


@dataclass(frozen=True, slots=True)
class Messages:
    """The texts of the pages in one language.

    Attributes:
        language: its tag.
        texts: by the English text.
        forms: the texts about one and about many, by the English text about one.
        script: which of them the scripts need, as JSON; "{}" for English.
    """

    language: str = ENGLISH
    texts: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    script: str = "{}"

    def gettext(self, text: str) -> str:
        """The text in this language; in English where there is none.

        >>> messages("fr").gettext("a text that no page has")
        'a text that no page has'
        """
        return self.texts.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The text about a number; French and Portuguese count nothing like one.

        >>> messages("en").ngettext("concept", "concepts", 0)
        'concepts'
        """
        single, plural = self.forms.get(one, (one, many))
        is_one = number == 1 or (number == 0 and self.language != ENGLISH)
        return single if is_one else plural

    def number(self, number: int) -> str:
        """A number with its thousands apart.

        >>> messages("en").number(12345), messages("fr").number(12345), messages("pt-BR").number(12345)
        ('12,345', '12\u202f345', '12.345')
        """
        separator = {"fr": "\u202f", "pt-BR": "."}.get(self.language, ",")
        return f"{number:,}".replace(",", separator)


@functools.cache
def messages(language: str = ENGLISH, catalogue: str = "") -> Messages:
    """The texts of a language; English ones for a language that the pages do not have.

    Args:
        language: its tag.
        catalogue: "" for the pages' texts, "command" for those of the command line.

    >>> messages("de").language, messages("fr", "command").gettext("Options")
    ('en', 'Options')
    """
    if language == ENGLISH or language not in LANGUAGES:
        return Messages()
    texts, forms, of_scripts = {}, {}, {}
    for entry in _entries(language, catalogue):
        if "fuzzy" in entry:
            continue
        text = entry["msgid"]
        if entry.get("msgstr[1]"):
            forms[text] = entry["msgstr[0]"], entry["msgstr[1]"]
        elif entry.get("msgstr"):
            texts[text] = entry["msgstr"]
        if _SCRIPT in entry["files"]:
            of_scripts[text] = forms.get(text) or texts[text]
    script = json.dumps(of_scripts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Messages(language, texts, forms, script)


def _entries(language: str, catalogue: str) -> Iterator[dict[str, str]]:
    """The entries of a catalogue by the keywords of PO, with their files.

    This reads what ``docs/make_catalogues.py`` writes, ten times as fast as a reader of any PO.
    """
    name = ".".join(filter(None, (catalogue, language, "po")))
    text = (Path(__file__).parent / "locale" / name).read_text(encoding="utf-8")
    for block in text.strip().split("\n\n")[1:]:
        entry, keyword = {"files": ""}, ""
        for line in block.splitlines():
            if line.startswith("#"):
                entry["files"] += f"{line[2:]} "
                if line == "#, fuzzy":
                    entry["fuzzy"] = line
                continue
            first, _, value = line.partition(" ")
            if line.startswith('"'):
                value = line
            else:
                keyword = first
            entry[keyword] = entry.get(keyword, "") + json.loads(value)
        yield entry


def preferred(accepted: str) -> str:
    """The language of the pages for a browser, by its header ``Accept-Language``.

    >>> preferred("de-AT, pt;q=0.8, en;q=0.5"), preferred("fr-CA"), preferred("")
    ('pt-BR', 'fr', 'en')
    """
    by_base = {tag.partition("-")[0]: tag for tag in LANGUAGES}
    ranges = filter(None, map(_RANGE.fullmatch, accepted.split(",")))
    wanted = [(float(match[2] or 1), by_base.get(match[1].lower(), "")) for match in ranges]
    return max(((share, tag) for share, tag in wanted if tag and share), default=(0, ENGLISH), key=_share)[1]


def _share(wanted: tuple[float, str]) -> float:
    return wanted[0]
