"""Things that end in the middle: a worker, Redis, the server under load, the disk. No hang, and clear afterwards."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.support.redis_server import redis_in
from tests.support.servers import Recorded, http_answer
from tests.support.whole_site import Site, serving

pytestmark = pytest.mark.slow


class Gate:
    """An API that answers when the gate is opened, and counts who waits."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.waiting = threading.Semaphore(0)

    def __call__(self, _: socket.socket, __: Recorded) -> bytes:
        self.waiting.release()
        self.open.wait(120)
        return http_answer({"ok": True})


def in_background(site: Site, count: int) -> tuple[list[threading.Thread], list[object]]:
    outcomes: list[object] = []

    def call() -> None:
        try:
            outcomes.append(site.call())
        except (OSError, http.client.HTTPException) as error:
            outcomes.append(error)

    threads = [threading.Thread(target=call) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads, outcomes


@pytest.mark.long
def test_a_worker_that_is_killed_ends_its_own_calls_and_no_other(tmp_path: Path) -> None:
    with redis_in(tmp_path) as redis, serving(tmp_path, PLAYGROUND_REDIS_URL=redis.url) as site:
        site.api.answer = gate = Gate()
        threads, outcomes = in_background(site, 8)
        for _ in range(8):
            assert gate.waiting.acquire(timeout=120)
        os.kill(site.workers()[0], signal.SIGKILL)
        gate.open.set()
        for thread in threads:
            thread.join(120)
            assert not thread.is_alive()
        # Those of the killed worker saw their connection end; every other promised answer came.
        assert len(outcomes) == 8
        assert all(isinstance(outcome, Exception) or outcome == (200, outcome[1]) for outcome in outcomes)  # type: ignore[index]
        assert site.call()[0] == 200


def test_redis_that_stops_stops_sends_and_not_pages(tmp_path: Path) -> None:
    with redis_in(tmp_path) as redis, serving(tmp_path, PLAYGROUND_REDIS_URL=redis.url) as site:
        assert site.call()[0] == 200
        redis.stop()
        status, body = site.call()
        assert status == 503
        assert body == {"error": "Requests cannot be counted right now, so none is sent: try again in a few seconds."}
        assert len(site.api.requests) == 1
        assert site.ask("GET", "/providers/things/get")[0] == 200
        redis.start()
        assert site.call()[0] == 200


@pytest.mark.parametrize("server", ["gunicorn", pytest.param("serve", marks=pytest.mark.long)])
def test_a_server_told_to_end_under_load_finishes_what_it_has(tmp_path: Path, server: str) -> None:
    with serving(tmp_path, server=server) as site:
        site.api.answer = gate = Gate()
        threads, outcomes = in_background(site, 20)
        for _ in range(20):
            assert gate.waiting.acquire(timeout=120)
        # Meanwhile neither pages nor other APIs wait: their answers come while none of the twenty has.
        assert site.ask("GET", "/providers/things/get")[0] == 200
        other = b'{"args":{},"options":{"server":"sandbox"}}'
        assert site.ask("POST", "/gateway/tools/tour/answertext", other, Content_Type="application/json")[0] == 200
        assert outcomes == []
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        gate.open.set()
        for thread in threads:
            thread.join(120)
        assert [outcome[0] for outcome in outcomes if isinstance(outcome, tuple)] == [200] * 20, outcomes
        assert site.process.wait() == 0


@pytest.mark.parametrize("server", ["gunicorn", pytest.param("serve", marks=pytest.mark.long)])
def test_while_a_server_ends_no_connection_hangs(tmp_path: Path, server: str) -> None:
    """A call keeps the server from ending; whoever comes meanwhile is refused, or answered, at once."""
    with serving(tmp_path, server=server) as site:
        site.api.answer = gate = Gate()
        threads, outcomes = in_background(site, 1)
        assert gate.waiting.acquire(timeout=120)
        idle = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
        idle.request("GET", "/healthz")
        idle.getresponse().read()
        site.process.send_signal(signal.SIGTERM)
        refused = 0
        until = time.monotonic() + 120
        while refused < 5:
            assert time.monotonic() < until, "connections are still answered"
            try:
                assert site.ask("GET", "/healthz")[0] == 200
            except TimeoutError:
                pytest.fail("a new connection hangs")
            except (OSError, http.client.HTTPException):
                refused += 1
            time.sleep(0.05)
        # So is a request on a connection that was open before.
        try:
            idle.request("GET", "/healthz")
            assert idle.getresponse().status == 200
        except TimeoutError:
            pytest.fail("a request on an old connection hangs")
        except (OSError, http.client.HTTPException):
            pass
        idle.close()
        assert outcomes == []
        gate.open.set()
        threads[0].join(120)
        assert [outcome[0] for outcome in outcomes if isinstance(outcome, tuple)] == [200]
        assert site.process.wait() == 0


def test_a_disk_that_is_full_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    # No file of the workers may grow beyond a megabyte: the same failure as a full disk, for the upload only.
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)); "
    with serving(tmp_path, limit, TMPDIR=str(tmp_path)) as site:
        head = b'--b\r\nContent-Disposition: form-data; name="body"; filename="x"\r\n\r\n'
        body = head + bytes(5_000_000) + b"\r\n--b--\r\n"
        kind = "multipart/form-data; boundary=b"
        status, text = site.ask(
            "POST", "/providers/things/get/send", body, Content_Type=kind, Sec_Fetch_Site="same-origin"
        )
        assert status == 507
        assert b"no room for a file that large right now" in text
        assert site.api.requests == []
        assert site.call()[0] == 200
