"""The message as a whole: Stripe's update to the byte, order of fields, merging, placeholders, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import SANDBOX, MediaType, Response, Server, ServerVariable
from playground.messages import Headers, NoContent
from playground.request.build import build_request
from playground.request.errors import BodyError, HeaderRefused, MethodRefused, MissingParameter, RequestError
from playground.request.model import RequestModel
from playground.secrets.credentials import read_credentials
from tests.request.entries import COOKIE_KEY, FORM, QUERY_KEY, at, make_entry, requirement, stripe_update

STRIPE_MODEL = RequestModel(
    parameters={"path": {"session": "cs_1"}},
    body={"line_items": [{"price_data": {"currency": "usd"}, "quantity": 2}], "metadata": {"k": "v"}, "expand": ["a"]},
)


def test_stripes_update_is_these_bytes() -> None:
    request = build_request(stripe_update(), STRIPE_MODEL, read_credentials({"type": "bearer_token", "token": "sk_x"}))
    assert request.method == "POST"
    assert request.url == "https://api.stripe.com/v1/checkout/sessions/cs_1"
    assert request.headers.pairs == (
        ("Authorization", "Bearer sk_x"),
        ("Content-Type", FORM),
        ("Accept", "application/json"),
    )
    assert request.body == (
        b"line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&metadata[k]=v&expand[0]=a"
    )


def test_the_sandbox_gets_the_same_message() -> None:
    model = RequestModel(server=SANDBOX, parameters=STRIPE_MODEL.parameters, body=STRIPE_MODEL.body)
    assert build_request(stripe_update(), model) == build_request(stripe_update(), STRIPE_MODEL)


def test_nothing_given_is_nothing_sent() -> None:
    request = build_request(make_entry(media={"application/json": {"type": "object"}}), RequestModel())
    assert request.content == NoContent()
    assert request.headers == Headers((("Accept", "*/*"),))
    assert request.url == "https://api.example.com/v1/things"


def test_one_name_in_every_location_stays_apart() -> None:
    entry = make_entry(
        method="get",
        path="/x/{id}",
        parameters=(at("path", "id"), at("query", "id"), at("header", "id"), at("cookie", "id")),
    )
    model = RequestModel(parameters={"path": {"id": 1}, "query": {"id": 2}, "header": {"id": 3}, "cookie": {"id": 4}})
    request = build_request(entry, model)
    assert (request.method, request.url) == ("GET", "https://api.example.com/v1/x/1?id=2")
    assert request.headers.pairs == (("Accept", "*/*"), ("id", "3"), ("Cookie", "id=4"))


def test_fields_stand_in_one_order_and_secrets_take_their_places() -> None:
    entry = make_entry(
        parameters=(at("cookie", "a"), at("header", "X-B"), at("query", "q"), at("cookie", "c")),
        media={"application/json": True},
        security=(requirement("queryKey", "cookieKey"),),
        schemes=(QUERY_KEY, COOKIE_KEY),
    )
    model = RequestModel(
        parameters={"query": {"q": "1"}, "header": {"X-B": "b"}, "cookie": {"a": "1", "c": "2"}}, body={"a": 1}
    )
    credentials = read_credentials(
        {
            "credential": {"type": "schemes", "schemes": {
                "queryKey": {"type": "api_key", "value": "k&1"}, "cookieKey": {"type": "api_key", "value": "s;1"}}},
            "customHeaders": {"Acme-Version": "2", "Accept": "text/csv"},
        }
    )  # fmt: skip
    request = build_request(entry, model, credentials)
    assert request.url == "https://api.example.com/v1/things?q=1&api%20key=k%261"
    assert request.headers.pairs == (
        ("Acme-Version", "2"),
        ("Accept", "text/csv"),
        ("Content-Type", "application/json"),
        ("X-B", "b"),
        ("Cookie", "a=1; c=2; sid=s%3B1"),
    )
    assert request.body == b'{"a":1}'


def test_a_query_written_in_the_path_is_merged() -> None:
    entry = make_entry(path="/x?Action=List&q={q}#frag", parameters=(at("query", "q"), at("query", "r")))
    given = RequestModel(parameters={"query": {"q": "1", "r": "2"}})
    assert build_request(entry, given).url == "https://api.example.com/v1/x?Action=List&q=1&r=2"
    assert build_request(entry, RequestModel()).url == "https://api.example.com/v1/x?Action=List"


def test_declared_accept_and_content_type_win_over_the_defaults() -> None:
    entry = make_entry(
        parameters=(at("header", "accept"), at("header", "Content-Type")),
        media={"application/json": True},
        responses=(Response(status="200", media_types=(MediaType(name="text/xml"), MediaType(name="text/json"))),),
    )
    assert build_request(entry, RequestModel(body=1)).headers.pairs == (
        ("Content-Type", "application/json"),
        ("Accept", "text/json"),
    )
    model = RequestModel(parameters={"header": {"accept": "text/xml", "Content-Type": "application/json;v=2"}}, body=1)
    assert build_request(entry, model).headers.pairs == (
        ("Content-Type", "application/json;v=2"),
        ("accept", "text/xml"),
    )


def test_the_boundary_survives_a_declared_content_type() -> None:
    entry = make_entry(parameters=(at("header", "Content-Type"),), media={"multipart/form-data": True})
    model = RequestModel(parameters={"header": {"Content-Type": "multipart/form-data"}}, body={"a": "b"})
    request = build_request(entry, model, boundary="BB")
    assert request.headers.get_all("content-type") == ("multipart/form-data; boundary=BB",)


def test_an_authorization_parameter_is_sent_unless_a_credential_is() -> None:
    entry = make_entry(parameters=(at("header", "Authorization"),))
    model = RequestModel(parameters={"header": {"Authorization": "token t"}})
    assert build_request(entry, model).headers.get("authorization") == "token t"
    sent = build_request(entry, model, read_credentials({"type": "bearer", "token": "b"}))
    assert sent.headers.get_all("authorization") == ("Bearer b",)


@pytest.mark.parametrize(
    "name",
    ["Host", "content-length", "Transfer-Encoding", "Connection", "Keep-Alive", "TE", "Trailer", "Upgrade", "Expect",
     "Forwarded", "X-Forwarded-For", "X-Forwarded-Whatever", "Proxy-Authorization", "Via", "X A", "X:A", "", "X\r\nA",
     "É"],
)  # fmt: skip
def test_reserved_and_malformed_header_names_are_refused(name: str) -> None:
    entry = make_entry(parameters=(at("header", name),))
    with pytest.raises(HeaderRefused) as caught:
        build_request(entry, RequestModel(parameters={"header": {name: "x"}}))
    assert caught.value.field == f"header.{name}"
    assert "\n" not in str(caught.value)
    assert build_request(entry, RequestModel()).headers.pairs == (("Accept", "*/*"),)


def test_a_declared_cookie_header_joins_the_cookies() -> None:
    entry = make_entry(parameters=(at("header", "Cookie"), at("cookie", "b")))
    model = RequestModel(parameters={"header": {"Cookie": "a=1"}, "cookie": {"b": "2"}})
    assert build_request(entry, model).headers.get_all("cookie") == ("a=1; b=2",)


@pytest.mark.parametrize("method", ["TRACE", "connect", "GET / HTTP/1.1\r\nX:", ""])
def test_methods_that_are_never_sent_are_refused(method: str) -> None:
    with pytest.raises(MethodRefused):
        build_request(make_entry(method=method), RequestModel())


def test_placeholders_show_what_is_missing() -> None:
    entry = stripe_update()
    request = build_request(entry, RequestModel(raw="{not json"), placeholders=True)
    assert request.url == "https://api.stripe.com/v1/checkout/sessions/{session}"
    assert request.body == b"{not json"
    nowhere = make_entry(servers=())
    assert build_request(nowhere, RequestModel(), placeholders=True).url == "{server}/things"
    regional = make_entry(servers=(Server(url="https://{region}.x", variables=(ServerVariable(name="region"),)),))
    assert build_request(regional, RequestModel(), placeholders=True).url == "https://{region}.x/things"
    assert build_request(entry, RequestModel(body=3, media_type="a/b", raw="[1]"), placeholders=True).body == b"[1]"


def test_without_placeholders_what_is_missing_is_named() -> None:
    with pytest.raises(MissingParameter, match="session"):
        build_request(stripe_update(), RequestModel())


def test_a_value_too_deep_to_write_is_one_sentence() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    entry = make_entry(media={"application/json": True, FORM: True}, parameters=(at("query", "q"),))
    models = [
        RequestModel(body=deep),
        RequestModel(body={"a": deep}, media_type=FORM),
        RequestModel(parameters={"query": {"q": deep}}),
    ]
    for model in models:
        with pytest.raises(BodyError, match="deep"):
            build_request(entry, model)


def test_every_error_is_a_request_error_of_one_sentence() -> None:
    cases = [
        (stripe_update(), RequestModel()),
        (make_entry(servers=()), RequestModel()),
        (make_entry(), RequestModel(body=1)),
    ]
    for entry, model in cases:
        with pytest.raises(RequestError) as caught:
            build_request(entry, model)
        assert str(caught.value).endswith(".")
        assert "\n" not in str(caught.value)
