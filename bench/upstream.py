"""An API for measurements: answers at once, after a while, with so many bytes, or for ever; counts what it is sent.

`python -m bench.upstream` serves it on a free loopback port, which it prints.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).parents[1]
SLOW_SECONDS = 2.0
BLOCK = b'{"id": 1234567890, "name": "bench", "on": true},\n' * 1311  # about 64 KB


def description(origin: str) -> bytes:
    """Return the OpenAPI document of this API."""

    def operation(name: str, **more: object) -> dict[str, object]:
        return {"operationId": name, "responses": {"200": {"description": "Fine"}}, **more}

    count = {"name": "bytes", "in": "query", "schema": {"type": "integer"}}
    file = {"schema": {"type": "string", "format": "binary"}}
    paths = {
        "/small": {"get": operation("small")},
        "/slow": {"get": operation("slow")},
        "/json": {"get": operation("json", parameters=[count])},
        "/bytes": {"get": operation("bytes", parameters=[count])},
        "/endless": {"get": operation("endless")},
        "/upload": {"post": operation("upload", requestBody={"content": {"application/octet-stream": file}})},
    }
    info = {"title": "Bench", "version": "1"}
    return json.dumps({"openapi": "3.1.0", "info": info, "servers": [{"url": origin}], "paths": paths}).encode()


async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer requests on one connection until it ends."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            _, target, _ = head.split(" ", 2)
            fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            left = int(fields.get("content-length", 0))
            received = left
            while left:
                left -= len(await reader.read(min(left, 1 << 20)))
            await answer(writer, urlsplit(target).path, parse_qs(urlsplit(target).query), received)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def answer(writer: asyncio.StreamWriter, path: str, query: dict[str, list[str]], received: int) -> None:
    """Write one answer."""
    if path == "/slow":
        await asyncio.sleep(SLOW_SECONDS)
    count = int(query.get("bytes", ["0"])[0])
    if path in ("/json", "/bytes"):
        kind = "application/json" if path == "/json" else "application/octet-stream"
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {count}\r\n\r\n".encode())
        opening, closing = (b"[\n", b"0]") if path == "/json" else (b"", b"")
        writer.write(opening)
        left = count - len(opening) - len(closing)
        while left > len(BLOCK):
            writer.write(BLOCK)
            await writer.drain()
            left -= len(BLOCK)
        writer.write(b" " * left + closing)
        return
    if path == "/endless":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        while True:
            writer.write(b"data: " + b"x" * 1000 + b"\n\n")
            await writer.drain()
    body = json.dumps({"ok": True, "received": received}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)


async def main() -> None:
    """Serve until told to end."""
    server = await asyncio.start_server(serve_one, "127.0.0.1", 0, backlog=2048, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def upstream() -> Iterator[int]:
    """Serve the API in a process of its own until the block ends; gives its port."""
    command = [sys.executable, "-m", "bench.upstream"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            yield int(child.stdout.readline())
        finally:
            child.terminate()
            child.wait(10)


if __name__ == "__main__":
    asyncio.run(main())
