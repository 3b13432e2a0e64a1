"""A message read for its operation is the inverse of the request: parameters style by style, bodies, servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Location, Parameter, Server, ServerVariable
from playground.paste.match import Base, bases, split_url
from playground.paste.message import PastedMessage
from playground.paste.parameters import Pairs, read_header_value, read_pairs, read_path_value
from playground.paste.read import read_message
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import FileValue, RequestModel, Value
from playground.request.parameters import header_text, path_text, query_pieces
from tests.paste.finding import Described, described
from tests.request.entries import FORM, at, make_entry

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)
plain = st.text("abc é%+&/=?#", min_size=1, max_size=6)
numbers = st.integers(-(2**70), 2**70)
STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
INTEGERS: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
objects = st.fixed_dictionaries({}, optional={"a": plain, "b": numbers}).filter(bool)
QUERY = [
    (style, explode, schema, values)
    for style, explode in [("form", True), ("form", False), ("spaceDelimited", False), ("pipeDelimited", False)]
    for schema, values in [
        (STRINGS, st.lists(plain, min_size=1, max_size=3)),
        (INTEGERS, st.lists(numbers, min_size=1, max_size=3)),
    ]
] + [("form", True, OBJECT, objects), ("form", False, OBJECT, objects), ("deepObject", True, OBJECT, objects)]


def parameter(location: Location, style: str, explode: bool, schema: Any) -> Parameter:
    return Parameter(name="p q", location=location, style=style, explode=explode, schema=schema)


@pytest.mark.parametrize(("style", "explode", "schema", "values"), QUERY)
def test_a_query_value_reads_back(style: str, explode: bool, schema: Any, values: st.SearchStrategy[Any]) -> None:
    one = parameter("query", style, explode, schema)

    # A blank or a bar inside a value is not told from the delimiter: OpenAPI's own warning on these two styles.
    delimiter = {"spaceDelimited": " +", "pipeDelimited": "|"}.get(style, "")

    @given(values)
    def check(value: Any) -> None:
        members = value if isinstance(value, list) else []
        if any(mark in str(member) for member in members for mark in delimiter):
            return
        pairs = Pairs.of("&".join(query_pieces(one, value)))
        assert {found.name: read for found, read in read_pairs([one], pairs, {})} == {"p q": value}
        assert pairs.left == []

    check()


@pytest.mark.parametrize("style", ["simple", "label", "matrix"])
@pytest.mark.parametrize("explode", [True, False])
def test_a_path_value_reads_back(style: str, explode: bool) -> None:
    @given(st.lists(plain.filter(lambda text: "." not in text), min_size=1, max_size=3), objects, plain, numbers)
    def check(many: list[str], one: dict[str, Any], text: str, number: int) -> None:
        for schema, value in (
            (STRINGS, many), (OBJECT, one), ({"type": "string"}, text), ({"type": "integer"}, number),
        ):  # fmt: skip
            described_parameter = parameter("path", style, explode, schema)
            assert read_path_value(described_parameter, path_text(described_parameter, value), {}) == value

    check()


@given(st.lists(st.text("abc é", min_size=1, max_size=4).map(str.strip).filter(bool), min_size=1, max_size=3), numbers)
def test_a_header_value_reads_back(many: list[str], number: int) -> None:
    listed = parameter("header", "simple", False, STRINGS)
    assert read_header_value(listed, header_text(listed, many), {}) == many
    counted = parameter("header", "simple", False, {"type": "integer"})
    assert read_header_value(counted, header_text(counted, number), {}) == number


MULTIPART = {"type": "object", "properties": {
    "title": {"type": "string"}, "count": {"type": "integer"}, "about": OBJECT, "tags": STRINGS,
    "file": {"type": "string", "format": "binary"}}}  # fmt: skip


@given(words, numbers, objects, st.lists(plain, min_size=1, max_size=3), st.binary(max_size=20))
def test_a_multipart_body_reads_back(
    title: str, count: int, about: dict[str, Any], tags: list[str], content: bytes
) -> None:
    entry = make_entry(media={"multipart/form-data": MULTIPART})
    file = FileValue(filename='a "b".bin', content=content, content_type="image/png")
    body: Value = {"title": title, "count": count, "about": about, "tags": tags, "file": file}
    request = build_request(entry, RequestModel(body=body))
    message = PastedMessage(
        kind="x", method="POST", url=request.url, headers=tuple(request.headers), content=request.body
    )
    assert read_message(entry, message, Base(path="/things")).model.body == body


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c d", "é"]),
        words
        | st.dictionaries(
            words.filter(lambda key: not set("[]") & set(key) and not key.isdecimal()), words, min_size=1, max_size=2
        ),
        min_size=1,
    )
)
def test_a_form_body_reads_back(body: dict[str, Any]) -> None:
    entry = make_entry(media={FORM: {"type": "object"}})
    request = build_request(entry, RequestModel(body=body))
    message = PastedMessage(
        kind="x", method="POST", url=request.url, headers=tuple(request.headers), content=request.body
    )
    read = read_message(entry, message, Base(path="/things")).model.body
    assert read == body


@given(st.text(max_size=40), st.text(max_size=40), st.binary(max_size=60), st.text(max_size=20))
def test_no_message_makes_reading_fail(url: str, header: str, content: bytes, kind: str) -> None:
    entry = make_entry(
        path="/a/{one}/{two}.{three}",
        parameters=(
            at("path", "one"), at("path", "two", STRINGS, style="label"), at("path", "three", OBJECT, style="matrix"),
            at("query", "q", OBJECT), at("query", "d", OBJECT, style="deepObject"), at("header", "X-A", OBJECT),
            at("cookie", "c", STRINGS), at("query", "j", media_type="application/json"),
        ),
        media={"multipart/form-data": MULTIPART, FORM: {"type": "object"}, "application/json": True},
    )  # fmt: skip
    headers = (("X-A", header), ("Cookie", header), ("Content-Type", kind), ("Authorization", header))
    for kinds in (kind, "multipart/form-data; boundary=x", FORM, "application/json"):
        message = PastedMessage(
            kind="x", method="POST", url=f"https://api.example.com/v1{url}", content=content,
            headers=(*headers[:2], ("Content-Type", kinds), headers[3]), user=header,
        )  # fmt: skip
        for base in list(bases(split_url(message.url), entry.provider.servers))[:3]:
            model = read_message(entry, message, base).model
            try:
                build_request(entry, model, placeholders=True)
            except RequestError as error:
                assert str(error)


SERVERS = (
    Server(url="https://api.test/v1"),
    Server(url="https://api.test/v1/beta/"),
    Server(url="https://{region}.api.test:{port}/{base}", variables=(
        ServerVariable(name="region", default="eu"), ServerVariable(name="port", default="443"),
        ServerVariable(name="base", default="v1"))),
    Server(url="/relative"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("url", "server", "variables", "path"),
    [
        ("https://api.test/v1/a?x=1", "https://api.test/v1", {}, "/a"),
        ("http://API.test/v1/a", "https://api.test/v1", {}, "/a"),
        ("https://api.test/v1/beta/a", "https://api.test/v1/beta/", {}, "/a"),
        ("https://us.api.test:8443/v1/a", SERVERS[2].url, {"region": "us", "port": "8443"}, "/a"),
        ("https://sandbox.invalid/v1/a", "sandbox", {}, "/v1/a"),
        ("https://elsewhere.test/v1/a", None, {}, "/a"),
        ("/v1/a", None, {}, "/a"),
        ("https://api.test/v10/a", None, {}, "/v10/a"),
    ],
)
def test_a_url_is_read_at_its_server(url: str, server: str | None, variables: dict[str, str], path: str) -> None:
    first = next(bases(split_url(url), SERVERS))
    assert (first.server, dict(first.variables), first.path) == (server, variables, path)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    folder: Path = tmp_path_factory.mktemp("read")
    get = {"responses": {"200": {"description": "ok"}}}
    item = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    action = {"name": "Action", "in": "query", "schema": {"type": "string"}}
    document = {
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "servers": [{"url": "https://api.test/v1"}],
        "paths": {
            "/x/{id}": {
                "get": {**get, "operationId": "one", "parameters": [item]},
                "post": {**get, "operationId": "add"},
            },
            "/x/search": {"get": {**get, "operationId": "search"}},
            "/#Action=A": {"post": {**get, "operationId": "a", "parameters": [action]}},
            "/#Action=B": {"post": {**get, "operationId": "b", "parameters": [action]}},
        },
    }  # fmt: skip
    with described(document, folder) as found:
        yield found


@pytest.mark.parametrize(
    ("text", "here", "name"),
    [
        ("https://api.test/v1/x/1", "", "one"),
        ("https://api.test/v1/x/search", "", "search"),
        ("https://api.test/v1/x/search", "one", "search"),
        ("https://api.test/v1/x/1", "add", "add"),
        ("curl -X POST https://api.test/v1/x/1", "one", "add"),
        ("curl -X POST 'https://api.test/v1/?Action=B'", "", "b"),
        ("curl https://api.test/v1/ -d Action=B", "a", "b"),
        ("curl -X POST https://api.test/v1/", "b", "b"),
        ("https://proxy.test/deep/down/v1/x/1", "", "one"),
        ("/x/1", "", "one"),
    ],
)
def test_a_message_finds_its_operation(place: Described, text: str, here: str, name: str) -> None:
    found, _ = place.read(text, here)
    assert found == name
