"""Traces: a span a request with its steps, sent to a real collector's address; nothing that a visitor typed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from playground.app import create_app
from playground.config import Settings, SettingsError
from playground.startup import open_catalog
from playground.web import traces
from tests.support.servers import RecordingServer, http_answer

CANARY = "canary-5f3a"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Ask a site of its own for pages, with something to be found in every place that a visitor fills."""
    exporter = InMemorySpanExporter()
    monkeypatch.setattr(traces, "_to_the_collector", lambda: SimpleSpanProcessor(exporter))
    settings = Settings(catalog=tmp_path / "catalog.sqlite", traces=True)
    with open_catalog(settings) as store:
        client = create_app(settings, store).test_client()
        client.get("/providers/tour/shelfbooks", query_string={"q": CANARY}, headers={"traceparent": PARENT})
        client.get(f"/providers/{CANARY}", headers={"Authorization": CANARY, "X-Request-ID": "a-request"})
        client.post("/providers/tour/shelfbooks/form", data={"f.path.shelf": CANARY})
    return list(exporter.get_finished_spans())


def test_a_request_has_a_span_with_its_steps(spans: list[Any]) -> None:
    pages = [span for span in spans if span.name == "GET /providers/<path:path>"]
    page = next(span for span in pages if span.attributes["http.response.status_code"] == 200)
    assert page.attributes["playground.route"] == "pages.path"
    assert page.attributes["http.request.method"] == "GET"
    steps = [span for span in spans if span.parent is not None and span.parent.span_id == page.context.span_id]
    assert {"catalogue", "form", "render"} <= {span.name for span in steps}
    assert all(page.start_time <= span.start_time <= span.end_time <= page.end_time for span in steps)


def test_it_goes_on_with_the_trace_that_comes(spans: list[Any]) -> None:
    page = next(span for span in spans if span.parent is not None and span.parent.is_remote)
    assert format(page.context.trace_id, "032x") == PARENT.split("-")[1]
    assert format(page.parent.span_id, "016x") == PARENT.split("-")[2]


def test_it_has_nothing_that_a_visitor_typed(spans: list[Any]) -> None:
    assert any(span.attributes.get("playground.request_id") == "a-request" for span in spans)
    assert CANARY not in "".join(span.to_json() for span in spans)


def test_the_collector_is_sent_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with RecordingServer(http_answer(b"", headers={"Content-Type": "application/x-protobuf"})) as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        monkeypatch.setattr(traces, "_to_the_collector", lambda: SimpleSpanProcessor(OTLPSpanExporter()))
        settings = Settings(catalog=tmp_path / "catalog.sqlite", traces=True)
        with open_catalog(settings) as store:
            create_app(settings, store).test_client().get(f"/?q={CANARY}")
    assert {(request.method, request.target) for request in collector.requests} == {("POST", "/v1/traces")}
    sent = b"".join(request.body for request in collector.requests)
    assert b"http.route" in sent
    assert b"playground" in sent
    assert CANARY.encode() not in sent


def test_without_opentelemetry_a_start_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.resources", None)
    settings = Settings(catalog=tmp_path / "catalog.sqlite", traces=True)
    with open_catalog(settings) as store, pytest.raises(SettingsError, match=r"tryit-playground\[traces\]"):
        create_app(settings, store)
