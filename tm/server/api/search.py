"""Texts looked up: all that the memory and the glossary have (search), matches alone, or passages alone."""

from __future__ import annotations

import math
import time
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, get_args

from tm.choices import LEAST_OF_MEANING
from tm.memory import Query, concordance, find_all
from tm.model import Segment
from tm.server.api.parts import ANY, COUNT, LANGUAGES, MATCH, PASSAGE, PLACE, SHORT, WHERE, asked_of
from tm.server.operations import Operation
from tm.server.schemas import LONGEST, array, choice, flag, record, text, whole
from tm.store.addresses import short_name
from tm.work.answer_fields import answer_fields, match_fields, passage_fields
from tm.work.answers import Kind
from tm.work.answers import find as find_answers
from tm.work.memories import direction_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.direction import Direction
    from tm.model import Match
    from tm.server.operations import Call, Where

QUERY = text(LONGEST, least=1, about="What is looked up.")
LEAST = 70
"""The least percent of a match unless another is asked for."""

MINIMUM = whole(1, 100, about="The least percent of a match.", default=LEAST)
LIMIT = whole(1, 100, about="How many at most.", default=5)
OPTIONS = {
    **LANGUAGES,
    "min": whole(
        1,
        100,
        about=f"The least percent of a match; {LEAST} unless given, of the kind meaning {LEAST_OF_MEANING}.",
    ),
    "limit": LIMIT,
    "side": choice(["source", "target"], about="In which language to look.", default="source"),
    "kind": choice(
        get_args(Kind),
        about="What a query is: a text, words in any order, a regular expression, or a text for which units are wanted"
        " that mean the same (with the extra vectors).",
        default="text",
    ),
    "forms": flag(about="Other forms of the words although there are matches.", default=False),
    "where": WHERE,
}
TERM = record(
    {
        "text": ANY,
        "start": PLACE["properties"]["start"],
        "end": PLACE["properties"]["end"],
        "translations": array(record({"text": ANY, "status": ANY})),
    }
)
PART = record(
    {
        "text": ANY,
        "start": PLACE["properties"]["start"],
        "end": PLACE["properties"]["end"],
        "in": PASSAGE,
    }
)
FOUND = record(
    {
        "text": ANY,
        "matches": array(MATCH),
        "inflected": array(MATCH),
        "concordance": array(PASSAGE),
        "parts": array(PART),
        "terms": array(TERM),
        "partial": flag(about="The time was over before all was looked for."),
        "without_vector": {
            **COUNT,
            "description": "Texts that a query by meaning did not look at yet, since their vectors are being made.",
        },
    }
)
SAME_TEXT = 100
"""Percent from which a memory finds the units without a search."""

DIRECTION = {"source": ANY, "target": ANY}
ANSWERS = record({**DIRECTION, "queries": array(FOUND), "not_meant": COUNT})


STEP = 32
"""Look-ups that are one step: after each it is asked whether the time is over."""


SECONDS_OF_MEANING = 1.0
"""For a search by meaning of one text, while vectors are missing: more are made when it is answered."""


def deadline(call: Call, most: float = math.inf) -> Callable[[], bool]:
    """What says whether the time of a look-up, which begins now, is over; at most so many seconds."""
    ends = time.monotonic() + min(most, call.settings.limits.seconds)
    return lambda: time.monotonic() > ends


def _search(call: Call) -> dict[str, Any]:
    queries = [call["q"]] if "q" in call.values else call["queries"]
    return _found_by_meaning(call, queries) if call["kind"] == "meaning" else _found(call, queries)


def _found(call: Call, queries: Sequence[str]) -> dict[str, Any]:
    """What the memory and the glossary have for texts, words or regular expressions."""
    asked = direction_in(call.stores, asked_of(call))
    edition = call.desk.glossary.now()
    language = asked.target if call["side"] == "target" else asked.source
    return _answered(
        call,
        queries,
        asked,
        minimum=call.values.get("min", LEAST),
        forms=call["forms"],
        glossary=edition.recogniser(language) if edition.concepts else (),
        is_late=deadline(call),
    )


def _found_by_meaning(call: Call, queries: Sequence[str]) -> dict[str, Any]:
    """The units that mean the same as texts; the vectors that are missing are then made."""
    of_one = 0.0 if call.desk.meaning.goes_on else SECONDS_OF_MEANING
    fields = _answered(
        call,
        queries,
        asked_of(call),
        minimum=call.values.get("min", LEAST_OF_MEANING),
        vectors=call.desk.meaning.search(),
        is_late=deadline(call, of_one if len(queries) == 1 else math.inf),
    )
    if any(query["without_vector"] for query in fields["queries"]):
        call.desk.meaning.go_on()
    return fields


def _answered(call: Call, queries: Sequence[str], asked: Direction, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    """What ``tm.work.answers.find`` gives for queries, with the options that all kinds have."""
    same = {name: call[name] for name in ("limit", "side", "kind", "where")}
    fields: dict[str, Any] = without_folders(
        answer_fields(find_answers(call.stores, queries, asked, **same, **options))
    )
    return fields


def _thread_of(values: dict[str, Any]) -> Where:
    return "meaning" if values["kind"] == "meaning" else "read"


def without_folders(fields: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """The fields with the names of memories in place of their paths: where they lie is nobody's business.

    >>> without_folders({"queries": [{"memory": "/srv/news.tm", "source": "/a/b"}]})
    {'queries': [{'memory': 'news.tm', 'source': '/a/b'}]}
    """
    if isinstance(fields, list):
        return [without_folders(each) for each in fields]
    if not isinstance(fields, dict):
        return fields
    return {
        name: short_name(value) if name == "memory" else without_folders(value)
        for name, value in fields.items()
    }


def _matches(calls: Sequence[Call]) -> list[dict[str, Any]]:
    first = calls[0]
    direction = direction_in(first.stores, asked_of(first))
    queries = [Query(Segment(call["q"]), call["previous"], call["context"]) for call in calls]
    answers: list[dict[str, Any]] = []
    is_late = deadline(first)
    while len(answers) < len(queries) and not is_late():
        step = queries[len(answers) : len(answers) + STEP]
        lists = find_all(first.stores, step, direction, minimum=first["min"], limit=first["limit"])
        answers += [_match_fields(matches, direction) for matches in lists]
    late = _match_fields([], direction) | {"partial": True}
    return answers + [late] * (len(queries) - len(answers))


def _match_fields(matches: Sequence[Match], direction: Direction) -> dict[str, Any]:
    return {
        "partial": False,
        "source": direction.source,
        "target": direction.target,
        "matches": [
            {**match_fields(match), "number": match.number, "memory": short_name(match.memory)}
            for match in matches
        ],
    }


def _concordance(call: Call) -> dict[str, Any]:
    direction = direction_in(call.stores, asked_of(call))
    if call["side"] == "target":
        direction = direction.reversed()
    is_late = deadline(call)
    passages = takewhile(lambda _: not is_late(), concordance(call.stores, call["q"], direction))
    shown = list(islice(passages, call["limit"]))
    return {
        "source": direction.source,
        "target": direction.target,
        "passages": [
            {**passage_fields(passage), "number": passage.number, "memory": short_name(passage.memory)}
            for passage in shown
        ],
        "partial": len(shown) < call["limit"] and is_late(),
    }


_NAMED = {"number": COUNT, "memory": ANY}
_SHORT_MATCH = record(
    {
        **{
            name: MATCH["properties"][name]
            for name in MATCH["required"]
            if name not in PASSAGE["required"][4:]
        },
        **_NAMED,
    }
)
_SHORT_PASSAGE = record({**{name: PASSAGE["properties"][name] for name in PASSAGE["required"][:4]}, **_NAMED})

OPERATIONS = (
    Operation(
        "search",
        "GET",
        "/search",
        "All that the memory and the glossary have for a text.",
        _search,
        ANSWERS,
        parameters=record({"q": QUERY, **OPTIONS}, needed=["q"]),
        where=_thread_of,
    ),
    Operation(
        "searchMany",
        "POST",
        "/search",
        "The same for many texts, in order.",
        _search,
        ANSWERS,
        body=record({"queries": array(QUERY, most=1_000), **OPTIONS}, needed=["queries"]),
        where=_thread_of,
    ),
    Operation(
        "matches",
        "GET",
        "/matches",
        "The units that are like a text, best first.",
        _matches,
        record({**DIRECTION, "matches": array(_SHORT_MATCH), "partial": flag()}),
        parameters=record(
            {
                "q": QUERY,
                **LANGUAGES,
                "min": MINIMUM,
                "limit": LIMIT,
                "previous": {**SHORT, "maxLength": LONGEST, "default": ""},
                "context": {**SHORT, "default": ""},
            },
            needed=["q"],
        ),
        is_quick=lambda call: bool(call["min"] >= SAME_TEXT),
        together=("q", "previous", "context"),
    ),
    Operation(
        "concordance",
        "GET",
        "/concordance",
        "The units in which words stand one after another.",
        _concordance,
        record({**DIRECTION, "passages": array(_SHORT_PASSAGE), "partial": flag()}),
        parameters=record(
            {
                "q": QUERY,
                **LANGUAGES,
                "limit": {**LIMIT, "maximum": 1_000, "default": 50},
                "side": OPTIONS["side"],
            },
            needed=["q"],
        ),
    ),
)
