from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Parameter
from playground.gateway.answer import Answer
from playground.gateway.envelope import write_answer
from playground.gateway.errors import GatewayError
from playground.gateway.protocol import ACCEPT, WireCall, read_call, write_credentials
from playground.jsontext import NumberText
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.secrets.credentials import ApiKey, Basic, Bearer, Credentials, NoCredential, read_credentials
from tests.gateway.entries import BEARER, HEADER_KEY, OTHER_KEY, entry

JSON = "application/json"


def read(value: Any, headers: dict[str, str] | None = None, **changes: Any) -> WireCall:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_call(body, JSON, Headers.of((headers or {}).items()), entry(**changes))


def test_arguments_alone_are_the_flat_dialect() -> None:
    call = read({"session": "cs_1", "metadata": {"k": "v"}}, {"Authorization": "Bearer sk_1"})
    assert call.dialect == "flat"
    assert call.arguments == {"session": "cs_1", "metadata": {"k": "v"}}
    assert call.credentials.single == Bearer(token="sk_1")
    assert not call.own


def test_an_envelope_is_the_wrapped_dialect_with_credential_and_options() -> None:
    call = read({
        "args": {"session": "cs_1"},
        "credential": {"type": "basic", "username": "u", "password": "p"},
        "options": {
            "server": "https://x", "server_variables": {"a": "b"}, "media_type": JSON, "raw": "{}",
            "security": ["token"],
        },
        "profile": "work",
    }, {"Accept": f"{ACCEPT}, */*", "Authorization": "Bearer of-the-gateway"})  # fmt: skip
    assert call == WireCall(
        arguments={"session": "cs_1"},
        credentials=Credentials(single=Basic(username="u", password="p")),
        server="https://x",
        server_variables={"a": "b"},
        media_type=JSON,
        raw="{}",
        security=("token",),
        dialect="wrapped",
        own=True,
    )


@pytest.mark.parametrize("value", [{"args": [1]}, {"args": "x"}, {"args": {}, "session": "cs_1"}, {"credential": {}}])
def test_anything_else_beside_args_or_args_that_are_no_object_is_flat(value: dict[str, Any]) -> None:
    assert read(value).dialect == "flat"
    assert read(value).arguments == value


def test_an_operation_with_an_input_called_args_is_flat() -> None:
    parameters = (Parameter(name="args", location="query", style="form", explode=True),)
    assert read({"args": {"a": 1}}, parameters=parameters).dialect == "flat"


def test_stream_becomes_an_argument_only_where_the_operation_knows_it() -> None:
    assert read({"args": {}, "stream": True}).arguments == {}
    parameters = (Parameter(name="stream", location="query", style="form", explode=True),)
    assert read({"args": {}, "stream": True}, parameters=parameters).arguments == {"stream": True}


def test_a_credential_of_another_provider_is_dropped() -> None:
    stored = {"provider": "github", "credential": {"type": "bearer", "token": "ghp"}}
    assert not read({"args": {}, "credential": stored}).credentials


@pytest.mark.parametrize(
    ("headers", "schemes", "expected"),
    [
        ({}, BEARER, None),
        ({"authorization": "bearer  x "}, BEARER, Bearer(token="x")),
        ({"Authorization": "Bearer eyJhbGciOi.x.y"}, BEARER, Bearer(token="eyJhbGciOi.x.y")),
        ({"Authorization": "Token abc"}, BEARER, Bearer(token="Token abc")),
        ({"Authorization": "sk_1", "X-Api-Key": "k"}, BEARER, Bearer(token="sk_1")),
        ({"Authorization": "Basic dTpwOnE="}, BEARER, Basic(username="u", password="p:q")),
        ({"Authorization": "Basic ???"}, BEARER, Bearer(token="Basic ???")),
        ({"X-Api-Key": "k"}, HEADER_KEY, ApiKey(value="k", name="X-Api-Key", location="header")),
        ({"Api-Key": "k"}, None, ApiKey(value="k", name="Api-Key", location="header")),
        ({"DD-API-KEY": "k"}, BEARER, ApiKey(value="k", name="DD-API-KEY", location="header")),
        ({"X-Api-Key": "k"}, OTHER_KEY, ApiKey(value="k")),
    ],
)
def test_a_flat_calls_credential_is_the_first_header_that_is_there(
    headers: dict[str, str], schemes: Any, expected: Any
) -> None:
    assert read({}, headers, scheme=schemes).credentials.single == expected


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_no_body_is_no_arguments(body: bytes) -> None:
    assert read(body).arguments == {}


@pytest.mark.parametrize(
    ("body", "content_type", "status", "sentence"),
    [
        (b"{", JSON, 400, "This is not valid JSON"),
        (b'{"a":NaN}', JSON, 400, "This is not valid JSON"),
        (b"[" * 100_000, JSON, 400, "nested too deeply"),
        (b"[1]", JSON, 400, "must be a JSON object"),
        (b'"x"', JSON, 400, "must be a JSON object"),
        (b"\xff", JSON, 400, "not UTF-8"),
        (b"a=1", "application/x-www-form-urlencoded", 415, "application/json"),
        (b'{"a":1}', "text/plain", 415, "application/json"),
        (b'{"args":{},"options":[]}', JSON, 400, "“options” must be an object"),
        (b'{"args":{},"options":{"url":"x"}}', JSON, 400, "“options” may hold"),
        (b'{"args":{},"options":{"raw":1}}', JSON, 400, "“options.raw” must be a text"),
        (b'{"args":{},"options":{"server_variables":{"a":1}}}', JSON, 400, "“options.server_variables” must be"),
        (b'{"args":{},"options":{"security":"x"}}', JSON, 400, "“options.security” must be a list"),
        (b'{"args":{},"credential":"canary"}', JSON, 400, "A credential must be an object"),
        (b'{"args":{},"credential":{"type":"canary"}}', JSON, 400, "The credential's type must be"),
    ],
)
def test_a_body_that_is_no_call_gets_one_sentence(body: bytes, content_type: str, status: int, sentence: str) -> None:
    with pytest.raises(GatewayError, match=sentence) as caught:
        read_call(body, content_type, Headers(), entry())
    assert caught.value.status == status
    assert "canary" not in str(caught.value)


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_no_body_whatever_raises_anything_else(body: bytes) -> None:
    try:
        read_call(body, JSON, Headers(), entry())
    except GatewayError as error:
        assert str(error)


def answer(body: bytes, media_type: str = JSON, status: int = 200, reason: str = "OK", **changes: Any) -> Answer:
    response = HTTPResponse(
        status=status, reason=reason, headers=Headers((("Content-Type", media_type), ("X-A", "1"), ("X-A", "2"))),
        body=body, timings=(("dns", 1.23456), ("total", 9.0)), **changes,
    )  # fmt: skip
    request = HTTPRequest(method="POST", url="https://api.example.com/v1?key=•••")
    return Answer(request=request, response=response, request_id="r1", duration_ms=12.3456)


def test_data_is_the_apis_json_to_the_last_digit() -> None:
    text = b'{"n": 1.0, "big": 123456789012345678901234567890, "e": 1E5, "z": 0.10, "t": "\\u00e9"}'
    status, body = write_answer(answer(text), own=False)
    assert status == 200
    assert body.startswith(b'{"data":' + text + b',"meta":{')
    meta = json.loads(body)["meta"]
    assert (meta["requestId"], meta["durationMs"]) == ("r1", 12.346)
    assert meta["upstream"]["timings"] == {"dns": 1.235, "total": 9.0}
    assert meta["upstream"]["headers"] == [["Content-Type", JSON], ["X-A", "1"], ["X-A", "2"]]
    assert set(json.loads(body)) == {"data", "meta"}
    assert "body" not in meta["upstream"]


@pytest.mark.parametrize(
    ("body", "media_type", "data"),
    [
        (b"hello", "text/plain", "hello"),
        (b"caf\xe9", "text/plain; charset=ISO-8859-1", "café"),
        (b"\xff\xfe\x00", "application/octet-stream", "��\x00"),
        (b'{"a":', JSON, '{"a":'),
        (b'\xef\xbb\xbf{"a":1}', "application/problem+json", {"a": 1}),
        (b"[1]", "text/plain", "[1]"),
        (b"null", JSON, None),
    ],
)
def test_data_that_is_not_json_is_text(body: bytes, media_type: str, data: Any) -> None:
    assert json.loads(write_answer(answer(body, media_type), own=False)[1])["data"] == data


@pytest.mark.parametrize("status", [200, 204, 205])
def test_an_answer_without_content_has_no_data(status: int) -> None:
    _, body = write_answer(answer(b"" if status == 200 else b"x", status=status), own=False)
    assert set(json.loads(body)) == {"meta"}


@pytest.mark.parametrize("status", [404, 500, 302])
def test_an_apis_failure_is_a_500_with_its_text_for_others_and_an_answer_for_us(status: int) -> None:
    failed = answer(b'{"error":{"code":"x"}}', status=status, reason="Not Found")
    code, body = write_answer(failed, own=False)
    assert code == 500
    assert json.loads(body) == {"error": f'Request failed: {status} Not Found\n{{"error":{{"code":"x"}}}}'}
    code, body = write_answer(failed, own=True)
    assert code == 200
    value = json.loads(body)
    assert value["data"] == {"error": {"code": "x"}}
    upstream = value["meta"]["upstream"]
    assert (upstream["status"], upstream["reason"], upstream["method"]) == (status, "Not Found", "POST")
    assert upstream["url"] == "https://api.example.com/v1?key=•••"
    assert base64.b64decode(upstream["body"]) == b'{"error":{"code":"x"}}'


def test_our_own_failure_is_one_string() -> None:
    assert write_answer(Answer(error="No.", status=502), own=False) == (502, b'{"error":"No."}')


def test_our_own_client_is_told_how_far_the_call_came() -> None:
    given = Answer(error="No.", status=400, step="request", field="path.id", request_id="r1", duration_ms=1.5)
    status, body = write_answer(given, own=True)
    assert (status, json.loads(body)) == (
        400,
        {"error": "No.", "meta": {"requestId": "r1", "durationMs": 1.5, "step": "request", "field": "path.id"}},
    )


secret = st.text("abcXYZ0189-_.~é☃", min_size=1, max_size=20)
credential = st.one_of(
    st.builds(lambda token: Bearer(token=token), secret),
    st.builds(lambda token: Bearer(token=token, scheme="DPoP"), secret),
    st.builds(lambda username, password: Basic(username=username, password=password), secret, secret),
    st.builds(
        lambda value, name, location: ApiKey(value=value, name=name, location=location if name else ""),
        secret, st.sampled_from(["", "X-Key", "sid"]), st.sampled_from(["header", "query", "cookie"]),
    ),
    st.just(NoCredential()),
)  # fmt: skip


@given(
    st.none() | credential,
    st.dictionaries(st.sampled_from(["one", "two"]), credential),
    st.dictionaries(st.sampled_from(["X-One", "X-Two"]), secret),
)
def test_credentials_written_are_read_back(single: Any, schemes: Any, headers: Any) -> None:
    credentials = Credentials(single=None if schemes else single, schemes=schemes, headers=headers)
    assert read_credentials(json.loads(json.dumps(write_credentials(credentials)))) == credentials


def test_exact_numbers_arrive_in_arguments() -> None:
    call = read(b'{"session":"x","metadata":{"a":1.0,"b":12345678901234567890}}')
    assert call.arguments["metadata"] == {"a": NumberText("1.0"), "b": 12345678901234567890}
