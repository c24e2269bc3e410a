"""The protocol of Apertium's server, which OmegaT speaks to an address of the user's (Machine Translation).

::

    GET /apertium/translate?q=TEXT&langpair=fr|pt_BR&markUnknown=no
    {"responseData": {"translatedText": …}, "responseStatus": 200, "responseDetails": null}

Nothing below ``LEAST`` percent is an answer: OmegaT shows one text, without saying how like it is. Without
``responseStatus`` it would say "invalid server". OmegaT 3.6 does not read the answer as JSON, but looks for
``{"translatedText": "``, space and all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from tm.errors import TMError
from tm.server.answers import answered, json_answer, message_of
from tm.server.programs.lookup import best_of, direction_of, language_codes, targets_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LEAST = 75
"""The least percent of a text that is shown as the translation."""


async def translate(request: Request) -> Response:
    """The translation of the best match."""
    source, _, target = request.query_params.get("langpair", "").partition("|")
    details, translation = "nothing is like it", ""
    try:
        asked = direction_of(source, target)
        (translation,) = await best_of(
            request.app.state.desk, [request.query_params.get("q", "")], asked, LEAST
        )
    except TMError as error:
        details = message_of(error, request.app.state.desk.settings.paths)
    status = 200 if translation else 404
    answer = {
        "responseData": {"translatedText": translation or None},
        "responseStatus": status,
        "responseDetails": None if translation else details,
    }
    return json_answer(answer, status, colon=": ")


async def languages(request: Request) -> Response:
    """The pairs of languages."""
    codes = await request.app.state.desk.readers.ask(language_codes)
    pairs = [
        {"sourceLanguage": source, "targetLanguage": target}
        for source in codes
        for target in targets_of(source, codes)
    ]
    return json_answer({"responseData": pairs, "responseStatus": 200, "responseDetails": None})


routes = [Route("/apertium/translate", translate), Route("/apertium/listPairs", answered(languages))]
