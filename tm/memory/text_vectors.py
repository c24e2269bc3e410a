"""The vectors of the texts of a memory in one language: made once, kept, and followed by those of newer units.

They are kept beside the memory in ``NAME.LANGUAGE.vectors`` (``tm.vectors.kept``); those of a memory on a server, or in
a folder that cannot be written, in the user's cache. To make them takes two to three seconds for a thousand texts.

1. ``follow`` sees whether the memory has changed (``_read``), and makes the vectors of units that came since. It may
   be cut off, or told that it is late: the next time it goes on where it was.
2. ``nearest`` finds the texts that are nearest to a vector.
3. ``save`` keeps what there is; ``follow`` does it now and then.
"""

from __future__ import annotations

import hashlib
import heapq
import logging
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tm import bcp47
from tm.errors import FormatError
from tm.progress import unwatched
from tm.store.mirror import cache_folder
from tm.store.protocol import Counted
from tm.vectors import kept
from tm.vectors.small import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.model import Unit
    from tm.progress import Progress
    from tm.store.protocol import Change, Store
    from tm.vectors import Model

log = logging.getLogger(__name__)

AT_ONCE = 256
"""Texts whose vectors are made together; less than a second."""

SAVED = 20_000
"""Texts after which what is made is kept, so that little is lost when the machine stops; about a minute."""

WORTH_SAVING = 32
"""New vectors that are worth writing the file again; of a large memory a thousandth of its texts."""


class TextVectors:
    """The vectors of the texts of a memory in one language, those of newer units too."""

    def __init__(self, store: Store, language: str, model: Model) -> None:
        """Read what is kept of them.

        Args:
            store: the memory.
            language: a tag; regions do not matter.
            model: makes the vectors; those of one without a name are not kept.
        """
        self._store, self._base, self._model = store, bcp47.base(language), model
        self._places = _places(store.name, self._base) if model.name else []
        self._kept, self._seen = self._loaded()
        self._older, self._recent = kept.Rows(self._kept), kept.EMPTY
        self._read_upto = self._last = int(self._seen.get("last", 0))
        self._waiting: list[tuple[int, str]] = []
        self._generation = -1

    @property
    def missing(self) -> int:
        """How many texts have no vector yet."""
        return len(self._waiting)

    @property
    def made(self) -> kept.Kept:
        """The vectors that there are, in one piece."""
        self._fold()
        return self._kept

    def nearest(self, vector: Any, least: float) -> Iterator[tuple[float, int]]:  # noqa: ANN401 - a row of numbers
        """The cosines of at least so much, each with the number of its unit: the greatest first."""
        parts = (self._kept.nearest(vector, least), self._recent.nearest(vector, least))
        return heapq.merge(*parts, key=lambda hit: (-hit[0], -hit[1]))

    def follow(self, progress: Progress = unwatched, is_late: Callable[[], bool] = bool) -> None:
        """Make the vectors of units that came since the last time.

        Args:
            progress: takes their texts.
            is_late: asked now and then; once it holds, the rest waits for the next time (``missing``).
        """
        self._read()
        if not self._waiting:
            return
        steps = iter(progress(self._waiting, len(self._waiting)))
        made: list[tuple[int, kept.Kept]] = []
        try:
            while not is_late() and (step := list(islice(steps, AT_ONCE))):
                new = [each for each in step if each[0] > self._last]
                made.append((step[-1][0], self._vectors_of(new)))
                if len(made) * AT_ONCE >= SAVED:
                    self._take(made)
                    self.save()
                    made = []
        except BaseException:
            self._take(made)
            self.save()
            raise
        self._take(made)
        if not self._waiting:
            self._older = kept.Rows(self._kept)
        count = len(self._recent.numbers)
        is_worth_it = count >= max(WORTH_SAVING, len(self._kept.numbers) // 1000)
        if count >= SAVED or (is_worth_it and not self._waiting):
            self.save()

    def _read(self) -> None:
        """The texts of units that came since, whose vectors are to be made."""
        if isinstance(self._store, Counted):
            generation = self._store.generation()
            if generation == self._generation:
                return
            self._generation = generation
        changes = self._store.log()  # before the units: what others do meanwhile is news the next time
        if not _goes_on(changes, self._seen):
            self._fold()
            self._older, self._kept = kept.Rows(self._kept), kept.EMPTY
            self._waiting, self._read_upto, self._last = [], 0, 0
        self._seen = _history(changes)
        for stored in self._store.all_stored(self._read_upto):
            self._read_upto = stored.number
            if text := self._text(stored.unit):
                self._waiting.append((stored.number, text))

    def _text(self, unit: Unit) -> str:
        """A unit's text in the language; "" when there is none."""
        variants = (variant for variant in unit.variants if bcp47.base(variant.language) == self._base)
        return next((variant.segment.text for variant in variants), "").strip()

    def _vectors_of(self, step: Sequence[tuple[int, str]]) -> kept.Kept:
        """The vectors of some texts: those that are kept already, the others made."""
        if not step:
            return kept.EMPTY
        numbers, texts = zip(*step, strict=True)
        hashes = kept.hashed(texts)
        rows = self._older.of(hashes).tolist()
        new = [text for text, row in zip(texts, rows, strict=True) if row < 0]
        of_new = iter(small(self._model.directions(self._model.parts(new))) if new else ())
        vectors = [next(of_new) if row < 0 else self._older.vectors[row] for row in rows]
        return kept.EMPTY.grown(np.array(numbers), hashes, np.array(vectors))

    def _take(self, made: Sequence[tuple[int, kept.Kept]]) -> None:
        """Take what was made up to each of some numbers, unless it is there: work may be cut off in here."""
        for last, part in made:
            if last > self._last:
                recent = self._recent.grown(part.numbers, part.texts, part.vectors)
                self._recent, self._last = recent, last
        self._waiting = [each for each in self._waiting if each[0] > self._last]

    def _fold(self) -> None:
        """What is recent, behind what was there."""
        if len(self._recent.numbers):
            recent = self._recent
            self._kept = self._kept.grown(recent.numbers, recent.texts, recent.vectors)
            self._recent = kept.EMPTY

    def save(self) -> None:
        """Keep what there is; where another program has kept more of the same, take that."""
        if not len(self._recent.numbers):
            return
        if not self._places:
            self._fold()
            return
        theirs, seen = self._loaded()
        if self._is_ours(seen) and int(seen["last"]) > self._last:
            self._kept, self._recent, self._last = theirs, kept.EMPTY, int(seen["last"])
            self._take([])
            return
        about = {"model": self._model.name, "last": self._last, **self._seen}
        try:
            kept.save(self._places[0], [self._kept, self._recent], about)
        except FormatError as error:
            log.warning("%s; so the vectors are made again the next time", error)
            self._places = []
            self._fold()
            return
        self._kept, self._recent = kept.load(self._places[0])[0], kept.EMPTY

    def _loaded(self) -> tuple[kept.Kept, dict[str, Any]]:
        """What is kept, made by this model, and of what."""
        found = [kept.load(path) for path in self._places]
        of_model = [each for each in found if each[1].get("model") == self._model.name]
        return max(of_model, key=lambda each: int(each[1]["last"]), default=(kept.EMPTY, {}))

    def _is_ours(self, seen: dict[str, Any]) -> bool:
        """Whether vectors are of the memory as it is seen here."""
        return bool(seen) and all(seen.get(name) == value for name, value in self._seen.items())


def _places(name: str, base: str) -> list[Path]:
    """Where the vectors of a memory may be kept, first where they are written; none of a memory that is nowhere itself."""
    beside, is_file = Path(f"{name}.{base}.vectors"), Path(name).is_file()
    if is_file and os.access(beside.parent, os.W_OK):
        return [beside]
    if not is_file and "://" not in name:
        return []
    whole_name = os.path.realpath(name) if is_file else name
    folder = cache_folder() / "vectors"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return [beside] if is_file else []
    in_cache = folder / f"{hashlib.sha256(whole_name.encode()).hexdigest()[:16]}.{base}.vectors"
    return [in_cache, beside] if is_file else [in_cache]


def _history(changes: Sequence[Change]) -> dict[str, Any]:
    """What tells a memory from another: how many changes it saw, and a digest of them."""
    seen = [(change.date, change.action, change.name) for change in changes]
    return {"changes": len(seen), "digest": hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}


def _goes_on(changes: Sequence[Change], seen: dict[str, Any]) -> bool:
    """Whether a memory is the one that was read, with units more or less since, but none that came back."""
    upto = int(seen.get("changes", 0))
    is_the_same = seen.get("digest") == _history(changes[:upto])["digest"]
    return is_the_same and all(change.action != "undo" for change in changes[upto:])
