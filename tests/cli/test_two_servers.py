"""Two servers and a looping `add` on one catalogue: no page fails, and none is stale once `add` has returned."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import SHOP, Process, command, environment

ADDS = 4
PAGES = ("/providers/shop/updateorder", "/providers/shop", "/providers/shop/ping", "/search?q=ping", "/providers")


@contextlib.contextmanager
def _server(catalog: Path) -> Iterator[int]:
    with subprocess.Popen(
        command("serve", "--port", "0"), env=environment(catalog), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            assert child.stdout is not None
            match = re.search(r":(\d+)\n", child.stdout.readline().decode())
            assert match is not None
            yield int(match[1])
        finally:
            child.terminate()
            child.wait()


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


class _Visitors:
    """Threads that ask for pages all the time and note what was wrong with them."""

    def __init__(self, ports: tuple[int, ...]) -> None:
        self.added = 0  # the number of the last add that has returned
        self.wrong: list[str] = []
        self.asked = 0
        self._done = threading.Event()
        self._threads = [
            threading.Thread(target=self._visit, args=(port, start)) for port in ports for start in range(len(PAGES))
        ]

    def __enter__(self) -> _Visitors:
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
        while self.asked < until and all(thread.is_alive() for thread in self._threads):
            self._done.wait(0.01)

    def _visit(self, port: int, turn: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        newest = 0
        while not self._done.is_set():
            path = PAGES[turn % len(PAGES)]
            turn += 1
            at_least = max(self.added, newest)
            status, text = _get(connection, path)
            self.asked += 1
            self._done.wait(0.01)  # else ten of them take the processors that the servers and `add` need
            numbers = {int(number) for number in re.findall(r"Number (\d+)", text)}
            if status != 200:
                self.wrong.append(f"{path} answered {status}")
            elif len(numbers) != 1:
                self.wrong.append(f"{path} shows several states: {sorted(numbers)}")
            elif min(numbers) < at_least:
                self.wrong.append(f"{path} shows {min(numbers)} after {at_least}")
            else:
                newest = min(numbers)
        connection.close()


def _write(path: Path, number: int) -> None:
    paths = {
        key: {method: operation | {"summary": f"Number {number}"} for method, operation in item.items()}
        for key, item in SHOP["paths"].items()
    }
    info = {"title": f"Number {number}", "version": str(number)}
    path.write_text(json.dumps(SHOP | {"info": info, "paths": paths}))


@pytest.mark.slow
@pytest.mark.long
def test_no_page_fails_and_none_is_stale_while_a_provider_is_replaced(
    catalog: Path, tmp_path: Path, process: Process
) -> None:
    source = tmp_path / "shop.json"

    def add(number: int) -> None:
        _write(source, number)
        result = process("add", "shop", str(source))
        assert result.returncode == 0, result.stderr

    add(0)
    with _server(catalog) as one, _server(catalog) as other, _Visitors((one, other)) as visitors:
        for number in range(1, ADDS + 1):
            visitors.more(10)
            add(number)
            visitors.added = number
            visitors.more(20)
            for port in (one, other):
                connection = http.client.HTTPConnection("127.0.0.1", port)
                for path in PAGES:
                    status, text = _get(connection, path)
                    assert (status, set(re.findall(r"Number (\d+)", text))) == (200, {str(number)}), path
                connection.close()
    assert visitors.wrong == []
