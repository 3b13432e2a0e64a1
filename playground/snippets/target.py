"""What a snippet target is, what it takes and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from playground.catalog.model import Entry
from playground.messages import HTTPRequest
from playground.request.model import RequestModel
from playground.secrets.schemes import Injection

Via: TypeAlias = Literal["direct", "gateway", "sdk"]
"""Which way a snippet calls: the API itself, through the gateway, or with the generated package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetRequest:
    """What a target takes.

    `request` holds no credential; `injections` say where which environment variable goes; `arguments` are the flat
    arguments of a gateway call, `options` what it must say beside them (`server`, `media_type`, ...); `gateway_url` is
    `None` while the visitor has named none; `notes` are sentences for the reader. `secrets` names the variable
    for each marker of a secret parameter in the request's address and fields, and in the arguments.
    `marked` asks for markers in place of injected variables (`marker_of`): a browser puts its own secrets there,
    so that no other place ever has both.
    """

    entry: Entry
    model: RequestModel
    request: HTTPRequest
    injections: tuple[Injection, ...]
    arguments: Mapping[str, Any]
    gateway_url: str | None
    via: Via
    options: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict)
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A target's code, and the notes that it holds as comments."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One language and client. `lexer` names a Pygments lexer; `default` puts it among the tabs shown first."""

    id: str
    language: str
    client: str
    title: str
    extension: str
    lexer: str
    render: Callable[[SnippetRequest], Rendered]
    vias: tuple[Via, ...] = ("direct", "gateway")
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Finished code: `text` has no line end at its end; `filename` is what a download is called."""

    text: str
    lexer: str
    filename: str
    notes: tuple[str, ...] = ()
