"""Calls read from the wire: both dialects, credentials, options; what is no call is one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Parameter
from playground.gateway.errors import GatewayError
from playground.gateway.protocol import ACCEPT, WireCall, read_call, write_credentials
from playground.jsontext import NumberText
from playground.messages import Headers
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
        (b'{"args":{},"options":{"form_objects":"x"}}', JSON, 400, "“options.form_objects” must be json, brackets"),
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
