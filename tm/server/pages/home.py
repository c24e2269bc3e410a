"""The first page: which memories are served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tm.server.pages.page import Page

if TYPE_CHECKING:
    from tm.server.operations import Call


def _values(call: Call) -> dict[str, Any]:
    names = zip(call.desk.memory_names, call.stores, strict=True)
    return {
        "memories": [
            {"name": name, "units": len(store), "languages": list(store.languages())} for name, store in names
        ]
    }


PAGE = Page("/", "home.html", "Ponte", _values)
