"""Bodies: JSON as typed, forms, multipart, text, files, XML, and raw text in their place."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Encoding, Entry, MediaType, Response
from playground.jsontext import NumberText
from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent, NoContent, TextContent
from playground.request.bodies.form import form_content
from playground.request.bodies.write import build_content
from playground.request.errors import BodyError
from playground.request.media_types import accept
from playground.request.model import ABSENT, FileValue, Nesting, RequestModel
from tests.request.entries import FORM, at, make_entry

FILE = FileValue(filename="a.png", content=b"\x89PNG\r\n--b\x00", content_type="image/png")


def sent(name: str, body: Any = ABSENT, *, raw: str | None = None, chosen: str | None = None, **more: Any) -> Any:
    """Return content and Content-Type of a body for an operation that takes one media type."""
    schema = more.pop("schema", True)
    entry = make_entry(media={name: schema}, encoding=more.pop("encoding", None), definitions=more.pop("defs", None))
    return build_content(entry, RequestModel(body=body, raw=raw, media_type=chosen), **more)


def form(body: Any, **encoding: Encoding) -> str:
    return form_content(body, encoding).text


# JSON


def test_json_is_compact_and_keeps_how_numbers_were_written() -> None:
    body = {"b": NumberText("1.0"), "a": [None, True, "é"], "c": 2**60}
    assert sent("application/json", body) == (
        JSONContent(text='{"b":1.0,"a":[null,true,"é"],"c":1152921504606846976}'),
        "application/json",
    )
    assert sent("application/json", "text")[0].text == '"text"'
    assert sent("application/json", None)[0].text == "null"
    assert sent("application/json", {"f": FILE})[0].text == '{"f":"iVBORw0KLS1iAA=="}'


def test_raw_json_is_sent_to_the_letter() -> None:
    raw = '{ "a" : 1.00,\n "a": 2 }\n'
    assert sent("application/vnd.acme+json; v=1", {"ignored": 1}, raw=raw) == (
        JSONContent(text=raw),
        "application/vnd.acme+json; v=1",
    )


def test_raw_text_that_is_not_json_is_named_with_its_place() -> None:
    for name in ("application/json", FORM, "multipart/form-data"):
        with pytest.raises(BodyError, match=r"line 1, column 2") as caught:
            sent(name, raw="{x")
        assert caught.value.field == "body~raw"
        assert sent(name, raw="{x", placeholders=True)[0].body == b"{x"


@pytest.mark.parametrize("name", ["application/json", FORM, "text/plain", "multipart/form-data", "*/*"])
def test_nothing_given_sends_neither_content_nor_type(name: str) -> None:
    assert sent(name) == (NoContent(), None)
    assert sent(name, raw=" \n") == (NoContent(), None)


def test_an_operation_without_a_body_refuses_one() -> None:
    with pytest.raises(BodyError):
        build_content(make_entry(), RequestModel(body={}))
    assert build_content(make_entry(), RequestModel(body={}), placeholders=True) == (NoContent(), None)


# Forms


def test_a_form_without_encoding_repeats_lists_and_writes_objects_as_json() -> None:
    body: Any = {
        "a": ["x", "y"],
        "b": {"c": {"d": 1}},
        "e": [{"f": True}, {"f": None}, [1]],
        "g": None,
        "h": [],
        "i": "",
    }
    assert parse_qsl(form(body), keep_blank_values=True) == [
        ("a", "x"), ("a", "y"), ("b", '{"c":{"d":1}}'), ("e", '{"f":true}'), ("e", '{"f":null}'), ("e", "[1]"),
        ("g", ""), ("i", ""),
    ]  # fmt: skip
    in_brackets = form_content(body, {}, Nesting(objects="brackets")).text
    assert in_brackets == "a[0]=x&a[1]=y&b[c][d]=1&e[0][f]=true&e[1][f]=&e[2][0]=1&g=&i="


def test_form_values_are_written_as_browsers_write_them() -> None:
    assert form({"a b": "c d", "é&=": "+%~*-._\n"}) == "a+b=c+d&%C3%A9%26%3D=%2B%25%7E*-._%0A"
    assert form({"a[b]": "[x]"}) == "a[b]=%5Bx%5D"
    assert form({"u": "a/b?c&d"}, u=Encoding(allow_reserved=True)) == "u=a/b?c%26d"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(Encoding(style="form", explode=True), "c=1&c=2&R=1"), (Encoding(style="form", explode=False), "c=1,2&o=R,1"),
     (Encoding(style="form"), "c=1&c=2&R=1"), (Encoding(explode=False), "c=1,2&o=R,1"),
     (Encoding(style="spaceDelimited"), "c=1+2&o=R+1"), (Encoding(style="pipeDelimited"), "c=1%7C2&o=R%7C1"),
     (Encoding(style="deepObject", explode=True), "c[0]=1&c[1]=2&o[R]=1"),
     (Encoding(content_type="application/json"), "c=%5B1%2C2%5D&o=%7B%22R%22%3A1%7D"),
     (Encoding(content_type="application/json", style="deepObject"), "c[0]=1&c[1]=2&o[R]=1")],
)  # fmt: skip
def test_encoding_objects_choose_the_style(encoding: Encoding, text: str) -> None:
    assert form({"c": [1, 2], "o": {"R": 1}}, c=encoding, o=encoding) == text


def test_raw_json_of_a_form_is_form_encoded() -> None:
    content, name = sent(FORM, raw='{"a": {"b": 1.0}}')
    text = "a=%7B%22b%22%3A1.0%7D"
    assert (content, name) == (FormContent(pairs=(("a", '{"b":1.0}'),), text=text), FORM)


def test_a_form_body_that_is_text_or_a_list_is_sent_as_it_stands() -> None:
    assert sent(FORM, "a=b&c=d e")[0] == TextContent(text="a=b&c=d e")
    content, name = sent(FORM, [{"a": 1, "b": "x y"}, {"a": 2}, "c=3"])
    assert (content.text, name) == ("a=1&b=x+y&a=2&c=3", FORM)


@pytest.mark.parametrize(("body", "name"), [
    ([1], "multipart/form-data"), ("a=b", "multipart/form-data"), (3, FORM), (None, FORM), ([1, [2]], FORM),
])  # fmt: skip
def test_a_form_must_be_an_object(body: Any, name: str) -> None:
    with pytest.raises(BodyError, match="object"):
        sent(name, body)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    )
)
def test_any_flat_form_reads_back(body: dict[str, str]) -> None:
    content = form_content(body, {})
    assert isinstance(content, FormContent)
    expected = list(body.items())
    assert parse_qsl(content.text, keep_blank_values=True, strict_parsing=bool(body)) == expected
    assert list(content.pairs) == expected


# Multipart


def parts_of(content: MultipartContent) -> list[tuple[dict[str, str], bytes]]:
    head = f"Content-Type: multipart/form-data; boundary={content.boundary}\r\n\r\n".encode()
    message = message_from_bytes(head + content.body, policy=HTTP)
    parts: list[tuple[dict[str, str], bytes]] = []
    for part in message.iter_parts():
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        parts.append((dict(part.items()), data))
    return parts


def test_multipart_writes_files_lists_json_and_text() -> None:
    schema = {"type": "object", "properties": {"asText": {"type": "string", "format": "binary"}}}
    body = {"file": FILE, "files": [FILE, FILE], "tags": ["a", "b"], "meta": {"k": [1]}, "n": 1, "asText": "hello"}
    content, name = sent("multipart/form-data", body, schema=schema, boundary="BOUND")
    assert name == "multipart/form-data; boundary=BOUND"
    image = {"Content-Type": "image/png"}
    assert parts_of(content) == [
        ({"Content-Disposition": 'form-data; name="file"; filename="a.png"', **image}, FILE.content),
        ({"Content-Disposition": 'form-data; name="files"; filename="a.png"', **image}, FILE.content),
        ({"Content-Disposition": 'form-data; name="files"; filename="a.png"', **image}, FILE.content),
        ({"Content-Disposition": 'form-data; name="tags"'}, b"a"),
        ({"Content-Disposition": 'form-data; name="tags"'}, b"b"),
        ({"Content-Disposition": 'form-data; name="meta"', "Content-Type": "application/json"}, b'{"k":[1]}'),
        ({"Content-Disposition": 'form-data; name="n"'}, b"1"),
        (
            {
                "Content-Disposition": 'form-data; name="asText"; filename="asText"',
                "Content-Type": "application/octet-stream",
            },
            b"hello",
        ),
    ]


def test_multipart_encoding_sets_type_and_fixed_headers() -> None:
    encoding = {
        "a": Encoding(content_type="text/csv", headers=(at("header", "X-Part", {"default": "1"}),
                                                        at("header", "Content-Type", {"default": "no"}),
                                                        at("header", "X-Bad", {"const": "a\r\nb"}))),
        "f": Encoding(content_type="image/jpeg, image/*"),
        "g": Encoding(content_type="application/pdf"),
        "j": Encoding(content_type="application/json"),
        "d": Encoding(style="deepObject", explode=True),
    }  # fmt: skip
    body = {"a": "x", "f": FILE, "g": FILE, "j": "s", "d": {"k": 1}}
    content, _ = sent("multipart/form-data", body, encoding=encoding)
    assert [(part.name, part.content_type, part.headers) for part in content.parts] == [
        ("a", "text/csv", (("X-Part", "1"),)),
        ("f", "image/png", ()),
        ("g", "application/pdf", ()),
        ("j", "application/json", ()),
        ("d[k]", None, ()),
    ]
    assert content.parts[3].data == b'"s"'


def test_a_boundary_is_random_and_never_in_the_content() -> None:
    one, other = (sent("multipart/form-data", {"a": "b"})[0].boundary for _ in range(2))
    assert one != other
    content, _ = sent("multipart/form-data", {"a": "--BB", "b": "BBx"}, boundary="BB")
    assert not any(content.boundary.encode() in part.data for part in content.parts)
    assert content == sent("multipart/form-data", {"a": "--BB", "b": "BBx"}, boundary="BB")[0]
    assert sent("multipart/form-data", {"a": "b"}, boundary='"\r\n')[0].boundary.startswith("----playground")


def test_names_files_and_types_cannot_add_headers() -> None:
    file = FileValue(filename='a"\r\nX-Evil: 1', content=b"", content_type="image/png\r\nX-Evil: 1")
    content, _ = sent("multipart/form-data", {'n"\r\nX-Evil: 1': file}, boundary="BB")
    ((headers, _),) = parts_of(content)
    assert set(headers) == {"Content-Disposition", "Content-Type"}
    assert headers["Content-Type"] == "application/octet-stream"


# Everything else


@pytest.mark.parametrize(
    ("name", "body", "content", "sent_as"),
    [
        ("text/plain", "a\r\nb", TextContent(text="a\r\nb"), "text/plain"),
        ("text/plain; charset=utf-8", 3, TextContent(text="3"), "text/plain; charset=utf-8"),
        ("text/csv", {"a": 1}, TextContent(text='{"a":1}'), "text/csv"),
        (
            "application/octet-stream",
            FILE,
            BinaryContent(data=FILE.content, filename="a.png"),
            "application/octet-stream",
        ),
        ("application/octet-stream", "x", TextContent(text="x"), "application/octet-stream"),
        ("image/*", FILE, BinaryContent(data=FILE.content, filename="a.png"), "image/png"),
        ("*/*", FILE, BinaryContent(data=FILE.content, filename="a.png"), "image/png"),
        ("*/*", {"a": 1}, JSONContent(text='{"a":1}'), "application/json"),
        ("application/*", [1], JSONContent(text="[1]"), "application/json"),
        ("*/*", "x", TextContent(text="x"), "text/plain"),
        ("application/*", "x", TextContent(text="x"), "text/plain"),
        ("application/*+json", {"a": 1}, JSONContent(text='{"a":1}'), "application/json"),
        ("", {"a": 1}, JSONContent(text='{"a":1}'), "application/json"),
        ("not a media type", "x", JSONContent(text='"x"'), "application/json"),
        ("application/x-ndjson", [{"a": 1}, 2], TextContent(text='{"a":1}\n2\n'), "application/x-ndjson"),
        ("application/yaml", "a: 1", TextContent(text="a: 1"), "application/yaml"),
        ("application/apply-patch+yaml", {"a": 1}, TextContent(text='{"a":1}'), "application/apply-patch+yaml"),
        ("application/xml", "<a/>", TextContent(text="<a/>"), "application/xml"),
        ("text/json", "x", JSONContent(text='"x"'), "text/json"),
    ],
)
def test_media_types_decide_how_a_value_is_written(name: str, body: Any, content: Any, sent_as: str) -> None:
    assert sent(name, body) == (content, sent_as)


@pytest.mark.parametrize("name", ["text/plain", "application/xml", "application/yaml", "application/octet-stream"])
def test_raw_text_of_other_types_is_sent_as_typed(name: str) -> None:
    assert sent(name, raw='{"a": 1') == (TextContent(text='{"a": 1'), name)


def test_raw_text_of_a_range_is_json_if_it_can_be() -> None:
    assert sent("*/*", raw='{"a": 1}') == (JSONContent(text='{"a": 1}'), "application/json")
    assert sent("*/*", raw="hello") == (TextContent(text="hello"), "text/plain")


def test_a_media_type_is_chosen_by_name_or_inside_a_range() -> None:
    entry = make_entry(media={"application/json": True, "text/*": True})

    def chosen(name: str | None) -> Any:
        return build_content(entry, RequestModel(body="x", media_type=name))

    assert chosen(None)[1] == "application/json"
    assert chosen("text/csv") == (TextContent(text="x"), "text/csv")
    with pytest.raises(BodyError) as caught:
        chosen("image/png")
    assert caught.value.field == "media_type"
    with pytest.raises(BodyError):
        chosen("text/csv\r\nX-Evil: 1, image/png")


def test_xml_is_written_by_its_hints() -> None:
    definitions = {
        "Pet": {"type": "object", "properties": {
            "id": {"type": "integer", "xml": {"attribute": True}},
            "name": {"type": "string", "xml": {"name": "pet-name", "prefix": "p", "namespace": "urn:p"}},
            "tags": {"type": "array", "xml": {"wrapped": True, "name": "tagList"},
                     "items": {"type": "string", "xml": {"name": "tag"}}},
            "photos": {"type": "array", "items": {"type": "string"}},
            "empty": {}, "owner": {"type": "object"}}},
    }  # fmt: skip
    body = {
        "name": "<Rex & co>",
        "id": 7,
        "tags": ["a", "b"],
        "photos": ["x", "y"],
        "empty": None,
        "owner": {"n": True},
    }
    content, name = sent("application/xml", body, schema={"$ref": "#/$defs/Pet"}, defs=definitions)
    assert name == "application/xml"
    assert content.text == (
        '<?xml version="1.0" encoding="UTF-8"?><Pet id="7">'
        '<p:pet-name xmlns:p="urn:p">&lt;Rex &amp; co&gt;</p:pet-name>'
        "<tagList><tag>a</tag><tag>b</tag></tagList><photos>x</photos><photos>y</photos><empty/>"
        "<owner><n>true</n></owner></Pet>"
    )


@pytest.mark.parametrize("body", [{"a b": 1}, {"1a": 1}, {"a><b": 1}, {"a": "\x00"}])
def test_what_xml_cannot_hold_is_refused(body: Any) -> None:
    with pytest.raises(BodyError):
        sent("application/xml", body)


def accepting(*responses: tuple[str, tuple[str, ...]]) -> Entry:
    return make_entry(
        responses=tuple(
            Response(status=status, media_types=tuple(MediaType(name=name) for name in names))
            for status, names in responses
        )
    )


@pytest.mark.parametrize(
    ("responses", "text"),
    [((), "*/*"), ((("204", ()), ("201", ("text/csv",))), "text/csv"), ((("404", ("application/json",)),), "*/*"),
     ((("200", ("text/xml", "application/hal+json")),), "application/hal+json"),
     ((("default", ("application/json",)),), "application/json"), ((("2XX", ("image/png", "text/html")),), "image/png"),
     ((("200", ("bad", "a/b\r\nX: 1")),), "*/*")],
)  # fmt: skip
def test_accept_names_what_success_looks_like(responses: Any, text: str) -> None:
    assert accept(accepting(*responses)) == text
