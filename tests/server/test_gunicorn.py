"""gunicorn's workers: their numbers, and counts that are right whichever of them answers."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from playground.server.gunicorn import WorkerNumbers
from tests.support.whole_site import serving

REQUESTS = 40

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs a POSIX system")


def test_a_worker_has_the_lowest_number_that_is_free() -> None:
    numbers = WorkerNumbers()
    first, second, third = object(), object(), object()
    assert [numbers.take(worker) for worker in (first, second, third)] == [0, 1, 2]
    numbers.give_back(second)
    numbers.give_back(object())
    assert numbers.take(object()) == 1
    assert numbers.take(object()) == 3


def count_of(text: bytes, route: str = "home") -> float:
    pattern = rf'^playground_requests_total{{method="GET",route="[^"]*{route}[^"]*",status="200"}} (.+)$'
    return sum(float(number) for number in re.findall(pattern, text.decode(), re.MULTILINE))


def test_metrics_are_right_under_two_workers_and_when_one_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path, TMPDIR=str(tmp_path)) as site:
        site.until(lambda: len(site.workers()) == 2)

        def asked() -> list[float]:
            return [count_of(site.ask("GET", "/metrics")[1], "health.alive") for _ in range(8)]

        before = asked()
        assert len(set(before)) == 1
        for _ in range(REQUESTS):
            assert site.ask("GET", "/healthz")[0] == 200
        assert set(asked()) == {before[0] + REQUESTS}
        for round_ in range(3):
            workers = site.workers()
            os.kill(workers[0], signal.SIGKILL)
            site.until(lambda workers=workers: len(set(site.workers()) - set(workers)) == 1)  # type: ignore[misc]
            for _ in range(REQUESTS):
                assert site.ask("GET", "/healthz")[0] == 200
            assert set(asked()) == {before[0] + REQUESTS * (round_ + 2)}
        (folder,) = tmp_path.glob("playground-metrics-*")
        assert {path.name for path in folder.glob("counter_*")} == {"counter_0.db", "counter_1.db"}
        total, workers = set(asked()), site.workers()
        site.process.send_signal(signal.SIGHUP)  # new workers first, then the old ones end
        site.until(lambda: len(site.workers()) == 2 and not set(site.workers()) & set(workers))
        assert set(asked()) == total
        assert len(list(folder.glob("counter_*"))) <= 4
    assert not folder.exists()
