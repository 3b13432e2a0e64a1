"""How long each step of a request takes, for `Server-Timing` (W3C), the log of slow requests and the metrics.

A step inside another one is counted for itself alone, so that the steps and `other` make up the whole. What is still
written when the answer has begun is not counted: the time of an API that answers piece by piece is not ours.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from flask import Flask, Response, before_render_template, g, has_request_context, request, template_rendered

Step: TypeAlias = Literal["catalogue", "form", "snippet", "render", "send"]
"""Reading an operation, reading and laying out its form, writing code, drawing a page, waiting for a gateway or API."""


class Stopwatch:
    """Seconds by step since it was made; one thread uses it.

    With `intervals`, each step that has ended is added there, with the nanoseconds since the epoch of its two ends.
    """

    def __init__(self, intervals: list[tuple[Step, int, int]] | None = None) -> None:
        self._began = self._since = time.perf_counter()
        self._running: list[Step] = []
        self._seconds: dict[Step, float] = {}
        self._intervals = intervals
        self._starts: list[int] = []

    def begin(self, step: Step) -> None:
        """Count for a step from now on."""
        self._settle()
        self._running.append(step)
        if self._intervals is not None:
            self._starts.append(time.time_ns())

    def end(self, step: Step) -> None:
        """Count for the step around this one again, and for those that an exception left inside it no longer."""
        self._settle()
        if step in self._running:
            place = len(self._running) - 1 - self._running[::-1].index(step)
            if self._intervals is not None:
                self._intervals.append((step, self._starts[place], time.time_ns()))
                del self._starts[place:]
            del self._running[place:]

    def elapsed(self) -> float:
        """Return the seconds since the request came."""
        return time.perf_counter() - self._began

    def waited(self) -> float:
        """Return the seconds of `elapsed` that were spent waiting for gateways and APIs."""
        return self._seconds.get("send", 0.0)

    def steps(self) -> Mapping[str, float]:
        """Return the seconds of each step so far in the order in which they began, and of all `other` work."""
        self._settle()
        seconds: dict[str, float] = {}
        seconds.update(self._seconds.items())
        seconds["other"] = max(0.0, self._since - self._began - sum(seconds.values()))
        return seconds

    def _settle(self) -> None:
        now = time.perf_counter()
        if self._running:
            step = self._running[-1]
            self._seconds[step] = self._seconds.get(step, 0.0) + now - self._since
        self._since = now


@contextmanager
def step(name: Step) -> Iterator[None]:
    """Count the block as a step of the request that is answered, if one is."""
    stopwatch: Stopwatch | None = g.get("stopwatch") if has_request_context() else None
    if stopwatch is None:
        yield
        return
    stopwatch.begin(name)
    try:
        yield
    finally:
        stopwatch.end(name)


def this_stopwatch() -> Stopwatch:
    """Return the stopwatch of this request."""
    stopwatch: Stopwatch | None = g.get("stopwatch")
    if stopwatch is None:
        stopwatch = g.stopwatch = Stopwatch()
    return stopwatch


def time_requests(app: Flask) -> None:
    """Time every request of an application, and say in `Server-Timing` what took how many milliseconds."""
    app.before_request(_begin)
    app.after_request(_tell)
    before_render_template.connect(_begin_render, app)
    template_rendered.connect(_end_render, app)


def _begin() -> None:
    g.stopwatch = Stopwatch()


def _tell(response: Response) -> Response:
    if request.endpoint == "assets.serve":
        return response  # it is kept for a year, and so would its time be
    stopwatch = this_stopwatch()
    steps = [f"{name};dur={seconds * 1000:.1f}, " for name, seconds in stopwatch.steps().items() if seconds >= 0.000_05]
    response.headers["Server-Timing"] = f"{''.join(steps)}total;dur={stopwatch.elapsed() * 1000:.1f}"
    return response


def _begin_render(_: Any, **__: Any) -> None:
    if has_request_context():
        this_stopwatch().begin("render")


def _end_render(_: Any, **__: Any) -> None:
    if has_request_context():
        this_stopwatch().end("render")
