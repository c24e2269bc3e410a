"""The OpenAPI description of ``/api/v1``, made of the operations themselves.

>>> document = description()
>>> document["openapi"], sorted(document["paths"]["/units/{number}"])
('3.1.0', ['delete', 'get', 'patch'])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tm import __version__
from tm.server.api import OPERATIONS, PREFIX
from tm.server.schemas import record, text

if TYPE_CHECKING:
    from tm.server.operations import Operation

ERROR = record({"error": text(1 << 20)})
"""What every refusal holds: one line that says what would be right."""

REFUSALS = {
    "400": "a wrong request",
    "401": "no token",
    "403": "another role is needed",
    "404": "not there",
    "409": "changed meanwhile by somebody else",
    "413": "too long",
    "415": "no JSON",
    "422": "content that cannot be read, or languages that are not there",
    "501": "the server lacks an extra",
    "503": "busy; Retry-After says when to come back",
}


def description() -> dict[str, Any]:
    """The description as a value that JSON can hold."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ponte",
            "version": __version__,
            "description": "A translation memory, its glossary, and what can be done with both. What is below"
            " /pages serves the workbench of the same version alone, and is left out here.",
        },
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": {
            "schemas": {"Error": ERROR},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    in_path = set(re.findall(r"\{(\w+)\}", operation.path))
    parameters = [
        {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": name in operation.parameters["required"],
            "schema": schema,
        }
        for name, schema in operation.parameters["properties"].items()
    ]
    body = operation.body
    content = {"requestBody": {"required": True, "content": _json(body)}} if body else {}
    refusal = {"content": _json({"$ref": "#/components/schemas/Error"})}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "x-role": operation.role,
        "parameters": parameters,
        **content,
        "responses": {
            str(operation.status): {"description": "done", "content": _json(operation.answer)},
            **{status: {"description": why, **refusal} for status, why in REFUSALS.items()},
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
