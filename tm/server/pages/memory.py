"""The memory page: units browsed, filtered, changed and taken out, and the history. Its script asks ``/api/v1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tm.server.pages.page import Page
from tm.server.pages.search import first_direction
from tm.work.memories import languages_in

if TYPE_CHECKING:
    from tm.server.operations import Call


def _values(call: Call) -> dict[str, Any]:
    store = call.stores[0]
    return {
        "name": call.desk.memory_names[0],
        "units": len(store),
        "asked": first_direction(call, languages_in([store])),
        "may_write": call.caller.may("write"),
    }


PAGE = Page("/memory", "memory.html", "Memory", _values, scripts=("memory_history.js", "memory.js"))
