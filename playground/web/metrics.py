"""`/metrics`: what the site has answered, in Prometheus' text format (version 0.0.4), by `prometheus_client`.

Under several workers each one counts in a file of its own, and any of them answers for all (`PROMETHEUS_MULTIPROC_DIR`,
set by deploy/gunicorn.conf.py). Labels are names of ours alone, so nothing a visitor writes can be in one, and their
number is bounded.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

from flask import Flask, Response, current_app, has_app_context, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    disable_created_metrics,
    generate_latest,
    values,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from playground.catalog.model import Entry
from playground.gateway.answer import Answer
from playground.gateway.errors import LimitExceeded
from playground.store import Store, StoreError
from playground.web.owner.record import note_limited, note_sent
from playground.web.site import this_site
from playground.web.timing import step, this_stopwatch

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
WORKER = "PLAYGROUND_WORKER"
"""The environment variable with a worker's number, which the next worker in its place gets again."""

FORM_ROUTE = "tryit.post"
CacheName: TypeAlias = Literal["operation", "catalogue"]
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_LABELS = ("method", "route", "status")
_RENDER_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_SEND_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class RequestCounts:
    """Counts what a site does; safe to be used by threads at the same time. A `route` is a name of ours."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        registry = self._registry = CollectorRegistry()
        self._is_shared = FOLDER in os.environ
        if self._is_shared and WORKER in os.environ:
            # By process id, each worker that is replaced would leave its file behind for ever.
            number = os.environ[WORKER]
            values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]
        self._answers = Counter(
            "playground_requests_total",
            "Requests answered, by method, route and status.",
            _LABELS,
            registry=registry,
        )
        self._seconds = Counter(
            "playground_request_seconds_total",
            "Seconds until their answers began.",
            _LABELS,
            registry=registry,
        )
        self._render = Histogram(
            "playground_render_seconds",
            "Seconds of our own until an answer began, the wait for gateways and APIs left out.",
            ("route", "status"),
            buckets=_RENDER_SECONDS,
            registry=registry,
        )
        self._send = Histogram(
            "playground_send_seconds",
            "Seconds until a gateway or API answered, by the class of its status or by how it failed.",
            ("route", "status"),
            buckets=_SEND_SECONDS,
            registry=registry,
        )
        self._upstream = Counter(
            "playground_upstream_answers_total",
            "Answers by the class of their status, or by why there was none, and who answered.",
            ("status", "origin"),
            registry=registry,
        )
        self._pages = Counter(
            "playground_page_cache_total",
            "Pages asked of a cache, and whether they were there.",
            ("cache", "result"),
            registry=registry,
        )
        self._limited = Counter(
            "playground_limited_total",
            "Calls refused because a limit was reached.",
            ("limit",),
            registry=registry,
        )
        start = Gauge(
            "process_start_time_seconds",
            "When the process began.",
            registry=registry,
            multiprocess_mode="min",
        )
        start.set(round(time.time(), 3))

    def add(self, method: str, route: str, status: int, seconds: float, own: float) -> None:
        """Count one answer that began after `seconds`, `own` of which were not spent waiting for a gateway or API."""
        code = str(status)
        labels = (method if method in METHODS else "other", route, code)
        self._answers.labels(*labels).inc()
        self._seconds.labels(*labels).inc(seconds)
        self._render.labels(route, code).observe(own)

    def add_send(self, route: str, answer: Answer, seconds: float) -> None:
        """Count what a gateway or API answered after `seconds`."""
        response = answer.response
        if response is not None:
            status, origin = f"{min(max(response.status // 100, 1), 9)}xx", response.origin
        else:
            status, origin = _failure(answer.status), "none"
        self._send.labels(route, status).observe(seconds)
        self._upstream.labels(status, origin).inc()

    def add_wait(self, route: str, status: str, seconds: float) -> None:
        """Count what an authorization server answered after `seconds`, which is no answer of an API."""
        self._send.labels(route, status).observe(seconds)

    def add_limited(self, limit: str) -> None:
        """Count a call that a limit refused."""
        self._limited.labels(limit).inc()

    def add_page(self, cache: CacheName, *, hit: bool) -> None:
        """Count a page that a cache was asked for."""
        self._pages.labels(cache, "hit" if hit else "miss").inc()

    def text(self, *now: Collector) -> bytes:
        """Return all counts as text, those of the other workers included, and what collectors find `now`."""
        registry = self._registry
        if self._is_shared:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        found = CollectorRegistry()
        for collector in now:
            found.register(collector)
        return generate_latest(registry) + generate_latest(found)


class CatalogueState(Collector):
    """What is in the catalogue now; `revision` is a text that changes with every change of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        """Yield the facts, or that the catalogue cannot be read."""
        try:
            with self._store.snapshot():
                revision, providers = self._store.revision(), self._store.providers()
        except StoreError:
            yield GaugeMetricFamily("playground_catalogue_readable", "Whether the catalogue can be read.", value=0)
            return
        yield GaugeMetricFamily("playground_catalogue_readable", "Whether the catalogue can be read.", value=1)
        info = GaugeMetricFamily(
            "playground_catalogue_info", "The version of the catalogue that is served.", labels=["revision"]
        )
        info.add_metric([revision], 1)
        yield info
        yield GaugeMetricFamily("playground_catalogue_apis", "APIs in the catalogue.", value=len(providers))
        operations = sum(provider.operations for provider in providers)
        yield GaugeMetricFamily("playground_catalogue_operations", "Operations in the catalogue.", value=operations)


def _failure(status: int) -> str:
    """Return what the gateway's own status says of a call without an answer."""
    if status == 504:
        return "timeout"
    return "refused" if status < 500 else "unreachable"


def counts_of(app: Flask) -> RequestCounts:
    """Return the counts of an application."""
    counts: RequestCounts = app.extensions["counts"]
    return counts


def count_page(cache: CacheName, *, hit: bool) -> None:
    """Count a page that a cache of this application was asked for."""
    if has_app_context() and "counts" in current_app.extensions:
        counts_of(current_app).add_page(cache, hit=hit)


def counted_send(entry: Entry, send: Callable[[], Answer]) -> Answer:
    """Return what `send` returns, an answer of a gateway or API to this request; count it, its time and its refusal."""
    counts, began = counts_of(current_app), time.perf_counter()
    try:
        with step("send"):
            answer = send()
    except LimitExceeded as error:
        counts.add_limited(error.limit)
        note_limited(entry)
        raise
    counts.add_send(route_name(), answer, time.perf_counter() - began)
    note_sent(entry, answer)
    return answer


@contextmanager
def counted_wait(refusal: type[Exception]) -> Iterator[None]:
    """Count the time of a block that waits for an authorization server; `refusal` is raised where it says no."""
    counts, began = counts_of(current_app), time.perf_counter()
    try:
        with step("send"):
            yield
    except LimitExceeded as error:
        counts.add_limited(error.limit)
        raise
    except refusal:
        counts.add_wait(route_name(), "refused", time.perf_counter() - began)
        raise
    counts.add_wait(route_name(), "2xx", time.perf_counter() - began)


def route_name() -> str:
    """Return the name of the route that answers; what a form posts to has one route, and its actions are ours too."""
    if request.endpoint == FORM_ROUTE and request.view_args:
        return f"{FORM_ROUTE}.{request.view_args['action']}"
    return request.endpoint or "none"


def count_requests(app: Flask) -> None:
    """Count every answer of an application, and answer with the counts at `/metrics`."""
    counts = app.extensions["counts"] = RequestCounts()

    @app.after_request
    def count(response: Response) -> Response:
        stopwatch = this_stopwatch()
        seconds = stopwatch.elapsed()
        counts.add(request.method, route_name(), response.status_code, seconds, max(0.0, seconds - stopwatch.waited()))
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        """Answer with the counts."""
        text = counts.text(CatalogueState(this_site().store))
        response = Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)
        response.headers["Cache-Control"] = "no-store"
        return response
