"""Switches that disturb the tests on purpose: a race that one run in fifty loses is then lost often.

- `PLAYGROUND_SLOW=6`: each page's scripts run at a sixth of their speed.
- `PLAYGROUND_DELAY=7`: each script and each answer to a script reaches the page up to 400 ms later than it could, so
  that answers overtake each other; the number is the seed.
- `PLAYGROUND_SHUFFLE=7`: the tests of a file come in another order, and so do the files; the number is the seed.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SLOW = "PLAYGROUND_SLOW"
DELAY = "PLAYGROUND_DELAY"
SHUFFLE = "PLAYGROUND_SHUFFLE"
LONGEST = 0.4
"""Seconds that an answer comes later at most."""

_BY_A_SCRIPT = re.compile(rb"\r\nsec-fetch-dest: (?:empty|script)\r\n", re.IGNORECASE)


def slow_down(context: BrowserContext) -> None:
    """Let the pages of a context work slowly, where `PLAYGROUND_SLOW` asks for it."""
    from playwright.sync_api import Error  # not where it is not here

    rate = os.environ.get(SLOW)

    def throttle(page: Page) -> None:
        with contextlib.suppress(Error):  # a page that is closed by now
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": float(rate or 1)})

    if rate:
        context.on("page", throttle)


def shuffle(items: list[pytest.Item]) -> None:
    """Put tests into another order, where `PLAYGROUND_SHUFFLE` asks for it: files as a whole, and the tests in each."""
    seed = os.environ.get(SHUFFLE)
    if seed is None:
        return
    chance = random.Random(seed)
    files = {item.path: chance.random() for item in items}
    places = {item: chance.random() for item in items}
    items.sort(key=lambda item: (files[item.path], places[item]))


@contextlib.contextmanager
def delayed(port: int) -> Iterator[int]:
    """Give the port that a server shall listen on: another one, where what passes `port` is delayed."""
    seed = os.environ.get(DELAY)
    if seed is None:
        yield port
        return
    chance = random.Random(seed)
    with socket.create_server(("127.0.0.1", port)) as front, socket.create_server(("127.0.0.1", 0)) as held:
        inner: int = held.getsockname()[1]
        held.close()
        ended = threading.Event()
        threading.Thread(target=_serve, args=(front, inner, chance, ended), daemon=True).start()
        print(f"answers come late: {DELAY}={seed}", file=sys.stderr)
        try:
            yield inner
        finally:
            ended.set()
            with contextlib.suppress(OSError):
                front.shutdown(socket.SHUT_RDWR)


def _serve(front: socket.socket, inner: int, chance: random.Random, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            visitor, _ = front.accept()
        except OSError:
            return
        try:
            server = socket.create_connection(("127.0.0.1", inner))
        except OSError:  # not started yet, or ended
            visitor.close()
            continue
        for ways in ((visitor, server, chance), (server, visitor, None)):
            threading.Thread(target=_pass_on, args=ways, daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, chance: random.Random | None) -> None:
    with contextlib.suppress(OSError):
        while received := source.recv(65_536):
            if chance and _BY_A_SCRIPT.search(received):
                time.sleep(chance.uniform(0, LONGEST))
            target.sendall(received)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
    if chance is None:
        source.close()
        target.close()
