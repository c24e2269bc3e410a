"""The protocol of LibreTranslate, which Weblate and many others speak; and FakeMT's, OmegaT's simplest plug-in.

::

    POST /libre/translate  {"q": [TEXT, …] or TEXT, "source": "fr", "target": "pt", "api_key": …}
    {"translatedText": [TEXT, …]}          as many as q has, in the same order
    GET /libre/languages
    [{"code": "fr", "name": "fr", "targets": ["pt"]}]
    GET /mt?source=fr&target=pt&text=TEXT
    {"translation": TEXT}

``api_key`` is the token, where tokens are needed. A text that nothing is like has itself as its translation: an empty
one would be inserted by some programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from tm.errors import FormatError, OptionError
from tm.server.answers import answered, json_answer, json_body
from tm.server.guard import caller_in
from tm.server.programs.apertium import LEAST
from tm.server.programs.lookup import best_of, direction_of, language_codes, targets_of
from tm.server.schemas import LONGEST, array, checked, record, text

if TYPE_CHECKING:
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

_TEXT = text(LONGEST)
_MANY = array(_TEXT, most=500)
_CODE = text(35)


async def translate(request: Request) -> Response:
    """The translations of texts."""
    body: Any = await json_body(request)
    if not isinstance(body, dict):
        raise OptionError("the body: an object was expected")
    caller_in(request, body.get("api_key"))
    is_many = isinstance(body.get("q"), list)
    fields = {name: body[name] for name in ("q", "source", "target") if name in body}
    schema = record({"q": _MANY if is_many else _TEXT, "source": _CODE, "target": _CODE})
    asked = checked(fields, schema)
    texts = asked["q"] if is_many else [asked["q"]]
    direction = direction_of(asked["source"], asked["target"])
    best = await best_of(request.app.state.desk, texts, direction, LEAST)
    translations = [translation or itself for translation, itself in zip(best, texts, strict=True)]
    return json_answer({"translatedText": translations if is_many else translations[0]})


async def languages(request: Request) -> Response:
    """The languages, each with those into which it is translated."""
    codes = await request.app.state.desk.readers.ask(language_codes)
    return json_answer([{"code": code, "name": code, "targets": targets_of(code, codes)} for code in codes])


async def simple(request: Request) -> Response:
    """The translation of one text; "" where nothing is like it."""
    given = request.query_params
    try:
        asked = direction_of(given.get("source", ""), given.get("target", ""))
        (translation,) = await best_of(request.app.state.desk, [given.get("text", "")], asked, LEAST)
    except FormatError:
        translation = ""
    return json_answer({"translation": translation})


routes = [
    Route("/libre/translate", answered(translate), methods=["POST"]),
    Route("/libre/languages", answered(languages)),
    Route("/mt", answered(simple)),
]
