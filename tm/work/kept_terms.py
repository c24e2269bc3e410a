"""What was found in the blocks of a memory, kept in a file beside it: ``memory.tm.terms``.

The file is a cache: it may be deleted at any time. Each block stands under a checksum of all that its terms
depend on: the texts of its units, the two languages, the approved terms among its words, the program and its
data. So units that were changed or taken out leave it, and whatever is not asked for any more.

1. ``terms_of_memory`` extracts the terms of a memory, block by block where it is large.
2. ``KeptTerms.get`` gives the concepts of a block, if they were kept; ``put`` keeps them.
3. ``KeptTerms.write`` writes what was asked for, if anything is new. A folder that cannot be written to costs
   time, nothing else.

>>> import tempfile
>>> from pathlib import Path
>>> from tm.direction import Direction
>>> from tm.model import Pair, Segment, Term
>>> block = [Pair(Segment("Un four."), Segment("Um forno."))]
>>> with tempfile.TemporaryDirectory() as folder:
...     kept = KeptTerms(Path(folder, "memory.tm"), Direction("fr", "pt"), 0.4)
...     kept.put(block, [Concept("", (Term("four", "fr"), Term("forno", "pt")))])
...     kept.write()
...     again = KeptTerms(Path(folder, "memory.tm"), Direction("fr", "pt"), 0.4)
...     [[term.text for term in concept.terms] for concept in again.get(block) or ()]
[['four', 'forno']]
"""

from __future__ import annotations

import functools
import itertools
import json
import logging
import re
import struct
import zlib
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tm import __version__
from tm.errors import TMError
from tm.files import writing
from tm.language.unspaced import has_dictionaries, is_unspaced, unknown_languages, word_tokens
from tm.model import Concept, Evidence, Term
from tm.terminology.blocks import bound_in_block, extract_in_blocks
from tm.terminology.entries import context_of
from tm.terminology.extraction import approved_words
from tm.terminology.sentences import term_key
from tm.terminology.termhood import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tm.direction import Direction
    from tm.model import Context, Pair
    from tm.shelves import Each

log = logging.getLogger(__name__)

ENDING = ".terms"
"""What the file's name has behind the memory's."""

_HEAD = struct.Struct("<16sI")
"""What stands before a block in the file: its checksum, and how many bytes it has."""

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011'’][^\W\d_]+)*")


def terms_of_memory(
    memory: str,
    pairs: Iterable[Pair],
    direction: Direction,
    *,
    decided: Sequence[Concept] = (),
    least: float | None = None,
    each: Each = map,
) -> list[Concept]:
    """The terms of a memory; what was found in the blocks of a large one is kept beside it, if it is a file.

    Args:
        memory: its name: a path, or an address.
        pairs: its pairs, in order of arrival; no more of them are held than make a block.
        direction: from which language into which.
        decided: a glossary whose approved terms teach the word alignment.
        least: the confidence below which nothing is listed, 0–1; None = as ``extract_in_blocks`` has it.
        each: extracts blocks on workers, as ``map`` does here.

    >>> from tm.direction import Direction
    >>> from tm.model import Pair, Segment
    >>> pair = Pair(Segment("Le four à pain est vieux."), Segment("O forno de pão é velho."))
    >>> terms_of_memory("", [pair], Direction("fr", "pt"))[0].terms[0].text
    'four à pain'
    """
    check_languages((direction.source, direction.target))
    if not Path(memory).is_file():
        return extract_in_blocks(pairs, direction, decided=decided, least=least, each=each)
    kept = KeptTerms(Path(memory), direction, bound_in_block(least), decided)
    concepts = extract_in_blocks(pairs, direction, decided=decided, least=least, keep=kept, each=each)
    kept.write()
    return concepts


def check_languages(tags: Iterable[str]) -> None:
    """Say in the log of which languages the words are not known, and what to install.

    >>> check_languages(["pt-BR", "ja"])
    """
    for tag in unknown_languages(tags):
        log.warning(
            "%s is written without spaces between words; terms may be pieces of words without the extra [thai]",
            tag,
        )


class KeptTerms:
    """The terms of a memory's blocks.

    Args:
        memory: where it is.
        direction: from which language into which.
        least: the confidence below which nothing is listed.
        decided: the glossary whose approved terms teach the word alignment.
    """

    def __init__(
        self, memory: Path, direction: Direction, least: float, decided: Iterable[Concept] = ()
    ) -> None:
        """Read nothing yet: a small memory has no blocks that are asked for."""
        self._path = memory.with_name(memory.name + ENDING)
        self._direction, self._least, self._decided = direction, least, decided
        self._asked: dict[bytes, bytes] = {}

    @functools.cached_property
    def _kept(self) -> dict[bytes, bytes]:
        """What was kept; a file that is no such file has nothing."""
        return _read(self._path)

    @functools.cached_property
    def _approved(self) -> list[tuple[str, str]]:
        """The approved pairs of words."""
        return sorted(approved_words(self._decided, self._direction))

    def get(self, block: Sequence[Pair]) -> list[Concept] | None:
        """The concepts of a block that were kept; None when there are none."""
        key = self._key(block)
        content = self._kept.get(key, b"")
        rows = _unpacked(content)
        if rows is not None:
            self._asked[key] = content
            return _concepts(rows, block)
        return None

    def put(self, block: Sequence[Pair], concepts: list[Concept]) -> None:
        """Keep the concepts of a block."""
        content = json.dumps(_rows(concepts, block), ensure_ascii=False).encode()
        self._asked[self._key(block)] = zlib.compress(content, 1)

    def write(self) -> None:
        """Write the file, with the blocks that were asked for, unless it has just these."""
        if not self._asked or self._asked == self._kept:
            return
        try:
            with writing(self._path) as stream:
                for key, content in self._asked.items():
                    stream.write(_HEAD.pack(key, len(content)))
                    stream.write(content)
        except (OSError, TMError) as error:
            log.info("%s: not kept: %s", self._path, error)

    def _key(self, block: Sequence[Pair]) -> bytes:
        """A checksum of all that the terms of a block depend on."""
        languages = f"{self._direction.source} {self._direction.target}"
        base = f"{_edition()} {languages} {self._least}"
        checksum = blake2b(base.encode(), digest_size=16)
        for pair in block:
            place = f"{pair.document}\x1f{pair.line}"
            checksum.update(f"\x1e{pair.source.text}\x1f{pair.target.text}\x1f{place}".encode())
        for lemmas in self._approved_in(block):
            checksum.update("\x1d".join(lemmas).encode())
        return checksum.digest()

    def _approved_in(self, block: Sequence[Pair]) -> list[tuple[str, str]]:
        """The approved pairs of words that the block has on both sides."""
        if not self._approved:
            return []
        sources = _lemmas((pair.source.text for pair in block), self._direction.source)
        targets = _lemmas((pair.target.text for pair in block), self._direction.target)
        return [pair for pair in self._approved if pair[0] in sources and pair[1] in targets]


def _lemmas(texts: Iterable[str], language: str) -> set[str]:
    """The lemmas of all words, and of the parts of those with a hyphen or apostrophe."""
    words: set[str] = set()
    for text in texts:
        if is_unspaced(text):
            words.update(token.text for token in word_tokens(text, language))
        else:
            words.update(_WORD.findall(text.casefold()))
    words |= {part for word in words for part in re.split("[-\u2010\u2011'’]", word)}
    return {term_key(word, language) for word in words}


_Row = list[Any]
"""A term for JSON, without names, so that it is read fast."""


def _rows(concepts: Iterable[Concept], block: Sequence[Pair]) -> list[list[_Row]]:
    """The concepts for JSON; a context is the number of its pair in the block."""
    numbers = {context_of(pair): number for number, pair in enumerate(block)}
    return [[_row(term, numbers) for term in concept.terms] for concept in concepts]


def _row(term: Term, numbers: Mapping[Context, int]) -> _Row:
    row: _Row = [term.text, term.language, term.part_of_speech, term.gender, term.kind]
    if not term.evidence:
        return row
    evidence = term.evidence
    counts = evidence.source_count, evidence.target_count, evidence.pair_count, evidence.confidence
    places = [numbers[context] for context in evidence.contexts]
    return [*row, *counts, dict(evidence.reasons), places, evidence.forms]


def _concepts(rows: list[list[_Row]], block: Sequence[Pair]) -> list[Concept]:
    """The concepts of a block from JSON."""
    contexts = [context_of(pair) for pair in block]
    return [Concept("", tuple(_term(row, contexts) for row in terms)) for terms in rows]


def _term(row: _Row, contexts: Sequence[Context]) -> Term:
    text, language, part_of_speech, gender, kind, *seen = row
    evidence = None
    if seen:
        source_count, target_count, pair_count, confidence, reasons, places, forms = seen
        evidence = Evidence(
            source_count,
            target_count,
            pair_count,
            confidence,
            tuple(itertools.starmap(reason, reasons.items())),
            tuple([contexts[number] for number in places]),
            tuple([(form, other, count) for form, other, count in forms]),
        )
    return Term(text, language, "candidate", part_of_speech, gender, kind, "", evidence)


def _read(path: Path) -> dict[bytes, bytes]:
    """The blocks of a file under their checksums, packed; of another file at most what nobody asks for."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    kept, place = {}, 0
    while place + _HEAD.size <= len(content):
        key, length = _HEAD.unpack_from(content, place)
        place += _HEAD.size + length
        kept[key] = content[place - length : place]
    return kept


def _unpacked(content: bytes) -> list[list[_Row]] | None:
    """The rows of a block; None when they are damaged, or none were kept."""
    try:
        rows: list[list[_Row]] = json.loads(zlib.decompress(content))
    except (ValueError, zlib.error):
        return None
    return rows


@functools.cache
def _edition() -> str:
    """A checksum of the program that finds terms, of its data, and of the extra that knows more words."""
    checksum = blake2b(f"{__version__} {has_dictionaries()}".encode(), digest_size=16)
    for room in ("tm.language", "tm.terminology"):
        files = [*resources.files(room).iterdir(), *_data(room)]
        for file in sorted((each for each in files if each.is_file()), key=lambda each: each.name):
            checksum.update(file.name.encode() + file.read_bytes())
    return checksum.hexdigest()


def _data(room: str) -> list[Any]:
    folder = resources.files(room).joinpath("data")
    return list(folder.iterdir()) if folder.is_dir() else []
