"""Searches by meaning, on a thread of their own: one model, and vectors that are made between two searches.

To load the model takes seconds, and to make the vectors of a large memory minutes. So nothing is loaded before the first
search; what a search finds in its time is answered; and the thread then goes on with what is missing, some texts at a
time, so that the next search waits for less than a second.
"""

from __future__ import annotations

import logging
from itertools import count
from typing import TYPE_CHECKING

from tm.errors import TMError
from tm.server.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.memory.meaning import MeaningSearch
    from tm.store import Store

log = logging.getLogger(__name__)


class Meaning:
    """What searches by meaning in the memories of a server.

    Attributes:
        goes_on: vectors that are missing are being made, so that a search needs make none.
    """

    def __init__(self, stores: list[Store], *, waiting: int) -> None:
        """Nothing runs before ``start``.

        Args:
            stores: the memories.
            waiting: searches that may wait.
        """
        self.threads = Threads("meaning", 1, stores, waiting=waiting)
        self._search: MeaningSearch | None = None
        self.goes_on = False

    def start(self) -> None:
        """Begin."""
        self.threads.start()

    def close(self) -> None:
        """Do what waits, keep the vectors that were made, then end."""
        self.threads.add(self._keep)
        self.threads.close()

    def search(self) -> MeaningSearch:
        """What searches; only in the thread.

        Raises:
            MissingExtraError: the model is not installed.
        """
        from tm.memory.meaning import MeaningSearch

        self._search = self._search or MeaningSearch("use")
        return self._search

    def go_on(self) -> None:
        """Make the vectors that are missing, as long as nothing else is asked; only in the thread."""
        if not self.goes_on:
            self.goes_on = True
            self.threads.add(self._step)

    def _step(self, _: Sequence[Store]) -> None:
        self.goes_on = False
        asked = count()
        try:
            is_whole = self.search().follow(lambda: next(asked) > 0)  # as many texts as are done at once
        except TMError as error:
            log.warning("%s; the vectors of units are made when a search needs them", error)
            return
        if not is_whole:
            self.go_on()

    def _keep(self, _: Sequence[Store]) -> None:
        if self._search:
            self._search.save()
