"""`/metrics` counts answers under names of ours, and repeats nothing a visitor wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from playground.catalog.model import SANDBOX
from playground.config import RateLimit
from tests.support.pages import browser_of, document, opened, site_of
from tests.support.servers import RecordingServer, http_answer

LINE = re.compile(r'(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[\w.+]+"(,\w+="[\w.+]+")*\})? \d+(\.\d+)?(e[+-]\d+)?)')


def test_answers_are_counted_by_method_route_and_status(tmp_path: Path) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server="https://api.example.com")
    with site_of(tmp_path, {"api": described}) as app:
        browser = browser_of(app)
        for _ in range(3):
            assert browser.get("/providers/api/x?key=canary-query").status_code == 200
        browser.get('/canary"path\n')
        browser.open("/providers/api/x", method="CANARY")
        browser.post("/providers/api/x/send", data={"credential": '{"type": "bearer", "token": "canary-token"}'})
        answer = browser.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = answer.text.splitlines()
    assert not [line for line in lines if not LINE.fullmatch(line)]
    shown = [line for line in lines if line.startswith("playground_requests_total") and line.endswith(" 3.0")]
    assert len(shown) == 1
    assert 'method="GET"' in shown[0]
    assert 'status="200"' in shown[0]
    assert any('method="other"' in line for line in lines)
    assert any('status="404"' in line for line in lines)
    assert "canary" not in answer.text.lower()


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, api: RecordingServer) -> Iterator[Flask]:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url)
    with site_of(tmp_path, {"api": described}, private_networks=opened(api.port)) as app:
        yield app


def value(site: Flask, name: str, **labels: str) -> float:
    """Return one value; zero where there is none yet."""
    for line in browser_of(site).get("/metrics").text.splitlines():
        sample, _, number = line.rpartition(" ")
        if sample.partition("{")[0] == name and dict(re.findall(r'(\w+)="([^"]*)"', sample)) == labels:
            return float(number)
    return 0.0


def send(site: Flask, **form: str) -> Any:
    return browser_of(site).post("/providers/api/x/send", data=form, headers={"HX-Request": "true"})


def test_sends_are_counted_by_class_and_who_answered(site: Flask, api: RecordingServer) -> None:
    send(site)
    api.answer = http_answer(b"", "404 Not Found")
    send(site)
    send(site)
    send(site, server=SANDBOX)
    api.answer = b"nonsense\r\n\r\n"
    send(site)
    upstream = "playground_upstream_answers_total"
    assert value(site, upstream, status="2xx", origin="network") == 1
    assert value(site, upstream, status="4xx", origin="network") == 2
    assert value(site, upstream, status="2xx", origin="sandbox") == 1
    assert value(site, upstream, status="unreachable", origin="none") == 1
    assert value(site, "playground_send_seconds_count", route="tryit.post.send", status="4xx") == 2
    assert value(site, "playground_send_seconds_bucket", route="tryit.post.send", status="4xx", le="+Inf") == 2
    site.test_client().post("/gateway/tools/api/x", json={})
    assert value(site, "playground_send_seconds_count", route="gateway.call", status="unreachable") == 1
    assert value(site, "playground_render_seconds_count", route="tryit.post.send", status="200") == 5


def test_the_render_time_leaves_the_wait_for_an_api_out(
    site: Flask, api: RecordingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("playground.web.timing.time.perf_counter", lambda: clock[0])

    def late(*_: object) -> bytes:
        clock[0] += 100
        return http_answer({"ok": True})

    api.answer = late
    answer = send(site)
    assert answer.headers["Server-Timing"].endswith("send;dur=100000.0, total;dur=100000.0")
    assert value(site, "playground_render_seconds_sum", route="tryit.post.send", status="200") == 0
    assert value(site, "playground_send_seconds_sum", route="tryit.post.send", status="2xx") == 100
    assert value(site, "playground_request_seconds_total", method="POST", route="tryit.post.send", status="200") == 100


def test_cached_pages_are_counted(site: Flask) -> None:
    before = {
        result: value(site, "playground_page_cache_total", cache="operation", result=result)
        for result in ("hit", "miss")
    }
    for _ in range(3):
        browser_of(site).get("/providers/api/x")
    browser_of(site).get("/providers/api")
    assert value(site, "playground_page_cache_total", cache="operation", result="miss") == before["miss"] + 1
    assert value(site, "playground_page_cache_total", cache="operation", result="hit") == before["hit"] + 2
    assert value(site, "playground_page_cache_total", cache="catalogue", result="miss") == 1


def test_refusals_are_counted_by_limit(tmp_path: Path, api: RecordingServer) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url)
    limits: dict[str, Any] = {"rate_limit": RateLimit(count=1, seconds=60), "concurrency": {"host": 0}}
    with site_of(tmp_path, {"api": described}, private_networks=opened(api.port), **limits) as site:
        send(site, server=SANDBOX)
        send(site, server=SANDBOX)
        send(site)
        assert value(site, "playground_limited_total", limit="visitor_rate") == 1
        assert value(site, "playground_limited_total", limit="host_at_once") == 1


def test_the_version_of_the_catalogue_is_shown_and_whether_it_can_be_read(site: Flask) -> None:
    store = site.extensions["playground"].store
    assert value(site, "playground_catalogue_info", revision=store.revision()) == 1
    assert value(site, "playground_catalogue_operations") == 1
    assert value(site, "playground_catalogue_apis") == 1
    before = store.revision()
    store.remove("api")
    assert value(site, "playground_catalogue_info", revision=before) == 0
    assert value(site, "playground_catalogue_apis") == 0
    assert value(site, "playground_catalogue_readable") == 1
    store.path.rename(store.path.with_name("away"))
    assert value(site, "playground_catalogue_readable") == 0
