"""`/metrics`: what the site has answered, in Prometheus' text format (version 0.0.4), by `prometheus_client`.

Under several workers each one counts in a file of its own, and any of them answers for all (`PROMETHEUS_MULTIPROC_DIR`,
set by deploy/gunicorn.conf.py). Labels are names of ours alone, so nothing a visitor writes can be in one, and their
number is bounded.
"""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, disable_created_metrics, generate_latest, values
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
WORKER = "PLAYGROUND_WORKER"
"""The environment variable with a worker's number, which the next worker in its place gets again."""

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_LABELS = ("method", "route", "status")


class RequestCounts:
    """Counts answers and the seconds they took; safe to be used by threads at the same time."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._is_shared = FOLDER in os.environ
        if self._is_shared and WORKER in os.environ:
            # By process id, each worker that is replaced would leave its file behind for ever.
            number = os.environ[WORKER]
            values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]
        self._answers = Counter(
            "playground_requests_total",
            "Requests answered, by method, route and status.",
            _LABELS,
            registry=self._registry,
        )
        self._seconds = Counter(
            "playground_request_seconds_total",
            "Seconds until their answers began.",
            _LABELS,
            registry=self._registry,
        )
        start = Gauge(
            "process_start_time_seconds",
            "When the process began.",
            registry=self._registry,
            multiprocess_mode="min",
        )
        start.set(round(time.time(), 3))

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer. `route` is a name of ours, empty where no route was found."""
        labels = (method if method in _METHODS else "other", route or "none", str(status))
        self._answers.labels(*labels).inc()
        self._seconds.labels(*labels).inc(seconds)

    def text(self) -> bytes:
        """Return all counts as text, those of the other workers included."""
        registry = self._registry
        if self._is_shared:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def counts_of(app: Flask) -> RequestCounts:
    """Return the counts of an application."""
    counts: RequestCounts = app.extensions["counts"]
    return counts


def count_requests(app: Flask) -> None:
    """Count every answer of an application, and answer with the counts at `/metrics`."""
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
        response = Response(counts.text(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
        response.headers["Cache-Control"] = "no-store"
        return response
