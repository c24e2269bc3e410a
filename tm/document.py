"""The nouns of documents that are segmented and aligned: paragraphs, texts, beads.

They are frozen, like those of ``tm.model``, and apart from them because a look-up needs none of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tm.model import Code, Segment

BlockKind = Literal["text", "heading", "item", "cell", "note", "header", "footer"]
"""What a paragraph can be; a header and a footer stand on each page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a document in reading order.

    Attributes:
        text: without its markup, line breaks inside it folded as the format says.
        line: 1-based line of the file where it begins.
        kind: what it is in the document; evidence for the aligner.
        codes: inline codes of its text (bold, links, notes …), in the form of ``tm.language.omegat_tags``.
    """

    text: str
    line: int
    kind: BlockKind = "text"
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be segmented: paragraphs in reading order.

    Attributes:
        name: the file's name as the user gave it.
        paragraphs: none of them empty.
        encoding: what the file was decoded from, e.g. "utf-8", "windows-1252".
        language: a tag when the file itself says so, else "".
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    encoding: str = "utf-8"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A segmented document, as arrays of one length.

    Attributes:
        segments: the sentences in order.
        paragraphs: for each the number of its paragraph, from 0, never falling.
        lines: for each the 1-based line of the file where it begins; () when not known.
        kinds: for each what its paragraph is in the document ("heading", "item", …); () when not known.
        language: a tag, "" when not known.
        name: the document's name.
        codes: for each its inline codes; () when no segment has any.
    """

    segments: tuple[str, ...]
    paragraphs: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    language: str = ""
    name: str = ""
    codes: tuple[tuple[Code, ...], ...] = ()

    def segment(self, number: int) -> Segment:
        """A segment with its codes.

        >>> Text(("Le pont",), codes=((Code(3, "open", "b"),),)).segment(0).codes[0].name
        'b'
        """
        return Segment(self.segments[number], self.codes[number] if self.codes else ())


@dataclass(frozen=True, slots=True)
class Bead:
    """Some source segments that are the translation of some target segments; one side may be empty.

    Attributes:
        source: 0-based numbers of source segments, neighbours in order.
        target: 0-based numbers of target segments.
        confidence: 0–1, the share of beads like this one that are right.

    >>> str(Bead((0, 1), (0,), 0.934))
    '[0,1]:[0]:0.934'
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float = 1.0

    def __str__(self) -> str:
        """The bead as one line of a ``.beads`` file."""
        source, target = (",".join(map(str, side)) for side in (self.source, self.target))
        return f"[{source}]:[{target}]:{self.confidence:.3f}"
