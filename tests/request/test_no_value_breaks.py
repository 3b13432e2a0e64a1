"""Whatever is typed, the URL keeps its parts, each value is encoded once, and no header field is added or cut off."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from playground import jsontext
from playground.messages import HTTPRequest
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from tests.request.entries import FORM, at, make_entry

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "..",
        "%2e%2e",
        "//evil.test/",
        "a/../b",
        "?x=1#y",
        "a&b=c",
        "%00",
        "\r\nX-Evil: 1",
        "\\evil.test",
        "@evil.test",
        ";",
        "a,b",
        "[]",
    ]
)
ENTRY = make_entry(
    path="/a/{one}/b.{two}/c",
    parameters=(
        at("path", "one", {"type": "string"}),
        at("path", "two", {"type": "string"}),
        at("query", "q", {"type": "string"}),
        at("query", "list", {"type": "array", "items": {"type": "string"}}),
        at("query", "deep", {"type": "object"}, style="deepObject"),
        at("header", "X-One", {"type": "string"}),
        at("header", "X-List", {"type": "array", "items": {"type": "string"}}),
        at("cookie", "c", {"type": "string"}),
    ),
    media={FORM: {"type": "object"}},
)


def built(parameters: dict[Any, Any], body: Any) -> HTTPRequest | None:
    try:
        return build_request(ENTRY, RequestModel(parameters=parameters, body=body))
    except RequestError as error:
        assert str(error)
        return None


@given(texts, texts, texts, st.lists(texts, max_size=3), st.dictionaries(texts, texts, max_size=3))
def test_a_url_keeps_its_parts_and_each_value(
    one: str, two: str, query: str, many: list[str], deep: dict[str, str]
) -> None:
    request = built(
        {"path": {"one": one, "two": two}, "query": {"q": query, "list": many, "deep": deep}}, {"f": query, "g": deep}
    )
    if request is None:
        # Refused is only a hole in the path, and what may be read as a dot segment however often it is decoded.
        assert "" in (one, two) or "." in one + two or "%" in one + two
        return
    parts = urlsplit(request.url)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "api.example.com", "")
    assert request.url.isascii()
    assert not re.search(r"[\x00-\x20\x7f\"<>\\\\^`{|}]", request.url)
    segments = parts.path.split("/")
    assert [unquote(segment) for segment in segments] == ["", "v1", "a", one, f"b.{two}", "c"]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    assert pairs == [("q", query), *(("list", each) for each in many), *((f"deep[{k}]", v) for k, v in deep.items())]
    assert parse_qsl(request.body.decode("ascii"), keep_blank_values=True) == [
        ("f", query), ("g", jsontext.dumps(deep).encode("utf-16", "surrogatepass").decode("utf-16", "replace")),
    ]  # fmt: skip


@given(texts, st.lists(texts, max_size=3), texts)
def test_no_header_field_is_added_or_cut_off(one: str, many: list[str], cookie: str) -> None:
    given_values = {"path": {"one": "1", "two": "2"}, "header": {"X-One": one, "X-List": many}, "cookie": {"c": cookie}}
    request = built(given_values, {"f": "1"})
    if request is None:
        assert re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]", one + "".join(many))
        return
    assert [name for name, _ in request.headers] == ["Content-Type", "Accept", "X-One", "X-List", "Cookie"]
    for _, value in request.headers:
        assert not re.search(r"[\r\n\x00]", value)
    assert request.headers.get("X-One") == one.strip(" \t")
    name, _, value = (request.headers.get("Cookie") or "").partition("=")
    assert (name, unquote(value)) == ("c", cookie)
    assert ";" not in value
