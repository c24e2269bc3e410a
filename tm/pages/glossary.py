"""A glossary to read, search, print and decide on: a row for each concept, with contexts of its terms.

``glossary_page`` makes an ``Entry`` of each concept, terms first and names after them, and writes all of it
as data that the page's script draws on demand (``glossary_data.py``). A page shall not outgrow ``ROOM`` a
concept: ``LEVELS`` says what is left out first. Without JavaScript a plain table is there (``_Row``), for
the first ``ILLUSTRATED`` concepts with a context.
"""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.pages.glossary_data import STATUSES, Entry, GlossaryData, Quote, clipped
from tm.pages.marking import SharedRows
from tm.pages.messages import ENGLISH, messages
from tm.pages.page import render, render_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.model import Concept, Status, Term

ROOM = 1000
"""Bytes of the page for each concept, of five hundred at least: 1,000 concepts can be sent by mail."""

LEVELS = ((1000, 1_000_000), (3, 400), (2, 400), (2, 240), (1, 240), (1, 160), (1, 100), (0, 0))
"""How many contexts of a concept a page has, and how many characters of each sentence: the first level that
fits is taken."""

ILLUSTRATED = 300
"""Concepts that have a context in the plain table."""

PLAIN_CHARACTERS = 200
"""Of a sentence in the plain table."""

STYLES = ("page.css", "glossary.css")
SCRIPTS = (
    "common.js",
    "elements.js",
    "glossary_model.js",
    "glossary_search.js",
    "glossary_decisions.js",
    "glossary_kept.js",
    "glossary_rows.js",
    "glossary.js",
)

ABBREVIATIONS = {
    "noun": "n.",
    "verb": "v.",
    "adjective": "adj.",
    "adverb": "adv.",
    "properNoun": "name",
    "masculine": "m.",
    "feminine": "f.",
    "neuter": "nt.",
    "other": "other gender",
}
WORDS = {
    "properNoun": "proper noun",
    "other": "other gender",
    "fullForm": "full form",
    "shortForm": "short form",
    "do-not-translate": "do not translate",
}
"""The words in a page for values of the model; a value that is not here is a word already."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the plain table."""

    number: int
    source: tuple[Term, ...]
    target: tuple[Term, ...]
    statuses: tuple[Status, ...]
    quote: Quote | None


def glossary_page(
    concepts: Sequence[Concept], *, direction: Direction, title: str = "", language: str = ENGLISH
) -> str:
    """A glossary as a page of one file, to search, sort, filter, print and decide on.

    Args:
        concepts: best first; the page keeps their order, but for names, which come after the terms.
        direction: from which language into which.
        title: of the page; "" = a glossary of its languages.
        language: of the page, one of ``tm.pages.messages.LANGUAGES``.

    Returns:
        HTML, the same for the same input; about 1 MB for each 1,000 concepts at most.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept, Term
    >>> rye = Concept("1", (Term("seigle", "fr"), Term("centeio", "pt-BR")))
    >>> page = glossary_page([rye], direction=Direction("fr", "pt-BR"), title="Bread")
    >>> '<b lang="pt-BR" dir="ltr">centeio</b>' in page
    True
    """
    rows_of_sides = SharedRows(direction.source), SharedRows(direction.target)
    entries = sorted(
        (Entry(concept, direction, rows_of_sides) for concept in concepts), key=lambda entry: entry.is_name
    )
    rows = [_row(number, entry) for number, entry in enumerate(entries, 1)]
    names = sum(entry.is_name for entry in entries)
    languages = {"source": direction.source, "target": direction.target}
    texts = messages(language)
    heading = texts.gettext("Glossary")
    tags = [tag for tag in dict.fromkeys(languages.values()) if tag != "und"]
    plain = render_part(
        "glossary_plain.html",
        language=language,
        sections=[
            (texts.gettext("Terms"), rows[: len(rows) - names]),
            (texts.gettext("Names"), rows[len(rows) - names :]),
        ],
        abbreviations=ABBREVIATIONS,
        words=WORDS,
        **languages,
    )
    make = functools.partial(
        render,
        "glossary.html",
        styles=STYLES,
        scripts=SCRIPTS,
        language=language,
        title=title or f"{heading} {' – '.join(tags)}",
        plain=plain,
        total=len(entries),
        statuses=STATUSES,
        documents=_documents(entries),
        parts_of_speech=_parts_of_speech(entries),
        words=WORDS,
        **languages,
    )
    without_data = make(data="", edition="0" * 16)
    data = _data(entries, ROOM * max(len(entries), 500) - len(without_data.encode()))
    return make(data=data, edition=hashlib.blake2b(data.encode(), digest_size=8).hexdigest())


def _data(entries: Sequence[Entry], room: int) -> str:
    """The data for the script, with as many contexts as there is room for, in bytes."""
    text = ""
    for contexts, characters in LEVELS:
        if characters and _least_size(entries, contexts, characters) > room:
            continue
        data = GlossaryData(contexts, characters)
        for entry in entries:
            data.add(entry)
        text = data.json_text()
        if len(text.encode()) <= room:
            break
    return text


def _least_size(entries: Iterable[Entry], contexts: int, characters: int) -> int:
    """Bytes that the contexts take at least: a level is not tried where they alone are too much."""
    kept = {context for entry in entries for context in entry.contexts[:contexts]}
    sentences = {sentence for context in kept for sentence in (context.source, context.target)}
    return sum(min(len(sentence.encode("utf-8", "replace")), characters) for sentence in sentences)


def _row(number: int, entry: Entry) -> _Row:
    statuses = {term.status for term in entry.target or entry.source}
    quote = None
    for best in entry.quotes(1) if number <= ILLUSTRATED else ():
        source, target = (clipped(pieces, PLAIN_CHARACTERS) for pieces in (best.source, best.target))
        quote = Quote(source, target, best.context)
    decided = tuple(status for status in STATUSES if status in statuses)
    return _Row(number, entry.source, entry.target, decided, quote)


def _documents(entries: Iterable[Entry]) -> list[str]:
    """The documents that contexts come from."""
    return sorted({context.document for entry in entries for context in entry.contexts} - {""})


def _parts_of_speech(entries: Iterable[Entry]) -> list[str]:
    """The parts of speech of the main terms, the commonest first."""
    counts = Counter(term.part_of_speech for entry in entries for term in entry.source[:1])
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if name]
