"""The protocol of tmserver and amaGama, which Weblate, Okapi, Virtaal and Pootle speak.

::

    GET /tmserver/languages/                        all codes, lower case with "_": Weblate compares its own so
    GET /tmserver/fr/pt_br/unit/TEXT                TEXT percent-encoded, "/" as %2F
    GET /tmserver/fr/pt_br/unit/?source=TEXT
        ?min_similarity=70&max_candidates=5
    [{"source": …, "target": …, "quality": 100.0, "rank": 100.0}, …]

The best match comes first: Okapi stops at the first one below its threshold. ``quality`` has a decimal point:
Okapi cannot read an integer. An unknown language, and an empty text, is 404. ``jsoncallback`` is passed over:
it would let any site read the memory. What programs write is in ``tmserver_writing.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from tm.errors import FormatError, OptionError
from tm.server.answers import RefusedError, answered, json_answer
from tm.server.api.search import SAME_TEXT
from tm.server.programs.addresses import UNIT
from tm.server.programs.lookup import direction_of, language_codes, matches_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tm.server.desk import Desk

LEAST, USUAL, MOST = 30, 70, 30
"""The lowest and the usual least percent of a match; the most matches."""


async def languages(request: Request) -> Response:
    """The codes of all languages, which may be asked from and into."""
    desk: Desk = request.app.state.desk
    codes = await desk.readers.ask(language_codes)
    spelt = [code.replace("-", "_").lower() for code in codes]
    return json_answer({"sourceLanguages": spelt, "targetLanguages": spelt})


async def unit(request: Request) -> Response:
    """The matches of a text."""
    desk: Desk = request.app.state.desk
    given = {**request.query_params, **request.path_params}
    query = given.get("text") or given.get("source", "")
    if not query.strip():
        raise RefusedError(404, "a text was expected: …/unit/TEXT, or …/unit/?source=TEXT")
    minimum = _within(given.get("min_similarity", ""), USUAL, LEAST, 100)
    limit = _within(given.get("max_candidates", ""), 5, 1, MOST)
    try:
        asked = direction_of(given["source_code"], given["target_code"])
        key = "tmserver", asked, minimum, limit
        ask = desk.quick.ask if minimum == SAME_TEXT else desk.readers.ask_together
        matches = await ask(
            key, query, lambda stores, texts: matches_of(stores, texts, asked, minimum, limit)
        )
    except (FormatError, OptionError) as error:
        raise RefusedError(404, str(error)) from error
    rows = [
        {
            "source": match.pair.source.text,
            "target": match.target,
            "quality": float(min(match.percent, 100)),
            "rank": float(match.base),
        }
        for match in sorted(matches, key=lambda match: -match.percent)
    ]
    return json_answer(rows)


def _within(value: str, usual: int, least: int, most: int) -> int:
    """A number of an address, brought within its bounds; what is no number is the usual one.

    >>> _within("7", 70, 30, 100), _within("", 70, 30, 100)
    (30, 70)
    """
    return min(max(int(value), least), most) if value.isdecimal() and len(value) < 9 else usual


routes = [
    Route("/tmserver/languages/", answered(languages)),
    Route(UNIT, answered(unit)),
]
