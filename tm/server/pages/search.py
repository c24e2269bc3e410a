"""The search page: what the memory and the glossary have for a text, while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tm.direction import Direction
from tm.server.api.parts import ANYTHING, asked_of
from tm.server.api.search import deadline, without_folders
from tm.server.operations import Operation
from tm.server.pages.page import Page
from tm.server.schemas import choice, flag, record, text, whole
from tm.vectors import encoder
from tm.work.answer_fields import answer_fields
from tm.work.memories import direction_in, languages_in
from tm.work.search_box import box_lines, box_matches

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.server.operations import Call
    from tm.work.answers import Answers

ASKED = {
    "q": text(about="what stands in the box"),
    "source": text(35, default="", about="the language of the box"),
    "target": text(35, default="", about="the language of the translations"),
    "side": choice(("source", "target"), default="source", about="where the text is looked for"),
    "where": text(default="", about="which units, as --where of tm find says it"),
    "limit": whole(1, 500, default=50),
}


def _values(call: Call) -> dict[str, Any]:
    memories = [
        {"name": name, "units": len(store)}
        for name, store in zip(call.desk.memory_names, call.stores, strict=True)
    ]
    tags = languages_in(call.stores)
    return {
        "memories": memories,
        "tags": tags,
        "direction": first_direction(call, tags),
        "may_write": call.caller.may("write"),
        "knows": " ".join(sorted(encoder.LANGUAGES)) if encoder.is_installed() else "",
    }


def first_direction(call: Call, tags: list[str]) -> Direction:
    """The direction that a page begins with, of memories in these languages."""
    asked = call.settings.direction
    if len(tags) < 2:
        return asked
    return direction_in(call.stores, asked if asked.is_known else Direction(tags[0], tags[1]))


def _answers(call: Call, look: Callable[..., Answers], **options: object) -> Answers:
    """What ``box_matches`` or ``box_lines`` gives for what stands in the box."""
    asked = asked_of(call, "source", "target")
    return look(call.stores, call["q"], asked, side=call["side"], where=call["where"], **options)


def _matches(call: Call) -> dict[str, Any]:
    answers = _answers(call, box_matches, minimum=call["minimum"], limit=min(call["limit"], 10))
    language = answers.direction.source
    fields: dict[str, Any] = without_folders(answer_fields(answers))
    edition = call.desk.glossary.now()
    terms = edition.terms_in(call["q"], language) if edition.concepts else []
    fields["terms"] = [
        {
            "concept": term.concept.id,
            "text": call["q"][term.start : term.end],
            "translations": [
                {"text": translation.text, "status": translation.status, "note": translation.note}
                for translation in term.concept.of(answers.direction.target)
            ],
        }
        for term in terms
    ]
    return fields


def _lines(call: Call) -> dict[str, Any]:
    answers = _answers(
        call,
        box_lines,
        is_begun=call["begun"],
        is_phrase=call["phrase"],
        accents=call["accents"],
        limit=call["limit"],
        is_late=deadline(call),
    )
    fields: dict[str, Any] = without_folders(answer_fields(answers))
    return fields


PAGE = Page("/", "search.html", "Search", _values, scripts=("search.js",))

OPERATIONS = [
    Operation(
        "matches while typing",
        "GET",
        "/matches",
        "The matches of a text, and its terms.",
        _matches,
        ANYTHING,
        record(ASKED | {"minimum": whole(1, 100, default=60, about="the least percent")}, needed=["q"]),
    ),
    Operation(
        "lines while typing",
        "GET",
        "/lines",
        "The units in which words stand, the newest first.",
        _lines,
        ANYTHING,
        record(
            ASKED
            | {
                "begun": flag(default=False, about="the last word may go on"),
                "phrase": flag(default=True, about="the words stand one after another"),
                "accents": flag(default=False, about="accents count"),
            },
            needed=["q"],
        ),
    ),
]
