"""The module that runs: what it sends to a gateway, what it makes of the answer, what its errors say."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.support.sdk.packages import document, lay, operation, package_of, run_module
from tests.support.servers import (
    ForeignGateway,
    ForeignOperation,
    Recorded,
    RecordingServer,
    http_answer,
    recording_server,
    refusing_port,
)

__all__ = ["recording_server"]
SECRET = "sk_test_very_secret"
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "plain": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "odd": {"type": "apiKey", "in": "header", "name": "X-Shop"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
}


def secured(name: str, *schemes: str, **more: Any) -> dict[str, Any]:
    return operation(name, security=[{scheme: [] for scheme in schemes}], **more)


ARGS = {"parameters": [{"name": "args", "in": "query", "schema": {}}]}
SHOP = document(
    {
        "/orders": {"post": secured("createOrder", "bearer"), "get": operation("orders/list")},
        "/basic": {"post": secured("withBasic", "basic")},
        "/plain": {"post": secured("withPlain", "plain")},
        "/odd": {"post": secured("withOdd", "odd")},
        "/query": {"post": secured("withQuery", "query")},
        "/both": {"post": secured("withBoth", "bearer", "query")},
        "/open": {"post": operation("open", security=[])},
        "/args": {"post": secured("strange", "basic", **ARGS), "get": secured("stranger", "query", **ARGS)},
        "/orders/call": {"get": operation("orders")},
    },
    components={"securitySchemes": SCHEMES},
)
Run: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(package_of(SHOP, gateway=None), tmp_path_factory.mktemp("client"))


@pytest.fixture
def gateway() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer({"data": {"id": 1}, "meta": {"requestId": "r1", "durationMs": 1}})) as server:
        yield server


@pytest.fixture
def run(folder: Path, gateway: RecordingServer) -> Run:
    """Run an expression with `shop`, and return its value; an error's facts as a mapping with `name`."""

    def evaluate(expression: str, **environ: str) -> Any:
        code = (
            "import shop, { createClient, createShopClient, SDKError } from '@utdk/shop';\n"
            f"const value = async () => {expression};\n"
            "let found;\n"
            "try { found = { value: await value() } } catch (error) {\n"
            "  found = { name: error.name, ours: error instanceof SDKError, message: error.message,"
            " status: error.status, body: error.body, requestId: error.requestId };\n"
            "}\nconsole.log(JSON.stringify(found));"
        )
        done = run_module(folder, code, **{"PLAYGROUND_GATEWAY_URL": gateway.url, **environ})
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        return found["value"] if found.keys() == {"value"} else found

    return evaluate


def sent(gateway: RecordingServer) -> tuple[Recorded, Any]:
    return gateway.request, json.loads(gateway.request.body)


def test_flat_arguments_go_to_the_gateway_and_the_data_comes_back(run: Run, gateway: RecordingServer) -> None:
    assert run("shop.createorder({ note: 'it\\'s', list: [1, null] })") == {"id": 1}
    request, body = sent(gateway)
    assert (request.method, request.target) == ("POST", "/tools/shop/createOrder")
    assert request.header("Content-Type") == "application/json"
    assert "application/vnd.playground+json" in (request.header("Accept") or "")
    assert body == {"note": "it's", "list": [1, None]}
    assert request.header("Authorization") is None


@pytest.mark.parametrize("name", ["createorder", "createOrder"])
def test_an_operation_has_both_names(run: Run, name: str) -> None:
    assert run(f"shop.{name}()") == {"id": 1}


def test_a_dotted_name_is_a_nested_method_and_may_be_a_method_itself(run: Run, gateway: RecordingServer) -> None:
    run("(await shop.orders.list(), await shop.orders(), await createShopClient().orders.list())")
    assert [request.target for request in gateway.requests] == [
        "/tools/shop/orders.list",
        "/tools/shop/orders",
        "/tools/shop/orders.list",
    ]


@pytest.mark.parametrize(
    ("name", "environ", "header"),
    [
        ("createOrder", {"SHOP_API_KEY": SECRET}, ("Authorization", f"Bearer {SECRET}")),
        ("withPlain", {"SHOP_API_KEY": SECRET}, ("X-Api-Key", SECRET)),
    ],
)
def test_one_header_carries_a_token_from_the_environment(
    run: Run, gateway: RecordingServer, name: str, environ: dict[str, str], header: tuple[str, str]
) -> None:
    run(f"shop.{name}({{ a: 1 }})", **environ)
    request, body = sent(gateway)
    assert request.header(header[0]) == header[1]
    assert body == {"a": 1}


KEY = {"type": "api_key", "value": SECRET, "name": "key", "in": "query"}


@pytest.mark.parametrize(
    ("name", "environ", "credential"),
    [
        ("withBasic", {"SHOP_USERNAME": "ann", "SHOP_PASSWORD": SECRET},
         {"type": "basic", "username": "ann", "password": SECRET}),
        ("withBasic", {"SHOP_USERNAME": SECRET}, {"type": "basic", "username": SECRET, "password": ""}),
        ("withOdd", {"SHOP_API_KEY": SECRET}, {"type": "api_key", "value": SECRET, "name": "X-Shop", "in": "header"}),
        ("withQuery", {"SHOP_API_KEY": SECRET}, KEY),
        ("withBoth", {"SHOP_API_KEY": SECRET, "SHOP_QUERY_API_KEY": SECRET},
         {"type": "schemes", "schemes": {"bearer": {"type": "bearer_token", "token": SECRET}, "query": KEY}}),
        ("createOrder", {"SHOP_API_KEY": "line\nbreak"}, {"type": "bearer_token", "token": "line\nbreak"}),
    ],
)  # fmt: skip
def test_what_no_header_carries_goes_wrapped(
    run: Run, gateway: RecordingServer, name: str, environ: dict[str, str], credential: dict[str, Any]
) -> None:
    run(f"shop.{name}({{ a: 1 }})", **environ)
    request, body = sent(gateway)
    assert body == {"args": {"a": 1}, "credential": credential}
    assert request.header("Authorization") is None


def test_options_stand_above_the_environment(run: Run, gateway: RecordingServer) -> None:
    run("shop.withOptions({ credential: 'mine' }).createOrder()", SHOP_API_KEY="theirs")
    run("shop.createOrder({}, { credential: null })", SHOP_API_KEY="theirs")
    run("createClient({ credential: 'a:b' }).withBasic()")
    run("createClient({ credential: 'a' }).withOptions({ headers: { 'X-Team': 't' } }).createOrder()")
    first, second, third, fourth = gateway.requests
    assert first.header("Authorization") == "Bearer mine"
    assert second.header("Authorization") is None
    assert json.loads(third.body)["credential"] == {"type": "basic", "username": "a", "password": "b"}
    assert (fourth.header("X-Team"), fourth.header("Authorization")) == ("t", "Bearer a")


def test_the_choice_of_a_server_goes_wrapped(run: Run, gateway: RecordingServer) -> None:
    run("shop.createOrder({ a: 1 }, { server: 'sandbox', mediaType: 'text/plain', credential: 'token' })")
    assert sent(gateway)[1] == {
        "args": {"a": 1},
        "credential": {"type": "bearer_token", "token": "token"},
        "options": {"server": "sandbox", "media_type": "text/plain"},
    }


def test_how_lists_and_objects_are_written_goes_wrapped(run: Run, gateway: RecordingServer) -> None:
    run("shop.createOrder({ a: 1 }, { brackets: 'empty', formObjects: 'brackets', credential: null })")
    assert sent(gateway)[1]["options"] == {"brackets": "empty", "form_objects": "brackets"}


def test_a_gateways_own_token_leaves_the_credential_to_the_body(run: Run, gateway: RecordingServer) -> None:
    run("shop.createOrder({}, { headers: { authorization: 'Bearer user' } })", SHOP_API_KEY=SECRET)
    request, body = sent(gateway)
    assert request.header("Authorization") == "Bearer user"
    assert body["credential"] == {"type": "bearer_token", "token": SECRET}


def test_a_token_that_looks_like_the_gateways_own_says_that_it_is_not(run: Run, gateway: RecordingServer) -> None:
    run("shop.createOrder()", SHOP_API_KEY="eyJhbGciOi.x.y")
    assert sent(gateway)[0].header("X-Gateway-Mode") == "passthrough"


def test_arguments_that_would_read_as_the_wrapped_form_are_wrapped(run: Run, gateway: RecordingServer) -> None:
    run("shop.open({ args: { a: 1 } })")
    assert sent(gateway)[1] == {"args": {"args": {"a": 1}}}


def test_an_operation_with_an_input_called_args_stays_flat(run: Run, gateway: RecordingServer) -> None:
    run("shop.strange({ args: { a: 1 } })", SHOP_USERNAME="ann", SHOP_PASSWORD="é")
    request, body = sent(gateway)
    assert body == {"args": {"a": 1}}
    assert request.header("Authorization") == "Basic " + base64.b64encode("ann:é".encode()).decode()
    refused = run("shop.stranger({ args: 1 })", SHOP_API_KEY=SECRET)
    assert refused["ours"] and "args" in refused["message"] and SECRET not in refused["message"]


def test_files_of_any_kind_become_three_texts(run: Run, gateway: RecordingServer) -> None:
    run(
        "shop.open({ a: new Blob(['hé'], { type: 'text/plain' }), b: [new Uint8Array([0, 255])],"
        " c: { filename: 'x', content: 'AA==' } })"
    )
    assert sent(gateway)[1] == {
        "a": {"filename": "file", "content_type": "text/plain", "content": base64.b64encode("hé".encode()).decode()},
        "b": [{"filename": "file", "content_type": "application/octet-stream", "content": "AP8="}],
        "c": {"filename": "x", "content": "AA=="},
    }


def upstream(status: int, data: Any = None, **more: Any) -> bytes:
    meta = {"requestId": "r1", "upstream": {"status": status, "reason": "So It Is", **more}}
    return http_answer({"meta": meta} if data is None else {"data": data, "meta": meta})


def test_no_content_is_undefined(run: Run, gateway: RecordingServer) -> None:
    gateway.answer = upstream(204)
    assert run("[await shop.open() === undefined]") == [True]


@pytest.mark.parametrize(
    "answer",
    [
        upstream(402, {"error": {"message": f"no {SECRET}"}}),
        http_answer(
            {"error": f'Request failed: 402 So It Is\n{{"error":{{"message":"no {SECRET}"}}}}'}, "500 Internal Error"
        ),
    ],
    ids=["playground", "utdk"],
)  # fmt: skip
def test_an_apis_failure_is_thrown_with_its_status_and_body(run: Run, gateway: RecordingServer, answer: bytes) -> None:
    gateway.answer = answer
    error = run("shop.createOrder()", SHOP_API_KEY=SECRET)
    assert (error["name"], error["ours"], error["status"]) == ("SDKError", True, 402)
    assert error["message"] == "shop.createorder: the API answered 402 So It Is."
    assert error["body"] == {"error": {"message": "no •••"}}
    # A UTDK gateway names no request where the API refused it.
    assert error.get("requestId") == ("r1" if answer.startswith(b"HTTP/1.1 200") else None)


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (
            http_answer({"error": f"Key {SECRET} is bad.\n\x1b[2J"}, "400 Bad Request"),
            400,
            "Key ••• is bad. [2J",
        ),
        (http_answer("<html>", "200 OK"), 200, "not as a gateway answers"),
        (http_answer([1], "200 OK"), 200, "not as a gateway answers"),
        (http_answer({"error": {"code": 1}}, "403 Forbidden"), 403, '{"code":1}'),
        (upstream(200, "cut", truncated=True), 200, "longer than the gateway passes on"),
        (http_answer("", "307 Temporary Redirect", {"Location": "http://127.0.0.1:9/"}), 0, "could not be reached"),
    ],
)
def test_a_gateways_failure_says_what_is_wrong_and_no_secret(
    run: Run, gateway: RecordingServer, answer: bytes, status: int, words: str
) -> None:
    gateway.answer = answer
    error = run("shop.createOrder()", SHOP_API_KEY=SECRET)
    assert error["ours"] and error["status"] == status
    assert words in error["message"]
    assert SECRET not in json.dumps(error) and "\n" not in error["message"]


def test_a_gateway_that_is_not_there_is_named(run: Run) -> None:
    with refusing_port() as port:
        error = run("shop.open()", PLAYGROUND_GATEWAY_URL=f"http://127.0.0.1:{port}/")
    assert error["message"].startswith(f"The gateway at http://127.0.0.1:{port} could not be reached")
    assert error["status"] == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [("", "No gateway: give gatewayUrl"), ("ftp://x", "must look like"), (f"http://a:{SECRET}@x", "must look like")],
)
def test_a_gateway_address_that_cannot_be_used_is_said(run: Run, url: str, words: str) -> None:
    error = run("shop.open()", PLAYGROUND_GATEWAY_URL=url)
    assert words in error["message"] and SECRET not in error["message"]


def test_a_header_that_cannot_be_sent_is_not_quoted(run: Run) -> None:
    error = run(f"shop.open({{}}, {{ headers: {{ 'X-Key': 'a\\n{SECRET}' }} }})")
    assert error["ours"] and SECRET not in json.dumps(error)


def test_several_credentials_cannot_be_one_text(run: Run) -> None:
    assert "type: 'schemes'" in run("shop.withBoth({}, { credential: 'x' })")["message"]


def test_a_call_can_be_ended(run: Run) -> None:
    error = run("shop.open({}, { signal: AbortSignal.abort() })")
    assert error["name"] == "AbortError" and not error["ours"]


def test_bytes_come_back_as_a_blob(run: Run, gateway: RecordingServer) -> None:
    body = base64.b64encode(b"\x00\xff").decode()
    gateway.answer = upstream(200, "\x00\ufffd", headers=[["Content-Type", "image/png"]], body=body)
    found = run("(async (blob) => [blob.type, [...new Uint8Array(await blob.arrayBuffer())]])(await shop.open())")
    assert found == ["image/png", [0, 255]]
    gateway.answer = upstream(200, "a,b", headers=[["Content-Type", "text/csv"]], body="YSxi")
    assert run("shop.open()") == "a,b"


def test_it_runs_without_a_process_and_with_another_fetch(folder: Path) -> None:
    code = """
    const calls = [];
    const fetch = async (url, init) => {
      calls.push([url, init.method]);
      return { status: 200, text: async () => '{"data":1}' };
    };
    delete globalThis.process;
    const { createClient } = await import('@utdk/shop');
    const client = createClient({ gatewayUrl: 'https://gateway.example/', fetch });
    console.log(JSON.stringify([await client.open(), calls]));
    """
    done = run_module(folder, code)
    assert json.loads(done.stdout) == [1, [["https://gateway.example/tools/shop/open", "POST"]]], done.stderr


def test_a_utdk_gateway_is_called_with_names_it_knows(folder: Path, recording_server: RecordingServer) -> None:
    known = ForeignOperation(
        method="POST", base_url=recording_server.url, route="/orders/{id}", path=("id",), body_kind="properties",
        body=("note",),
    )  # fmt: skip
    with ForeignGateway(operations={"shop/createOrder": known}) as gateway:
        call = "shop.createorder({ id: 'o/1', note: 'n' })"
        code = f"import shop from '@utdk/shop'; console.log(JSON.stringify(await {call}));"
        done = run_module(folder, code, PLAYGROUND_GATEWAY_URL=gateway.url, SHOP_API_KEY="eyJ.own")
        assert done.stdout == '{"ok":true}\n', done.stderr
    assert recording_server.request.target == "/orders/o%2F1"
    assert json.loads(recording_server.request.body) == {"note": "n"}
    assert recording_server.request.header("Authorization") == "Bearer eyJ.own"
