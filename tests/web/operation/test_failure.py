"""A Send without an answer, explained: what happened, where on the way, what to try, and the id for support."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.gateway.answer import Answer
from playground.web.operation.failure import failure_of
from tests.support.needs import free_port
from tests.support.pages import browser_of, document, one, opened, post, site_of, words
from tests.support.servers import Recorded, RecordingServer

TIMINGS = (("dns", 1.0), ("connect", 4.0))


def stages(answer: Answer, url: str = "http://a.example/") -> list[tuple[str, str]]:
    failure = failure_of(answer, url=url, timeout=3)
    assert failure is not None
    return [(str(stage.name), stage.state) for stage in failure.stages]


def test_steps_are_those_taken_the_failed_one_and_what_was_not_reached() -> None:
    waited = Answer(error="No.", step="answer", status=504, duration_ms=3_005, timings=TIMINGS)
    assert stages(waited) == [("name", "done"), ("connect", "done"), ("wait", "failed"), ("read", "open")]
    unreached = Answer(error="No.", step="connect", status=502, duration_ms=20)
    assert stages(unreached, "https://a.example/") == [
        ("connect", "failed"),
        ("TLS", "open"),
        ("wait", "open"),
        ("read", "open"),
    ]
    untrusted = Answer(error="No.", step="tls", status=502, duration_ms=20, timings=TIMINGS)
    assert [state for _, state in stages(untrusted)] == ["done", "done", "failed", "open", "open"]
    kept_open = Answer(error="No.", step="answer", status=502, duration_ms=20)
    assert stages(kept_open) == [("connect", "done"), ("wait", "failed"), ("read", "open")]


def test_bars_follow_each_other() -> None:
    failure = failure_of(
        Answer(error="No.", step="answer", duration_ms=10, timings=TIMINGS), url="http://a.example/", timeout=3
    )
    assert failure is not None
    assert [(stage.start, stage.width) for stage in failure.stages[:3]] == [(0, 10), (10, 40), (50, 50)]


@pytest.mark.parametrize("step", ["", "request", "target"])
def test_what_was_not_to_be_sent_has_no_way(step: str) -> None:
    assert failure_of(Answer(error="No.", step=step), url="", timeout=3) is None


def _silent(connection: socket.socket, _: Recorded) -> None:
    connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer(_silent) as server:
        yield server


@pytest.mark.parametrize("local", [True, False])
def test_a_page_explains_a_call_that_broke_off(api: RecordingServer, tmp_path: Path, local: bool) -> None:
    described = document({"/a": {"post": {"operationId": "a"}}}, server=api.url)
    settings: dict[str, Any] = {"private_networks": opened(api.port), "local": local}
    with site_of(tmp_path, {"shop": described}, **settings) as app:
        answer = post(browser_of(app), "/providers/shop/a/send")
    failed = one(answer, "div.failed")
    assert [words(row.select("th")[0]) for row in failed.select(".waterfall tr")] == ["name", "connect", "wait", "read"]
    assert [row["class"] for row in failed.select(".waterfall tr")] == [["done"], ["done"], ["failed"], ["open"]]
    assert len(failed.select(".tries li")) == 2
    assert len(words(failed.select("code")[-1])) >= 8


def test_a_hosted_site_tells_nobody_what_it_can_resolve(tmp_path: Path) -> None:
    port = free_port()
    described = document({"/a": {"get": {"operationId": "a"}}}, server=f"http://127.0.0.1:{port}")
    with site_of(tmp_path, {"shop": described}, private_networks=opened(port)) as app:
        answer = post(browser_of(app), "/providers/shop/a/send")
    (connect, *rest) = answer.select("div.failed .waterfall tr")
    assert (words(connect.select("th")[0]), connect["class"]) == ("connect", ["failed"])
    assert all(row["class"] == ["open"] for row in rest)
