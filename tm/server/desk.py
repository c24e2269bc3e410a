"""The desk: what the requests of one server share: threads that read, one that writes, and its counts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tm.server.jobs import Jobs
from tm.server.meaning import Meaning
from tm.server.quick import Quick
from tm.server.threads import Threads
from tm.store.addresses import short_name
from tm.work.memories import open_memories
from tm.work.open_glossary import OpenGlossary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.server.settings import Settings
    from tm.store import Store


class Desk:
    """What the requests of one server share.

    Attributes:
        settings: of the server.
        readers: threads that look up in all memories.
        meaning: searches by meaning in all memories, on a thread of its own.
        quick: does quick look-ups where they come in.
        writer: the one thread that writes, into the first memory.
        glossary: read once, and anew when its file was written.
        jobs: long work.
    """

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened before ``open``."""
        self.settings = settings
        self.glossary = OpenGlossary(settings.glossary, settings.direction)
        self.jobs = Jobs(settings.limits.jobs)
        self.readers: Threads[list[Store]]
        self.meaning: Meaning
        self.quick: Quick[list[Store]]
        self.writer: Threads[list[Store]]

    @contextlib.contextmanager
    def open(self) -> Iterator[Desk]:
        """Open the memories, which all threads share; at the end, what waits is done first.

        Raises:
            StoreError: a memory cannot be opened.
        """
        limits = self.settings.limits
        with open_memories(self.settings.memories) as stores:
            self.readers = Threads("reader", limits.readers, stores, waiting=limits.waiting)
            self.writer = Threads("writer", 1, stores[:1], waiting=limits.waiting)
            self.meaning = Meaning(stores, waiting=limits.waiting)
            self.quick = Quick(self.readers)
            self.readers.start()
            self.writer.start()
            self.meaning.start()
            try:
                yield self
            finally:
                self.jobs.close()
                self.meaning.close()
                self.writer.close()
                self.readers.close()

    @property
    def memory_names(self) -> list[str]:
        """The names of the memories, as people see them: without their folders."""
        return [short_name(memory) for memory in self.settings.memories]
