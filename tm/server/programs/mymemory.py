"""The protocol of MyMemory's ``get``, which MateCat and scripts speak.

::

    GET /get?q=TEXT&langpair=fr|pt-BR
    {"responseData": {"translatedText": …, "match": 0–1}, "responseStatus": 200, "matches": [{"id": …, "segment": …,
     "translation": …, "quality": "74", "usage-count": 1, "created-by": …, "last-update-date": …, "match": 0–1}], …}

The names with hyphens are needed: Weblate and MateCat take them without asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from tm.errors import TMError
from tm.server.answers import json_answer, message_of
from tm.server.programs.lookup import direction_of, matches_of
from tm.store.stored import attribute, day

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tm.direction import Direction
    from tm.model import Match

LEAST, USUAL = 50, 3
"""The least percent, and how many matches where nothing else is asked for."""


async def get(request: Request) -> Response:
    """The matches of a text."""
    given = request.query_params
    source, _, target = given.get("langpair", "").partition("|")
    text, numres = given.get("q", ""), given.get("numres", "")
    limit = min(max(int(numres), 1), 30) if numres.isdecimal() and len(numres) < 4 else USUAL
    details, matches = "", list[dict[str, Any]]()
    try:
        asked = direction_of(source, target)
        if text.strip():
            (best_first,) = await request.app.state.desk.readers.ask(
                lambda stores: matches_of(stores, [text], asked, LEAST, limit)
            )
            matches = [_fields(match, asked) for match in best_first]
    except TMError as error:
        details = message_of(error, request.app.state.desk.settings.paths)
    best = matches[0] if matches else {"translation": "", "match": 0}
    answer = {
        "responseData": {"translatedText": best["translation"], "match": best["match"]},
        "quotaFinished": False,
        "mtLangSupported": None,
        "responseDetails": details,
        "responseStatus": 403 if details else 200,
        "responderId": None,
        "exception_code": None,
        "matches": matches,
    }
    return json_answer(answer)


def _fields(match: Match, asked: Direction) -> dict[str, Any]:
    unit = match.unit
    created = attribute(unit, "creationid")
    date = day(attribute(unit, "changedate") or attribute(unit, "creationdate"))
    percent = min(match.percent, 100)
    is_machine = unit.property("x-origin") == "machine"
    return {
        "id": str(match.number),
        "segment": match.pair.source.text,
        "translation": match.target,
        "source": asked.source,
        "target": asked.target,
        "quality": str(percent),
        "reference": None,
        "usage-count": 1,
        "subject": "All",
        "created-by": "MT!" if is_machine else created,
        "last-updated-by": attribute(unit, "changeid") or created,
        "create-date": f"{date} 00:00:00" if date else "",
        "last-update-date": f"{date} 00:00:00" if date else "",
        "match": percent / 100,
    }


routes = [Route("/get", get)]
