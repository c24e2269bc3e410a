"""Long work as jobs: begun, looked at, cancelled, and their results (``tm.server.jobs``).

A job is an operation that may take long (``Operation.is_long``), asked for by its name, with the values of its body
and its address. What it gives is what the operation itself would answer. Whoever began a job sees it, nobody else.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from tm.errors import OptionError, nearest
from tm.server.answers import RefusedError
from tm.server.api.parts import ANY, COUNT, NUMBER
from tm.server.jobs import Job, order
from tm.server.operations import Operation
from tm.server.schemas import array, checked, choice, flag, record, text

if TYPE_CHECKING:
    from tm.server.operations import Call

JOB = record(
    {
        "number": NUMBER,
        "operation": ANY,
        "state": choice(["waiting", "running", "done", "failed", "cancelled"]),
        "done": {**COUNT, "description": "Steps that are done."},
        "total": {**COUNT, "description": "All steps; 0 as long as nobody knows."},
        "error": {**ANY, "description": "Why it failed, in one line."},
        "began": ANY,
    }
)


@functools.cache
def _long_operations() -> dict[str, Operation]:
    from tm.server.api import extraction, texts
    from tm.server.pages import OPERATIONS as OF_PAGES

    operations = (*texts.OPERATIONS, *extraction.OPERATIONS, *OF_PAGES)
    return {operation.name: operation for operation in operations if operation.is_long}


def operation_of(name: str) -> Operation:
    """The operation of a job, by its name.

    Raises:
        OptionError: there is none, or it does not take long.

    >>> operation_of("align").path
    '/align'
    """
    operations = _long_operations()
    if name not in operations:
        raise OptionError(
            f"operation: no {name[:40]!r}{nearest(name[:40], operations)}; {', '.join(operations)}"
        )
    return operations[name]


def _values(operation: Operation, given: object) -> dict[str, Any]:
    """The values of an operation, from its address and its body, held against their schemas."""
    schemas = [operation.parameters, *([operation.body] if operation.body else [])]
    fields = {name: each for schema in schemas for name, each in schema["properties"].items()}
    needed = [name for schema in schemas for name in schema["required"]]
    values: dict[str, Any] = checked(given, record(fields, needed=needed), "values")
    return values


def _begin(call: Call) -> dict[str, Any]:
    operation = operation_of(call["operation"])
    if not call.caller.may(operation.role):
        raise RefusedError(403, f"the role {operation.role} is needed")
    values = _values(operation, call["values"])
    job = Job(
        operation.name,
        call.caller.name,
        call.settings.now(),
        order(operation.name, values, call.settings, call.caller),
    )
    call.desk.jobs.begin(job)
    return _fields(job)


def _fields(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in JOB["properties"]}


def _job(call: Call) -> Job:
    for job in call.desk.jobs.of(call.caller.name):
        if job.number == call["number"]:
            return job
    raise RefusedError(404, f"no job has the number {call['number']}, or none any more")


def _result(call: Call) -> Response:
    job = _job(call)
    if job.state != "done":
        raise RefusedError(409, f"the job is {job.state}{f': {job.error}' if job.error else ''}")
    return Response(job.result(), media_type="application/json")


def _drop(call: Call) -> dict[str, Any]:
    job = _job(call)
    is_cancelled = job.cancel()
    call.desk.jobs.drop(job.number)
    return {"cancelled": is_cancelled}


_NUMBERED = record({"number": NUMBER})

OPERATIONS = (
    Operation(
        "beginJob",
        "POST",
        "/jobs",
        "Begin long work: an operation, and the values of its body and its address.",
        _begin,
        JOB,
        body=record(
            {
                "operation": text(
                    40, about="align, check, score, convert, extractTerms, or a step of the page of jobs."
                ),
                "values": {"description": "What the operation takes."},
            }
        ),
        where="beside",
        status=202,
    ),
    Operation(
        "jobs",
        "GET",
        "/jobs",
        "The jobs that the caller began, the newest first.",
        lambda call: {"jobs": [_fields(job) for job in call.desk.jobs.of(call.caller.name)]},
        record({"jobs": array(JOB)}),
        where="beside",
    ),
    Operation(
        "job",
        "GET",
        "/jobs/{number}",
        "Where a job stands.",
        lambda call: _fields(_job(call)),
        JOB,
        parameters=_NUMBERED,
        where="beside",
    ),
    Operation(
        "jobResult",
        "GET",
        "/jobs/{number}/result",
        "What the operation answers; 409 as long as the job is not done.",
        _result,
        {},
        parameters=_NUMBERED,
        where="beside",
    ),
    Operation(
        "dropJob",
        "DELETE",
        "/jobs/{number}",
        "Cancel a job that is under way, and forget it and its result.",
        _drop,
        record({"cancelled": flag()}),
        parameters=_NUMBERED,
        where="beside",
    ),
)
