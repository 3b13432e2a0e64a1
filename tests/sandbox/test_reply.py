"""Answers that come item by item: events and lines of JSON, with pauses between them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import MediaType
from playground.messages import HTTPRequest
from playground.sandbox.reply import PAUSE, Reply, Streamed, pieces_of, watched, written
from playground.sandbox.service import Call
from tests.sandbox.clients import Client
from tests.sandbox.clients import written as document


def reply(client: Client, path: str) -> Reply:
    request = HTTPRequest(method="GET", url=f"https://x{path}")
    entry = client.sandbox.find("api", request, path).entry
    assert entry is not None
    return client.sandbox.respond(Call(entry=entry, request=request, path=path, visitor="ada"))


def test_events_come_with_pauses(state: Path) -> None:
    made = reply(Client(document("shop"), state), "/events")
    assert made.response.headers.get("Content-Type") == "text/event-stream"
    assert made.pieces is not None
    pieces = list(made.pieces())
    assert [pause for pause, _ in pieces] == [0.0, PAUSE, PAUSE]
    data = [json.loads(piece.removeprefix(b"data: ")) for _, piece in pieces]
    assert data[0]["type"] == "customer.created"
    assert all(piece.endswith(b"\n\n") for _, piece in pieces)


def test_lines_are_the_things_there_are(state: Path) -> None:
    lines = reply(Client(document("shop"), state), "/export").whole().body.splitlines()
    assert len(lines) > 1
    assert all(json.loads(line)["id"].startswith("cus_") for line in lines)


WRITTEN: list[tuple[Any, str, bytes]] = [
    ({"a": 1}, "lines", b'{"a":1}\n'),
    ({"a": 1}, "sequence", b'\x1e{"a":1}\n'),
    ({"a": 1}, "events", b'data: {"a":1}\n\n'),
    ({"event": "done", "id": 5, "data": {"a": 1}}, "events", b'event: done\nid: 5\ndata: {"a":1}\n\n'),
    ({"event": "a\nevent: b", "data": "x\ny"}, "events", b"event: a event: b\ndata: x\ndata: y\n\n"),
    ("data: raw\n", "events", b"data: raw\n\n"),
    ("two\nlines", "events", b"data: two\ndata: lines\n\n"),
]


@pytest.mark.parametrize(("item", "kind", "text"), WRITTEN)
def test_an_item_is_written_as_its_media_type_has_it(item: Any, kind: str, text: bytes) -> None:
    assert written(item, kind) == text


def test_a_stream_can_be_stopped() -> None:
    from playground.messages import HTTPResponse

    pieces = pieces_of([1, 2, 3], MediaType(name="application/x-ndjson", schema=True))
    streamed = Streamed(Reply(response=HTTPResponse(status=200), pieces=pieces))
    coming = streamed.pieces()
    assert next(coming) == b"1\n"
    streamed.stop("enough")
    assert list(coming) == []
    assert streamed.summary.truncated
    assert streamed.summary.facts is not None
    assert streamed.summary.facts.cut == "enough"


def test_a_watch_follows_changes_until_its_time_is_over() -> None:
    clock = iter(range(100))
    changes = iter([(2, []), (3, [{"type": "MODIFIED"}]), (3, [])])
    asked: list[int] = []

    def follow(number: int) -> tuple[int, list[Any]]:
        asked.append(number)
        return next(changes)

    pieces = watched([{"type": "ADDED"}], follow, 1, 3, clock=lambda: float(next(clock)))
    assert [piece for _, piece in pieces()] == [b'{"type":"ADDED"}\n', b"", b'{"type":"MODIFIED"}\n', b""]
    assert asked == [1, 2]
