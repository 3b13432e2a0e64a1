"""Two replicas, nginx and Redis under load, one killed: no page fails and no answer is lost."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.support.pages import parsed
from tests.support.replicas import Replicas, replicas_in
from tests.support.servers import http_answer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("replicas")]
PAGES = ("/providers/things/get", "/providers/things", "/providers", "/", "/providers/tour/ping", "/search?q=get")
OWN = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    with replicas_in(tmp_path_factory.mktemp("replicas"), PLAYGROUND_SHARED_CACHE="1") as running:
        yield running


class Visitors:
    """Threads that ask for pages all the time."""

    def __init__(self, replicas: Replicas, count: int) -> None:
        self._replicas = replicas
        self._done = threading.Event()
        self.failed: list[str] = []
        self.asked = 0
        self._threads = [threading.Thread(target=self._visit, args=(number,)) for number in range(count)]

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def more(self, count: int) -> None:
        """Wait until so many more pages have been asked for."""
        until = self.asked + count
        while self.asked < until:
            self._done.wait(0.02)

    def _visit(self, turn: int) -> None:
        while not self._done.wait(0.005):
            # Each address once: what nginx has kept would say nothing of those behind it.
            turn += len(self._threads)
            path = PAGES[turn % len(PAGES)]
            path += ("&" if "?" in path else "?") + f"turn={turn}"
            # As a browser does: a page whose connection broke while it came is asked for once more.
            for _ in range(2):
                try:
                    status, body = self._replicas.front.ask("GET", path)
                    break
                except (OSError, http.client.HTTPException) as error:
                    status, body = 0, repr(error).encode()
            self.asked += 1
            if status != 200 or b"</html>" not in body:
                self.failed.append(f"{path} {status} {body[:200]!r}")


def post(replicas: Replicas, path: str, fields: dict[str, str]) -> str:
    headers = {name.replace("-", "_"): text for name, text in OWN.items()}
    status, body = replicas.front.ask("POST", path, urlencode(fields).encode(), **headers)
    assert status == 200, body[:500]
    return body.decode()


@pytest.mark.long
def test_one_replica_is_killed_and_nobody_notices(replicas: Replicas) -> None:
    large = {"rows": [{"number": number, "text": "x" * 50} for number in range(3000)], "last": "canary-end"}
    replicas.api.answer = lambda _, __: http_answer(large)
    sent = parsed(post(replicas, "/providers/things/get/send", {"server": replicas.api.url}))
    token = str(sent.select("#response input[name=answer]")[0]["value"])

    def answer_is_there() -> None:
        assert "canary-end" in post(replicas, "/answers/view", {"answer": token, "find": "canary-end"})

    with Visitors(replicas, 4) as visitors:
        answer_is_there()
        for number in (0, 1):
            visitors.more(60)
            replicas.kill(number)
            visitors.more(60)
            answer_is_there()
            status, body = replicas.front.ask(
                "POST", "/gateway/tools/things/get", b"{}", Content_Type="application/json"
            )
            assert status == 200, body
            assert b"canary-end" in body
            replicas.start(number)
        visitors.more(60)
    assert visitors.failed == []


def test_a_page_is_asked_for_once_for_all_visitors(replicas: Replicas) -> None:
    for encoding in ("gzip", "br", ""):
        seen = []
        for _ in range(3):
            headers = {"Accept_Encoding": encoding} if encoding else {}
            status, _ = replicas.front.ask("GET", "/providers/things/get", None, **headers)
            seen.append(status)
        assert seen == [200, 200, 200]
    file = replicas.folder / "nginx" / "log" / "nginx" / "access.log"
    while " HIT\n" not in (log := file.read_text()):  # on a slow machine the second is over before the next one
        assert replicas.front.ask("GET", "/providers/things/get")[0] == 200
    assert "turn=" not in log, "no query is in a log"


def test_numbers_of_the_site_are_for_those_who_run_it(replicas: Replicas) -> None:
    # This visitor is on the machine itself.
    assert replicas.front.ask("GET", "/metrics")[0] == 200
