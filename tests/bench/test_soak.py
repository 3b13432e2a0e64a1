"""The mixed load: what it asks for is answered, and silent connections are opened again when they are ended."""

from __future__ import annotations

import random
import socket
import time
from pathlib import Path

from bench.soak import REQUESTS, Outcome, Silent
from playground.app import create_app
from playground.config import Settings
from playground.startup import open_catalog


def test_what_it_asks_a_site_for_is_there(tmp_path: Path) -> None:
    settings, draw = Settings(catalog=tmp_path / "catalog.sqlite"), random.Random(1)
    with open_catalog(settings) as store:
        client = create_app(settings, store).test_client()
        for kind in REQUESTS:
            if kind.name == "send":  # it calls the bench's own API
                continue
            method, path, headers, body = kind.make(draw, 80)
            assert client.open(path, method=method, headers=headers, data=body).status_code == 200, kind.name


def test_outcomes_are_counted_by_kind() -> None:
    outcome = Outcome()
    outcome.note("page", 1.0, "")
    outcome.note("page", 2.0, "status 503")
    assert outcome.count == 2
    assert outcome.failures == {"page: status 503": 1}


def test_a_silent_connection_that_is_ended_is_opened_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, Silent(listener.getsockname()[1], 2) as silent:
        listener.accept()[0].close()
        while silent.opened < 3:
            time.sleep(0.01)
