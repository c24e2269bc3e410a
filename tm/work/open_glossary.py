r"""A glossary that stays open for many look-ups: read once, and anew when its file was written.

``OpenGlossary.now`` gives the ``Edition`` that is in the file: its concepts, their rows as a page draws them
(``Edition.rows``), and the terms of a text (``Edition.terms_in``). Threads may share it.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "glossary.tsv")
...     _ = path.write_text("concept\tstatus\tfr\tpt\nc-four\tcandidate\tfour\tforno\n")
...     glossary = OpenGlossary(path)
...     [occurrence.term.text for occurrence in glossary.now().terms_in("Le four.", "fr")]
...     glossary.now() is glossary.now(), glossary.now().rows(["c-four"])
['four']
(True, '{"texts":[""],"concepts":[["c-four",[["four"]],[["forno"]]]]}')
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, reason
from tm.work.decision_log import read_log
from tm.work.glossary_file import open_glossary
from tm.work.shared_glossary import refresh

if TYPE_CHECKING:
    from collections.abc import Collection

    from tm.files import AnyPath
    from tm.model import Concept
    from tm.terminology import Occurrence, Recogniser
    from tm.work.decision_log import Entry


@dataclass(eq=False)
class Edition:
    """A glossary as its file was at a time.

    Attributes:
        concepts: in the order of the file.
        direction: from which language into which.
    """

    concepts: list[Concept]
    direction: Direction
    _recognisers: dict[str, Recogniser] = field(default_factory=dict, repr=False)
    _all_rows: str = field(default="", repr=False)

    def rows(self, ids: Collection[str] | None = None, *, contexts: int = 0) -> str:
        """Concepts as the glossary page's script reads them (``tm.pages.glossary_data``), as JSON.

        Args:
            ids: of the concepts; None = all.
            contexts: how many of each have their terms marked, which takes most of the time.
        """
        if ids is None and not contexts:
            self._all_rows = self._all_rows or self._rows(ids, contexts)
            return self._all_rows
        return self._rows(ids, contexts)

    def _rows(self, ids: Collection[str] | None, contexts: int) -> str:
        from tm.pages.glossary_data import Entry, GlossaryData
        from tm.pages.marking import SharedRows

        sides = SharedRows(self.direction.source), SharedRows(self.direction.target)
        data = GlossaryData(contexts)
        for concept in self.concepts:
            if ids is None or concept.id in ids:
                data.add(Entry(concept, self.direction, sides))
        return data.json_text()

    def terms_in(self, text: str, language: str) -> list[Occurrence]:
        """The terms that stand in a text of a language, in order."""
        return list(self.recogniser(language).recognise(text))

    def recogniser(self, language: str) -> Recogniser:
        """What finds the terms in texts of a language."""
        from tm.terminology import Recogniser

        if language not in self._recognisers:
            self._recognisers[language] = Recogniser(self.concepts, language)
        return self._recognisers[language]


FRESH = 1.0
"""Seconds after which a server is asked again for what other hosts decided, where it has the glossary."""


class OpenGlossary:
    """A glossary's file, and what was read of it last; an example heads the module."""

    def __init__(self, path: AnyPath, asked: Direction = UNDECIDED) -> None:
        """Nothing is read before it is asked for.

        Args:
            path: of the glossary.
            asked: the languages; a side that is "" is as the glossary says.
        """
        self.path, self._asked = path, asked
        self._lock = threading.Lock()
        self._refreshed = -FRESH
        self._stamp: tuple[int, int, int] | None = None
        self._edition = Edition([], asked)

    def now(self) -> Edition:
        """The glossary as the file has it; without a file an empty one.

        Raises:
            FormatError: the file cannot be read, or lacks the languages.
        """
        with self._lock:
            self._refresh()
            try:
                status = os.stat(self.path)
            except FileNotFoundError:
                return Edition([], self._asked)
            except OSError as error:
                raise FormatError(f"cannot be read: {reason(error)}", path=self.path) from error
            stamp = status.st_mtime_ns, status.st_size, status.st_ino
            if stamp != self._stamp:
                self._edition = Edition(*open_glossary(self.path, self._asked))
                self._stamp = stamp
            return self._edition

    def log(self) -> list[Entry]:
        """Who decided what, oldest first.

        Raises:
            FormatError: the log cannot be read.
        """
        with self._lock:
            self._refresh()
        return read_log(self.path)

    def _refresh(self) -> None:
        if time.monotonic() > self._refreshed + FRESH:
            refresh(self.path)
            self._refreshed = time.monotonic()
