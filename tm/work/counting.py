"""What memories and files hold, counted: units, and in each language segments, words and characters.

1. ``count_files`` counts every file that is named or lies in a folder (``find_inputs``); ``count_memory`` an
   open memory.
2. ``_texts`` gives the texts of a file, by units of translations, concepts of a glossary, or paragraphs of a
   document.
3. ``_Tally`` adds them up; ``total`` adds up files.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import UNDECIDED, Direction, decided, not_there
from tm.formats import Account, look_up, read_concepts, read_document
from tm.language import segment, word_count
from tm.progress import unwatched
from tm.work.conversion import holds_glossary
from tm.work.inputs import Rejects, find_inputs
from tm.work.sources import is_document, read_units, units_in

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from tm.errors import FormatError, TMError
    from tm.progress import Progress
    from tm.store import Store
    from tm.store.where import Where


@dataclass(frozen=True, slots=True)
class Size:
    """How much text there is in a language."""

    segments: int = 0
    words: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """What a file or a memory holds.

    Attributes:
        name: its path or address, "" for several files together.
        units: of translations; of a glossary its concepts, of a document its paragraphs.
        segments: all texts but the sources of a bilingual file, whose segments are its translations; and the
            candidates.
        candidates: translations that a file only proposes (XLIFF ``alt-trans``, ``match``).
        languages: how much there is in each, in order of appearance; also those that the file only declares.
        not_meant: units of a memory that ``where`` left out.
    """

    name: str
    units: int
    segments: int
    candidates: int
    languages: dict[str, Size]
    not_meant: int = 0

    @property
    def words(self) -> int:
        """In all languages."""
        return sum(size.words for size in self.languages.values())

    @property
    def characters(self) -> int:
        """In all languages."""
        return sum(size.characters for size in self.languages.values())


@dataclass(frozen=True, slots=True)
class Counts:
    """What several files hold.

    Attributes:
        files: the count of each, in order.
        left_out: the error of each file that could not be read.
        passed_over: files of folders that no format reads.
    """

    files: tuple[Count, ...]
    left_out: tuple[TMError, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def total(self) -> Count:
        """All files together; of one file its own count."""
        return self.files[0] if len(self.files) == 1 else total(self.files)


def count_files(
    paths: Sequence[str | os.PathLike[str]],
    asked: Direction = UNDECIDED,
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
    problems: list[FormatError] | None = None,
    progress: Progress = unwatched,
) -> Counts:
    """Count what files hold.

    Args:
        paths: files, and folders that are searched for them.
        asked: the languages of tables that do not name them; of a document its source. What has others is
            refused.
        format: of all files; "" = by the extension.
        encoding: of all files; "" = found.
        problems: a list for faults, behind which reading goes on; None = a file that has one is left out.
        progress: takes the pieces of each file of units as they are read, and their number.

    Raises:
        OptionError: nothing is there to be read, or no such format.
        FormatError: no file can be read, or none is in these languages.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "bread.tsv").write_text("fr\\tpt\\nLe pain\\tO pão quente\\n")
    ...     _ = pathlib.Path(folder, "oven.txt").write_text("Le four est chaud.\\n")
    ...     counts = count_files([folder])
    >>> [count.units for count in counts.files], counts.total.languages["fr"]
    ([1, 1], Size(segments=2, words=6, characters=25))
    """
    inputs = find_inputs(paths, "read_units", "read_concepts", "read_document", format=format)
    rejects = Rejects(len(inputs.files))
    counts = []
    for path in inputs.paths:
        with rejects.catch():
            noun = _noun(path, format, encoding)
            file = _File(path, noun, format, encoding, asked, problems, Account(), progress)
            counts.append(_checked(_count(file), asked, noun))
    return Counts(tuple(counts), tuple(rejects.errors), inputs.passed_over)


def count_memory(
    store: Store,
    asked: Direction = UNDECIDED,
    *,
    where: Where | str = "",
    progress: Progress = unwatched,
) -> Count:
    """Count what a memory holds.

    Args:
        store: an open memory.
        asked: languages that it must have.
        where: which of its units are meant; "" = all (``tm.store.where``).
        progress: takes the units as they are counted, and their number.

    Raises:
        FormatError: it lacks the languages.

    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     _ = store.add([Unit((Variant("fr", Segment("Le pain")), Variant("pt", Segment("O pão"))))])
    ...     count_memory(store).languages
    {'fr': Size(segments=1, words=2, characters=7), 'pt': Size(segments=1, words=2, characters=5)}
    """
    tally, counts = _Tally(), Counter[str]()
    for unit in units_in([store], where, counts, progress):
        tally.add((variant.language, variant.segment.text) for variant in unit.variants)
    return replace(_checked(tally.count(store.name), asked, "units"), not_meant=counts["left out"])


def total(counts: Iterable[Count]) -> Count:
    """Several counts as one.

    >>> both = total([Count("a", 1, 2, 0, {"fr": Size(2, 4, 9)}), Count("b", 1, 1, 0, {"fr": Size(1, 1, 3)})])
    >>> both.units, both.segments, both.languages
    (2, 3, {'fr': Size(segments=3, words=5, characters=12)})
    """
    counts = list(counts)
    tally = _Tally()
    for count in counts:
        for tag, size in count.languages.items():
            tally.segments[tag] += size.segments
            tally.words[tag] += size.words
            tally.characters[tag] += size.characters
    return Count(
        "",
        sum(count.units for count in counts),
        sum(count.segments for count in counts),
        sum(count.candidates for count in counts),
        tally.count("").languages,
    )


@dataclass(slots=True)
class _Tally:
    """Sums that grow; by language."""

    units: int = 0
    segments: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """A unit: the language and the text of each of its variants."""
        self.units += 1
        for language, text in texts:
            tag = bcp47.canonical(language) or "und"
            self.segments[tag] += 1
            self.words[tag] += word_count(text, tag)
            self.characters[tag] += len(text)

    def count(self, name: str, *, bilingual: bool = False, account: Account | None = None) -> Count:
        """What was added; ``account`` is what the file says beside its units."""
        candidates = account.candidates if account else 0
        for language in account.languages if account else ():
            self.segments[bcp47.canonical(language)] += 0
        sources = self.units if bilingual else 0
        sizes = {
            tag: Size(self.segments[tag], self.words[tag], self.characters[tag]) for tag in self.segments
        }
        return Count(name, self.units, self.segments.total() - sources + candidates, candidates, sizes)


@dataclass(frozen=True, slots=True)
class _File:
    """A file and how it is read; ``noun`` is what it holds, "" for a document, which has one language."""

    path: str
    noun: str
    format: str
    encoding: str
    asked: Direction
    problems: list[FormatError] | None
    account: Account
    progress: Progress


def _noun(path: str, format_: str, encoding: str) -> str:
    if is_document(path, format=format_, encoding=encoding):
        return ""
    return "concepts" if holds_glossary(path, format=format_, encoding=encoding) else "units"


def _count(file: _File) -> Count:
    tally = _Tally()
    for texts in _texts(file):
        tally.add(texts)
    known = look_up(file.path, "read_units", file.format)
    return tally.count(file.path, bilingual=known is not None and known.bilingual, account=file.account)


def _texts(file: _File) -> Iterator[list[tuple[str, str]]]:
    """The texts of each unit, concept or paragraph, with their languages."""
    how = {"format": file.format, "encoding": file.encoding}
    if file.noun == "concepts":
        for concept in read_concepts(
            file.path, **how, direction=file.asked, problems=file.problems, account=file.account
        ):
            yield [(term.language, term.text) for term in concept.terms]
    elif file.noun:
        for unit in read_units(
            file.path,
            **how,
            direction=file.asked,
            problems=file.problems,
            account=file.account,
            progress=file.progress,
        ):
            yield [(variant.language, variant.segment.text) for variant in unit.variants]
    else:
        text = segment(read_document(file.path, **how), language=file.asked.source)
        sentences = zip(text.paragraphs, text.segments, strict=True)
        for _, paragraph in groupby(sentences, key=itemgetter(0)):
            yield [(text.language, sentence) for _, sentence in paragraph]


def _checked(count: Count, asked: Direction, noun: str) -> Count:
    """The count, if it has the languages that are asked for."""
    direction = decided(asked, list(count.languages))
    if noun and asked != UNDECIDED and not direction.is_served_by(count.languages):
        raise not_there(direction, count.units, count.languages, path=count.name, noun=noun)
    return count
