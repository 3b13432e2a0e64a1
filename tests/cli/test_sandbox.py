"""`playground sandbox`: one API served from its description alone, and data sets that are kept for visitors."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Process, Run, command, environment, line_of

SHOP = Path(__file__).parents[1] / "sandbox" / "documents" / "shop.yaml"


@contextmanager
def served(catalog: Path, *arguments: str) -> Iterator[http.client.HTTPConnection]:
    with subprocess.Popen(
        command(*arguments, "--port", "0"), env=environment(catalog), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        assert server.stdout is not None and server.stderr is not None
        match = re.fullmatch(
            r"The sandbox of (\S+) is at http://127\.0\.0\.1:(\d+)\n", server.stdout.readline().decode()
        )
        assert match is not None, server.stderr.read()
        connection = http.client.HTTPConnection("127.0.0.1", int(match[2]))
        yield connection
        connection.close()
        server.send_signal(signal.SIGINT)
        assert server.wait() == 130
        assert b"Traceback" not in server.stderr.read()


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, Any]:
    content = None if body is None else json.dumps(body).encode()
    fields = {
        "X-Key": "k",
        "Content-Type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    connection.request(method, path, content, fields)
    answer = connection.getresponse()
    data = answer.read()
    return answer.status, json.loads(data) if data else None


@pytest.mark.parametrize("name", ["sandbox", "mock"])
def test_a_file_is_served_with_a_memory_that_all_share(catalog: Path, name: str) -> None:
    with served(catalog, name, str(SHOP)) as connection:
        status, made = ask(connection, "POST", "/customers", {"email": "a@example.com"})
        assert status == 201
        assert ask(connection, "GET", f"/customers/{made['id']}") == (200, made)
        assert ask(connection, "GET", f"/customers/{made['id']}", Playground_Visitor="other")[1] != made
        assert ask(connection, "GET", "/~data")[1]["collections"] == {"/customers": [made]}
        assert ask(connection, "GET", "/customers", X_Key="")[0] == 401


def test_a_watch_streams_what_another_connection_changes(catalog: Path) -> None:
    """Kubernetes: create, patch and delete are seen by a watch that began before them."""
    maps = "/api/v1/namespaces/demo/configmaps"
    with served(catalog, "sandbox", str(SHOP.with_name("cluster.yaml"))) as connection:
        watching = http.client.HTTPConnection("127.0.0.1", connection.port)
        ask(connection, "POST", maps, {"metadata": {"name": "first"}})
        watching.request("GET", f"{maps}?watch=true&timeoutSeconds=30")
        stream = watching.getresponse()
        assert json.loads(stream.readline())["object"]["metadata"]["name"] == "first"
        seen = []
        for method, path, body, kind in (
            ("POST", maps, {"metadata": {"name": "app"}, "data": {"k": "v"}}, "application/json"),
            ("PATCH", f"{maps}/app", {"data": {"k": "w"}}, "application/merge-patch+json"),
            ("DELETE", f"{maps}/app", None, "application/json"),
        ):
            assert ask(connection, method, path, body, Content_Type=kind)[0] in (200, 201)
            event = json.loads(stream.readline())
            seen.append((event["type"], event["object"]["metadata"]["name"]))
        assert seen == [("ADDED", "app"), ("MODIFIED", "app"), ("DELETED", "app")]
        watching.close()


def test_a_provider_of_the_catalogue_is_served(catalog: Path, process: Process) -> None:
    assert process("add", "shop", str(SHOP)).returncode == 0
    with served(catalog, "sandbox", "shop") as connection:
        assert ask(connection, "GET", "/settings")[0] == 200


def test_it_begins_with_a_data_set_and_keeps_what_is_made(catalog: Path, tmp_path: Path) -> None:
    data, state = tmp_path / "start.json", tmp_path / "kept.sqlite"
    data.write_text(json.dumps({"collections": {"/customers": [{"id": "cus_a", "email": "a@example.com"}]}}))
    with served(catalog, "sandbox", str(SHOP), "--data", str(data), "--state", str(state)) as connection:
        assert ask(connection, "GET", "/customers/cus_a")[1]["email"] == "a@example.com"
        ask(connection, "PATCH", "/customers/cus_a", {"name": "Ada"})
    with served(catalog, "sandbox", str(SHOP), "--state", str(state)) as connection:
        assert ask(connection, "GET", "/customers/cus_a")[1]["name"] == "Ada"


def test_a_data_set_is_kept_by_name(catalog: Path, tmp_path: Path, process: Process) -> None:
    data = tmp_path / "demo.json"
    data.write_text(json.dumps({"provider": "shop", "collections": {"/customers": [{"id": "c"}], "/orders": []}}))
    assert process("add", "shop", str(SHOP)).returncode == 0
    result = process("sandbox", "load", str(data))
    assert result.stdout.decode() == "Kept the data set demo for shop (things: 1; collections: 2).\n"
    named = process("sandbox", "load", str(data), "--as", "other")
    assert named.stdout.decode().startswith("Kept the data set other")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sandbox", "nobody"), "nobody"),
        (("sandbox", "load", "none.json"), "cannot be read"),
        (("sandbox", "load", str(SHOP)), "A data set is a JSON document"),
        (("sandbox", str(SHOP), "--data", "none", "--port", "0"), "no file none"),
    ],
)
def test_what_fails_is_said_in_one_line(process: Process, arguments: tuple[str, ...], words: str) -> None:
    result = process(*arguments)
    assert result.returncode == 1
    assert words in line_of(result.stderr.decode())


def test_a_data_set_needs_an_api(process: Process, tmp_path: Path) -> None:
    data = tmp_path / "demo.json"
    data.write_text('{"collections": {}}')
    assert "add --provider" in line_of(process("sandbox", "load", str(data)).stderr.decode())
    assert process("sandbox", "load", str(data), "--provider", "nobody").returncode == 1


def test_its_help_says_what_it_serves(run: Run) -> None:
    for name in ("sandbox", "mock"):
        assert "PROVIDER|FILE" in run(name, "--help").output
    assert "--data" in run("sandbox", "serve", "--help").output
