"""`playground open`: one's own descriptions alone, and nothing left behind."""

from __future__ import annotations

import http.client
import json
import signal
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from click.testing import CliRunner

from playground.cli import main, opening
from playground.cli.failures import Failure
from playground.cli.opening import PORT, _listen
from tests.cli.conftest import SHOP, Run, failed
from tests.support.needs import free_port
from tests.support.opened import opened
from tests.support.servers import RecordingServer, http_answer


def _get(url: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _post(url: str, path: str, fields: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request("POST", path, fields, kind)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def _providers(url: str) -> list[str]:
    return [provider["providerPath"] for provider in json.loads(_get(url, "/catalog/index.json")[1])["providers"]]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (signal.SIGHUP, 0)])
def test_a_file_is_served_alone_and_nothing_is_left(
    tmp_path: Path, shop: Path, number: signal.Signals, status: int
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with (
        RecordingServer(lambda _, request: http_answer({"kept": "for some minutes"})) as server,
        opened(shop, "--server", server.url, folder=folder) as site,
    ):
        assert site.told == ["Shop API: 2 operations.\n"]
        assert "for some minutes" in _post(
            site.url, "/providers/shop/ping/send", "server=" + quote(server.url, safe="")
        )
        assert _providers(site.url) == ["shop"]
        assert any(b"for some minutes" in path.read_bytes() for path in folder.rglob("*") if path.is_file())
        site.process.send_signal(number)
        assert site.process.wait() == status
        assert list(folder.iterdir()) == []


def test_several_sources_are_served_together(tmp_path: Path, shop: Path) -> None:
    folder = tmp_path / "specs"
    (folder / "parts").mkdir(parents=True)
    (folder / "one.json").write_text(json.dumps({**SHOP, "paths": {"/a": {"$ref": "parts/a.yaml"}}}))
    (folder / "parts/a.yaml").write_text("get: {operationId: a}")
    (folder / "openapi.yaml").write_text(json.dumps({**SHOP, "info": {"title": "Other API", "version": "1"}}))
    (folder / "broken.json").write_text('{"openapi": "3.1.0", ')
    (folder / "package.json").write_text('{"name": "no description"}')
    server = RecordingServer(lambda _, request: http_answer(SHOP))
    with server, opened(shop, folder, server.url, folder=tmp_path) as site:
        told = "".join(site.told)
        assert sorted(_providers(site.url)) == ["one", "other-api", "shop", "shop-api"]
        assert _get(site.url, "/providers/one/a")[0] == 200
        (folder / "package.json").write_text(json.dumps({**SHOP, "info": {"title": "Late API", "version": "1"}}))
        while "package" not in _providers(site.url):
            time.sleep(0.1)
        assert _get(site.url, "/providers/package/ping")[0] == 200
    assert "broken.json: This is not valid JSON: " in told and "package.json" not in told


@pytest.mark.parametrize("command", [["open"], []], ids=["open", "without a command"])
def test_what_cannot_be_read_is_one_line(
    run: Run, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.yaml").write_text("openapi: [")
    (tmp_path / "empty").mkdir()
    assert "(line 2, column 1)" in failed(run(*command, "broken.yaml"))
    assert "There is no file nosuch.yaml" in failed(run(*command, "nosuch.yaml"))
    assert "holds no OpenAPI description" in failed(run(*command, "empty"))
    assert "could not be reached" in failed(run(*command, f"http://127.0.0.1:{free_port()}"))


def test_a_word_that_is_no_source_is_no_command() -> None:
    result = CliRunner().invoke(main, ["nosuch"])
    assert result.exit_code == 2
    assert "No such command 'nosuch'" in result.stderr


def test_a_port_in_use_is_replaced_by_a_free_one_unless_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with _listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(opening, "PORT", port)
        with _listen("127.0.0.1", None) as free:
            assert free.getsockname()[1] not in (port, PORT)
        with pytest.raises(Failure, match="is in use"):
            _listen("127.0.0.1", port)


def test_the_server_of_the_command_line_replaces_those_of_the_description(
    run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def serve(listener: Any, make: Any, settings: Any, store: Any, host: str, what: str, *, show: str | None) -> int:
        listener.close()
        seen.extend((store.provider("shop").servers[0].url, show))
        return 0

    monkeypatch.setattr(opening, "serve_on", serve)
    assert run("open", str(shop), "--server", "http://127.0.0.1:9000/v1", "--port", "0").exit_code == 0
    assert seen == ["http://127.0.0.1:9000/v1", "/providers/shop"]
