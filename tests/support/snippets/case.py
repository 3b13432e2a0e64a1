"""What a case is: one request with its credentials and arguments, and the values cases are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

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
from playground.request.model import RequestModel
from playground.secrets.schemes import Injection
from playground.snippets.files import FileNames, LocalFile
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
    # Some encoders escape "~", some leave "&" in a path: both are the same address (RFC 3986 section 6.2.2).
    "STRIPE_PASSWD": "hunter2_b.c",
    "STRIPE_PIN": "a b/c?d#e%é",
    "STRIPE_QUERY_PIN": "f/g?h#i%&=é",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request: `target` is path and query.

    `secrets` names the variable for each marker in the target, the header fields and the arguments.
    """

    name: str
    method: str = "POST"
    target: str = "/v1/things"
    headers: tuple[tuple[str, str], ...] = ()
    content: Content = field(default_factory=NoContent)
    injections: tuple[Injection, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    provider: str = "stripe"
    operation: str = "postcheckoutsessionssession"
    golden: bool = True
    runs: bool = True

    def request(self, base: str) -> HTTPRequest:
        return HTTPRequest(
            method=self.method, url=base + self.target, headers=Headers(self.headers), content=self.content
        )

    def spelled(self, field: Callable[[str], str], address: Callable[[str], str] | None = None) -> Case:
        """Return the case with the secret parameters' variables spelled out; in an address by `address`."""
        target, headers, arguments = self.target, self.headers, dict(self.arguments)
        for marker, name in self.secrets.items():
            target = target.replace(marker, (address or field)(name))
            headers = tuple((key, value.replace(marker, field(name))) for key, value in headers)
            arguments = {key: field(name) if value == marker else value for key, value in arguments.items()}
        return replace(self, target=target, headers=headers, arguments=arguments, secrets={})

    @property
    def sent(self) -> Case:
        """The case as it has to arrive: with the secrets themselves, percent-encoded in the address."""
        return self.spelled(SECRETS.__getitem__, lambda name: quote(SECRETS[name], safe=""))

    def request_for(
        self, via: Via, *, base: str = "https://api.stripe.com", gateway: str | None = "http://127.0.0.1:8000/gateway"
    ) -> SnippetRequest:
        operation = Operation(
            name=self.operation,
            method=self.method,
            path=self.target,
            parameters=(Parameter(name="session", location="path", required=True),),
        )
        arguments = self.arguments
        if via == "sdk" and self.secrets:  # which the package reads itself
            arguments = {key: value for key, value in arguments.items() if value not in list(self.secrets)}
        return SnippetRequest(
            entry=Entry(provider=Provider(name=self.provider, title="Stripe API"), operation=operation, definitions={}),
            model=RequestModel(),
            request=self.request(base),
            injections=self.injections,
            arguments=arguments,
            gateway_url=gateway,
            via=via,
            options=self.options,
            secrets={} if via == "sdk" else self.secrets,
        )


def local_files(content: Content) -> tuple[LocalFile, ...]:
    """Return the files that a snippet of this content reads, each once, in order."""
    names = FileNames()
    if isinstance(content, MultipartContent):
        files = [names.local(part.filename, part.data) for part in content.parts if part.filename is not None]
        return tuple(dict.fromkeys(files))
    if isinstance(content, BinaryContent) and content.filename is not None:
        return (names.local(content.filename, content.data),)
    return ()


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


def form(*pairs: tuple[str, str]) -> FormContent:
    return FormContent(pairs=pairs, text=urlencode(pairs))


def json_body(value: Any, name: str, **more: Any) -> Case:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Case(name=name, headers=JSON, content=JSONContent(text=text), **more)


def text_body(text: str, name: str) -> Case:
    return Case(name=name, headers=TEXT, content=TextContent(text=text), arguments={"body": text})


def multipart(name: str, *parts: Part, **more: Any) -> Case:
    headers = (("Content-Type", "multipart/form-data; boundary=boundary-1f"),)
    return Case(name=name, headers=headers, content=MultipartContent(parts=parts, boundary="boundary-1f"), **more)


def deep(levels: int) -> Any:
    value: Any = "end"
    for level in range(levels):
        value = {"next": value} if level % 2 else [value]
    return {"chain": value}
