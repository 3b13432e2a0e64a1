"""A command line with a catalogue of its own."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from click.testing import CliRunner, Result

from playground.cli import main
from tests.support.servers import RecordingServer

ROOT = Path(__file__).parents[2]
Run: TypeAlias = Callable[..., Result]
Process: TypeAlias = Callable[..., "subprocess.CompletedProcess[bytes]"]

SHOP: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop API", "version": "2"},
    "servers": [{"url": "https://api.shop.example/v2/"}, {"url": "https://test.shop.example"}],
    "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    "security": [{"bearer": []}],
    "paths": {
        "/orders/{id}": {
            "post": {
                "operationId": "UpdateOrder",
                "summary": "Update an order",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "content": {
                        kind: {"schema": {"type": "object", "properties": {"note": {"type": "string"}}}}
                        for kind in ("application/json", "application/x-www-form-urlencoded")
                    }
                },
                "responses": {"200": {"description": "Done"}},
            }
        },
        "/ping": {"get": {"operationId": "ping", "responses": {"204": {"description": "Here"}}}},
    },
}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return tmp_path / "catalog.sqlite"


@pytest.fixture
def run(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process."""
    for name in list(os.environ):
        if name.startswith("PLAYGROUND_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PLAYGROUND_CATALOG", str(catalog))

    def invoke(*arguments: str, input: bytes | None = None) -> Result:  # noqa: A002 - as CliRunner calls it
        return CliRunner().invoke(main, arguments, input=input)

    return invoke


@pytest.fixture
def process(catalog: Path) -> Process:
    """Run a command as a process of its own, as a shell would."""

    def start(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command(*arguments), env=environment(catalog, **environ), capture_output=True, check=False
        )

    return start


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "playground", *arguments]


def environment(catalog: Path, **more: str) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PLAYGROUND_CATALOG": str(catalog), **more}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A description in a file."""
    path = tmp_path / "shop.json"
    path.write_text(json.dumps(SHOP))
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def failed(result: Result) -> str:
    """Return the one line a command failed with."""
    assert result.exit_code == 1, (result.stdout, result.stderr, result.exception)
    return line_of(result.stderr)


def line_of(text: str) -> str:
    assert text.startswith("playground: ") and text.endswith(".\n") and text.count("\n") == 1, text
    assert "Traceback" not in text
    return text.removeprefix("playground: ").rstrip("\n")


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    """An API that records what it is sent."""
    with RecordingServer() as server:
        yield server


@pytest.fixture
def shop_run(run: Run, api: RecordingServer, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with the shop in the catalogue, whose server is `api`."""
    document = {**SHOP, "servers": [{"url": f"{api.url}/v2/"}]}
    assert run("add", "shop", "-", input=json.dumps(document).encode()).exit_code == 0
    monkeypatch.setenv("PLAYGROUND_PRIVATE_NETWORKS", f"127.0.0.1/32:{api.port}")
    return run
