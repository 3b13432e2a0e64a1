"""One request by every road: `request` prints it, `call` sends it, an executed snippet sends it again."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.bundled import documents
from tests.support.needs import ROOT, free_port, need_command
from tests.support.servers import Recorded, RecordingServer

CANARY = "sk_test_canary_0815"
OPERATION = ("stripe", "postcheckoutsessionssession")
ARGUMENTS = ("--args", '{"session":"cs_1","line_items":[{"price_data":{"currency":"usd"}}],"metadata":{"k":"v & w"}}')
CREDENTIAL = ("--credential", json.dumps({"type": "bearer_token", "token": CANARY}))
BODY = b"line_items[0][price_data][currency]=usd&metadata[k]=v+%26+w"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture(scope="module")
def environ(api: RecordingServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A catalogue whose Stripe has the recording server for its server."""
    folder = tmp_path_factory.mktemp("story")
    (folder / "stripe.yaml").write_bytes(dict(documents())["stripe"])
    clean = {key: text for key, text in os.environ.items() if not key.startswith("PLAYGROUND_")}
    environ = {
        **clean,
        "PLAYGROUND_CATALOG": str(folder / "catalog.sqlite"),
        "PLAYGROUND_PRIVATE_NETWORKS": f"127.0.0.1/32:{api.port}",
        "STRIPE_API_KEY": CANARY,
    }
    run(environ, "add", "stripe", str(folder / "stripe.yaml"), "--server", api.url)
    return environ


@pytest.fixture(autouse=True)
def forget(api: RecordingServer) -> None:
    api.requests.clear()


def run(environ: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "playground", *arguments]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stderr
    return done.stdout


def check(recorded: Recorded) -> None:
    assert recorded.line == "POST /v1/checkout/sessions/cs_1 HTTP/1.1"
    assert recorded.body == BODY
    assert recorded.header("Authorization") == f"Bearer {CANARY}"
    assert recorded.header("Content-Type") == "application/x-www-form-urlencoded"


def test_request_prints_what_call_sends(api: RecordingServer, environ: dict[str, str]) -> None:
    printed = json.loads(run(environ, "request", *OPERATION, *ARGUMENTS, *CREDENTIAL, "--json"))
    assert printed["method"] == "POST"
    assert printed["url"] == f"{api.url}/v1/checkout/sessions/cs_1"
    assert base64.b64decode(printed["body"]) == BODY
    run(environ, "call", *OPERATION, *ARGUMENTS, *CREDENTIAL)
    (recorded,) = api.requests
    check(recorded)
    for name, value in printed["headers"]:
        assert recorded.header(name) == value


@pytest.mark.parametrize(("target", "program"), [("shell_curl", "sh"), ("node_fetch", "node")])
def test_an_executed_snippet_sends_it_again(
    target: str, program: str, api: RecordingServer, environ: dict[str, str], tmp_path: Path
) -> None:
    need_command("curl" if program == "sh" else "node")
    text = run(environ, "snippet", *OPERATION, *ARGUMENTS, "--target", target, "--via", "direct")
    assert CANARY not in text
    file = tmp_path / ("snippet.sh" if program == "sh" else "snippet.mjs")
    file.write_text(text)
    subprocess.run([program, str(file)], env=environ, check=True, capture_output=True)
    (recorded,) = api.requests
    check(recorded)


def test_a_snippet_through_the_gateway_reaches_the_api(
    api: RecordingServer, environ: dict[str, str], tmp_path: Path
) -> None:
    need_command("curl")
    port = free_port()
    command = [sys.executable, "-m", "playground", "gateway", "--port", str(port)]
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as gateway:
        try:
            assert gateway.stdout is not None
            gateway.stdout.readline()  # it listens once it says so
            url = f"http://127.0.0.1:{port}"
            arguments = ("--target", "shell_curl", "--via", "gateway", "--gateway", url)
            (tmp_path / "snippet.sh").write_text(run(environ, "snippet", *OPERATION, *ARGUMENTS, *arguments))
            done = subprocess.run(["sh", str(tmp_path / "snippet.sh")], env=environ, check=True, capture_output=True)
            answer = json.loads(done.stdout)
            assert answer["data"] == {"ok": True}
            assert set(answer["meta"]) >= {"requestId", "durationMs", "upstream"}
            assert CANARY not in done.stdout.decode()
        finally:
            gateway.terminate()
    (recorded,) = api.requests
    check(recorded)
