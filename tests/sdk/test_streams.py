"""Answers that come in pieces: read while they come, left early, refused, broken off, and whole from other gateways."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket
from typing import Any

import pytest

from tests.cli.conftest import command, environment
from tests.support.needs import need_command
from tests.support.sdk.packages import compile_all, document, lay, package_of, run_module
from tests.support.sdk.sites import install, serving
from tests.support.servers import Recorded, RecordingServer, http_answer

LINES = "application/vnd.playground+ndjson; charset=utf-8"
SSE = "text/event-stream; charset=utf-8"
EVENT = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}


def answering(media_type: str, **described: Any) -> dict[str, Any]:
    return {"responses": {"200": {"description": "ok", "content": {media_type: described}}}}


SHOP = document(
    {
        "/watch": {"get": {"operationId": "watch", **answering("text/event-stream", itemSchema=EVENT)}},
        "/lines": {"get": {"operationId": "lines", **answering("application/x-ndjson")}},
        "/log": {"get": {"operationId": "log", **answering("text/plain", schema={"type": "string"})}},
    }
)
COLLECT = (
    "const got = []; for await (const one of await shop.{name}()) got.push(one); console.log(JSON.stringify(got));"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(package_of(SHOP, gateway=None), tmp_path_factory.mktemp("streams"))


@pytest.fixture
def gateway() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


Run = Callable[[str], tuple[str, str]]


@pytest.fixture
def run(folder: Path, gateway: RecordingServer) -> Run:
    def execute(code: str) -> tuple[str, str]:
        text = f"import shop, {{ SDKError }} from '@utdk/shop';\n{code}\n"
        done = run_module(folder, text, PLAYGROUND_GATEWAY_URL=gateway.url)
        return done.stdout, done.stderr

    return execute


def head(content_type: str, status: int = 200) -> dict[str, Any]:
    upstream = {"status": status, "reason": "Odd", "headers": [["Content-Type", content_type]]}
    return {"meta": {"requestId": "r7", "upstream": upstream}}


END = {"meta": {"requestId": "r7", "upstream": {"status": 200, "cut": None}}}


def lines(*records: Any) -> bytes:
    text = "".join(f"{json.dumps(record)}\n" for record in records)
    return http_answer(text, headers={"Content-Type": LINES, "Connection": "close"})


def test_events_come_one_by_one_wherever_the_pieces_are_cut(run: Run, gateway: RecordingServer) -> None:
    stream = ': hello\r\nevent: x\r\ndata: {"n": 1}\r\n\r\ndata: two\ndata: lines\n\nid: 3\n\ndata:é\n\n'
    for size in (1, 2, 7, 1000):
        pieces = [{"data": stream[at : at + size]} for at in range(0, len(stream), size)]
        gateway.answer = lines(head(SSE), *pieces, END)
        assert run(COLLECT.format(name="watch")) == ('[{"n":1},"two\\nlines","é"]\n', "")
    assert "application/vnd.playground+ndjson" in (gateway.requests[0].header("Accept") or "")


def test_lines_of_json_come_as_values(run: Run, gateway: RecordingServer) -> None:
    gateway.answer = lines(head("application/x-ndjson"), {"data": '{"a":1}\n\n"b'}, {"data": '"\n[2]'}, END)
    assert run(COLLECT.format(name="lines")) == ('[{"a":1},"b",[2]]\n', "")


def test_an_answer_can_be_read_while_it_comes_and_left_early(run: Run, gateway: RecordingServer) -> None:
    gone: list[bool] = []

    def endless(connection: socket, _: Recorded) -> None:
        try:
            connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {LINES}\r\nConnection: close\r\n\r\n".encode())
            connection.sendall(json.dumps(head(SSE)).encode() + b"\n")
            connection.sendall(json.dumps({"data": "data: 1\n\ndata: 2\n\n"}).encode() + b"\n")
            gone.append(connection.recv(1) == b"")
        except ConnectionError:  # who leaves before all of it was read resets the connection
            gone.append(True)

    gateway.answer = endless
    code = (
        "const stream = await shop.watch();\n"
        "for await (const one of stream) { console.log(one, stream.status, stream.requestId); if (one === 2) break; }\n"
        "const other = await shop.watch();\nawait other.cancel();\nconsole.log('left');"
    )
    assert run(code) == ("1 200 r7\n2 200 r7\nleft\n", "")
    while len(gone) < 2:  # the server hears of it later than the script ends
        time.sleep(0.01)
    assert gone == [True, True]


def test_a_stream_that_breaks_off_or_is_cut_says_so(run: Run, gateway: RecordingServer) -> None:
    code = (
        "try { for await (const one of await shop.watch()) console.log(one); }\n"
        "catch (error) { console.log(error instanceof SDKError, error.message, error.requestId); }"
    )
    gateway.answer = lines(head(SSE), {"data": "data: 1\n\n"})
    assert run(code)[0] == "1\ntrue shop.watch: the stream broke off. r7\n"
    cut = {"meta": {"upstream": {"status": 200, "cut": "timeout"}}}
    gateway.answer = lines(head(SSE), {"data": "data: 1\n\n"}, cut)
    assert run(code)[0] == "1\ntrue shop.watch: the stream was cut short (timeout). r7\n"
    gateway.answer = http_answer("[1, 2\n", headers={"Content-Type": LINES})
    assert run(code)[0] == "true shop.watch: the gateway's stream is not one. undefined\n"


def test_a_streamed_refusal_is_thrown(run: Run, gateway: RecordingServer) -> None:
    gateway.answer = lines(head("application/x-ndjson", 429), {"data": '{"error": '}, {"data": '"slow"}'}, END)
    code = "try { await shop.lines(); } catch (error) { console.log(error.status, JSON.stringify(error.body)); }"
    assert run(code) == ('429 {"error":"slow"}\n', "")


def test_text_of_unknown_length_is_still_text(run: Run, gateway: RecordingServer) -> None:
    gateway.answer = lines(head("text/plain"), {"data": "a\n"}, {"data": "b"}, END)
    assert run("console.log(JSON.stringify(await shop.log()));") == ('"a\\nb"\n', "")


def test_a_stream_that_came_whole_is_read_the_same(run: Run, gateway: RecordingServer) -> None:
    whole = {**head(SSE), "data": "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"}
    gateway.answer = http_answer(whole)
    assert run(COLLECT.format(name="watch")) == ("[1]\n", "")
    gateway.answer = http_answer("data: 1\n\ndata: [DONE]\n\n", headers={"Content-Type": SSE})  # as UTDK gateways
    assert run(COLLECT.format(name="watch")) == ("[1]\n", "")


def test_streams_are_typed(folder: Path) -> None:
    (folder / "typed.ts").write_text(
        "import shop from '@utdk/shop';\n"
        "const events = await shop.watch();\n"
        "for await (const one of events) { const n: number = one.n; n.toFixed(); }\n"
        "await events.cancel();\n"
        "const values = await shop.lines();\nfor await (const one of values) JSON.stringify(one);\n"
        "const text: string = await shop.log();\ntext.trim();\n"
    )
    assert compile_all(folder) == ""


def test_events_come_through_the_embedded_gateway_while_they_are_sent(tmp_path: Path) -> None:
    """The API sends its second event only after the first has been read: nothing on the way may wait for the end."""
    npm = need_command("npm")

    def slowly(connection: socket, request: Recorded) -> None:
        if request.target.endswith("/seen"):
            seen.append(True)
            connection.sendall(http_answer({"ok": True}, headers={"Connection": "close"}))
            return
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {SSE}\r\nConnection: close\r\n\r\n".encode())
        connection.sendall(b'data: {"n": 1}\n\n')
        for _ in range(200):
            if seen:
                break
            api.closing.wait(0.1)
        connection.sendall(b'data: {"n": 2}\n\n')

    seen: list[bool] = []
    folder = tmp_path / "empty"
    folder.mkdir()
    with RecordingServer(slowly) as api:
        (tmp_path / "shop.json").write_text(json.dumps(SHOP))
        opened = environment(tmp_path / "catalog.sqlite", PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        added = command("add", "shop", str(tmp_path / "shop.json"), "--server", api.url)
        subprocess.run(added, env=opened, check=True, capture_output=True)
        with serving(opened) as site:
            install(npm, folder, f"{site}/sdk/shop.tgz")
            code = (
                "import shop from '@utdk/shop';\n"
                "for await (const one of await shop.watch()) {\n"
                f"  if (one.n === 1) await fetch('{api.url}/seen');\n"
                "  console.log(one.n);\n}"
            )
            done = run_module(folder, code)
    assert (done.stdout, done.stderr) == ("1\n2\n", "")
    assert seen == [True]
