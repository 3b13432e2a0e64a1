"""Parameters that are secrets: the package reads them from the call, its options or the environment, never its code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.request.model import RequestModel
from playground.snippets.registry import make_snippet
from tests.support.sdk.packages import (
    api_of,
    catalog_of,
    compile_all,
    document,
    entries_of,
    lay,
    operation,
    package_of,
    run_module,
)
from tests.support.servers import RecordingServer, http_answer


def parameter(name: str, location: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "schema": {"type": "string"}, **more}


TWINS = [parameter("token", "query"), parameter("token", "header"), parameter("page", "query")]
SHOP = document(
    {
        "/users/{passwd}": {
            "get": operation(
                "users/login",
                parameters=[parameter("passwd", "path", required=True), parameter("X-Client-Secret", "header")],
            )
        },
        "/twins": {"get": operation("twins", parameters=TWINS)},
        "/keyed": {"get": operation("keyed", parameters=[parameter("api_key", "query")], security=[{"key": []}])},
        "/free": {"get": operation("free", parameters=[parameter("api_key", "query")], security=[])},
    },
    components={
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "query", "name": "api_key"},
            "bearer": {"type": "oauth2", "flows": {}},
        }
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(package_of(SHOP, gateway=None), tmp_path_factory.mktemp("secrets"))


@pytest.fixture
def gateway() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer({"data": {"id": 1}, "meta": {"requestId": "r1", "durationMs": 1}})) as server:
        yield server


def call(folder: Path, gateway: RecordingServer, code: str, **environ: str) -> Any:
    """Run one call, and return its body as the gateway got it."""
    whole = f"import shop from '@utdk/shop';\n{code}\n"
    done = run_module(folder, whole, PLAYGROUND_GATEWAY_URL=gateway.url, **environ)
    assert done.stderr == ""
    assert not any("s3cret" in request.target for request in gateway.requests)
    return json.loads(gateway.requests[-1].body)


def test_the_environment_names_provider_and_parameter(folder: Path, gateway: RecordingServer) -> None:
    environ = {"SHOP_PASSWD": "s3cret/1", "SHOP_X_CLIENT_SECRET": "s3cret-2"}
    assert call(folder, gateway, "await shop.users.login();", **environ) == {
        "passwd": "s3cret/1", "X-Client-Secret": "s3cret-2",
    }  # fmt: skip
    assert call(folder, gateway, "await shop.users.login({ passwd: 'mine' });", **environ)["passwd"] == "mine"


def test_options_come_before_the_environment(folder: Path, gateway: RecordingServer) -> None:
    environ = {"SHOP_PASSWD": "s3cret-1"}
    one = (
        "await shop.withOptions({ secrets: { passwd: 'a' } }).users.login({}, { secrets: { 'X-Client-Secret': 'b' } });"
    )
    assert call(folder, gateway, one, **environ) == {"passwd": "a", "X-Client-Secret": "b"}
    assert call(folder, gateway, "await shop.users.login({}, { secrets: null });", **environ) == {}
    kept = "await shop.withOptions({ secrets: null }).users.login({}, { mediaType: undefined });"
    assert call(folder, gateway, kept, **environ) == {}


def test_one_name_in_two_places_has_two_variables(folder: Path, gateway: RecordingServer) -> None:
    environ = {"SHOP_TOKEN": "s3cret-query", "SHOP_HEADER_TOKEN": "s3cret-header"}
    assert call(folder, gateway, "await shop.twins({ page: '2' });", **environ) == {
        "page": "2", "query": {"token": "s3cret-query"}, "headers": {"token": "s3cret-header"},
    }  # fmt: skip


def test_what_a_security_scheme_fills_is_left_to_its_credential(folder: Path, gateway: RecordingServer) -> None:
    sent = call(folder, gateway, "await shop.keyed();", SHOP_API_KEY="s3cret-key")
    assert sent == {
        "args": {},
        "credential": {"type": "api_key", "value": "s3cret-key", "name": "api_key", "in": "query"},
    }
    assert call(folder, gateway, "await shop.free();", SHOP_API_KEY="s3cret-key") == {"api_key": "s3cret-key"}


def test_an_error_that_quotes_one_has_it_struck_out(folder: Path, gateway: RecordingServer) -> None:
    gateway.answer = http_answer({"error": "No user s3cret-1."}, status="404 Not Found")
    caught = "try { await shop.users.login(); } catch (error) { console.log(error.message); }"
    done = run_module(
        folder, f"import shop from '@utdk/shop';\n{caught}", PLAYGROUND_GATEWAY_URL=gateway.url, SHOP_PASSWD="s3cret-1"
    )
    assert "No user •••." in done.stdout
    assert "s3cret" not in done.stdout + done.stderr


def test_the_snippet_says_where_they_are_read_and_type_checks(folder: Path) -> None:
    catalog = catalog_of(SHOP)
    entry = next(one for one in entries_of(catalog) if one.operation.name == "users.login")
    model = RequestModel(parameters={"path": {"passwd": "s3cret"}, "header": {"X-Client-Secret": "s3cret"}})
    text = make_snippet(entry, model, target="typescript_utdk").text
    assert text.splitlines()[:2] == [
        "// passwd is a secret: set SHOP_PASSWD, where the package reads it.",
        "// X-Client-Secret is a secret: set SHOP_X_CLIENT_SECRET, where the package reads it.",
    ]
    assert "s3cret" not in text
    (folder / "snippet.ts").write_text(
        f"{text}\nawait shop.users.login({{ passwd: 'given' }}, {{ secrets: {{ passwd: 'option' }} }});\n"
    )
    assert compile_all(folder) == ""
    types = api_of(SHOP).declarations["operations.d.ts"]
    assert "/** Else the option `secrets`, else the environment's SHOP_PASSWD. */\n  passwd?: string;" in types
