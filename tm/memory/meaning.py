"""Units that mean the same as a text, whatever their words: the nearest by their sentence vectors.

1. ``Meanings`` has the vectors of a memory's texts in one language. They are made once, which takes two to three
   seconds for a thousand texts, and kept beside the memory in ``NAME.LANGUAGE.vectors`` (``tm.vectors.kept``), of a
   memory on a server in the user's cache; those of units that came since are made when they are asked for.
2. ``alike`` makes the vector of a text, asks all memories for what is nearest, fetches the units, and passes over
   those that are gone.

A text may be in any language that the model knows: vectors of translations are near each other.

>>> from tm.direction import Direction
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> from tm.vectors import Plain
>>> bread = Plain(lambda texts: [[float("p" in text), float("v" in text)] for text in texts])
>>> store = open_store(":memory:", create=True)
>>> for source, target in (("Le pain", "O pão"), ("Le vin", "O vinho")):
...     _ = store.add([Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))])
>>> (matches,) = alike([store], [Segment("pain")], Direction("fr", "pt"), bread, minimum=50, limit=5)
>>> [(match.percent, match.target) for match in matches]
[(100, 'O pão')]
"""

from __future__ import annotations

import hashlib
import heapq
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tm import bcp47
from tm.memory.memories import searchable
from tm.model import Match
from tm.progress import unwatched
from tm.store.mirror import cache_folder
from tm.vectors import kept
from tm.vectors.small import small

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Segment, Unit
    from tm.progress import Progress
    from tm.store.protocol import Change, Store, Stores
    from tm.vectors import Model
    from tm.vectors.kept import Kept

AT_ONCE = 256
"""Texts whose vectors are made together: a step of the progress."""

SAVED = 80
"""Steps after which what is made is kept, so that little is lost when it is cut off; about a minute."""

WORTH_SAVING = 32
"""New vectors that are worth writing the file again; of a large memory a thousandth of its texts."""


class Meanings:
    """The vectors of the texts of a memory in one language, those of newer units too."""

    def __init__(self, store: Store, language: str, model: Model) -> None:
        """Read what is kept of them.

        Args:
            store: the memory.
            language: a tag; regions do not matter.
            model: makes the vectors.
        """
        self._store, self._base, self._model = store, bcp47.base(language), model
        self._path = _path(store.name, self._base)
        self._kept, about = kept.load(self._path) if self._path else (kept.EMPTY, {})
        if about.get("model") != model.name:
            self._kept, about = kept.EMPTY, {}
        self._last, self._saved = int(about.get("last", 0)), len(self._kept.numbers)
        self._older, self._seen = self._kept, about

    def follow(self, progress: Progress = unwatched) -> Kept:
        """The vectors, with those of units that came since the last time.

        Args:
            progress: takes the steps, of so many texts each.
        """
        changes = self._store.log()  # before the units: what others do meanwhile is news the next time
        if not _goes_on(changes, self._seen):
            self._older, self._kept, self._last = self._kept, kept.EMPTY, 0
        self._seen = _history(changes)
        texts = [
            (stored.number, text)
            for stored in self._store.all_stored(self._last)
            if (text := self._text(stored.unit))
        ]
        steps = [texts[begin : begin + AT_ONCE] for begin in range(0, len(texts), AT_ONCE)]
        rows = self._older.by_text() if texts else {}
        parts = []
        for step in progress(steps, len(steps)) if steps else ():
            parts.append(self._made(step, rows))
            if len(parts) == SAVED:
                self._grow(parts)
                self._save()
                parts = []
        self._grow(parts)
        if len(self._kept.numbers) - self._saved >= max(WORTH_SAVING, len(self._kept.numbers) // 1000):
            self._save()
        return self._kept

    def _text(self, unit: Unit) -> str:
        """A unit's text in the language; "" when there is none."""
        variants = (variant for variant in unit.variants if bcp47.base(variant.language) == self._base)
        return next((variant.segment.text for variant in variants), "").strip()

    def _made(self, step: Sequence[tuple[int, str]], rows: dict[int, int]) -> Kept:
        """The vectors of some texts: those that are kept already, the others made."""
        numbers, texts = zip(*step, strict=True)
        hashes = kept.hashed(texts)
        new = [text for text, key in zip(texts, hashes.tolist(), strict=True) if key not in rows]
        of_new = iter(small(self._model.directions(self._model.parts(new))) if new else ())
        vectors = [self._older.vectors[rows[key]] if key in rows else next(of_new) for key in hashes.tolist()]
        return kept.EMPTY.grown(np.array(numbers), hashes, np.array(vectors))

    def _grow(self, parts: Sequence[Kept]) -> None:
        """Take what was made."""
        if parts:
            columns = [[getattr(part, name) for part in parts] for name in ("numbers", "texts", "vectors")]
            self._kept = self._kept.grown(*map(np.concatenate, columns))
            self._last = int(self._kept.numbers[-1])

    def _save(self) -> None:
        """Keep what there is."""
        self._saved = len(self._kept.numbers)
        if self._path:
            about = {"model": self._model.name, "last": self._last, **self._seen}
            kept.save(self._path, self._kept, about)


def _path(name: str, base: str) -> Path | None:
    """Where the vectors of a memory are kept; None of one that is nowhere itself."""
    if Path(name).is_file():
        return Path(f"{name}.{base}.vectors")
    if "://" not in name:
        return None
    folder = cache_folder() / "vectors"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.{base}.vectors"


def _history(changes: Sequence[Change]) -> dict[str, Any]:
    """What tells a memory from another: how many changes it saw, and a digest of them."""
    seen = [(change.date, change.action, change.name) for change in changes]
    return {"changes": len(seen), "digest": hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}


def _goes_on(changes: Sequence[Change], seen: dict[str, Any]) -> bool:
    """Whether a memory is the one that was read, with units more or less since, but none that came back."""
    upto = int(seen.get("changes", 0))
    is_the_same = seen.get("digest") == _history(changes[:upto])["digest"]
    return is_the_same and all(change.action != "undo" for change in changes[upto:])


def alike(
    stores: Stores,
    queries: Iterable[Segment],
    direction: Direction,
    model: Model,
    *,
    minimum: int,
    limit: int,
    within: Sequence[Store] = (),
    progress: Progress = unwatched,
) -> Iterator[list[Match]]:
    """For each text the units whose source means the same: percent is the cosine of the vectors.

    Args:
        stores: a memory, or several that are searched as one.
        queries: the texts, in any language that the model knows.
        direction: from the language that is looked in, into that of the translations.
        model: makes vectors.
        minimum: the least percent.
        limit: at most so many units.
        within: the same memories as a search sees them that means some units only (``tm.store.meant``); none = all
            units. Vectors are those of all units all the same.
        progress: takes the steps in which vectors of the memories are made.

    Raises:
        FormatError: the memories lack one of the languages.
    """
    memories = searchable(stores, direction)
    meanings = [Meanings(store, direction.source, model) for store in memories]
    for query in queries:
        vector = model.directions(model.parts([query.text]))[0]
        nearest = [vectors.follow(progress).nearest(vector, minimum / 100) for vectors in meanings]
        by_store = (
            _matches(store, hits, direction) for store, hits in zip(within or memories, nearest, strict=True)
        )
        yield list(islice(heapq.merge(*by_store, key=lambda match: -match.percent), limit))


def _matches(store: Store, hits: Iterable[tuple[float, int]], direction: Direction) -> Iterator[Match]:
    """The units of hits that are there, in the languages asked for."""
    seen = set()
    for cosine, number in hits:
        unit = next(iter(store.fetch([number])), None)
        pair = unit and unit.pair(direction.source, direction.target)
        if unit and pair and (texts := (pair.source.text, pair.target.text)) not in seen:
            seen.add(texts)
            percent = min(100, round(100 * cosine))
            target = pair.target
            yield Match(
                unit,
                pair,
                percent,
                percent,
                target=target.text,
                codes=target.codes,
                number=number,
                memory=store.name,
            )
