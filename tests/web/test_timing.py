"""Steps of a request: each second is counted once, and the answer says which step it went to."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from playground.web.timing import Stopwatch


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr("playground.web.timing.time.perf_counter", lambda: now[0])
    return now


def test_each_second_is_counted_once(clock: list[float]) -> None:
    stopwatch = Stopwatch()
    clock[0] += 1
    stopwatch.begin("form")
    clock[0] += 2
    stopwatch.begin("snippet")
    clock[0] += 4
    stopwatch.end("snippet")
    clock[0] += 8
    stopwatch.end("form")
    clock[0] += 16
    assert stopwatch.steps() == {"form": 10, "snippet": 4, "other": 17}
    stopwatch.begin("form")
    clock[0] += 32
    assert stopwatch.steps() == {"form": 42, "snippet": 4, "other": 17}
    assert stopwatch.elapsed() == 63


def test_what_an_exception_left_begun_ends_with_the_step_around_it(clock: list[float]) -> None:
    stopwatch = Stopwatch()
    stopwatch.begin("form")
    stopwatch.begin("render")
    clock[0] += 1
    stopwatch.end("form")
    clock[0] += 2
    stopwatch.end("send")
    assert stopwatch.steps() == {"form": 0, "render": 1, "other": 2}


def test_an_answer_says_what_took_how_long(client: FlaskClient) -> None:
    answer = client.get("/providers/tour/shelfbooks?uncached")
    assert re.fullmatch(
        r"((catalogue|form|snippet|render|other);dur=[\d.]+, )*total;dur=[\d.]+", answer.headers["Server-Timing"]
    )
    posted = client.post("/providers/tour/shelfbooks/form", data={})
    for step in ("form", "snippet", "render", "total"):
        assert f"{step};dur=" in posted.headers["Server-Timing"]
    assert "Server-Timing" in client.get("/nothing/there").headers
    assert "Server-Timing" in client.post("/providers", headers={"Sec-Fetch-Site": "cross-site"}).headers
