"""`call`: what `request` shows is what goes out, and what comes back is printed."""

from __future__ import annotations

import base64
import json
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import SHOP, Process, Run, command, environment, failed
from tests.support.servers import ForeignGateway, ForeignOperation, RecordingServer, http_answer

ARGUMENTS = '{"id": "a b", "note": "é & ü"}'
TOKEN = '{"type": "bearer_token", "token": "t0ken"}'
FORM = ("--media-type", "application/x-www-form-urlencoded")


def test_call_sends_what_request_shows(shop_run: Run, api: RecordingServer) -> None:
    asked = ("shop", "updateorder", "--args", ARGUMENTS, "--credential", TOKEN, *FORM)
    shape = json.loads(shop_run("request", *asked, "--json").stdout)
    result = shop_run("call", *asked)
    assert (result.exit_code, result.stdout_bytes) == (0, b'{"ok": true}')
    assert re.fullmatch(r"200 OK, 12 bytes in \d+ ms\n", result.stderr)
    sent = api.request
    assert sent.line == "POST /v2/orders/a%20b HTTP/1.1"
    assert shape["url"] == f"{api.url}{sent.target}"
    assert sent.body == base64.b64decode(shape["body"]) == b"note=%C3%A9+%26+%C3%BC"
    for name, value in shape["headers"]:
        assert sent.header(name) == value
    assert sent.header("Authorization") == "Bearer t0ken"


def test_objects_in_a_form_are_json_or_in_brackets(shop_run: Run, api: RecordingServer) -> None:
    asked = ("shop", "updateorder", "--args", '{"id": "1", "body": {"meta": {"a": 1}}}', *FORM)
    shop_run("call", *asked)
    assert api.request.body == b"meta=%7B%22a%22%3A1%7D"
    for command_name in ("call", "request"):
        result = shop_run(command_name, *asked, "--form-objects", "brackets")
        assert result.exit_code == 0
    assert api.requests[1].body == b"meta[a]=1"
    assert result.stdout.endswith("\n\nmeta[a]=1")
    snippet = ("snippet", "shop", "updateorder", "--target", "shell_curl", "--args", '{"id": "1"}')
    assert shop_run(*snippet, "--form-objects", "brackets").exit_code == 0
    assert shop_run(*snippet, "--form-objects", "dots").exit_code == 2


def test_a_secret_that_the_api_repeats_is_masked_unless_asked_for(shop_run: Run, api: RecordingServer) -> None:
    api.answer = http_answer({"you": "Bearer t0ken-1234"})
    asked = ("call", "shop", "ping", "--credential", '{"type": "bearer_token", "token": "t0ken-1234"}')
    assert json.loads(shop_run(*asked).stdout) == {"you": "Bearer •••"}
    assert json.loads(shop_run(*asked, "--show-secrets").stdout) == {"you": "Bearer t0ken-1234"}


def test_an_answer_of_any_status_is_an_answer(shop_run: Run, api: RecordingServer) -> None:
    api.answer = http_answer(b"\xff\x00no", "404 Not Found")
    result = shop_run("call", "shop", "ping")
    assert (result.exit_code, result.stdout_bytes) == (0, b"\xff\x00no")
    assert result.stderr.startswith("404 Not Found, 4 bytes in ")


def test_why_an_answer_is_cut_is_said(shop_run: Run, api: RecordingServer) -> None:
    api.answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    result = shop_run("call", "shop", "ping")
    assert (result.exit_code, result.stdout_bytes) == (0, b"{")
    assert "The content ends before it is complete" in result.stderr
    assert "PLAYGROUND_" not in result.stderr, "no setting of ours did it"


def test_the_sandbox_answers_on_a_plane(run: Run) -> None:
    result = run("call", "stripe", "getcheckoutsessionssession", "--args", '{"session": "cs_1"}')
    assert result.exit_code == 0
    assert result.stderr.startswith("200 OK, ") and result.stderr.endswith(" from the sandbox\n")
    assert isinstance(json.loads(result.stdout), dict)


def test_what_cannot_be_sent_is_one_line(shop_run: Run, api: RecordingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "id" in failed(shop_run("call", "shop", "updateorder"))
    monkeypatch.delenv("PLAYGROUND_PRIVATE_NETWORKS")
    line = failed(shop_run("call", "shop", "ping", "--credential", TOKEN, "--server", "http://169.254.169.254"))
    assert "could not be reached" in line
    assert "t0ken" not in line
    assert api.requests == []
    assert failed(shop_run("call", "shop", "ping", "--gateway", "ftp://x"))
    assert failed(shop_run("call", "shop", "ping", "--gateway", "http://127.0.0.1:1/?a=b"))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert f"127.0.0.1:{port}" in failed(shop_run("call", "shop", "ping", "--gateway", f"http://127.0.0.1:{port}"))


def test_the_operators_credentials_are_used(shop_run: Run, api: RecordingServer, tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_text(f'{{"shop": {TOKEN}}}')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_CREDENTIALS", str(path))
        assert shop_run("call", "shop", "ping").exit_code == 0
    assert api.request.header("Authorization") == "Bearer t0ken"


def test_call_through_a_gateway_process_sends_the_same(shop_run: Run, api: RecordingServer, catalog: Path) -> None:
    opened = environment(catalog, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
    asked = ("shop", "updateorder", "--args", ARGUMENTS, "--credential", TOKEN, *FORM)
    with subprocess.Popen(
        command("gateway", "--port", "0"), env=opened, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        assert server.stdout is not None and server.stderr is not None
        url = server.stdout.readline().decode().removeprefix("The gateway is at ").strip()
        result = shop_run("call", *asked, "--gateway", url)
        server.send_signal(signal.SIGTERM)
        assert server.wait() == 0, server.stderr.read()
        server.stderr.read()
    assert (result.exit_code, result.stdout_bytes) == (0, b'{"ok": true}'), result.stderr
    through = api.requests.pop()
    assert shop_run("call", *asked).exit_code == 0
    assert through == api.request


def test_call_through_a_foreign_gateway_speaks_its_dialect(shop_run: Run, api: RecordingServer) -> None:
    known = ForeignOperation(method="GET", base_url=api.url, route="/v2/ping")
    with ForeignGateway(operations={"shop/ping": known}) as foreign:
        result = shop_run("call", "shop", "ping", "--gateway", foreign.url, "--credential", TOKEN)
        assert [call.target for call in foreign.calls] == ["/tools/shop/ping"]
        assert foreign.calls[0].header("Authorization") == "Bearer t0ken"
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout) == {"ok": True}


@pytest.mark.parametrize("command", ["call", "scenario"])
def test_what_the_operator_forbids_is_refused_as_on_the_page(
    shop_run: Run, api: RecordingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    rules, played = tmp_path / "rules.json", tmp_path / "played.json"
    rules.write_text('{"shop": {"forbid": ["*"]}}')
    played.write_text('{"playground": "scenario", "version": 1, "title": "T", "steps": [{"operation": "shop/ping"}]}')
    monkeypatch.setenv("PLAYGROUND_RULES", str(rules))
    arguments = ("call", "shop", "ping") if command == "call" else ("scenario", "run", str(played))
    sentence = "The operator of this site does not let this operation be sent from here."
    for more in ((), ("--gateway", api.url), ("--server", "sandbox")):
        assert failed(shop_run(*arguments, *more)).endswith(sentence)
    assert api.connections == 0


@pytest.mark.parametrize("command", ["call", "scenario", "serve"])
@pytest.mark.parametrize("variable", ["PLAYGROUND_RULES", "PLAYGROUND_CREDENTIALS"])
def test_a_broken_file_of_the_operator_stops_every_command_with_one_line(
    shop_run: Run, api: RecordingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, variable: str
) -> None:
    broken, played = tmp_path / "broken.json", tmp_path / "played.json"
    broken.write_text('{"shop": canary')
    played.write_text('{"playground": "scenario", "version": 1, "title": "T", "steps": [{"operation": "shop/ping"}]}')
    monkeypatch.setenv(variable, str(broken))
    arguments = {
        "call": ("call", "shop", "ping"),
        "scenario": ("scenario", "run", str(played)),
        "serve": ("serve", "--port", "0"),
    }
    line = failed(shop_run(*arguments[command]))
    assert line == f"{variable} names a file that is not JSON (line 1, column 10)."
    assert api.connections == 0


def test_a_key_that_the_operator_lends_is_sent_by_a_scenario_too(
    shop_run: Run, api: RecordingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, played = tmp_path / "keys.json", tmp_path / "played.json"
    keys.write_text('{"shop": {"type": "bearer_token", "token": "lent"}}')
    played.write_text('{"playground": "scenario", "version": 1, "title": "T", "steps": [{"operation": "shop/ping"}]}')
    monkeypatch.setenv("PLAYGROUND_CREDENTIALS", str(keys))
    for arguments in (("call", "shop", "ping"), ("scenario", "run", str(played))):
        assert shop_run(*arguments).exit_code == 0
    assert [request.header("Authorization") for request in api.requests] == ["Bearer lent"] * 2


def test_the_limits_of_the_operator_hold_for_the_steps_of_a_scenario(
    shop_run: Run, api: RecordingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = tmp_path / "played.json"
    step = '{"operation": "shop/ping"}'
    played.write_text(f'{{"playground": "scenario", "version": 1, "title": "T", "steps": [{step}, {step}]}}')
    monkeypatch.setenv("PLAYGROUND_RATE_LIMIT", "1/hour")
    line = failed(shop_run("scenario", "run", str(played)))
    assert line.startswith("Step 2: You have sent too many requests: try again in ")
    assert len(api.requests) == 1


BARE = {name: part for name, part in SHOP.items() if name != "servers"}


@pytest.fixture
def bare_run(run: Run) -> Run:
    """A description without any server, as frameworks write them."""
    assert run("add", "shop", "-", input=json.dumps(BARE).encode()).exit_code == 0
    return run


def test_a_server_can_be_typed_for_every_command(bare_run: Run, api: RecordingServer, tmp_path: Path) -> None:
    server = ("--server", f"{api.url}/v9/")
    shape = json.loads(bare_run("request", "shop", "ping", "--json", *server).stdout)
    assert shape["url"] == f"{api.url}/v9/ping"
    snippet = bare_run("snippet", "shop", "ping", "--target", "shell_curl", *server)
    assert f"{api.url}/v9/ping" in snippet.stdout
    assert bare_run("call", "shop", "ping", *server).exit_code == 0
    played = tmp_path / "played.json"
    played.write_text('{"playground": "scenario", "version": 1, "title": "T", "steps": [{"operation": "shop/ping"}]}')
    assert bare_run("scenario", "run", str(played), *server).exit_code == 0
    assert [request.target for request in api.requests] == ["/v9/ping", "/v9/ping"]


def test_a_snippet_never_fails_for_want_of_a_server(bare_run: Run) -> None:
    result = bare_run("snippet", "shop", "ping", "--target", "shell_curl")
    assert result.exit_code == 0
    assert "https://api.example.com/ping" in result.stdout
    assert "# https://api.example.com is a placeholder: write the API's address in its place." in result.stdout


@pytest.mark.parametrize("command", ["request", "call"])
def test_without_a_server_the_option_is_named(run: Run, command: str) -> None:
    relative = {**SHOP, "servers": [{"url": "/api"}]}
    assert run("add", "shop", "-", input=json.dumps(relative).encode()).exit_code == 0
    line = failed(run(command, "shop", "ping"))
    assert "“/api” is no full address" in line
    assert line.endswith("Use --server, for example --server http://127.0.0.1:8000.")


def test_the_server_in_a_scenario_s_file_does_not_get_the_credential(
    shop_run: Run, api: RecordingServer, tmp_path: Path
) -> None:
    played = tmp_path / "played.json"
    step = {"operation": "shop/ping", "server": f"{api.url}/elsewhere"}
    played.write_text(json.dumps({"playground": "scenario", "version": 1, "title": "T", "steps": [step]}))
    line = failed(shop_run("scenario", "run", str(played), "--credential", TOKEN))
    assert line.startswith("Step 1: The server “") and "is not one this operation lists" in line
    assert api.connections == 0


def test_a_failure_is_one_line_with_its_reason(process: Process, catalog: Path, shop: Path) -> None:
    assert process("add", "shop", str(shop)).returncode == 0
    with RecordingServer() as server:
        port = server.port
    reasons = {
        f"http://127.0.0.1:{port}": f"The API at 127.0.0.1:{port} could not be reached: nothing listens there.",
        "http://169.254.169.254": "The API at 169.254.169.254 could not be reached: "
        "169.254.169.254 is a cloud metadata address, which is never called.",
        "http://127.0.0.1:22": "The API address uses port 22, which is not a port for HTTP.",
    }
    for url, sentence in reasons.items():
        result = process("call", "shop", "ping", "--server", url)
        assert (result.returncode, result.stderr.decode()) == (1, f"playground: {sentence}\n")
    result = process("call", "shop", "ping", "--gateway", f"http://127.0.0.1:{port}")
    assert result.stderr.count(b"\n") == 1
    assert b"nothing listens there" in result.stderr
    result = process("add", "other", f"http://127.0.0.1:{port}/openapi.json")
    assert result.stderr.count(b"\n") == 1
    assert b"nothing listens there" in result.stderr
