"""The alignment page: two documents aligned, looked through bead by bead, and put into the memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tm.direction import parsed
from tm.document import Bead
from tm.server.api.parts import TAG_OF_FILE
from tm.server.given import FILE, given_files
from tm.server.operations import Operation
from tm.server.pages.page import Page
from tm.server.schemas import array, number, record, text, whole
from tm.work.memories import languages_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.server.operations import Call
    from tm.work.alignments import Alignment

MOST_SEGMENTS = 1_000_000

NUMBERS = array(whole(0, MOST_SEGMENTS))
BEAD = record({"source": NUMBERS, "target": NUMBERS, "confidence": number(0, 1)})
FILES = array(FILE, most=2, about="two documents, the source first; or one table")
GIVEN = {"files": FILES, "source": TAG_OF_FILE, "target": TAG_OF_FILE}


def _values(call: Call) -> dict[str, Any]:
    from tm.pages.alignment import DOUBTFUL

    return {
        "tags": languages_in(call.stores),
        "doubtful": DOUBTFUL,
    }


def _aligned(call: Call) -> Alignment:
    """The alignment of the files, under the names that they came with."""
    from tm.work.reviewing import to_review

    with given_files(call["files"]) as paths:
        alignment = to_review(paths, parsed(call["source"], call["target"]))
    names: Sequence[str] = [file["name"] for file in call["files"]]
    return replace(
        alignment,
        source=replace(alignment.source, name=names[0]),
        target=replace(alignment.target, name=names[-1]),
    )


def _align(call: Call) -> dict[str, Any]:
    alignment = _aligned(call)
    return {
        side: {"language": side_text.language, "segments": list(side_text.segments)}
        for side, side_text in (("source", alignment.source), ("target", alignment.target))
    } | {
        "beads": [
            {"source": list(bead.source), "target": list(bead.target), "confidence": bead.confidence}
            for bead in alignment.beads
        ]
    }


def _add(call: Call) -> dict[str, Any]:
    from tm.work.reviewing import add_reviewed

    beads = [Bead(tuple(bead["source"]), tuple(bead["target"]), bead["confidence"]) for bead in call["beads"]]
    alignment: Alignment = call["prepared"]
    names = " – ".join(dict.fromkeys((alignment.source.name, alignment.target.name)))
    return {"added": add_reviewed(call.stores[0], alignment, beads, name=names, **call.by)}


PAGE = Page(
    "/alignment",
    "alignment_review.html",
    "Alignment",
    _values,
    scripts=("files.js", "jobs.js", "alignment.js"),
)

SIDE = record({"language": text(), "segments": array(text(1 << 30))})

OPERATIONS = [
    Operation(
        "alignFiles",
        "POST",
        "/files/alignment",
        "Two documents, or the rows of a table, as segments and beads.",
        _align,
        record({"source": SIDE, "target": SIDE, "beads": array(BEAD)}),
        body=record(GIVEN, needed=["files"]),
        where="beside",
        is_long=True,
    ),
    Operation(
        "addReviewed",
        "POST",
        "/files/reviewed",
        "The same documents with the beads as a person left them: into the memory.",
        _add,
        record({"added": whole(0, MOST_SEGMENTS)}),
        body=record(GIVEN | {"beads": array(BEAD, most=MOST_SEGMENTS)}, needed=["files", "beads"]),
        role="write",
        where="write",
        prepare=_aligned,
    ),
]
