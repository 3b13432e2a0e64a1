"""Messages are values: headers keep order, content knows its bytes, repr keeps secrets."""

from __future__ import annotations

from playground.messages import (
    BinaryContent,
    FormContent,
    Headers,
    HTTPRequest,
    HTTPResponse,
    JSONContent,
    MultipartContent,
    NoContent,
    Part,
    TextContent,
)


def test_headers_keep_order_and_repeats_and_compare_without_case() -> None:
    headers = Headers.of([("A", "1"), ("b", "2"), ("a", "3")])
    assert headers.get("a") == "1"
    assert headers.get_all("A") == ("1", "3")
    assert "B" in headers
    assert "c" not in headers
    assert len(headers.without("a")) == 1
    assert list(headers.replacing("a", "9")) == [("a", "9"), ("b", "2")] or list(headers.replacing("a", "9")) == [
        ("A", "9"),
        ("b", "2"),
    ]
    assert list(Headers().replacing("X", "1")) == [("X", "1")]


def test_content_knows_its_bytes() -> None:
    assert NoContent().body == b""
    assert TextContent(text="é").body == "é".encode()
    assert JSONContent(text="{}").body == b"{}"
    assert FormContent(pairs=(("a", "b c"),), text="a=b+c").body == b"a=b+c"
    assert BinaryContent(data=b"\0").body == b"\0"


def test_multipart_names_cannot_inject_a_header() -> None:
    part = Part(name='a"\r\nX: y', data=b"1", filename='f"\n.txt', content_type="text/plain")
    body = MultipartContent(parts=(part,), boundary="b").body
    assert body == (
        b'--b\r\nContent-Disposition: form-data; name="a%22%0D%0AX: y"; filename="f%22%0A.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n1\r\n--b--\r\n"
    )


def test_repr_shows_neither_query_nor_headers_nor_content() -> None:
    request = HTTPRequest(
        method="GET",
        url="https://x.example/a?key=canary",
        headers=Headers.of([("Authorization", "canary")]),
        content=TextContent(text="canary"),
    )
    assert "canary" not in repr(request)
    assert "canary" not in repr(HTTPResponse(status=200, body=b"canary"))


def test_media_type_is_lower_case_without_parameters() -> None:
    assert HTTPResponse(status=200, headers=Headers.of([("content-type", "Text/HTML; x=y")])).media_type == "text/html"
    assert HTTPResponse(status=200).media_type == ""
