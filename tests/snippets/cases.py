"""The requests every target has to write: legal, and as hostile as legal gets.

One table, and so longer than a module should be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from playground.catalog.model import Entry, Operation, Parameter, Provider, SecurityScheme
from playground.messages import (
    BinaryContent,
    Content,
    FormContent,
    Headers,
    HTTPRequest,
    JSONContent,
    MultipartContent,
    NoContent,
    Part,
    TextContent,
)
from playground.request.model import FileValue, RequestModel
from playground.request.security import Injection
from playground.snippets.target import SnippetRequest, Via

HOSTILE = (
    "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b}"
    " <EOF> */ </script> <!-- --> %0a"
)
BIDI = "a\u202eb\u200bc\u00a0d\ufeff"
SECRETS = {
    "STRIPE_API_KEY": "sk_test_$(touch canary)'\"`x`",
    "STRIPE_USERNAME": "acct é",
    "STRIPE_PASSWORD": "p:ä$(touch canary)",
    "MAPS_KEY": "key-123",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request: `target` is path and query; `cannot` names, by target id, the start of the note that must stand."""

    name: str
    method: str = "POST"
    target: str = "/v1/things"
    headers: tuple[tuple[str, str], ...] = ()
    content: Content = field(default_factory=NoContent)
    injections: tuple[Injection, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    provider: str = "stripe"
    operation: str = "postcheckoutsessionssession"
    cannot: Mapping[str, str] = field(default_factory=dict)
    golden: bool = True
    runs: bool = True

    def request(self, base: str) -> HTTPRequest:
        return HTTPRequest(
            method=self.method, url=base + self.target, headers=Headers(self.headers), content=self.content
        )

    def given(
        self, via: Via, *, base: str = "https://api.stripe.com", gateway: str | None = "http://127.0.0.1:8000/gateway"
    ) -> SnippetRequest:
        operation = Operation(
            name=self.operation,
            method=self.method,
            path=self.target,
            parameters=(Parameter(name="session", location="path", required=True),),
        )
        return SnippetRequest(
            entry=Entry(provider=Provider(name=self.provider, title="Stripe API"), operation=operation, definitions={}),
            model=RequestModel(),
            request=self.request(base),
            injections=self.injections,
            arguments=self.arguments,
            gateway_url=gateway,
            via=via,
            options=self.options,
        )


def _injection(kind: Any, location: Any, name: str, *variables: str, prefix: str = "") -> Injection:
    scheme = SecurityScheme(name=f"{kind}Auth", type="apiKey" if kind == "api_key" else "http")
    return Injection(scheme=scheme, kind=kind, location=location, name=name, prefix=prefix, variables=variables)


BEARER = _injection("bearer", "header", "Authorization", "STRIPE_API_KEY", prefix="Bearer ")
BASIC = _injection("basic", "header", "Authorization", "STRIPE_USERNAME", "STRIPE_PASSWORD", prefix="Basic ")
KEY_HEADER = _injection("api_key", "header", "X-Key", "MAPS_KEY")
KEY_QUERY = _injection("api_key", "query", "key", "MAPS_KEY")
KEY_COOKIE = _injection("api_key", "cookie", "sid", "MAPS_KEY")

JSON = (("Content-Type", "application/json"),)
TEXT = (("Content-Type", "text/plain; charset=utf-8"),)
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def _form(*pairs: tuple[str, str]) -> FormContent:
    return FormContent(pairs=pairs, text=urlencode(pairs))


def _json(value: Any, name: str, **more: Any) -> Case:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Case(name=name, headers=JSON, content=JSONContent(text=text), **more)


def _text(text: str, name: str) -> Case:
    return Case(name=name, headers=TEXT, content=TextContent(text=text), arguments={"body": text})


def _multipart(name: str, *parts: Part, **more: Any) -> Case:
    headers = (("Content-Type", "multipart/form-data; boundary=boundary-1f"),)
    return Case(name=name, headers=headers, content=MultipartContent(parts=parts, boundary="boundary-1f"), **more)


def _deep(levels: int) -> Any:
    value: Any = "end"
    for level in range(levels):
        value = {"next": value} if level % 2 else [value]
    return {"chain": value}


PNG = b"\x89PNG\r\n\x1a\n\x00\x01'\"$(x)\xff"
STRIPE_ARGUMENTS = {
    "session": "cs_test_a1B2c3",
    "line_items": [{"quantity": 2, "price_data": {"currency": "usd", "unit_amount": 1500, "product": "prod_123"}}],
    "metadata": {"order": "6735"},
}
HOSTILE_JSON = {
    "__proto__": {"a": 1},
    HOSTILE: HOSTILE,
    "2": "index", "10": None, "1": True,
    "line\r\nend": "\u2028\u2029\t\x1b[31m\x7f",
    "bidi": BIDI,
    "emoji": "🎉 ❤️ é 漢字",
    "delete": [[], {}, "", False],
    "constructor": -1.5,
}  # fmt: skip

CASES: tuple[Case, ...] = (
    Case(name="get_plain", method="GET"),
    Case(name="get_placeholder", method="GET", target="/v1/sessions/{session}", runs=False),
    Case(
        name="get_query",
        method="GET",
        target="/v1/things?empty=&bare&a=%26%3D%2B%25%23&a=2&f%5Bstatus%5D=x%20y+z&u=%C3%A9",
        arguments={"empty": "", "a": ["&=+%#", "2"], "f": {"status": "x y z"}, "u": "é"},
    ),
    Case(
        name="get_query_reserved",
        method="GET",
        target="/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;",
        arguments={"filter": {"a": "1,2"}},
    ),
    Case(
        name="get_query_apostrophe",
        method="GET",
        target="/v1/things?name=O'Neil",
        arguments={"name": "O'Neil"},
        cannot={"node_fetch": "fetch rewrites"},
    ),
    Case(
        name="get_query_plain",
        method="GET",
        target="/v1/customers?limit=3&starting_after=cus_1",
        injections=(BEARER,),
        arguments={"limit": 3, "starting_after": "cus_1"},
    ),
    Case(
        name="get_query_encoded",
        method="GET",
        target="/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27",
        arguments={"expand": ["data.customer"], "filter": {"status": "é&="}, "note": "#'"},
    ),
    Case(
        name="get_query_repeated",
        method="DELETE",
        target="/v1/things?id=1&id=2&by=a-b_c.d",
        arguments={"id": ["1", "2"], "by": "a-b_c.d"},
    ),
    Case(
        name="get_query_spaces",
        method="GET",
        target="/v1/things?q=a%20b&page=1",
        arguments={"q": "a b", "page": "1"},
    ),
    Case(
        name="get_query_styles",
        method="GET",
        target="/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c",
        arguments={"pipes": ["a", "b"], "spaces": ["a", "b"], "commas": ["a", "b"], "deep": {"a": {"b": "c"}}},
    ),
    Case(
        name="get_path",
        method="GET",
        target="/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/$(touch)",
        arguments={"path": "a b/c;v=1+x"},
    ),
    Case(
        name="get_dot_segments", method="GET", target="/v1/%2E%2E/../things/.", cannot={"node_fetch": "fetch rewrites"}
    ),
    Case(
        name="get_with_content",
        method="GET",
        headers=JSON,
        content=JSONContent(text='{"q":1}'),
        arguments={"q": 1},
        cannot={"node_fetch": "fetch cannot send content"},
    ),
    Case(name="head", method="HEAD"),
    Case(name="options", method="OPTIONS"),
    Case(name="custom_method", method="QUERY", headers=JSON, content=JSONContent(text='{"q":1}')),
    Case(
        name="delete_with_content",
        method="DELETE",
        headers=JSON,
        content=JSONContent(text='{"hard":true}'),
        arguments={"hard": True},
    ),
    Case(name="post_nothing", injections=(BEARER,)),
    Case(name="post_empty", headers=TEXT, content=TextContent(text=""), arguments={"body": ""}),
    Case(
        name="patch",
        method="PATCH",
        headers=JSON,
        content=JSONContent(text='{"name":"Zoë"}'),
        injections=(BEARER,),
        arguments={"name": "Zoë"},
    ),
    Case(
        name="cookies",
        method="GET",
        headers=(("Cookie", "theme=dark; it=it's; list=%5B%22a%22%5D; $x=`y`"),),
        arguments={"theme": "dark"},
    ),
    Case(
        name="post_form",
        target="/v1/checkout/sessions/cs_test_a1B2c3",
        headers=FORM,
        injections=(BEARER,),
        arguments=STRIPE_ARGUMENTS,
        content=_form(
            ("line_items[0][price_data][currency]", "usd"),
            ("line_items[0][price_data][unit_amount]", "1500"),
            ("line_items[0][quantity]", "2"),
            ("metadata[order]", "6735"),
        ),
    ),
    Case(
        name="form_repeated",
        headers=FORM,
        content=_form(("tags", "a b"), ("tags", "c&d"), ("amp", "x&y=z+w"), ("empty", ""), ("7", "7")),
        arguments={"tags": ["a b", "c&d"]},
    ),
    Case(
        name="form_hostile",
        headers=FORM,
        content=_form((HOSTILE, HOSTILE), ("__proto__", BIDI), ("~*-._", "~*-._é")),
        arguments={HOSTILE: HOSTILE},
    ),
    Case(
        name="form_spelled_otherwise",
        headers=FORM,
        content=FormContent(pairs=(("a", "x y/z'"),), text="a=x%20y/z'&&b"),
        arguments={"a": "x y/z'"},
    ),
    Case(
        name="form_open_brackets",
        headers=FORM,
        content=FormContent(
            pairs=(("line_items[0][price_data][currency]", "usd"), ("line_items[0][quantity]", "2"), ("name", "It's")),
            text="line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&",
        ),
    ),
    Case(
        name="form_charset",
        headers=(("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),),
        content=_form(("a", "é")),
    ),
    Case(name="basic", injections=(BASIC,), method="GET"),
    Case(name="key_in_header", injections=(KEY_HEADER,), method="GET", arguments={"q": "x"}),
    Case(
        name="key_in_query",
        injections=(KEY_QUERY,),
        method="GET",
        target="/v1/maps?at=%271%27",
        arguments={"at": "'1'"},
    ),
    Case(name="key_in_query_alone", injections=(KEY_QUERY,), method="GET", target="/v1/maps"),
    Case(name="key_in_cookie", injections=(KEY_COOKIE,), method="GET", headers=(("Cookie", "theme=dark"),)),
    Case(name="two_schemes", injections=(BEARER, KEY_HEADER, KEY_QUERY), method="GET"),
    Case(
        name="gateway_options",
        injections=(BEARER,),
        method="GET",
        arguments={"q": "it's"},
        options={"server": "https://eu.example.com/v1", "media_type": "text/plain"},
    ),
    _json({"args": {"q": 1}}, "gateway_argument_called_args", arguments={"args": {"q": 1}}),
    _json(
        {"name": "Ada", "tags": ["a", "b"], "none": None, "yes": True},
        "json_plain",
        arguments={"name": "Ada", "tags": ["a", "b"], "none": None, "yes": True},
    ),
    _json(
        '{"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1}',
        "json_numbers",
        arguments={"c": 12345678901234567890, "f": 0.1},
        cannot={"typescript_utdk": "JavaScript does not keep"},
    ),
    _json('{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}', "json_numbers_kept"),
    _json('{"a":1,"a":2}', "json_duplicate_keys"),
    _json('{"a":"\\ud800","slash":"\\/","e":"\\u00e9"}', "json_escapes"),
    _json('{\n  "a": 1,\n  "b": [\n    true\n  ]\n}', "json_pretty"),
    _json('{"unfinished": [1, 2', "json_invalid"),
    _json(HOSTILE_JSON, "json_hostile", arguments=HOSTILE_JSON),
    _json(_deep(50), "json_deep", arguments=_deep(50)),
    _json("[]", "json_empty_list", arguments={"body": []}),
    _json("{}", "json_empty_object"),
    _text("@/etc/passwd", "text_at"),
    _text("<secret", "text_less_than"),
    _text("-X DELETE=1", "text_dash"),
    _text("=1+1", "text_equals"),
    _text("\n", "text_only_newline"),
    _text("two\n\nlines\n\n", "text_ends_in_newlines"),
    _text(HOSTILE, "text_hostile"),
    _text(BIDI + "\t\x1b[2J\r\n\x00\x7f" + BIDI, "text_hidden"),
    Case(name="text_untyped", content=TextContent(text="no type")),
    Case(
        name="headers_odd",
        method="GET",
        headers=(
            ("X-Empty", ""),
            ("X-Semicolon", ";"),
            ("X-Quotes", HOSTILE),
            ("x-Lower", "@file"),
            ("X-Accents", "é 漢"),
            ("1-Digit", "2"),
            ("X-Comma", "a, b"),
            ("X-Back", "\\"),
        ),
    ),
    Case(
        name="headers_repeated",
        method="GET",
        headers=(("X-Many", "a"), ("X-Other", "o"), ("X-Many", "b")),
        cannot={"node_fetch": "fetch joins"},
    ),
    _multipart(
        "multipart_text",
        Part(name="title", data=b"It's $HOME"),
        Part(name="at", data=b"@/etc/passwd;type=x"),
        Part(name="empty", data=b""),
    ),
    _multipart(
        "multipart_file",
        Part(name="title", data="Zoë".encode()),
        Part(name="photo", data=PNG, filename="photo.png", content_type="image/png"),
        arguments={"title": "Zoë", "photo": FileValue(filename="photo.png", content=PNG, content_type="image/png")},
    ),
    _multipart(
        "multipart_hostile_file_name",
        Part(name="f", data=b"x", filename="he\"l'lo;$(touch canary)`touch canary`\\.txt", content_type="text/plain"),
        arguments={"f": FileValue(filename="../he\"l'lo;$(touch canary).txt", content=b"x")},
    ),
    _multipart(
        "multipart_odd_names",
        Part(name="a=b", data=b"1"),
        Part(name='q"uote', data=b"2"),
        Part(name="line\r\nend", data=b"3\r\n4"),
        Part(name="é", data=b"\x00\xff"),
    ),
    _multipart(
        "multipart_same_file_name",
        Part(name="f", data=b"one", filename="-a.txt", content_type="text/plain"),
        Part(name="f", data=b"two", filename="-a.txt", content_type="text/plain"),
    ),
    _multipart(
        "multipart_typed_parts",
        Part(name="meta", data=b'{"a":1}', content_type="application/json", headers=(("X-Part", "1"),)),
        Part(name="f", data=b"raw", filename="raw"),
    ),
    Case(
        name="binary_named",
        method="PUT",
        headers=(("Content-Type", "image/png"),),
        content=BinaryContent(data=PNG, filename="my photo.png"),
        arguments={"body": FileValue(filename="my photo.png", content=PNG)},
    ),
    Case(
        name="binary_unnamed",
        method="PUT",
        headers=(("Content-Type", "application/octet-stream"),),
        content=BinaryContent(data=bytes(range(256))),
    ),
    _text("It's large. " * 90_000, "text_large"),
    Case(
        name="nested_provider",
        method="GET",
        provider="google/books",
        operation="volumes-x.list.2nd.delete",
        arguments={"q": "flowers"},
    ),
    Case(
        name="hostile_names",
        method="GET",
        provider="new",
        operation="a'b\n;x.__proto__",
        arguments={"a-b": 1, "c d": HOSTILE},
    ),
)
