"""A client of the sandbox in process: requests as bytes, answers as they would be sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playground.catalog.model import Catalog
from playground.messages import BinaryContent, Headers, HTTPRequest, HTTPResponse
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.sandbox.service import Call, Sandbox
from playground.sandbox.source import MemorySource
from tests.sandbox.entries import catalog_of
from tests.support.needs import need_spec

FORM = "application/x-www-form-urlencoded"


def compiled(text: str, name: str = "api") -> Catalog:
    """Compile a description written as YAML."""
    return compile_document(parse_document(text.encode()), name=name).catalog


@cache
def written(name: str) -> Catalog:
    """Compile a description of `documents`."""
    return compiled((Path(__file__).parent / "documents" / f"{name}.yaml").read_text("utf-8"))


def real(name: str) -> Catalog:
    """Compile a real description kept beside the project, or skip."""
    return catalog_of(need_spec(name), "real")


@dataclass
class Client:
    """Sends requests to one API's sandbox for a visitor; `state` is the file that keeps what is made."""

    catalog: Catalog
    state: Path | None = None
    visitor: str = "ada"
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sandbox = Sandbox(MemorySource(self.catalog), self.state)

    def __call__(
        self, method: str, target: str, body: Any = None, *, kind: str = "", lenient: bool = True, **headers: str
    ) -> HTTPResponse:
        fields = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        content = b""
        if body is not None:
            content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else b""
            if not isinstance(body, bytes | str):
                content, kind = json.dumps(body).encode(), kind or "application/json"
            fields["Content-Type"] = kind or (FORM if isinstance(body, str) else "application/octet-stream")
        request = HTTPRequest(
            method=method, url=f"http://127.0.0.1/sandbox/api{target}", headers=Headers.of(fields.items()),
            content=BinaryContent(data=content),
        )  # fmt: skip
        found = self.sandbox.find(self.catalog.provider.name, request, target.partition("?")[0])
        assert found.entry is not None, f"{method} {target} leads nowhere: {found.methods}"
        call = Call(
            entry=found.entry,
            request=request,
            path=found.path,
            base="/sandbox/api",
            visitor=self.visitor,
            lenient=lenient,
        )
        return self.sandbox.respond(call).whole()

    def of(self, visitor: str) -> Client:
        """Return another visitor's client of the same sandbox."""
        other = Client(self.catalog, self.state, visitor, self.headers)
        other.sandbox = self.sandbox
        return other


def value(response: HTTPResponse) -> Any:
    """Return an answer's JSON value."""
    return json.loads(response.body)
