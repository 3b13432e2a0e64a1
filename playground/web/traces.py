"""Traces for an OpenTelemetry collector: a span a request, with one below it for each step (`web/timing.py`).

The instrumentations that exist record addresses, and with them what visitors type; here a span has what the metrics
have: method, route, status and steps. The standard's names of attributes are those of its HTTP conventions
(https://opentelemetry.io/docs/specs/semconv/http/http-spans/).
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request

from playground.config import Settings, SettingsError
from playground.web.metrics import METHODS, route_name
from playground.web.timing import Step, Stopwatch

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

_NAME = "playground"


def trace_requests(app: Flask, settings: Settings, processor: SpanProcessor | None = None) -> None:
    """Trace every request of an application if the settings say so; `processor` takes the place of the collector.

    Raises `SettingsError` where OpenTelemetry is not installed.
    """
    if not settings.traces:
        return
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.trace import SpanKind, StatusCode, set_span_in_context
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
    except ImportError:
        raise SettingsError(
            'PLAYGROUND_TRACES needs OpenTelemetry: pip install "tryit-playground[traces]", or turn it off.'
        ) from None
    named = os.environ.get("OTEL_SERVICE_NAME") or _NAME
    provider = TracerProvider(resource=Resource.create({"service.name": named}))
    provider.add_span_processor(processor or _to_the_collector())
    tracer, propagator = provider.get_tracer(_NAME), TraceContextTextMapPropagator()

    @app.before_request
    def begin() -> None:
        g.intervals = []
        g.stopwatch = Stopwatch(g.intervals)
        g.began = time.time_ns()

    @app.after_request
    def end(response: Response) -> Response:
        began: int | None = g.get("began")
        if began is None:
            return response
        route = request.url_rule.rule if request.url_rule is not None else ""
        attributes: dict[str, Any] = {
            "http.request.method": request.method if request.method in METHODS else "_OTHER",
            "http.response.status_code": response.status_code,
            "playground.request_id": g.get("request_id", ""),
            "playground.route": route_name(),
        }
        if route:
            attributes["http.route"] = route
        span = tracer.start_span(
            f"{attributes['http.request.method']} {route}".rstrip(),
            propagator.extract({"traceparent": request.headers.get("traceparent", "")}),
            SpanKind.SERVER,
            attributes,
            start_time=began,
        )
        if response.status_code >= 500:
            span.set_status(StatusCode.ERROR)
        inside = set_span_in_context(span)
        intervals: list[tuple[Step, int, int]] = g.intervals
        for step, start, ended in intervals:
            tracer.start_span(step, inside, start_time=start).end(ended)
        span.end()
        return response


def _to_the_collector() -> SpanProcessor:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return BatchSpanProcessor(OTLPSpanExporter())
