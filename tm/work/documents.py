"""The documents of a run: read, their languages found, and paired.

1. ``read_documents`` reads each input, finds its language and cuts it into segments.
2. ``direction_of`` decides from which language into which, and refuses what cannot be two languages.
3. ``pair_up`` says which document translates which: by name, else by content; two documents are a pair
   because they were given.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import Direction, decided_for_documents, not_there
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.document import Text
    from tm.language.detection import Detection
    from tm.work.inputs import Input, Rejects

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read.

    Attributes:
        path: where it is.
        text: its segments, with the language found.
        detection: why that language; None when the caller or the file says it.
        encoding: what it was decoded from.
    """

    path: str
    text: Text
    detection: Detection | None
    encoding: str


def read_documents(
    inputs: Iterable[Input], asked: Direction, rejects: Rejects, *, encoding: str = ""
) -> list[ReadDocument]:
    """The documents in order; one that cannot be read is left to ``rejects``.

    A detected language is narrowed to a tag asked for that names it: pt is pt-BR for who asks for pt-BR.
    """
    documents = []
    for given in inputs:
        with rejects.catch():
            documents.append(_read(given, asked, encoding))
    return documents


def _read(given: Input, asked: Direction, encoding: str) -> ReadDocument:
    from tm.language import detect, segment
    from tm.work.segmenting import read_paragraphs

    document = replace(read_paragraphs(given.path, encoding=encoding), name=_printable(given.name))
    if document.language:
        text = segment(document, language=document.language)
        return ReadDocument(given.path, text, None, document.encoding)
    detection = detect("\n".join(paragraph.text for paragraph in document.paragraphs))
    base = bcp47.base(detection.language)
    narrower = [tag for tag in (asked.source, asked.target) if tag and bcp47.base(tag) == base]
    text = segment(document, language=narrower[0] if narrower else detection.language)
    return ReadDocument(given.path, text, detection, document.encoding)


def _printable(name: str) -> str:
    """A file name that is no Unicode can be opened but not written down."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def direction_of(
    documents: Sequence[ReadDocument], asked: Direction, in_memory: Sequence[str] = ()
) -> Direction:
    """From which of the documents' languages into which, see ``tm.direction.decided_for_documents``.

    Args:
        documents: two at least.
        asked: from the flags or the settings.
        in_memory: the languages of the memory that the documents come into.

    Raises:
        OptionError: the documents are not in two languages.
        FormatError: none is in a language asked for.
    """
    tags = _languages(documents)
    bases = [bcp47.base(tag) for tag in tags]
    listing = "; ".join(f"{document.path} is {document.text.language or 'unknown'}" for document in documents)
    for tag in (asked.source, asked.target):
        if tag and bcp47.base(tag) not in bases:
            raise not_there(asked, len(documents), tags, noun="documents")
    if len(tags) == 1:
        raise OptionError(f"all documents are in one language, a translation is missing: {listing}")
    sides = [bcp47.base(tag) for tag in (asked.source, asked.target) if tag]
    if len(tags) > 2 and len(sides) == 2:
        languages = f"{asked.source} and {asked.target}"
        raise OptionError(f"documents in other languages than {languages}: {listing}; leave them out")
    if len(tags) > 2:
        raise OptionError(f"more than two languages; give the documents of two: {listing}")
    direction = decided_for_documents(asked, tags, in_memory)
    if (
        not sides
        and direction == Direction(*tags)
        and decided_for_documents(asked, tags[::-1], in_memory) != direction
    ):
        log.warning("%s, in the order of the documents; -s and -t say it otherwise", direction)
    return direction


def _languages(documents: Sequence[ReadDocument]) -> list[str]:
    """A tag for each language in order; where documents are in two varieties of one, the language alone is
    true of both."""
    by_base: dict[str, str] = {}
    for document in documents:
        tag = document.text.language
        base = bcp47.base(tag)
        if by_base.setdefault(base, tag) != tag:
            by_base[base] = base
    return list(by_base.values())


def pair_up(
    documents: Sequence[ReadDocument], direction: Direction
) -> tuple[list[tuple[Text, Text]], list[ReadDocument]]:
    """The pairs of texts, source first, and the documents left alone.

    Raises:
        OptionError: there is no pair.
    """
    from tm.alignment import pair_documents

    texts = [document.text for document in documents]
    if len(texts) == 2:
        is_source = bcp47.base(texts[0].language) == bcp47.base(direction.source)
        return [(texts[0], texts[1]) if is_source else (texts[1], texts[0])], []
    pairing = pair_documents(texts, direction)
    if not pairing.pairs:
        names = ", ".join(document.path for document in documents)
        raise OptionError(
            f"no document is the translation of another among {names}; name the two: tm build SOURCE TARGET -o DIR"
        )
    pairs = [(texts[source], texts[target]) for source, target, _ in pairing.pairs]
    return pairs, [documents[number] for number in pairing.alone]
