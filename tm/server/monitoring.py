"""How the server does: ``/health``, ``/metrics`` in Prometheus' text, and a line of JSON for each request.

The address of a request holds texts that somebody translates: the log and the metrics have the pattern of its
route alone. Tokens stand in neither.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tm.server.answers import answered, json_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

    from tm.server.desk import Desk
    from tm.store import Store

log = logging.getLogger("tm.server.access")

BUCKETS = (0.005, 0.025, 0.1, 0.5, 2.5)
"""Seconds: the bounds of the histogram."""


class Counts:
    """Requests counted since the start.

    >>> counts = Counts()
    >>> counts.take({"method": "GET", "client": None}, 200, 0.03)
    >>> counts.lines({"tm_waiting": 0})[:2]
    ['# TYPE tm_requests_total counter', 'tm_requests_total{route="none",status="200"} 1']
    """

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.requests: Counter[tuple[str, int]] = Counter()
        self.buckets: Counter[float] = Counter()
        self.seconds = 0.0

    def take(self, scope: Scope, status: int, seconds: float) -> None:
        """Count a request, and write it into the log."""
        route = getattr(scope.get("route"), "path", "none")
        self.requests[route, status] += 1
        self.seconds += seconds
        for bound in BUCKETS:
            self.buckets[bound] += seconds <= bound
        if log.isEnabledFor(logging.INFO):
            caller = scope.get("state", {}).get("caller")
            line = {
                "method": scope["method"],
                "route": route,
                "status": status,
                "ms": round(1000 * seconds, 1),
                "client": (scope.get("client") or ("",))[0],
                "caller": caller.name if caller else "",
            }
            log.info(json.dumps(line, ensure_ascii=False))

    def lines(self, gauges: dict[str, float]) -> list[str]:
        """The counts in Prometheus' text."""
        total = sum(self.requests.values())
        lines = ["# TYPE tm_requests_total counter"]
        for (route, status), count in sorted(self.requests.items()):
            lines.append(f'tm_requests_total{{route="{route}",status="{status}"}} {count}')
        lines.append("# TYPE tm_request_seconds histogram")
        lines += [f'tm_request_seconds_bucket{{le="{bound}"}} {self.buckets[bound]}' for bound in BUCKETS]
        lines += [f'tm_request_seconds_bucket{{le="+Inf"}} {total}']
        lines += [f"tm_request_seconds_sum {self.seconds:.6f}", f"tm_request_seconds_count {total}"]
        for name, value in gauges.items():
            lines += [f"# TYPE {name} gauge", f"{name} {value:g}"]
        return lines


def _units(stores: Sequence[Store]) -> int:
    return sum(map(len, stores))


async def health(request: Request) -> Response:
    """Whether a reader and the writer answer, and their memories."""
    desk: Desk = request.app.state.desk
    await desk.readers.ask(_units)
    await desk.writer.ask(_units)
    return json_answer({"status": "ok"})


async def metrics(request: Request) -> Response:
    """The counts."""
    desk: Desk = request.app.state.desk
    units = await desk.readers.ask(_units)
    gauges = {
        "tm_units": units,
        "tm_waiting_reads": desk.readers.depth,
        "tm_waiting_writes": desk.writer.depth,
    }
    text = "\n".join([*request.app.state.counts.lines(gauges), ""])
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


routes = [Route("/health", answered(health)), Route("/metrics", answered(metrics))]
