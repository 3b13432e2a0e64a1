"""The Model Context Protocol's own Inspector (npm, @modelcontextprotocol/inspector) against both transports.

`mcp-inspector` and `mcpdo` have to be on the PATH, and the Node that they want. A site that listens and `playground
mcp` with one description stand before one loopback API, and each step is asked of both: list, search, describe, call in
the sandbox, a change refused, declined and agreed to, an answer that was cut read on, prompts.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.request import urlopen

from bench.figures import align
from tests.support.needs import free_port

THINGS = [{"id": number, "name": f"thing {number} of many"} for number in range(400)]
_TIMEOUT = 120
_NAMES = ("search", "describe", "call", "snippet", "read")


def description(url: str) -> dict[str, Any]:
    """Return the description of the loopback API."""
    item = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
    listed = {"content": {"application/json": {"schema": {"type": "array", "items": item}}}}
    number = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": url}],
        "paths": {
            "/things": {
                "get": {"operationId": "listThings", "summary": "List all things",
                        "responses": {"200": {"description": "Things", **listed}}},
            },
            "/things/{id}": {
                "delete": {"operationId": "deleteThing", "summary": "Delete a thing", "parameters": [number],
                           "responses": {"204": {"description": "Gone"}}},
            },
        },
    }  # fmt: skip


SCENARIO = {
    "playground": "scenario",
    "version": 1,
    "title": "Look at a thing",
    "steps": [{"operation": "things/listthings", "take": {"id": "/0/id"}}],
}


class _API(BaseHTTPRequestHandler):
    """Lists more than a result shows, and remembers what was to be deleted."""

    deleted: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        body = json.dumps(THINGS).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_DELETE(self) -> None:
        self.deleted.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _api() -> Iterator[str]:
    _API.deleted.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _API)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class _Connection:
    """A connection of `mcpdo`: what commands are prefixed with, and their environment."""

    name: str
    config: Path
    environ: Mapping[str, str]

    def ask(self, *words: str) -> Any:
        """Return what a command answers as JSON; an error is an answer too."""
        command = ["mcpdo", "--config", str(self.config), "--format", "json", *words]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT, check=False, env=dict(self.environ),
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return json.loads(done.stdout or done.stderr[done.stderr.index("{") :])
        except ValueError:
            return {"error": {"message": (done.stderr or done.stdout)[-300:]}}

    def of(self, method: str, *words: str) -> Any:
        """Return what a method answers on this connection."""
        return self.ask("--connection", self.name, method, *words)

    def call(self, tool: str, **arguments: Any) -> Any:
        """Return what a tool answers."""
        return self.of("tools/call", tool, json.dumps(arguments))


def _text(answer: Any) -> str:
    """Return the text of a tool's answer, or of what went wrong."""
    result = answer.get("result", answer)
    content = result.get("content")
    return str(content[0]["text"]) if content else json.dumps(answer)


def report() -> tuple[str, bool]:
    """Return what each step came to on both transports, and whether all are as they should be."""
    if shutil.which("mcpdo") is None or shutil.which("mcp-inspector") is None:
        return (
            "inspector needs `mcp-inspector` and `mcpdo` on the PATH: npm, @modelcontextprotocol/inspector.",
            False,
        )
    with tempfile.TemporaryDirectory() as scratch, _api() as api:
        folder = Path(scratch)
        (folder / "scenarios").mkdir()
        (folder / "scenarios" / "look.json").write_text(json.dumps(SCENARIO))
        file = folder / "things.json"
        file.write_text(json.dumps(description(api)))
        environ = {
            **os.environ, "PLAYGROUND_CATALOG": str(folder / "catalog.sqlite"), "HOME": str(folder),
            "PLAYGROUND_SCENARIOS": str(folder / "scenarios"), "PYTHONPATH": os.pathsep.join(sys.path),
            "MCP_INSPECTOR_DAEMON_DIR": str(folder / "daemon"), "MCP_INSPECTOR_DAEMON_TOKEN": "of-this-run-alone-0123",
            "MCP_INSPECTOR_SECRET_STORE": "memory",
        }  # fmt: skip
        with _site(file, environ) as url:
            stdio = {"type": "stdio", "command": sys.executable, "env": environ,
                     "args": ["-m", "playground", "mcp", str(file)]}  # fmt: skip
            servers = {"http": {"type": "streamable-http", "url": f"{url}/mcp"}, "stdio": stdio}
            config = folder / "mcp.json"
            config.write_text(json.dumps({"mcpServers": servers}))
            outcomes = {name: dict(_steps(_Connection(name, config, environ), api)) for name in servers}
            subprocess.run(["mcpdo", "daemon", "stop"], env=environ, capture_output=True, timeout=_TIMEOUT, check=False)
    rows = [("step", *outcomes)]
    rows += [(step, *(outcomes[name].get(step, "not reached") for name in outcomes)) for step in outcomes["http"]]
    sound = all(value == "ok" for row in rows[1:] for value in row[1:])
    return align(rows, (0, 1, 2)), sound


@contextmanager
def _site(file: Path, environ: Mapping[str, str]) -> Iterator[str]:
    playground = [sys.executable, "-m", "playground"]
    subprocess.run([*playground, "add", "things", str(file)], env=dict(environ), check=True, capture_output=True)
    port = free_port()
    with subprocess.Popen(
        [*playground, "serve", "--port", str(port)], env=dict(environ), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        url = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    urlopen(f"{url}/healthz", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield url
        finally:
            running.terminate()


def _steps(client: _Connection, api: str) -> Iterator[tuple[str, str]]:
    """Yield each step and what came of it: `ok`, or what was answered."""

    def told(answer: Any, is_right: Callable[[str], bool]) -> str:
        text = _text(answer)
        return "ok" if is_right(text) else text[:200]

    change = {"operation": "things/deletething", "arguments": {"id": 1}, "server": api}
    yield "--cli tools/list --strict", _strict(client)
    # In the older protocol only a stream could ask the user; over HTTP this server opens none, and refuses.
    connected = client.ask("connect", client.name, "--era", "auto")
    yield "connect", "ok" if connected.get("name") == client.name else json.dumps(connected)[:200]
    listed = client.of("tools/list")
    names = [tool["name"] for tool in listed.get("result", listed).get("tools", ())]
    yield "tools/list", "ok" if tuple(names) == _NAMES else json.dumps(listed)[:200]
    yield "search", told(client.call("search", query="delete a thing"), lambda text: "things/deletething" in text)
    yield (
        "describe",
        told(
            client.call("describe", operation="things/deletething"),
            lambda text: "- id (path, integer, required)" in text,
        ),
    )
    yield "snippet", told(client.call("snippet", operation="things/listthings"), lambda text: "curl" in text)
    yield (
        "call in the sandbox",
        told(client.call("call", operation="things/listthings"), lambda text: "nothing left this site" in text),
    )
    asked = client.call("call", **change)
    yield "a change is asked for", "ok" if "elicitationPending" in asked else _text(asked)[:200]
    number = asked.get("elicitationPending", {}).get("elicitationId", "none")
    yield (
        "declined",
        told(
            client.of("elicitation/respond", number, "--decline"),
            lambda text: "Nothing was sent" in text and not _API.deleted,
        ),
    )
    number = client.call("call", **change).get("elicitationPending", {}).get("elicitationId", "none")
    yield (
        "agreed to",
        told(
            client.of("elicitation/respond", number, "agree:=true"),
            lambda text: text.startswith("HTTP 204") and _API.deleted == ["/things/1"],
        ),
    )
    _API.deleted.clear()
    cut = client.call("call", operation="things/listthings", server=api)
    yield "an answer is cut", told(cut, lambda text: "characters follow" in text and "thing 399 of" not in text)
    handle = (re.search(r'handle "([^"]+)"', _text(cut)) or ["", "none"])[1]
    yield "read on, start", told(client.call("read", handle=handle, start=6000), lambda text: "thing 150 of" in text)
    yield (
        "read on, pointer",
        told(client.call("read", handle=handle, pointer="/399/name"), lambda text: '"thing 399 of many"' in text),
    )
    yield (
        "read on, filter",
        told(
            client.call("read", handle=handle, filter="$[?@.id == 398].name"), lambda text: "thing 398 of many" in text
        ),
    )
    prompts = client.of("prompts/list")
    named = [prompt["name"] for prompt in prompts.get("result", prompts).get("prompts", ())]
    yield "prompts/list", "ok" if named == ["look"] else json.dumps(prompts)[:200]
    given = json.dumps(client.of("prompts/get", "look"))
    yield "prompts/get", "ok" if "things/listthings" in given else given[:200]
    client.ask("disconnect", client.name)
    client.ask("connect", client.name, "--elicit", "off")
    yield (
        "refused without elicitation",
        told(client.call("call", **change), lambda text: "Nothing was sent" in text and not _API.deleted),
    )


def _strict(client: _Connection) -> str:
    """Let the Inspector's own command list the tools, and judge whether their schemas suit every client."""
    command = ["mcp-inspector", "--cli", "--config", str(client.config), "--server", client.name, "-q"]
    done = subprocess.run(
        [*command, "--format", "json", "--method", "tools/list", "--strict"],
        capture_output=True, text=True, timeout=_TIMEOUT, check=False, env=dict(client.environ),
    )  # fmt: skip
    return "ok" if done.returncode == 0 and '"read"' in done.stdout else (done.stderr or done.stdout)[-200:]
