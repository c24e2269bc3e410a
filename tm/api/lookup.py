"""A memory as Python looks units up in it: matches, passages, how much of a job it knows.

``SearchableMemory`` is what ``tm.Memory`` (``memory.py``) is made of; that one also takes units in and changes them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tm.api.given import is_path, items_given, path_given, segment_of, string_given
from tm.choices import LEAST_OF_MEANING
from tm.direction import Direction, parsed
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from tm.api.given import Path
    from tm.memory import Passage
    from tm.memory.meaning import MeaningSearch
    from tm.model import Match, Segment, Unit
    from tm.store import Store
    from tm.vectors import Model
    from tm.work.analysis import Analysis
    from tm.work.pretranslation import Pretranslation


class SearchableMemory:
    """An open memory, and what is looked up in it; see ``tm.Memory``."""

    def __init__(
        self, path: Path = ":memory:", *, source_lang: str = "", target_lang: str = "", create: bool = True
    ) -> None:
        """Open the memory, or make it."""
        from tm.store import open_store

        self._asked = parsed(source_lang, target_lang)
        address = path_given("path", path)
        self._store: Store = open_store(address, create=create or address == ":memory:")
        self._meaning: tuple[str | Model, MeaningSearch] | None = None

    def __enter__(self) -> Self:
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

        >>> import tm
        >>> with tm.Memory() as memory:
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

    def find(
        self,
        text: str | Segment,
        *,
        minimum: int = 70,
        limit: int = 5,
        previous: str = "",
        where: str = "",
    ) -> list[Match]:
        """The units whose source is like the text, the best first: every one at or above the percent.

        Args:
            text: in the source language.
            minimum: percent, 1–100.
            limit: at most so many.
            previous: the text before it, for matches in context (101).
            where: which units are looked in, e.g. "author=rui date>=2020" (docs/memory.md).

        Raises:
            OptionError: a number out of its range.
            FormatError: the memory has not the languages asked for.

        >>> import tm
        >>> with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     [(match.percent, match.target) for match in memory.find("le pain est chaud.")]
        [(99, 'O pão está quente.')]
        """
        from tm.memory import find

        query, previous = _query_of(text, minimum, limit), segment_of(previous).text
        if not len(self):
            return []
        store = self._looked_in(where)
        return find(store, query, self.direction, minimum=minimum, limit=limit, previous=previous)

    def _looked_in(self, where: str) -> Store:
        from tm.store.meant import MeantUnits
        from tm.store.where import parsed_where

        meant = parsed_where(string_given("where", where))
        return MeantUnits(self._store, meant).store if meant else self._store

    def find_inflected(
        self, text: str | Segment, *, minimum: int = 70, limit: int = 5, where: str = ""
    ) -> list[Match]:
        """The units that are like the text once each word is taken for all its forms, and not without that.

        Their percent is the second figure (docs/metrics.md, "Other forms of the words"), their base that of
        the words as they are. The first look-up of a language reads its dictionary: a fifth of a second for
        French and Portuguese, up to two seconds for others.

        Args:
            text: in the source language.
            minimum: percent of the second figure, 1–100.
            limit: at most so many.
            where: see ``find``.

        Raises:
            OptionError: a number out of its range.
            FormatError: the memory has not the languages asked for.

        >>> import tm
        >>> with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     [(match.percent, match.base) for match in memory.find_inflected("Les pains sont chauds.")]
        [(94, 0)]
        """
        from tm.memory import find_inflected

        query = _query_of(text, minimum, limit)
        if not len(self):
            return []
        store = self._looked_in(where)
        return find_inflected(store, query, self.direction, minimum=minimum, limit=limit)

    def find_meaning(
        self,
        text: str | Segment,
        *,
        minimum: int = LEAST_OF_MEANING,
        limit: int = 5,
        where: str = "",
        vectors: str | Model = "use",
    ) -> list[Match]:
        """The units that mean the same as the text, in whatever words, the nearest first.

        Their percent is the cosine of sentence vectors (docs/memory.md, "Units that mean the same"). The first look-up
        loads the model and makes the vectors of the memory's texts, a thousand in three seconds, which are kept
        beside it; later ones make those of units that came since.

        Args:
            text: in any language that the model knows.
            minimum: percent, 1–100.
            limit: at most so many.
            where: see ``find``.
            vectors: what makes them: "use" (the model of the extra ``vectors``), an ``.npz`` file, a model of
                sentence-transformers, or a ``tm.vectors.Model``.

        Raises:
            OptionError: a number out of its range, or no model of this name.
            MissingExtraError: what makes the vectors is not installed.
            FormatError: the memory has not the languages asked for.

        >>> import tm
        >>> from tm.vectors import Plain
        >>> by_letters = Plain(lambda texts: [[text.count(letter) for letter in "aeiou"] for text in texts])
        >>> with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente."), ("Un four", "Um forno")])
        ...     [(match.percent, match.target) for match in memory.find_meaning("chaud, le pain", vectors=by_letters)]
        [(96, 'O pão está quente.')]
        """
        from tm.work.answers import find

        query = _query_of(text, minimum, limit)
        if not len(self):
            return []
        answers = find(
            self._store,
            query,
            self.direction,
            minimum=minimum,
            limit=limit,
            kind="meaning",
            where=string_given("where", where),
            vectors=self._meaning_search(vectors),
        )
        return list(next(answers).matches)

    def _meaning_search(self, vectors: str | Model) -> MeaningSearch:
        """What finds units by their meaning, made once for a model."""
        from tm.memory.meaning import MeaningSearch

        if not hasattr(vectors, "directions"):
            vectors = string_given("vectors", vectors)
        if self._meaning is None or self._meaning[0] != vectors:
            self._meaning = vectors, MeaningSearch(vectors)
        return self._meaning[1]

    def concordance(self, phrase: str, *, limit: int = 100, where: str = "") -> list[Passage]:
        """The units in which the words stand one after another, the newest first; then those in which they
        stand with other accents, then with other forms (``Passage.by``). For ``where`` see ``find``.

        >>> import tm
        >>> with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
        ...     [passage.pair.target.text for passage in memory.concordance("pain est")]
        ['O pão está quente.']
        """
        from tm.choices import check_count
        from tm.memory import concordance

        check_count("limit", limit)
        text = segment_of(phrase).text
        if not len(self):
            return []
        return list(islice(concordance(self._looked_in(where), text, self.direction), limit))

    def analyze(
        self, texts: Path | Iterable[str | Segment], *, rates: str | Mapping[str, float] = ""
    ) -> Analysis:
        """How much of a job the memory knows, by bands.

        Args:
            texts: the segments to be translated; or the path of a file or folder of them.
            rates: what a word of each band counts, ``{"100": 0.2, "new": 1}``.

        >>> import tm
        >>> with tm.Memory(source_lang="fr", target_lang="pt") as memory:
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

        >>> import tm
        >>> with tm.Memory(source_lang="fr", target_lang="pt") as memory:
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
        answers = find_all(self._store, segments, self.direction, minimum=minimum, limit=1)
        return [next(iter(matches), None) for matches in answers]

    def pretranslate_file(self, path: Path, out: Path, *, minimum: int = 70) -> Pretranslation:
        """Write a file once more, filled from the memory, all else in it as it was."""
        from tm.work.pretranslation import pretranslate_file

        path, out = path_given("path", path), path_given("out", out)
        return pretranslate_file(path, out, self._store, self._asked, minimum=minimum)


def _query_of(text: str | Segment, minimum: int, limit: int) -> Segment:
    """The text that is looked up, once both numbers are in their range."""
    from tm.choices import check_count, check_percent

    check_percent("minimum", minimum)
    check_count("limit", limit)
    return segment_of(text)
