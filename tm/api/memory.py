"""A memory as Python sees it: units in, matches out, one direction."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from tm.api.given import (
    direction_given,
    is_path,
    items_given,
    path_given,
    segment_of,
    string_given,
    units_of,
    warn_left_out,
)
from tm.direction import Direction, parsed
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from tm.api.given import Path, TextPair
    from tm.memory import Passage
    from tm.model import Match, Segment, Unit
    from tm.store import Added, Change, OnSame, Store
    from tm.work.analysis import Analysis
    from tm.work.pretranslation import Pretranslation


class Memory:
    """Units kept in one file, found again by what they say.

    A memory is a context manager; what was added is on disk at once, closing only lets go of the file. It
    belongs to one thread.

    Args:
        path: an SQLite file, made when it is not there; ":memory:" keeps units until the memory is closed; or
            another address, e.g. ``sqlite:news.tm``.
        source_lang: the language translated from; "" = the first of the memory, or of what is added.
        target_lang: likewise the other one.
        create: whether to make what is not there.

    Raises:
        StoreError: the file is no memory, damaged, locked or of a newer version.
        OptionError: a language is no tag.

    >>> with Memory(":memory:", source_lang="fr", target_lang="pt") as memory:
    ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
    ...     _ = memory.add([("Le four est froid.", "O forno está frio.")])
    ...     [(match.percent, match.target) for match in memory.find("Le pain est froid.")]
    [(75, 'O forno está frio.'), (75, 'O pão está quente.')]
    """

    def __init__(
        self, path: Path = ":memory:", *, source_lang: str = "", target_lang: str = "", create: bool = True
    ) -> None:
        """Open the memory, or make it."""
        from tm.store import open_store

        self._asked = parsed(source_lang, target_lang)
        address = path_given("path", path)
        self._store: Store = open_store(address, create=create or address == ":memory:")

    def __enter__(self) -> Memory:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def __len__(self) -> int:
        """How many units there are."""
        return len(self._store)

    def __iter__(self) -> Iterator[Unit]:
        """All units, in order of arrival."""
        return self._store.units()

    @property
    def store(self) -> Store:
        """What the functions of ``tm.memory`` and ``tm.scoring`` take."""
        return self._store

    @property
    def direction(self) -> Direction:
        """From which language into which a text is looked up.

        Raises:
            FormatError: the memory has not these languages.

        >>> with Memory() as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     print(memory.direction)
        fr → pt
        """
        return self.direction_for(self._asked)

    def direction_for(self, asked: Direction) -> Direction:
        """What is asked for, filled up with the memory's languages."""
        from tm.work.memories import direction_in

        return direction_in(self._store, self.asked(asked))

    def asked(self, asked: Direction) -> Direction:
        """What is asked for, filled up with what this memory was opened with; a side may stay ""."""
        return Direction(asked.source or self._asked.source, asked.target or self._asked.target)

    def add(
        self,
        *given: Path | Iterable[TextPair | Unit],
        origin: str = "",
        on_same: OnSame | None = None,
        name: str = "",
    ) -> Added:
        """Keep units: what is there already is not added again.

        Args:
            given: lists of pairs and units (``(source, target)`` tuples of strings, ``Pair``, ``Unit``); and
                paths: files, folders, or two documents, a text and its translation, which are aligned first.
            origin: how they were made: "imported", "aligned", "machine", "unreviewed".
            on_same: "keep", "replace" or "both", when the memory has another translation of the same source;
                None = keep, but replace what comes from an OmegaT project.
            name: what the history calls it; "" = the file's name.

        Raises:
            OptionError: a choice that makes no sense, or something that is no pair.
            FormatError: a file that cannot be read.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     memory.add([("pain", "pão")]).added, memory.add([("pain", "pão")]).added
        (1, 0)
        """
        from tm.store import Added

        options: dict[str, Any] = {"origin": string_given("origin", origin), "on_same": on_same}
        name = string_given("name", name)
        paths = [path_given("a file", item) for item in given if is_path(item)]
        lists: list[Any] = [item for item in given if not is_path(item)]
        counts = [self._add_units(item, name=name, **options) for item in lists]
        if paths:
            counts.append(self._add_files(paths, **options))
        return sum(counts, Added())

    def _add_files(self, paths: list[str], **options: Any) -> Added:  # noqa: ANN401 - those of add
        from tm.work.adding import add_files

        result = add_files(self._store, paths, direction=self._asked, date=_now(), **options)
        warn_left_out(result.rejected)
        return result.added

    def _add_units(
        self,
        given: Iterable[TextPair | Unit],
        on_same: OnSame | None,
        **options: Any,  # noqa: ANN401
    ) -> Added:
        items = list(items_given(given, "a path or a list of pairs, (source, target),"))
        units = list(units_of(items, self._direction_of(items)))
        return self._store.add(units, date=_now(), on_same=on_same or "keep", **options)

    def _direction_of(self, items: list[TextPair | Unit]) -> Direction:
        """The languages of pairs that do not say them."""
        from tm.api.given import pairs_of
        from tm.model import Unit

        pairs = pairs_of([item for item in items if not isinstance(item, Unit)])
        if not pairs or self._asked.is_known:
            return self._asked
        return direction_given(self._asked.source, self._asked.target, pairs, list(self._store.languages()))

    def find(
        self, text: str | Segment, *, minimum: int = 70, limit: int = 5, previous: str = ""
    ) -> list[Match]:
        """The units whose source is like the text, the best first: every one at or above the percent.

        Args:
            text: in the source language.
            minimum: percent, 1–100.
            limit: at most so many.
            previous: the text before it, for matches in context (101).

        Raises:
            OptionError: a number out of its range.
            FormatError: the memory has not the languages asked for.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     [(match.percent, match.target) for match in memory.find("le pain est chaud.")]
        [(99, 'O pão está quente.')]
        """
        from tm.choices import check_count, check_percent
        from tm.memory import find

        check_percent("minimum", minimum)
        check_count("limit", limit)
        query, previous = segment_of(text), segment_of(previous).text
        if not len(self):
            return []
        return find(self._store, query, self.direction, minimum=minimum, limit=limit, previous=previous)

    def find_inflected(self, text: str | Segment, *, minimum: int = 70, limit: int = 5) -> list[Match]:
        """The units that are like the text once each word is taken for all its forms, and not without that.

        Their percent is the second figure (docs/metrics.md, "Other forms of the words"), their base that of
        the words as they are. The first look-up of a language reads its dictionary: up to a second and a
        half.

        Args:
            text: in the source language.
            minimum: percent of the second figure, 1–100.
            limit: at most so many.

        Raises:
            OptionError: a number out of its range.
            FormatError: the memory has not the languages asked for.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     [(match.percent, match.base) for match in memory.find_inflected("Les pains sont chauds.")]
        [(94, 0)]
        """
        from tm.choices import check_count, check_percent
        from tm.memory import find_inflected

        check_percent("minimum", minimum)
        check_count("limit", limit)
        query = segment_of(text)
        if not len(self):
            return []
        return find_inflected(self._store, query, self.direction, minimum=minimum, limit=limit)

    def concordance(self, phrase: str, *, limit: int = 100) -> list[Passage]:
        """The units in which the words stand one after another, the newest first; then those in which they
        stand with other accents, then with other forms (``Passage.by``).

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     [passage.pair.target.text for passage in memory.concordance("pain est")]
        ['O pão está quente.']
        """
        from tm.choices import check_count
        from tm.memory import concordance

        check_count("limit", limit)
        text = segment_of(phrase).text
        return list(islice(concordance(self._store, text, self.direction), limit)) if len(self) else []

    def analyze(
        self, texts: Path | Iterable[str | Segment], *, rates: str | Mapping[str, float] = ""
    ) -> Analysis:
        """How much of a job the memory knows, by bands.

        Args:
            texts: the segments to be translated; or the path of a file or folder of them.
            rates: what a word of each band counts, ``{"100": 0.2, "new": 1}``.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     bands = memory.analyze(["Le pain est chaud.", "Deux œufs."]).total.bands
        >>> [(band.band, band.segments) for band in bands if band.segments]
        [('100', 1), ('new', 1)]
        """
        from tm.work.analysis import analyze, analyze_texts

        if not isinstance(rates, str) and not hasattr(rates, "items"):
            raise OptionError(f'rates is {rates!r}; a mapping was expected, such as {{"100": 0.2, "new": 1}}')
        if is_path(texts):
            return analyze([path_given("texts", texts)], self._store, self._asked, rates=rates)
        texts = items_given(texts, "a path or a list of texts")
        return analyze_texts(map(segment_of, texts), self._store, self._asked, rates=rates)

    def pretranslate(self, texts: Iterable[str | Segment], *, minimum: int = 70) -> list[Match | None]:
        """The best match of each text, adapted where that is certain; None where there is none.

        Args:
            texts: the segments to be translated, in order.
            minimum: percent, 1–100.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Cuire 40 minutes.", "Assar 40 minutos.")])
        ...     [match and match.target for match in memory.pretranslate(["Cuire 50 minutes.", "Servir."])]
        ['Assar 50 minutos.', None]
        """
        from tm.choices import check_percent
        from tm.memory import find_all

        check_percent("minimum", minimum)
        segments = [segment_of(text) for text in items_given(texts, "a list of texts")]
        if not len(self):
            return [None for _ in segments]
        found = find_all(self._store, segments, self.direction, minimum=minimum, limit=1)
        return [next(iter(matches), None) for matches in found]

    def pretranslate_file(self, path: Path, out: Path, *, minimum: int = 70) -> Pretranslation:
        """Write a file once more, filled from the memory, all else in it as it was."""
        from tm.work.pretranslation import pretranslate_file

        path, out = path_given("path", path), path_given("out", out)
        return pretranslate_file(path, out, self._store, self._asked, minimum=minimum)

    def log(self) -> list[Change]:
        """The history, oldest first."""
        return self._store.log()

    def undo(self) -> Change | None:
        """Take back the last change, which it gives; None when there is none.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("pain", "pão")])
        ...     memory.undo().action, len(memory)
        ('add', 0)
        """
        return self._store.undo(date=_now())


def _now() -> str:
    """For the history, which the library keeps without a clock."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
