"""`/metrics`: what this process answered, as Prometheus' text format has it (version 0.0.4).

Labels are names of ours alone, so that nothing a visitor writes can stand in one, and their number is bounded.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict

from flask import Flask, Response, g, request

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_HEAD = {
    "playground_requests_total": "Requests answered, by method, route and status.",
    "playground_request_seconds_total": "Seconds until their answers began.",
}


class RequestCounts:
    """Counts answers and the seconds they took; safe to be used by threads at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: defaultdict[str, int] = defaultdict(int)
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._start = time.time()

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer. `route` is a name of ours, empty where no route was found."""
        known = method if method in _METHODS else "other"
        labels = f'{{method="{known}",route="{route or "none"}",status="{status}"}}'
        with self._lock:
            self._answers[labels] += 1
            self._seconds[labels] += seconds

    def text(self) -> str:
        """Return all counts as text."""
        with self._lock:
            listed = [sorted(dict[str, float](one).items()) for one in (self._answers, self._seconds)]
        lines = []
        for (name, says), counts in zip(_HEAD.items(), listed, strict=True):
            lines += [f"# HELP {name} {says}", f"# TYPE {name} counter"]
            lines += [f"{name}{labels} {value:.10g}" for labels, value in counts]
        name = "process_start_time_seconds"
        lines += [f"# HELP {name} When the process began.", f"# TYPE {name} gauge", f"{name} {self._start:.3f}"]
        return "\n".join(lines) + "\n"


def counts_of(app: Flask) -> RequestCounts:
    """Return the counts of an application."""
    found: RequestCounts = app.extensions["counts"]
    return found


def count_requests(app: Flask) -> None:
    """Count every answer of an application, and tell the counts at `/metrics`."""
    counts = app.extensions["counts"] = RequestCounts()

    @app.after_request
    def count(response: Response) -> Response:
        started = getattr(g, "started", None)  # the log's; a request that is refused before it has none
        seconds = 0.0 if started is None else time.perf_counter() - started
        counts.add(request.method, request.endpoint or "", response.status_code, seconds)
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        """Answer with the counts."""
        response = Response(counts.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
        response.headers["Cache-Control"] = "no-store"
        return response
