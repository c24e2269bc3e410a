"""TBX read: TBX-Basic and TBX-Default of 2008, ISO 30042:2019 in both styles, TBX-Min. ``_tbx.py`` writes it.

In: a file's bytes. Out: concepts.

1. ``_Events`` builds a tree of ``Element`` (``_tbx_elements``) for each entry.
2. ``_tbx_concepts`` makes a concept of the tree.
3. Entries of a shape that was met before are read without expat (``_tbx_shapes``).

TBX says a status as ``administrativeStatus``, which every program knows. It has no value for a candidate, for
a rejected pair and for a term that is not to be translated; these stand in ``projectSubset`` beside it. The
two contexts of a pair of terms stand with their terms; both have the same source (``document:line``), which
joins them again. TBX-Basic has no place for counts and confidences.

>>> from tm.formats.authoring import Reading
>>> pieces = (
...     b'<martif xml:lang="fr"><text><body><termEntry id="c1"><langSet xml:lang="fr"><tig><term>pont</term>',
...     b'<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>',
...     b'<langSet xml:lang="pt"><tig><term>ponte</term></tig></langSet></termEntry></body></text></martif>',
... )
>>> [concept] = read(iter(pieces), Reading("bridges.tbx"))
>>> concept.id, [(term.language, term.text, term.status) for term in concept.terms]
('c1', [('fr', 'pont', 'preferred'), ('pt', 'ponte', 'approved')])
"""

from __future__ import annotations

import itertools
import re
from functools import partial
from typing import TYPE_CHECKING

from tm.formats import _bytes, _tbx, _tbx_rules, _tbx_shapes, _xml
from tm.formats._format import MAX_CHARACTERS, Format, Reading
from tm.formats._tbx_concepts import NEEDED, EntryError, concept_of, needs_no_translation, parts_of
from tm.formats._tbx_elements import ENTRIES, ROOTS, Element

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.parsers import expat

    from tm.formats._format import Chunks
    from tm.formats._tbx_concepts import Parts
    from tm.model import Concept

_BASIC_2008 = re.compile(rb"""<martif\s(?:[^>]*\s)?type\s*=\s*["']TBX-Basic["']""")
_START = 1 << 16
"""The bytes in which the first entry is looked for, to know its name."""
_NEXT_ENTRY = re.compile(rb"<(termEntry|conceptEntry|conceptGrp)[\s>]")

# ------------------------------------------------------------------------------------------------- reading


def read(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in order. A term without a status is approved: somebody put it into a termbase."""
    events = _Events(reading)
    resumption = _xml.Resumption(_NEXT_ENTRY, lambda: f"<{events.root or ROOTS[0]}><text><body>")
    start, rest = _bytes.at_least(_START, chunks)
    entry = _NEXT_ENTRY.search(start)
    end_tag = b"</" + (entry[1] if entry else ENTRIES[0].encode()) + b">"
    shortcut = _xml.Shortcut(end_tag, events.take_plain)
    for _ in events.xml.parse(itertools.chain([start], rest), resumption, shortcut):
        events.check_size()
        yield from events.finished
        events.finished.clear()


class _Events:
    """Turns expat's events into a tree for each entry, and the tree into a concept."""

    def __init__(self, reading: Reading) -> None:
        self.finished: list[Concept] = []
        self.root = ""
        self._reading = reading
        self._language = ""
        self._ids = 0
        self.xml = _xml.XmlFile(reading, self._connect)

    def _connect(self, parser: expat.XMLParserType) -> None:
        self._depth = 0
        self._needs = False
        self._open: list[Element] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > _xml.MAX_DEPTH:
            raise self.xml.error(f"elements nested more than {_xml.MAX_DEPTH} deep")
        if self._depth == 1:
            if local not in ROOTS:
                raise self.xml.error(
                    f"the top element is <{name}>; a TBX file has <martif> or <tbx>, MultiTerm <mtf>"
                )
            self.root = name
            self._language = self._language or dict(_xml.pairs(attributes)).get("xml:lang", "")
        elif local == "languages":  # TBX-Min names the languages in its header
            self._language = dict(_xml.pairs(attributes)).get("source", self._language)
        elif self._open or local in ENTRIES:
            element = Element(
                local, dict(zip(attributes[::2], attributes[1::2], strict=True)), self.xml.place
            )
            self._needs |= element.category in NEEDED
            if self._open:
                self._open[-1].children.append(element)
                self._open[-1].content.append(element)
            self._open.append(element)

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].content.append(text)

    def check_size(self) -> None:
        """Refuse a text without end before it fills the memory."""
        texts = (part for element in self._open for part in element.content if isinstance(part, str))
        if sum(map(len, texts)) > MAX_CHARACTERS:
            raise self.xml.error(f"a text of more than {MAX_CHARACTERS} characters")

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        entry = self._open.pop()
        if not self._open:
            self._ids += 1
            self.xml.unit_ended()
            try:
                is_fixed = self._needs and needs_no_translation(entry)
                self._finish(parts_of(entry, self._reading), is_fixed=is_fixed)
                if unread := entry.unread():
                    self._reading.account.unread.update(element.category for element in unread)
            except EntryError as fault:
                self._reading.fault(fault.what, *fault.place)
            self._needs = False

    def _finish(self, parts: Parts, *, is_fixed: bool = False) -> None:
        """Make a concept of what an entry says."""
        language = self._reading.source or self._language
        self.finished.append(concept_of(parts, language, self._ids, is_fixed=is_fixed))

    def take_plain(self, piece: bytes, start: int, line: int) -> tuple[int, int]:
        """Read the entries at this offset, which is in this line; give the offset behind them, and its line."""
        end = _tbx_shapes.take(piece, start, self._add_plain)
        return end, line + piece.count(b"\n", start, end)

    def _add_plain(self, parts: Parts) -> None:
        self._ids += 1
        self.xml.units += 1
        self._finish(parts)


def is_basic_2008(start: bytes) -> bool:
    """Whether a file that begins with these bytes is TBX-Basic of 2008.

    >>> is_basic_2008(b'<martif xml:lang="fr" type="TBX-Basic">'), is_basic_2008(b'<martif type="TBX">')
    (True, False)
    """
    return bool(_BASIC_2008.search(start))


TBX = Format(
    "tbx",
    (".tbx",),
    "Termbase exchange, TBX-Basic 2008 (2019 is read too)",
    read_concepts=read,
    write_concepts=partial(_tbx.write, dialect=_tbx.BASIC_2008),
    faults=_tbx_rules.faults,
    is_kept=is_basic_2008,
    holds_of_terms=_tbx.HOLDS_OF_STANDARD,
)
TBX3 = Format(
    "tbx3",
    (),
    "Termbase exchange, TBX-Basic of ISO 30042:2019",
    write_concepts=partial(_tbx.write, dialect=_tbx.BASIC_2019),
    holds_of_terms=_tbx.HOLDS_OF_STANDARD,
)
