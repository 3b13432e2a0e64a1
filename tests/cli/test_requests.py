"""`request`, `snippet` and `targets`."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from playground.snippets.registry import TARGETS
from tests.cli.conftest import Run, failed


@pytest.fixture
def shop_run(run: Run, shop: Path) -> Run:
    assert run("add", "shop", str(shop)).exit_code == 0
    return run


def test_request_prints_the_message(shop_run: Run) -> None:
    result = shop_run("request", "shop", "updateorder", "--args", '{"id": "a b", "note": "é"}')
    assert (
        result.stdout_bytes
        == (
            "POST /v2/orders/a%20b HTTP/1.1\nHost: api.shop.example\nContent-Type: application/json\n"
            'Accept: */*\n\n{"note":"é"}'
        ).encode()
    )


@pytest.mark.parametrize("name", ["updateorder", "updateOrder", "UpdateOrder", "POST /orders/{id}"])
def test_request_takes_every_name(shop_run: Run, name: str) -> None:
    assert shop_run("request", "shop", name, "--args", '{"id": "1"}').stdout.startswith("POST /v2/orders/1 HTTP/1.1\n")


def test_request_json_has_the_shape_of_the_contract(shop_run: Run) -> None:
    result = shop_run(
        "request", "shop", "updateorder", "--json", "--args", '{"id": "1", "note": "x y"}',
        "--server", "https://test.shop.example", "--media-type", "application/x-www-form-urlencoded",
        "--credential", '{"type": "bearer_token", "token": "t0ken"}',
    )  # fmt: skip
    shape = json.loads(result.stdout)
    assert list(shape) == ["method", "url", "headers", "body"]
    assert (shape["method"], shape["url"]) == ("POST", "https://test.shop.example/orders/1")
    assert ["Authorization", "Bearer t0ken"] in shape["headers"]
    assert base64.b64decode(shape["body"]) == b"note=x+y"


def test_request_without_content_has_no_body(shop_run: Run) -> None:
    assert json.loads(shop_run("request", "shop", "ping", "--json").stdout)["body"] is None
    assert shop_run("request", "shop", "ping").stdout.endswith("\n\n")


def test_request_shows_no_credential_unless_given(shop_run: Run) -> None:
    assert "Authorization" not in shop_run("request", "shop", "ping").stdout


def test_arguments_come_from_a_file_or_standard_input(shop_run: Run, tmp_path: Path) -> None:
    path = tmp_path / "arguments.json"
    path.write_text('{"id": "7"}')
    for source, data in ((f"@{path}", None), ("@-", b'{"id": "7"}')):
        result = shop_run("request", "shop", "updateorder", "--args", source, input=data)
        assert result.stdout.startswith("POST /v2/orders/7 ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--args", '{"id"'), "--args: This is not valid JSON"),
        (("--args", "[]"), "--args: write a JSON object"),
        (("--args", "@/no/such/file"), "/no/such/file cannot be read (No such file or directory)"),
        (("--args", "{}"), "id"),
        (("--args", '{"id": "1", "nosuch": 1}'), "nosuch"),
        (("--args", '{"id": ".."}'), "id"),
        (("--args", '{"id": "1"}', "--server", "elsewhere.example"), "elsewhere.example"),
        (("--args", '{"id": "1"}', "--server", "https://u:p@elsewhere.example"), "elsewhere.example"),
        (("--args", '{"id": "1"}', "--media-type", "text/nothing"), "text/nothing"),
        (("--args", '{"id": "1"}', "--credential", '{"type": "nosuch"}'), "credential"),
        (("--args", '{"id": "1"}', "--credential", '{"token": "s3cret'), "--credential: This is not valid JSON"),
    ],
)
def test_request_says_what_is_wrong(shop_run: Run, arguments: tuple[str, ...], words: str) -> None:
    line = failed(shop_run("request", "shop", "updateorder", *arguments))
    assert words in line
    assert "s3cret" not in line


def test_snippet_prints_what_the_page_shows(shop_run: Run) -> None:
    text = shop_run(
        "snippet", "shop", "updateorder", "--target", "shell_curl", "--via", "direct", "--args", '{"id": "1"}'
    ).stdout
    assert "https://api.shop.example/v2/orders/1" in text
    assert text.endswith("\n")


def test_snippet_goes_through_the_gateway_it_is_given(shop_run: Run) -> None:
    text = shop_run(
        "snippet", "shop", "ping", "--target", "shell_curl", "--via", "gateway", "--gateway", "http://127.0.0.1:4000"
    ).stdout
    assert "http://127.0.0.1:4000/tools/shop/ping" in text


def test_snippet_refuses_targets_and_roads_there_are_not(shop_run: Run) -> None:
    assert "`playground targets`" in failed(shop_run("snippet", "shop", "ping", "--target", "nosuch"))
    assert "has no --via sdk" in failed(shop_run("snippet", "shop", "ping", "--target", "shell_curl", "--via", "sdk"))
    assert shop_run("snippet", "shop", "ping").exit_code == 2


def test_a_sample_of_the_description_is_a_target(run: Run, tmp_path: Path) -> None:
    samples = [{"lang": "cURL", "source": "curl /orders/{{id}}"}, {"lang": "Ruby", "source": "Shop.get"}]
    operation = {"operationId": "get", "x-codeSamples": samples}
    described = {"openapi": "3.1.0", "info": {"title": "S", "version": "1"}, "paths": {"/orders": {"get": operation}}}
    (tmp_path / "samples.json").write_text(json.dumps(described))
    assert run("add", "samples", str(tmp_path / "samples.json")).exit_code == 0
    assert run("snippet", "samples", "get", "--target", "sample:curl").stdout == "curl /orders/{{id}}\n"
    refused = failed(run("snippet", "samples", "get", "--target", "sample:go"))
    assert "it has sample:curl, sample:ruby." in refused


def test_targets_are_listed(run: Run) -> None:
    lines = run("targets").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [target.id for target in TARGETS]
    assert all(target.language in line for target, line in zip(TARGETS, lines, strict=True))
